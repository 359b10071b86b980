"""What a unit demands of a year: which forums, with whom, how often and when, for the planner."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.availability import is_digital, plain_place
from app.domain.catalogue import Forum, Interval
from app.domain.customers import Customer
from app.domain.invitations import convenor, invited
from app.domain.occasions import TOGETHER
from app.domain.series import Occurrence, Series, expand
from app.domain.team import Member, Professions
from app.domain.units import Unit, Ward
from app.domain.year_plan.values import ALL_DAYS, WEEKDAYS, Demand, Fixed, Part, Pattern
from app.services.proposals import meeting_place

PER_WARD = frozenset({"teammote", "borad"})
_HOURS: Mapping[str, tuple[dt.time, dt.time]] = {
    "morning": (dt.time(7, 30), dt.time(9)), "forenoon": (dt.time(8, 30), dt.time(12)),
    "afternoon": (dt.time(13), dt.time(16, 30)), "": (dt.time(8), dt.time(17)),
}  # fmt: skip
_NOON = dt.time(12, 30)
_ON_DUTY = "i tjänst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A meeting there is, as far as planning goes.

    `kept`: held, announced or pinned, and never moved. `free`: nobody and no room of it is wanted elsewhere.
    """

    key: str
    forum: str
    ward: str | None
    date: dt.date
    start: dt.time
    end: dt.time
    link: str | None
    kept: bool
    free: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A demand with the forums of its parts, who is called to each, who leads it, and what is booked of it."""

    demand: Demand
    unit: Unit
    ward: Ward | None
    forums: tuple[Forum, ...]
    called: tuple[tuple[str, ...], ...]
    leaders: tuple[str | None, ...]
    booked: tuple[Booked, ...] = ()
    series: Series | None = None
    link: str | None = None

    @property
    def movable(self) -> tuple[Booked, ...]:
        """What is booked and may get another time."""
        stay = {one.date for one in self.demand.fixed if one.key}
        return tuple(one for one in self.booked if one.date not in stay and not one.kept)

    def on(self, day: dt.date) -> tuple[Booked, ...]:
        """What is booked on a day."""
        return tuple(one for one in self.booked if one.date == day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a unit's demands are made from: its people, what is booked, its series, the period, and its rooms."""

    members: Sequence[Member]
    customers: Sequence[Customer]
    professions: Professions
    booked: Sequence[Booked]
    series: Sequence[Series]
    first: dt.date
    last: dt.date
    free: Mapping[dt.date, str]
    room: Callable[[str, str | None], str | None]
    """The registered room that a place of a unit names."""


def demands_of(unit: Unit, *, forums: Iterable[Forum], around: Around) -> list[Asked]:
    """Every demand of a unit: the wards' own, the occasion in one piece, the daily ones; none that is when needed."""
    wanted = [one for one in forums if one.interval is not None and not one.interval.when_needed]
    monthly = [one for one in wanted if one.interval == Interval(frequency="monthly")]
    together = [one for key in TOGETHER for one in monthly if one.key == key]
    found: list[Asked] = []
    if len(together) > 1:
        found.append(_Asking(unit, None, tuple(together), around, "").asked())
    for forum in wanted:
        if forum in together and len(together) > 1:
            continue
        per_ward = forum.key in PER_WARD or forum.minutes.per_ward
        for ward in unit.wards if per_ward and unit.wards else (None,):
            times = forum.interval.time_of_day if forum.interval else ()
            found += [_Asking(unit, ward, (forum,), around, time).asked() for time in times or ("",)]
    return found


