"""A month of meetings from the routine in one step: each forum, ward by ward, past weekends and red days."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace

from app.domain.catalogue import Forum
from app.domain.holidays import free_days
from app.domain.meetings import Meeting
from app.domain.recurrence import next_date
from app.domain.roles import Right
from app.services import units, unseen
from app.services.desk import Desk, needs
from app.services.meeting_lists import list_meetings
from app.services.meetings import insert_new
from app.services.proposals import draft_meeting, log_read, own_forum

_PER_WARD = frozenset({"teammote", "borad"})


@needs(Right.WRITE_MEETINGS)
def propose_month(desk: Desk, *, unit: str, month: dt.date) -> tuple[Meeting, ...]:
    """The month's meetings that the routine asks for and that are not booked yet, in order of time; nothing is kept.

    Daily forums and those held when needed are left out: they need no booking ahead.
    """
    place = units.get_unit(desk, key=unit).value
    first = month.replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    free = free_days(first.year)
    booked = {(row.forum, row.ward, row.date) for row in list_meetings(desk, unit=unit, from_=first, to=last)}
    found: list[Meeting] = []
    for forum in desk.catalogue.forums(place.setting):
        own = own_forum(desk, unit=place, forum=forum.key)
        if own.interval is None or own.interval.frequency == "daily":
            continue
        wards = [ward.key for ward in place.wards] if own.key in _PER_WARD and place.wards else [None]
        for number, ward in enumerate(wards):
            days = _days(own, first=first, last=last, offset=number, free=free)
            if any((own.key, ward, day) in booked for day in days) or any(b[:2] == (own.key, ward) for b in booked):
                continue
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


def _days(forum: Forum, *, first: dt.date, last: dt.date, offset: int, free: frozenset[dt.date]) -> list[dt.date]:
    weekday = {"teammote": 1, "borad": 2}.get(forum.key, 3)  # one weekday for each, so that they do not meet
    start = first + dt.timedelta(days=(weekday - first.weekday()) % 7)
    if forum.interval and forum.interval.frequency == "weekly":
        start += dt.timedelta(weeks=offset % forum.interval.every)
    else:
        start += dt.timedelta(weeks=1)
    days = []
    while start <= last:
        days.append(
            start if start not in free else next_date(forum.interval, after=start - dt.timedelta(days=1), free=free)
        )
        if not forum.interval or forum.interval.frequency != "weekly":
            break
        start += dt.timedelta(weeks=forum.interval.every)
    return [day for day in days if day <= last]


@needs(Right.WRITE_MEETINGS)
def book_all(desk: Desk, *, meetings: tuple[Meeting, ...]) -> int:
    """Book the meetings in one step: all or none."""
    with desk.writing() as work:
        kept = insert_new(desk, work, list(meetings))
        work.commit()
    return len(kept)
