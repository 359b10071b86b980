"""The year plan in two stages: a pattern for every demand, then its dates; first a good plan fast, then better ones."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.year_plan import cost, explain
from app.domain.year_plan.board import Board, Row
from app.domain.year_plan.patterns import Choosing
from app.domain.year_plan.repair import Care, Event, Year
from app.domain.year_plan.slots import clock, end_of
from app.domain.year_plan.values import Cost, Pattern, Placement, Plan, Problem

TELL_EVERY = 2.0
"""Seconds between two better plans that are told of on the way."""


def solve(problem: Problem, *, seconds: float, on_plan: Callable[[Plan], None], stopped: Callable[[], bool]) -> Plan:
    """The best plan found in the time given; `on_plan` is handed the first and better ones on the way.

    Rows that share nobody and no room, not even through others, are a group of their own: each is chosen, laid out and
    bettered by itself. The answer depends on the problem alone as long as the time is not what ends the search.
    """
    until = time.monotonic() + seconds
    board = Board(problem)
    choosing = Choosing(board)
    parts = _first_parts(board, choosing)
    on_plan(_joined(board, parts))
    told = time.monotonic()
    proved = True
    for number, group in enumerate(board.components):
        proved &= choosing.improve(group, until=until, stopped=stopped)
        better = laid_out(board, choosing, group, care=Care.THOROUGH)
        if better.cost.total <= parts[number].cost.total:
            parts[number] = better
        if time.monotonic() - told > TELL_EVERY and number + 1 < len(board.components):
            on_plan(_joined(board, parts))
            told = time.monotonic()
    best = _joined(board, parts)
    on_plan(best)
    colliding = explain.colliding(board, [event for part in parts for event in part.lost])
    return replace(best, proved=proved, conflicts=(*best.conflicts, *colliding))


def first_plan(problem: Problem) -> Plan:
    """The plan of a greedy hand: each demand in turn takes the cheapest slot left, and nothing is chosen anew."""
    board = Board(problem)
    choosing = Choosing(board)
    return _joined(board, _first_parts(board, choosing))


@dataclass(frozen=True, slots=True)
class Part:
    """A group's patterns and occurrences, what they cost, and the occurrences that found no place."""

    patterns: Mapping[str, Pattern]
    placements: Sequence[Placement]
    cost: Cost
    lost: Sequence[Event]


def _first_parts(board: Board, choosing: Choosing) -> list[Part]:
    """Each group as a greedy hand has it; last the rows of which everything lies fast already."""
    for group in board.components:
        choosing.greedy(rows=[board.rows[one] for one in group])
    there = {one for group in board.components for one in group}
    settled = [row.number for row in board.rows if row.number not in there]
    return [laid_out(board, choosing, group, care=Care.QUICK) for group in (*board.components, settled)]


def laid_out(board: Board, choosing: Choosing, group: Sequence[int], *, care: Care) -> Part:
    """The group's patterns laid out over the year and repaired."""
    rows = [board.rows[one] for one in group]
    year = Year(board, rows, choosing.slots)
    lost = year.repair(care)
    patterns = {row.demand.key: _pattern(row, choosing) for row in rows if row.number in choosing.slots}
    placements = [_placement(event, board) for event in year.events if event.day is not None]
    for row in rows:
        placements += [
            Placement(demand=row.demand.key, date=one.date, start=one.start, end=one.end, fixed=one)
            for one in row.demand.fixed
        ]
    alone = replace(board.problem, demands=tuple(row.demand for row in rows))
    return Part(patterns, placements, cost.price(alone, patterns, placements, missing=len(lost)), lost)


def _joined(board: Board, parts: Sequence[Part]) -> Plan:
    """The groups' parts as one plan."""
    lost = [event for part in parts for event in part.lost]
    placements = sorted(
        (one for part in parts for one in part.placements), key=lambda one: (one.date, one.start, one.demand)
    )
    return Plan(
        patterns={key: one for part in parts for key, one in part.patterns.items()},
        placements=tuple(placements),
        conflicts=tuple(explain.lost_periods(board, lost)),
        cost=sum((part.cost for part in parts), start=Cost()),
        complete=not lost,
    )


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
