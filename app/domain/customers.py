"""Customers: apartment and reference (never a personnummer), contacts, protection, and where they have been living."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import count, pairwise


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


_CARRIED = "(?:Uppföljning: )*"
_PREFIX = re.compile(f"^({_CARRIED})")


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

    @property
    def shown(self) -> Customer:
        """The customer as she is shown: of a protected one neither reference nor apartment can be read."""
        return replace(self, reference=self.label, apartment=None) if self.protected else self

    def status_on(self, day: date) -> CustomerStatus:
        """The status on `day`; living here when nothing else is recorded."""
        current = CustomerStatus.HOME
        for period in sorted(self.status_history, key=lambda p: p.from_):
            if period.from_ <= day and (period.to is None or day <= period.to):
                current = period.status
        return current


def restored(new: Customer, *, old: Customer) -> Customer:
    """`new`, changed by somebody who saw only `old.shown`, with what was hidden from her put back."""
    if old.protected and new.reference == old.label and new.apartment is None:
        return replace(new, reference=old.reference, apartment=old.apartment)
    return new


def hidden_in(heading: str, customer: Customer, *, hers: bool) -> str:
    """A point's heading with a protected customer's label of before written as her code.

    The heading of a point that is `hers` (made about her, or carried on from one) is her code, whatever it was made
    of: a reference that was corrected since, or that of another row that was made one with hers, is known to nobody
    any more. Only what is written after the code, `Skyddad 3: fall`, stands. In other points' headings the label of
    now, and the reference with whatever apartment, are found; other words about her are not searched for.
    """
    if not customer.protected:
        return heading
    if hers:
        _, prefix, rest = _PREFIX.split(heading, maxsplit=1)
        if not _begins(rest, customer.label):
            return f"{prefix}{customer.label}"
    reference = re.escape(customer.reference)
    whole = re.fullmatch(rf"(?P<before>{_CARRIED})(?:\S+ )?{reference}", heading)
    if whole is not None:
        return f"{whole['before']}{customer.label}"
    if not customer.apartment:
        return heading
    return re.sub(rf"(?<!\w){re.escape(customer.apartment)} {reference}(?!\w)", lambda _: customer.label, heading)


def headed(heading: str, customer: Customer) -> str:
    """What somebody wrote as the heading of a point about a protected customer, after her code."""
    known = hidden_in(heading, customer, hers=False)
    return known if _begins(known, customer.label) else f"{customer.label}: {known}"


def _begins(heading: str, label: str) -> bool:
    return re.match(rf"{re.escape(label)}(?!\w)", heading) is not None


def free_code(taken: Iterable[str | None]) -> str:
    """`Skyddad 3`: the first number that nobody of `taken` has."""
    held = {code.strip().casefold() for code in taken if code}
    return next(code for number in count(1) if (code := f"Skyddad {number}").casefold() not in held)


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
