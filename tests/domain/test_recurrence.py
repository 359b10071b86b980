"""When a forum is next due: the interval, past weekends, eves and red days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue import Interval
from app.domain.holidays import free_days, holiday_names
from app.domain.recurrence import next_date


@pytest.mark.parametrize(
    ("interval", "after", "expected"),
    [
        (Interval(frequency="weekly", every=2), "2026-03-03", "2026-03-17"),
        (Interval(frequency="daily"), "2026-03-06", "2026-03-09"),  # a Friday: Monday is next
        (Interval(frequency="monthly"), "2026-03-10", "2026-04-14"),  # the second Tuesday
        (Interval(frequency="monthly"), "2026-01-29", "2026-02-26"),  # the fifth Thursday: the last one of February
        (Interval(frequency="monthly"), "2026-12-10", "2027-01-14"),
        (Interval(frequency="monthly", every=6), "2026-08-13", "2027-02-11"),
        (Interval(frequency="weekly"), "2026-03-26", "2026-04-02"),  # Maundy Thursday is a working day
        (Interval(frequency="weekly"), "2026-03-27", "2026-04-07"),  # Good Friday to Easter Monday are not
        (None, "2026-03-02", "2026-03-09"),
    ],
)
def test_the_next_day_by_the_interval(interval: Interval | None, after: str, expected: str) -> None:
    found = next_date(interval, after=dt.date.fromisoformat(after), free=free_days(2026))
    assert found == dt.date.fromisoformat(expected)


@given(
    st.sampled_from(["daily", "weekly", "monthly"]),
    st.integers(1, 6),
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
)
def test_always_later_and_always_a_working_day(frequency: str, every: int, after: dt.date) -> None:
    free = free_days(after.year)
    found = next_date(Interval(frequency=frequency, every=every), after=after, free=free)  # type: ignore[arg-type]
    assert after < found <= after + dt.timedelta(days=31 * every + 17)
    assert found.weekday() < 5
    assert found not in free


def test_eves_are_free_and_have_swedish_names() -> None:
    names = holiday_names(2026)
    assert names[dt.date(2026, 6, 19)] == "Midsommarafton"
    assert dt.date(2026, 12, 24) in names
    assert dt.date(2027, 1, 1) in free_days(2026)
