"""Sjukanmälan: what a day's meetings lose when somebody is sick and who can step in; one gesture, and its way back.

Nothing of customers is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import and_, or_, select

from app import models as m
from app.domain.availability import Absence, AbsenceKind
from app.domain.clashes import Booking
from app.domain.errors import NotAllowed
from app.domain.holidays import named_days
from app.domain.meetings import MeetingStatus, Regret
from app.domain.people import Person
from app.domain.presence import Presence
from app.domain.regrets import lost_needs
from app.domain.roles import Right
from app.domain.sick_call import SEARCHED_DAYS, Hit, Reported, Staff, StandIn, another_time, with_proposed
from app.domain.team import Member
from app.domain.units import Unit
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services import register_records
from app.services.desk import Desk, needs
from app.services.diary import NOT_CANCELLED, Diary, read_diary, wanted_there
from app.services.presence import knows_why, read_presence
from app.services.proposals import own_forum
from app.services.regrets import add_regret, drop_regret
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was read for the day."""

    diary: Diary
    ahead: Sequence[Booking]
    rows: Mapping[str, Any]
    units: Mapping[str, Unit]
    members: Mapping[str, Member]
    presence: Presence
    free_days: Mapping[dt.date, str]


@needs(Right.WRITE_MEETINGS)
def sick_call(desk: Desk, *, members: Sequence[str], day: dt.date) -> tuple[Hit, ...]:
    """The planned meetings of the day that the sick are to be at, with what each loses and how it can be helped.

    A meeting of another unit than the person's is told without key and help. Raises NotAllowed("absence_of_another")
    for a member whose absences the person does not keep.
    """
    if not members:
        return ()
    with desk.reading() as work:
        found = _read(desk, work, members, day)
    sick = [key for key in dict.fromkeys(members) if key in found.members]
    hits: list[tuple[Hit, Booking]] = []
    for key, one in found.diary.bookings.items():
        hit = tuple(member for member in sick if member in one.who)
        if not hit or found.rows[key].status != MeetingStatus.PLANNED.value:
            continue
        if key in found.diary.seen:
            hits.append((_hit(desk, found, one, sick=hit, all_sick=sick), one))
        else:
            untold = Hit(
                meeting="", version=0, heading="", place="", start=one.start, end=one.end, sick=hit, stand_ins={}
            )
            hits.append((untold, one))
    return tuple(sorted(with_proposed(hits, found.diary.travel), key=lambda one: (one.start, one.meeting)))


def _read(desk: Desk, work: UnitOfWork, members: Sequence[str], day: dt.date) -> _Found:
    people = {key: one for key, (one, _) in register_records.load_members(work.session).items()}
    for key in members:
        if key in people:
            _require(desk, people[key])
    diary = read_diary(desk, work, and_(m.Meeting.date == day, NOT_CANCELLED))
    hit = [one for one in diary.bookings.values() if set(one.who) & set(members)]
    who = {person for one in hit for person in one.who}
    last = day + dt.timedelta(days=SEARCHED_DAYS)
    there = m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key.in_({one.unit for one in hit})))
    later = m.Meeting.date.between(day + dt.timedelta(days=1), last)
    ahead = read_diary(desk, work, and_(later, NOT_CANCELLED, or_(wanted_there(who), there)))
    query = select(
        m.Meeting.key, m.Meeting.version, m.Meeting.forum, m.Meeting.place, m.Meeting.status, m.Ward.key.label("ward"),
        m.Ward.name.label("ward_name"), m.Member.key.label("chair"),
    )  # fmt: skip
    query = query.select_from(m.Meeting).outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
    query = query.outerjoin(m.Member, m.Member.id == m.Meeting.chair_id).where(m.Meeting.date == day)
    presence = read_presence(desk, work, list(people), first=day, last=last)
    return _Found(
        diary=diary, ahead=tuple(ahead.bookings.values()),
        rows={row.key: row for row in work.session.execute(query)},
        units={key: one for key, (one, _) in register_records.load_units(work.session).items()}, members=people,
        presence=_with_sick(presence, members, day), free_days=named_days(day, last),
    )  # fmt: skip


def _require(desk: Desk, member: Member) -> None:
    if not knows_why(desk, member.key, member.units):
        raise NotAllowed("absence_of_another")


def _sick(member: str, day: dt.date) -> Absence:
    return Absence(key="", member=member, from_=day, to=day, kind=AbsenceKind.SICK)


def _with_sick(presence: Presence, members: Sequence[str], day: dt.date) -> Presence:
    away = {**presence.away, **{key: (*presence.away.get(key, ()), _sick(key, day)) for key in members}}
    return replace(presence, away=away)


