"""The diary: meetings as bookings of people and rooms, for what clashes and for what a year is planned around.

Nothing typed about customers is read. A meeting that the person may not see keeps people busy all the same: its booking
has no words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true

from app import models as m
from app.domain.availability import Ways, is_digital, plain_place, ways_of
from app.domain.catalogue import Setting
from app.domain.clashes import Booking, Clash
from app.domain.meetings import MeetingStatus
from app.domain.swedish import in_sentence
from app.services import planning_records, sight
from app.services.desk import Desk
from app.services.records import fetch, is_wanted
from app.storage.unit_of_work import UnitOfWork

NOT_CANCELLED = m.Meeting.status != MeetingStatus.CANCELLED.value


@dataclass(slots=True, kw_only=True)
class Diary:
    """Meetings as bookings, which of them the person sees, and what the sentences call people and rooms."""

    rooms: Mapping[tuple[str | None, str], str]
    travel: Ways
    bookings: dict[str, Booking] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)

    def shown(self, clash: Clash) -> Clash:
        """The clash without the key of a meeting that the person may not see."""
        return clash if clash.second in self.seen else replace(clash, second="")

    def room(self, unit: str, place: str | None) -> str | None:
        """The room that a place names: one of the unit's own, else one that all share."""
        return self.rooms.get((unit, plain_place(place))) or self.rooms.get((None, plain_place(place)))


def read_diary(desk: Desk, work: UnitOfWork, condition: ColumnElement[bool]) -> Diary:
    """The meetings that fulfil `condition` (on m.Meeting), of all units: people are busy there too."""
    within = sight.within_reach(desk)
    query = (
        select(
            m.Meeting.id, m.Meeting.key, m.Meeting.date, m.Meeting.start, m.Meeting.end, m.Meeting.place,
            m.Meeting.link, m.Meeting.forum, m.Meeting.chair_id, m.Unit.key.label("unit"),
            m.Unit.name.label("unit_name"), m.Unit.setting, m.Ward.name.label("ward_name"),
            (true() if within is None else within).label("seen"),
        )
        .select_from(m.Meeting)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(condition)
    )  # fmt: skip
    rows = fetch(work.session, query)
    called = _called(work, rows)
    members = _members(work, called)
    diary = Diary(rooms={}, travel=_travel(work), names=dict(members.values()))
    diary.rooms = _rooms(work, diary.names)
    forums = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
    for row in rows:
        if row.seen:
            diary.seen.add(row.key)
        forum = forums.get((row.setting, row.forum)) or forums.get((Setting.LEDNING.value, row.forum), row.forum)
        diary.bookings[row.key] = Booking(
            key=row.key, start=dt.datetime.combine(row.date, row.start), end=dt.datetime.combine(row.date, row.end),
            who=tuple(members[one][0] for one in called[row.id]), unit=row.unit, room=diary.room(row.unit, row.place),
            digital=is_digital(row.place, row.link),
            words=f"{in_sentence(forum)} på {row.ward_name or row.unit_name}" if row.seen else "",
        )  # fmt: skip
    return diary


def wanted_there(members: Collection[str]) -> ColumnElement[bool]:
    """The condition on m.Meeting that one of the members may have to be there: called, convenor, or in another's place.

    Who said that she cannot come is among them: `Booking.who` has those who come.
    """
    ids = select(m.Member.id).where(m.Member.key.in_(members))
    called = select(m.MeetingMember.meeting_id).where(m.MeetingMember.member_id.in_(ids))
    instead = select(m.MeetingRegret.meeting_id).where(m.MeetingRegret.substitute_id.in_(ids))
    return or_(m.Meeting.id.in_(called.union(instead)), m.Meeting.chair_id.in_(ids))


def _called(work: UnitOfWork, rows: Sequence[Any]) -> Mapping[int, Mapping[int, None]]:
    """The members who are to be at each meeting: those called, the convenor, and substitutes for who cannot come."""
    query = (
        select(m.MeetingMember.meeting_id, m.MeetingMember.member_id)
        .where(is_wanted(m.MeetingMember.meeting_id))
        .order_by(m.MeetingMember.meeting_id, m.MeetingMember.position)
    )
    found: dict[int, dict[int, None]] = {row.id: {} for row in rows}
    for meeting, member in fetch(work.session, query, wanted=list(found)):
        found[meeting][member] = None
    for row in rows:
        if row.chair_id is not None:
            found[row.id][row.chair_id] = None
    regrets = select(m.MeetingRegret.meeting_id, m.MeetingRegret.member_id, m.MeetingRegret.substitute_id)
    said = fetch(work.session, regrets.where(is_wanted(m.MeetingRegret.meeting_id)), wanted=list(found))
    for meeting, _, substitute in said:
        if substitute is not None:
            found[meeting][substitute] = None
    for meeting, member, _ in said:  # after all: who was to come in another's place may have fallen ill too
        found[meeting].pop(member, None)
    return found


def _members(work: UnitOfWork, called: Mapping[int, Mapping[int, None]]) -> dict[int, tuple[str, str]]:
    """Key and name of everybody called, by id."""
    query = select(m.Member.id, m.Member.key, m.Member.name).where(is_wanted(m.Member.id))
    wanted = {member for members in called.values() for member in members}
    return {found: (key, name) for found, key, name in fetch(work.session, query, wanted=sorted(wanted))}


def names_of(work: UnitOfWork, keys: Collection[str]) -> dict[str, str]:
    """The names of members, by key."""
    query = select(m.Member.key, m.Member.name).where(is_wanted(m.Member.key))
    return {row.key: row.name for row in fetch(work.session, query, wanted=keys)}


def _rooms(work: UnitOfWork, names: dict[str, str]) -> dict[tuple[str | None, str], str]:
    """What each room is called in a booking, by its unit and name; the sentences' names learn theirs."""
    found = {}
    for room, _ in planning_records.load(work.session, planning_records.ROOMS).values():
        called = f"room:{room.key}"  # a member may have the same key
        found[room.unit, plain_place(room.name)] = called
        names[called] = room.name
    return found


def _travel(work: UnitOfWork) -> Ways:
    return ways_of(one for one, _ in planning_records.load(work.session, planning_records.TRAVEL).values())
