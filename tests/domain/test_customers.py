"""Customers: what is shown of them, and a status history without gaps or overlaps."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.customers import Customer, CustomerStatus, StatusPeriod, check_history, with_status
from app.domain.personnummer import has_personnummer

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
STATUSES = st.sampled_from(CustomerStatus)


def test_a_protected_identity_shows_as_its_code_only() -> None:
    open_one = Customer(key="k", reference="AB", unit="u", apartment="1101")
    assert open_one.label == "1101 AB"
    assert Customer(key="k", reference="AB", unit="u").label == "AB"
    assert (
        Customer(key="k", reference="AB", unit="u", apartment="1101", protected=True, code="Gran 7").label == "Gran 7"
    )
    assert Customer(key="k", reference="AB", unit="u", protected=True).label == "Skyddad identitet"


@given(st.lists(st.tuples(STATUSES, DAYS), max_size=8))
def test_whatever_is_recorded_in_any_order_the_history_holds(changes: list[tuple[CustomerStatus, dt.date]]) -> None:
    history: tuple[StatusPeriod, ...] = ()
    for status, on in changes:
        history = with_status(history, status=status, on=on)
        assert check_history(history)
        customer = Customer(key="k", reference="AB", unit="u", status_history=history)
        assert customer.status_on(on) is status
        assert customer.status_on(dt.date(2030, 1, 1)) is status, "the latest gesture holds from its day on"


def test_overlapping_or_backward_periods_are_seen() -> None:
    january = StatusPeriod(status=CustomerStatus.HOSPITAL, from_=dt.date(2026, 1, 5), to=dt.date(2026, 1, 20))
    later = StatusPeriod(status=CustomerStatus.HOME, from_=dt.date(2026, 1, 20))
    assert not check_history((january, later))
    assert not check_history(
        (StatusPeriod(status=CustomerStatus.HOME, from_=dt.date(2026, 2, 1), to=dt.date(2026, 1, 1)),)
    )
    assert check_history(
        (later, StatusPeriod(status=CustomerStatus.HOSPITAL, from_=january.from_, to=dt.date(2026, 1, 19)))
    )


def test_a_personnummer_is_found_wherever_it_stands() -> None:
    for number in ("19811218-9876", "811218-9876", "811218+9876", "198112189876", "8112189876", "701063-2391"):
        assert has_personnummer(f"Kund {number} i 1101"), number
    for text in (
        "811218-9875",
        "1101 AB",
        "811318-9876",
        "0000",
        "2026-03-02 10.30",
        "123456789012345",
        "070-123 45 67",
    ):
        assert not has_personnummer(text), text
