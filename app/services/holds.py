"""Holds: a meeting or a customer that is not to be disposed of, why, by whom, and until it was lifted."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from app import models as m
from app.domain.catalogue import Setting
from app.domain.clock import to_wall_clock
from app.domain.disposal import HoldRow
from app.domain.errors import NotFound, Refused
from app.domain.roles import Right
from app.domain.swedish import short_date
from app.services.desk import Desk, needs
from app.services.rows import require_unit
from app.services.sight import label_of
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

KINDS = ("meeting", "customer")


@needs(Right.DISPOSE)
def list_holds(desk: Desk, *, lifted: bool = False) -> tuple[HoldRow, ...]:
    """The holds that stand, latest first, and those that were lifted when asked for; customers shown are logged."""
    query = select(m.Hold).order_by(m.Hold.placed_at.desc(), m.Hold.id.desc())
    with desk.writing() as work:
        rows = work.session.scalars(query if lifted else query.where(m.Hold.lifted_at.is_(None))).all()
        named = _labels(desk, work, [(row.kind, row.object) for row in rows])
        found = tuple(
            HoldRow(
                id=row.id, kind=row.kind, object=row.object, label=named.get((row.kind, row.object), "Finns inte kvar"),
                reason=row.reason, placed_by=row.placed_by, placed_at=to_wall_clock(row.placed_at),
                lifted_by=row.lifted_by, lifted_at=to_wall_clock(row.lifted_at) if row.lifted_at else None,
            )
            for row in rows
            if (row.kind, row.object) in named or desk.actor.units is None
        )  # fmt: skip
        for one in found:
            if one.kind == "customer" and (one.kind, one.object) in named:
                work.record(Event(action="read", object="holds", customer=one.object))
        work.commit()
    return found


def _labels(desk: Desk, work: UnitOfWork, objects: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What held objects are recognised by; those of units that the person does not see are left out."""
    customers = select(
        m.Customer.key, m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code,
        m.Unit.key.label("unit"),
    ).join(m.Unit, m.Unit.id == m.Customer.unit_id)  # fmt: skip
    wanted = [key for kind, key in objects if kind == "customer"]
    found = {
        ("customer", row.key): label_of(row)
        for row in work.session.execute(customers.where(m.Customer.key.in_(wanted)))
        if desk.actor.sees(row.unit)
    }
    meetings = select(
        m.Meeting.key, m.Meeting.forum, m.Meeting.date, m.Unit.key.label("unit"), m.Unit.name, m.Unit.setting
    ).join(m.Unit, m.Unit.id == m.Meeting.unit_id)
    wanted = [key for kind, key in objects if kind == "meeting"]
    for row in work.session.execute(meetings.where(m.Meeting.key.in_(wanted))):
        if desk.actor.sees(row.unit):
            forum = desk.catalogue.forum(Setting(row.setting), row.forum)
            forum = forum or desk.catalogue.forum(Setting.LEDNING, row.forum)
            name = forum.name if forum else row.forum
            found["meeting", row.key] = f"{name} {short_date(row.date)} {row.date.year}, {row.name}"
    return found


def standing(work: UnitOfWork) -> dict[tuple[str, str], str]:
    """The reason of each hold that stands, by kind and key of what it keeps."""
    query = select(m.Hold.kind, m.Hold.object, m.Hold.reason).where(m.Hold.lifted_at.is_(None))
    return {(row.kind, row.object): row.reason for row in work.session.execute(query)}


@needs(Right.DISPOSE)
def place_hold(desk: Desk, *, kind: str, object_key: str, reason: str) -> int:
    """Keep a meeting, or a customer and every meeting that names her, until the hold is lifted; the hold's id.

    Raises Refused without a reason or when a hold stands already, NotFound, NotAllowed for another's unit.
    """
    if not reason.strip():
        raise Refused("hold_reason_missing")
    if kind not in KINDS:
        raise NotFound("not_found", what="Det som ska hållas kvar", key=kind)
    with desk.writing() as work:
        unit = _unit_of(work, kind, object_key)
        require_unit(desk, unit)
        if (kind, object_key) in standing(work):
            raise Refused("hold_stands")
        hold_id = work.session.scalars(
            insert(m.Hold).returning(m.Hold.id),
            [{
                "kind": kind, "object": object_key, "reason": reason.strip(), "placed_by": desk.actor.user,
                "placed_at": desk.clock.instant(),
            }],
        ).one()  # fmt: skip
        work.record(_event("place_hold", kind, object_key, unit))
        work.commit()
    return hold_id


@needs(Right.DISPOSE)
def lift_hold(desk: Desk, *, hold: int) -> None:
    """Let go of what a hold keeps; that it stood, and why, is kept. Raises NotFound, or Refused when it is lifted."""
    with desk.writing() as work:
        row = work.session.execute(
            select(m.Hold.kind, m.Hold.object, m.Hold.lifted_at).where(m.Hold.id == hold)
        ).first()
        if row is None:
            raise NotFound("not_found", what="Stoppet", key=str(hold))
        if row.lifted_at is not None:
            raise Refused("hold_lifted")
        unit = _unit_of(work, row.kind, row.object, missing="")
        if unit:
            require_unit(desk, unit)
        lifted = {"lifted_by": desk.actor.user, "lifted_at": desk.clock.instant()}
        work.session.execute(update(m.Hold).where(m.Hold.id == hold).values(lifted))
        work.record(_event("lift_hold", row.kind, row.object, unit or None))
        work.commit()


def _event(action: str, kind: str, key: str, unit: str | None) -> Event:
    about_customer = kind == "customer"
    return Event(
        action=action, object=f"customer:{key}" if about_customer else f"meeting:{key}",
        customer=key if about_customer else None, unit=unit,
    )  # fmt: skip


def _unit_of(work: UnitOfWork, kind: str, key: str, *, missing: str | None = None) -> str:
    table = m.Meeting if kind == "meeting" else m.Customer
    unit = work.session.scalar(select(m.Unit.key).join(table, table.unit_id == m.Unit.id).where(table.key == key))
    if unit is None and missing is None:
        raise NotFound("not_found", what="Mötet" if kind == "meeting" else "Kunden", key=key)
    return unit or missing or ""
