"""An independent look at a plan: every pair of meetings, every window and every period, without the solver's code."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from app.domain.availability import USUAL_TRAVEL
from app.domain.year_plan.values import Demand, Placement, Plan, Problem


def faults(problem: Problem, plan: Plan) -> list[str]:
    """What is wrong with a plan, in words."""
    demands = {one.key: one for one in problem.demands}
    return [
        *_clashes(problem, plan, demands),
        *(fault for one in plan.placements if one.fixed is None for fault in _misplaced(problem, demands, one)),
        *(f"{one.key} {one.fixed} is gone" for one in problem.demands if not _keeps(one, plan)),
    ]


def empty_periods(problem: Problem, plan: Plan) -> list[str]:
    """Whole weeks, turns of weeks, months and turns of months without the meeting that they are to have."""
    found = []
    for demand in problem.demands:
        held = {one.date for one in plan.placements if one.demand == demand.key}
        day = problem.first
        seen: dict[int, set[dt.date]] = {}
        while day <= problem.last:
            seen.setdefault(_period(problem, demand, day), set()).add(day)
            day += dt.timedelta(days=1)
        inner = [days for _, days in sorted(seen.items())]
        if demand.rhythm.frequency == "daily":
            inner = [days for days in inner if _meant(problem, demand, min(days))]
        else:
            inner = inner[1:-1]
        found += [f"{demand.key} has {len(days & held)} in {min(days)}" for days in inner if len(days & held) != 1]
    return found


def _meant(problem: Problem, demand: Demand, day: dt.date) -> bool:
    return day.weekday() in demand.weekdays and (demand.red_days or day not in problem.free_days)


def _period(problem: Problem, demand: Demand, day: dt.date) -> int:
    monday = problem.first - dt.timedelta(days=problem.first.weekday())
    if demand.rhythm.frequency == "daily":
        return (day - problem.first).days
    if demand.rhythm.frequency == "weekly":
        return (day - monday).days // 7 // demand.rhythm.every
    months = (day.year - problem.first.year) * 12 + day.month - problem.first.month
    return months // demand.rhythm.every


def _clashes(problem: Problem, plan: Plan, demands: dict[str, Demand]) -> list[str]:
    days: dict[dt.date, list[Placement]] = {}
    for one in plan.placements:
        days.setdefault(one.date, []).append(one)
    return [
        f"{first} meets {second}"
        for same in days.values()
        for first, second in combinations(same, 2)
        if _meet(problem, demands[first.demand], demands[second.demand], first, second)
    ]


def _meet(problem: Problem, own: Demand, beside: Demand, first: Placement, second: Placement) -> bool:
    shared = set(own.people) & set(beside.people)
    room = own.room is not None and own.room == beside.room
    if not shared and not room:
        return False
    between = 0
    if shared and own.site and beside.site and own.site != beside.site:
        between = problem.travel.get((own.site, beside.site), USUAL_TRAVEL)
    way = dt.timedelta(minutes=between)
    return _at(first.start) < _at(second.end) + way and _at(second.start) < _at(first.end) + way


def _misplaced(problem: Problem, demands: dict[str, Demand], one: Placement) -> list[str]:
    demand, found = demands[one.demand], []
    if one.date in problem.free_days and not demand.red_days:
        found.append(f"{one} on {problem.free_days[one.date]}")
    if one.date.weekday() not in demand.weekdays or not problem.first <= one.date <= problem.last:
        found.append(f"{one} on a wrong day")
    if one.start < demand.earliest or one.end > demand.latest or _at(one.end) - _at(one.start) != _long(demand):
        found.append(f"{one} outside its hours")
    for who in demand.people:
        windows = [window for window in problem.windows.get(who, ()) if window.weekday == one.date.weekday()]
        inside = any(window.from_ <= one.start and one.end <= window.to for window in windows)
        if problem.windows.get(who) and not inside:
            found.append(f"{one} when {who} does not work")
    for busy in problem.busy:
        start, end = dt.datetime.combine(one.date, one.start), dt.datetime.combine(one.date, one.end)
        if busy.who in {*demand.people, demand.room} and start < busy.end and busy.start < end:
            found.append(f"{one} when {busy.who} is taken")
    return found


def _keeps(demand: Demand, plan: Plan) -> bool:
    kept = {(one.date, one.start, one.end) for one in plan.placements if one.demand == demand.key and one.fixed}
    return kept == {(one.date, one.start, one.end) for one in demand.fixed}


def _at(time: dt.time) -> dt.timedelta:
    return dt.timedelta(hours=time.hour, minutes=time.minute)


def _long(demand: Demand) -> dt.timedelta:
    return dt.timedelta(minutes=demand.minutes)
