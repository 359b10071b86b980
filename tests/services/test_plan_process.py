"""The plan solved in a process of its own: the same answer, an end at once when stopped, and a fault in words."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import time
from threading import Event, Thread

import pytest

from app.domain.catalogue import Interval
from app.domain.errors import Refused
from app.domain.year_plan.solve import solve
from app.domain.year_plan.values import Demand, Plan, Problem
from app.services.plan_process import solve_apart

DEMANDS = tuple(
    Demand(
        key=f"{ward}-{number}", label=f"Teammöte på {ward}", unit="u", forum="teammote", minutes=30,
        people=("eva", f"team-{ward}"), rhythm=Interval(frequency="weekly", every=2),
    )
    for ward in ("björken", "eken", "linden")
    for number in range(2)
)  # fmt: skip
PROBLEM = Problem(first=dt.date(2026, 1, 1), last=dt.date(2026, 6, 30), demands=DEMANDS, names={"eva": "Eva Lind"})


def never() -> bool:
    return False


def test_another_process_gives_the_same_plan_and_is_gone_afterwards() -> None:
    heard: list[Plan] = []
    apart = solve_apart(PROBLEM, seconds=20, on_plan=heard.append, stopped=never)
    here = solve(PROBLEM, seconds=20, on_plan=lambda _: None, stopped=never)
    assert (apart.placements, apart.cost) == (here.placements, here.cost)
    assert heard
    assert heard[0].complete
    assert multiprocessing.active_children() == []


def test_stopped_before_there_is_any_plan_it_says_so() -> None:
    with pytest.raises(Refused, match="plan_stopped"):
        solve_apart(PROBLEM, seconds=20, on_plan=lambda _: None, stopped=lambda: True)


def test_stopped_on_the_way_the_best_until_then_is_the_answer() -> None:
    enough = Event()
    heard: list[Plan] = []

    def hear(plan: Plan) -> None:
        heard.append(plan)
        enough.set()

    found = solve_apart(PROBLEM, seconds=20, on_plan=hear, stopped=enough.is_set)
    assert found is heard[-1]
    assert multiprocessing.active_children() == []


def test_a_process_that_is_ended_by_somebody_else_is_told_of() -> None:
    def end_it() -> None:
        while not (children := multiprocessing.active_children()):
            time.sleep(0.01)
        children[0].kill()

    killer = Thread(target=end_it)
    killer.start()
    with pytest.raises(Refused, match="plan_broken_off"):
        solve_apart(PROBLEM, seconds=20, on_plan=lambda _: None, stopped=never)
    killer.join()
