"""Series: the rule a forum's meetings are made from, and its days with holidays, pauses, exceptions and moves.

The rule is an RRULE of RFC 5545 without DTSTART; dateutil reads it. Dates and times are Swedish wall-clock time, so
that a meeting at nine is at nine in summer and in winter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.domain.catalogue import Interval
from app.domain.errors import Refused
from app.domain.recurrence import working_day

if TYPE_CHECKING:
    from dateutil.rrule import rrule

WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SATURDAY = 5
_MIDNIGHT, _LAST_MINUTE = dt.time(), dt.time(23, 59)
_REFUSED = ("DTSTART", "RRULE:", "BYSECOND", "BYMINUTE", "SECONDLY", "MINUTELY", "HOURLY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A day of the rule that is held on another day, or at other hours (None: the series' own)."""

    was: dt.date
    date: dt.date
    start: dt.time | None = None
    end: dt.time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Days, both inclusive, on which the series rests: a summer."""

    from_: dt.date
    to: dt.date
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A forum's rule on a ward or in a unit, from `first` until `until` (inclusive, open when None).

    `start` and `end` are the meeting's own; a rule with several BYHOUR has the others at the same minute and length.
    `pinned` keeps it as it is when the year is planned anew; `continues` is the series it follows "from here on".
    """

    key: str
    unit: str
    ward: str | None = None
    forum: str
    title: str | None = None
    rrule: str
    first: dt.date
    until: dt.date | None = None
    start: dt.time
    end: dt.time
    place: str | None = None
    link: str | None = None
    exdates: tuple[dt.date, ...] = ()
    moved: tuple[Move, ...] = ()
    pauses: tuple[Pause, ...] = ()
    pinned: bool = False
    continues: str | None = None

    @property
    def minutes(self) -> int:
        """The length of one meeting."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One meeting that a series gives: `was` is the day of the rule, `reason` why it is held on another."""

    series: str
    was: dt.date
    date: dt.date
    start: dt.time
    end: dt.time
    reason: str | None = None


def check_rule(rule: str) -> None:
    """Raise Refused("rule_unreadable") for a text that is no rule we can follow."""
    upper = rule.upper()
    if any(word in upper for word in _REFUSED) or not upper.startswith("FREQ="):
        raise Refused("rule_unreadable", rule=rule)
    try:
        _rule(rule, dt.date(2026, 1, 5), (9,))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused("rule_unreadable", rule=rule) from error


def rule_of(interval: Interval, *, on: dt.date, round_the_clock: bool = False) -> str:
    """The rule with the rhythm of `interval` that has `on` among its days: its weekday, its number in the month.

    Daily forums of units that never close are held every day, others Monday to Friday.
    """
    code = WEEKDAY_CODES[on.weekday()]
    step = f";INTERVAL={interval.every}" if interval.every > 1 else ""
    if interval.frequency == "daily":
        days = "" if round_the_clock else f";BYDAY={','.join(WEEKDAY_CODES[:5])}"
        return f"FREQ=DAILY{step}{days}"
    if interval.frequency == "weekly":
        return f"FREQ=WEEKLY{step};BYDAY={code}"
    number = (on.day - 1) // 7 + 1
    return f"FREQ=MONTHLY{step};BYDAY={-1 if number > 4 else number}{code}"


def days_of(series: Series, *, first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.time]]:
    """The days and times that the rule alone gives from `first` to `last`, both inclusive, pauses and all."""
    found = _moments(series, first=first, last=last)
    if "BYHOUR" not in rule_parts(series.rrule):
        return [(one.date(), series.start) for one in found]
    starts = {hour: dt.time(hour, series.start.minute) for hour in {one.hour for one in found}}
    return [(one.date(), starts[one.hour]) for one in found]


def _moments(series: Series, *, first: dt.date, last: dt.date) -> list[dt.datetime]:
    begin = max(first, series.first)
    end = min(last, series.until) if series.until else last
    if end < begin:
        return []
    anchor = _anchor(series, begin)
    rule = _rule(series.rrule, anchor, (series.start.hour,))
    return rule.between(dt.datetime.combine(begin, _MIDNIGHT), dt.datetime.combine(end, _LAST_MINUTE), inc=True)


def expand(
    series: Series, *, first: dt.date, last: dt.date, free: Mapping[dt.date, str], red_days: bool
) -> list[Occurrence]:
    """The meetings whose day of the rule lies from `first` to `last`: pauses and exceptions out, moves applied.

    Unless `red_days`, a day in `free` or on a weekend is displaced to the next working day in the same week or the one
    after; a daily rule is just not held then (routine 3.1-3.6 names working days for all but round-the-clock units).
    """
    key, start = series.key, series.start
    if red_days and not (series.moved or series.exdates or series.pauses or is_several(series.rrule)):
        # nothing lies elsewhere than the rule says, and no day has two
        end = _plus(start, dt.timedelta(minutes=series.minutes))
        days_alone = [one.date() for one in _moments(series, first=first, last=last)]
        return [Occurrence(series=key, was=day, date=day, start=start, end=end) for day in days_alone]
    moves = {one.was: one for one in series.moved}
    out = set(series.exdates)
    daily = is_daily(series.rrule)
    days = days_of(series, first=first, last=last)
    length = dt.timedelta(minutes=series.minutes)
    ends = {start: _plus(start, length) for start in {usual for _, usual in days}}
    found: dict[tuple[dt.date, dt.time], Occurrence] = {}
    for day, usual in days:
        if day in out or (series.pauses and any(pause.from_ <= day <= pause.to for pause in series.pauses)):
            continue
        date, start, reason = day, usual, None
        move = moves.get(day)
        if move is not None:
            date = move.date
            start = move.start or usual
        elif not red_days and (day in free or day.weekday() >= _SATURDAY):
            if daily:
                continue
            reason = free.get(day, "Helg")
            date = working_day(day, free=free)
        end = (move.end if move else None) or ends.get(start) or _plus(start, length)
        one = Occurrence(series=key, was=day, date=date, start=start, end=end, reason=reason)
        found.setdefault((date, start), one)
    return list(found.values())


