"""How cases of coordination look in the exchange file, where that is not as their values are: texts by field key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.coordination import cases, consents, events, parties, sip
from app.domain.coordination.rules import check
from app.domain.document import Problem
from app.domain.errors import Refused
from app.domain.wording import wording

CLASSES = (
    parties.Party, consents.Consent, events.CaseEvent, sip.SipConsidered, sip.SipParticipant, sip.SipMeasure,
    sip.SipOther, sip.Sip, cases.CareContact, cases.PatientContract, cases.Discharge, cases.FieldText,
    cases.CoordinationRequest,
)  # fmt: skip


def prepare(case: Any) -> None:
    """Write the texts by their keys out as the value has them, in the guideline's order where the kind is known."""
    if isinstance(case, dict) and isinstance(fields := case.get("fields"), dict):
        case["fields"] = [{"key": key, "text": text} for key, text in fields.items() if text]


def faults(requests: Iterable[cases.CoordinationRequest]) -> Iterator[Problem]:
    """What the guideline rules out: fields of another kind, events out of order, nothing sent without a basis."""
    for n, case in enumerate(requests):
        place = f"requests[{n}]"
        moments = [event.at for event in case.events] + [event.recorded_at for event in case.events]
        if case.discharge is not None:
            moments += [case.discharge.admitted_at, case.discharge.ready_at, case.discharge.discharged_at]
        if any(moment and (moment.second or moment.microsecond or moment.tzinfo) for moment in moments):
            yield Problem(line=0, column=f"{place}.events", reason="Tider skrivs TT:MM utan sekunder och zon.")
        try:
            check(case)
        except Refused as refused:
            yield Problem(line=0, column=place, reason=wording(refused))


def keys_of(requests: Iterable[cases.CoordinationRequest]) -> Iterator[tuple[str, str, str]]:
    """The keys that a case gives its parties, which belong to it alone."""
    for n, case in enumerate(requests):
        for p, party in enumerate(case.parties):
            yield f"parties of requests[{n}]", f"requests[{n}].parties[{p}].key", party.key
