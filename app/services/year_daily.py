"""Daily forums when somebody named is away: they are held all the same, with whoever is on duty in her place."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.domain.year_plan.values import Busy, Demand, Pattern, Placement, Plan, Problem


def absent_on(problem: Problem) -> dict[dt.date, frozenset[str]]:
    """Who has an absence (no meeting: those have a place or no words) on each day."""
    found: dict[dt.date, set[str]] = defaultdict(set)
    for one in problem.busy:
        if one.words:
            for day in _days(one):
                found[day].add(one.who)
    return {day: frozenset(people) for day, people in found.items()}


def _days(busy: Busy) -> Iterator[dt.date]:
    day = busy.start.date()
    while dt.datetime.combine(day, dt.time()) < busy.end:
        yield day
        day += dt.timedelta(days=1)


def with_daily_kept(problem: Problem, plan: Plan) -> Plan:
    """The plan with its daily forums on the days when somebody of theirs is away, and without the sentences about it.

    A day on which one of the others is in another meeting just then stays without.
    """
    absent = absent_on(problem)
    taken = _taken(problem, plan)
    added: list[Placement] = []
    whole: set[str] = set()
    for demand in problem.demands:
        pattern = plan.patterns.get(demand.key)
        if demand.rhythm.frequency != "daily" or pattern is None:
            continue
        there = {one.date for one in plan.placements if one.demand == demand.key}
        missing = [day for day in _wanted(problem, demand) if day not in there]
        kept = [one for day in missing if (one := _kept(demand, pattern, day, absent, taken)) is not None]
        added += kept
        if missing and len(kept) == len(missing):
            whole.add(demand.key)
    conflicts = tuple(one for one in plan.conflicts if not one.demands or not whole.issuperset(one.demands))
    return replace(plan, placements=(*plan.placements, *added), conflicts=conflicts)


def _wanted(problem: Problem, demand: Demand) -> Iterator[dt.date]:
    day = problem.first
    while day <= problem.last:
        if day.weekday() in demand.weekdays and (demand.red_days or day not in problem.free_days):
            yield day
        day += dt.timedelta(days=demand.rhythm.every)


def _kept(
    demand: Demand, pattern: Pattern, day: dt.date, absent: Mapping[dt.date, frozenset[str]],
    taken: Mapping[str, list[tuple[dt.datetime, dt.datetime]]],
) -> Placement | None:  # fmt: skip
    start = dt.datetime.combine(day, pattern.start)
    end = start + dt.timedelta(minutes=demand.minutes)
    here = [one for one in demand.people if one not in absent.get(day, frozenset())]
    if any(since < end and start < until for who in here for since, until in taken.get(who, ())):
        return None
    return Placement(demand=demand.key, date=day, start=start.time(), end=end.time())


def _taken(problem: Problem, plan: Plan) -> dict[str, list[tuple[dt.datetime, dt.datetime]]]:
    people = {one.key: one.people for one in problem.demands}
    found: dict[str, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for one in plan.placements:
        span = dt.datetime.combine(one.date, one.start), dt.datetime.combine(one.date, one.end)
        for who in people[one.demand]:
            found[who].append(span)
    for busy in problem.busy:
        if not busy.words:
            found[busy.who].append((busy.start, busy.end))
    return found
