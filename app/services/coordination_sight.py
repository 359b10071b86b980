"""Whose cases a person sees and how far: by role, unit and assignment; of consent its status alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import or_, select

from app import models as m
from app.domain.coordination.cases import CoordinationRequest, Direction
from app.domain.coordination.consents import Consent
from app.domain.coordination.states import RequestStatus
from app.domain.errors import Conflict, NotAllowed, NotFound
from app.domain.roles import Actor, Right
from app.domain.stored import Stored
from app.services import coordination_records as records
from app.services import sight
from app.services.desk import Desk
from app.services.register_records import load_customers
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_NURSES = ("sjuksköterska", "distriktssköterska", "specialistsjuksköterska", "demenssjuksköterska")


def read(desk: Desk, work: UnitOfWork, key: str, *, preparing: bool = False) -> Stored[CoordinationRequest]:
    """The whole case inside a unit of work. Raises NotFound, NotAllowed for one that is not the person's to open.

    `preparing` lets her in, too, who only prepares: she is shown a case without its person (`shown`).
    """
    found = records.load(work.session, m.CoordinationRequest.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Ärendet", key=key)
    case, version = found
    if not desk.actor.sees(case.unit):
        raise NotAllowed("not_your_unit")
    prepares = preparing and desk.may(Right.PREPARE_REQUESTS)
    if not (desk.may(Right.READ_REQUESTS) or prepares or opens(desk, work, case)):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    return Stored(case, version)


def opens(desk: Desk, work: UnitOfWork, case: CoordinationRequest) -> bool:
    """Whether one who only drafts may open the case: it is about a customer she is assigned to."""
    if not desk.may(Right.DRAFT_REQUESTS) or case.customer is None:
        return False
    return sight.sees_customer(desk, sight.reach(desk, work), key=case.customer, unit=case.unit)


def require_writable(actor: Actor, case: CoordinationRequest) -> None:
    """Raise NotAllowed for one who only drafts, when the case is no draft of ours any more."""
    draft = case.status is RequestStatus.DRAFT and case.direction is Direction.OUT
    if not actor.may(Right.WRITE_REQUESTS) and not draft:
        raise NotAllowed("not_allowed", role=actor.role.label)


def require_person(desk: Desk, work: UnitOfWork, case: CoordinationRequest) -> None:
    """Raise NotFound, NotAllowed unless the customer is the unit's own and the person may see her."""
    if case.customer is None:
        if not desk.may(Right.READ_REQUESTS):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        return
    found = load_customers(work.session, m.Customer.key == case.customer).get(case.customer)
    if found is None:
        raise NotFound("not_found", what="Kunden", key=case.customer)
    if found[0].unit != case.unit:
        raise NotAllowed("not_your_unit")
    if not desk.may(Right.PREPARE_REQUESTS):
        sight.require_customer(desk, work, found[0])


def require_version(work: UnitOfWork, found: Stored[CoordinationRequest], expected: int) -> None:
    """Raise Conflict when somebody changed the case meanwhile."""
    now = work.session.scalar(
        select(m.CoordinationRequest.version).where(m.CoordinationRequest.key == found.value.key)
    )  # fmt: skip
    if now != expected:
        raise Conflict("changed_meanwhile")


def shown(actor: Actor, case: CoordinationRequest) -> CoordinationRequest:
    """The case as the person may see it: where she may know the status of consent alone, its basis and no more.

    Who only prepares sees who takes part and what happened when, and nothing of whom it is about or what was said.
    """
    if case.consent is not None and not actor.may(Right.READ_CONSENT):
        case = replace(case, consent=Consent(basis=case.consent.basis))
    if not prepares_only(actor):
        return case
    happened = tuple(replace(one, text=None, fields=()) for one in case.events)
    return replace(
        case, customer=None, person=None, reason=None, fields=(), not_relevant=(), events=happened, care_contacts=(),
        sip=None, patient_contract=None, discharge=None, internal_plan=None, item=None,
    )  # fmt: skip


def prepares_only(actor: Actor) -> bool:
    """Whether the person may begin cases and say who takes part, and see nothing of whom they are about."""
    return actor.may(Right.PREPARE_REQUESTS) and not actor.may(Right.READ_REQUESTS)


def log(work: UnitOfWork, case: CoordinationRequest, *, action: str) -> None:
    """The row in the log: what was done, to which case, of which customer."""
    work.record(Event(action=action, object=f"request:{case.key}", customer=case.customer, unit=case.unit))


def has_nurse(work: UnitOfWork, unit: str, *, on: dt.date) -> bool:
    """Whether the unit has a nurse of its own that day."""
    query = (
        select(m.Member.profession)
        .join(m.MemberUnit, m.MemberUnit.member_id == m.Member.id)
        .join(m.Unit, m.Unit.id == m.MemberUnit.unit_id)
        .where(
            m.Unit.key == unit, or_(m.Member.active_from.is_(None), m.Member.active_from <= on),
            or_(m.Member.active_to.is_(None), m.Member.active_to >= on),
        )
    )  # fmt: skip
    return any(profession.casefold() in _NURSES for profession in work.session.scalars(query))


def records_consent(desk: Desk, work: UnitOfWork, unit: str) -> bool:
    """Whether the person records the basis: licensed staff, or the enhetschef of a unit without a nurse of its own."""
    if desk.may(Right.WRITE_CONSENT):
        return True
    return desk.may(Right.READ_CONSENT) and not has_nurse(work, unit, on=desk.true_day)


def unit_names(work: UnitOfWork) -> dict[str, str]:
    """Every unit's name by its key."""
    return {row.key: row.name for row in work.session.execute(select(m.Unit.key, m.Unit.name))}
