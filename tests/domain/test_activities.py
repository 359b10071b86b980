"""The month's activities: repeated, copied to the same weekdays of another month, and never twice."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.activities import Activity, by_day, copied, faults, in_order, month_after, month_days, repeated

DAYS = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2040, 12, 31))


def activity(day: dt.date, **more: object) -> Activity:
    return Activity(key="a", unit="u", date=day, text="Gympa", **more)  # type: ignore[arg-type]


@given(day=DAYS)
def test_a_weekly_one_stays_on_its_weekday_within_the_month(day: dt.date) -> None:
    found = repeated(activity(day))
    assert {one.date.weekday() for one in found} == {day.weekday()}
    assert {(one.date.year, one.date.month) for one in found} == {(day.year, day.month)}
    assert found[-1].date + dt.timedelta(days=7) > month_days(day)[1]
    assert [one.key for one in found] == ["a"] + [""] * (len(found) - 1)


@given(days=st.lists(st.integers(1, 31), max_size=8), to=DAYS)
def test_a_copied_month_keeps_weekday_and_week_and_a_second_copy_adds_nothing(days: list[int], to: dt.date) -> None:
    before = [activity(dt.date(2026, 5, day), start=dt.time(10)) for day in days]
    new = copied(before, to=to)
    assert all((one.date.year, one.date.month) == (to.year, to.month) for one in new)
    sources = {(one.date.weekday(), (one.date.day - 1) // 7) for one in before}
    assert {(one.date.weekday(), (one.date.day - 1) // 7) for one in new} <= sources
    assert copied(before, to=to, there=new) == ()
    lost = {nth for weekday, nth in sources} - {(one.date.day - 1) // 7 for one in new}
    assert lost <= {4}, "only the fifth of a weekday may have no day there"


def test_months_follow_each_other_over_the_year() -> None:
    assert month_after(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)
    assert month_after(dt.date(2027, 1, 15), -1) == dt.date(2026, 12, 1)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"text": "  "}, "Skriv vad som ska göras."),
        ({"end": dt.time(10)}, "Ange när aktiviteten börjar."),
        ({"start": dt.time(10), "end": dt.time(10)}, "Aktiviteten slutar före den börjar."),
    ],
)
def test_what_cannot_be_meant_is_said(more: dict[str, object], said: str) -> None:
    one = Activity(**{"key": "a", "unit": "u", "date": dt.date(2026, 3, 2), "text": "Gympa", **more})  # type: ignore[arg-type]
    assert list(faults(one)) == [said]


def test_a_day_is_told_in_the_order_of_its_hours() -> None:
    first, second = dt.date(2026, 3, 2), dt.date(2026, 3, 3)
    rows = [activity(second), activity(first, start=dt.time(14)), activity(first)]
    assert [(one.date, one.start) for one in in_order(rows)] == [(first, None), (first, dt.time(14)), (second, None)]
    assert [len(one.activities) for one in by_day(rows)] == [2, 1]
