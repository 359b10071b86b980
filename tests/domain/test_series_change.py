"""What a form can say of a rule, and what "from here on", a day off and a pause make of a series."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refused
from app.domain.repeat import Pace, Repeat, repeat_of, rule_from
from app.domain.series import Move, Pause, Series, check_rule, days_of, expand
from app.domain.series_change import from_here_on, why_off, with_day_back, with_move, with_pause

WEEKLY = st.builds(
    Repeat, pace=st.just(Pace.WEEKLY), every=st.integers(1, 8),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
)  # fmt: skip
MONTHLY = st.builds(
    Repeat, pace=st.just(Pace.MONTHLY), every=st.sampled_from([1, 2, 3, 6]),
    weekdays=st.integers(0, 6).map(lambda day: (day,)), number=st.sampled_from([1, 2, 3, 4, -1]),
)  # fmt: skip
DAILY = st.builds(
    Repeat, pace=st.just(Pace.DAILY), weekdays=st.sampled_from([(), (0, 1, 2, 3, 4)]),
    hours=st.sampled_from([(), (9, 13)]),
)  # fmt: skip
DAY = st.dates(dt.date(2026, 1, 1), dt.date(2030, 12, 31))


def series(rule: str, first: dt.date = dt.date(2026, 1, 1), **more: object) -> Series:
    start: dict[str, object] = {"start": dt.time(9), "end": dt.time(9, 30)}
    return Series(key="s", unit="u", forum="teammote", rrule=rule, first=first, **{**start, **more})  # type: ignore[arg-type]


@given(repeat=st.one_of(WEEKLY, MONTHLY, DAILY))
def test_a_rule_says_again_what_it_was_made_from(repeat: Repeat) -> None:
    rule = rule_from(repeat)
    check_rule(rule)
    assert repeat_of(rule) == repeat


@pytest.mark.parametrize("rule", ["FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=WEEKLY", "FREQ=DAILY;COUNT=3"])
def test_a_rule_that_says_more_than_the_form_is_left_alone(rule: str) -> None:
    assert repeat_of(rule) is None


@given(repeat=st.one_of(WEEKLY, MONTHLY), first=DAY, later=st.integers(1, 300), clock=st.integers(8, 15))
def test_another_hour_from_here_on_leaves_every_day_where_it_was(
    repeat: Repeat, first: dt.date, later: int, clock: int
) -> None:
    """Whatever day the change is made, the two together give the days that the one gave."""
    one = series(rule_from(repeat), first=first)
    day = first + dt.timedelta(days=later)
    changed = replace(one, start=dt.time(clock), end=dt.time(clock, 30))
    ended, new = from_here_on(one, changed, day=day, key="s-2")
    assert ended is not None
    last = first + dt.timedelta(days=900)
    both = [d for part in (ended, new) for d, _ in days_of(part, first=first, last=last)]
    assert both == [d for d, _ in days_of(one, first=first, last=last)]
    assert all(d < day for d, _ in days_of(ended, first=first, last=last))
    assert all((d >= day, start) == (True, dt.time(clock)) for d, start in days_of(new, first=first, last=last))


def test_every_second_tuesday_becomes_every_second_thursday_of_the_same_weeks() -> None:
    one = series("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", first=dt.date(2026, 1, 13))
    changed = replace(one, rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")
    _, new = from_here_on(one, changed, day=dt.date(2026, 2, 2), key="s-2")
    assert [day for day, _ in days_of(new, first=new.first, last=dt.date(2026, 3, 1))] == [
        dt.date(2026, 2, 12), dt.date(2026, 2, 26),
    ]  # fmt: skip
    assert new.continues == "s"


def test_exceptions_stay_with_the_part_they_lie_in() -> None:
    one = series(
        "FREQ=WEEKLY;BYDAY=TH", exdates=(dt.date(2026, 1, 8), dt.date(2026, 3, 5)),
        moved=(Move(was=dt.date(2026, 1, 15), date=dt.date(2026, 1, 16)),),
        pauses=(Pause(from_=dt.date(2026, 2, 1), to=dt.date(2026, 2, 28), reason="Ombyggnad"),),
    )  # fmt: skip
    ended, new = from_here_on(one, one, day=dt.date(2026, 2, 10), key="s-2")
    assert ended is not None
    assert (ended.exdates, new.exdates) == ((dt.date(2026, 1, 8),), (dt.date(2026, 3, 5),))
    assert (len(ended.moved), new.moved) == (1, ())
    assert ended.pauses == new.pauses == one.pauses


def test_what_is_over_is_not_changed_from_here_on() -> None:
    one = series("FREQ=WEEKLY;BYDAY=TH", until=dt.date(2026, 2, 10))
    with pytest.raises(Refused, match="series_over"):
        from_here_on(one, replace(one, start=dt.time(8)), day=dt.date(2026, 2, 11), key="s-2")


def test_before_its_first_day_the_series_itself_is_changed() -> None:
    one = series("FREQ=WEEKLY;BYDAY=TH", first=dt.date(2026, 5, 7))
    changed = replace(one, place="Norr")
    assert from_here_on(one, changed, day=dt.date(2026, 5, 7), key="s-2") == (None, changed)


@given(day=DAY, before=st.integers(0, 20), after=st.integers(0, 20))
def test_a_day_taken_back_from_a_pause_is_held_and_the_rest_rests(day: dt.date, before: int, after: int) -> None:
    first, last = day - dt.timedelta(days=before), day + dt.timedelta(days=after)
    one = with_pause(series("FREQ=DAILY", first=dt.date(2025, 1, 1)), first=first, last=last, reason="Sommar")
    assert why_off(one, day) == "Sommar"
    back = with_day_back(one, day)
    held = [got.date for got in expand(back, first=first, last=last, free={}, red_days=True)]
    assert held == [day]
    assert all(why_off(back, first + dt.timedelta(days=n)) == "Sommar" for n in range(before))


def test_a_day_is_moved_once() -> None:
    one = series("FREQ=WEEKLY;BYDAY=TH")
    twice = one
    for to in (dt.date(2026, 1, 9), dt.date(2026, 1, 7)):
        twice = with_move(twice, Move(was=dt.date(2026, 1, 8), date=to))
    assert [
        got.date for got in expand(twice, first=dt.date(2026, 1, 8), last=dt.date(2026, 1, 8), free={}, red_days=False)
    ] == [dt.date(2026, 1, 7)]
