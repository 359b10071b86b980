"""Keeping what planning stands on: one value of a kind at a time, with rights, rules, version and log in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy import delete, select

from app import models as m
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.keys import free_key, key_from
from app.domain.personnummer import refuse_personnummer
from app.domain.planning_faults import refuse_faulty
from app.domain.stored import Stored
from app.services import planning_records as records
from app.services.desk import Desk
from app.services.records import Directory
from app.services.rows import all_keys
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


def kept(work: UnitOfWork, kind: records.Kind, key: str) -> Stored[Any]:
    """The value of that key. Raises NotFound."""
    found = records.load(work.session, kind, _is(kind, key)).get(key)
    if found is None:
        raise NotFound("not_found", what="Det", key=key)
    return Stored(*found)


def fresh_key(work: UnitOfWork, kind: records.Kind, wanted: str) -> str:
    """A key that is free, made from `wanted`, which must say nothing of a customer."""
    return free_key(key_from(wanted, fallback=kind.name), all_keys(work.session, kind.table))


def keep(desk: Desk, work: UnitOfWork, kind: records.Kind, value: Any, *, expected_version: int | None) -> Stored[Any]:
    """Keep a new value, or the one of its key as it stands in `value`; to be committed by whoever asks.

    `expected_version` is None for a new one. Raises Refused("planning_fault" | "planning_doubled" |
    "personnummer_in_name" | "reference_unknown"), NotAllowed, NotFound, Conflict when it was changed meanwhile.
    """
    refuse_personnummer(_texts(value))
    refuse_faulty(kind.name, value)
    _require_reach(desk, work, kind, value)
    found = records.load(work.session, kind, _is(kind, value.key)).get(value.key)
    directory = Directory(work.session)
    if expected_version is None:
        if found is not None or _doubled(work, kind, value):
            raise Refused("planning_doubled", key=value.key)
        records.insert(work.session, directory, kind, [value])
        _log(work, kind, value, kept=True)
        return Stored(value, 1)
    if found is None:
        raise NotFound("not_found", what="Det", key=value.key)
    old, version = found
    _require_reach(desk, work, kind, old)
    if version != expected_version:
        raise Conflict("changed_meanwhile")
    if old != value:
        if _doubled(work, kind, value):
            raise Refused("planning_doubled", key=value.key)
        records.change(work.session, directory, kind, old=old, new=value)
        version += 1
        _log(work, kind, value, kept=True)
    return Stored(value, version)


def remove(desk: Desk, work: UnitOfWork, kind: records.Kind, key: str, *, expected_version: int) -> Any:
    """Take a value away and give it as it stood, for undoing. Raises NotAllowed, NotFound, Conflict."""
    found = kept(work, kind, key)
    _require_reach(desk, work, kind, found.value)
    if found.version != expected_version:
        raise Conflict("changed_meanwhile")
    owner = select(kind.table.id).where(_is(kind, key))
    for under in kind.under:
        work.session.execute(delete(under.table).where(getattr(under.table, under.parent).in_(owner)))
    work.session.execute(delete(kind.table).where(_is(kind, key)))
    _log(work, kind, found.value, kept=False)
    return found.value


def _is(kind: records.Kind, key: str) -> Any:
    if kind is records.ROTATION:
        return m.Turn.customer_id.in_(select(m.Customer.id).where(m.Customer.key == key))
    return kind.table.key == key


def _require_reach(desk: Desk, work: UnitOfWork, kind: records.Kind, value: Any) -> None:
    """A value of several units is kept by whoever has one of them; what all share, by who has every unit."""
    if desk.actor.units is None:
        return
    homes = _homes(work, kind, value)
    if not any(desk.actor.sees(one) for one in homes):
        raise NotAllowed("not_your_unit")


def _homes(work: UnitOfWork, kind: records.Kind, value: Any) -> tuple[str, ...]:
    session = work.session
    if kind is records.ABSENCES:
        query = select(m.Unit.key).join(m.MemberUnit, m.MemberUnit.unit_id == m.Unit.id)
        query = query.join(m.Member, m.Member.id == m.MemberUnit.member_id).where(m.Member.key == value.member)
        return tuple(session.scalars(query))
    if kind is records.ROTATION:
        query = select(m.Unit.key).join(m.Customer, m.Customer.unit_id == m.Unit.id)
        return tuple(session.scalars(query.where(m.Customer.key == value.customer)))
    return records.unit_of(kind, value, {}, {})


def _doubled(work: UnitOfWork, kind: records.Kind, value: Any) -> bool:
    """Whether the tables hold another value for the same units, the same month of a forum, a template of that name."""
    if kind is records.TRAVEL:
        others = records.load(work.session, kind).values()
        return any(
            one.key != value.key and {one.from_, one.to} == {value.from_, value.to} for one, _ in others
        )  # fmt: skip
    if kind is records.YEAR_WHEEL:
        others = records.load(work.session, kind, m.WheelMonth.month == value.month).values()
        return any(
            one.key != value.key and (one.unit, one.forum) == (value.unit, value.forum) for one, _ in others
        )  # fmt: skip
    if kind is records.TEMPLATES:
        others = records.load(work.session, kind, m.MeetingTemplate.name == value.name).values()
        return any(one.key != value.key and one.unit == value.unit for one, _ in others)
    return False


def _log(work: UnitOfWork, kind: records.Kind, value: Any, *, kept: bool) -> None:
    action = "keep_planning" if kept else "remove_planning"
    if kind is records.ACTIVITIES:
        what = "keep_activity" if kept else "remove_activity"
        work.record(Event(action=what, object=f"activity:{value.key}", customer=value.customer, unit=value.unit))
    elif kind is records.ROTATION:
        home = next(iter(_homes(work, kind, value)), None)
        work.record(Event(action=action, object="turn", customer=value.customer, unit=home))
    else:
        unit = getattr(value, "unit", None)
        work.record(Event(action=action, object=f"planning:{_WORDS[kind.name]} {value.key}", unit=unit))


_WORDS = {
    "series": "serien", "absences": "frånvaron", "rooms": "rummet", "travel": "restiden", "occasions": "tillfället",
    "year_wheel": "årshjulet", "templates": "mallen",
}  # fmt: skip


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value, those of the values in it too."""
    for one in fields(value):
        found = getattr(value, one.name)
        for part in found if isinstance(found, tuple) else (found,):
            if isinstance(part, str):
                yield part
            elif is_dataclass(part):
                yield from _texts(part)
