"""Periods of disposal by months, what may be chosen, and that a second person decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.disposal import (
    ACCOUNT_CHANGES,
    KINDS,
    LOG_MONTHS,
    OWN_DAYS,
    AccountChange,
    DisposalRow,
    DisposalStatus,
    check_day,
    check_months,
    check_own_account,
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


NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def change(action: str = "save_account", *, by: str = "chef", days: float = 0, sequence: int = 1) -> AccountChange:
    return AccountChange(sequence=sequence, action=action, by=by, at=NOW - dt.timedelta(days=days))


def fault(check: Callable[[], None]) -> str:
    """What a check refuses with; nothing where it lets pass."""
    try:
        check()
    except Refused as refused:
        return refused.code
    return ""


class TestTwoPeople:
    def fault(
        self, waiting: DisposalRow | None = None, *, user: str = "maria", member: str | None = "maria-ek",
        proposers: tuple[str | None, ...] = ("eva-chef", None), changes: tuple[AccountChange, ...] = (),
    ) -> str:  # fmt: skip
        return fault(
            lambda: check_second_person(
                waiting or row(), user=user, member=member, proposers=proposers, changes=changes, proposed_in=7
            )
        )

    def test_another_person_may(self) -> None:
        assert self.fault() == ""
        assert self.fault(changes=(change(sequence=6),)) == ""

    def test_she_who_proposed_may_not(self) -> None:
        assert self.fault(user="chef") == "disposal_second_person"

    @pytest.mark.parametrize("proposers", [("maria-ek", None), ("eva-chef", "maria-ek")])
    def test_nor_may_she_with_another_account(self, proposers: tuple[str | None, ...]) -> None:
        assert self.fault(proposers=proposers) == "disposal_second_person"

    @pytest.mark.parametrize("by", ["maria", "chef", "ulf"])
    def test_an_account_that_changed_since_is_anybodys(self, by: str) -> None:
        assert self.fault(changes=(change(by=by, sequence=8),)) == "disposal_account_changed"

    @pytest.mark.parametrize("status", [DisposalStatus.DONE, DisposalStatus.WITHDRAWN])
    def test_what_is_decided_is_not_decided_again(self, status: DisposalStatus) -> None:
        assert self.fault(row(status)) == "disposal_decided"


class TestOwnAccount:
    def fault(self, *changes: AccountChange, member: str | None = "maria-ek") -> str:
        return fault(lambda: check_own_account(user="maria", member=member, changes=changes, now=NOW))

    def test_it_belongs_to_somebody_in_the_team(self) -> None:
        assert self.fault() == ""
        assert self.fault(member=None) == "disposal_member_missing"

    def test_what_she_does_with_her_own_account_is_hers_to_do(self) -> None:
        assert self.fault(change(by="maria")) == ""

    @given(
        st.sampled_from(ACCOUNT_CHANGES), st.sampled_from(["chef", "maria"]), st.floats(-400, 400),
        st.lists(st.floats(OWN_DAYS, 400), max_size=3),
    )  # fmt: skip
    def test_what_another_did_or_the_recovery_key_closes_it_for_a_while(
        self, action: str, by: str, days: float, older: list[float]
    ) -> None:
        changes = (*(change(days=one) for one in older), change(action, by=by, days=days))
        closed = days < OWN_DAYS and (by == "chef" or action == "use_recovery_key")
        assert self.fault(*changes) == ("disposal_account_given" if closed else "")


def test_a_proposal_of_a_day_to_come_waits_for_it() -> None:
    assert fault(lambda: check_day(row(), today=dt.date(2026, 3, 2))) == ""
    assert fault(lambda: check_day(row(), today=dt.date(2026, 3, 1))) == "disposal_not_yet"
