"""Coordination between care providers (guideline 3-9): a request or transfer with parties, consent, events, contacts.

Names and states are those of the exchange format. What leads from one state to another stands in `coordination_steps`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.coordination.consents import Consent
from app.domain.coordination.events import CaseEvent
from app.domain.coordination.parties import Party, PartyRole
from app.domain.coordination.sip import Sip
from app.domain.coordination.states import RequestStatus
from app.domain.people import Outsider, Person


class RequestKind(StrEnum):
    """What the message is: a request for coordination, a transfer of information, or a discharge (outside them)."""

    REQUEST = "request"
    TRANSFER = "transfer"
    DISCHARGE = "discharge"

    @property
    def label(self) -> str:
        """The Swedish name."""
        return _KINDS[self]


_KINDS = {
    RequestKind.REQUEST: "Begäran om samordning",
    RequestKind.TRANSFER: "Informationsöverföring",
    RequestKind.DISCHARGE: "Utskrivning från sjukhus",
}


class Direction(StrEnum):
    """Whether the unit sent it or got it."""

    OUT = "out"
    IN = "in"

    @property
    def label(self) -> str:
        """The Swedish word."""
        return "Skickad" if self is Direction.OUT else "Mottagen"


class Outcome(StrEnum):
    """How a request ended (guideline 9)."""

    GOALS_MET = "goals_met"
    DONE = "done"
    SIP = "sip"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return {
            "goals_met": "Målen är uppfyllda", "done": "Genomfört, och behovet kvarstår inte",
            "sip": "Gick över i en SIP",
        }[self.value]  # fmt: skip


class ContactCause(StrEnum):
    """Why a permanent health-care contact is named (guideline 5)."""

    NEED = "need"
    WISH = "wish"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return "Behövs för trygghet, kontinuitet, samordning eller säkerhet" if self is ContactCause.NEED else "Önskas"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareContact:
    """A permanent health-care contact (fast vårdkontakt); `main` is the one responsible above the others."""

    name: str
    organisation: str | None = None
    phone: str | None = None
    main: bool = False
    cause: ContactCause | None = None
    told_units_on: dt.date | None = None
    told_person_on: dt.date | None = None
    told_by: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientContract:
    """The patient contract's four parts: agreement in the person's words, contact, agreed times, coherent plan."""

    agreement: str | None = None
    contact: str | None = None
    times: str | None = None
    plan: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    """The hospital's notices of a discharge, Swedish wall-clock time (2017:612)."""

    admitted_at: dt.datetime | None = None
    ready_at: dt.datetime | None = None
    discharged_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """What one field of a message says, by its key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationRequest:
    """A case as the unit keeps it: what was sent or got, on what basis, who answers, what came of it.

    `customer` is a key, or `person` a name where she is no customer of the unit. `fields` are the message's texts in
    the guideline's order; `not_relevant` those that are said not to matter.
    """

    key: str
    unit: str
    customer: str | None = None
    person: Outsider | None = None
    kind: RequestKind
    direction: Direction
    status: RequestStatus
    outcome: Outcome | None = None
    reason: str | None = None
    fields: tuple[FieldText, ...] = ()
    not_relevant: tuple[str, ...] = ()
    consent: Consent | None = None
    events: tuple[CaseEvent, ...] = ()
    parties: tuple[Party, ...]
    care_contacts: tuple[CareContact, ...] = ()
    sip: Sip | None = None
    patient_contract: PatientContract | None = None
    discharge: Discharge | None = None
    internal_plan: str | None = None
    item: str | None = None

    @property
    def own(self) -> Party:
        """The unit's own party."""
        return next(one for one in self.parties if one.own)

    @property
    def receiving(self) -> tuple[Party, ...]:
        """The parties that receive the message."""
        return tuple(one for one in self.parties if one.role is PartyRole.RECEIVING)

    def party(self, key: str) -> Party | None:
        """The party with that key."""
        return next((one for one in self.parties if one.key == key), None)
