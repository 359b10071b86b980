"""The year plan: nobody in two places, every period with its meeting, nothing fixed moved, the impossible in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
import pickle
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.catalogue import Frequency, Interval
from app.domain.holidays import holiday_names
from app.domain.year_plan.solve import first_plan, solve
from app.domain.year_plan.values import ALL_DAYS, Busy, Demand, Fixed, Plan, Problem, Window
from tests.domain.year_plan.checking import empty_periods, faults

FREQUENCIES: tuple[Frequency, ...] = ("daily", "weekly", "monthly")
DAILY, WEEKLY, MONTHLY = (Interval(frequency=one) for one in FREQUENCIES)
FORTNIGHT, HALF_YEAR = Interval(frequency="weekly", every=2), Interval(frequency="monthly", every=6)
FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
FREE = holiday_names(2026)
TUESDAY = (Window(weekday=1, from_=dt.time(13), to=dt.time(15)),)


def demand(key: str, *people: str, rhythm: Interval = WEEKLY, minutes: int = 30, **more: Any) -> Demand:
    label = f"Teammöte på {key.capitalize()}"
    return Demand(
        key=key, label=label, unit="u", forum="teammote", minutes=minutes, people=people, rhythm=rhythm, **more
    )


def problem(*demands: Demand, **more: Any) -> Problem:
    given_ = {"first": FIRST, "last": LAST, "free_days": FREE, "names": {"eva": "Eva Lind"}, **more}
    return Problem(demands=demands, **given_)


def solved(asked: Problem) -> Plan:
    return solve(asked, seconds=60, on_plan=lambda _: None, stopped=lambda: False)


def a_unit() -> Problem:
    demands = []
    for ward, site in (("björken", "norr"), ("eken", "norr"), ("linden", "syd")):
        care = f"personal-{ward}"
        demands += [
            demand(f"{ward}-team", "eva", care, minutes=60, site=site, room=f"rum-{site}", wish_start=dt.time(13)),
            demand(f"{ward}-plan", "eva", "chef", rhythm=FORTNIGHT, site=site, wish_weekday=1),
            demand(f"{ward}-apt", "chef", care, rhythm=MONTHLY, minutes=150, site=site, room=f"rum-{site}"),
            demand(f"{ward}-halv", "chef", care, rhythm=HALF_YEAR, minutes=60, site=None),
            demand(f"{ward}-fm", "eva", rhythm=DAILY, minutes=5, weekdays=ALL_DAYS, red_days=True, site=site),
        ]
    away = Busy(who="chef", start=dt.datetime(2026, 7, 6), end=dt.datetime(2026, 7, 18), words="semester")  # noqa: DTZ001
    hours = tuple(Window(weekday=day, from_=dt.time(7), to=dt.time(16)) for day in range(7))
    return problem(*demands, busy=(away,), windows={"eva": hours})


@pytest.fixture(scope="module")
def unit() -> tuple[Problem, Plan]:
    asked = a_unit()
    return asked, solved(asked)


def test_nobody_is_in_two_places_and_every_period_has_its_meeting(unit: tuple[Problem, Plan]) -> None:
    asked, plan = unit
    assert faults(asked, plan) == []
    assert empty_periods(asked, plan) == []
    assert (plan.complete, plan.conflicts) == (True, ())


def test_what_a_holiday_pushes_away_says_which() -> None:
    thursday = (
        Window(weekday=3, from_=dt.time(8), to=dt.time(17)),
        Window(weekday=4, from_=dt.time(8), to=dt.time(8, 30)),
    )
    plan = solved(problem(demand("björken", "eva", wish_weekday=3, wish_start=dt.time(13)), windows={"eva": thursday}))
    ascension = next(one for one in plan.displaced if one.was == dt.date(2026, 5, 14))
    assert (ascension.date, ascension.reason) == (dt.date(2026, 5, 15), "Kristi himmelsfärdsdag")


def test_the_same_problem_gives_the_same_plan_handed_over_and_turned_round(unit: tuple[Problem, Plan]) -> None:
    asked, plan = unit
    turned = dataclasses.replace(asked, demands=asked.demands[::-1])
    assert solved(pickle.loads(pickle.dumps(turned))) == plan  # noqa: S301 - our own bytes


def test_better_plans_cost_less_than_the_first(unit: tuple[Problem, Plan]) -> None:
    asked, plan = unit
    assert plan.cost.total <= first_plan(asked).cost.total


def test_what_is_fixed_stays_and_counts_for_its_week() -> None:
    fixed = Fixed(date=dt.date(2026, 3, 5), start=dt.time(9), end=dt.time(9, 30), key="held")
    asked = problem(demand("björken", "eva", fixed=(fixed,)), demand("eken", "eva"))
    plan = solved(asked)
    week = [one for one in plan.placements if one.demand == "björken" and one.date.isocalendar().week == 10]
    assert [one.fixed for one in week] == [fixed]
    assert faults(asked, plan) == []


def test_rounds_follow_directly_upon_each_other() -> None:
    rounds = [demand(f"ward-{n}", "eva", rhythm=DAILY, minutes=5, site="u", latest=dt.time(8, 30)) for n in range(6)]
    plan = solved(problem(*rounds, last=dt.date(2026, 1, 31)))
    assert sorted(one.start for one in plan.patterns.values()) == [dt.time(8, 5 * n) for n in range(6)]


def test_the_interval_holds_against_the_last_time_it_was_held() -> None:
    asked = problem(demand("halv", "eva", rhythm=HALF_YEAR, last=dt.date(2025, 9, 3)))
    first = solved(asked).placements[0].date
    assert first <= dt.date(2026, 3, 31)


def test_an_absence_for_a_whole_week_is_told_and_the_rest_is_planned() -> None:
    away = Busy(who="eva", start=dt.datetime(2026, 7, 6), end=dt.datetime(2026, 7, 11), words="semester")  # noqa: DTZ001
    asked = problem(demand("björken", "eva"), busy=(away,))
    plan = solved(asked)
    assert [one.sentence for one in plan.conflicts] == [
        "Teammöte på Björken får ingen tid vecka 28: Eva Lind: semester."
    ]
    assert len(plan.placements) == 51
    assert not plan.complete


def test_a_daily_forum_is_held_without_whoever_is_away_or_off() -> None:
    away = Busy(who="eva", start=dt.datetime(2026, 1, 5), end=dt.datetime(2026, 1, 8), words="semester", away=True)  # noqa: DTZ001
    hours = tuple(Window(weekday=day, from_=dt.time(8), to=dt.time(9)) for day in range(5))
    daily = demand("rond", "eva", rhythm=DAILY, minutes=5, weekdays=ALL_DAYS, red_days=True, held_without=True)
    plan = solved(problem(daily, busy=(away,), windows={"eva": hours}, last=dt.date(2026, 1, 31)))
    assert [one.date.day for one in plan.placements] == list(range(1, 32))
    assert {one.start for one in plan.placements} == {plan.patterns["rond"].start}
    assert plan.patterns["rond"].start < dt.time(9)
    waited_for = dataclasses.replace(daily, held_without=False)
    assert solved(problem(waited_for, busy=(away,), windows={"eva": hours}, last=dt.date(2026, 1, 31))).conflicts


def test_one_nurse_with_too_many_wards_is_told_which_collide() -> None:
    wards = [demand(name, "eva") for name in ("asken", "björken", "eken", "linden", "rönnen", "tallen")]
    beside = demand("annat", "bo")
    asked = problem(*wards, beside, windows={"eva": TUESDAY}, free_days={}, last=dt.date(2026, 3, 31))
    plan = solved(asked)
    (conflict,) = [one for one in plan.conflicts if len(one.demands) > 1]
    assert conflict.sentence.startswith(
        "Eva Lind behövs på 5 möten men arbetar bara tisdagar 13.00–15.00: Teammöte på "
    )
    assert "annat" not in conflict.demands
    core = [one for one in asked.demands if one.key in conflict.demands]
    assert not solved(dataclasses.replace(asked, demands=tuple(core))).complete
    for left_out in core:
        rest = tuple(one for one in core if one is not left_out)
        assert solved(dataclasses.replace(asked, demands=rest)).complete


PEOPLE = st.lists(st.sampled_from(["eva", "bo", "siv"]), min_size=1, max_size=2, unique=True)
HOURS = st.lists(st.integers(0, 4), min_size=2, max_size=5, unique=True)


@st.composite
def small_problems(draw: st.DrawFn) -> Problem:
    demands = []
    for number in range(draw(st.integers(1, 5))):
        rhythm = draw(st.sampled_from([WEEKLY, FORTNIGHT, MONTHLY]))
        minutes, site = draw(st.sampled_from([5, 30, 60])), draw(st.sampled_from(["a", "b", None]))
        room = draw(st.sampled_from([None, "rum"]))
        latest = draw(st.sampled_from([dt.time(10), dt.time(17)]))
        demands.append(
            demand(f"d{number}", *draw(PEOPLE), rhythm=rhythm, minutes=minutes, site=site, room=room, latest=latest)
        )
    windows = {"eva": tuple(Window(weekday=day, from_=dt.time(8), to=dt.time(10)) for day in draw(HOURS))}
    day = dt.datetime(2026, 3, 2) + dt.timedelta(days=draw(st.integers(0, 40)))  # noqa: DTZ001
    busy = Busy(who="bo", start=day, end=day + dt.timedelta(days=draw(st.integers(1, 6))), words="kurs")
    first = dt.date(2026, 3, 1) + dt.timedelta(days=draw(st.integers(0, 9)))
    return problem(*demands, first=first, last=first + dt.timedelta(days=90), windows=windows, busy=(busy,))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked=small_problems())
def test_a_plan_has_no_fault_and_lacks_nothing_unless_it_says_so(asked: Problem) -> None:
    plan = solved(asked)
    assert faults(asked, plan) == []
    assert plan.complete == (not plan.conflicts)
    if plan.complete:
        assert empty_periods(asked, plan) == []