class _Asking:
    """One demand on its way: what is booked of it, its series, and what both say of its pattern."""

    def __init__(
        self, unit: Unit, ward: Ward | None, forums: tuple[Forum, ...], around: Around, time_of_day: str
    ) -> None:
        self._unit, self._ward, self._forums, self._around = unit, ward, forums, around
        self._time_of_day = time_of_day
        self._key = ward.key if ward else None
        self._first = forums[0]
        self._rhythm = replace(self._first.interval or Interval(frequency="monthly"), times_per_day=1, time_of_day=())
        self._daily = self._rhythm.frequency == "daily"
        self._booked = self._mine()
        self._series = next((one for one in around.series if self._is_mine(one)), None)

    def asked(self) -> Asked:
        """The demand, with who is called and what may be moved."""
        called, leaders = self._people()
        around, first = self._around, self._first
        minutes = tuple(length_of(one) for one in self._forums)
        earliest, latest = _HOURS[self._time_of_day]
        all_week = self._daily and self._unit.setting.round_the_clock
        place = (self._series.place if self._series else None) or meeting_place(first, self._unit, self._key)
        link = (self._series.link if self._series else None) or _latest_link(self._booked)
        digital = is_digital(place, link)
        room = around.room(self._unit.key, place) or (f"{self._unit.key}/{plain_place(place)}" if place else None)
        parts = tuple(Part(forum=one.key, minutes=length) for one, length in zip(self._forums, minutes, strict=True))
        demand = Demand(
            key="/".join(filter(None, (self._unit.key, self._key, *(f.key for f in self._forums), self._time_of_day))),
            label=self._label(), unit=self._unit.key, ward=self._key, forum=first.key, minutes=sum(minutes),
            people=tuple(dict.fromkeys(one for group in (leaders, *called) for one in group if one)),
            room=None if digital else room, site=None if digital else self._unit.key, rhythm=self._rhythm,
            earliest=earliest, latest=latest, weekdays=ALL_DAYS if all_week else WEEKDAYS, red_days=all_week,
            held_without=self._daily, wish_weekday=None if self._daily else first.weekday, wish_start=first.start,
            usual=self._usual(),
            last=max((one.date for one in self._booked if one.date < around.first), default=None),
            fixed=self._fixed(), parts=parts if len(parts) > 1 else (),
        )  # fmt: skip
        return Asked(
            demand=demand, unit=self._unit, ward=self._ward, forums=self._forums, called=tuple(called),
            leaders=tuple(leaders), series=self._series, link=link,
            booked=tuple(one for one in self._booked if one.date >= around.first),
        )  # fmt: skip

    def _people(self) -> tuple[list[tuple[str, ...]], list[str | None]]:
        around = self._around
        theirs = [one for one in around.customers if self._key in (None, one.ward)]
        called: list[tuple[str, ...]] = []
        leaders: list[str | None] = []
        for forum in self._forums:
            # who is on duty differs from day to day: nobody is called by name as such
            by_name = tuple(one for one in forum.participants if _ON_DUTY not in one.role.lower())
            called.append(invited(
                replace(forum, participants=by_name), members=around.members, professions=around.professions,
                ward=self._key, on=around.first, customers=theirs,
            ))  # fmt: skip
            leaders.append(convenor(
                forum, members=around.members, professions=around.professions, ward=self._key, on=around.first
            ))  # fmt: skip
        return called, leaders

    def _mine(self) -> list[Booked]:
        keys = {one.key for one in self._forums}
        found = [one for one in self._around.booked if one.forum in keys and one.ward == self._key]
        return sorted(filter(lambda one: self._at_this_time(one.start), found), key=lambda one: (one.date, one.start))

    def _is_mine(self, series: Series) -> bool:
        over = series.until is not None and series.until < self._around.first
        mine = (series.unit, series.forum, series.ward) == (self._unit.key, self._first.key, self._key)
        return mine and not over and self._at_this_time(series.start)

    def _at_this_time(self, start: dt.time) -> bool:
        if self._time_of_day not in ("forenoon", "afternoon"):
            return True
        return (start < _NOON) is (self._time_of_day == "forenoon")

    def _usual(self) -> Pattern | None:
        """Today's pattern: the series', else the weekday and time that most of what is booked has."""
        days = [(one.was, one.start) for one in self._occurrences()[:1]]
        if not days:
            firsts = [one for one in self._booked if one.forum == self._first.key]
            common = Counter((one.date.weekday(), one.start) for one in firsts).most_common(1)
            days = [
                (one.date, one.start) for one in firsts if common and (one.date.weekday(), one.start) == common[0][0]
            ]
        return pattern_of(self._rhythm, on=days[-1][0], start=days[-1][1], first=self._around.first) if days else None

    def _fixed(self) -> tuple[Fixed, ...]:
        """What is kept, what is booked where nothing stands in its way, and the days of a series that is pinned."""
        found = []
        for one in self._booked:
            there = [other for other in self._booked if other.date == one.date and other.start >= one.start]
            stays = one.kept or self._may_stay(there)
            if one.date >= self._around.first and one.forum == self._first.key and stays:
                end = max(other.end for other in there)
                found.append(Fixed(date=one.date, start=one.start, end=end, key=one.key))
        if self._series is not None and self._series.pinned:
            days = {one.date for one in found}
            length = dt.timedelta(minutes=sum(length_of(one) for one in self._forums))
            found += [
                Fixed(date=one.date, start=one.start, end=(dt.datetime.combine(one.date, one.start) + length).time())
                for one in self._occurrences()
                if one.date not in days
            ]
        return tuple(found)

    def _may_stay(self, there: Sequence[Booked]) -> bool:
        """Whether all parts are booked on a day that the forum may be held, and nobody of them is wanted elsewhere."""
        day = there[0].date
        open_day = self._daily or (day.weekday() in WEEKDAYS and day not in self._around.free)
        whole = {one.forum for one in there} == {one.key for one in self._forums}
        return open_day and whole and all(one.free for one in there)

    def _occurrences(self) -> list[Occurrence]:
        if self._series is None:
            return []
        around = self._around
        return expand(
            self._series, first=around.first, last=around.last, free=around.free,
            red_days=self._daily and self._unit.setting.round_the_clock,
        )  # fmt: skip

    def _label(self) -> str:
        names = [one.name for one in self._forums]
        name = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"
        part = {"forenoon": " på förmiddagen", "afternoon": " på eftermiddagen"}.get(self._time_of_day, "")
        return f"{name}{part} på {self._ward.name if self._ward else self._unit.name}"


def length_of(forum: Forum) -> int:
    """The minutes a meeting is booked for: the shorter figure where more time is given when needed."""
    return forum.minutes.min if forum.minutes.extendable else forum.minutes.max


def pattern_of(rhythm: Interval, *, on: dt.date, start: dt.time, first: dt.date) -> Pattern:
    """The pattern that has `on` among its days, counted from the week or month of `first`."""
    if rhythm.frequency == "daily":
        return Pattern(weekday=None, start=start)
    if rhythm.frequency == "weekly":
        weeks = (on - dt.timedelta(days=on.weekday()) - first + dt.timedelta(days=first.weekday())).days // 7
        return Pattern(weekday=on.weekday(), start=start, phase=weeks % rhythm.every)
    months = (on.year - first.year) * 12 + on.month - first.month
    number = min((on.day - 1) // 7 + 1, 4)
    return Pattern(weekday=on.weekday(), start=start, number=number, phase=months % rhythm.every)


def _latest_link(booked: Sequence[Booked]) -> str | None:
    return next((one.link for one in reversed(booked) if one.link), None)
