"""The year plan in two stages: a pattern for every demand, then its dates; first a good plan fast, then better ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.year_plan import cost, explain
from app.domain.year_plan.board import Board, Row
from app.domain.year_plan.patterns import Choosing
from app.domain.year_plan.repair import Event, Year
from app.domain.year_plan.slots import clock, end_of
from app.domain.year_plan.values import Pattern, Placement, Plan, Problem


def solve(problem: Problem, *, seconds: float, on_plan: Callable[[Plan], None], stopped: Callable[[], bool]) -> Plan:
    """The best plan found in the time given; `on_plan` is handed the first and every better one on the way.

    The answer depends on the problem alone as long as the time is not what ends the search.
    """
    until = time.monotonic() + seconds
    board = Board(problem)
    choosing = Choosing(board)
    for group in board.components:
        choosing.greedy(rows=[board.rows[one] for one in group])
    best = dated(board, choosing)
    on_plan(best.plan)
    proved = True
    told = time.monotonic()
    for group in board.components:
        proved &= choosing.improve(group, until=until, stopped=stopped)
        if time.monotonic() - told > TELL_EVERY:
            best = _better(best, dated(board, choosing), on_plan)
            told = time.monotonic()
    best = _better(best, dated(board, choosing), on_plan)
    colliding = explain.colliding(board, best.lost)
    return replace(best.plan, proved=proved, conflicts=(*best.plan.conflicts, *colliding))


TELL_EVERY = 40.0
"""Seconds between plans on the way: each costs the laying out of the whole year."""


def first_plan(problem: Problem) -> Plan:
    """The plan of a greedy hand: each demand in turn takes the cheapest slot left, and nothing is chosen anew."""
    board = Board(problem)
    choosing = Choosing(board)
    for group in board.components:
        choosing.greedy(rows=[board.rows[one] for one in group])
    return dated(board, choosing).plan


@dataclass(frozen=True, slots=True)
class Dated:
    """A plan, and the occurrences that found no place in it."""

    plan: Plan
    lost: list[Event]


def dated(board: Board, choosing: Choosing) -> Dated:
    """The patterns laid out over the year and repaired."""
    year = Year(board, choosing.slots)
    lost = year.repair()
    patterns = {
        board.rows[number].demand.key: _pattern(board.rows[number], choosing) for number in sorted(choosing.slots)
    }
    placements = [_placement(event, board) for event in year.events if event.day is not None]
    for row in board.rows:
        placements += [
            Placement(demand=row.demand.key, date=one.date, start=one.start, end=one.end, fixed=one)
            for one in row.demand.fixed
        ]
    placements.sort(key=lambda one: (one.date, one.start, one.demand))
    plan = Plan(
        patterns=patterns,
        placements=tuple(placements),
        conflicts=tuple(explain.lost_periods(board, lost)),
        cost=cost.price(board.problem, patterns, placements, missing=len(lost)),
        complete=not lost,
    )
    return Dated(plan, lost)


def _better(best: Dated, new: Dated, on_plan: Callable[[Plan], None]) -> Dated:
    if new.plan.cost.total <= best.plan.cost.total:
        on_plan(new.plan)
        return new
    return best


def _pattern(row: Row, choosing: Choosing) -> Pattern:
    lane, start = choosing.slots[row.number]
    daily = lane.kind == "day"
    return Pattern(
        weekday=None if daily else lane.days.bit_length() - 1,
        start=clock(start),
        number=lane.number or None,
        phase=lane.phase,
    )


def _placement(event: Event, board: Board) -> Placement:
    day = event.day or event.home
    moved = event.was is not None and (day, event.start) != (event.was, event.pattern)
    return Placement(
        demand=event.row.demand.key,
        date=day,
        start=clock(event.start),
        end=end_of(event.start, event.row.demand.minutes),
        was=event.was if moved else None,
        reason=explain.why_moved(board, event) if moved else None,
    )
