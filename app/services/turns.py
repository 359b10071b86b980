"""Whose turn it is: the list of a unit, and what the team decides about a customer."""

from __future__ import annotations

from dataclasses import replace

from app import models as m
from app.domain.agenda import with_first
from app.domain.carrying import untouched
from app.domain.customers import Customer
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.turn_list import TurnList, TurnPaper
from app.domain.turns import Round, Turn
from app.domain.units import Unit
from app.services import planning_keeping as keeping
from app.services import planning_records, register_records, sight, units
from app.services.desk import Desk, needs
from app.services.following import new_key
from app.services.meetings import keep_change, may_at, read
from app.services.records import Directory
from app.services.rows import require_unit
from app.services.turn_rows import review_forum, rows_of
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_NOTHING = Round(least=0, most=0, step_days=14)


@needs(Right.READ_CUSTOMERS)
def list_turns(desk: Desk, *, unit: str, ward: str | None = None) -> TurnList:
    """The turns of a unit's customers as far as the person sees them, or of one ward's; each is logged as read."""
    with desk.writing() as work:
        found = _listed(desk, work, unit, ward)
        for row in found.rows:
            work.record(Event(action="read", object="turn", customer=row.customer, unit=unit))
        work.commit()
    return found


@needs(Right.PRINT)
def turn_papers(desk: Desk, *, unit: str, ward: str | None = None) -> TurnPaper:
    """The same list for paper; each customer on it is logged as printed. Raises Refused("turns_empty")."""
    of = units.get_unit(desk, key=unit).value
    with desk.writing() as work:
        found = _listed(desk, work, unit, ward)
        if not found.rows:
            raise Refused("turns_empty")
        for row in found.rows:
            work.record(Event(action="print", object="turn", customer=row.customer, unit=unit))
        work.commit()
    place = of.ward(ward) if ward else None
    return TurnPaper(
        unit=unit, unit_name=of.name, setting_label=of.setting.label, ward_name=place.name if place else None,
        forum_name=found.forum_name, by_need=found.of.by_need, months=found.months, rows=found.rows,
        wards={one.key: one.name for one in of.wards}, prepared_on=desk.today,
    )  # fmt: skip


def _listed(desk: Desk, work: UnitOfWork, unit: str, ward: str | None) -> TurnList:
    require_unit(desk, unit)
    of = _unit(work, unit)
    forum = review_forum(desk, of)
    known = sight.reach(desk, work)
    turning, rows = rows_of(desk, work, of, forum) if forum else (None, ())
    seen = tuple(
        row for row in rows
        if sight.sees_customer(desk, known, key=row.customer, unit=unit) and ward in (None, row.ward)
    )  # fmt: skip
    name = forum.name if forum and turning else ""
    return TurnList(unit=unit, forum_name=name, of=turning or _NOTHING, months=(turning or _NOTHING).months, rows=seen)


