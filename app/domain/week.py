"""A unit's week as it is hung on a wall: days, forums, wards, times and places; nothing about any customer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekMeeting:
    """A meeting of the week, by its forum and ward; a meeting's own title might name somebody."""

    start: dt.time
    end: dt.time
    forum: str
    ward: str | None = None
    place: str | None = None
    cancelled: bool = False
    covers: str = ""
    """Who works on the wards during this meeting and those before it that belong to the same occasion."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """A day with its holiday and its meetings."""

    date: dt.date
    holiday: str | None = None
    meetings: tuple[WeekMeeting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPaper:
    """One unit's week, Monday to Sunday."""

    unit: str
    unit_name: str
    setting_label: str
    days: tuple[WeekDay, ...]
    prepared_on: dt.date

    @property
    def number(self) -> int:
        """The week's number."""
        return self.days[0].date.isocalendar().week

    @property
    def held(self) -> int:
        """How many meetings the week has."""
        return sum(len(day.meetings) for day in self.days)