def in_words(series: Series) -> str:
    """`varannan tisdag 13.00`, `2:a torsdagen i månaden 14.00`, `varje dag 09.00`, for lists and sentences."""
    from app.domain.swedish import WEEKDAYS, clock  # noqa: PLC0415 - words only where they are shown

    parts = rule_parts(series.rrule)
    every = int(parts.get("INTERVAL", "1"))
    hours = parts.get("BYHOUR", "").split(",")
    times = [series.start.replace(hour=int(hour)) for hour in hours] if len(hours) > 1 else [series.start]
    when = " och ".join(clock(one) for one in times)
    days = [code.strip() for code in parts.get("BYDAY", "").split(",") if code.strip()]
    if parts["FREQ"] == "DAILY" or len(days) >= 5:
        step = "varje dag" if every == 1 else f"var {every}:e dag"
        return f"{'vardagar' if len(days) == 5 else step} {when}"
    names = [WEEKDAYS[WEEKDAY_CODES.index(code[-2:])] for code in days]
    listed = " och ".join(names) or WEEKDAYS[series.first.weekday()]
    if parts["FREQ"] == "WEEKLY":
        step = {1: "varje", 2: "varannan"}.get(every, f"var {every}:e")
        return f"{step} {listed} {when}"
    number = days[0][:-2] if days else ""
    nth = {"-1": "sista", "": ""}.get(number, f"{number}:{'a' if number in ('1', '2') else 'e'}")
    month = {1: "i månaden", 2: "varannan månad", 6: "var 6:e månad"}.get(every, f"var {every}:e månad")
    return f"{nth} {listed}en {month} {when}".strip()


def _plus(start: dt.time, length: dt.timedelta) -> dt.time:
    moment = dt.datetime.combine(dt.date(2026, 1, 5), start) + length
    return moment.time() if moment.day == 5 else dt.time(23, 59)


@lru_cache(maxsize=512)
def rule_parts(rule: str) -> Mapping[str, str]:
    """The parts of a rule by their names (FREQ, INTERVAL, BYDAY and more), in capitals."""
    return MappingProxyType(dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part))


def is_several(rule: str) -> bool:
    """Whether it is held more than once on its days."""
    return "," in rule_parts(rule).get("BYHOUR", "")


def is_daily(rule: str) -> bool:
    """Whether it is held every day, or every working day."""
    parts = rule_parts(rule)
    return parts["FREQ"] == "DAILY" or len(parts.get("BYDAY", "").split(",")) >= 5


def _anchor(series: Series, begin: dt.date) -> dt.date:
    """A day near `begin` from which the rule gives the same days as from the series' own first.

    The rule is asked from near the days wanted: from 20 years back it would count through them all.
    """
    parts = rule_parts(series.rrule)
    every = int(parts.get("INTERVAL", "1"))
    if begin <= series.first or any(part in parts for part in ("COUNT", "BYSETPOS", "BYYEARDAY", "BYWEEKNO")):
        return series.first
    if parts["FREQ"] == "DAILY":
        steps = (begin - series.first).days // every
        return series.first + dt.timedelta(days=max(steps, 0) * every)
    if parts["FREQ"] == "WEEKLY":
        steps = (begin - series.first).days // (7 * every)
        return series.first + dt.timedelta(weeks=max(steps - 1, 0) * every)
    if parts["FREQ"] == "MONTHLY" and "BYDAY" in parts:
        months = (begin.year - series.first.year) * 12 + begin.month - series.first.month
        steps = max(months // every - 1, 0) * every
        if steps == 0:
            return series.first
        year, month = divmod(series.first.year * 12 + series.first.month - 1 + steps, 12)
        return dt.date(year, month + 1, 1)
    return series.first


@lru_cache(maxsize=4096)
def _rule(rule: str, anchor: dt.date, hours: Sequence[int]) -> rrule:
    from dateutil.rrule import rrule, rrulestr  # noqa: PLC0415 - loaded only where days are reckoned

    begin = dt.datetime.combine(anchor, dt.time(hours[0] if "BYHOUR" not in rule.upper() else 0))
    found = rrulestr(rule, dtstart=begin)
    if not isinstance(found, rrule):  # several lines: a set of rules is no rule of ours
        raise TypeError(rule)
    return found
