"""Periods of disposal by months, what may be chosen, and that a second person decides."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.disposal import (
    KINDS,
    LOG_MONTHS,
    DisposalRow,
    DisposalStatus,
    check_months,
    check_second_person,
    digest_of,
    is_due,
    kind_of,
    later_by,
    latest_due,
)
from app.domain.errors import Refused

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2150, 12, 31))
MONTHS = st.integers(1, 600)


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 28)),
            (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
            (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
            (dt.date(2028, 2, 29), 48, dt.date(2032, 2, 29)),
            (dt.date(2026, 12, 31), 2, dt.date(2027, 2, 28)),
            (dt.date(2026, 3, 31), -1, dt.date(2026, 2, 28)),
            (dt.date(2026, 5, 15), 24, dt.date(2028, 5, 15)),
        ],
    )
    def test_a_month_without_that_day_ends_on_its_last(self, day: dt.date, months: int, later: dt.date) -> None:
        assert later_by(day, months) == later

    @given(DAYS, MONTHS)
    def test_a_period_is_never_cut_short(self, ended: dt.date, months: int) -> None:
        assert not is_due(ended, months=months, on=later_by(ended, months))
        assert is_due(ended, months=months, on=later_by(ended, months) + dt.timedelta(days=1))

    @given(DAYS, MONTHS, st.integers(-70, 70))
    def test_the_latest_day_parts_what_is_due_from_what_is_not(self, on: dt.date, months: int, beside: int) -> None:
        latest = latest_due(months=months, on=on)
        ended = latest + dt.timedelta(days=beside)
        assert is_due(ended, months=months, on=on) == (ended <= latest)

    @given(DAYS, MONTHS, st.integers(0, 1000))
    def test_what_is_due_once_stays_due(self, ended: dt.date, months: int, days: int) -> None:
        due = later_by(ended, months) + dt.timedelta(days=1)
        assert is_due(ended, months=months, on=due + dt.timedelta(days=days))


class TestKinds:
    def test_what_the_log_needs_is_kept_at_least_as_long_as_the_log(self) -> None:
        for key in ("accounts", "emergencies", "reviews"):
            with pytest.raises(Refused, match="disposal_months"):
                check_months(kind_of(key), LOG_MONTHS - 1)
            check_months(kind_of(key), LOG_MONTHS)

    def test_minutes_are_kept_until_somebody_chooses_otherwise(self) -> None:
        assert kind_of("minutes").months is None

    @pytest.mark.parametrize("months", [0, -1, 1201])
    def test_an_impossible_period_is_refused(self, months: int) -> None:
        with pytest.raises(Refused, match="disposal_months"):
            check_months(kind_of("minutes"), months)

    def test_every_suggestion_may_be_chosen(self) -> None:
        for kind in KINDS:
            check_months(kind, kind.months)
        assert len({kind.key for kind in KINDS}) == len(KINDS)

    def test_an_unknown_kind_is_refused(self) -> None:
        with pytest.raises(Refused, match="disposal_kind_unknown"):
            kind_of("elsewhere")


class TestDigest:
    @given(st.lists(st.tuples(st.text(max_size=8), st.integers(1, 9)), unique_by=lambda one: one[0]))
    def test_it_is_of_the_records_whatever_their_order(self, records: list[tuple[str, int]]) -> None:
        assert digest_of(records) == digest_of(reversed(records))

    def test_one_more_or_one_changed_is_another_digest(self) -> None:
        assert len({digest_of(one) for one in ([], [("a", 1)], [("a", 2)], [("a", 1), ("b", 1)])}) == 4


def row(status: DisposalStatus = DisposalStatus.PROPOSED) -> DisposalRow:
    day = dt.date(2026, 3, 2)
    return DisposalRow(
        id=1, before=day, proposed_by="chef", proposed_at=dt.datetime.combine(day, dt.time(9)), decided_by=None,
        decided_at=None, status=status, version=1,
    )  # fmt: skip


class TestTwoPeople:
    @pytest.mark.parametrize(("member", "proposer"), [("maria-ek", "eva-chef"), (None, "eva-chef"), (None, None)])
    def test_another_person_may(self, member: str | None, proposer: str | None) -> None:
        waiting = row()
        check_second_person(waiting, user="maria", member=member, proposer_member=proposer)
        assert waiting.status is DisposalStatus.PROPOSED

    def test_she_who_proposed_may_not(self) -> None:
        with pytest.raises(Refused, match="disposal_second_person"):
            check_second_person(row(), user="chef", member=None, proposer_member=None)

    def test_nor_may_she_with_another_account(self) -> None:
        with pytest.raises(Refused, match="disposal_second_person"):
            check_second_person(row(), user="chef2", member="eva-chef", proposer_member="eva-chef")

    @pytest.mark.parametrize("status", [DisposalStatus.DONE, DisposalStatus.WITHDRAWN])
    def test_what_is_decided_is_not_decided_again(self, status: DisposalStatus) -> None:
        with pytest.raises(Refused, match="disposal_decided"):
            check_second_person(row(status), user="maria", member=None, proposer_member=None)
