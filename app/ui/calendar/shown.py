"""What the calendar shows and what it reads for that: the days of each kind of view, and nothing outside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.holidays import named_days
from app.domain.meetings import MeetingRow
from app.services.clashes import clashes_in
from app.services.desk import Desk
from app.services.meeting_lists import forums_by_day, list_meetings


class View(StrEnum):
    """A kind of view, by how much of the calendar it shows."""

    DAY = "day"
    WORK_WEEK = "work_week"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    LIST = "list"

    @property
    def by_hours(self) -> bool:
        """Whether days stand along their hours."""
        return self in (View.DAY, View.WORK_WEEK, View.WEEK)

    def days(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """The first and last day shown when `day` is among them; a month has the weeks that it lies in."""
        monday = day - dt.timedelta(days=day.weekday())
        if self is View.DAY:
            return day, day
        if self in (View.WORK_WEEK, View.WEEK):
            return monday, monday + dt.timedelta(days=4 if self is View.WORK_WEEK else 6)
        if self is View.YEAR:
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
        first = day.replace(day=1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        if self is View.LIST:
            return first, last
        return first - dt.timedelta(days=first.weekday()), last + dt.timedelta(days=6 - last.weekday())

    def turned(self, day: dt.date, by: int) -> dt.date:
        """The day to stand on one step later (1) or earlier (-1)."""
        if self is View.DAY:
            return day + dt.timedelta(days=by)
        if self in (View.WORK_WEEK, View.WEEK):
            return day + dt.timedelta(weeks=by)
        if self is View.YEAR:
            return dt.date(day.year + by, day.month, 1)
        first = day.replace(day=1)
        other = first + dt.timedelta(days=31) if by > 0 else first - dt.timedelta(days=1)
        return other.replace(day=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Whose meetings are shown; None for everybody's."""

    unit: str | None = None
    ward: str | None = None
    member: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was read for the days shown."""

    meetings: tuple[MeetingRow, ...] = ()
    forums: Mapping[dt.date, Mapping[str, int]] = field(default_factory=dict)
    free: Mapping[dt.date, str]
    clashes: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The days and filters to read for."""

    view: View
    day: dt.date
    filters: Filters

    def read(self, desk: Desk) -> Found:
        """Read what the view shows."""
        first, last = self.view.days(self.day)
        free = named_days(first, last)
        of = self.filters
        if self.view is View.YEAR:
            forums = forums_by_day(
                desk, from_=first, to=last, unit=of.unit, ward=of.ward, member=of.member, place=of.place
            )
            return Found(forums=forums, free=free)
        meetings = list_meetings(
            desk, from_=first, to=last, unit=of.unit, ward=of.ward, member=of.member, place=of.place
        )
        told: dict[str, list[str]] = {}
        for clash in clashes_in(desk, from_=first, to=last, unit=of.unit):
            told.setdefault(clash.first, []).append(clash.sentence)
        return Found(meetings=meetings, free=free, clashes=told)
