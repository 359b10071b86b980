"""What is left to do before a meeting for whoever leads it: call, call anew, and the agenda that closes.

Nothing of a customer is read: a meeting goes by its forum and ward.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any

from sqlalchemy import Row, select

from app import models as m
from app.domain import calls
from app.domain.catalogue import Forum
from app.domain.invitations import co_opted
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.swedish import brief_date, near_day
from app.domain.team import Member
from app.services import register_records, sight
from app.services.desk import Desk, needs
from app.services.own_forums import OwnForums
from app.storage.unit_of_work import UnitOfWork

_SOON = 2
"""Days before an agenda closes from which it is told."""
_NAMED = 3
_MOST = 8


class Due(StrEnum):
    """What is to be done."""

    CALL = auto()
    CALL_AGAIN = auto()
    CLOSES = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReminder:
    """Something to do before a meeting, in words; `done_here` when it can be done by a button beside it."""

    due: Due
    meeting: str
    sentence: str
    under: str
    done_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaState:
    """The last day for points to an agenda, if it closes, and whether it has gone out: a point after that is late."""

    closes_on: dt.date | None
    is_published: bool


@needs(Right.READ_MEETINGS)
def call_reminders(desk: Desk) -> tuple[CallReminder, ...]:
    """What waits for the person, the nearest meeting first: of meetings she leads.

    Without a member key of her own (an enhetschef outside the team) of every meeting that she may write.
    """
    if desk.actor.member is None and not desk.may(Right.WRITE_MEETINGS):
        return ()
    with desk.reading() as work:
        forums = OwnForums(desk, work.session)
        ahead = max(forums.longest("notice_days"), forums.longest("closes_days") + _SOON)
        rows = _planned(desk, work, until=desk.today + dt.timedelta(days=ahead), hers=True)
        called = _called(work, [row for row in rows if _notice_due(desk, row, forums.of(row.unit, row.forum))])
    found: list[CallReminder] = []
    for row in rows:
        forum = forums.of(row.unit, row.forum)
        if forum is not None and len(found) < _MOST:
            found += _of(desk, row, forum, called.get(row.id, ()))
    return tuple(found[:_MOST])


@needs(Right.READ_MEETINGS)
def agenda_states(desk: Desk, *, to: dt.date) -> Mapping[str, AgendaState]:
    """Of each planned meeting from today to `to` whose agenda closes or has gone out, by the meeting's key."""
    with desk.reading() as work:
        forums = OwnForums(desk, work.session)
        rows = _planned(desk, work, until=to, hers=False)
    found = {}
    for row in rows:
        forum = forums.of(row.unit, row.forum)
        closes_on = calls.closing_day(forum, row.date) if forum is not None else None
        if closes_on is not None or row.published_version:
            found[row.key] = AgendaState(closes_on=closes_on, is_published=bool(row.published_version))
    return found


def _planned(desk: Desk, work: UnitOfWork, *, until: dt.date, hers: bool) -> Sequence[Row[Any]]:
    query = (
        select(
            m.Meeting.id, m.Meeting.key, m.Meeting.forum, m.Meeting.date, m.Meeting.start, m.Meeting.announced_on,
            m.Meeting.announced_sequence, m.Meeting.sequence, m.Meeting.published_version,
            m.Unit.key.label("unit"), m.Unit.name.label("unit_name"), m.Ward.name.label("ward"),
            m.Member.key.label("chair"),
        )
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .outerjoin(m.Member, m.Member.id == m.Meeting.chair_id)
        .where(m.Meeting.status == MeetingStatus.PLANNED.value, m.Meeting.date.between(desk.today, until))
        .order_by(m.Meeting.date, m.Meeting.start, m.Meeting.key)
    )  # fmt: skip
    within = sight.within_reach(desk)
    if within is not None:
        query = query.where(within)
    if hers and desk.actor.member is not None:
        query = query.where(m.Member.key == desk.actor.member)
    found: Sequence[Any] = work.session.execute(query).all()
    return found


def _called(work: UnitOfWork, rows: Sequence[Row[Any]]) -> dict[int, list[Member]]:
    ids = [row.id for row in rows]
    if not ids:
        return {}
    query = select(m.MeetingMember.meeting_id, m.Member.key).join(m.Member, m.Member.id == m.MeetingMember.member_id)
    query = query.where(m.MeetingMember.meeting_id.in_(ids)).order_by(m.MeetingMember.position)
    members = {key: one for key, (one, _) in register_records.load_members(work.session).items()}
    found: dict[int, list[Member]] = defaultdict(list)
    for meeting, key in work.session.execute(query):
        found[meeting].append(members[key])
    return found


def _of(desk: Desk, row: Row[Any], forum: Forum, called: Collection[Member]) -> list[CallReminder]:
    today = desk.today
    what = " ".join(part for part in (forum.name, row.ward, brief_date(row.date, today=today)) if part)
    found = []

    def due(kind: Due, sentence: str, *, done_here: bool) -> None:
        found.append(CallReminder(
            due=kind, meeting=row.key, sentence=sentence, under=f"{row.unit_name}, {near_day(row.date, today=today)}",
            done_here=done_here,
        ))  # fmt: skip

    closes_on = calls.closing_day(forum, row.date)
    if closes_on is not None and closes_on < today and not row.published_version:
        due(Due.CLOSED, f"Publicera dagordningen till {what}: den har stängt", done_here=True)
        return found  # whoever gets the agenda is called by it
    if row.announced_on is not None and row.sequence > row.announced_sequence:
        due(Due.CALL_AGAIN, f"Kalla igen till {what}: mötet är ändrat", done_here=True)
    if _notice_due(desk, row, forum):
        others = co_opted(
            forum, called=list(called), unit=row.unit, professions=desk.professions, leader=row.chair
        )  # fmt: skip
        if others:
            due(Due.CALL, f"Kalla {_names(others)} till {what}", done_here=True)
    if closes_on is not None and closes_on - dt.timedelta(days=_SOON) <= today <= closes_on:
        due(Due.CLOSES, f"Dagordningen till {what} stänger {near_day(closes_on, today=today)}", done_here=False)
    return found


def _notice_due(desk: Desk, row: Row[Any], forum: Forum | None) -> bool:
    """Whether the day has come by which those who are co-opted are called, and nobody was called."""
    notice = calls.notice_day(forum, row.date) if forum is not None else None
    return row.announced_on is None and notice is not None and notice <= desk.today


def _names(members: Sequence[Member]) -> str:
    names = [one.name for one in members[:_NAMED]]
    more = len(members) - len(names)
    if more:
        return f"{', '.join(names)} och {more} till"
    return " och ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
