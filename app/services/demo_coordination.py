"""The demo's cases of coordination: each setting's first customers, at every station from draft to SIP, out and in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.domain.catalogue import Setting
from app.domain.coordination.cases import (
    CareContact,
    ContactCause,
    CoordinationRequest,
    Direction,
    Outcome,
    PatientContract,
    RequestKind,
)
from app.domain.coordination.consents import Basis, Consent, ConsentForm
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.fields import in_order
from app.domain.coordination.parties import Channel, Party, PartyKind, PartyRole, Sector
from app.domain.coordination.rules import settled, with_consent, with_event
from app.domain.coordination.sip import Sip, SipConsidered, SipMeasure, SipNeed, SipOccasion, SipOther, SipParticipant
from app.domain.coordination.states import RequestStatus
from app.domain.customers import Customer
from app.domain.units import Unit

_OTHERS = (
    ("Vårdcentralen Ekhagen", PartyKind.REGIONAL_PRIMARY_CARE, Sector.PUBLIC, Channel.IT_SERVICE),
    ("Närhälsan Björkbacken rehab", PartyKind.REGIONAL_PRIMARY_CARE, Sector.PUBLIC, Channel.IT_SERVICE),
    ("Minnesmottagningen", PartyKind.SPECIALIST_CLINIC, Sector.PUBLIC, Channel.IT_SERVICE),
    ("Capio Torget vårdcentral", PartyKind.REGIONAL_PRIMARY_CARE, Sector.PRIVATE, Channel.IT_SERVICE),
    ("Försäkringskassan, lokalkontoret", PartyKind.FORSAKRINGSKASSAN, Sector.PUBLIC, Channel.LETTER),
)
_TEXTS = {
    "contact_details": "Enheten nås dygnet runt på 010-174 06 00. Sjuksköterska vardagar 8–16.",
    "reason": "Allt sämre ork sedan några veckor och svårt att ta sig upp ur stolen.",
    "wish": "Vill kunna gå till matsalen själv igen.",
    "measures_taken": "Riskbedömning gjord på teammötet. Rollatorn är provad ut på nytt.",
    "medication": "Dosdispenserat. Personalen ger läkemedel på delegering.",
    "aids": "Rollator, duschstol, larm.",
    "self_care": "Sköter munvården själv med påminnelse.",
    "housing": "Särskilt boende sedan i våras.",
    "ongoing_support": "Stöd dygnet runt. Promenad två gånger i veckan.",
    "normal_function": "Gick själv med rollator inomhus.",
    "current_function": "Behöver stöd av en person vid förflyttning.",
    "other": "Dottern är med vid besök om hon får veta det i tid.",
}
E = EventKind
_PATHS: tuple[tuple[RequestKind, Direction, tuple[EventKind, ...], int], ...] = (
    (RequestKind.REQUEST, Direction.OUT, (E.SENT, E.ACKNOWLEDGED, E.ACCEPTED, E.COORDINATION_STARTED), 34),
    (RequestKind.REQUEST, Direction.OUT, (E.SENT,), 9),
    (RequestKind.TRANSFER, Direction.IN, (), 1),
    (RequestKind.REQUEST, Direction.IN, (E.ACKNOWLEDGED, E.COMPLETION_ASKED), 6),
    (RequestKind.TRANSFER, Direction.OUT, (E.SENT, E.ACKNOWLEDGED, E.CLOSED), 60),
    (RequestKind.REQUEST, Direction.OUT, (E.SENT, E.ACKNOWLEDGED, E.ACCEPTED, E.COORDINATION_STARTED, E.CLOSED), 120),
    (RequestKind.REQUEST, Direction.OUT, (E.SENT, E.MISDIRECTED), 90),
    (RequestKind.REQUEST, Direction.OUT, (), 2),
    (RequestKind.REQUEST, Direction.IN, (E.ACKNOWLEDGED, E.ACCEPTED, E.COORDINATION_STARTED, E.CLOSED), 150),
    (RequestKind.REQUEST, Direction.OUT, (E.SENT, E.ACKNOWLEDGED, E.DECLINED), 45),
)
"""Kind, direction, what happened, and how many days ago it began."""
_GIVEN = (Basis.CONSENT, Basis.CONSENT, Basis.CONSENT, Basis.CANNOT, Basis.CONSENT)
_REASON = {E.DECLINED: "Hör till rehabteamets uppdrag.", E.MISDIRECTED: "Listad på en annan vårdcentral."}


def requests_of(
    units: Sequence[Unit], customers: Sequence[Customer], nurses: Callable[[str], str | None], *, today: dt.date
) -> tuple[CoordinationRequest, ...]:
    """Cases of every unit with customers; `nurses` gives a unit's nurse, who does what is done."""
    found: list[CoordinationRequest] = []
    for number, unit in enumerate(one for one in units if one.setting is not Setting.LEDNING):
        there = [one for one in customers if one.unit == unit.key]
        count = len(_PATHS) if number == 0 else 4
        for place in range(min(count, len(there))):
            path = _PATHS[(place + 3 * number) % len(_PATHS)]
            writer = _Writer(unit, there[place], nurses(unit.key), len(found), today)
            found.append(writer.case(*path))
    return tuple(found)


