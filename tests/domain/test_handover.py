"""From which moment a hand-over counts: the last shift by the log-ins, and moments as people type them."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refused
from app.domain.handover import LONGEST, REST, UNKNOWN, last_shift, read_since, usual_since

NOW = dt.datetime.combine(dt.date(2026, 3, 2), dt.time(14))
"""A Monday."""
LONG_ENOUGH = dt.datetime.combine(NOW.date() - UNKNOWN, dt.time())


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> dt.datetime:
    return dt.datetime.combine(dt.date(2026, month, day), dt.time(hour, minute))


def test_the_day_shift_before_counts_from_its_latest_log_in() -> None:
    friday = [at(27, 7, month=2), at(27, 9, month=2), at(27, 15, 40, month=2)]
    monday = [at(2, 7), at(2, 10), at(2, 13, 55)]
    assert last_shift([*friday, *monday], now=NOW) == at(27, 15, 40, month=2)


def test_whoever_works_past_midnight_is_still_in_the_same_shift() -> None:
    evening_before, this_night = [at(1, 6, 20)], [at(1, 21), at(1, 23, 50), at(2, 1, 30)]
    assert last_shift([*evening_before, *this_night], now=at(2, 2)) == at(1, 6, 20)


def test_a_session_that_was_never_locked_is_the_shift_under_way() -> None:
    assert last_shift([at(1, 15), at(2, 4)], now=at(2, 13)) == at(1, 15)


def test_without_a_shift_before_it_is_the_last_days() -> None:
    assert usual_since([at(2, 13)], now=NOW) == (LONG_ENOUGH, False)
    assert usual_since([], now=NOW) == (LONG_ENOUGH, False)
    assert usual_since([NOW, NOW - LONGEST - REST], now=NOW) == (LONG_ENOUGH, False)


moments = st.datetimes(min_value=NOW - dt.timedelta(days=40), max_value=NOW + dt.timedelta(days=2))


@given(st.lists(moments, max_size=30))
def test_it_is_a_log_in_with_rest_after_it_and_no_rest_later_but_one(log_ins: list[dt.datetime]) -> None:
    found = last_shift(log_ins, now=NOW)
    past = sorted(one for one in log_ins if one <= NOW)
    if found is None:
        recent = [one for one in past if NOW - one <= LONGEST]
        gaps = [later - one for one, later in itertools.pairwise(recent)]
        assert all(gap <= REST for gap in gaps)
        return
    after = [one for one in past if one > found]
    assert found in past
    assert after[0] - found > REST
    assert all(later - one <= REST for one, later in itertools.pairwise(after))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("i går 16.00", at(1, 16)), ("igår 16", at(1, 16)), ("sedan i går kl 16", at(1, 16)), ("i går", at(1, 0)),
        ("fre 7", at(27, 7, month=2)), ("i fredags 15.30", at(27, 15, 30, month=2)), ("fredag", at(27, 0, month=2)),
        ("16.05", at(1, 16, 5)), ("9", at(2, 9)), ("idag 7", at(2, 7)), ("27/2 16.00", at(27, 16, month=2)),
        ("27 februari 16", at(27, 16, month=2)), ("2026-02-27 16:00", at(27, 16, month=2)), ("mån 7", at(2, 7)),
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_write_it(typed: str, meant: dt.datetime) -> None:
    if typed == "mån 7":  # on a Monday the day's own name is the Monday before, for what is typed of days to come
        assert read_since(typed, now=NOW) in (meant, meant - dt.timedelta(days=7))
        return
    assert read_since(typed, now=NOW) == meant


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "since_unreadable"), ("när solen gick upp", "since_unreadable"), ("i morgon 9", "since_ahead"),
        ("+3", "since_ahead"), ("2026-03-02 14.01", "since_ahead"), ("1/1 7.00", "since_too_long"),
    ],
)  # fmt: skip
def test_what_is_no_moment_of_the_past_month_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        read_since(typed, now=NOW)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_past_moment_or_refused(typed: str) -> None:
    try:
        found = read_since(typed, now=NOW)
    except Refused:
        return
    assert NOW - LONGEST <= found <= NOW
