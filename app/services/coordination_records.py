"""Cases of coordination in and out of their tables, as whole values."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.coordination import cases as d
from app.domain.coordination import consents, events, parties, sip, states
from app.domain.errors import Refused
from app.domain.people import Outsider
from app.services import planning_records
from app.services.planning_records import Kind, Under
from app.services.records import Choice, Directory, Part, Plain, Record, Reference, Table, Who, insert_rows

_BY_NAME = "name:"
"""What stands before the name of somebody who was given by name; no key begins so."""


@dataclass(frozen=True, slots=True)
class Joined(Plain):
    """A list of keys in one column, a space between."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The keys; none where the column is empty."""
        return tuple((getattr(row, self.columns[0]) or "").split())

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The keys as one text."""
        return {self.columns[0]: " ".join(value)}


@dataclass(frozen=True, slots=True)
class Days(Plain):
    """A list of days in one column, a space between."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The days; none where the column is empty."""
        return tuple(dt.date.fromisoformat(one) for one in (getattr(row, self.columns[0]) or "").split())

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The days as one text."""
        return {self.columns[0]: " ".join(one.isoformat() for one in value)}


@dataclass(frozen=True, slots=True)
class Listed(Plain):
    """A short list of values in one column, as JSON; nothing asks the database for what is in it."""

    kind: type[Any] = object

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The values; none where the column is empty."""
        return tuple(self.kind(**one) for one in json.loads(getattr(row, self.columns[0]) or "[]"))

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The values as JSON."""
        return {self.columns[0]: json.dumps([asdict(one) for one in value], ensure_ascii=False)}


@dataclass(frozen=True, slots=True)
class Named(Plain):
    """Somebody known by name alone."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The person, or None."""
        name = getattr(row, self.columns[0])
        return None if name is None else Outsider(name)

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The name."""
        return {self.columns[0]: None if value is None else value.name}


@dataclass(frozen=True, slots=True)
class Whoever(Plain):
    """Who did something, as it was said: a member's key, a name as plain text, or somebody by name."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """The text, or the person by name."""
        text = getattr(row, self.columns[0])
        return Outsider(text[len(_BY_NAME) :]) if text and text.startswith(_BY_NAME) else text

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The text, marked where the person was given by name."""
        return {self.columns[0]: f"{_BY_NAME}{value.name}" if isinstance(value, Outsider) else value}


_CONSENT = Record(consents.Consent, m.CoordinationRequest, (
    Choice("basis", "consent_basis", kind=consents.Basis), Whoever("given_by", "consent_given_by"),
    Choice("form", "consent_form", kind=consents.ConsentForm), Plain("scope", "consent_scope"),
    Joined("parties", "consent_parties"), Plain("date", "consent_date"), Plain("until", "consent_until"),
    Whoever("assessor", "consent_assessor"), Plain("reasons", "consent_reasons"),
    Plain("legal_basis", "consent_legal_basis"), Plain("withdrawn_on", "consent_withdrawn_on"),
    Plain("note", "consent_note"),
))  # fmt: skip
_CONSIDERED = Record(sip.SipConsidered, m.CoordinationRequest, (
    Plain("on", "sip_considered_on"), Whoever("by", "sip_considered_by"),
    Choice("outcome", "sip_outcome", kind=sip.SipNeed), Plain("reason", "sip_reason"),
))  # fmt: skip
_SIP = Record(sip.Sip, m.CoordinationRequest, (
    Part("considered", record=_CONSIDERED), Choice("occasion", "sip_occasion", kind=sip.SipOccasion),
    Plain("called_on", "sip_called_on"), Whoever("called_by", "sip_called_by"),
    Listed("participants", "sip_participants", kind=sip.SipParticipant), Plain("goals", "sip_goals"),
    Plain("needs", "sip_needs"), Listed("measures", "sip_measures", kind=sip.SipMeasure),
    Listed("others", "sip_others", kind=sip.SipOther), Plain("overall_responsible", "sip_overall_responsible"),
    Days("follow_ups", "sip_follow_ups"), Plain("ended_on", "sip_ended_on"), Plain("ended_reason", "sip_ended_reason"),
))  # fmt: skip
_CONTRACT = Record(d.PatientContract, m.CoordinationRequest, (
    Plain("agreement", "contract_agreement"), Plain("contact", "contract_contact"), Plain("times", "contract_times"),
    Plain("plan", "contract_plan"),
))  # fmt: skip
_DISCHARGE = Record(
    d.Discharge, m.CoordinationRequest, (Plain("admitted_at"), Plain("ready_at"), Plain("discharged_at"))
)
_REQUEST = Record(d.CoordinationRequest, m.CoordinationRequest, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Reference("customer", "customer_id", m.Customer),
    Named("person", "person_name"), Choice("kind", kind=d.RequestKind), Choice("direction", kind=d.Direction),
    Choice("status", kind=states.RequestStatus), Choice("outcome", kind=d.Outcome), Plain("reason"),
    Joined("not_relevant"), Plain("internal_plan"), Reference("item", "item_id", m.Item),
    Part("consent", record=_CONSENT, there="consent_basis"), Part("sip", record=_SIP, there="sip_there"),
    Part("patient_contract", record=_CONTRACT, there="contract_there"),
    Part("discharge", record=_DISCHARGE, there="discharge_there"),
))  # fmt: skip
_FIELD = Record(d.FieldText, m.RequestField, (Plain("key"), Plain("text")))
_PARTY = Record(parties.Party, m.RequestParty, (
    Plain("key"), Plain("name"), Choice("role", kind=parties.PartyRole), Plain("own"),
    Choice("kind", kind=parties.PartyKind), Choice("sector", kind=parties.Sector),
    Choice("channel", kind=parties.Channel), Plain("contact"), Choice("status", kind=states.RequestStatus),
))  # fmt: skip
_EVENT = Record(events.CaseEvent, m.RequestEvent, (
    Plain("at"), Plain("recorded_at"), Choice("kind", kind=events.EventKind), Plain("party"), Who("person"),
    Choice("channel", kind=parties.Channel), Plain("text"), Joined("fields"),
))  # fmt: skip
_CONTACT = Record(d.CareContact, m.RequestContact, (
    Plain("name"), Plain("organisation"), Plain("phone"), Plain("main"), Choice("cause", kind=d.ContactCause),
    Plain("told_units_on"), Plain("told_person_on"), Whoever("told_by"),
))  # fmt: skip
_EVENTS = Under("events", m.RequestEvent, "request_id", _EVENT)
REQUESTS = Kind("requests", _REQUEST, (
    Under("fields", m.RequestField, "request_id", _FIELD), Under("parties", m.RequestParty, "request_id", _PARTY),
    _EVENTS,
    Under("care_contacts", m.RequestContact, "request_id", _CONTACT),
))  # fmt: skip


def load(session: Session, condition: Any = None) -> dict[str, tuple[d.CoordinationRequest, int]]:
    """The cases that fulfil `condition` (on m.CoordinationRequest) with their versions, by key."""
    found = planning_records.load(session, REQUESTS, condition)
    query = (
        select(m.CoordinationRequest.key, m.Meeting.key)
        .join(m.SipMeeting, m.SipMeeting.request_id == m.CoordinationRequest.id)
        .join(m.Meeting, m.Meeting.id == m.SipMeeting.meeting_id)
        .order_by(m.SipMeeting.position)
    )
    if condition is not None:
        query = query.where(condition)
    held: dict[str, list[str]] = defaultdict(list)
    for case, meeting in session.execute(query):
        held[case].append(meeting)
    for key, meetings in held.items():
        case, version = found[key]
        found[key] = (replace(case, sip=replace(case.sip or sip.Sip(), meetings=tuple(meetings))), version)
    return found


def references(values: Sequence[d.CoordinationRequest]) -> Iterable[tuple[Table, str]]:
    """Every key that the cases refer to, with the table it stands for."""
    yield from planning_records.references(REQUESTS, values)
    yield from ((m.Meeting, key) for case in values if case.sip for key in case.sip.meetings)


def insert(session: Session, directory: Directory, values: Sequence[d.CoordinationRequest]) -> None:
    """Write new cases."""
    planning_records.insert(session, directory, REQUESTS, values)
    for case in values:
        _write_meetings(session, directory, case)


def change(
    session: Session, directory: Directory, *, old: d.CoordinationRequest, new: d.CoordinationRequest
) -> None:  # fmt: skip
    """Bring the tables from `old` to `new`, of the same key, and raise the version; events are only ever added.

    Raises Refused("request_events_kept") where `new` lacks an event of `old` or has it otherwise.
    """
    learn(directory, [new])
    owner = session.scalars(select(m.CoordinationRequest.id).where(m.CoordinationRequest.key == new.key)).one()
    values = {**_REQUEST.write(new, directory), "version": m.CoordinationRequest.version + 1}
    session.execute(update(m.CoordinationRequest).where(m.CoordinationRequest.id == owner).values(values))
    for under in REQUESTS.under:
        if under is _EVENTS or getattr(old, under.field) == getattr(new, under.field):
            continue
        session.execute(delete(under.table).where(getattr(under.table, under.parent) == owner))
        planning_records.insert_under(session, directory, under, [(owner, new)])
    _add_events(session, directory, owner, old.events, new.events)
    if (old.sip.meetings if old.sip else ()) != (new.sip.meetings if new.sip else ()):
        session.execute(delete(m.SipMeeting).where(m.SipMeeting.request_id == owner))
        _write_meetings(session, directory, new)


def learn(directory: Directory, values: Sequence[d.CoordinationRequest]) -> None:
    """Look up everything that the cases refer to, a table at a time."""
    wanted: dict[Table, set[str]] = defaultdict(set)
    for table, key in references(values):
        wanted[table].add(key)
    for table, keys in wanted.items():
        directory.learn_keys(table, keys)


def _add_events(
    session: Session, directory: Directory, owner: int, old: Sequence[events.CaseEvent],
    new: Sequence[events.CaseEvent],
) -> None:  # fmt: skip
    query = select(m.RequestEvent.id).where(m.RequestEvent.request_id == owner).order_by(m.RequestEvent.position)
    waiting = list(zip(old, session.scalars(query).all(), strict=True))
    added: list[dict[str, Any]] = []
    for number, event in enumerate(new):
        if waiting and event == waiting[0][0]:
            stood = len(old) - len(waiting)
            _, row = waiting.pop(0)
            if stood != number:
                session.execute(update(m.RequestEvent).where(m.RequestEvent.id == row).values(position=number))
        else:
            added.append(_EVENT.write(event, directory, request_id=owner, position=number))
    if waiting:
        raise Refused("request_events_kept")
    insert_rows(session, m.RequestEvent, added)


def _write_meetings(session: Session, directory: Directory, case: d.CoordinationRequest) -> None:
    held = case.sip.meetings if case.sip else ()
    if not held:
        return
    directory.learn_keys(m.Meeting, held)
    owner = session.scalars(select(m.CoordinationRequest.id).where(m.CoordinationRequest.key == case.key)).one()
    rows = [
        {"request_id": owner, "meeting_id": directory.id(m.Meeting, key), "position": n} for n, key in enumerate(held)
    ]
    insert_rows(session, m.SipMeeting, rows)