class _Writer:
    """Writes one case the way it went, a few hours or days between its events."""

    def __init__(self, unit: Unit, customer: Customer, nurse: str | None, number: int, today: dt.date) -> None:
        self._unit, self._customer, self._nurse, self._number, self._today = unit, customer, nurse, number, today
        self._at = dt.datetime.combine(today, dt.time())

    def case(
        self, kind: RequestKind, direction: Direction, steps: Sequence[EventKind], days: int
    ) -> CoordinationRequest:  # fmt: skip
        self._at = dt.datetime.combine(self._today - dt.timedelta(days=days), dt.time(9, 5 + self._number % 40))
        case = settled(self._begun(kind, direction))
        case = with_event(case, self._event(E.CREATED))
        refused = not steps and direction is Direction.OUT and self._number % 2 == 1
        case = with_consent(case, self._consent(refused=refused), self._event(E.CONSENT_RECORDED))
        if refused:
            plan = "Provar ny stol och promenad varje dag. Frågar igen om samtycke på nästa teammöte."
            return replace(case, internal_plan=plan)
        for step in steps:
            if step is E.CLOSED and kind is RequestKind.REQUEST:
                case = self._with_contact(case)
            fields = ("aids", "current_function") if step is E.COMPLETION_ASKED else ()
            text = "Hur går förflyttning i dag?" if fields else None
            outcome = Outcome.SIP if self._number % 4 == 1 else Outcome.GOALS_MET
            case = with_event(
                case, self._event(step, fields=fields, text=text), reason=_REASON.get(step), outcome=outcome
            )
        return self._with_sip(case) if case.outcome is Outcome.SIP or self._number == 0 else case

    def _begun(self, kind: RequestKind, direction: Direction) -> CoordinationRequest:
        name, other, sector, channel = _OTHERS[self._number % len(_OTHERS)]
        out = direction is Direction.OUT
        health = self._unit.setting in (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE)
        own = Party(
            key="p1", name=self._unit.name, own=True, sector=Sector.PUBLIC,
            role=PartyRole.INITIATING if out else PartyRole.RECEIVING,
            kind=PartyKind.MUNICIPAL_PRIMARY_CARE if health else PartyKind.SOCIAL_SERVICES,
        )  # fmt: skip
        theirs = Party(
            key="p2", name=name, kind=other, sector=sector, channel=channel,
            role=PartyRole.RECEIVING if out else PartyRole.INITIATING, contact="031-174 06 50",
        )  # fmt: skip
        texts = dict(_TEXTS)
        if not out:
            texts = {key: texts[key] for key in ("contact_details", "reason", "wish", "medication")}
        if kind is RequestKind.TRANSFER:
            texts.pop("current_function", None)
        return CoordinationRequest(
            key=f"samordning-{self._number + 1:03d}", unit=self._unit.key, customer=self._customer.key, kind=kind,
            direction=direction, status=RequestStatus.DRAFT, fields=in_order(kind, texts), parties=(own, theirs),
        )  # fmt: skip

    def _consent(self, *, refused: bool) -> Consent:
        basis = Basis.REFUSED if refused else _GIVEN[self._number % len(_GIVEN)]
        cannot = basis is Basis.CANNOT
        return Consent(
            basis=basis, given_by=None if cannot else "Den enskilde", form=None if cannot else ConsentForm.ORAL,
            scope="Det som behövs för samordningen", date=self._at.date(), assessor=self._nurse if cannot else None,
            reasons="Förstår inte vad frågan gäller; dottern är tillfrågad." if cannot else None,
        )  # fmt: skip

    def _event(self, kind: EventKind, *, fields: tuple[str, ...] = (), text: str | None = None) -> CaseEvent:
        last = dt.datetime.combine(self._today, dt.time(7, 30))
        self._at = min(self._at + dt.timedelta(hours=5 + self._number % 3 * 19), max(last, self._at))
        return CaseEvent(
            at=self._at, kind=kind, person=self._nurse, fields=fields, text=text,
            channel=Channel.IT_SERVICE if kind in (E.SENT, E.ACKNOWLEDGED, E.ACCEPTED) else None,
        )  # fmt: skip

    def _with_contact(self, case: CoordinationRequest) -> CoordinationRequest:
        contact = CareContact(
            name="Distriktssköterska Mona Alm", organisation=_OTHERS[0][0], phone="031-174 06 51", main=True,
            cause=ContactCause.NEED, told_units_on=self._at.date(), told_person_on=self._at.date(), told_by=self._nurse,
        )  # fmt: skip
        named = with_event(replace(case, care_contacts=(contact,)), self._event(E.CARE_CONTACT_NAMED))
        contract = PatientContract(
            agreement="Jag vill kunna gå själv till matsalen.", contact=contact.name, times="Tisdagar, träning",
            plan="Se genomförandeplanen",
        )  # fmt: skip
        return replace(named, patient_contract=contract)

    def _with_sip(self, case: CoordinationRequest) -> CoordinationRequest:
        day = self._at.date()
        sip = Sip(
            considered=SipConsidered(on=day, by=self._nurse, outcome=SipNeed.NEEDED, reason="Insatser från båda"),
            occasion=SipOccasion.HOME_CARE if self._number % 2 else SipOccasion.OTHER, called_on=day,
            called_by=self._nurse,
            participants=(SipParticipant(name="Den enskilde"), SipParticipant(name="Dottern", role="Närstående")),
            goals="Jag vill orka gå till matsalen.", needs="Träning, hjälpmedel och läkemedelsgenomgång.",
            measures=(
                SipMeasure(principal="Kommunen", text="Träning tre gånger i veckan"),
                SipMeasure(principal="Regionen", text="Läkemedelsgenomgång"),
            ),
            others=(SipOther(who="Dottern", text="Promenad på söndagar"),), overall_responsible="Kommunen",
            follow_ups=(day + dt.timedelta(days=60),),
        )  # fmt: skip
        considered = with_event(replace(case, sip=sip), self._event(E.SIP_CONSIDERED))
        return with_event(considered, self._event(E.SIP_CALLED))
