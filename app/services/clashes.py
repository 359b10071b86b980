"""Clashes of the calendar: who, or which room, is to be in two places at once. Nothing typed about customers is read.

A meeting that the person may not see keeps people busy all the same: that is told without what it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, select, true

from app import models as m
from app.domain import clashes as rules
from app.domain.catalogue import Setting
from app.domain.clashes import Booking, Clash, Ways
from app.domain.errors import NotAllowed, NotFound
from app.domain.meeting_rules import reaches
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.roles import Right
from app.domain.swedish import in_sentence
from app.services import planning_records, sight
from app.services.desk import Desk, needs
from app.services.records import fetch, is_wanted
from app.storage.unit_of_work import UnitOfWork

_NOT_CANCELLED = m.Meeting.status != MeetingStatus.CANCELLED.value


@needs(Right.READ_MEETINGS)
def clashes_in(desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None) -> tuple[Clash, ...]:
    """The clashes of a period (inclusive), told to each meeting that the person sees, of `unit` where one is named.

    A clash of two meetings that she sees is there twice, once from either side. One with a meeting that she may not
    see has no key for `second`: keys are made of unit and forum.
    """
    with desk.reading() as work:
        diary = _diary(desk, work, and_(m.Meeting.date >= from_, m.Meeting.date <= to, _NOT_CANCELLED))
    found = rules.all_clashes(diary.bookings.values(), diary.travel, names=diary.names)
    told = []
    for clash in found:
        told += [clash, rules.turned(clash, diary.bookings, diary.travel, names=diary.names)]
    return tuple(
        diary.shown(one) for one in told if one.first in diary.seen and unit in (None, diary.bookings[one.first].unit)
    )


@needs(Right.READ_MEETINGS)
def clashes_with(desk: Desk, *, meeting: Meeting) -> tuple[Clash, ...]:
    """What keeps the people and the room of a meeting elsewhere, whether it is kept already or only thought of.

    Raises NotAllowed("not_your_unit") for a meeting of a unit that the person's account does not reach.
    """
    if not reaches(meeting, desk.actor):
        raise NotAllowed("not_your_unit")
    with desk.reading() as work:
        diary = _diary(desk, work, and_(m.Meeting.date == meeting.date, _NOT_CANCELLED))
        who = _who(meeting)
        names = {**diary.names, **_names_of(work, who)}
    one = Booking(
        key=meeting.key, start=dt.datetime.combine(meeting.date, meeting.start),
        end=dt.datetime.combine(meeting.date, meeting.end), who=who, unit=meeting.unit,
        room=diary.room(meeting.unit, meeting.place), digital=rules.is_digital(meeting.place, meeting.link),
    )  # fmt: skip
    found = rules.clashes_of(one, diary.bookings.values(), diary.travel, names=names)
    return tuple(diary.shown(clash) for clash in found)


@needs(Right.READ_MEETINGS)
def clashes_if_moved(desk: Desk, *, key: str, date: dt.date, start: dt.time, end: dt.time) -> tuple[Clash, ...]:
    """What would keep people and room of a kept meeting elsewhere if it were held then. Nothing is changed.

    Raises NotFound, NotAllowed("not_your_unit").
    """
    with desk.reading() as work:
        own = _diary(desk, work, m.Meeting.key == key)
        diary = _diary(desk, work, and_(m.Meeting.date == date, _NOT_CANCELLED))
    if key not in own.bookings:
        raise NotFound("not_found", what="Mötet", key=key)
    if key not in own.seen:
        raise NotAllowed("not_your_unit")
    moved = replace(own.bookings[key], start=dt.datetime.combine(date, start), end=dt.datetime.combine(date, end))
    names = {**diary.names, **own.names}
    found = rules.clashes_of(moved, diary.bookings.values(), diary.travel, names=names)
    return tuple(diary.shown(clash) for clash in found)


@dataclass(slots=True, kw_only=True)
class _Diary:
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
        return self.rooms.get((unit, _plain(place))) or self.rooms.get((None, _plain(place)))


def _diary(desk: Desk, work: UnitOfWork, condition: ColumnElement[bool]) -> _Diary:
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
    diary = _Diary(rooms={}, travel=_travel(work), names=dict(members.values()))
    diary.rooms = _rooms(work, diary.names)
    forums = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
    for row in rows:
        if row.seen:
            diary.seen.add(row.key)
        forum = forums.get((row.setting, row.forum)) or forums.get((Setting.LEDNING.value, row.forum), row.forum)
        diary.bookings[row.key] = Booking(
            key=row.key, start=dt.datetime.combine(row.date, row.start), end=dt.datetime.combine(row.date, row.end),
            who=tuple(members[one][0] for one in called[row.id]), unit=row.unit, room=diary.room(row.unit, row.place),
            digital=rules.is_digital(row.place, row.link),
            words=f"{in_sentence(forum)} på {row.ward_name or row.unit_name}" if row.seen else "",
        )  # fmt: skip
    return diary


def _who(meeting: Meeting) -> tuple[str, ...]:
    """The keys of the members who are to be at a meeting that may not be kept yet."""
    away = {one.member for one in meeting.regrets}
    wanted = [*meeting.participants, meeting.chair]
    instead = [one.substitute for one in meeting.regrets]
    there = [one for one in wanted if isinstance(one, str) and one not in away]
    return tuple(dict.fromkeys([*there, *(one for one in instead if isinstance(one, str))]))


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
    for meeting, member, substitute in fetch(
        work.session, regrets.where(is_wanted(m.MeetingRegret.meeting_id)), wanted=list(found)
    ):
        found[meeting].pop(member, None)
        if substitute is not None:
            found[meeting][substitute] = None
    return found


def _members(work: UnitOfWork, called: Mapping[int, Mapping[int, None]]) -> dict[int, tuple[str, str]]:
    """Key and name of everybody called, by id."""
    query = select(m.Member.id, m.Member.key, m.Member.name).where(is_wanted(m.Member.id))
    wanted = {member for members in called.values() for member in members}
    return {found: (key, name) for found, key, name in fetch(work.session, query, wanted=sorted(wanted))}


def _names_of(work: UnitOfWork, keys: Collection[str]) -> dict[str, str]:
    query = select(m.Member.key, m.Member.name).where(is_wanted(m.Member.key))
    return {row.key: row.name for row in fetch(work.session, query, wanted=keys)}


def _rooms(work: UnitOfWork, names: dict[str, str]) -> dict[tuple[str | None, str], str]:
    """What each room is called in a booking, by its unit and name; the sentences' names learn theirs."""
    found = {}
    for room, _ in planning_records.load(work.session, planning_records.ROOMS).values():
        called = f"room:{room.key}"  # a member may have the same key
        found[room.unit, _plain(room.name)] = called
        names[called] = room.name
    return found


def _travel(work: UnitOfWork) -> Ways:
    ways = [one for one, _ in planning_records.load(work.session, planning_records.TRAVEL).values()]
    return {(one.from_, one.to): one.minutes for one in ways}


def _plain(place: str | None) -> str:
    return " ".join((place or "").split()).casefold()
