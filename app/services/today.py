"""What the day holds for the person at the desk: meetings, what to prepare, her actions, who is in hospital."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app import models as m
from app.domain.meetings import ActionRow, MeetingRow, MeetingStatus
from app.domain.preparations import PreparationRow
from app.domain.roles import Right
from app.services import sight
from app.services.actions import follow_ups, open_actions
from app.services.desk import Desk, needs
from app.services.meeting_lists import list_meetings
from app.services.own_preparations import own_in
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_PREPARE_DAYS = 7
_MOST_ACTIONS = 50
_MOST_FOLLOW_UPS = 6
_PLACE = "today"
"""What the log names as the place where a customer was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUp:
    """A coming meeting and whom everybody called is to have read up on."""

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
    prepare: tuple[ReadUp, ...]
    preparations: tuple[PreparationRow, ...]
    """What is hers to make ready, the nearest meeting first."""
    actions: tuple[ActionRow, ...]
    follow_ups: tuple[ActionRow, ...]
    """What is to be followed up by now: whether it had the effect that was meant."""
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
    due: tuple[ActionRow, ...] = ()
    prepare: tuple[ReadUp, ...] = ()
    hospital: tuple[HospitalStay, ...] = ()
    with desk.writing() as work:  # one unit of work: a customer who is shown three times is logged once
        if desk.may(Right.COMPLETE_ACTIONS):  # what there is to do is for those who may do it
            actions = open_actions(desk, work, responsible=member, limit=_MOST_ACTIONS, where=_PLACE)
            due = follow_ups(desk, work, member=member, limit=_MOST_FOLLOW_UPS, where=_PLACE)
        own = own_in(desk, work)
        if desk.may(Right.READ_CUSTOMERS):
            labels = _labels(desk, work)
            prepare = _preparations(work, coming, labels)
            hospital = _hospital(work, on, labels)
        work.commit()
    return Today(
        day=on, meetings=list_meetings(desk, from_=on, to=on, member=member), prepare=prepare,
        preparations=own, actions=actions, follow_ups=due, hospital=hospital, awaiting_approval=drafts,
    )  # fmt: skip


def _labels(desk: Desk, work: UnitOfWork) -> dict[str, str]:
    """The labels of the customers the person may see."""
    labels = sight.labels_of_everybody(work)
    if sight.sees_every_customer(desk) and desk.actor.units is None:
        return labels
    known = sight.reach(desk, work)
    rows = work.session.execute(select(m.Customer.key, m.Unit.key).join(m.Unit, m.Unit.id == m.Customer.unit_id))
    seen = {key for key, unit in rows if sight.sees_customer(desk, known, key=key, unit=unit)}
    return {key: label for key, label in labels.items() if key in seen}


def _preparations(work: UnitOfWork, coming: tuple[MeetingRow, ...], labels: Mapping[str, str]) -> tuple[ReadUp, ...]:
    """Meetings of the week that take up customers: everyone is to have read up (routine 1)."""
    query = (
        select(m.Meeting.key, m.Customer.key)
        .join(m.MeetingCustomer, m.MeetingCustomer.meeting_id == m.Meeting.id)
        .join(m.Customer, m.Customer.id == m.MeetingCustomer.customer_id)
        .where(m.Meeting.key.in_([row.key for row in coming]), m.MeetingCustomer.for_next.is_(False))
        .order_by(m.MeetingCustomer.position)
    )
    due: dict[str, list[str]] = {}
    for meeting, customer in work.session.execute(query):
        if customer not in labels:
            continue
        due.setdefault(meeting, []).append(labels[customer])
        work.record(Event(action="read", object=_PLACE, customer=customer))
    return tuple(
        ReadUp(
            meeting=row.key,
            heading=row.heading,
            date=row.date,
            start=row.start,
            what="Läs på om " + _enumerated(due[row.key]),
        )
        for row in coming
        if row.key in due
    )


def _enumerated(words: Sequence[str]) -> str:
    """`A`, `A och B`, `A, B och C`."""
    return " och ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _hospital(work: UnitOfWork, on: dt.date, labels: Mapping[str, str]) -> tuple[HospitalStay, ...]:
    query = (
        select(m.Customer.key, m.CustomerPeriod.since, m.Ward.name)
        .join(m.Customer, m.Customer.id == m.CustomerPeriod.customer_id)
        .outerjoin(m.Ward, m.Ward.id == m.Customer.ward_id)
        .where(m.CustomerPeriod.status == "hospital", m.CustomerPeriod.since <= on)
        .where(m.CustomerPeriod.until.is_(None) | (m.CustomerPeriod.until >= on))
        .order_by(m.CustomerPeriod.since)
    )
    found = [
        HospitalStay(customer=key, label=labels[key], since=since, ward=ward)
        for key, since, ward in work.session.execute(query)
        if key in labels
    ]
    for stay in found:
        work.record(Event(action="read", object=_PLACE, customer=stay.customer))
    return tuple(found)
