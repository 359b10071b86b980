"""Whose data the person at the desk may see, asked of the database: her customers, her meetings, their labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app import models as m
from app.domain import meeting_rules as rules
from app.domain import sight
from app.domain.customers import Customer
from app.domain.errors import NotAllowed
from app.domain.meetings import Meeting
from app.domain.roles import RIGHTS, Right
from app.domain.sight import Reach
from app.services.desk import Desk
from app.services.protection import customer_of
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

CONTACTS = (
    m.Customer.permanent_care_contact_id, m.Customer.responsible_nurse_id, m.Customer.physiotherapist_id,
    m.Customer.occupational_therapist_id,
)  # fmt: skip


SEVERAL = "meetings"
"""What the log names where several meetings were shown at once."""


def sees_every_customer(desk: Desk) -> bool:
    """Whether the account's role reads customers without being assigned to them."""
    return Right.READ_EVERY_CUSTOMER in RIGHTS[desk.actor.role]


def sees_all(desk: Desk) -> bool:
    """Whether nothing in the person's units is hidden from her."""
    return sees_every_customer(desk) and Right.READ_MINUTES in RIGHTS[desk.actor.role]


def myself_id(desk: Desk, work: UnitOfWork) -> int | None:
    """The row of the member who sits at the desk, while she works in the team."""
    if desk.actor.member is None:
        return None
    working = and_(
        or_(m.Member.active_from.is_(None), m.Member.active_from <= desk.true_day),
        or_(m.Member.active_to.is_(None), m.Member.active_to >= desk.true_day),
    )
    return work.session.scalar(select(m.Member.id).where(m.Member.key == desk.actor.member, working))


def reach(desk: Desk, work: UnitOfWork) -> Reach:
    """The customers assigned to the person: she is one of their contacts, or they live on a ward of hers.

    In a unit where she belongs to no ward she serves everybody. Nobody is assigned to one whose role reads every
    customer or none: there it makes no difference, and nothing is asked.
    """
    if sees_every_customer(desk) or not desk.may(Right.READ_CUSTOMERS):
        return Reach()
    opened = _opened(desk, work)
    me = myself_id(desk, work)
    if me is None:
        return Reach(opened=opened)
    query = select(m.Customer.key, m.Customer.permanent_care_contact_id, m.Unit.key.label("unit")).join(
        m.Unit, m.Unit.id == m.Customer.unit_id
    )
    rows = [row for row in work.session.execute(query.where(_assigned_to(me))) if desk.actor.sees(row.unit)]
    return Reach(
        assigned=frozenset(row.key for row in rows),
        permanent=frozenset(row.key for row in rows if row.permanent_care_contact_id == me),
        opened=opened,
    )


def _opened(desk: Desk, work: UnitOfWork) -> frozenset[str]:
    """The customers of the units that the person has opened in an emergency."""
    if not desk.actor.emergency:
        return frozenset()
    there = select(m.Unit.id).where(m.Unit.key.in_(desk.actor.emergency))
    return frozenset(work.session.scalars(select(m.Customer.key).where(m.Customer.unit_id.in_(there))))


def _assigned_to(member_id: int) -> ColumnElement[bool]:
    wards = select(m.MemberWard.ward_id).where(m.MemberWard.member_id == member_id)
    units = select(m.MemberUnit.unit_id).where(m.MemberUnit.member_id == member_id)
    with_ward = select(m.Ward.unit_id).where(m.Ward.id.in_(wards))
    whole_unit = and_(m.Customer.unit_id.in_(units), m.Customer.unit_id.not_in(with_ward))
    return or_(m.Customer.ward_id.in_(wards), whole_unit, *(column == member_id for column in CONTACTS))


def sees_customer(desk: Desk, known: Reach, *, key: str, unit: str) -> bool:
    """Whether the customer is there for the person: in a unit of hers, and assigned where her role asks for that."""
    return desk.actor.sees(unit) and (sees_every_customer(desk) or key in known.assigned | known.opened)


def require_customer(desk: Desk, work: UnitOfWork, customer: Customer) -> None:
    """Raise NotAllowed for a customer of another unit, or one to whom the person is not assigned."""
    if not desk.actor.sees(customer.unit):
        raise NotAllowed("not_your_unit")
    if not sees_customer(desk, reach(desk, work), key=customer.key, unit=customer.unit):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


