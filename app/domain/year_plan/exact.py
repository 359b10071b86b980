"""The exact choice: a slot for each of a few rows, no two that meet, as cheap as can be. Loads the solver if used."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

SEED = 4711


@dataclass(frozen=True, slots=True)
class Option:
    """One slot that a row may have: `where` (a lane, or a date) and the step it begins at, and its price."""

    where: Hashable
    start: int
    price: int


@dataclass(slots=True)
class Choice:
    """A row to be given one of its options, or to go without for `without` (None: it must have one)."""

    length: int
    options: list[Option]
    without: int | None = None
    hint: int | None = None
    assumed: bool = False
    """Must have one, but the solver is asked which of those it cannot have."""


@dataclass(frozen=True, slots=True)
class Load:
    """Weights that add up: what the options in `parts` (row, option, weight) bring above `room` is paid for."""

    parts: list[tuple[int, int, int]]
    room: int
    price: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The option of each row (None: without), and whether it is proved that no answer is cheaper."""

    picked: list[int | None]
    proved: bool


class Model:
    """The rows, the pairs of them that may not meet, and the solver's variables for both."""

    def __init__(
        self,
        choices: Sequence[Choice],
        pairs: dict[tuple[int, int], int],
        *,
        meets: Callable[[Any, Any], bool],
        loads: Sequence[Load] = (),
        limits: Sequence[Load] = (),
    ) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415 - 0.8 s, only where something is solved

        self._cp = cp_model
        self._choices = choices
        self.model: Any = cp_model.CpModel()
        self.picks = [[self.model.new_bool_var("") for _ in choice.options] for choice in choices]
        self._gone: list[Any] = []
        self._assumed: list[Any] = []
        for choice, picks in zip(choices, self.picks, strict=True):
            if choice.assumed:
                self._assumed.append(self.model.new_bool_var(""))
                self.model.add_at_most_one(picks)
                self.model.add_bool_or([*picks, ~self._assumed[-1]])
                self._gone.append(None)
            elif choice.without is None:
                self.model.add_exactly_one(picks) if picks else self.model.add_bool_or([])
                self._gone.append(None)
            else:
                gone = self.model.new_bool_var("")
                self.model.add_exactly_one([*picks, gone])
                self._gone.append(gone)
        self._sorted = [_by_where(choice.options) for choice in choices]
        for (one, other), gap in pairs.items():
            self._keep_apart(one, other, gap, meets)
        for limit in limits:
            picks = [self.picks[row][option] for row, option, _ in limit.parts]
            weights = [weight for _, _, weight in limit.parts]
            self.model.add(cp_model.LinearExpr.weighted_sum(picks, weights) <= limit.room)
        if loads or any(choice.without is not None for choice in choices):
            self._price(loads)

    def feasible(self, *, effort: float, seconds: float) -> bool | None:
        """Whether there is any answer; None when that could not be told."""
        _, status = self._run(effort=effort, seconds=seconds)
        if status == self._cp.INFEASIBLE:
            return False
        return True if status in {self._cp.OPTIMAL, self._cp.FEASIBLE} else None

    def collision(self, *, effort: float, seconds: float) -> list[int]:
        """Rows (all of them assumed) that suffice for there being no answer; none when that was not found."""
        self.model.add_assumptions(self._assumed)
        solver, status = self._run(effort=effort, seconds=seconds)
        if status != self._cp.INFEASIBLE:
            return []
        places = {literal.index: number for number, literal in enumerate(self._assumed)}
        return sorted(places[one] for one in solver.sufficient_assumptions_for_infeasibility())

    def _run(self, *, effort: float, seconds: float) -> tuple[Any, Any]:
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        solver.parameters.max_deterministic_time = effort
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
        return solver, solver.solve(self.model)

    def solve(self, *, effort: float, seconds: float) -> Answer | None:
        """The cheapest answer, or the best within `effort` (the solver's own measure, the same on every machine)."""
        solver, status = self._run(effort=effort, seconds=seconds)
        if status not in {self._cp.OPTIMAL, self._cp.FEASIBLE}:
            return None
        picked = [next((n for n, pick in enumerate(picks) if solver.value(pick)), None) for picks in self.picks]
        return Answer(picked, status == self._cp.OPTIMAL)

    def _keep_apart(self, one: int, other: int, gap: int, meets: Callable[[Any, Any], bool]) -> None:
        if len(self._choices[one].options) < len(self._choices[other].options):
            one, other = other, one
        length, beside = self._choices[one].length, self._choices[other].length
        for where, starts in self._sorted[one].items():
            against = [found for there, found in self._sorted[other].items() if meets(where, there)]
            for start, number in starts:
                clash = [
                    self.picks[other][found[index][1]]
                    for found in against
                    for index in range(
                        bisect_right(found, (start - gap - beside, len(self.picks[other]))),
                        bisect_left(found, (start + length + gap, -1)),
                    )
                ]
                if clash:
                    self.model.add_at_most_one([self.picks[one][number], *clash])

    def _price(self, loads: Sequence[Load]) -> None:
        variables, prices = [], []
        for number, choice in enumerate(self._choices):
            for pick, option in zip(self.picks[number], choice.options, strict=True):
                variables.append(pick)
                prices.append(option.price)
            if choice.without is not None:
                variables.append(self._gone[number])
                prices.append(choice.without)
            if choice.hint is not None:
                for index, pick in enumerate(self.picks[number]):
                    self.model.add_hint(pick, index == choice.hint)
        for load in loads:
            most = sum(weight for _, _, weight in load.parts) - load.room
            picks = [self.picks[row][option] for row, option, _ in load.parts]
            above = self.model.new_int_var(0, max(0, most), "")
            weights = [weight for _, _, weight in load.parts]
            self.model.add(above >= self._cp.LinearExpr.weighted_sum(picks, weights) - load.room)
            variables.append(above)
            prices.append(load.price)
        self.model.minimize(self._cp.LinearExpr.weighted_sum(variables, prices))


def _by_where(options: Sequence[Option]) -> dict[Hashable, list[tuple[int, int]]]:
    found: defaultdict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for number, option in enumerate(options):
        found[option.where].append((option.start, number))
    return {where: sorted(starts) for where, starts in found.items()}
