"""Dates and times as people type them in a hurry."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import swedish
from app.domain.typed import read_date, read_time
from tests.support import TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [("i dag", "2026-03-02"), ("Imorgon", "2026-03-03"), ("fre", "2026-03-06"), ("mån", "2026-03-09"),
     ("på onsdag", "2026-03-04"), ("+7", "2026-03-09"), ("om 2 veckor", "2026-03-16"), ("12/3", "2026-03-12"),
     ("1/2", "2026-02-01"), ("12 aug", "2026-08-12"), ("24 dec", "2026-12-24"), ("1/8", "2026-08-01"),
     ("tis 3 mars", "2026-03-03"), ("2027-02-28", "2027-02-28"), ("20270228", "2027-02-28"),
     ("3 mars 2027", "2027-03-03")],
)  # fmt: skip
def test_a_day_is_understood(text: str, day: str) -> None:
    assert read_date(text, today=TODAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", "snart", "31/2", "2026-02-30", "32 mars", "ma", "+99999", "0/0", "1 x 2"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("text", "time"),
    [("9", dt.time(9)), ("9.30", dt.time(9, 30)), ("0930", dt.time(9, 30)), ("kl 13:05", dt.time(13, 5)), ("24", None),
     ("9.75", None), ("nio", None), ("", None)],
)  # fmt: skip
def test_a_time_is_understood(text: str, time: dt.time | None) -> None:
    assert read_time(text) == time


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 8, 30)))
def test_what_is_shown_can_be_typed_back(day: dt.date) -> None:
    assert read_date(swedish.short_date(day), today=TODAY) == day
    assert read_date(swedish.long_date(day), today=TODAY) == day
    assert read_date(day.isoformat(), today=TODAY) == day


@given(st.text(max_size=12))
def test_nothing_typed_is_a_crash(text: str) -> None:
    found = read_date(text, today=TODAY)
    assert found is None or isinstance(found, dt.date)
    assert read_time(text) is None or isinstance(read_time(text), dt.time)
