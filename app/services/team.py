"""The team's register: members, whom a ward's team consists of, and what it lacks against the routine."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.errors import NotFound, Refused
from app.domain.keys import free_key, key_from
from app.domain.personnummer import refuse_personnummer
from app.domain.planning_faults import refuse_faulty
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.domain.team import Gap, Member, team_gaps_of
from app.services import register_records as records
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.services.references import referring_rows
from app.services.rows import all_keys, bump, require_unit
from app.services.units import get_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@needs(Right.READ_REGISTERS)
def list_members(
    desk: Desk, *, unit: str | None = None, ward: str | None = None, include_ended: bool = False
) -> tuple[Stored[Member], ...]:
    """The members of the units the person sees, by name; those who have left only when asked for."""
    with desk.reading() as work:
        found = records.load_members(work.session)
    shown = [
        Stored(member, version)
        for member, version in found.values()
        if any(desk.actor.sees(key) for key in member.units)
        and (unit is None or unit in member.units)
        and (ward is None or ward in member.wards)
        and (include_ended or member.to is None or member.to >= desk.today)
    ]
    return tuple(sorted(shown, key=lambda one: sort_key(one.value.name)))


@needs(Right.READ_REGISTERS)
def get_member(desk: Desk, *, key: str) -> Stored[Member]:
    """One member. Raises NotFound."""
    with desk.reading() as work:
        return Stored(*_read(desk, work, key))


def _read(desk: Desk, work: UnitOfWork, key: str) -> tuple[Member, int]:
    found = records.load_members(work.session, m.Member.key == key).get(key)
    if found is None or not any(desk.actor.sees(unit) for unit in found[0].units):
        raise NotFound("not_found", what="Medarbetaren", key=key)
    return found


@needs(Right.READ_MEETINGS)
def member_names(desk: Desk) -> dict[str, str]:
    """Every member's key with her name, those of other units too: minutes name them."""
    with desk.reading() as work:
        return {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}


@needs(Right.WRITE_REGISTERS)
def add_member(desk: Desk, *, member: Member) -> Stored[Member]:
    """A new member; an empty key is made from the name."""
    check_member(member)
    with desk.writing() as work:
        key = member.key or free_key(key_from(member.name, fallback="medarbetare"), all_keys(work.session, m.Member))
        kept = replace(member, key=key)
        directory = _directory(desk, work.session, kept)
        records.insert_members(work.session, directory, [kept])
        work.record(Event(action="add_member", object=f"member:{key}"))
        work.commit()
    return Stored(kept, 1)


@needs(Right.WRITE_REGISTERS)
def save_member(desk: Desk, *, member: Member, expected_version: int) -> Stored[Member]:
    """Keep the member as she stands in `member`. Raises Refused, NotFound or Conflict."""
    check_member(member)
    with desk.writing() as work:
        found, _ = _read(desk, work, member.key)
        require_every_unit_of(desk, found)
        bump(work.session, m.Member, key=member.key, expected_version=expected_version, what="Medarbetaren")
        records.update_member(work.session, _directory(desk, work.session, member), old=found, new=member)
        work.record(Event(action="save_member", object=f"member:{member.key}"))
        work.commit()
    return Stored(member, expected_version + 1)


def _directory(desk: Desk, session: Session, member: Member) -> Directory:
    for unit in member.units:
        require_unit(desk, unit)
    directory = Directory(session)
    directory.learn_keys(m.Unit, member.units)
    directory.learn_keys(m.Ward, member.wards)
    return directory


def require_every_unit_of(desk: Desk, member: Member) -> None:
    """Raise NotAllowed unless the account reaches all the member's units: her last day closes her account there too."""
    for unit in member.units:
        require_unit(desk, unit)


def check_member(member: Member) -> None:
    """Raise Refused for a missing name, profession or unit, a personnummer, or a period that ends before it begins."""
    refuse_personnummer((member.name, member.key))
    if not member.name.strip():
        raise Refused("member_name_missing")
    if not member.profession.strip():
        raise Refused("profession_missing", name=member.name)
    if not member.units:
        raise Refused("member_unit_missing", name=member.name)
    if member.from_ and member.to and member.to < member.from_:
        raise Refused("period_backwards")
    refuse_faulty("members", member)


@needs(Right.WRITE_REGISTERS)
def delete_member(desk: Desk, *, key: str, expected_version: int) -> None:
    """Remove a member that nothing refers to. Raises Refused("member_referenced") else: end her employment instead."""
    with desk.writing() as work:
        require_every_unit_of(desk, _read(desk, work, key)[0])
        member_id = bump(work.session, m.Member, key=key, expected_version=expected_version, what="Medarbetaren")
        if referring_rows(work.session, m.Member, member_id):
            raise Refused("member_referenced")
        work.session.execute(delete(m.Member).where(m.Member.id == member_id))
        work.record(Event(action="delete_member", object=f"member:{key}"))
        work.commit()


@needs(Right.READ_REGISTERS)
def ward_team(desk: Desk, *, unit: str, ward: str) -> tuple[Member, ...]:
    """The ward's fixed team: those placed on it, and those of the unit who serve every ward."""
    members = (one.value for one in list_members(desk, unit=unit))
    return tuple(
        member for member in members if member.active_on(desk.today) and (ward in member.wards or not member.wards)
    )


@needs(Right.READ_REGISTERS)
def team_gaps(desk: Desk, *, unit: str) -> tuple[Gap, ...]:
    """What the unit's teams lack against the routine, in words."""
    place = get_unit(desk, key=unit).value
    members = tuple(one.value for one in list_members(desk, unit=unit))
    return team_gaps_of(
        place, members=members, forums=desk.catalogue.forums(place.setting), professions=desk.professions, on=desk.today
    )
