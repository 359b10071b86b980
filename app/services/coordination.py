"""Coordination between providers: cases begun, filled in, sent and answered; every step an event, gated by consent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from app import models as m
from app.domain.coordination import rules
from app.domain.coordination.cases import CoordinationRequest, Direction, FieldText, Outcome, RequestKind
from app.domain.coordination.consents import Basis, Consent
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.parties import Party
from app.domain.coordination.states import RequestStatus
from app.domain.coordination.steps import STEPS, is_ours
from app.domain.errors import NotAllowed, Refused
from app.domain.keys import free_key
from app.domain.people import Outsider
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services import coordination_records as records
from app.services import coordination_sight as sight
from app.services.desk import Desk, needs
from app.services.meetings import myself
from app.services.records import Directory
from app.services.rows import all_keys
from app.storage.unit_of_work import UnitOfWork

Change = Callable[[CoordinationRequest], CoordinationRequest]
READS = (Right.READ_REQUESTS, Right.DRAFT_REQUESTS)
"""Of which one is enough to open a case; `coordination_sight` says which."""
WRITES = (Right.WRITE_REQUESTS, Right.DRAFT_REQUESTS)
_BY_THE_BOOK = frozenset({
    EventKind.SENT, EventKind.COMPLETION_GIVEN, EventKind.COMPLEMENTED, EventKind.ACCEPTED, EventKind.COMPLETION_ASKED,
    EventKind.COORDINATION_STARTED, EventKind.SIP_CALLED,
})  # fmt: skip
"""What is sent, and so needs the right to send where it is the unit that does it."""


@needs(*READS)
def get_request(desk: Desk, *, key: str) -> Stored[CoordinationRequest]:
    """The case as the person may see it; its customer is logged as read. Raises NotFound, NotAllowed."""
    with desk.writing() as work:
        found = sight.read(desk, work, key)
        sight.log(work, found.value, action="read")
        work.commit()
        return Stored(sight.shown(desk.actor, found.value), found.version)


@needs(*WRITES, Right.PREPARE_REQUESTS)
def begin_request(
    desk: Desk, *, unit: str, kind: RequestKind, direction: Direction, parties: Sequence[Party],
    customer: str | None = None, person: Outsider | None = None, item: str | None = None, at: dt.datetime | None = None,
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Begin a case: a draft of ours, or something that came in, at `at` where that was before now.

    Raises Refused for parties that do not fit, NotAllowed for another unit's or somebody else's customer.
    """
    with desk.writing() as work:
        if not desk.actor.works_in(unit):
            raise NotAllowed("not_your_unit")
        keys = all_keys(work.session, m.CoordinationRequest)
        begun = CoordinationRequest(
            key=free_key("samordning", keys), unit=unit, customer=customer, person=person, kind=kind,
            direction=direction, status=RequestStatus.DRAFT, parties=tuple(parties), item=item,
        )  # fmt: skip
        sight.require_person(desk, work, begun)
        refuse_personnummer([person.name] if person is not None else [])
        created = CaseEvent(
            at=at or moment(desk), kind=EventKind.CREATED, person=myself(desk), recorded_at=_later(desk, at)
        )
        case = rules.with_event(rules.settled(begun), created)
        records.insert(work.session, Directory(work.session), [case])
        sight.log(work, case, action="begin_request")
        work.commit()
    return Stored(sight.shown(desk.actor, case), 1)


