"""`plan_first`, `plan_municipality`, `plan_quality`: the year plan of made-up municipalities, the same each time."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator

from app.domain.catalogue import Interval
from app.domain.holidays import holiday_names
from app.domain.year_plan.board import Board
from app.domain.year_plan.cost import MISSING
from app.domain.year_plan.patterns import Choosing
from app.domain.year_plan.repair import Care
from app.domain.year_plan.solve import first_plan, laid_out, solve
from app.domain.year_plan.values import ALL_DAYS, Cost, Demand, Part, Plan, Problem, Window
from bench.measure import Row, compare, exactly

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
    """The three rows, all of whole plans that lack what they lack: what has no place is counted and told in the note.

    The search proves no optimum for twelve wards. It is the floor all the same: a proof would take longer, so that the
    ratio is an upper bound of the one to be shown.
    """
    middle, large = municipality(12), municipality(300)
    told: dict[str, str] = {}
    yield compare(
        "plan_first", subject=lambda: _first(middle, told), floor=lambda: _whole(middle, told), goal=0.1,
        against="search to its end, 12 wards", note=lambda: _note(told),
    )  # fmt: skip
    told.clear()
    yield compare(
        "plan_municipality", subject=lambda: _whole(large, told), floor=lambda: _whole(municipality(40), told), goal=10,
        against="year of 40 wards", rounds=1, note=lambda: _note(told),
    )  # fmt: skip
    told.clear()
    best, greedy = _solved(large, told), greedy_cost(large)
    yield exactly(
        "plan_quality", own=float(best.cost.total), other=float(greedy.total), goal=0.6,
        against="greedy plan, 300 wards", unit="cost",
    )  # fmt: skip


def greedy_cost(problem: Problem) -> Cost:
    """What a plain greedy plan costs, in which nothing is chosen anew and nothing moved aside.

    Each demand as they come takes the cheapest slot that is left, each occurrence that cannot lie there the nearest
    time that is left.
    """
    board = Board(problem)
    choosing = Choosing(board)
    for row in board.rows:
        slot = choosing.cheapest(row)
        if slot is not None:
            choosing.put(row, slot)
    return laid_out(board, choosing, range(len(board.rows)), care=Care.GREEDY).cost


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


def _solved(problem: Problem, told: dict[str, str]) -> Plan:
    found = solve(problem, seconds=SECONDS, on_plan=lambda _: None, stopped=_never)
    _tell(told, f"{len(problem.demands) // 6} wards", found)
    return found


def _whole(problem: Problem, told: dict[str, str]) -> float:
    start = time.perf_counter()
    _solved(problem, told)
    return time.perf_counter() - start


def _first(problem: Problem, told: dict[str, str]) -> float:
    start = time.perf_counter()
    found = first_plan(problem)
    taken = time.perf_counter() - start
    _tell(told, "the first plan", found)
    return taken


def _tell(told: dict[str, str], what: str, plan: Plan) -> None:
    lacks = plan.cost.missing // MISSING
    told[what] = f"{what}: {lacks or 'no'} meetings without a place{', optimum proved' if plan.proved else ''}"


def _note(told: dict[str, str]) -> str:
    return "; ".join(told.values())
