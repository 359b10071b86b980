"""One realistic call of each service of coordination, and the cases of the furnished unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import select

from app import models as m
from app.domain.coordination import rules
from app.domain.coordination.book import BookEntry
from app.domain.coordination.cases import (
    CareContact,
    CoordinationRequest,
    Direction,
    Discharge,
    PatientContract,
    RequestKind,
)
from app.domain.coordination.consents import Basis, Consent
from app.domain.coordination.duties import CaseTask, Duty
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.fields import fields_of, in_order
from app.domain.coordination.parties import Channel, Party, PartyKind, PartyRole
from app.domain.coordination.sip import Sip, SipConsidered, SipNeed
from app.domain.coordination.states import RequestStatus
from app.domain.coordination.waiting import Limits
from app.services import (
    coordination,
    coordination_book,
    coordination_lists,
    coordination_parts,
    coordination_records,
    coordination_tasks,
    coordination_view,
)
from app.services.desk import Desk
from app.services.records import Directory
from tests.support import TODAY, past_the_desk

SECRET = "kanarie"
ENTRY = BookEntry(key="", name="Rehab Torget", kind=PartyKind.REGIONAL_PRIMARY_CARE, channel=Channel.IT_SERVICE)
START = dt.datetime.combine(TODAY - dt.timedelta(days=3), dt.time(9))
OWN = Party(
    key="p1", name="Solgården", own=True, role=PartyRole.INITIATING, kind=PartyKind.MUNICIPAL_PRIMARY_CARE
)  # fmt: skip
CLINIC = Party(
    key="p2", name="Vårdcentralen", role=PartyRole.RECEIVING, kind=PartyKind.REGIONAL_PRIMARY_CARE,
    channel=Channel.IT_SERVICE,
)  # fmt: skip
ANOTHER = Party(key="p3", name="Rehab", role=PartyRole.RECEIVING, kind=PartyKind.REGIONAL_PRIMARY_CARE)
CONSENT = Consent(
    basis=Basis.CANNOT, date=START.date(), assessor="bo-ek", reasons=f"{SECRET} förstår inte", given_by="Dottern"
)  # fmt: skip
TEXTS = {one.key: f"{SECRET} {one.label}" for one in fields_of(RequestKind.REQUEST)}


def draft(key: str, *, customer: str = "kund-1") -> CoordinationRequest:
    """A request to the clinic that is filled in and not sent, on a basis."""
    begun = rules.settled(
        CoordinationRequest(
            key=key, unit="solgarden", customer=customer, kind=RequestKind.REQUEST, direction=Direction.OUT,
            status=RequestStatus.DRAFT, parties=(OWN, CLINIC), fields=in_order(RequestKind.REQUEST, TEXTS),
            internal_plan=f"{SECRET} plan",
        )
    )  # fmt: skip
    created = rules.with_event(begun, CaseEvent(at=START, kind=EventKind.CREATED))
    recorded = CaseEvent(at=START, kind=EventKind.CONSENT_RECORDED, text=f"{SECRET} grund")
    return rules.with_consent(created, CONSENT, recorded)


def sent(key: str) -> CoordinationRequest:
    """The same, sent the day after."""
    return rules.with_event(draft(key), CaseEvent(at=START + dt.timedelta(days=1), kind=EventKind.SENT, text=SECRET))


def furnish(desk: Desk) -> None:
    """A draft, one that is sent, and one about a customer whom only some may see."""
    with past_the_desk(desk, writing=True) as work:
        cases = [draft("arende"), sent("skickat"), draft("annans", customer="kund-2")]
        coordination_records.insert(work.session, Directory(work.session), cases)
        work.commit()


def _version(desk: Desk, key: str) -> int:
    with past_the_desk(desk) as work:
        query = select(m.CoordinationRequest.version).where(m.CoordinationRequest.key == key)
        return work.session.scalar(query) or 1


def _begin(desk: Desk) -> object:
    return coordination.begin_request(
        desk, unit="solgarden", kind=RequestKind.TRANSFER, direction=Direction.OUT, parties=(OWN, CLINIC),
        customer="kund-1",
    )  # fmt: skip


def _fill(desk: Desk) -> object:
    fields = in_order(RequestKind.REQUEST, {**TEXTS, "wish": f"{SECRET} hem"})
    return coordination.fill_request(
        desk, key="arende", fields=fields, not_relevant=(), expected_version=_version(desk, "arende")
    )


def _note(desk: Desk) -> object:
    event = CaseEvent(at=START + dt.timedelta(days=2), kind=EventKind.ACKNOWLEDGED, party="p2")
    return coordination.note_event(desk, key="skickat", event=event, expected_version=_version(desk, "skickat"))


def _party(desk: Desk) -> object:
    return coordination.add_party(desk, key="skickat", party=ANOTHER, expected_version=_version(desk, "skickat"))


def _consent(desk: Desk) -> object:
    consent = Consent(basis=Basis.CONSENT, date=TODAY, given_by=f"{SECRET} själv")
    return coordination.record_consent(desk, key="skickat", consent=consent, expected_version=_version(desk, "skickat"))


COORDINATION_CALLS: dict[str, Callable[[Desk], object]] = {
    "list_requests": coordination_lists.list_requests,
    "count_requests": coordination_lists.count_requests,
    "get_limits": lambda d: coordination_lists.get_limits(d, unit="solgarden"),
    "set_limits": lambda d: coordination_lists.set_limits(d, unit="solgarden", limits=Limits(answer_days=5)),
    "get_request": lambda d: coordination.get_request(d, key="arende"),
    "begin_request": _begin,
    "fill_request": _fill,
    "set_parties": lambda d: coordination.set_parties(
        d, key="arende", parties=(OWN, CLINIC, ANOTHER), expected_version=_version(d, "arende")
    ),
    "note_event": _note,
    "add_party": _party,
    "record_consent": _consent,
    "open_request": lambda d: coordination_view.open_request(d, key="arende"),
    "list_parties": coordination_book.list_parties,
    "keep_party": lambda d: coordination_book.keep_party(d, entry=ENTRY),
    "remove_party": lambda d: coordination_book.remove_party(
        d, key=coordination_book.keep_party(d, entry=ENTRY).value.key, expected_version=1
    ),
    "set_care_contacts": lambda d: coordination_parts.set_care_contacts(
        d,
        key="skickat",
        contacts=(CareContact(name="Maj Ek", main=True, told_person_on=TODAY),),
        expected_version=_version(d, "skickat"),
    ),
    "list_care_contacts": coordination_parts.list_care_contacts,
    "set_contract": lambda d: coordination_parts.set_contract(
        d,
        key="skickat",
        contract=PatientContract(agreement=f"{SECRET} gå igen"),
        expected_version=_version(d, "skickat"),
    ),
    "set_discharge": lambda d: coordination_parts.set_discharge(
        d, key="skickat", discharge=Discharge(ready_at=START), expected_version=_version(d, "skickat")
    ),
    "set_sip": lambda d: coordination_parts.set_sip(
        d,
        key="skickat",
        sip=Sip(considered=SipConsidered(on=TODAY, outcome=SipNeed.NEEDED)),
        expected_version=_version(d, "skickat"),
    ),
    "keep_task": lambda d: coordination_tasks.keep_task(
        d, request="arende", task=CaseTask(key="", duty=Duty.INQUIRY, responsible="bo-ek")
    ),
    "own_tasks": coordination_tasks.own_tasks,
    "plan_internally": lambda d: coordination.plan_internally(
        d, key="arende", plan=f"{SECRET} ny plan", expected_version=_version(d, "arende")
    ),
}
"""What a person does with each function."""
