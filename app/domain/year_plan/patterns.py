"""The first stage: a slot for every row that repeats all year, first greedily, then better in small exact pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from app.domain.year_plan import cost
from app.domain.year_plan.board import Board, Row, Slot
from app.domain.year_plan.exact import Choice, Load, Model, Option
from app.domain.year_plan.slots import Lane, bits, meets, too_near

FEW, MANY = 12, 22
"""Rows that are chosen anew together, in the first rounds and in the last."""
KEPT = 40
"""The cheapest options of a row that a piece of many rows looks at."""
PROVABLE = 6_000
"""As many options as one exact model may have."""
EFFORT = 0.5
PROOF_EFFORT = 10.0
"""How long the solver tries, by its own measure, which is the same on every machine."""


class Choosing:
    """The slots chosen so far, by the number of the row, with what they cost together."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.slots: dict[int, Slot] = {}
        planned = [[board.rows[one].weight for one in rows if board.rows[one].periods] for rows in board.calendars]
        self._shares = [cost.share(weights) for weights in planned]
        self._loads = [[0] * 7 for _ in board.calendars]
        self._floors: dict[int, int] = {}

    def put(self, row: Row, slot: Slot) -> None:
        """Give a row a slot; the caller knows that it is free."""
        self.take(row)
        self.slots[row.number] = slot
        self._bear(row, slot, 1)

    def take(self, row: Row) -> Slot | None:
        """Take a row's slot away."""
        slot = self.slots.pop(row.number, None)
        if slot is not None:
            self._bear(row, slot, -1)
        return slot

    def price(self, numbers: Iterable[int]) -> int:
        """What these rows cost, with the load of every calendar they touch."""
        touched: set[int] = set()
        found = 0
        for number in numbers:
            row = self.board.rows[number]
            slot = self.slots.get(number)
            found += cost.MISSING if slot is None else self.board.price(row, slot)
            touched.update(row.loads)
        return found + sum(self._excess(calendar) for calendar in touched)

    def free(self, row: Row, lane: Lane, *, apart: frozenset[int] = frozenset()) -> int:
        """The starts on a lane that meet no chosen slot, as bits; those of the rows in `apart` do not count."""
        opened = row.starts(lane)
        if not opened:
            return 0
        for other, gap in row.near.items():
            slot = self.slots.get(other)
            if slot is not None and other not in apart and meets(lane, slot[0]):
                length = self.board.rows[other].length
                opened &= ~too_near(slot[1], slot[1] + length, length=row.length, gap=gap)
                if not opened:
                    return 0
        return opened

    def cheapest(self, row: Row) -> Slot | None:
        """The cheapest free slot, the earliest of those alike."""
        best: tuple[int, Slot] | None = None
        for lane in row.lanes:
            added = self._added(row, lane)
            for start in bits(self.free(row, lane)):
                price = added + self.board.price(row, (lane, start))
                if best is None or price < best[0]:
                    best = price, (lane, start)
        return best[1] if best else None

    def greedy(self, *, rows: Sequence[Row]) -> None:
        """Give each row the cheapest slot that is left, those with the fewest choices first."""
        for row in sorted(rows, key=_choices):
            slot = self.cheapest(row)
            if slot is not None:
                self.put(row, slot)

    def improve(self, group: list[int], *, until: float, stopped: Callable[[], bool]) -> bool:
        """Choose anew in small pieces, the dearest first; whether the group's optimum is proved."""
        for size in (FEW, FEW, MANY):
            covered: set[int] = set()
            for number in self._sore(group):
                if stopped() or time.monotonic() > until:
                    return False
                if number not in covered:
                    piece = self._around(number, size)
                    covered.update(piece)
                    self._again(piece, kept=KEPT, until=until)
        return self._prove(group, until=until, stopped=stopped)

    def floor(self, row: Row) -> int:
        """The least that a row can cost, were it alone."""
        found = self._floors.get(row.number)
        if found is None:
            prices = [self.board.price(row, (lane, one)) for lane in row.lanes for one in bits(row.starts(lane))]
            found = self._floors[row.number] = min(prices, default=cost.MISSING)
        return found

    def _prove(self, group: list[int], *, until: float, stopped: Callable[[], bool]) -> bool:
        """Solve the group whole, if what could still be cheaper is little enough.

        An option that alone costs more above the row's least than the whole plan does above all leasts is in no
        cheaper plan.
        """
        spare = self.price(group) - sum(self.floor(self.board.rows[one]) for one in group)
        if spare <= 0:
            return True
        if stopped() or time.monotonic() > until:
            return False
        choices = [self._choice(self.board.rows[one], frozenset(group), spare=spare, kept=None) for one in group]
        if sum(len(choice.options) for choice in choices) > PROVABLE:
            return False
        return self._solve(group, choices, effort=PROOF_EFFORT, until=until)

    def _sore(self, group: list[int]) -> list[int]:
        """The rows that cost more than they would alone, the dearest first."""
        found = []
        for number in group:
            row = self.board.rows[number]
            above = self.price([number]) - self.floor(row)
            if above > 0:
                found.append((-above, number))
        return [number for _, number in sorted(found)]

    def _around(self, number: int, size: int) -> list[int]:
        """A row and those that stand in its way, then those it shares most with."""
        row = self.board.rows[number]
        now = self.price([number])
        chosen = {number}
        in_way: dict[int, int] = {}
        for other in row.near:
            slot = self.slots.get(other)
            if slot is None:
                continue
            length = self.board.rows[other].length
            for lane in row.lanes:
                if meets(lane, slot[0]):
                    barred = too_near(slot[1], slot[1] + length, length=row.length, gap=row.near[other])
                    good = (one for one in bits(barred & row.starts(lane)) if self.board.price(row, (lane, one)) < now)
                    in_way[other] = in_way.get(other, 0) + sum(1 for _ in good)
        order = sorted(in_way, key=lambda one: (-in_way[one], one))
        chosen.update(order[: size - 1])
        return sorted(chosen)

    def _again(self, piece: list[int], *, kept: int, until: float) -> None:
        if self.price(piece) <= sum(self.floor(self.board.rows[one]) for one in piece):
            return
        apart = frozenset(piece)
        choices = [self._choice(self.board.rows[one], apart, spare=None, kept=kept) for one in piece]
        self._solve(piece, choices, effort=EFFORT, until=until)

    def _choice(self, row: Row, apart: frozenset[int], *, spare: int | None, kept: int | None) -> Choice:
        own = self.slots.get(row.number)
        floor = self.floor(row)
        options = []
        for lane in row.lanes:
            for start in bits(self.free(row, lane, apart=apart)):
                price = self.board.price(row, (lane, start))
                if spare is None or price - floor <= spare or (lane, start) == own:
                    options.append(Option(lane, start, price))
        if kept is not None and len(options) > kept:
            options = _mixed(options, kept, own)
        hint = next((n for n, one in enumerate(options) if (one.where, one.start) == own), None)
        return Choice(length=row.length, options=options, without=cost.MISSING, hint=hint)

    def _solve(self, piece: list[int], choices: list[Choice], *, effort: float, until: float) -> bool:
        places = {number: index for index, number in enumerate(piece)}
        pairs = {
            (index, places[other]): gap
            for index, number in enumerate(piece)
            for other, gap in self.board.rows[number].near.items()
            if other in places and number < other
        }
        model = Model(choices, pairs, meets=meets, loads=self._model_loads(piece, choices))
        answer = model.solve(effort=effort, seconds=until - time.monotonic())
        if answer is None:
            return False
        rows = [self.board.rows[number] for number in piece]
        before, old = self.price(piece), {row.number: self.take(row) for row in rows}
        for row, choice, picked in zip(rows, choices, answer.picked, strict=True):
            if picked is not None:
                option = choice.options[picked]
                self.put(row, (option.where, option.start))  # type: ignore[arg-type]
        if self.price(piece) > before:
            for row in rows:
                self.take(row)
            for row in rows:
                if (slot := old[row.number]) is not None:
                    self.put(row, slot)
        return answer.proved

    def _model_loads(self, piece: list[int], choices: list[Choice]) -> list[Load]:
        parts: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
        rest: dict[tuple[int, int], int] = {}
        for index, number in enumerate(piece):
            row = self.board.rows[number]
            for calendar in row.loads if row.weight else ():
                for option, one in enumerate(choices[index].options):
                    day = one.where.days.bit_length() - 1  # type: ignore[attr-defined]
                    parts.setdefault((calendar, day), []).append((index, option, row.weight))
                slot = self.slots.get(number)
                if slot is not None:
                    key = calendar, slot[0].days.bit_length() - 1
                    rest[key] = rest.get(key, 0) + row.weight
        return [
            Load(found, self._shares[key[0]] - (self._loads[key[0]][key[1]] - rest.get(key, 0)), cost.LOAD)
            for key, found in sorted(parts.items())
        ]

    def _bear(self, row: Row, slot: Slot, sign: int) -> None:
        if row.weight:
            day = slot[0].days.bit_length() - 1
            for calendar in row.loads:
                self._loads[calendar][day] += sign * row.weight

    def _added(self, row: Row, lane: Lane) -> int:
        if not row.weight:
            return 0
        day = lane.days.bit_length() - 1
        found = 0
        for calendar in row.loads:
            load, share = self._loads[calendar][day], self._shares[calendar]
            found += max(0, load + row.weight - share) - max(0, load - share)
        return found * cost.LOAD

    def _excess(self, calendar: int) -> int:
        share = self._shares[calendar]
        return cost.LOAD * sum(max(0, load - share) for load in self._loads[calendar])


def _choices(row: Row) -> tuple[bool, int, int, int]:
    """What has its time today comes first, so that little changes; then few slots and many people: hard to place."""
    return row.demand.usual is None, sum(row.starts(lane).bit_count() for lane in row.lanes), -len(row.near), row.number


def _mixed(options: list[Option], kept: int, own: Slot | None) -> list[Option]:
    """The cheapest, taken from every lane in turn so that no weekday is left out, and the row's own."""
    ranks: dict[object, int] = {}
    ordered = []
    for one in sorted(options, key=lambda one: (one.price, one.start)):
        ranks[one.where] = rank = ranks.get(one.where, 0) + 1
        ordered.append((one.price, rank, one.start, one))
    ordered.sort(key=lambda entry: entry[:3])
    found = [entry[3] for entry in ordered[:kept]]
    if own is not None and not any((one.where, one.start) == own for one in found):
        found += [one for one in options if (one.where, one.start) == own]
    return found
