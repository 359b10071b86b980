"""What everybody who takes part in a case is to do (guideline 8), as its to-do list, beside what the unit adds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.coordination.cases import CoordinationRequest, Direction
from app.domain.people import Person


class Duty(StrEnum):
    """One of the duties of guideline 5, 8 and 9."""

    CONSENT = "consent"
    TAKE_PART = "take_part"
    INQUIRY = "inquiry"
    DOCUMENT = "document"
    INVOLVE = "involve"
    NEEDS = "needs"
    TELL_CHANGES = "tell_changes"
    CARE_CONTACT = "care_contact"
    SIP = "sip"
    LEAD = "lead"

    @property
    def label(self) -> str:
        """What is to be done."""
        return _DUTIES[self]


_DUTIES = {
    Duty.CONSENT: "Förvissa er om att samtycke eller annan grund finns",
    Duty.TAKE_PART: "Delta i samordningen med dem som berörs",
    Duty.INQUIRY: "Påbörja er egen utredning, oavsett lagrum",
    Duty.DOCUMENT: "Dokumentera planeringen i IT-tjänsten",
    Duty.INVOLVE: "Låt den enskilde och närstående vara delaktiga",
    Duty.NEEDS: "Fastställ vad som behövs framöver",
    Duty.TELL_CHANGES: "Berätta för de andra om situationen förändras",
    Duty.CARE_CONTACT: "Se till att fast vårdkontakt är utsedd och meddelad",
    Duty.SIP: "Bedöm om en SIP behövs",
    Duty.LEAD: "Håll ihop planeringen: ni har det övergripande ansvaret",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTask:
    """Something to do in a case: a duty, or a text of the unit's own."""

    key: str
    duty: Duty | None = None
    text: str | None = None
    responsible: Person | None = None
    due: dt.date | None = None
    done_on: dt.date | None = None
    done_by: Person | None = None
    note: str | None = None

    @property
    def words(self) -> str:
        """What is to be done."""
        return self.text or (self.duty.label if self.duty else "")


def duties_of(case: CoordinationRequest) -> tuple[Duty, ...]:
    """The duties that a case has: the initiating side leads besides."""
    leads = case.direction is Direction.OUT
    return tuple(duty for duty in Duty if duty is not Duty.LEAD or leads)
