"""Emergency access (nödöppning): opening one unit's customers for an hour, and the enhetschef taking note of it.

How far it reaches is said in `standing` and `sight`; here it is begun, ended, shown and seen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Select, insert, select, update

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.emergency import LASTS, Emergency, checked_reason
from app.domain.errors import NotFound
from app.domain.roles import Right
from app.domain.swedish import sort_key
from app.services import sight
from app.services.desk import Desk, needs
from app.services.rows import require_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@needs(Right.OPEN_EMERGENCY)
def units_to_open(desk: Desk) -> dict[str, str]:
    """Key → name of the units that hold a customer whom the person sees in an emergency alone, whatever is open now."""
    usual = replace(desk, actor=replace(desk.actor, emergency=frozenset()))
    query = select(m.Customer.key.label("customer"), m.Unit.key, m.Unit.name).join(
        m.Unit, m.Unit.id == m.Customer.unit_id
    )
    with desk.reading() as work:
        known = sight.reach(usual, work)
        found = {
            row.key: row.name
            for row in work.session.execute(query)
            if not sight.sees_customer(usual, known, key=row.customer, unit=row.key)
        }
    return dict(sorted(found.items(), key=lambda unit: sort_key(unit[1])))


@needs(Right.OPEN_EMERGENCY)
def open_emergency(desk: Desk, *, unit: str, reason: str) -> Emergency:
    """Open a unit's customers for an hour, for reading; logged with the reason and shown to the enhetschef.

    Raises Refused for a reason of less than a few words or with a personnummer, NotFound for a unit there is not.
    """
    said, now = checked_reason(reason), desk.clock.instant()
    with desk.writing() as work:
        unit_id = work.session.scalar(select(m.Unit.id).where(m.Unit.key == unit))
        if unit_id is None:
            raise NotFound("not_found", what="Enheten", key=unit)
        row = {"user": desk.actor.user, "unit_id": unit_id, "reason": said, "opened_at": now, "until": now + LASTS}
        made = work.session.scalars(insert(m.EmergencyAccess).values(**row).returning(m.EmergencyAccess.id)).one()
        work.record(Event(action="emergency", object=f"unit:{unit}", unit=unit, reason=said))
        found = _read(work, _emergencies().where(m.EmergencyAccess.id == made))[0]
        work.commit()
    return found


@needs(Right.OPEN_EMERGENCY)
def my_emergencies(desk: Desk) -> tuple[Emergency, ...]:
    """What the person has open now, the one that lasts longest first."""
    with desk.reading() as work:
        query = _emergencies().where(*_mine(desk)).order_by(m.EmergencyAccess.until.desc())
        return _read(work, query)


@needs(Right.OPEN_EMERGENCY)
def end_emergencies(desk: Desk) -> None:
    """End what the person has open, before its hour is over."""
    with desk.writing() as work:
        for one in _read(work, _emergencies().where(*_mine(desk))):
            work.record(Event(action="end_emergency", object=f"unit:{one.unit}", unit=one.unit))
        work.session.execute(update(m.EmergencyAccess).where(*_mine(desk)).values(until=desk.clock.instant()))
        work.commit()


def _mine(desk: Desk) -> tuple[Any, ...]:
    now = desk.clock.instant()
    return (
        m.EmergencyAccess.user == desk.actor.user, m.EmergencyAccess.opened_at <= now, m.EmergencyAccess.until > now,
    )  # fmt: skip


@needs(Right.SEE_EMERGENCIES)
def list_emergencies(desk: Desk, *, unseen_only: bool = False) -> tuple[Emergency, ...]:
    """Emergencies in the units the person sees, the latest first."""
    query = _emergencies().order_by(m.EmergencyAccess.opened_at.desc(), m.EmergencyAccess.id.desc())
    if unseen_only:
        query = query.where(m.EmergencyAccess.seen_by.is_(None))
    with desk.reading() as work:
        return tuple(one for one in _read(work, query) if desk.actor.sees(one.unit))


@needs(Right.SEE_EMERGENCIES)
def mark_seen(desk: Desk, *, key: int) -> None:
    """Take note of an emergency; who did so first stands. Raises NotFound, or NotAllowed for another's unit."""
    with desk.writing() as work:
        found = _read(work, _emergencies().where(m.EmergencyAccess.id == key))
        if not found:
            raise NotFound("not_found", what="Nödöppningen", key="")
        require_unit(desk, found[0].unit)
        unseen = update(m.EmergencyAccess).where(m.EmergencyAccess.id == key, m.EmergencyAccess.seen_by.is_(None))
        seen = {"seen_by": desk.actor.full_name, "seen_at": desk.clock.instant()}
        if work.session.execute(unseen.values(**seen)).rowcount:  # type: ignore[attr-defined]
            unit = found[0].unit
            work.record(Event(action="see_emergency", object=f"user:{found[0].user}", unit=unit))
        work.commit()


def _emergencies() -> Select[*tuple[Any, ...]]:
    return (
        select(
            m.EmergencyAccess.id, m.EmergencyAccess.user, m.Account.full_name, m.Unit.key.label("unit"),
            m.Unit.name.label("unit_name"), m.EmergencyAccess.reason, m.EmergencyAccess.opened_at,
            m.EmergencyAccess.until, m.EmergencyAccess.seen_by, m.EmergencyAccess.seen_at,
        )
        .join(m.Unit, m.Unit.id == m.EmergencyAccess.unit_id)
        .outerjoin(m.Account, m.Account.user == m.EmergencyAccess.user)
    )  # fmt: skip


def _read(work: UnitOfWork, query: Select[*tuple[Any, ...]]) -> tuple[Emergency, ...]:
    return tuple(
        Emergency(
            key=row.id, user=row.user, full_name=row.full_name or row.user, unit=row.unit, unit_name=row.unit_name,
            reason=row.reason, opened_at=to_wall_clock(row.opened_at), until=to_wall_clock(row.until),
            seen_by=row.seen_by, seen_at=row.seen_at and to_wall_clock(row.seen_at),
        )
        for row in work.session.execute(query)
    )  # fmt: skip
