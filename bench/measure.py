"""How a figure is taken: floor and subject in turn, no garbage collected in the timer, the median of the ratios."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 9
SLOW_ROUNDS = 3
SLOW_SECONDS = 10.0
"""A round (floor and subject together) that takes longer than this is repeated three times only."""

Job = Callable[[], object]
Reading = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure: `median` is the subject's own, `ratio` the median of subject to `against`; None where missing."""

    name: str
    ratio: float | None
    goal: float
    against: str
    n: int
    median: float | None
    unit: str
    min: float | None = None
    max: float | None = None
    load: float = 0.0
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is nothing to compare."""
        return None if self.ratio is None else self.ratio <= self.goal

    def as_json(self) -> dict[str, object]:
        """The row as `build/bench.json` holds it."""
        found = {name: getattr(self, name) for name in self.__slots__}
        return {**found, "met": self.met}


def missing(name: str, *, goal: float, against: str, unit: str, why: str) -> Row:
    """The row of a peer that is not there: said, not skipped."""
    return Row(name=name, ratio=None, goal=goal, against=against, n=0, median=None, unit=unit, load=_load(), note=why)


def timed(job: Job, *, times: int = 1) -> Reading:
    """A reading that runs `job` and gives its seconds, a run's mean when it runs `times` times."""

    def read() -> float:
        gc.collect()
        gc.disable()
        try:
            start = time.perf_counter()
            for _ in range(times):
                job()
            return (time.perf_counter() - start) / times
        finally:
            gc.enable()

    return read


def compare(
    name: str,
    *,
    subject: Reading,
    floor: Reading,
    goal: float,
    against: str,
    unit: str = "s",
    rounds: int = ROUNDS,
    note: str | Callable[[], str] = "",
) -> Row:
    """Take subject and floor in turn, the other one first every second round, and drop the first round."""
    start = time.perf_counter()
    pairs = [_pair(subject, floor, turned=False)]
    if time.perf_counter() - start > SLOW_SECONDS:
        rounds = min(rounds, SLOW_ROUNDS)
    pairs = [_pair(subject, floor, turned=bool(number % 2)) for number in range(rounds)]
    ratios = [own / other for own, other in pairs]
    return Row(
        name=name,
        ratio=statistics.median(ratios),
        goal=goal,
        against=against,
        n=rounds,
        median=statistics.median(own for own, _ in pairs),
        unit=unit,
        min=min(ratios),
        max=max(ratios),
        load=_load(),
        note=(note if isinstance(note, str) else note())
        or f"floor {_short(statistics.median(other for _, other in pairs))} {unit}",
    )


def alone(
    name: str,
    *,
    reading: Reading,
    goal: float,
    against: str,
    unit: str,
    rounds: int,
    note: str | Callable[[], str] = "",
) -> Row:
    """A figure with a fixed goal instead of a floor: the median of `rounds`, after one that is dropped."""
    reading()
    found = [reading() for _ in range(rounds)]
    median = statistics.median(found)
    return Row(
        name=name,
        ratio=median,
        goal=goal,
        against=against,
        n=rounds,
        median=median,
        unit=unit,
        min=min(found),
        max=max(found),
        load=_load(),
        note=note if isinstance(note, str) else note(),
    )


def exactly(name: str, *, own: float, other: float, goal: float, against: str, unit: str) -> Row:
    """A figure that is the same every time, such as a size: taken once."""
    ratio = own / other
    note = f"floor {other:.0f} {unit}"
    return Row(
        name=name, ratio=ratio, goal=goal, against=against, n=1, median=own, unit=unit, min=ratio, max=ratio,
        load=_load(), note=note,
    )  # fmt: skip


def _pair(subject: Reading, floor: Reading, *, turned: bool) -> tuple[float, float]:
    if turned:
        own = subject()
        return own, floor()
    other = floor()
    return subject(), other


def _load() -> float:
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else 0.0


def _short(value: float) -> str:
    return f"{value:.3g}"
