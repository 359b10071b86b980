"""The month's activities, which a boråd or aktivitetsråd draws up (routine 3.1, 3.3, 3.4): common and individual.

An individual one is the customer's own, with her fast omsorgskontakt or somebody else.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.people import Person
from app.domain.swedish import clock

LONGEST_TEXT = 200
_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity on one day, of a ward or the whole unit; without a customer it is for everybody there.

    `meeting` is the one at which it was planned.
    """

    key: str
    unit: str
    ward: str | None = None
    date: dt.date
    start: dt.time | None = None
    end: dt.time | None = None
    text: str
    place: str | None = None
    leader: Person | None = None
    customer: str | None = None
    meeting: str | None = None

    @property
    def when(self) -> str:
        """`10.00–11.00`, `10.00`, or nothing for the whole day."""
        if self.start is None:
            return ""
        return clock(self.start) + (f"–{clock(self.end)}" if self.end else "")


def in_order(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """By day and time; what has no time first."""
    return tuple(sorted(activities, key=lambda one: (one.date, one.start or dt.time(), one.text, one.key)))


def month_days(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_after(day: dt.date, step: int = 1) -> dt.date:
    """The first day of the month so many months later."""
    number = day.year * 12 + day.month - 1 + step
    return dt.date(number // 12, number % 12 + 1, 1)


def repeated(activity: Activity) -> tuple[Activity, ...]:
    """The activity on its day and the same weekday of each week after it in the month; new keys are to be made."""
    _, last = month_days(activity.date)
    found = [activity]
    while (day := found[-1].date + _WEEK) <= last:
        found.append(replace(activity, key="", date=day))
    return tuple(found)


def copied(activities: Sequence[Activity], *, to: dt.date, there: Sequence[Activity] = ()) -> tuple[Activity, ...]:
    """A month's activities for the month of `to`: the second Tuesday's on its second Tuesday; new keys are to be made.

    The fifth of a weekday, which the other month may lack, is left out, and what stands `there` already is not put
    there twice. The meeting at which they were planned does not follow.
    """
    taken = {_alike(one) for one in there}
    found = []
    for one in in_order(activities):
        day = _same_weekday(one.date, to)
        if day is None:
            continue
        new = replace(one, key="", date=day, meeting=None)
        if _alike(new) not in taken:
            taken.add(_alike(new))
            found.append(new)
    return tuple(found)


def _alike(one: Activity) -> tuple[object, ...]:
    return (one.unit, one.ward, one.date, one.start, one.text.casefold(), one.customer)


def _same_weekday(day: dt.date, month: dt.date) -> dt.date | None:
    """The day of the month that is as manieth of its weekday."""
    nth = (day.day - 1) // 7
    first, last = month_days(month)
    found = first + dt.timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * nth)
    return found if found <= last else None


def faults(activity: Activity) -> Iterator[str]:
    """What is wrong with an activity, in words: no text, an end without a start or before it."""
    if not activity.text.strip():
        yield "Skriv vad som ska göras."
    if len(activity.text) > LONGEST_TEXT:
        yield f"Texten är längre än {LONGEST_TEXT} tecken."
    if activity.end is not None and activity.start is None:
        yield "Ange när aktiviteten börjar."
    if activity.start is not None and activity.end is not None and activity.end <= activity.start:
        yield "Aktiviteten slutar före den börjar."


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDay:
    """One day of a schedule with what is done on it."""

    date: dt.date
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPaper:
    """A month's schedule for the wall, or for one customer's room; names are looked up."""

    unit_name: str
    ward_name: str
    month: dt.date
    days: tuple[ActivityDay, ...]
    names: dict[str, str]
    wards: dict[str, str]
    """Names to say where each is held; empty where all are one ward's."""
    customer: str = ""
    """How the customer is shown, on her own; empty on the wall's."""
    free_days: dict[dt.date, str]
    """Names of the month's holidays."""
    prepared_on: dt.date


def by_day(activities: Iterable[Activity]) -> tuple[ActivityDay, ...]:
    """The days on which anything is done, in order."""
    days: dict[dt.date, list[Activity]] = {}
    for one in in_order(activities):
        days.setdefault(one.date, []).append(one)
    return tuple(ActivityDay(date=day, activities=tuple(found)) for day, found in days.items())
