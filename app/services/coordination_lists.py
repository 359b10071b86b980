"""Cases in lists and on the board: filtered, as far as the person sees them, with who waits for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypedDict, Unpack

from sqlalchemy import and_, select

from app import models as m
from app.domain.coordination.cases import CoordinationRequest, Direction, RequestKind
from app.domain.coordination.lists import RequestRow, counterparts
from app.domain.coordination.states import RequestStatus
from app.domain.coordination.waiting import Limits, waits
from app.domain.errors import Refused
from app.domain.meeting_rules import HIDDEN
from app.domain.roles import Right
from app.services import coordination_records as records
from app.services import sight
from app.services.desk import Desk, needs
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_LONGEST = 60
"""Days that a limit may be at most."""


class RequestFilters(TypedDict, total=False):
    """What a list of cases is narrowed by; what is left out or None narrows nothing."""

    unit: str | None
    status: RequestStatus | None
    kind: RequestKind | None
    direction: Direction | None
    customer: str | None
    open_only: bool
    late_only: bool
    text: str
    """In the person's label, the parties' names, or the reason."""


@needs(Right.READ_REQUESTS, Right.DRAFT_REQUESTS, Right.PREPARE_REQUESTS)
def list_requests(desk: Desk, **wanted: Unpack[RequestFilters]) -> tuple[RequestRow, ...]:
    """The cases the person sees, the latest changed first; each customer named in them is logged as read.

    One who only drafts sees those of her customers; one who only prepares sees all of them without the person.
    """
    with desk.writing() as work:
        rows = tuple(_rows(desk, work, wanted))
        for key in sorted({row.customer for row in rows if row.customer and row.label != HIDDEN}):
            work.record(Event(action="read", object="requests", customer=key))
        work.commit()
    return rows


@needs(Right.READ_REQUESTS, Right.DRAFT_REQUESTS, Right.PREPARE_REQUESTS, Right.READ_REQUEST_COUNTS)
def count_requests(desk: Desk, *, unit: str | None = None) -> Mapping[RequestStatus, int]:
    """How many cases stand where, of the person's units; nothing of whom they are about."""
    query = select(m.CoordinationRequest.status, m.Unit.key).join(m.Unit, m.Unit.id == m.CoordinationRequest.unit_id)
    if unit is not None:
        query = query.where(m.Unit.key == unit)
    with desk.reading() as work:
        rows = work.session.execute(query).all()
    return Counter(RequestStatus(row.status) for row in rows if desk.actor.sees(row.key))


@needs(Right.READ_REGISTERS)
def get_limits(desk: Desk, *, unit: str) -> Limits:
    """How long an acknowledgement and an answer may take in a unit; our suggestion until it has said."""
    with desk.reading() as work:
        return limits_of(work).get(unit, Limits())


@needs(Right.WRITE_REGISTERS)
def set_limits(desk: Desk, *, unit: str, limits: Limits) -> None:
    """Set how long they may take. Raises Refused("request_limits") for days that cannot be meant."""
    if not (1 <= limits.acknowledge_days <= _LONGEST and 1 <= limits.answer_days <= _LONGEST):
        raise Refused("request_limits", longest=_LONGEST)
    with desk.writing() as work:
        row = work.session.scalars(select(m.Unit).where(m.Unit.key == unit)).first()
        if row is None or not desk.actor.works_in(unit):
            raise Refused("reference_unknown", what="Enheten", key=unit)
        found = work.session.get(m.CoordinationLimit, row.id)
        if found is None:
            found = m.CoordinationLimit(unit_id=row.id, acknowledge_days=0, answer_days=0, version=1)
            work.session.add(found)
        found.acknowledge_days, found.answer_days = limits.acknowledge_days, limits.answer_days
        work.record(Event(action="set_limits", object=f"unit:{unit}", unit=unit))
        work.commit()


def limits_of(work: UnitOfWork) -> dict[str, Limits]:
    """Each unit's own limits."""
    query = select(m.Unit.key, m.CoordinationLimit.acknowledge_days, m.CoordinationLimit.answer_days).join(
        m.CoordinationLimit, m.CoordinationLimit.unit_id == m.Unit.id
    )
    return {
        key: Limits(acknowledge_days=first, answer_days=second) for key, first, second in work.session.execute(query)
    }


def _rows(desk: Desk, work: UnitOfWork, wanted: RequestFilters) -> Iterable[RequestRow]:
    names = dict(work.session.execute(select(m.Unit.key, m.Unit.name)).all())
    limits, labels = limits_of(work), sight.labels_of_everybody(work)
    whole = desk.may(Right.READ_REQUESTS)
    known = sight.reach(desk, work)
    for case, version in _loaded(work, wanted):
        if not desk.actor.sees(case.unit):
            continue
        hers = case.customer is not None and sight.sees_customer(desk, known, key=case.customer, unit=case.unit)
        if not (whole or desk.may(Right.PREPARE_REQUESTS) or hers):
            continue
        shown = whole or (hers and not desk.may(Right.PREPARE_REQUESTS))
        label = labels.get(case.customer or "", "") or (case.person.name if case.person else "")
        row = RequestRow(
            key=case.key, unit=case.unit, unit_name=names.get(case.unit, case.unit), kind=case.kind,
            direction=case.direction, status=case.status, customer=case.customer if shown else None,
            label=label if shown else HIDDEN, counterparts=counterparts(case),
            begun=min((event.at.date() for event in case.events), default=None),
            changed=max((event.at for event in case.events), default=None),
            waits=waits(case, limits.get(case.unit, Limits())), basis=case.consent.basis if case.consent else None,
            version=version,
        )  # fmt: skip
        if _fits(row, case, wanted, shown=shown) and not (wanted.get("late_only") and not row.is_late(desk.today)):
            yield row


def _loaded(work: UnitOfWork, wanted: RequestFilters) -> list[tuple[CoordinationRequest, int]]:
    table = m.CoordinationRequest
    conditions = [
        column == value.value
        for value, column in (
            (wanted.get("status"), table.status), (wanted.get("kind"), table.kind),
            (wanted.get("direction"), table.direction),
        )
        if value is not None
    ]  # fmt: skip
    if (unit := wanted.get("unit")) is not None:
        conditions.append(table.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit)))
    if (customer := wanted.get("customer")) is not None:
        conditions.append(table.customer_id.in_(select(m.Customer.id).where(m.Customer.key == customer)))
    found = records.load(work.session, and_(True, *conditions))
    return sorted(found.values(), key=lambda one: (_changed(one[0]), one[0].key), reverse=True)


def _changed(case: CoordinationRequest) -> str:
    return max((event.at.isoformat() for event in case.events), default="")


def _fits(row: RequestRow, case: CoordinationRequest, wanted: RequestFilters, *, shown: bool) -> bool:
    if wanted.get("open_only") and row.status.ended:
        return False
    if not shown and wanted.get("customer") is not None:
        return False
    words = wanted.get("text", "").strip().casefold()
    if not words:
        return True
    searched = [row.counterparts, row.kind.label]
    if shown:
        searched += [row.label, *(one.text for one in case.fields if one.key == "reason")]
    return any(words in text.casefold() for text in searched)
