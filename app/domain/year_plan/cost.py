"""What a plan costs: one price for the plans of the solver, of a greedy hand, and any other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from app.domain.year_plan.rhythm import lane_of
from app.domain.year_plan.slots import QUARTER, Lane, lowest, steps
from app.domain.year_plan.values import Cost, Demand, Pattern, Placement, Problem

MISSING = 1000
"""A period without its meeting."""
MOVE = 10
"""An occurrence that is not where its pattern has it, …"""
MOVE_DAY, MOVE_QUARTER, FAR_QUARTERS = 2, 1, 16
"""… and for each day and each quarter of an hour away, up to four hours."""
WISH_DAY = 20
"""A pattern on another weekday than the wished one."""
WISH_QUARTER, WISH_QUARTERS = 2, 10
"""A quarter of an hour from the wished time, up to ten of them."""
CHANGE_DAY, CHANGE_TIME, CHANGE_TURN = 20, 10, 5
"""Another weekday, another time, another week of the month (or turn of weeks or months) than today's pattern."""
LOAD = 2
"""A quarter of an hour in four weeks that a weekday has above its even share, for each person's calendar."""


def start_price(demand: Demand, start: int) -> int:
    """What a pattern's time of day costs."""
    return _wished_time(demand, start) + _changed_time(demand, start)


def lane_price(demand: Demand, lane: Lane) -> int:
    """What a pattern's days cost, holidays apart."""
    return _wished_day(demand, lane) + _changed_day(demand, lane)


def _wished_time(demand: Demand, start: int) -> int:
    if demand.wish_start is None:
        return 0
    away = abs(start - lowest(demand.wish_start))
    return WISH_QUARTER * min(-(-away // QUARTER), WISH_QUARTERS)


def _changed_time(demand: Demand, start: int) -> int:
    return CHANGE_TIME if demand.usual is not None and start != lowest(demand.usual.start) else 0


def _wished_day(demand: Demand, lane: Lane) -> int:
    wish = demand.wish_weekday
    return WISH_DAY if wish is not None and lane.kind != "day" and lane.days != 1 << wish else 0


def _changed_day(demand: Demand, lane: Lane) -> int:
    usual = demand.usual
    if usual is None or lane.kind == "day":
        return 0
    day = CHANGE_DAY if usual.weekday is not None and lane.days != 1 << usual.weekday else 0
    number = lane.number not in {0, usual.number}
    return day + (CHANGE_TURN if number or (lane.every > 1 and lane.phase != usual.phase) else 0)


def move_price(*, days: int, away: int) -> int:
    """What an occurrence costs that is `days` days and `away` steps of time from its pattern."""
    return MOVE + MOVE_DAY * abs(days) + MOVE_QUARTER * min(-(-abs(away) // QUARTER), FAR_QUARTERS)


def weight(demand: Demand) -> int:
    """The quarters of an hour that a demand takes of its weekday in four weeks; a daily one takes from all alike."""
    quarters = -(-steps(demand.minutes) // QUARTER)
    if demand.rhythm.frequency == "daily":
        return 0
    if demand.rhythm.frequency == "weekly":
        return max(1, quarters * 4 // demand.rhythm.every)
    return max(1, quarters // demand.rhythm.every)


def share(weights: Iterable[int]) -> int:
    """The even share of a weekday: a fifth of all, or the longest, which cannot be divided."""
    found = list(weights)
    return max(-(-sum(found) // 5), max(found, default=0))


def price(problem: Problem, patterns: Mapping[str, Pattern], placements: Iterable[Placement], *, missing: int) -> Cost:
    """The price of a plan, in which `missing` periods lack their meeting; the rest is read off what it holds."""
    wishes = changes = 0
    for demand in problem.demands:
        if (pattern := patterns.get(demand.key)) is not None:
            lane, start = lane_of(demand, pattern), lowest(pattern.start)
            wishes += _wished_time(demand, start) + _wished_day(demand, lane)
            changes += _changed_time(demand, start) + _changed_day(demand, lane)
    return Cost(
        missing=MISSING * missing,
        moves=sum(_moved(problem, patterns.get(one.demand), one) for one in placements if one.fixed is None),
        wishes=wishes,
        changes=changes,
        load=_load(problem, patterns),
    )


def _moved(problem: Problem, pattern: Pattern | None, one: Placement) -> int:
    if pattern is None:
        return MOVE
    if one.was is None:
        return 0
    home = min(max(one.was, problem.first), problem.last)
    return move_price(days=(one.date - home).days, away=lowest(one.start) - lowest(pattern.start))


def _load(problem: Problem, patterns: Mapping[str, Pattern]) -> int:
    """What weekdays have above their even share; people who go to exactly the same meetings count once."""
    demands = {one.key: one for one in problem.demands if one.key in patterns}
    calendars: defaultdict[str, list[str]] = defaultdict(list)
    for key, demand in demands.items():
        for who in {*demand.people, *([demand.room] if demand.room else [])}:
            calendars[who].append(key)
    found = 0
    for keys in {tuple(sorted(one)) for one in calendars.values()}:
        days = [0] * 7
        for key in keys:
            weekday = patterns[key].weekday
            if weekday is not None:
                days[weekday] += weight(demands[key])
        even = share(weight(demands[key]) for key in keys)
        found += sum(max(0, day - even) for day in days)
    return LOAD * found
