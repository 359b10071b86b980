"""A month of meetings from the routine in one step: each forum, ward by ward, past weekends and red days."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace

from app.domain.catalogue import Forum, Interval
from app.domain.holidays import free_days
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.recurrence import days_after, working_day
from app.domain.roles import Right
from app.services import units, unseen
from app.services.desk import Desk, needs
from app.services.meeting_lists import list_meetings
from app.services.meetings import insert_new
from app.services.proposals import draft_meeting, log_read, own_forum

_PER_WARD = frozenset({"teammote", "borad"})
_LOOK_BACK_DAYS = 400


@needs(Right.WRITE_MEETINGS)
def propose_month(desk: Desk, *, unit: str, month: dt.date) -> tuple[Meeting, ...]:
    """The month's meetings that the routine asks for and that are not booked yet, in order of time; nothing is kept.

    Daily forums and those held when needed are left out: they need no booking ahead.
    """
    place = units.get_unit(desk, key=unit).value
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    free = free_days(first.year - 1) | free_days(first.year)
    held = _held(desk, unit=unit, until=last)
    found: list[Meeting] = []
    for forum in desk.catalogue.forums(place.setting):
        own = own_forum(desk, unit=place, forum=forum.key)
        if own.interval is None or own.interval.frequency == "daily":
            continue
        wards = [ward.key for ward in place.wards] if own.key in _PER_WARD and place.wards else [None]
        for number, ward in enumerate(wards):
            earlier = held.get((own.key, ward))
            if earlier:
                days = days_after(earlier, own.interval, first=first, last=last, free=free)
            else:
                days = _first_days(own.key, own.interval, first=first, last=last, offset=number, free=free)
            found += _one_after_another(desk, own, unit=unit, ward=ward, days=days)
    log_read(desk, *found)
    shown = (unseen.without_details(desk, one) for one in found)
    return tuple(sorted(shown, key=lambda one: (one.date, one.start, one.forum)))


def _one_after_another(desk: Desk, forum: Forum, *, unit: str, ward: str | None, days: list[dt.date]) -> list[Meeting]:
    made: list[Meeting] = []
    for day in days:
        meeting = draft_meeting(desk, unit=unit, forum=forum.key, ward=ward, date=day, start=None)
        if made and meeting.customers:  # the customers of the later meeting are agreed at the earlier one
            meeting = replace(
                meeting, customers=(), items=tuple(item for item in meeting.items if item.customer is None)
            )
        made.append(meeting)
    return made


def _held(desk: Desk, *, unit: str, until: dt.date) -> dict[tuple[str, str | None], list[dt.date]]:
    """The days of the past year and of the month itself, forum by forum and ward by ward, cancelled ones left out."""
    found: dict[tuple[str, str | None], list[dt.date]] = {}
    for row in list_meetings(desk, unit=unit, from_=until - dt.timedelta(days=_LOOK_BACK_DAYS), to=until):
        if row.status is not MeetingStatus.CANCELLED:
            found.setdefault((row.forum, row.ward), []).append(row.date)
    return found


def _first_days(
    forum: str, interval: Interval, *, first: dt.date, last: dt.date, offset: int, free: frozenset[dt.date]
) -> list[dt.date]:
    """The days of a forum that has none yet: wards in turn, and a weekday for each forum so that they do not meet."""
    weekday = {"teammote": 1, "borad": 2}.get(forum, 3)
    start = first + dt.timedelta(days=(weekday - first.weekday()) % 7)
    start += dt.timedelta(weeks=offset % interval.every if interval.frequency == "weekly" else 1)
    begin = working_day(start, free=free)
    if begin > last:
        return []
    return [begin, *days_after([start], interval, first=begin, last=last, free=free)]


@needs(Right.WRITE_MEETINGS)
def book_all(desk: Desk, *, meetings: tuple[Meeting, ...]) -> int:
    """Book the meetings in one step: all or none."""
    with desk.writing() as work:
        kept = insert_new(desk, work, list(meetings))
        work.commit()
    return len(kept)
