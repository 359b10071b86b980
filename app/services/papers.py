"""What is printed: a meeting with every name looked up, for the reports; each customer on it is logged as printed."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import select

from app import models as m
from app.domain import meeting_rules as rules
from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.meetings import Meeting, MeetingPapers, MeetingStatus
from app.domain.roles import Right
from app.services import meeting_records
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import may_at
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


class Purpose(StrEnum):
    """What the papers are for."""

    AGENDA = "agenda"
    MINUTES = "minutes"
    POSTER = "poster"


@needs_at_meeting(Right.PRINT, Right.READ_MEETINGS)
def meeting_papers(desk: Desk, *, key: str, purpose: Purpose) -> MeetingPapers:
    """The papers of one meeting, without customers' data for a poster or a person who may not print them."""
    with desk.writing() as work:
        found = meeting_records.load(work.session, m.Meeting.key == key).get(key)
        if found is None:
            raise NotFound("not_found", what="Mötet", key=key)
        if not desk.actor.sees(found[0].unit):
            raise NotAllowed("not_your_unit")
        papers = _papers(desk, work, [found[0]], purpose)[0]
        work.commit()
    return papers


@needs_at_meeting(Right.PRINT, Right.READ_MEETINGS)
def papers_of_period(
    desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None, purpose: Purpose
) -> tuple[MeetingPapers, ...]:
    """The papers of every meeting of a period (inclusive), by date; minutes only of meetings that have been held.

    Raises Refused("period_backwards" | "period_empty").
    """
    if to < from_:
        raise Refused("period_backwards")
    wanted = [m.Meeting.date >= from_, m.Meeting.date <= to]
    if unit is not None:
        found_unit = select(m.Unit.id).where(m.Unit.key == unit)
        wanted.append(m.Meeting.unit_id.in_(found_unit))
    held = (MeetingStatus.OPEN, MeetingStatus.DRAFT, MeetingStatus.APPROVED)
    if purpose is Purpose.MINUTES:
        wanted.append(m.Meeting.status.in_([status.value for status in held]))
    else:
        wanted.append(m.Meeting.status != MeetingStatus.CANCELLED.value)
    with desk.writing() as work:
        if unit is not None and work.session.scalar(select(m.Unit.id).where(m.Unit.key == unit)) is None:
            raise NotFound("not_found", what="Enheten", key=unit)
        condition = wanted[0]
        for one in wanted[1:]:
            condition = condition & one
        found = [
            meeting
            for meeting, _ in meeting_records.load(work.session, condition).values()
            if desk.actor.sees(meeting.unit)
        ]
        if not found:
            raise Refused("period_empty")
        found.sort(key=lambda meeting: (meeting.date, meeting.start, meeting.unit, meeting.key))
        papers = _papers(desk, work, found, purpose)
        work.commit()
    return tuple(papers)


def _papers(desk: Desk, work: UnitOfWork, meetings: list[Meeting], purpose: Purpose) -> list[MeetingPapers]:
    session = work.session
    units = {row.key: row for row in session.execute(select(m.Unit.key, m.Unit.name, m.Unit.setting))}
    wards = {row.key: row.name for row in session.execute(select(m.Ward.key, m.Ward.name))}
    members = session.execute(select(m.Member.key, m.Member.name, m.Member.profession)).all()
    labels = customer_labels(work)
    forums = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
    papers = []
    for meeting in meetings:
        shown = _shown(desk, meeting, purpose)
        named = rules.customers_named(shown)
        for customer in sorted(named):
            work.record(
                Event(
                    action="print",
                    object=f"meeting:{meeting.key}",
                    customer=customer,
                    unit=meeting.unit,
                    reason=purpose.value,
                )
            )
        unit = units[meeting.unit]
        forum = forums.get((unit.setting, meeting.forum)) or forums.get(
            (Setting.LEDNING.value, meeting.forum), meeting.forum
        )
        papers.append(MeetingPapers(
            meeting=shown, unit_name=unit.name, setting_label=Setting(unit.setting).label, forum_name=forum,
            ward_name=wards.get(meeting.ward or ""), names={row.key: row.name for row in members},
            professions={row.key: row.profession for row in members}, customers={key: labels[key] for key in named},
            has_customer_data=bool(named), prepared_on=desk.today,
        ))  # fmt: skip
    return papers


def _shown(desk: Desk, meeting: Meeting, purpose: Purpose) -> Meeting:
    allowed = Right.PRINT in may_at(desk, meeting=meeting)
    return meeting if allowed and purpose is not Purpose.POSTER else rules.without_customers(meeting)


def customer_labels(work: UnitOfWork) -> dict[str, str]:
    """Every customer's key with the label that may be shown: the code only, where the identity is protected."""
    query = select(m.Customer.key, m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code)
    return {
        row.key: label_of(row.reference, row.apartment, row.protected, row.code) for row in work.session.execute(query)
    }


def label_of(reference: str, apartment: str | None, protected: bool, code: str | None) -> str:
    """The label of a customer from its columns."""
    return Customer(key="", reference=reference, unit="", apartment=apartment, protected=protected, code=code).label
