"""What is done to a series: a day off, a pause, a day moved, and a change "from here on"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import Refused
from app.domain.series import Move, Pause, Series, days_of, rule_parts
from app.domain.swedish import plain_date

_LOOK_AHEAD = dt.timedelta(days=400)


def with_pause(series: Series, *, first: dt.date, last: dt.date, reason: str | None) -> Series:
    """The series resting from the first to the last day, both inclusive; a single day is one that is called off."""
    pause = Pause(from_=first, to=last, reason=reason)
    return replace(series, pauses=tuple(sorted((*series.pauses, pause), key=lambda one: one.from_)))


def with_day_back(series: Series, day: dt.date) -> Series:
    """The series held on `day` after all; a longer pause rests on around it."""
    pauses: list[Pause] = []
    for one in series.pauses:
        if not one.from_ <= day <= one.to:
            pauses.append(one)
            continue
        if one.from_ < day:
            pauses.append(replace(one, to=day - dt.timedelta(days=1)))
        if day < one.to:
            pauses.append(replace(one, from_=day + dt.timedelta(days=1)))
    return replace(series, pauses=tuple(pauses), exdates=tuple(one for one in series.exdates if one != day))


def with_move(series: Series, move: Move) -> Series:
    """The day of the rule held on another day or at other hours; a later move of the same day takes its place."""
    rest = [one for one in series.moved if one.was != move.was]
    return replace(series, moved=tuple(sorted((*rest, move), key=lambda one: one.was)))


def why_off(series: Series, day: dt.date) -> str | None:
    """Why a day of the rule is not held (empty when no reason was written); None when it is."""
    pause = next((one for one in series.pauses if one.from_ <= day <= one.to), None)
    if pause is not None:
        return pause.reason or ""
    return "" if day in series.exdates else None


def from_here_on(old: Series, changed: Series, *, day: dt.date, key: str) -> tuple[Series | None, Series]:
    """The series as it was, ended the day before `day`, and the one that continues it as in `changed`.

    From the series' first day on there is nothing to end: then the series itself is changed and the first is None. The
    new one keeps the rhythm: its first day lies in the week or month in which the old one would next have been held.
    Raises Refused("series_over") when it would begin after the last day.
    """
    if day <= old.first:
        return None, changed
    first = first_day(old, changed, day=day)
    if any(one.until is not None and one.until < max(day, first) for one in (old, changed)):
        raise Refused("series_over", day=plain_date(old.until or first))
    ended = replace(old, until=day - dt.timedelta(days=1), moved=_before(old.moved, day), exdates=_days(old, day))
    return ended, replace(
        changed, key=key, first=first, continues=old.key,
        moved=tuple(one for one in changed.moved if one.was >= day) if changed.rrule == old.rrule else (),
        exdates=tuple(one for one in changed.exdates if one >= day),
        pauses=tuple(one for one in changed.pauses if one.to >= day),
    )  # fmt: skip


def first_day(old: Series, changed: Series, *, day: dt.date) -> dt.date:
    """The day from which `changed` keeps the rhythm of `old` when it takes over on `day`."""
    open_end = replace(old, until=None)
    following = next((one for one, _ in days_of(open_end, first=day, last=day + _LOOK_AHEAD)), day)
    parts = rule_parts(changed.rrule)
    if parts["FREQ"] == "WEEKLY":
        return max(day, following - dt.timedelta(days=following.weekday()))
    if parts["FREQ"] == "MONTHLY":
        return max(day, following.replace(day=1))
    return day


def _before(moves: Sequence[Move], day: dt.date) -> tuple[Move, ...]:
    return tuple(one for one in moves if one.was < day)


def _days(series: Series, day: dt.date) -> tuple[dt.date, ...]:
    return tuple(one for one in series.exdates if one < day)
