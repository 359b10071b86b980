"""Consent as the gate of a case: what may leave the unit, to whom, and when (guideline 4, OSL 25:13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.domain.coordination.cases import CoordinationRequest
from app.domain.coordination.consents import Basis, Consent
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.parties import PartyRole
from app.domain.coordination.states import RequestStatus
from app.domain.coordination.steps import BESIDE, BESIDE_HANDS_OVER, apply, first_statuses, is_ours, touches
from app.domain.errors import Refused

_BY_EVENT = (EventKind.CONSENT_RECORDED, EventKind.CONSENT_WITHDRAWN)


def check_consent(consent: Consent) -> None:
    """Raise Refused for a basis that lacks what makes it one: who judged and why, or which law."""
    if consent.basis is Basis.CANNOT and not (consent.assessor and (consent.reasons or "").strip()):
        raise Refused("consent_assessment")
    if consent.basis is Basis.OTHER and not (consent.legal_basis or "").strip():
        raise Refused("consent_legal_basis")
    if consent.date and consent.until and consent.until < consent.date:
        raise Refused("consent_until")


def stands_on(consent: Consent | None, day: dt.date) -> bool:
    """Whether a basis lets information be handed over on a day."""
    if consent is None or consent.basis is Basis.REFUSED:
        return False
    if consent.date is not None and day < consent.date:
        return False
    if consent.until is not None and day > consent.until:
        return False
    if consent.basis is Basis.WITHDRAWN:
        return consent.withdrawn_on is not None and day < consent.withdrawn_on
    return True


def parties_told(case: CoordinationRequest, statuses: Mapping[str, RequestStatus], event: CaseEvent) -> tuple[str, ...]:
    """The parties to which the unit itself hands something over by an event; none where nothing leaves."""
    if event.kind in BESIDE_HANDS_OVER:
        party = case.party(event.party) if event.party else None
        return (party.key,) if party is not None and not party.own else ()
    initiating = [one.key for one in case.parties if one.role is PartyRole.INITIATING]
    told: list[str] = []
    for key, step in touches(case, statuses, event).items() if event.kind not in BESIDE else ():
        party = case.party(key)
        if party is not None and step.hands_over and is_ours(case, step, party=party):
            told += initiating if party.own else [key]
    return tuple(dict.fromkeys(told))


def check_gate(case: CoordinationRequest) -> None:
    """Raise Refused for a case from which something left without a basis, or to a party the consent does not name.

    An event is judged by the basis that was in force: the present one after the last time that a basis was recorded
    or withdrawn, an earlier one before that.
    """
    last = max((n for n, event in enumerate(case.events) if event.kind in _BY_EVENT), default=-1)
    statuses, earlier = first_statuses(case), False
    for number, event in enumerate(case.events):
        told = parties_told(case, statuses, event)
        if told:
            if number > last or not any(one.kind in _BY_EVENT for one in case.events[:number]):
                _judge(case.consent, event, told)
            elif not earlier:
                raise Refused("request_without_basis", step=event.kind.label.lower())
        if event.kind in _BY_EVENT:
            earlier = event.kind is EventKind.CONSENT_RECORDED
        apply(case, statuses, event)


def _judge(consent: Consent | None, event: CaseEvent, told: tuple[str, ...]) -> None:
    if not stands_on(consent, event.at.date()):
        raise Refused("request_without_basis", step=event.kind.label.lower())
    if consent is not None and consent.parties and not set(told) <= set(consent.parties):
        raise Refused("request_outside_consent", step=event.kind.label.lower())