def _hit(desk: Desk, found: _Found, one: Booking, *, sick: tuple[str, ...], all_sick: Sequence[str]) -> Hit:
    row, unit = found.rows[one.key], found.units[one.unit]
    where = ", ".join(filter(None, (unit.name, row.place)))
    forum = own_forum(desk, unit=unit, forum=row.forum)
    missing = [found.members[key] for key in sick]
    coming = [key for key in one.who if key not in all_sick and found.presence.works(key, one.start, one.end)]
    staff = Staff(
        members=[found.members[key] for key in found.members if _within(desk, found.members[key])],
        presence=found.presence, travel=found.diary.travel, professions=desk.professions,
        others=[other for other in found.diary.bookings.values() if other.key != one.key],
    )  # fmt: skip
    stand_ins: dict[str, tuple[StandIn, ...]] = {}
    for member in missing:
        named = {
            sub.member: ward.name for ward in unit.wards for sub in ward.substitutes
            if sub.profession == member.profession and row.ward in (None, ward.key)
        }  # fmt: skip
        stand_ins[member.key] = staff.stand_ins(member, one, forum=forum, ward=row.ward, substitutes=named)
    return Hit(
        meeting=one.key, version=row.version, start=one.start, end=one.end, sick=sick, stand_ins=stand_ins,
        heading=" ".join(filter(None, (forum.name, row.ward_name))), place=where,
        lost=lost_needs(
            forum, missing=missing, coming=[found.members[key] for key in coming if key in found.members],
            professions=desk.professions,
        ),
        leaderless=row.chair in sick,
        # What is held every day is held tomorrow anyhow.
        another_time=None if forum.interval and forum.interval.frequency == "daily" else another_time(
            one, who=(*coming, *sick), presence=found.presence, others=found.ahead, travel=found.diary.travel,
            free_days=frozenset(found.free_days),
        ),
    )  # fmt: skip


def _within(desk: Desk, member: Member) -> bool:
    return any(desk.actor.works_in(unit) for unit in member.units)


@needs(Right.WRITE_MEETINGS)
def report_sick(
    desk: Desk, *, members: Sequence[str], day: dt.date, instead: Mapping[tuple[str, str], Person]
) -> Reported:  # fmt: skip
    """Enter the day's absence of the sick, and in each meeting of theirs that they cannot come.

    `instead` says who comes in the place of whom, by meeting and member. An absence or a regret that is there already
    stays. All is done or nothing. Raises as `sick_call` and `tell_regret` do.
    """
    absences: list[str] = []
    regrets: list[tuple[str, str]] = []
    at = desk.clock.now().replace(second=0, microsecond=0)
    with desk.writing() as work:
        found = register_records.load_members(work.session, m.Member.key.in_(members))
        for key in (key for key in dict.fromkeys(members) if key in found):
            _require(desk, found[key][0])
            if not _is_away(work, key, day):
                absence = replace(_sick(key, day), key=keeping.fresh_key(work, records.ABSENCES, f"borta-{key}-{day}"))
                keeping.keep(desk, work, records.ABSENCES, absence, expected_version=None)
                absences.append(absence.key)
            for meeting in _meetings(desk, work, key, day):
                add_regret(desk, work, meeting, Regret(member=key, substitute=instead.get((meeting, key)), at=at))
                regrets.append((meeting, key))
        work.commit()
    return Reported(absences=tuple(absences), regrets=tuple(regrets))


@needs(Right.WRITE_MEETINGS)
def take_back_sick(desk: Desk, *, reported: Reported) -> None:
    """Take back what a sick call entered. Raises Conflict when an absence was changed meanwhile."""
    with desk.writing() as work:
        for key in reported.absences:
            _require(desk, _member_of(work, keeping.kept(work, records.ABSENCES, key).value.member))
            keeping.remove(desk, work, records.ABSENCES, key, expected_version=1)
        for meeting, member in reported.regrets:
            drop_regret(desk, work, meeting, member)
        work.commit()


def _member_of(work: UnitOfWork, key: str) -> Member:
    return register_records.load_members(work.session, m.Member.key == key)[key][0]


def _is_away(work: UnitOfWork, member: str, day: dt.date) -> bool:
    ids = select(m.Member.id).where(m.Member.key == member)
    found = records.load(work.session, records.ABSENCES, m.Absence.member_id.in_(ids)).values()
    first, last = dt.datetime.combine(day, dt.time()), dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return any(one.begins <= first and last <= one.ends for one, _ in found)


def _meetings(desk: Desk, work: UnitOfWork, member: str, day: dt.date) -> list[str]:
    """The planned meetings of the day that she is to be at, called or leading, of the units the person sees."""
    planned = m.Meeting.status == MeetingStatus.PLANNED.value
    diary = read_diary(desk, work, and_(m.Meeting.date == day, planned, wanted_there({member})))
    return [
        key for key, one in diary.bookings.items()
        if member in one.who and desk.actor.works_in(one.unit)
    ]  # fmt: skip
