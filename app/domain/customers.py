"""Customers: apartment and reference (never a personnummer), contacts, protection, and where they have been living."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise


class CustomerStatus(StrEnum):
    """Where the customer is; a stay in hospital or a move is a trigger for a pulsmöte (routine 3.1-3.3)."""

    HOME = "home"
    HOSPITAL = "hospital"
    MOVING_IN = "moving_in"
    MOVING_OUT = "moving_out"
    LEFT = "left"

    @property
    def label(self) -> str:
        """The Swedish word shown for the status."""
        return _LABELS[self]


_LABELS = {
    CustomerStatus.HOME: "Bor här",
    CustomerStatus.HOSPITAL: "På sjukhus",
    CustomerStatus.MOVING_IN: "Flyttar in",
    CustomerStatus.MOVING_OUT: "Flyttar ut",
    CustomerStatus.LEFT: "Avslutad",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPeriod:
    """One status from a day to a day (inclusive); open while `to` is None."""

    status: CustomerStatus
    from_: date
    to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """The customer's named staff, as member keys (routine 2: they ask for wishes before and report back after)."""

    permanent_care_contact: str | None = None
    responsible_nurse: str | None = None
    physiotherapist: str | None = None
    occupational_therapist: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """The person cared for. With `protected` only `code` is ever shown or printed."""

    key: str
    reference: str
    unit: str
    ward: str | None = None
    apartment: str | None = None
    protected: bool = False
    code: str | None = None
    contacts: Contacts | None = None
    status_history: tuple[StatusPeriod, ...] = ()

    @property
    def label(self) -> str:
        """What is shown and printed for the customer: the code when protected, else apartment and reference."""
        if self.protected:
            return self.code or "Skyddad identitet"
        return f"{self.apartment} {self.reference}" if self.apartment else self.reference

    def status_on(self, day: date) -> CustomerStatus:
        """The status on `day`; living here when nothing else is recorded."""
        current = CustomerStatus.HOME
        for period in sorted(self.status_history, key=lambda p: p.from_):
            if period.from_ <= day and (period.to is None or day <= period.to):
                current = period.status
        return current


def with_status(history: tuple[StatusPeriod, ...], *, status: CustomerStatus, on: date) -> tuple[StatusPeriod, ...]:
    """The history with `status` from `on`: what runs closes the day before, what begins then or later is replaced."""
    earlier = []
    for period in sorted(history, key=lambda one: one.from_):
        if period.from_ >= on:
            continue
        ends_later = period.to is None or period.to >= on
        earlier.append(replace(period, to=on - timedelta(days=1)) if ends_later else period)
    return (*earlier, StatusPeriod(status=status, from_=on))


def check_history(history: tuple[StatusPeriod, ...]) -> bool:
    """Whether no period ends before it begins and none overlaps the next."""
    ordered = sorted(history, key=lambda one: one.from_)
    if any(one.to is not None and one.to < one.from_ for one in ordered):
        return False
    return all(one.to is not None and one.to < after.from_ for one, after in pairwise(ordered))
