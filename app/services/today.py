"""What the day holds for the person at the desk: meetings, what to prepare, her actions, who is in hospital."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app import models as m
from app.domain.meetings import ActionRow, ActionStatus, MeetingRow, MeetingStatus
from app.domain.roles import Right
from app.services.actions import list_actions
from app.services.desk import Desk, needs
from app.services.meeting_lists import list_meetings
from app.services.papers import customer_labels
from app.storage.audit import Event

_PREPARE_DAYS = 7
_MOST_ACTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Something to have ready before a meeting."""

    meeting: str
    heading: str
    date: dt.date
    start: dt.time
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalStay:
    """A customer in hospital, since when, and from which ward."""

    customer: str
    label: str
    since: dt.date
    ward: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day on one page."""

    day: dt.date
    meetings: tuple[MeetingRow, ...]
    prepare: tuple[Preparation, ...]
    actions: tuple[ActionRow, ...]
    hospital: tuple[HospitalStay, ...]
    awaiting_approval: tuple[MeetingRow, ...]


@needs(Right.READ_MEETINGS)
def today(desk: Desk, *, day: dt.date | None = None) -> Today:
    """The day of the person; without a member key of her own (an enhetschef outside the team) the whole units' day."""
    on = day or desk.today
    member = desk.actor.member
    coming = list_meetings(
        desk, from_=on + dt.timedelta(days=1), to=on + dt.timedelta(days=_PREPARE_DAYS), member=member
    )
    drafts = (
        list_meetings(desk, status=MeetingStatus.DRAFT, to=on, newest_first=True, limit=20)
        if desk.may(Right.APPROVE_MINUTES)
        else ()
    )
    actions: tuple[ActionRow, ...] = ()
    if desk.may(Right.READ_MINUTES):
        actions = list_actions(desk, responsible=member, status=ActionStatus.OPEN, limit=_MOST_ACTIONS)
    return Today(
        day=on, meetings=list_meetings(desk, from_=on, to=on, member=member), prepare=_preparations(desk, coming),
        actions=actions,
        hospital=_hospital(desk, on), awaiting_approval=drafts,
    )  # fmt: skip


def _preparations(desk: Desk, coming: tuple[MeetingRow, ...]) -> tuple[Preparation, ...]:
    """Meetings of the week that take up customers: everyone is to have read up (routine 1)."""
    if not coming or not desk.may(Right.READ_CUSTOMERS):
        return ()
    with desk.writing() as work:
        labels = customer_labels(work)
        query = (
            select(m.Meeting.key, m.Customer.key)
            .join(m.MeetingCustomer, m.MeetingCustomer.meeting_id == m.Meeting.id)
            .join(m.Customer, m.Customer.id == m.MeetingCustomer.customer_id)
            .where(m.Meeting.key.in_([row.key for row in coming]), m.MeetingCustomer.for_next.is_(False))
            .order_by(m.MeetingCustomer.position)
        )
        due: dict[str, list[str]] = {}
        for meeting, customer in work.session.execute(query):
            due.setdefault(meeting, []).append(labels[customer])
            work.record(Event(action="read", object="today", customer=customer))
        work.commit()
    return tuple(
        Preparation(
            meeting=row.key,
            heading=row.heading,
            date=row.date,
            start=row.start,
            what="Läs på om " + " och ".join(due[row.key]),
        )
        for row in coming
        if row.key in due
    )


def _hospital(desk: Desk, on: dt.date) -> tuple[HospitalStay, ...]:
    if not desk.may(Right.READ_CUSTOMERS):
        return ()
    with desk.writing() as work:
        labels = customer_labels(work)
        query = (
            select(m.Customer.key, m.CustomerPeriod.since, m.Ward.name, m.Unit.key)
            .join(m.Customer, m.Customer.id == m.CustomerPeriod.customer_id)
            .join(m.Unit, m.Unit.id == m.Customer.unit_id)
            .outerjoin(m.Ward, m.Ward.id == m.Customer.ward_id)
            .where(m.CustomerPeriod.status == "hospital", m.CustomerPeriod.since <= on)
            .where(m.CustomerPeriod.until.is_(None) | (m.CustomerPeriod.until >= on))
            .order_by(m.CustomerPeriod.since)
        )
        found = [
            HospitalStay(customer=key, label=labels[key], since=since, ward=ward)
            for key, since, ward, unit in work.session.execute(query)
            if desk.actor.sees(unit)
        ]
        for stay in found:
            work.record(Event(action="read", object="today", customer=stay.customer))
        work.commit()
    return tuple(found)
