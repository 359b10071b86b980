"""Which backups are kept: the newest of each of the latest days, weeks and months, and those made for a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

DAYS, WEEKS, MONTHS = 12, 10, 9
GRACE = dt.timedelta(days=30)
"""How long a backup stays that was made for a reason of its own: before a migration, an import, or by a person."""


@dataclass(frozen=True, slots=True, order=True)
class Dated:
    """A backup as the rotation sees it: when it was made, by what name, and whether a day's round alone made it."""

    at: dt.datetime
    name: str
    routine: bool = True


def kept(backups: Collection[Dated], *, now: dt.datetime) -> frozenset[Dated]:
    """Those of `backups` that stay; the others may be deleted.

    The newest of each of the latest 12 days, 10 weeks and 9 months that have any; whatever was not made by the day's
    round for 30 days; the newest of all. What is dated after `now` (the clock was moved back) stays and counts for
    nothing, so that it neither vanishes nor pushes out what is made meanwhile.
    """
    ahead = {one for one in backups if one.at > now}
    past = sorted(one for one in backups if one.at <= now)
    stays = ahead | {one for one in past if not one.routine and now - one.at < GRACE} | set(past[-1:])
    for period, count in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        stays |= _latest(past, period, count)
    return frozenset(stays)


def _latest(past: Iterable[Dated], period: Callable[[dt.date], object], count: int) -> set[Dated]:
    """The newest of each of the latest `count` periods; `past` is oldest first."""
    newest = {period(one.at.date()): one for one in past}
    return set(list(newest.values())[-count:])


def _day(day: dt.date) -> object:
    return day


def _week(day: dt.date) -> object:
    return day.isocalendar()[:2]


def _month(day: dt.date) -> object:
    return day.year, day.month
