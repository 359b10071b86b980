"""What is known of a customer beside the point about her: her turn, earlier assessments, and who may do what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from app import models as m
from app.domain.customers import Customer
from app.domain.errors import NotAllowed, NotFound
from app.domain.instruments import Instruments
from app.domain.meeting_rules import customers_named
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.review import Earlier, Review
from app.domain.roles import Right
from app.domain.turns import Round, Turn, round_of
from app.domain.units import Unit
from app.services import meeting_records, planning_records, register_records, sight
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import may_at, read
from app.services.proposals import customers_there
from app.services.turn_rows import review_forum
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_MOST_EARLIER = 12
"""So many earlier meetings at which something was assessed are looked at."""


@needs_at_meeting(Right.READ_CUSTOMERS)
def read_review(desk: Desk, *, meeting: str, customer: str) -> Review:
    """What is beside a customer's point, as far as the person sees her and her earlier meetings; logged as read.

    Raises NotFound, NotAllowed where the meeting shows her nothing of the customer.
    """
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        if customer not in customers_named(sight.shown(desk, work, found)):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        known = register_records.load_customers(work.session, m.Customer.key == customer).get(customer)
        unit = register_records.load_units(work.session).get(found.unit)
        if known is None or unit is None:
            raise NotFound("not_found", what="Kunden", key=customer)
        review = _review(desk, work, found, known[0], unit[0])
        work.record(Event(action="read", object=f"customer:{customer}", customer=customer, unit=found.unit))
        work.commit()
    return review


def _review(desk: Desk, work: UnitOfWork, meeting: Meeting, customer: Customer, unit: Unit) -> Review:
    mine = m.Turn.customer_id.in_(select(m.Customer.id).where(m.Customer.key == customer.key))
    turn, version = planning_records.load(work.session, planning_records.ROTATION, mine).get(
        customer.key, (Turn(customer=customer.key), 0)
    )
    turns = desk.may(Right.WRITE_REGISTERS) or desk.may(Right.WRITE_CUSTOMERS)
    reach = sight.reach(desk, work)
    return Review(
        customer=customer.key, turn=turn, version=version, of=_round(desk, work, unit),
        contact=customer.contacts.permanent_care_contact if customer.contacts else None,
        earlier=earlier_values(
            desk, work, customer.key, before=meeting, instruments=desk.catalogue.instruments(unit.instruments)
        ),
        next_booked=_next_booked(work, customer.key, after=meeting.date),
        may_turn=turns and sight.sees_customer(desk, reach, key=customer.key, unit=customer.unit),
        may_participate=customer.key in reach.permanent or Right.WRITE_MINUTES in may_at(desk, meeting=meeting),
    )  # fmt: skip


def _round(desk: Desk, work: UnitOfWork, unit: Unit) -> Round | None:
    forum = review_forum(desk, unit)
    if forum is None:
        return None
    return round_of(forum, len(customers_there(work, unit, ward=None, day=desk.today)))


def earlier_values(
    desk: Desk, work: UnitOfWork, customer: str, *, before: Meeting | None, instruments: Instruments,
    most: int = _MOST_EARLIER,
) -> tuple[Earlier, ...]:  # fmt: skip
    """What was assessed of the customer at so many meetings before one, as far as the person sees it; oldest first."""
    about = select(m.Assessment.item_id).join(m.Customer, m.Customer.id == m.Assessment.customer_id)
    items = select(m.Item.meeting_id).where(m.Item.id.in_(about.where(m.Customer.key == customer)))
    latest = (
        select(m.Meeting.id).join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .where(m.Meeting.id.in_(items), m.Meeting.status != MeetingStatus.CANCELLED.value)
        .order_by(m.Meeting.date.desc(), m.Meeting.start.desc()).limit(most)
    )  # fmt: skip
    if before is not None:
        latest = latest.where(m.Meeting.key != before.key, m.Meeting.date <= before.date)
    if (within := sight.within_reach(desk)) is not None:
        latest = latest.where(within)
    found = meeting_records.load(work.session, m.Meeting.id.in_(latest))
    shown = sight.shown_all(desk, work, [one for one, _ in found.values()])
    values = [
        Earlier(
            identity=instruments.identity(one.instrument), instrument=one.instrument, date=one.date, score=one.score,
            risk=one.risk, meeting=meeting.key,
        )
        for meeting in shown
        for item in meeting.items
        for one in item.assessments
        if one.customer == customer
    ]  # fmt: skip
    return tuple(sorted(values, key=lambda one: (one.date, one.meeting)))


def _next_booked(work: UnitOfWork, customer: str, *, after: dt.date) -> dt.date | None:
    query: Any = (
        select(m.Meeting.date)
        .join(m.MeetingCustomer, m.MeetingCustomer.meeting_id == m.Meeting.id)
        .join(m.Customer, m.Customer.id == m.MeetingCustomer.customer_id)
        .where(m.Customer.key == customer, m.MeetingCustomer.for_next.is_(False))
        .where(m.Meeting.date > after, m.Meeting.status == MeetingStatus.PLANNED.value)
        .order_by(m.Meeting.date)
        .limit(1)
    )
    found: dt.date | None = work.session.scalar(query)
    return found
