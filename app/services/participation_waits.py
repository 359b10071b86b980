"""Whom the person is to ask before meetings that come, and tell of those that were: her own reminders on Idag."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased

from app import models as m
from app.domain.catalogue import Setting
from app.domain.customers import Contacts
from app.domain.meetings import ItemKind, MeetingStatus
from app.domain.participation import (
    ASKED_AHEAD,
    REPORTED,
    TOLD_WITHIN,
    ParticipationWait,
    Wait,
    who_asks,
    who_tells,
)
from app.domain.people import Person
from app.domain.preparations import PreparationKind
from app.domain.roles import Right
from app.domain.turns import follow_up_forum
from app.services import sight
from app.services.desk import Desk, needs
from app.services.own_forums import OwnForums
from app.services.protection import customer_of
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_PLACE = "today"


@needs(Right.READ_CUSTOMERS)
def participation_waits(desk: Desk) -> tuple[ParticipationWait, ...]:
    """Whom the member at the desk is to ask or tell, the nearest first; each customer shown is logged as read.

    Only at the forums that follow customers up, and only what she may write herself.
    """
    me = desk.actor.member
    if me is None:
        return ()
    with desk.writing() as work:
        found = tuple(_waits(desk, work, me))
        for customer in sorted({one.customer for one in found}):
            work.record(Event(action="read", object=_PLACE, customer=customer))
        work.commit()
    return found


def _waits(desk: Desk, work: UnitOfWork, me: str) -> list[ParticipationWait]:
    member = sight.myself_id(desk, work)
    if member is None:
        return []
    forums = OwnForums(desk, work.session)
    reach = sight.reach(desk, work)
    rows = [row for row in work.session.execute(_query(desk, member)) if _follows_up(desk, row)]
    told = _told(work, [row.item_id for row in rows])
    names: dict[int, str] = {one.id: one.key for one in work.session.execute(select(m.Member.id, m.Member.key))}
    found = []
    for row in rows:
        writes = row.customer in reach.permanent or desk.may(Right.WRITE_MINUTES)
        if not writes or not desk.actor.works_in(row.unit) or _whose(row, names) != me or row.item_id in told:
            continue
        forum = forums.of(row.unit, row.forum)
        name = forum.name if forum else row.forum
        found.append(ParticipationWait(
            wait=Wait.ASK if row.status == MeetingStatus.PLANNED else Wait.REPORT, meeting=row.meeting, item=row.item,
            customer=row.customer, label=customer_of(row).label, date=row.date, start=row.start,
            heading=row.title or " ".join(part for part in (name, row.ward_name) if part),
            approved=row.status == MeetingStatus.APPROVED,
        ))  # fmt: skip
    return found


def _query(desk: Desk, member: int) -> Any:
    today = desk.today
    part = m.Participation
    ask = and_(
        m.Meeting.status == MeetingStatus.PLANNED.value, m.Meeting.date.between(today, today + ASKED_AHEAD),
        or_(part.id.is_(None), and_(part.asked_on.is_(None), part.asked_by_id.is_(None), part.present.is_(False))),
    )  # fmt: skip
    held = (MeetingStatus.DRAFT.value, MeetingStatus.APPROVED.value)
    tell = and_(
        m.Meeting.status.in_(held), m.Meeting.date.between(today - TOLD_WITHIN, today),
        or_(part.id.is_(None), and_(part.reported_on.is_(None), part.reported_by_id.is_(None),
                                    part.reported_by_name.is_(None), part.present.is_(False))),
    )  # fmt: skip
    mine = or_(part.asked_by_id == member, *(column == member for column in sight.CONTACTS))
    return (
        select(
            m.Meeting.key.label("meeting"), m.Meeting.date, m.Meeting.start, m.Meeting.status, m.Meeting.title,
            m.Meeting.forum, m.Unit.key.label("unit"), m.Unit.setting, m.Ward.name.label("ward_name"),
            m.Item.id.label("item_id"), m.Item.key.label("item"), m.Customer.key.label("customer"),
            m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code, *sight.CONTACTS,
            part.asked_by_id, part.asked_by_name,
        )
        .join(m.Item, m.Item.meeting_id == m.Meeting.id)
        .join(m.Customer, m.Customer.id == m.Item.customer_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .outerjoin(part, and_(part.item_id == m.Item.id, part.customer_id == m.Customer.id))
        .where(or_(m.Item.kind == ItemKind.CUSTOMER.value, _carried()), or_(ask, tell), mine, ~_listed())
        .order_by(m.Meeting.date, m.Meeting.start, m.Item.position)
    )  # fmt: skip


def _carried() -> Any:
    """That the point was carried over, she is due, and has no other point at the meeting (`review.is_review`)."""
    due = select(m.MeetingCustomer.customer_id).where(
        m.MeetingCustomer.meeting_id == m.Meeting.id, m.MeetingCustomer.customer_id == m.Customer.id,
        m.MeetingCustomer.for_next.is_(False),
    )  # fmt: skip
    other = aliased(m.Item)
    own = select(other.id).where(
        other.meeting_id == m.Meeting.id, other.customer_id == m.Customer.id,
        other.kind == ItemKind.CUSTOMER.value,
    )  # fmt: skip
    return and_(m.Item.kind == ItemKind.CARRIED.value, due.exists(), ~own.exists())


def _listed() -> Any:
    """That asking her is on the meeting's list of preparations, with the name of whose it is."""
    return (
        select(m.Preparation.id)
        .where(m.Preparation.meeting_id == m.Meeting.id, m.Preparation.customer_id == m.Customer.id)
        .where(
            m.Preparation.kind == PreparationKind.PARTICIPATION.value, m.Meeting.status == MeetingStatus.PLANNED.value
        )
        .exists()
    )


def _follows_up(desk: Desk, row: Any) -> bool:
    forum = follow_up_forum(desk.catalogue.forums(Setting(row.setting)))
    return forum is not None and forum.key == row.forum


def _told(work: UnitOfWork, items: list[int]) -> set[int]:
    """Points of approved minutes to which an addition says that the customer was told."""
    query = select(m.Addition.item_id).where(m.Addition.item_id.in_(items), m.Addition.text.startswith(REPORTED))
    return {item for item in work.session.scalars(query) if item is not None}


def _whose(row: Any, names: dict[int, str]) -> Person | None:
    contacts = Contacts(
        permanent_care_contact=names.get(row.permanent_care_contact_id),
        responsible_nurse=names.get(row.responsible_nurse_id), physiotherapist=names.get(row.physiotherapist_id),
        occupational_therapist=names.get(row.occupational_therapist_id),
    )  # fmt: skip
    if row.status == MeetingStatus.PLANNED:
        return who_asks(contacts)
    asked = names.get(row.asked_by_id) if row.asked_by_id else row.asked_by_name
    return who_tells(asked, contacts)
