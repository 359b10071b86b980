"""A problem laid out for solving: who meets whom, when everybody can, and what each slot costs by itself."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.availability import minutes_between
from app.domain.year_plan import cost
from app.domain.year_plan.rhythm import DAY, Period, day_in, lanes, periods
from app.domain.year_plan.slots import DAY as STEPS
from app.domain.year_plan.slots import QUARTER, STEP, WHOLE_DAY, Lane, bits, highest, lowest, span, steps, too_near
from app.domain.year_plan.values import Busy, Demand, Problem, Window

Slot = tuple[Lane, int]
"""A lane and the step at which it begins."""
Times = dict[dt.date, int]
_AWAY = "/"
"""Stands where a demand's key does, for an absence."""


@dataclass(slots=True)
class Row:
    """One demand with all that the choice of its slot needs."""

    number: int
    demand: Demand
    length: int
    lanes: tuple[Lane, ...]
    periods: tuple[Period, ...]
    open: dict[int, int]
    """By weekday: the steps at which it may begin, as bits."""
    barred: Times
    """By date: the steps at which it may not begin, since somebody is taken or the day is free."""
    near: dict[int, int] = field(default_factory=dict)
    """The rows it may not meet, each with the steps that must lie between."""
    loads: tuple[int, ...] = ()
    """The numbers of the calendars whose load it adds to."""
    weight: int = 0
    prices: dict[Lane, tuple[int, dict[int, int]]] = field(default_factory=dict)

    def starts(self, lane: Lane) -> int:
        """The steps at which it may begin on every day of a lane, as bits."""
        found = WHOLE_DAY
        for day in bits(lane.days):
            found &= self.open[day]
        return found


