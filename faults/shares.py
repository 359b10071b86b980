"""Many cases of one kind on all the machine's processors; a case that takes its process with it is a broken promise."""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from faults.outcome import Tally

Case = Callable[[range, int], Tally]
"""Tries the cases of these numbers with this seed. A function at the top of its module, so that it can be sent."""

_FEW = 100
_CHUNKS = 12
_STUCK_SECONDS = 900


def share(cases: Case, count: int, seed: int) -> Tally:
    """Try `count` cases; the result is the same however many processes take part."""
    if count < _FEW:
        return cases(range(count), seed)
    workers = max(1, os.cpu_count() or 1)
    size = -(-count // (workers * _CHUNKS))
    whole = Tally()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=hush_libraries) as pool:
        futures: dict[Future[Tally], range] = {}
        for start in range(0, count, size):
            numbers = range(start, min(count, start + size))
            futures[pool.submit(_guarded, cases, numbers, seed)] = numbers
        for future, numbers in futures.items():
            try:
                whole.add(future.result())
            except BrokenProcessPool:
                whole.case("process", f"it died or hung, in one of the cases {numbers.start} to {numbers.stop - 1}")
    return whole


def hush_libraries() -> None:
    """Let only Python speak on stderr: the cipher's library tells of every damaged page there, and damage is wanted."""
    sys.stderr.flush()
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _guarded(cases: Case, numbers: range, seed: int) -> Tally:
    faulthandler.dump_traceback_later(_STUCK_SECONDS, exit=True, file=sys.stderr)
    try:
        return cases(numbers, seed)
    finally:
        faulthandler.cancel_dump_traceback_later()
