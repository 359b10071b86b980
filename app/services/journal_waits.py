"""What is said of customers at meetings and is in no journal yet: listed for whoever enters it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, or_, select

from app import models as m
from app.domain.journal import ToJournal, Unmarked, unmarked
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.roles import Right
from app.services import meeting_records, sight
from app.services.desk import Desk, needs
from app.services.meeting_lists import list_meetings
from app.services.meetings import may_at
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

DAYS_BACK = 60
"""Longer ago nobody remembers what was said; it still stands at each meeting."""
_DAYS_AHEAD = 7
"""A meeting may be begun before its day: assessments are made in good time (routine 3.1)."""
_MOST_READ = 40
_WRITTEN = (MeetingStatus.OPEN, MeetingStatus.DRAFT, MeetingStatus.APPROVED)


@needs(Right.READ_CUSTOMERS)
def to_journal(desk: Desk, *, most: int = 6) -> tuple[ToJournal, ...]:
    """Meetings of the last two months with something that is in no journal, newest first, `most` of them.

    Those that the person was called to; an enhetschef, who answers for it, and an account outside the team see their
    units'. Only what she may mark. Each customer that is shown is logged.
    """
    member = None if desk.may(Right.WRITE_REGISTERS) else desk.actor.member
    first = desk.today - dt.timedelta(days=DAYS_BACK)
    last = desk.today + dt.timedelta(days=_DAYS_AHEAD)
    rows = {one.key: one for one in list_meetings(desk, from_=first, to=last, member=member)}
    with desk.writing() as work:
        period = and_(m.Meeting.date >= first, m.Meeting.date <= last)
        query = select(m.Meeting.key).where(period, _says_something_new()).order_by(m.Meeting.date.desc())
        keys = [key for key in work.session.scalars(query) if key in rows][:_MOST_READ]
        found = meeting_records.load(work.session, m.Meeting.key.in_(keys)) if keys else {}
        known = sight.reach(desk, work)
        whole = {key: found[key][0] for key in keys}
        seen = dict(zip(keys, sight.shown_all(desk, work, list(whole.values())), strict=True))
        labels = sight.labels_of_everybody(work) if keys else {}
        waits: list[ToJournal] = []
        logged: set[str] = set()
        for key in keys:
            left = _left(desk, whole[key], seen[key], assigned=known.assigned | known.opened)
            if left and len(waits) < most:
                waits.append(_row(seen[key], rows[key].heading, left, labels))
                _log_shown(work, seen[key], left, logged)
        work.commit()
    return tuple(waits)


def _says_something_new() -> ColumnElement[bool]:
    """A meeting with minutes, at which a customer is named on a point that has no mark of hers."""

    def no_mark(customer: SQLColumnExpression[int | None]) -> ColumnElement[bool]:
        return ~exists().where(m.JournalMark.item_id == m.Item.id, m.JournalMark.customer_id == customer)

    named = [
        exists().where(table.item_id == m.Item.id, table.customer_id.is_not(None), no_mark(table.customer_id))
        for table in (m.Action, m.Assessment, m.Participation)
    ]
    hers = and_(m.Item.customer_id.is_not(None), no_mark(m.Item.customer_id))
    there = exists().where(m.Item.meeting_id == m.Meeting.id, or_(hers, *named))
    return and_(m.Meeting.status.in_([one.value for one in _WRITTEN]), there)


def _left(desk: Desk, whole: Meeting, seen: Meeting, *, assigned: frozenset[str]) -> list[Unmarked]:
    """What the person may mark of the meeting: points that she reads whole, of anybody where her role lets her."""
    everybody = bool(may_at(desk, meeting=whole) & {Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS})
    return [
        one for one in unmarked(seen)
        if one.item == whole.item(one.item.key) and (everybody or one.customer in assigned)
    ]  # fmt: skip


def _row(meeting: Meeting, heading: str, left: list[Unmarked], labels: dict[str, str]) -> ToJournal:
    named = tuple(dict.fromkeys(labels.get(one.customer, "") for one in left))
    return ToJournal(
        meeting=meeting.key, heading=heading, date=meeting.date, item=left[0].item.key, customers=named, count=len(left)
    )  # fmt: skip


def _log_shown(work: UnitOfWork, meeting: Meeting, left: list[Unmarked], logged: set[str]) -> None:
    """One row for each customer whom the list shows, however many meetings name her."""
    for customer in sorted({one.customer for one in left} - logged):
        logged.add(customer)
        work.record(Event(action="read", object="journal", customer=customer, unit=meeting.unit))