class Board:
    """All rows of a problem; rows of demands without a period left are not among those to be planned."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._windows = {who: _by_weekday(found) for who, found in sorted(problem.windows.items()) if found}
        self._taken = self._all_taken()
        self._start_prices: dict[tuple[int, int], int] = {}
        ordered = sorted(problem.demands, key=lambda one: one.key)
        self.rows = [self._row(number, demand) for number, demand in enumerate(ordered)]
        self.calendars = self._calendars()
        self._relate()

    def travel(self, one: str | None, other: str | None) -> int:
        """The steps from one site to another."""
        if one is None or other is None:
            return 0
        return steps(minutes_between(one, other, self.problem.travel))

    def price(self, row: Row, slot: Slot) -> int:
        """What a slot costs by itself: wishes, changes, and the days on which it cannot be."""
        lane, start = slot
        found = row.prices.get(lane)
        if found is None:
            found = row.prices[lane] = self._lane_price(row, lane)
        key = (row.number, start)
        own = self._start_prices.get(key)
        if own is None:
            own = self._start_prices[key] = cost.start_price(row.demand, start)
        return found[0] + found[1].get(start, 0) + own

    @cached_property
    def components(self) -> list[list[int]]:
        """The rows to be planned, in groups that share nobody, each in order."""
        seen: set[int] = set()
        found = []
        for row in self.rows:
            if row.number in seen or not row.periods:
                continue
            group, waiting = [], [row.number]
            seen.add(row.number)
            while waiting:
                number = waiting.pop()
                group.append(number)
                fresh = [one for one in self.rows[number].near if one not in seen and self.rows[one].periods]
                seen.update(fresh)
                waiting.extend(fresh)
            found.append(sorted(group))
        return found

    def _row(self, number: int, demand: Demand) -> Row:
        length = steps(demand.minutes)
        opened = {weekday: self.hours(demand, weekday, demand.people) for weekday in range(7)}
        return Row(
            number=number,
            demand=demand,
            length=length,
            lanes=lanes(demand, self.problem),
            periods=periods(demand, self.problem),
            open=opened,
            barred=self._barred(demand),
            weight=cost.weight(demand),
        )

    def hours(self, demand: Demand, weekday: int, people: Iterable[str]) -> int:
        """The starts on a weekday that lie within the demand's own hours and those of these people."""
        length = steps(demand.minutes)
        grid = QUARTER if demand.minutes >= 15 else 1
        earliest = -(-(demand.earliest.hour * 60 + demand.earliest.minute) // STEP)
        latest = lowest(demand.latest) if demand.latest > dt.time(0) else STEPS
        marks = sum(1 << step for step in range(0, STEPS, grid))
        if demand.usual is not None:
            marks |= 1 << lowest(demand.usual.start)  # what is held between two quarters today may stay there
        found = span(earliest, latest - length + 1) & marks
        for who in people:
            hours = self._windows.get(who)
            if hours is not None and (weekday in hours or not demand.held_without):
                found &= _any(span(first, last - length + 1) for first, last in hours.get(weekday, []))
        return found

    def alone(self, row: Row, who: str, day: dt.date) -> int:
        """The starts on a day at which one person (or the room) could be at it, as if no other meeting were planned."""
        demand = row.demand
        if day.weekday() not in demand.weekdays or (not demand.red_days and day in self.problem.free_days):
            return 0
        return self.hours(demand, day.weekday(), [who]) & ~self._barred_by(demand, who).get(day, 0)

    def _barred(self, demand: Demand) -> Times:
        found: defaultdict[dt.date, int] = defaultdict(int)
        if not demand.red_days:
            for day in self.problem.free_days:
                found[day] = WHOLE_DAY
        for who in (*demand.people, demand.room):
            for day, mask in self._barred_by(demand, who).items():
                found[day] |= mask
        return dict(found)

    def _barred_by(self, demand: Demand, who: str | None) -> Times:
        found: defaultdict[dt.date, int] = defaultdict(int)
        length = steps(demand.minutes)
        for day, start, end, site, own in self._taken.get(who or "", ()):
            if own != demand.key and not (own == _AWAY and demand.held_without):
                gap = self.travel(site, demand.site) if who != demand.room else 0
                found[day] |= too_near(start, end, length=length, gap=gap)
        return dict(found)

    def _all_taken(self) -> dict[str, list[tuple[dt.date, int, int, str | None, str]]]:
        """What is taken by person and room: busy times, and the occurrences that stay where they are, by demand."""
        found = defaultdict(list)
        for busy in self.problem.busy:
            for day, first, last in days_of(busy):
                found[busy.who].append((day, first, last, busy.site, _AWAY if busy.away else ""))
        for demand in self.problem.demands:
            for one in demand.fixed:
                for who in {*demand.people, *([demand.room] if demand.room else [])}:
                    found[who].append((one.date, lowest(one.start), highest(one.end), demand.site, demand.key))
        return dict(found)

    def _calendars(self) -> list[list[int]]:
        """The rows of each person and room, those who go to exactly the same meetings taken as one."""
        rows: defaultdict[str, list[int]] = defaultdict(list)
        for row in self.rows:
            for who in {*row.demand.people, *([row.demand.room] if row.demand.room else [])}:
                rows[who].append(row.number)
        return [list(one) for one in sorted({tuple(numbers) for numbers in rows.values()})]

    def _relate(self) -> None:
        people = [set(row.demand.people) for row in self.rows]
        for number, calendar in enumerate(self.calendars):
            for one in calendar:
                row = self.rows[one]
                row.loads = (*row.loads, number)
                for other in calendar:
                    if one != other and other not in row.near:
                        shared = not people[one].isdisjoint(people[other])
                        row.near[other] = self.travel(row.demand.site, self.rows[other].demand.site) if shared else 0
        for row in self.rows:
            row.near = dict(sorted(row.near.items()))

    def _lane_price(self, row: Row, lane: Lane) -> tuple[int, dict[int, int]]:
        """The price of a lane, and what single starts cost above it."""
        whole, single = cost.lane_price(row.demand, lane), defaultdict[int, int](int)
        opened = row.starts(lane)
        for period in row.periods if row.barred else ():
            day = day_in(period, lane, self.problem)
            if barred := row.barred.get(day, 0) & opened:
                if barred == opened:
                    whole += cost.MOVE
                else:
                    for start in bits(barred):
                        single[start] += cost.MOVE
        return whole, dict(single)


def days_of(busy: Busy) -> list[tuple[dt.date, int, int]]:
    """Each day of a busy time with its first step and the one after its last."""
    found = []
    day = busy.start.date()
    while day <= busy.end.date():
        first = lowest(busy.start.time()) if day == busy.start.date() else 0
        last = STEPS
        if day == busy.end.date():
            last = highest(busy.end.time()) if busy.end.time() > dt.time(0) else 0
        if last > first:
            found.append((day, first, last))
        day += DAY
    return found


def _by_weekday(windows: Iterable[Window]) -> dict[int, list[tuple[int, int]]]:
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for window in windows:
        last = lowest(window.to) if window.to > dt.time(0) else STEPS
        found[window.weekday].append((-(-(window.from_.hour * 60 + window.from_.minute) // STEP), last))
    return dict(found)


def _any(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
