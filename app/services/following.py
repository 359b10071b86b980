"""The series' next meeting: which it is, and what it takes over from those before it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app import models as m
from app.domain.carrying import agreed_customers, is_open, put_off, taken_back
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.services import meeting_records
from app.services.preparation_moves import hand_preparations_on, take_preparations_back
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

KeepChange = Callable[[UnitOfWork, Directory, Meeting, Meeting, int], int]
"""Writes what differs between a meeting as it stands in that version and as it is to be (`meetings.keep_change`)."""
HandOn = Callable[[UnitOfWork, Meeting, KeepChange], None]
"""What one of a meeting's steps does to the series' next meeting."""


def new_key(*, near: str) -> str:
    """A fresh key for an item or action, beginning with the meeting's own."""
    return f"{near or 'ny'}-{secrets.token_hex(4)}"


def following_key(work: UnitOfWork, key: str) -> str | None:
    """The key of the series' first meeting after this one that is not cancelled."""
    this = work.session.execute(
        select(m.Meeting.unit_id, m.Meeting.ward_id, m.Meeting.forum, m.Meeting.date, m.Meeting.start).where(
            m.Meeting.key == key
        )
    ).one()
    later = or_(m.Meeting.date > this.date, (m.Meeting.date == this.date) & (m.Meeting.start > this.start))
    same_ward = m.Meeting.ward_id.is_(None) if this.ward_id is None else m.Meeting.ward_id == this.ward_id
    query = (
        select(m.Meeting.key)
        .where(m.Meeting.unit_id == this.unit_id, same_ward, m.Meeting.forum == this.forum, later)
        .where(m.Meeting.status != MeetingStatus.CANCELLED.value)
        .order_by(m.Meeting.date, m.Meeting.start)
        .limit(1)
    )
    found: str | None = work.session.scalar(query)
    return found


def open_items(work: UnitOfWork, previous: Meeting) -> tuple[Item, ...]:
    """Points of the series' meetings before `previous` with open actions or unanswered questions, oldest first."""
    return tuple(item for meeting in open_meetings(work, previous) for item in meeting.items if is_open(item))


def open_meetings(work: UnitOfWork, previous: Meeting) -> list[Meeting]:
    """The meetings that have such points."""
    under = or_(
        exists().where(m.Action.item_id == m.Item.id, m.Action.status == "open"),
        exists().where(m.Question.item_id == m.Item.id, or_(m.Question.answer.is_(None), m.Question.answer == "")),
    )
    waiting = (
        select(m.Item.meeting_id)
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .where(under, same_series(previous), m.Meeting.key != previous.key, m.Meeting.date <= previous.date)
    )
    found = [meeting for meeting, _ in meeting_records.load(work.session, m.Meeting.id.in_(waiting)).values()]
    return sorted(found, key=lambda meeting: (meeting.date, meeting.start))


def same_series(meeting: Meeting) -> ColumnElement[bool]:
    """The condition on m.Meeting that it is of the same unit, forum and ward."""
    unit = select(m.Unit.id).where(m.Unit.key == meeting.unit).scalar_subquery()
    ward = select(m.Ward.id).where(m.Ward.key == meeting.ward).scalar_subquery()
    there = m.Meeting.ward_id == ward if meeting.ward else m.Meeting.ward_id.is_(None)
    return and_(m.Meeting.unit_id == unit, m.Meeting.forum == meeting.forum, there)


def hand_customers_on(work: UnitOfWork, cancelled: Meeting, keep: KeepChange) -> None:
    """Put a cancelled meeting's customers first on the next one, where that is booked and has not begun.

    The customers have their rows in the log by the step itself.
    """
    names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}

    def later(one: Meeting) -> Meeting:
        hand_preparations_on(work, from_=cancelled.key, to=one.key, customers=agreed_customers(cancelled))
        return put_off(one, cancelled, new_key=lambda: new_key(near=one.key), names=names)

    _rewrite(work, cancelled, later, keep)


def take_customers_back(work: UnitOfWork, again: Meeting, keep: KeepChange) -> None:
    """A cancellation is taken back: the next meeting gives back what it got of it."""

    def earlier(one: Meeting) -> Meeting:
        take_preparations_back(work, from_=one.key, to=again.key)
        return taken_back(one, again)

    _rewrite(work, again, earlier, keep)


def _rewrite(work: UnitOfWork, meeting: Meeting, change: Callable[[Meeting], Meeting], keep: KeepChange) -> None:
    key = following_key(work, meeting.key) if meeting.customers else None
    if key is None:
        return
    directory = Directory(work.session)
    old, version = meeting_records.load(work.session, m.Meeting.key == key, directory=directory)[key]
    if old.status is not MeetingStatus.PLANNED:
        return
    new = change(old)
    if new != old:
        keep(work, directory, old, new, version)
        work.record(Event(action="save_meeting", object=f"meeting:{key}", unit=new.unit))
