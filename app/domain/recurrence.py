"""When a forum is next due by the routine's interval: the simple rule, without rules of a series' own."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Container

from app.domain.catalogue import Interval

_SATURDAY = 5


def next_date(interval: Interval | None, *, after: dt.date, free: frozenset[dt.date] = frozenset()) -> dt.date:
    """The first working day that is one interval after `after`, past weekends and the days in `free`.

    A monthly forum keeps its weekday and its number in the month (the second Tuesday stays the second Tuesday).
    """
    return working_day(_step(interval, after), free=free)


def working_day(day: dt.date, *, free: Container[dt.date]) -> dt.date:
    """The day itself, or the first working day after it."""
    while day.weekday() >= _SATURDAY or day in free:
        day += dt.timedelta(days=1)
    return day


def _step(interval: Interval | None, after: dt.date) -> dt.date:
    if interval is None or interval.frequency == "weekly":
        return after + dt.timedelta(weeks=interval.every if interval else 1)
    if interval.frequency == "daily":
        return after + dt.timedelta(days=interval.every)
    return _same_weekday(after, interval.every)


def _same_weekday(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = dt.date(year, month + 1, 1)
    number = (day.day - 1) // 7
    found = first + dt.timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * number)
    last = calendar.monthrange(year, month + 1)[1]
    return found if found.month == first.month and found.day <= last else found - dt.timedelta(weeks=1)
