"""Units: their wards, apartments and substitutes, and how their forums depart from the routine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.catalogue import Difference, Forum, Setting, apply_departure, departure_from, differences
from app.domain.errors import NotFound, Refused
from app.domain.keys import free_key, key_from
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.units import Unit, Ward
from app.services import register_records as records
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.services.rows import all_keys, bump, require_unit
from app.services.sight import has_role_in
from app.storage.audit import Event


@dataclass(frozen=True, slots=True)
class UnitForum:
    """A forum as the unit runs it beside the routine's, with the sentences that tell them apart."""

    own: Forum
    routine: Forum
    differences: tuple[Difference, ...]


@needs(Right.READ_REGISTERS)
def list_units(desk: Desk) -> tuple[Stored[Unit], ...]:
    """The units the person sees, by name."""
    with desk.reading() as work:
        found = records.load_units(work.session)
    return tuple(Stored(unit, version) for unit, version in found.values() if desk.actor.sees(unit.key))


@needs(Right.READ_REGISTERS)
def get_unit(desk: Desk, *, key: str) -> Stored[Unit]:
    """One unit: of the person's own, or where she has a role at a meeting. Raises NotFound or NotAllowed."""
    with desk.reading() as work:
        if not has_role_in(desk, work, unit=key):
            require_unit(desk, key)
        found = records.load_units(work.session).get(key)
    if found is None:
        raise NotFound("not_found", what="Enheten", key=key)
    return Stored(*found)


@needs(Right.WRITE_REGISTERS)
def add_unit(desk: Desk, *, name: str, setting: Setting) -> Stored[Unit]:
    """A new unit; its key comes from its name."""
    if not name.strip():
        raise Refused("unit_name_missing")
    refuse_personnummer([name])
    with desk.writing() as work:
        key = free_key(key_from(name, fallback="enhet"), all_keys(work.session, m.Unit))
        require_unit(desk, key)
        unit = Unit(key=key, name=name.strip(), setting=setting)
        records.insert_unit(work.session, Directory(work.session), unit)
        work.record(Event(action="add_unit", object=f"unit:{key}", unit=key))
        work.commit()
    return Stored(unit, 1)


@needs(Right.WRITE_REGISTERS)
def new_ward(desk: Desk, *, unit: str, name: str, beside: Iterable[Ward] = ()) -> Ward:
    """A ward with a fresh key, not kept until the unit is saved; `beside` are others not kept yet."""
    if not name.strip():
        raise Refused("ward_name_missing")
    refuse_personnummer([name])
    require_unit(desk, unit)
    with desk.reading() as work:
        taken = all_keys(work.session, m.Ward) | {ward.key for ward in beside}
    return Ward(key=free_key(key_from(name, fallback="avdelning"), taken), name=name.strip())


@needs(Right.WRITE_REGISTERS)
def save_unit(desk: Desk, *, unit: Unit, expected_version: int) -> Stored[Unit]:
    """Keep the unit as it stands in `unit`, wards and all.

    Raises Refused for an empty or doubled name or apartment or a ward still in use, Conflict when changed meanwhile.
    """
    require_unit(desk, unit.key)
    check_unit(unit)
    with desk.writing() as work:
        found = records.load_units(work.session).get(unit.key)
        if found is None:
            raise NotFound("not_found", what="Enheten", key=unit.key)
        bump(work.session, m.Unit, key=unit.key, expected_version=expected_version, what="Enheten")
        kept = {ward.key for ward in unit.wards}
        for ward in found[0].wards:
            if ward.key not in kept:
                require_unused(work.session, ward)
        directory = Directory(work.session)
        records.update_unit(work.session, directory, old=found[0], new=unit)
        directory.learn_keys(m.Member, [one.member for ward in unit.wards for one in ward.substitutes])
        records.write_substitutes(work.session, directory, unit.wards)
        work.record(Event(action="save_unit", object=f"unit:{unit.key}", unit=unit.key))
        work.commit()
    return Stored(unit, expected_version + 1)


def check_unit(unit: Unit) -> None:
    """Raise Refused for an empty or doubled name, a personnummer, or an apartment that stands twice on a ward."""
    refuse_personnummer((unit.name, *(text for ward in unit.wards for text in (ward.name, *ward.apartments))))
    if not unit.name.strip():
        raise Refused("unit_name_missing")
    names = [ward.name.strip().casefold() for ward in unit.wards]
    if "" in names:
        raise Refused("ward_name_missing")
    if len(set(names)) != len(names):
        raise Refused("ward_doubled")
    for ward in unit.wards:
        if any(not number.strip() for number in ward.apartments) or len(set(ward.apartments)) != len(ward.apartments):
            raise Refused("apartment_doubled", ward=ward.name)


def require_unused(session: Session, ward: Ward) -> None:
    """Raise Refused("ward_in_use") for a ward that customers, meetings or members are on."""
    ward_id = session.scalar(select(m.Ward.id).where(m.Ward.key == ward.key))
    uses = (
        ("kunder", select(m.Customer.id).where(m.Customer.ward_id == ward_id)),
        ("möten", select(m.Meeting.id).where(m.Meeting.ward_id == ward_id)),
        ("medarbetare", select(m.MemberWard.member_id).where(m.MemberWard.ward_id == ward_id)),
    )
    for what, query in uses:
        if session.execute(query.limit(1)).first() is not None:
            raise Refused("ward_in_use", ward=ward.name, what=what)


@needs(Right.READ_REGISTERS)
def unit_forums(desk: Desk, *, unit: str) -> tuple[UnitForum, ...]:
    """The forums of the unit's setting as the unit runs them, and where they depart from the routine."""
    place = get_unit(desk, key=unit).value
    own = {one.key: one for one in place.forums}
    found = []
    for routine in desk.catalogue.forums(place.setting):
        ours = apply_departure(routine, own[routine.key]) if routine.key in own else routine
        found.append(UnitForum(ours, routine, differences(routine, ours)))
    return tuple(found)


@needs(Right.WRITE_REGISTERS)
def adjust_forum(desk: Desk, *, unit: str, own: Forum) -> Stored[Unit]:
    """Keep the unit's own copy of a forum; one equal to the routine's is no departure any more."""
    stored = get_unit(desk, key=unit)
    routine = desk.catalogue.forum(stored.value.setting, own.key)
    if routine is None:
        raise NotFound("not_found", what="Mötesforumet", key=own.key)
    departure = departure_from(routine, own)
    others = tuple(one for one in stored.value.forums if one.key != own.key)
    forums = (*others, departure) if departure else others
    return save_unit(desk, unit=replace(stored.value, forums=forums), expected_version=stored.version)