def shown(desk: Desk, work: UnitOfWork, meeting: Meeting) -> Meeting:
    """The meeting as the person may see it; nothing is logged."""
    return shown_all(desk, work, [meeting])[0]


def shown_all(desk: Desk, work: UnitOfWork, meetings: list[Meeting]) -> list[Meeting]:
    """The meetings as the person may see them, her customers asked for once."""
    known = reach(desk, work)
    return [sight.shown(meeting, actor=desk.actor, reach=known) for meeting in meetings]


def log_customers(work: UnitOfWork, *meetings: Meeting, action: str, reason: str | None = None) -> None:
    """One audit row for each customer that the meetings, as they are shown in one gesture, name.

    A customer whom several of them name has one row that says so; which meetings were shown follows from the days.
    """
    naming: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        for customer in rules.customers_named(meeting):
            naming.setdefault(customer, []).append(meeting)
    for customer, found in sorted(naming.items()):
        object_ = f"meeting:{found[0].key}" if len(found) == 1 else SEVERAL
        work.record(Event(action=action, object=object_, customer=customer, unit=found[0].unit, reason=reason))


def log_shown(work: UnitOfWork, shown: Iterable[tuple[Meeting, Iterable[str]]]) -> None:
    """One audit row for each customer whom single points of the meetings name, which are shown in one gesture."""
    naming: dict[str, dict[str, Meeting]] = {}
    for meeting, customers in shown:
        for customer in customers:
            naming.setdefault(customer, {})[meeting.key] = meeting
    for customer, found in sorted(naming.items()):
        first = next(iter(found.values()))
        object_ = f"meeting:{first.key}" if len(found) == 1 else SEVERAL
        work.record(Event(action="read", object=object_, customer=customer, unit=first.unit))


def log_gesture(work: UnitOfWork, meeting: Meeting, *, action: str, customers: Iterable[str | None]) -> None:
    """One audit row for each of `customers`, whom a gesture on the meeting is about or shows; one without where none.

    So an extract of the log for a customer says who wrote of her, not only who read.
    """
    named: list[str | None] = [*sorted({one for one in customers if one})]
    for customer in named or [None]:
        event = Event(action=action, object=f"meeting:{meeting.key}", customer=customer, unit=meeting.unit)
        work.record(event)


def read_meeting(desk: Desk, work: UnitOfWork, meeting: Meeting) -> Meeting:
    """The meeting as the person may see it, each customer left in it logged as read."""
    seen = shown(desk, work, meeting)
    log_customers(work, seen, action="read")
    return seen


def has_role(desk: Desk) -> ColumnElement[bool]:
    """The condition on m.Meeting that the person is its convenor, secretary or approver."""
    me = select(m.Member.id).where(m.Member.key == desk.actor.member).scalar_subquery()
    return or_(m.Meeting.chair_id == me, m.Meeting.secretary_id == me, m.Meeting.approver_id == me)


def has_role_in(desk: Desk, work: UnitOfWork, *, unit: str) -> bool:
    """Whether the person has a role at some meeting of a unit that her account does not reach."""
    if desk.actor.sees(unit) or desk.actor.member is None:
        return False
    there = select(m.Meeting.id).join(m.Unit, m.Unit.id == m.Meeting.unit_id).where(m.Unit.key == unit, has_role(desk))
    return work.session.scalar(there.limit(1)) is not None


def within_reach(desk: Desk) -> ColumnElement[bool] | None:
    """The condition on m.Meeting joined with m.Unit that the meeting is there for the person; None when all are."""
    if desk.actor.units is None:
        return None
    seen = m.Unit.key.in_(desk.actor.units | desk.actor.emergency)
    return or_(seen, has_role(desk)) if desk.actor.member else seen


def labels_of_everybody(work: UnitOfWork) -> dict[str, str]:
    """Every customer's key with her label. For a caller that has already sorted out whom the person may see."""
    query = select(m.Customer.key, m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code)
    return {row.key: label_of(row) for row in work.session.execute(query)}


def label_of(row: Any) -> str:
    """The label of a customer's row: the code only, where the identity is protected."""
    return customer_of(row).label