@needs(*WRITES)
def fill_request(
    desk: Desk, *, key: str, fields: tuple[FieldText, ...], not_relevant: tuple[str, ...], expected_version: int
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Write the message's fields, while it is a draft of ours, or as it came. Raises Refused("request_sent")."""

    def filled(case: CoordinationRequest) -> CoordinationRequest:
        sent = any(event.kind is not EventKind.CREATED and event.kind in STEPS for event in case.events)
        if sent:
            raise Refused("request_sent")
        return replace(case, fields=fields, not_relevant=not_relevant)

    return change_case(desk, key, expected_version, "fill_request", filled)


@needs(*WRITES, Right.PREPARE_REQUESTS)
def set_parties(
    desk: Desk, *, key: str, parties: tuple[Party, ...], expected_version: int
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Change who takes part, while nothing was sent; later one is added by an event. Raises Refused("request_sent")."""

    def with_parties(case: CoordinationRequest) -> CoordinationRequest:
        moved = [one for one in case.parties if one not in parties]
        if case.status is not RequestStatus.DRAFT and moved:
            raise Refused("request_sent")
        return replace(case, parties=parties)

    return change_case(desk, key, expected_version, "set_parties", with_parties, preparing=True)


@needs(Right.WRITE_REQUESTS)
def note_event(
    desk: Desk, *, key: str, event: CaseEvent, reason: str | None = None, outcome: Outcome | None = None,
    expected_version: int,
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Enter what happened: sent, acknowledged, answered, closed. Who entered it, and when, is filled in here.

    Raises Refused where the guideline, a basis or a field stands in the way, NotAllowed for sending without that right.
    """
    if event.at > moment(desk):
        raise Refused("request_event_ahead")
    if event.kind in (EventKind.CONSENT_RECORDED, EventKind.CONSENT_WITHDRAWN):
        raise Refused("request_consent_event")
    entered = replace(event, person=myself(desk), recorded_at=_later(desk, event.at))

    def moved(case: CoordinationRequest) -> CoordinationRequest:
        if _sends(case, entered) and not desk.may(Right.SEND_REQUESTS):
            raise NotAllowed("request_send", role=desk.actor.role.label)
        return rules.with_event(case, entered, reason=reason, outcome=outcome)

    return change_case(desk, key, expected_version, "note_event", moved)


@needs(Right.WRITE_REQUESTS, Right.SEND_REQUESTS)
def add_party(
    desk: Desk, *, key: str, party: Party, at: dt.datetime | None = None, expected_version: int
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Add a receiving party to a case that is under way; it is sent to in a step of its own."""
    event = CaseEvent(
        at=at or moment(desk), kind=EventKind.PARTY_ADDED, party=party.key, person=myself(desk),
        recorded_at=_later(desk, at),
    )  # fmt: skip

    def added(case: CoordinationRequest) -> CoordinationRequest:
        return rules.with_event(replace(case, parties=(*case.parties, party)), event)

    return change_case(desk, key, expected_version, "add_party", added)


@needs(Right.WRITE_CONSENT, Right.READ_CONSENT)
def record_consent(
    desk: Desk, *, key: str, consent: Consent, at: dt.datetime | None = None, expected_version: int
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Record the basis of a case, or that it was refused or withdrawn; the event says so and stays.

    An enhetschef writes it in a unit without a nurse of its own alone. Raises Refused("consent_…"), NotAllowed.
    """
    kind = EventKind.CONSENT_WITHDRAWN if consent.basis is Basis.WITHDRAWN else EventKind.CONSENT_RECORDED
    event = CaseEvent(
        at=at or moment(desk), kind=kind, person=myself(desk), text=consent.basis.label, recorded_at=_later(desk, at)
    )  # fmt: skip

    def based(case: CoordinationRequest) -> CoordinationRequest:
        return rules.with_consent(case, consent, event)

    with desk.writing() as work:
        found = sight.read(desk, work, key)
        if not sight.records_consent(desk, work, found.value.unit):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        stored = _keep(desk, work, found, expected_version, "record_consent", based(found.value))
        work.commit()
    return stored


@needs(*WRITES)
def plan_internally(desk: Desk, *, key: str, plan: str | None, expected_version: int) -> Stored[CoordinationRequest]:
    """Write the plan with the person within the unit: what there is to do when consent is refused (guideline 4)."""
    text = (plan or "").strip() or None
    return change_case(desk, key, expected_version, "plan_internally", lambda case: replace(case, internal_plan=text))


def change_case(
    desk: Desk, key: str, expected_version: int, action: str, change: Change, *, preparing: bool = False,
) -> Stored[CoordinationRequest]:  # fmt: skip
    """Change a case the person may write; kept where it differs, and logged as `action`. Raises as the rules do."""
    with desk.writing() as work:
        found = sight.read(desk, work, key, preparing=preparing)
        sight.require_writable(desk.actor, found.value)
        stored = _keep(desk, work, found, expected_version, action, change(found.value))
        work.commit()
    return stored


def _keep(
    desk: Desk, work: UnitOfWork, found: Stored[CoordinationRequest], expected_version: int, action: str,
    new: CoordinationRequest,
) -> Stored[CoordinationRequest]:  # fmt: skip
    sight.require_version(work, found, expected_version)
    rules.check(new)
    sight.require_person(desk, work, new)
    if new != found.value:
        records.change(work.session, Directory(work.session), old=found.value, new=new)
        sight.log(work, new, action=action)
        return Stored(sight.shown(desk.actor, new), found.version + 1)
    return Stored(sight.shown(desk.actor, new), found.version)


def _sends(case: CoordinationRequest, event: CaseEvent) -> bool:
    """Whether it is the unit itself that sends something by the event."""
    if event.kind not in _BY_THE_BOOK:
        return False
    if event.kind is EventKind.SIP_CALLED:
        return True
    named = [one for one in case.receiving if event.party in (None, one.key)]
    return any(is_ours(case, step, party=one) for one in named for step in STEPS[event.kind])


def moment(desk: Desk) -> dt.datetime:
    """Now to the minute, on the desk's day."""
    now = desk.clock.now()
    return dt.datetime.combine(desk.today, now.time().replace(second=0, microsecond=0))


def _later(desk: Desk, at: dt.datetime | None) -> dt.datetime | None:
    """When it is entered, where it happened before."""
    return moment(desk) if at is not None and at < moment(desk) else None