def _unit(work: UnitOfWork, key: str) -> Unit:
    found = register_records.load_units(work.session).get(key)
    if found is None:
        raise NotFound("not_found", what="Enheten", key=key)
    return found[0]


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def change_turn(
    desk: Desk, *, turn: Turn, expected: int | Turn, put_on: str | None = None, take_off: str | None = None
) -> Stored[Turn]:
    """Keep what is decided for a customer, and put her on a booked meeting.

    `expected` is the version that it was read in, 0 where nothing was decided; or, to take a gesture back whatever
    came and went since, what that gesture had decided.
    `put_on` and `take_off` are the keys of planned meetings. What was prepared for her at the meeting she is taken off
    goes with her to the one she is put on; without such a one it stays. Raises Refused("put_in_without_reason" |
    "meeting_not_planned" | "planning_fault"), NotAllowed, NotFound, Conflict.
    """
    if turn.put_in_on and not (turn.put_in_why or "").strip():
        raise Refused("put_in_without_reason")
    with desk.writing() as work:
        customer = _customer(desk, work, turn.customer)
        kept: Stored[Turn] = keeping.keep(
            desk, work, planning_records.ROTATION, turn, expected_version=_version(work, turn, expected)
        )
        prepared: tuple[Item, ...] = ()
        if take_off is not None:
            prepared = _take_off(desk, work, take_off, customer, moving=put_on is not None)
        if put_on is not None:
            _put_on(desk, work, put_on, customer, prepared)
        work.commit()
    return kept


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def keep_turns(desk: Desk, *, turns: tuple[Turn, ...], expected: tuple[int | Turn, ...]) -> tuple[Stored[Turn], ...]:
    """Keep what is decided for several customers, all or none: a list in another order. Raises as `change_turn`."""
    with desk.writing() as work:
        kept = []
        for turn, before in zip(turns, expected, strict=True):
            _customer(desk, work, turn.customer)
            version = _version(work, turn, before)
            kept.append(keeping.keep(desk, work, planning_records.ROTATION, turn, expected_version=version))
        work.commit()
    return tuple(kept)


def _version(work: UnitOfWork, turn: Turn, expected: int | Turn) -> int | None:
    if isinstance(expected, int):
        return expected or None
    found: Stored[Turn] = keeping.kept(work, planning_records.ROTATION, turn.customer)
    if found.value != expected:
        raise Conflict("changed_meanwhile")
    return found.version


def _customer(desk: Desk, work: UnitOfWork, key: str) -> Customer:
    found = register_records.load_customers(work.session, m.Customer.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Kunden", key=key)
    sight.require_customer(desk, work, found[0])
    return found[0]


def _take_off(desk: Desk, work: UnitOfWork, key: str, customer: Customer, *, moving: bool) -> tuple[Item, ...]:
    """Take her off a planned meeting; gives the points about her that were prepared, where they are to move."""
    directory, old, version = _planned(desk, work, key)
    mine = [one for one in old.items if one.customer == customer.key and _movable(one)]
    gone = {one.key for one in mine if moving or untouched(one)}
    new = replace(
        old, customers=tuple(one for one in old.customers if one != customer.key),
        items=tuple(one for one in old.items if one.key not in gone),
    )  # fmt: skip
    _keep(work, directory, old, new, version, customer)
    return tuple(one for one in mine if moving and not untouched(one))


def _put_on(desk: Desk, work: UnitOfWork, key: str, customer: Customer, prepared: tuple[Item, ...]) -> None:
    directory, old, version = _planned(desk, work, key)
    if customer.key in old.customers:
        return
    bare = Item(key="", heading=customer.label, kind=ItemKind.CUSTOMER, customer=customer.key)
    there = any(one.customer == customer.key for one in old.items)
    fresh = [replace(one, key=new_key(near=key)) for one in prepared or (() if there else (bare,))]
    new = replace(old, customers=(customer.key, *old.customers), items=with_first(old.items, *fresh))
    _keep(work, directory, old, new, version, customer)


def _movable(item: Item) -> bool:
    return item.kind is ItemKind.CUSTOMER and not replace(item, assessments=()).dealt_with


def _planned(desk: Desk, work: UnitOfWork, key: str) -> tuple[Directory, Meeting, int]:
    directory = Directory(work.session)
    old, version = read(desk, work, key, directory=directory)
    if Right.WRITE_MEETINGS not in may_at(desk, meeting=old):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    if old.status is not MeetingStatus.PLANNED:
        raise Refused("meeting_not_planned")
    return directory, old, version


def _keep(
    work: UnitOfWork, directory: Directory, old: Meeting, new: Meeting, version: int, customer: Customer
) -> None:  # fmt: skip
    """Write the meeting; the customer stands in the log also where her turn itself was not changed."""
    if new != old:
        keep_change(work, directory, old, new, version)
        sight.log_gesture(work, new, action="save_meeting", customers=(customer.key,))
