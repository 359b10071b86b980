"""What a case holds besides its message: permanent health-care contacts, patient contract, SIP, hospital's notices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from app.domain.coordination import rules
from app.domain.coordination.cases import CareContact, CoordinationRequest, Discharge, PatientContract
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.sip import Sip, SipNeed
from app.domain.coordination.views import ContactRow
from app.domain.errors import NotAllowed, Refused
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services import coordination_records as records
from app.services import coordination_sight as own_sight
from app.services import sight
from app.services.coordination import change_case, moment
from app.services.desk import Desk, needs
from app.services.meetings import myself
from app.storage.audit import Event


@needs(Right.WRITE_REQUESTS)
def set_care_contacts(
    desk: Desk, *, key: str, contacts: tuple[CareContact, ...], expected_version: int
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Say who the permanent health-care contacts are (guideline 5); who is new or was told is an event besides.

    Raises Refused("care_contact_main" | "care_contact_name").
    """
    if any(not one.name.strip() for one in contacts):
        raise Refused("care_contact_name")

    def named(case: CoordinationRequest) -> CoordinationRequest:
        new = replace(case, care_contacts=contacts)
        for kind, text in _told(case.care_contacts, contacts):
            new = rules.with_event(new, _now(desk, kind, text))
        return new

    return change_case(desk, key, expected_version, "set_care_contacts", named)


def _told(old: tuple[CareContact, ...], new: tuple[CareContact, ...]) -> Iterator[tuple[EventKind, str]]:
    before = {one.name: one for one in old}
    for one in new:
        was = before.get(one.name)
        if was is None:
            yield EventKind.CARE_CONTACT_NAMED, one.name + (", huvudansvarig" if one.main else "")
        if one.told_units_on and (was is None or was.told_units_on is None):
            yield EventKind.CARE_CONTACT_TOLD, f"{one.name}: verksamheterna"
        if one.told_person_on and (was is None or was.told_person_on is None):
            yield EventKind.CARE_CONTACT_TOLD, f"{one.name}: den enskilde"


@needs(Right.WRITE_REQUESTS)
def set_contract(
    desk: Desk, *, key: str, contract: PatientContract, expected_version: int
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Write the patient contract's four parts; an empty one is none."""
    kept = contract if contract != PatientContract() else None
    return change_case(
        desk, key, expected_version, "set_contract", lambda case: replace(case, patient_contract=kept)
    )  # fmt: skip


@needs(Right.WRITE_REQUESTS)
def set_discharge(
    desk: Desk, *, key: str, discharge: Discharge, expected_version: int
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Write when the hospital's notices came; what is to be done by when follows from them (2017:612)."""
    kept = discharge if discharge != Discharge() else None
    return change_case(
        desk, key, expected_version, "set_discharge", lambda case: replace(case, discharge=kept)
    )  # fmt: skip


@needs(Right.WRITE_REQUESTS)
def set_sip(desk: Desk, *, key: str, sip: Sip, expected_version: int) -> Stored[CoordinationRequest]:
    """Write the SIP: considered, called, its meetings and contents, ended; each step becomes an event as well.

    To call is to hand something over: it needs a basis (guideline 4) and the right to send. Raises Refused, NotAllowed.
    """

    def written(case: CoordinationRequest) -> CoordinationRequest:
        new = replace(case, sip=sip if sip != Sip() else None)
        for kind, text in _steps(case.sip or Sip(), sip):
            if kind is EventKind.SIP_CALLED:
                if not desk.may(Right.SEND_REQUESTS):
                    raise NotAllowed("request_send", role=desk.actor.role.label)
                others = [one.key for one in case.parties if not one.own]
                for party in others:
                    new = rules.with_event(new, _now(desk, kind, text, party=party))
            else:
                new = rules.with_event(new, _now(desk, kind, text))
        return new

    return change_case(desk, key, expected_version, "set_sip", written)


def _steps(old: Sip, new: Sip) -> Iterator[tuple[EventKind, str | None]]:
    if new.considered and new.considered.outcome and new.considered != old.considered:
        text = new.considered.outcome.label
        if new.considered.outcome is not SipNeed.NEEDED and new.considered.reason:
            text = f"{text}: {new.considered.reason}"
        yield EventKind.SIP_CONSIDERED, text
    if new.called_on and old.called_on is None:
        yield EventKind.SIP_CALLED, None
    if len(new.meetings) > len(old.meetings):
        yield EventKind.SIP_HELD, None
    if new.ended_on and old.ended_on is None:
        yield EventKind.SIP_ENDED, new.ended_reason


@needs(Right.READ_REQUESTS)
def list_care_contacts(desk: Desk, *, name: str = "") -> tuple[ContactRow, ...]:
    """Of whom each permanent health-care contact is one, by the contact's name; `name` narrows to those it is part of.

    Each customer named is logged as read.
    """
    words = name.strip().casefold()
    with desk.writing() as work:
        labels, units = sight.labels_of_everybody(work), own_sight.unit_names(work)
        rows = []
        for case, _ in records.load(work.session).values():
            if not desk.actor.sees(case.unit):
                continue
            label = labels.get(case.customer or "", "") or (case.person.name if case.person else "")
            rows += [
                ContactRow(
                    request=case.key, label=label, customer=case.customer, unit_name=units.get(case.unit, case.unit),
                    ended=case.status.ended, contact=one,
                )
                for one in case.care_contacts
                if words in one.name.casefold()
            ]  # fmt: skip
        for customer in sorted({row.customer for row in rows if row.customer}):
            work.record(Event(action="read", object="requests", customer=customer))
        work.commit()
    return tuple(sorted(rows, key=lambda row: (row.contact.name.casefold(), row.label)))


def _now(desk: Desk, kind: EventKind, text: str | None, *, party: str | None = None) -> CaseEvent:
    at: dt.datetime = moment(desk)
    return CaseEvent(at=at, kind=kind, person=myself(desk), text=text, party=party)
