"""`plan_first`, `plan_municipality`, `plan_quality`: the year plan of made-up municipalities, the same each time."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator

from app.domain.catalogue import Interval
from app.domain.holidays import holiday_names
from app.domain.year_plan.solve import first_plan, solve
from app.domain.year_plan.values import ALL_DAYS, Demand, Part, Plan, Problem, Window
from bench.measure import SLOW_ROUNDS, Row, compare

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
SECONDS = 600.0
DAILY, WEEKLY, FORTNIGHT = (
    Interval(frequency="daily"),
    Interval(frequency="weekly"),
    Interval(frequency="weekly", every=2),
)
MONTHLY = Interval(frequency="monthly")
WARDS_OF_NURSE, WARDS_OF_UNIT, UNITS_OF_REHAB = 3, 6, 2


def rows() -> Iterator[Row]:
    """The three rows; a proof can be had for three wards, the others are municipalities."""
    unit = municipality(3)
    yield compare(
        "plan_first",
        subject=lambda: _first(unit),
        floor=lambda: _proof(unit),
        goal=0.1,
        against="proof of optimum, 3 wards",
    )
    large, middle = municipality(300), municipality(40)
    yield compare(
        "plan_municipality",
        subject=lambda: _whole(large),
        floor=lambda: _whole(middle),
        goal=10,
        against="year of 40 wards",
        rounds=SLOW_ROUNDS,
    )
    yield compare(
        "plan_quality",
        subject=lambda: float(_solved(large).cost.total),
        floor=lambda: float(first_plan(large).cost.total),
        goal=0.6,
        against="greedy plan, 300 wards",
        unit="cost",
        rounds=1,
    )


def municipality(wards: int) -> Problem:
    """So many wards of särskilt boende, six to a unit; nurses go between three, rehab and rooms are shared."""
    chance = random.Random(wards)
    demands: list[Demand] = []
    windows: dict[str, tuple[Window, ...]] = {}
    for ward in range(wards):
        demands += _ward(ward, chance)
    for nurse in sorted({who for one in demands for who in one.people if who.startswith("nurse")}):
        windows[nurse] = tuple(Window(weekday=day, from_=dt.time(7), to=dt.time(16)) for day in range(7))
    for rehab in sorted({who for one in demands for who in one.people if who.startswith("rehab")}):
        days = sorted(chance.sample(range(5), 4))
        windows[rehab] = tuple(Window(weekday=day, from_=dt.time(8), to=dt.time(16, 30)) for day in days)
    return Problem(first=FIRST, last=LAST, demands=tuple(demands), windows=windows, free_days=holiday_names(FIRST.year))


def _ward(ward: int, chance: random.Random) -> list[Demand]:
    unit = ward // WARDS_OF_UNIT
    nurse, chief = f"nurse-{ward // WARDS_OF_NURSE:03}", f"chief-{unit:03}"
    rehab, staff = f"rehab-{unit // UNITS_OF_REHAB:03}", f"staff-{ward:03}"
    key, site, room = f"{ward:03}", f"unit-{unit:03}", f"room-{unit:03}"

    def demand(forum: str, minutes: int, people: tuple[str, ...], rhythm: Interval, **more: object) -> Demand:
        return Demand(
            key=f"{key}-{forum}", label=f"{forum} {key}", unit=site, ward=key, forum=forum, minutes=minutes,
            people=people, rhythm=rhythm, site=site, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    day, other, third = chance.randrange(5), chance.randrange(5), chance.randrange(1, 4)
    wished = dt.time(chance.choice((9, 10, 13, 14)))
    later = dt.time(chance.choice((13, 14)))
    occasion = (Part(forum="reflektion", minutes=45), Part(forum="apt", minutes=60), Part(forum="kvalitet", minutes=45))
    forenoon = {"earliest": dt.time(8), "latest": dt.time(11), "weekdays": ALL_DAYS, "red_days": True}
    afternoon = {"earliest": dt.time(13), "latest": dt.time(16), "weekdays": ALL_DAYS, "red_days": True}
    return [
        demand("avstamning-fm", 5, (nurse,), DAILY, **forenoon),
        demand("avstamning-em", 5, (nurse,), DAILY, **afternoon),
        demand("teammote", 60, (nurse, rehab, staff), WEEKLY, room=room, wish_weekday=day, wish_start=wished),
        demand("planering", 30, (nurse, chief), FORTNIGHT, wish_weekday=other),
        demand("tillfalle", 150, (chief, staff), MONTHLY, parts=occasion, wish_weekday=third, wish_start=later),
        demand("borad", 60, (staff,), MONTHLY, room=room, wish_start=later),
    ]  # fmt: skip


def _never() -> bool:
    return False


def _solved(problem: Problem) -> Plan:
    found = solve(problem, seconds=SECONDS, on_plan=lambda _: None, stopped=_never)
    if not found.complete:
        raise RuntimeError("the plan lacks meetings")
    return found


def _whole(problem: Problem) -> float:
    start = time.perf_counter()
    _solved(problem)
    return time.perf_counter() - start


def _first(problem: Problem) -> float:
    start = time.perf_counter()
    if not first_plan(problem).complete:
        raise RuntimeError("the first plan lacks meetings")
    return time.perf_counter() - start


def _proof(problem: Problem) -> float:
    start = time.perf_counter()
    if not _solved(problem).proved:
        raise RuntimeError("the optimum was not proved")
    return time.perf_counter() - start
