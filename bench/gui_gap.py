"""`gui_gap`: the longest the window did not answer while it loaded pages, searched, planned and drew a month of PDF."""

from __future__ import annotations

from collections.abc import Iterator

from bench import generator
from bench.measure import Row, alone
from bench.windows import child, number

_RUNS = 3


def rows() -> Iterator[Row]:
    """The row: milliseconds instead of a ratio, the median of three runs."""
    many = generator.database(years=generator.YEARS).path
    told: list[object] = []

    def gap() -> float:
        found = child("bench.window_child", "gap", str(many))
        told.append(found["steps"])
        return number(found, "gap")

    yield alone(
        "gui_gap",
        reading=gap,
        goal=50,
        against="50 ms, fixed; the figure is milliseconds",
        unit="ms",
        rounds=_RUNS,
        note=lambda: f"last run, ms: {told[-1]}",
    )
