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


@pytest.mark.parametrize(
    ("text", "day", "deadline"),
    [("om två veckor", "2026-03-16", "2026-03-16"), ("fre 4 dec", "2026-12-04", "2026-12-04"),
     ("nästa torsdag", "2026-03-12", "2026-03-12"), ("v 12", "2026-03-16", "2026-03-20"),
     ("tors v 12", "2026-03-19", "2026-03-19"), ("senast 3/3", "2026-03-03", "2026-03-03"),
     ("sista mars", "2026-03-31", "2026-03-31"), ("sista februari", "2026-02-28", "2027-02-28"),
     ("mitten av maj", "2026-05-15", "2026-05-15"), ("slutet av månaden", "2026-03-31", "2026-03-31"),
     ("om en månad", "2026-04-02", "2026-04-02"), ("om ett halvår", "2026-09-02", "2026-09-02"),
     ("fredag om två veckor", "2026-03-20", "2026-03-20"), ("onsdag den 4 mars", "2026-03-04", "2026-03-04"),
     ("1/2", "2026-02-01", "2027-02-01"), ("i går", "2026-03-01", "2026-03-01"), ("v 9", "2026-02-23", "2027-03-05"),
     ("v 10", "2026-03-02", "2026-03-06"), ("nästa vecka", "2026-03-09", "2026-03-13"),
     ("2026-02-20", "2026-02-20", "2026-02-20")],
)  # fmt: skip
def test_a_deadline_lies_ahead_and_a_week_is_meant_to_its_friday(text: str, day: str, deadline: str) -> None:
    assert read_date(text, today=TODAY) == dt.date.fromisoformat(day)
    assert read_date(text, today=TODAY, deadline=True) == dt.date.fromisoformat(deadline)


def test_a_weekday_that_is_not_that_days_is_unclear() -> None:
    assert read_date("fre 4 mars", today=TODAY) is None
    assert read_date("fredag 5/3", today=TODAY) is None


_LATER = st.integers(0, 360).map(lambda days: TODAY + dt.timedelta(days=days))


@given(_LATER)
def test_a_deadline_that_is_shown_can_be_typed_back(day: dt.date) -> None:
    for text in (swedish.short_date(day), swedish.long_date(day), f"senast {day.day}/{day.month}", day.isoformat()):
        assert read_date(text, today=TODAY, deadline=True) == day
    assert read_date(f"{day.day} {swedish.MONTHS[day.month - 1]}", today=TODAY, deadline=True) == day


@given(
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31)),
    st.one_of(
        st.sampled_from(["i dag", "i morgon", "nästa vecka", "den här veckan", "om en månad", "om två veckor"]),
        st.sampled_from(swedish.WEEKDAYS), st.sampled_from(swedish.WEEKDAYS).map(lambda name: f"nästa {name[:3]}"),
        st.sampled_from(swedish.MONTHS).map(lambda name: f"sista {name}"),
        st.sampled_from(swedish.MONTHS).map(lambda name: f"början av {name}"),
        st.integers(1, 52).map(lambda week: f"v {week}"), st.integers(1, 52).map(lambda week: f"mån v {week}"),
        st.tuples(st.integers(1, 28), st.integers(1, 12)).map(lambda two: f"{two[0]}/{two[1]}"),
    ),
)  # fmt: skip
def test_no_deadline_without_a_year_lies_behind(today: dt.date, text: str) -> None:
    found = read_date(text, today=today, deadline=True)
    assert found is not None
    assert today <= found <= today + dt.timedelta(days=740)


@given(st.text(max_size=12))
def test_nothing_typed_is_a_crash(text: str) -> None:
    found = read_date(text, today=TODAY)
    assert found is None or isinstance(found, dt.date)
    assert read_date(f"senast {text}", today=TODAY, deadline=True) is None or text.strip()
    assert read_time(text) is None or isinstance(read_time(text), dt.time)
