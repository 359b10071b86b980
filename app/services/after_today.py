"""What of meetings that were held waits for the person: minutes to comment and to read, comments, answers, lifts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.meetings import MeetingStatus
from app.domain.minutes import TO_BE_READ
from app.domain.roles import Right
from app.services import lifts, sight
from app.services.desk import Desk, needs
from app.services.preferences import get_preference, set_preference
from app.services.questions import OpenQuestion, open_questions
from app.storage.unit_of_work import UnitOfWork

_SEEN = "seen_circulations"
"""The preference that keeps to which minutes the person had nothing to say."""
_MOST_KEPT, _MOST_SHOWN = 300, 20
_TO_BE_READ = [kind.value for kind in TO_BE_READ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesRow:
    """A meeting whose minutes wait for the person; `until` is the last day for comments, `count` what is open."""

    meeting: str
    heading: str
    unit_name: str
    forum: str
    date: dt.date
    until: dt.date | None = None
    count: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterToday:
    """All of it, as Idag shows it."""

    comment: tuple[MinutesRow, ...]
    settle: tuple[MinutesRow, ...]
    read: tuple[MinutesRow, ...]
    questions: tuple[OpenQuestion, ...]
    lifts: int
    """How many lifted points wait for a meeting to be booked, for those who book."""


@needs(Right.READ_MEETINGS)
def after_today(desk: Desk) -> AfterToday:
    """What waits for the person; nothing of customers but in the questions that she is to answer."""
    seen = set(get_preference(desk, name=_SEEN, default=[]))
    may_read = any(desk.may(one) for one in (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES))
    mine = may_read and desk.actor.member is not None
    with desk.reading() as work:
        me = sight.myself_id(desk, work)
        comment: tuple[MinutesRow, ...] = ()
        settle: tuple[MinutesRow, ...] = ()
        read: tuple[MinutesRow, ...] = ()
        if me is not None:
            comment = tuple(one for one in _to_comment(desk, work, me) if one.mark not in seen)
            settle, read = _to_settle(desk, work, me), _to_read(desk, work, me)
        within = sight.within_reach(desk)
        waiting = 0
        if desk.may(Right.WRITE_MEETINGS):
            waiting = len(lifts.waiting(desk, work, *(() if within is None else (within,))))
    questions = open_questions(desk, mine=True)[:_MOST_SHOWN] if mine else ()
    return AfterToday(comment=comment, settle=settle, read=read, questions=questions, lifts=waiting)


@needs(Right.READ_MEETINGS)
def nothing_to_comment(desk: Desk, *, mark: str) -> None:
    """The person has nothing to say to minutes that are out for comments, and is not asked again."""
    seen: list[Any] = get_preference(desk, name=_SEEN, default=[])
    set_preference(desk, name=_SEEN, value=[*(one for one in seen if one != mark), mark][-_MOST_KEPT:])


def _concerns(me: int) -> ColumnElement[bool]:
    called = select(m.MeetingMember.meeting_id).where(m.MeetingMember.member_id == me)
    came = select(m.Attendance.meeting_id).where(m.Attendance.member_id == me)
    return or_(m.Meeting.id.in_(called), m.Meeting.id.in_(came))


def _rows(desk: Desk, work: UnitOfWork, *conditions: ColumnElement[bool], count: Any = None) -> tuple[MinutesRow, ...]:
    columns = [
        m.Meeting.key, m.Meeting.forum, m.Meeting.title, m.Meeting.date, m.Meeting.comments_by,
        m.Meeting.circulated_at, m.Unit.name.label("unit_name"), m.Unit.setting, m.Ward.name.label("ward"),
    ]  # fmt: skip
    counted: Any = literal(0) if count is None else func.coalesce(count, 0)
    query: Select[*tuple[Any, ...]] = select(*columns, counted.label("n"))
    query = query.join(m.Unit, m.Unit.id == m.Meeting.unit_id).outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
    within = sight.within_reach(desk)
    wanted = and_(*conditions) if within is None else and_(within, *conditions)
    query = query.where(wanted).order_by(m.Meeting.date.desc(), m.Meeting.start.desc()).limit(_MOST_SHOWN)
    names = {(of.value, one.key): one.name for of in Setting for one in desk.catalogue.forums(of)}
    made = []
    for row in work.session.execute(query):
        name = names.get((row.setting, row.forum)) or names.get((Setting.LEDNING.value, row.forum), row.forum)
        made.append(
            MinutesRow(
                meeting=row.key, heading=row.title or " ".join(part for part in (name, row.ward) if part),
                unit_name=row.unit_name, forum=row.forum, date=row.date, until=row.comments_by, count=row.n,
                mark=f"{row.key}|{row.circulated_at}",
            )
        )  # fmt: skip
    return tuple(made)


def _to_comment(desk: Desk, work: UnitOfWork, me: int) -> tuple[MinutesRow, ...]:
    """Minutes that are out, that she does not write herself and has not commented since they went out."""
    own = select(m.MinutesComment.meeting_id).where(
        m.MinutesComment.by_id == me, m.MinutesComment.at >= m.Meeting.circulated_at
    )
    return _rows(
        desk, work, m.Meeting.status == MeetingStatus.DRAFT.value, m.Meeting.circulated_at.is_not(None),
        m.Meeting.comments_by >= desk.today, _concerns(me), ~_writes(me),
        m.Meeting.id.not_in(own.correlate(m.Meeting)),
    )  # fmt: skip


def _writes(me: int) -> ColumnElement[bool]:
    return and_(m.Meeting.secretary_id.is_not(None), m.Meeting.secretary_id == me)


def _to_settle(desk: Desk, work: UnitOfWork, me: int) -> tuple[MinutesRow, ...]:
    """Comments that she has left to settle as the secretary, or as the convenor where no secretary is named."""
    leads = and_(m.Meeting.secretary_id.is_(None), m.Meeting.chair_id.is_not(None), m.Meeting.chair_id == me)
    waiting = (
        select(func.count())
        .where(m.MinutesComment.meeting_id == m.Meeting.id, m.MinutesComment.settled_at.is_(None))
        .correlate(m.Meeting)
        .scalar_subquery()
    )
    draft = m.Meeting.status == MeetingStatus.DRAFT.value
    out = m.Meeting.circulated_at.is_not(None)
    return _rows(desk, work, draft, out, or_(_writes(me), leads), waiting > 0, count=waiting)


def _to_read(desk: Desk, work: UnitOfWork, me: int) -> tuple[MinutesRow, ...]:
    """Approved minutes that concern her and of which she has not read the latest version."""
    latest = (
        select(func.max(m.MinutesVersion.number))
        .where(m.MinutesVersion.meeting_id == m.Meeting.id, m.MinutesVersion.kind.in_(_TO_BE_READ))
        .correlate(m.Meeting)
        .scalar_subquery()
    )
    has_read = (
        select(func.max(m.MinutesReceipt.number))
        .where(m.MinutesReceipt.meeting_id == m.Meeting.id, m.MinutesReceipt.member_id == me)
        .correlate(m.Meeting)
        .scalar_subquery()
    )
    versioned = m.Meeting.id.in_(select(m.MinutesVersion.meeting_id).where(m.MinutesVersion.kind.in_(_TO_BE_READ)))
    approved = m.Meeting.status == MeetingStatus.APPROVED.value
    return _rows(desk, work, approved, versioned, _concerns(me), latest > func.coalesce(has_read, 0))
