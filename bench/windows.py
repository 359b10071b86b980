"""`first_paint`, `today_ready`, `idle_memory`, `list_growth`: the program's window, each time in a fresh process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench import generator, surroundings
from bench.measure import Row, compare

_LONGEST = 120
_MAPPED = "an empty PySide6 window, 25 mapped classes and one query"


def rows() -> Iterator[Row]:
    """The four rows, on twenty years of data."""
    many, few = generator.database(years=generator.YEARS).path, generator.database(years=generator.FEW_YEARS).path
    yield compare(
        "first_paint",
        subject=_program("paint", many),
        floor=_floor("window"),
        goal=1.25,
        against="an empty PySide6 window, from the start of the process",
    )
    since: list[float] = []
    yield compare(
        "today_ready",
        subject=_program("today", many, since=since),
        floor=_floor("mapped"),
        goal=1.25,
        against=f"{_MAPPED}, both from the start of the process",
        note=lambda: f"from log-in accepted to Idag painted: {sorted(since)[len(since) // 2]:.2f} s",
    )
    yield compare(
        "idle_memory",
        subject=_program("memory", many, figure="held_kib"),
        floor=_floor("mapped", figure="held_kib"),
        goal=1.3,
        against=_MAPPED,
        unit="KiB",
    )
    yield compare(
        "list_growth",
        subject=_program("list", many),
        floor=_program("list", few),
        goal=1.2,
        against="the same with a tenth of the rows",
    )


def _floor(kind: str, *, figure: str = "seconds") -> Callable[[], float]:
    return lambda: number(child("bench.window_floor", kind), figure)


def _program(
    station: str, database: Path, *, figure: str = "seconds", since: list[float] | None = None
) -> Callable[[], float]:
    def read() -> float:
        found = child("bench.window_child", station, str(database))
        if since is not None:
            since.append(number(found, "since_log_in"))
        return number(found, figure)

    return read


def child(module: str, station: str, *more: str, screen: Mapping[str, str] | None = None) -> dict[str, object]:
    """What a child process prints as it leaves; it is told when it was started. `screen` is one to use, if any."""
    environment = {**surroundings.child_environment(), **(screen or {})}
    command = [sys.executable, "-m", module, station, repr(time.monotonic()), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"{module} {station} ended with {done.returncode}: {done.stderr[-500:]}")
    found: dict[str, object] = json.loads(done.stdout)
    return found


def number(found: dict[str, object], figure: str) -> float:
    """One figure of what a child printed."""
    value = found[figure]
    if not isinstance(value, int | float):
        raise TypeError(f"{figure} is no number")
    return float(value)
