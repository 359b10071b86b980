"""One customer opened: who she is and what is coming for her, read in one step so that it is logged once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.errors import NotFound
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services import register_records as records
from app.services import sight
from app.services.desk import Desk, needs
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_COMING = ("planned", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction:
    """Something that is to be done for the customer, and where it was decided."""

    key: str
    text: str
    responsible: str
    due: dt.date | None
    meeting: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingMeeting:
    """A meeting at which the customer is due or has a point."""

    key: str
    heading: str
    unit: str
    ward: str | None
    date: dt.date
    start: dt.time


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """What the customer's page shows."""

    stored: Stored[Customer]
    actions: tuple[OpenAction, ...]
    meetings: tuple[ComingMeeting, ...]


@needs(Right.READ_CUSTOMERS)
def open_customer(desk: Desk, *, key: str) -> CustomerView:
    """One customer with her open actions and coming meetings, logged as read once. Raises NotFound or NotAllowed."""
    with desk.writing() as work:
        found = records.load_customers(work.session, m.Customer.key == key).get(key)
        if found is None:
            raise NotFound("not_found", what="Kunden", key=key)
        sight.require_customer(desk, work, found[0])
        customer_id = work.session.scalars(select(m.Customer.id).where(m.Customer.key == key)).one()
        view = CustomerView(
            stored=Stored(found[0].shown, found[1]),
            actions=_actions(desk, work, customer_id),
            meetings=_meetings(desk, work, customer_id),
        )
        work.record(Event(action="read", object=f"customer:{key}", customer=key, unit=found[0].unit))
        work.commit()
    return view


def _actions(desk: Desk, work: UnitOfWork, customer_id: int) -> tuple[OpenAction, ...]:
    query = (
        select(
            m.Action.key, m.Action.text, m.Action.due, m.Member.name, m.Action.responsible_name,
            m.Meeting.key.label("meeting"), m.Item.key.label("item"), m.Unit.key.label("unit"),
        )
        .join(m.Item, m.Item.id == m.Action.item_id)
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Member, m.Member.id == m.Action.responsible_id)
        .where(m.Action.status == "open", or_(m.Action.customer_id == customer_id, m.Item.customer_id == customer_id))
        .order_by(m.Action.due.is_(None), m.Action.due, m.Action.id)
    )  # fmt: skip
    return tuple(
        OpenAction(
            key=row.key, text=row.text, responsible=row.name or row.responsible_name or "", due=row.due,
            meeting=row.meeting, item=row.item,
        )
        for row in work.session.execute(query)
        if desk.actor.sees(row.unit)
    )  # fmt: skip


def _meetings(desk: Desk, work: UnitOfWork, customer_id: int) -> tuple[ComingMeeting, ...]:
    due = select(m.MeetingCustomer.meeting_id).where(
        m.MeetingCustomer.customer_id == customer_id, m.MeetingCustomer.for_next.is_(False)
    )
    points = select(m.Item.meeting_id).where(m.Item.customer_id == customer_id)
    query = (
        select(
            m.Meeting.key, m.Meeting.title, m.Meeting.forum, m.Meeting.date, m.Meeting.start, m.Unit.setting,
            m.Unit.key.label("unit"), m.Ward.key.label("ward"), m.Ward.name.label("ward_name"),
        )
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(m.Meeting.status.in_(_COMING), or_(m.Meeting.id.in_(due), m.Meeting.id.in_(points)))
        .order_by(m.Meeting.date, m.Meeting.start)
    )  # fmt: skip
    return tuple(
        ComingMeeting(
            key=row.key, heading=_heading(desk, row), unit=row.unit, ward=row.ward, date=row.date, start=row.start
        )
        for row in work.session.execute(query)
        if desk.actor.sees(row.unit)
    )


def _heading(desk: Desk, row: Any) -> str:
    if row.title:
        return str(row.title)
    forum = desk.catalogue.forum(Setting(row.setting), row.forum) or desk.catalogue.forum(Setting.LEDNING, row.forum)
    name = forum.name if forum else row.forum
    return f"{name} {row.ward_name}" if row.ward_name else name
