"""A year plan solved in a process of its own: the window stays at hand, and the search ends when it is told to."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection

from app.domain.errors import Refused
from app.domain.year_plan.values import Plan, Problem

_LISTEN = 0.05
"""Seconds between two looks at whether the search is to be stopped."""


def solve_apart(
    problem: Problem, *, seconds: float, on_plan: Callable[[Plan], None], stopped: Callable[[], bool]
) -> Plan:
    """The best plan of `domain.year_plan.solve`, found by another process; it is ended at once when `stopped` says so.

    Then the best plan until that moment is the answer. Raises Refused("plan_stopped") when there was none yet, and
    Refused("plan_broken_off") when the process was ended by somebody else, as a computer short of memory does.
    """
    context = multiprocessing.get_context("spawn")  # nothing of this process, with its open database, goes along
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=_solve, args=(there, problem, seconds), daemon=True)
    worker.start()
    there.close()
    try:
        return _listen(here, on_plan=on_plan, stopped=stopped)
    finally:
        worker.kill()
        worker.join()
        worker.close()
        here.close()


def _listen(here: Connection, *, on_plan: Callable[[Plan], None], stopped: Callable[[], bool]) -> Plan:
    best: Plan | None = None
    while not stopped():
        if not here.poll(_LISTEN):
            continue
        try:
            best, last = here.recv()
        except (EOFError, OSError) as error:
            raise Refused("plan_broken_off") from error
        if last:
            return best
        on_plan(best)
    if best is None:
        raise Refused("plan_stopped")
    return best


def _solve(there: Connection, problem: Problem, seconds: float) -> None:
    from app.domain.year_plan.solve import solve  # noqa: PLC0415 - the solver is loaded in the process that solves

    plan = solve(
        problem, seconds=seconds, on_plan=lambda plan: there.send((plan, False)), stopped=lambda: False
    )  # fmt: skip
    there.send((plan, True))
