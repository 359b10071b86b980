"""The periods of a demand, in each of which it has one meeting, and where the days of a pattern lie in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.year_plan.slots import Lane
from app.domain.year_plan.values import Demand, Pattern, Problem

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
NUMBERS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch in which a demand has one meeting; `due`: it must, also where the lane's own day lies outside the
    plan.
    """

    number: int
    first: dt.date
    last: dt.date
    due: bool


def periods(demand: Demand, problem: Problem) -> tuple[Period, ...]:
    """Those that still lack their meeting, in order. Nothing that is fixed or was held before lies in them.

    A period that the plan's end cuts off is not due, nor one that its beginning cuts off, unless it is known that the
    forum was held before but not in it.
    """
    every = demand.rhythm.every
    if demand.rhythm.frequency == "daily":
        return _days(demand, problem)
    found = []
    number = 0
    taken = sorted([one.date for one in demand.fixed] + ([demand.last] if demand.last else []))
    while (first := _begins(demand, problem, number * every)) <= problem.last:
        last = _begins(demand, problem, (number + 1) * every) - DAY
        if not any(first <= day <= last for day in taken):
            due = last <= problem.last and (first >= problem.first or demand.last is not None)
            found.append(Period(number, max(first, problem.first), min(last, problem.last), due))
        number += 1
    return tuple(found)


def _begins(demand: Demand, problem: Problem, count: int) -> dt.date:
    if demand.rhythm.frequency == "weekly":
        return problem.first - DAY * problem.first.weekday() + WEEK * count
    year, month = divmod(problem.first.year * 12 + problem.first.month - 1 + count, 12)
    return dt.date(year, month + 1, 1)


def _days(demand: Demand, problem: Problem) -> tuple[Period, ...]:
    taken = {one.date for one in demand.fixed}
    begin = demand.last or problem.first
    found = []
    for number in range((problem.last - problem.first).days + 1):
        day = problem.first + DAY * number
        free = day in problem.free_days and not demand.red_days
        if day.weekday() not in demand.weekdays or free or day in taken:
            continue
        if (day - begin).days % demand.rhythm.every == 0:
            found.append(Period(number, day, day, due=True))
    return tuple(found)


def lanes(demand: Demand, problem: Problem) -> tuple[Lane, ...]:
    """Every choice of days that keeps the interval, also against the last time it was held."""
    every = demand.rhythm.every
    if demand.rhythm.frequency == "daily":
        return (Lane("day", sum(1 << day for day in demand.weekdays), 0, 1, 0),)
    weekly = demand.rhythm.frequency == "weekly"
    phases = range(min(every - 1, _latest_phase(demand, problem)) + 1)
    numbers = (0,) if weekly else NUMBERS
    kind = "week" if weekly else "month"
    return tuple(
        Lane(kind, 1 << day, number, every, phase) for phase in phases for number in numbers for day in demand.weekdays
    )


def _latest_phase(demand: Demand, problem: Problem) -> int:
    every = demand.rhythm.every
    if demand.last is None:
        return every - 1
    if demand.rhythm.frequency == "weekly":
        since = (_begins(demand, problem, 0) - demand.last + 6 * DAY).days // 7
    else:
        since = (problem.first.year - demand.last.year) * 12 + problem.first.month - demand.last.month
    return max(0, every - since - (every if since <= 0 else 0))


def day_in(period: Period, lane: Lane, problem: Problem) -> dt.date:
    """The lane's day in a period; it may lie outside a period that the plan cuts off."""
    if lane.kind == "day":
        return period.first
    weekday = lane.days.bit_length() - 1
    if lane.kind == "week":
        monday = problem.first - DAY * problem.first.weekday()
        return monday + WEEK * (period.number * lane.every + lane.phase) + DAY * weekday
    months = problem.first.year * 12 + problem.first.month - 1 + period.number * lane.every + lane.phase
    first = dt.date(months // 12, months % 12 + 1, 1)
    return first + DAY * ((weekday - first.weekday()) % 7) + WEEK * (lane.number - 1)


def lane_of(demand: Demand, pattern: Pattern) -> Lane:
    """The days of a pattern."""
    if demand.rhythm.frequency == "daily" or pattern.weekday is None:
        return Lane("day", sum(1 << day for day in demand.weekdays), 0, 1, 0)
    weekly = demand.rhythm.frequency == "weekly"
    number = 0 if weekly else pattern.number or 1
    return Lane("week" if weekly else "month", 1 << pattern.weekday, number, demand.rhythm.every, pattern.phase)
