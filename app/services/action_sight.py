"""Which actions a person sees, and which of them without their text: `domain.sight` once more, as conditions in SQL.

Lists are cut to pages by the database, so that what is not hers has to be left out there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, false, literal, or_, select, true
from sqlalchemy.orm import aliased

from app import models as m
from app.domain.meetings import ItemKind
from app.domain.roles import Right
from app.domain.sight import HELD
from app.services import sight
from app.services.desk import Desk
from app.storage.unit_of_work import UnitOfWork

_Sibling = aliased(m.Action)


@dataclass(frozen=True, slots=True)
class ActionSight:
    """Conditions on m.Action joined up to m.Unit; `blank` is 1 where only the bare row is shown."""

    listed: ColumnElement[bool]
    blank: ColumnElement[int]


def action_sight(desk: Desk, work: UnitOfWork) -> ActionSight:
    """What the person at the desk sees of actions."""
    within = sight.within_reach(desk)
    reached = true() if within is None else within
    if sight.sees_all(desk):
        return ActionSight(reached, literal(0))
    there = sight.has_role(desk) if desk.actor.member else false()
    if desk.may(Right.READ_MINUTES):
        return ActionSight(reached, _blank(there, ()))
    if desk.may(Right.READ_SHARED_MINUTES):
        held = m.Meeting.status.in_([status.value for status in HELD])
        return ActionSight(and_(reached, or_(held, there)), _blank(there, ()))
    return _own(desk, work, reached=reached, there=there)


def on_paper(desk: Desk, work: UnitOfWork) -> ActionSight:
    """What the person may take out on paper or in a file: customers' only with the right to print them.

    Without it what is about a customer is blank, as on a poster; a meeting's secretary has it for that meeting.
    """
    seen = action_sight(desk, work)
    if desk.may(Right.PRINT):
        return seen
    hers: ColumnElement[bool] = false()
    if desk.may(Right.PRINT_OWN) and (me := sight.myself_id(desk, work)) is not None:
        hers = and_(m.Meeting.secretary_id.is_not(None), m.Meeting.secretary_id == me)
    return ActionSight(seen.listed, case((seen.blank == 1, 1), else_=_blank(hers, ())))


def _own(desk: Desk, work: UnitOfWork, *, reached: ColumnElement[bool], there: ColumnElement[bool]) -> ActionSight:
    me, known = sight.myself_id(desk, work), sight.reach(desk, work)
    assigned = _ids(work, known.assigned | known.opened)
    of_hers = or_(m.Action.customer_id.in_(assigned), m.Item.customer_id.in_(assigned))
    if me is None:
        return ActionSight(and_(reached, or_(there, of_hers)), _blank(there, assigned))
    hers = or_(
        there, m.Action.responsible_id == me, m.Item.raised_by_id == me, m.Item.presenter_id == me,
        m.Item.customer_id.in_(_ids(work, known.permanent)),
    )  # fmt: skip
    called = select(m.MeetingMember.meeting_id).where(m.MeetingMember.member_id == me)
    present = select(m.Attendance.meeting_id).where(m.Attendance.member_id == me)
    listed = or_(hers, m.Meeting.id.in_(called), m.Meeting.id.in_(present), of_hers)
    return ActionSight(and_(reached, listed), _blank(hers, assigned))


def _ids(work: UnitOfWork, customers: frozenset[str]) -> tuple[int, ...]:
    return tuple(work.session.scalars(select(m.Customer.id).where(m.Customer.key.in_(customers))))


def _blank(open_to_her: ColumnElement[bool], assigned: tuple[int, ...]) -> ColumnElement[int]:
    """1 where the point names a customer she is not assigned to and is not open to her for another reason.

    A case, because a comparison with an empty column is neither true nor false and must not open anything.
    """
    foreign = or_(
        and_(m.Item.kind == ItemKind.CUSTOMER.value, m.Item.customer_id.is_(None)),
        _outside(m.Item.customer_id, assigned),
        *(
            exists().where(table.item_id == m.Item.id, _outside(table.customer_id, assigned))
            for table in (_Sibling, m.Assessment, m.Participation, m.JournalMark)
        ),
    )
    return case((open_to_her, 0), (foreign, 1), else_=0)


def _outside(column: Any, assigned: tuple[int, ...]) -> ColumnElement[bool]:
    return and_(column.is_not(None), column.not_in(assigned))
