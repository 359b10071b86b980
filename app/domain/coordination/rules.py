"""What a case must fulfil to be kept, and how it is moved: every change is an event at its place in time."""

from __future__ import annotations

from dataclasses import replace

from app.domain.coordination.cases import CoordinationRequest, Direction, Outcome
from app.domain.coordination.consents import Basis, Consent
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.fields import missing_fields, unknown_fields
from app.domain.coordination.gate import check_consent, check_gate
from app.domain.coordination.parties import PartyRole
from app.domain.coordination.states import RequestStatus
from app.domain.coordination.steps import replayed, status_of
from app.domain.errors import Refused

_NEEDS_REASON = frozenset({RequestStatus.DECLINED, RequestStatus.CANCELLED})


def check(case: CoordinationRequest) -> None:
    """Raise Refused for a case that cannot be kept: its parties, fields, basis, events, or a state they do not give."""
    check_parties(case)
    if (case.customer is None) == (case.person is None):
        raise Refused("request_person")
    if unknown := unknown_fields(case):
        raise Refused("request_field_unknown", field=unknown[0], kind=case.kind.label.lower())
    if case.consent is not None:
        check_consent(case.consent)
    if sum(one.main for one in case.care_contacts) > 1:
        raise Refused("care_contact_main")
    _check_state(case)
    _check_sent(case)
    check_gate(case)


def check_parties(case: CoordinationRequest) -> None:
    """Raise Refused unless exactly one party is the unit's own, on its side of the message, and all keys are known."""
    keys = [one.key for one in case.parties]
    if len(set(keys)) != len(keys) or sum(one.own for one in case.parties) != 1:
        raise Refused("request_own_party")
    expected = PartyRole.INITIATING if case.direction is Direction.OUT else PartyRole.RECEIVING
    if case.own.role is not expected or not case.receiving:
        raise Refused("request_own_party")
    if any(one.role is PartyRole.INITIATING and one.status is not None for one in case.parties):
        raise Refused("request_own_party")
    named = {*(case.consent.parties if case.consent else ()), *(event.party for event in case.events)} - {None}
    if strange := sorted(str(key) for key in named - set(keys)):
        raise Refused("request_party", party=strange[0])


def _check_state(case: CoordinationRequest) -> None:
    statuses = replayed(case)
    if status_of(statuses) is not case.status:
        raise Refused(
            "request_status", said=case.status.label.lower(), found=status_of(statuses).label.lower()
        )  # fmt: skip
    for one in case.receiving:
        if one.status not in (None, statuses[one.key]):
            raise Refused("request_status", said=one.status.label.lower(), found=statuses[one.key].label.lower())
    if (case.outcome is not None) != (case.status is RequestStatus.CLOSED):
        raise Refused("request_outcome")
    if case.status in _NEEDS_REASON and not (case.reason or "").strip():
        raise Refused("request_reason", status=case.status.label.lower())


def _check_sent(case: CoordinationRequest) -> None:
    sent = any(event.kind is EventKind.SENT for event in case.events)
    if sent and case.direction is Direction.OUT and (missing := missing_fields(case)):
        raise Refused("request_fields_missing", fields=", ".join(one.label.lower() for one in missing))


def with_event(
    case: CoordinationRequest, event: CaseEvent, *, reason: str | None = None, outcome: Outcome | None = None
) -> CoordinationRequest:  # fmt: skip
    """The case after one more event, put where its time belongs; what was entered stays as it was.

    `reason` is why it was declined or cancelled, `outcome` how it was closed. Raises Refused when it cannot follow,
    has no basis, or something is not filled in.
    """
    place = sum(1 for one in case.events if one.at <= event.at)
    later = (*case.events[:place], event, *case.events[place:])
    return settled(replace(case, events=later), reason=reason, outcome=outcome)


def settled(
    case: CoordinationRequest, *, reason: str | None = None, outcome: Outcome | None = None
) -> CoordinationRequest:  # fmt: skip
    """The case with its states as its events give them; `reason` and `outcome` where it has ended with them."""
    statuses = replayed(case)
    parties = tuple(
        replace(one, status=statuses[one.key]) if one.role is PartyRole.RECEIVING else one for one in case.parties
    )
    new = replace(
        case, parties=parties, status=status_of(statuses), reason=reason or case.reason, outcome=outcome or case.outcome
    )
    if new.status is not RequestStatus.CLOSED:
        new = replace(new, outcome=None)
    check(new)
    return new


def with_consent(case: CoordinationRequest, consent: Consent, event: CaseEvent) -> CoordinationRequest:
    """The case on another basis, with the event that says so."""
    wanted = EventKind.CONSENT_WITHDRAWN if consent.basis is Basis.WITHDRAWN else EventKind.CONSENT_RECORDED
    if event.kind is not wanted:
        raise ValueError("the event says something else than the basis")
    return with_event(replace(case, consent=consent), event)


def told_already(case: CoordinationRequest) -> tuple[str, ...]:
    """The names of the parties that have received something: who must hear of a withdrawal."""
    got: list[str] = []
    for event in case.events:
        if event.kind not in (EventKind.SENT, EventKind.COMPLETION_GIVEN, EventKind.COMPLEMENTED):
            continue
        got += [one.name for one in case.receiving if event.party in (None, one.key) and not one.own]
    if case.direction is Direction.IN:
        got += [one.name for one in case.parties if one.role is PartyRole.INITIATING]
    return tuple(dict.fromkeys(got))


def possible(case: CoordinationRequest, event: CaseEvent) -> str:
    """Why an event cannot follow now, as the code of its refusal; empty where it can."""
    refused = refusal(case, event)
    return refused.code if refused is not None else ""


def refusal(case: CoordinationRequest, event: CaseEvent) -> Refused | None:
    """Why an event cannot follow now, what is only asked for when it happens (a reason, an outcome) apart."""
    try:
        with_event(case, event, reason="-", outcome=Outcome.DONE)
    except Refused as refused:
        return refused
    return None
