"""What happens in a case, one event each; none is ever changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.coordination.parties import Channel
from app.domain.people import Person


class EventKind(StrEnum):
    """What happened in a case. No event is ever changed."""

    CREATED = "created"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    COMPLETION_ASKED = "completion_asked"
    COMPLETION_GIVEN = "completion_given"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MISDIRECTED = "misdirected"
    FORWARDED = "forwarded"
    PARTY_ADDED = "party_added"
    COMPLEMENTED = "complemented"
    COORDINATION_STARTED = "coordination_started"
    CONSENT_RECORDED = "consent_recorded"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CARE_CONTACT_NAMED = "care_contact_named"
    CARE_CONTACT_TOLD = "care_contact_told"
    SIP_CONSIDERED = "sip_considered"
    SIP_CALLED = "sip_called"
    SIP_HELD = "sip_held"
    SIP_ENDED = "sip_ended"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _EVENTS[self]


_EVENTS = {
    EventKind.CREATED: "Skapad",
    EventKind.SENT: "Skickad",
    EventKind.ACKNOWLEDGED: "Mottagen information bekräftad",
    EventKind.COMPLETION_ASKED: "Komplettering begärd",
    EventKind.COMPLETION_GIVEN: "Komplettering lämnad",
    EventKind.ACCEPTED: "Accepterad",
    EventKind.DECLINED: "Avböjd",
    EventKind.MISDIRECTED: "Felsänd",
    EventKind.FORWARDED: "Vidarebefordrad inom verksamheten",
    EventKind.PARTY_ADDED: "Part tillagd",
    EventKind.COMPLEMENTED: "Kompletterad på eget initiativ",
    EventKind.COORDINATION_STARTED: "Samordning påbörjad",
    EventKind.CONSENT_RECORDED: "Samtycke eller annan grund antecknad",
    EventKind.CONSENT_WITHDRAWN: "Samtycke återkallat",
    EventKind.CARE_CONTACT_NAMED: "Fast vårdkontakt utsedd",
    EventKind.CARE_CONTACT_TOLD: "Fast vårdkontakt meddelad",
    EventKind.SIP_CONSIDERED: "Behov av SIP bedömt",
    EventKind.SIP_CALLED: "Kallad till SIP",
    EventKind.SIP_HELD: "SIP-möte hållet",
    EventKind.SIP_ENDED: "SIP avslutad",
    EventKind.CLOSED: "Avslutad",
    EventKind.CANCELLED: "Makulerad",
    EventKind.NOTE: "Anteckning",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One thing that happened: when (Swedish wall-clock time), with which party, by whom, how, and what was said.

    `recorded_at` is when it was entered, where that was later (from paper when systems were down).
    """

    at: dt.datetime
    recorded_at: dt.datetime | None = None
    kind: EventKind
    party: str | None = None
    person: Person | None = None
    channel: Channel | None = None
    text: str | None = None
    fields: tuple[str, ...] = ()
