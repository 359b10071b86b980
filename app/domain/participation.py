"""Whose it is to ask a customer before a meeting, and to tell her afterwards what was decided (routine 2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum, auto

from app.domain.customers import Contacts
from app.domain.people import Person

REPORTED = "Återrapporterat till kunden"
"""So a report-back begins that is written as an addition, once the minutes are approved."""
ASKED_AHEAD = dt.timedelta(days=14)
"""So long before a meeting a customer is to be asked."""
TOLD_WITHIN = dt.timedelta(days=42)
"""So long after a meeting it is reminded of that nobody has reported back."""


class Wait(StrEnum):
    """What waits for somebody."""

    ASK = auto()
    REPORT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationWait:
    """That a customer is to be asked before a meeting, or told after it: whose point, and when."""

    wait: Wait
    meeting: str
    item: str
    customer: str
    label: str
    heading: str
    date: dt.date
    start: dt.time
    approved: bool


def who_asks(contacts: Contacts | None) -> str | None:
    """The first of her fast omsorgskontakt, nurse, physiotherapist and occupational therapist (routine 2)."""
    if contacts is None:
        return None
    order = (
        contacts.permanent_care_contact, contacts.responsible_nurse, contacts.physiotherapist,
        contacts.occupational_therapist,
    )  # fmt: skip
    return next((one for one in order if one), None)


def who_tells(asked_by: Person | None, contacts: Contacts | None) -> Person | None:
    """Who asked her tells her too; where nobody did, whoever would have."""
    return asked_by or who_asks(contacts)


def addition_text(said: str) -> str:
    """The addition to approved minutes that says that she was told, and what."""
    return f"{REPORTED}: {said.strip()}" if said.strip() else f"{REPORTED}."
