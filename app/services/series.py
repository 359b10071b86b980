"""Series: what a forum's meetings are made from, kept and changed, with the meetings that are booked of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import select

from app import models as m
from app.domain.errors import Conflict, Refused
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.series import Move, Series, is_several
from app.domain.series_change import from_here_on, why_off, with_day_back, with_move, with_pause
from app.domain.stored import Stored
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services import series_meetings, series_moves
from app.services.desk import Desk, needs
from app.services.occasion_moves import followers
from app.services.rows import require_unit
from app.services.series_meetings import Gesture, SeriesChange
from app.storage.unit_of_work import UnitOfWork

_CHANGED = "Serien är ändrad"
_ENDED = "Serien är slut"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDay:
    """One day of a series: the day of the rule, when it is held, why on another day or not at all, and what is booked.

    `off` is why it is not held (empty when no reason was written), None when it is. `status` is the booked meeting's.
    """

    was: dt.date
    date: dt.date
    start: dt.time
    end: dt.time
    reason: str | None
    off: str | None
    meeting: str | None = None
    status: MeetingStatus | None = None


@needs(Right.READ_MEETINGS)
def list_series(desk: Desk, *, unit: str | None = None) -> tuple[Stored[Series], ...]:
    """The series of the units that the person sees, or of one of them, by unit, forum and ward."""
    with desk.reading() as work:
        found = records.load(work.session, records.SERIES).values()
    seen = [Stored(*one) for one in found if desk.actor.sees(one[0].unit) and unit in (None, one[0].unit)]
    return tuple(sorted(seen, key=lambda one: (one.value.unit, one.value.forum, one.value.ward or "", one.value.first)))


@needs(Right.READ_MEETINGS)
def get_series(desk: Desk, *, key: str) -> Stored[Series]:
    """One series. Raises NotFound, NotAllowed."""
    with desk.reading() as work:
        found: Stored[Series] = keeping.kept(work, records.SERIES, key)
    require_unit(desk, found.value.unit)
    return found


@needs(Right.READ_MEETINGS)
def series_days(desk: Desk, *, key: str, first: dt.date, last: dt.date) -> tuple[SeriesDay, ...]:
    """The days of a series in a period, those that it rests on too, and what is booked. Raises NotFound, NotAllowed."""
    with desk.reading() as work:
        series: Series = keeping.kept(work, records.SERIES, key).value
        require_unit(desk, series.unit)
        setting = series_moves.setting_of(work, series.unit)
        query = (
            select(m.Meeting.series_day, m.Meeting.key, m.Meeting.status, m.Meeting.date, m.Meeting.start,
                   m.Meeting.end, m.Meeting.cancelled_reason)
            .where(m.Meeting.series == key, m.Meeting.series_day.between(first, last))
            .order_by(m.Meeting.start)
        )  # fmt: skip
        booked = work.session.execute(query).all()
    whole = replace(series, pauses=(), exdates=())
    found: list[SeriesDay] = []
    left = list(booked)
    for one in series_moves.occurrences(whole, setting, first=first, last=last):
        row = next((row for row in left if row.series_day == one.was), None)
        off = why_off(series, one.was)
        if row is None:
            found.append(
                SeriesDay(was=one.was, date=one.date, start=one.start, end=one.end, reason=one.reason, off=off)
            )
            continue
        left.remove(row)
        status = MeetingStatus(row.status)
        gone = status is MeetingStatus.CANCELLED
        found.append(SeriesDay(
            was=one.was, date=row.date, start=row.start, end=row.end, reason=one.reason,
            off=(row.cancelled_reason or "") if gone else None, meeting=row.key, status=status,
        ))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.date, one.start)))


@needs(Right.WRITE_MEETINGS)
def add_series(desk: Desk, *, series: Series) -> Stored[Series]:
    """Keep a new series; an empty key is made from unit, forum and ward. Raises Refused, NotAllowed."""
    with desk.writing() as work:
        require_unit(desk, series.unit)
        named = series if series.key else replace(series, key=_fresh_key(work, series))
        kept: Stored[Series] = keeping.keep(desk, work, records.SERIES, named, expected_version=None)
        work.commit()
    return kept


@needs(Right.WRITE_MEETINGS)
def change_series(desk: Desk, *, series: Series, from_: dt.date, expected_version: int) -> SeriesChange:
    """Keep a changed series from a day on ("from here on"), and bring what is booked from that day with it.

    What was before that day stays as it was: the series ends the day before, and a new one continues it. Only its end,
    or whether it is pinned, changes the series itself. Raises Refused, NotAllowed, NotFound, Conflict.
    """
    with desk.writing() as work:
        gesture = Gesture(desk, work)
        old = _old(desk, work, series.key, expected_version)
        if series == replace(old, pinned=series.pinned, until=series.until):
            gesture.keep(old=old, new=series, version=expected_version)
            gesture.end(series, reason=_ENDED)
        else:
            ended, new = from_here_on(old, series, day=from_, key=_fresh_key(work, series))
            gesture.keep(old=old, new=ended or new, version=expected_version)
            if ended is not None:
                gesture.keep(old=None, new=new, version=None)
            gesture.follow(old=old, new=new, from_=max(from_, desk.today), reason=_CHANGED)
        gesture.hand_on()
        work.commit()
    return gesture.change


@needs(Right.WRITE_MEETINGS)
def remove_series(desk: Desk, *, key: str, expected_version: int) -> Series:
    """Take away a series of which nothing is booked, and give it as it stood. Raises Refused("series_booked")."""
    with desk.writing() as work:
        if series_meetings.booked_of(work, key, first=dt.date.min):
            raise Refused("series_booked")
        gone: Series = keeping.remove(desk, work, records.SERIES, key, expected_version=expected_version)
        work.commit()
    return gone


@needs(Right.WRITE_MEETINGS)
def pause_series(
    desk: Desk, *, key: str, first: dt.date, last: dt.date, reason: str, expected_version: int
) -> SeriesChange:
    """Let the series rest from the first to the last day, or call off one day; what is booked there is cancelled.

    Raises Refused("cancel_needs_reason"), Refused("planning_fault"), NotAllowed, NotFound, Conflict.
    """
    if not reason.strip():
        raise Refused("cancel_needs_reason")

    with desk.writing() as work:
        gesture = Gesture(desk, work)
        old = _old(desk, work, key, expected_version)
        rests = with_pause(old, first=first, last=last, reason=reason.strip())
        gesture.keep(old=old, new=rests, version=expected_version)
        for meeting, version in series_meetings.booked_of(work, key, first=first).values():
            inside = meeting.series_day is not None and meeting.series_day <= last
            if inside and meeting.status is MeetingStatus.PLANNED:
                gesture.call_off(meeting, version, reason=reason.strip())
        gesture.hand_on()
        work.commit()
    return gesture.change


@needs(Right.WRITE_MEETINGS)
def hold_day(desk: Desk, *, key: str, day: dt.date, expected_version: int) -> SeriesChange:
    """Hold a day of the rule after all: it leaves the pause, and its meeting is no longer cancelled."""
    with desk.writing() as work:
        gesture = Gesture(desk, work)
        old = _old(desk, work, key, expected_version)
        gesture.keep(old=old, new=with_day_back(old, day), version=expected_version)
        for meeting, version in series_meetings.booked_of(work, key, first=day).values():
            if meeting.series_day == day and meeting.status is MeetingStatus.CANCELLED:
                gesture.bring_back(meeting, version)
        work.commit()
    return gesture.change


@needs(Right.WRITE_MEETINGS)
def move_day(
    desk: Desk, *, key: str, day: dt.date, date: dt.date, start: dt.time, end: dt.time, expected_version: int,
    at: dt.time | None = None,
) -> SeriesChange:  # fmt: skip
    """Hold one day of the rule on another day or at other hours, its meeting too when it is booked.

    Where the rule has several meetings a day, only the booked one that begins `at` is moved. Raises
    Refused("meeting_times" | "meeting_not_planned" | "series_several"), NotAllowed, NotFound, Conflict.
    """
    if end <= start:
        raise Refused("meeting_times")
    with desk.writing() as work:
        gesture = Gesture(desk, work)
        old = _old(desk, work, key, expected_version)
        several = is_several(old.rrule)
        booked = [
            one for one in series_meetings.booked_of(work, key, first=day).values()
            if one[0].series_day == day and one[0].status is not MeetingStatus.CANCELLED
            and (not several or one[0].start == at)
        ]  # fmt: skip
        if not several:
            moved = with_move(old, Move(was=day, date=date, start=start, end=end))
            gesture.keep(old=old, new=moved, version=expected_version)
        elif not booked:
            raise Refused("series_several")
        for meeting, version in booked:
            there = replace(meeting, date=date, start=start, end=end)
            others = followers(work, old=meeting, new=there)
            gesture.move(meeting, version, to=there)
            for other, stands_at, moved_along in others:
                gesture.move(other, stands_at, to=moved_along)
        work.commit()
    return gesture.change


@needs(Right.WRITE_MEETINGS)
def take_back_series(desk: Desk, *, change: SeriesChange) -> None:
    """Undo one gesture on a series and its meetings. Raises Conflict when any of it was changed since."""
    with desk.writing() as work:
        Gesture(desk, work).take_back(change)
        work.commit()


def _old(desk: Desk, work: UnitOfWork, key: str, expected_version: int) -> Series:
    found: Stored[Series] = keeping.kept(work, records.SERIES, key)
    require_unit(desk, found.value.unit)
    if found.version != expected_version:
        raise Conflict("changed_meanwhile")
    return found.value


def _fresh_key(work: UnitOfWork, series: Series) -> str:
    return keeping.fresh_key(work, records.SERIES, "-".join(filter(None, (series.unit, series.forum, series.ward))))
