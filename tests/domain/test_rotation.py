"""The rotation of backups: what is kept over days, weeks and months, whatever the clock does."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.rotation import DAYS, GRACE, MONTHS, WEEKS, Dated, kept

NOW = dt.datetime.combine(dt.date(2026, 3, 2), dt.time(9, 0))
moments = st.datetimes(NOW - dt.timedelta(days=1100), NOW + dt.timedelta(days=300))
made = st.builds(Dated, moments, st.uuids().map(str), st.booleans())
all_made = st.frozensets(made, max_size=60)


@given(all_made)
def test_what_is_kept_was_there_and_stays_kept(backups: frozenset[Dated]) -> None:
    first = kept(backups, now=NOW)
    assert first <= backups
    assert kept(first, now=NOW) == first


@given(all_made)
def test_the_newest_the_reasoned_and_the_future_are_never_deleted(backups: frozenset[Dated]) -> None:
    stays = kept(backups, now=NOW)
    past = [one for one in backups if one.at <= NOW]
    assert {one for one in backups if one.at > NOW} <= stays
    assert {one for one in past if not one.routine and one.at > NOW - GRACE} <= stays
    if past:
        assert max(past) in stays


@given(all_made)
def test_each_of_the_latest_days_weeks_and_months_has_its_newest(backups: frozenset[Dated]) -> None:
    stays = kept(backups, now=NOW)
    past = sorted(one for one in backups if one.at <= NOW)
    for count, period in (
        (DAYS, lambda one: one.at.date()),
        (WEEKS, lambda one: one.at.isocalendar()[:2]),
        (MONTHS, lambda one: (one.at.year, one.at.month)),
    ):
        newest = {period(one): one for one in past}
        latest = sorted(newest)[-count:]
        assert {newest[one] for one in latest} <= stays


@given(all_made)
def test_no_more_is_kept_than_was_promised(backups: frozenset[Dated]) -> None:
    stays = kept(backups, now=NOW)
    counted = {one for one in stays if one.at <= NOW and (one.routine or one.at <= NOW - GRACE)}
    assert len(counted) <= DAYS + WEEKS + MONTHS


@settings(max_examples=7)
@given(st.integers(0, 6))
def test_a_year_of_daily_rounds_leaves_twelve_days_ten_weeks_and_nine_months(weekday: int) -> None:
    there: frozenset[Dated] = frozenset()
    start = NOW + dt.timedelta(days=weekday)
    for number in range(330):
        there = kept(there | {Dated(start + dt.timedelta(days=number), str(number))}, now=start + dt.timedelta(number))
    days = sorted((one.at.date() for one in there), reverse=True)
    last = (start + dt.timedelta(days=329)).date()
    assert days[:DAYS] == [last - dt.timedelta(days=back) for back in range(DAYS)]
    weeks = {(last - dt.timedelta(weeks=back)).isocalendar()[:2] for back in range(WEEKS)}
    assert weeks <= {one.isocalendar()[:2] for one in days}
    assert len({(one.year, one.month) for one in days}) == MONTHS
    assert len(days) <= DAYS + WEEKS + MONTHS


def test_a_clock_moved_back_neither_deletes_nor_is_crowded_out() -> None:
    wrong = {Dated(NOW + dt.timedelta(days=1800 + day), f"wrong {day}") for day in range(1, 15)}
    there = frozenset(wrong)
    for day in range(20):
        now = NOW + dt.timedelta(days=day)
        there = kept(there | {Dated(now, f"right {day}")}, now=now)
    assert wrong <= there
    assert len([one for one in there if one.name.startswith("right")]) >= DAYS
