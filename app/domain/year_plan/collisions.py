"""An irreducible set: demands that cannot all be had, of which leaving out any one leaves demands that can."""

from __future__ import annotations

import time

from app.domain.year_plan.board import Board, Row
from app.domain.year_plan.exact import Choice, Load, Model, Option
from app.domain.year_plan.slots import QUARTER, Lane, bits, meets

EFFORT = 20.0


def irreducible(board: Board, number: int, group: list[int], *, until: float) -> list[int]:
    """Rows of `group`, the one of `number` among them where it can be, that have no slots together.

    The set is narrowed to those around the row, then by what the solver needed to see that it is impossible, and last
    by leaving out one after the other. What time does not allow to be tried stays in.
    """
    near = [one for one in group if one == number or one in board.rows[number].near]
    start = next((found for found in ([number], near) if fits(board, found, until=until) is False), group)
    core = _needed(board, start, until=until)
    for one in sorted(core, key=lambda other: (other == number, other)):
        rest = [other for other in core if other != one]
        if rest and time.monotonic() < until and fits(board, rest, until=until) is False:
            core = rest
    return core


def fits(board: Board, numbers: list[int], *, until: float) -> bool | None:
    """Whether these rows, and no others, can all have slots; None when the time was too short to tell."""
    return _model(board, numbers).feasible(effort=EFFORT, seconds=until - time.monotonic())


def _needed(board: Board, numbers: list[int], *, until: float) -> list[int]:
    """Those of the rows that the solver's own proof needed, all when it has none."""
    model = _model(board, numbers, assumed=True)
    found = model.collision(effort=EFFORT, seconds=until - time.monotonic())
    return [numbers[index] for index in found] if found else list(numbers)


def _model(board: Board, numbers: list[int], *, assumed: bool = False) -> Model:
    rows = [board.rows[number] for number in numbers]
    choices = [
        Choice(
            length=row.length,
            options=[Option(lane, start, 0) for lane in row.lanes for start in bits(row.starts(lane))],
            assumed=assumed,
        )
        for row in rows
    ]
    places = {number: index for index, number in enumerate(numbers)}
    pairs = {
        (places[row.number], places[other]): gap
        for row in rows
        for other, gap in row.near.items()
        if other in places and row.number < other
    }
    return Model(choices, pairs, meets=meets, limits=_limits(board, rows, choices))


def _limits(board: Board, rows: list[Row], choices: list[Choice]) -> list[Load]:
    """What follows from the pairs but is slow to see from them: nobody has more meetings in a day than hours.

    Where all begin on the quarter, what ends between two quarters takes the whole of the last one, except at the end.
    """
    grid = QUARTER if all(row.demand.minutes >= 15 for row in rows) else 1
    found = []
    for calendar in board.calendars:
        shared = [index for index, row in enumerate(rows) if row.number in calendar]
        if len(shared) < 2:
            continue
        cells: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        reach: dict[tuple[int, int], int] = {}
        for index in shared:
            length = -(-rows[index].length // grid) * grid
            for number, option in enumerate(choices[index].options):
                lane = option.where
                if not isinstance(lane, Lane) or lane.every > 1:
                    continue
                for day in bits(lane.days):
                    for turn in (lane.number,) if lane.number else (1, 2, 3, 4):
                        cells.setdefault((day, turn), []).append((index, number, length))
                        taken = ((1 << rows[index].length) - 1) << option.start
                        reach[day, turn] = reach.get((day, turn), 0) | taken
        found += [Load(parts, reach[key].bit_count() + grid - 1, 0) for key, parts in sorted(cells.items())]
    return found
