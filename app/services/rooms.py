"""Rooms in which one meeting is held at a time, and how long it takes from one unit to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from app.domain.availability import Room, Travel
from app.domain.errors import Refused
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services.desk import Desk, needs

V = TypeVar("V", Room, Travel)


@needs(Right.READ_REGISTERS)
def list_rooms(desk: Desk) -> tuple[Stored[Room], ...]:
    """The rooms of the units the person sees, and those that all share, by name."""
    with desk.reading() as work:
        found = records.load(work.session, records.ROOMS).values()
    seen = [Stored(room, version) for room, version in found if room.unit is None or desk.actor.works_in(room.unit)]
    return tuple(sorted(seen, key=lambda one: (sort_key(one.value.name), one.value.key)))


@needs(Right.READ_REGISTERS)
def room_names(desk: Desk, *, unit: str) -> tuple[str, ...]:
    """What a meeting's place may be called there: the unit's rooms and the shared ones, each name once."""
    return tuple(dict.fromkeys(one.value.name for one in list_rooms(desk) if one.value.unit in (None, unit)))


@needs(Right.WRITE_REGISTERS)
def keep_room(desk: Desk, *, room: Room, expected_version: int | None) -> Stored[Room]:
    """Keep a new room (version None; an empty key is made) or a changed one. Raises Refused("room_name_missing").

    A room that all share is kept by who reaches every unit.
    """
    if not room.name.strip():
        raise Refused("room_name_missing")
    return _put(desk, records.ROOMS, replace(room, name=" ".join(room.name.split())), expected_version, room.name)


@needs(Right.WRITE_REGISTERS)
def remove_room(desk: Desk, *, key: str, expected_version: int) -> None:
    """Take a room away; what is booked there keeps its place as a text."""
    with desk.writing() as work:
        keeping.remove(desk, work, records.ROOMS, key, expected_version=expected_version)
        work.commit()


@needs(Right.READ_REGISTERS)
def list_travel(desk: Desk) -> tuple[Stored[Travel], ...]:
    """The ways that are set and touch a unit the person sees; any other takes `USUAL_TRAVEL`."""
    with desk.reading() as work:
        found = records.load(work.session, records.TRAVEL).values()
    seen = [one for one in found if desk.actor.works_in(one[0].from_) or desk.actor.works_in(one[0].to)]
    return tuple(Stored(*one) for one in sorted(seen, key=lambda one: (one[0].from_, one[0].to)))


@needs(Right.WRITE_REGISTERS)
def keep_travel(desk: Desk, *, travel: Travel, expected_version: int | None) -> Stored[Travel]:
    """Keep how long a way takes. Raises Refused("planning_doubled") when it is set already, "planning_fault"."""
    return _put(desk, records.TRAVEL, travel, expected_version, f"{travel.from_}-{travel.to}")


@needs(Right.WRITE_REGISTERS)
def remove_travel(desk: Desk, *, key: str, expected_version: int) -> None:
    """Let a way take as long as usual again."""
    with desk.writing() as work:
        keeping.remove(desk, work, records.TRAVEL, key, expected_version=expected_version)
        work.commit()


def _put(desk: Desk, kind: records.Kind, value: V, expected_version: int | None, wanted: str) -> Stored[V]:
    with desk.writing() as work:
        if expected_version is None and not value.key:
            value = replace(value, key=keeping.fresh_key(work, kind, wanted))
        kept: Stored[V] = keeping.keep(desk, work, kind, value, expected_version=expected_version)
        work.commit()
    return kept
