"""What a year is planned from: the units' demands, everybody's other meetings and absences, and whose turn it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from app import models as m
from app.domain.availability import Absence
from app.domain.carrying import agreed_customers
from app.domain.catalogue import Setting
from app.domain.clashes import all_clashes, turned
from app.domain.customers import Customer, CustomerStatus
from app.domain.holidays import named_days
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.series import Series
from app.domain.team import Member
from app.domain.turns import Turn
from app.domain.units import Unit
from app.domain.year_plan.values import Busy, Problem, Window
from app.services import meeting_records, planning_records, register_records, team, units
from app.services.desk import Desk
from app.services.diary import NOT_CANCELLED, Diary, read_diary
from app.services.proposals import last_reviewed, own_forum, turns_of
from app.services.rows import require_unit
from app.services.wheel_points import Place, given, themes_of
from app.services.year_demands import Around, Asked, Booked, demands_of
from app.services.year_meetings import Known
from app.storage.unit_of_work import UnitOfWork

_LOOK_BACK_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What was read for the whole plan at once, in one unchanging state."""

    diary: Diary
    taken: Mapping[str, str]
    booked: Mapping[str, Sequence[Booked]]
    customers: Mapping[str, Sequence[Customer]]
    movable: Mapping[str, tuple[Meeting, int]]
    reviewed: Mapping[str, dt.date]
    agreed: Mapping[tuple[str, str, str | None], tuple[str, ...]]
    series: Sequence[Series]
    absences: Sequence[Absence]
    turns: Mapping[str, Turn]
    themes: Mapping[tuple[str, str, int], tuple[str, ...]]
    given: Mapping[Place, set[str]]


def read_problem(
    desk: Desk, wanted: tuple[str, ...], *, first: dt.date, last: dt.date
) -> tuple[list[Asked], Problem, Known]:
    """The units' demands, the problem they make, and what its answer is filled from. Raises NotAllowed, NotFound."""
    for key in wanted:
        require_unit(desk, key)
    with desk.reading() as work:
        found = _read(desk, work, wanted, first=first, last=last)
    free = named_days(first, last)
    asked: list[Asked] = []
    members: dict[str, Member] = {}
    names = dict(found.diary.names)
    for key in dict.fromkeys(wanted):
        unit = units.get_unit(desk, key=key).value
        there = [one.value for one in team.list_members(desk, unit=key)]
        members |= {one.key: one for one in there}
        names[key] = unit.name
        if unit.setting is not Setting.LEDNING:
            around = Around(
                members=there, customers=found.customers[key], professions=desk.professions,
                booked=found.booked.get(key, ()), series=[one for one in found.series if one.unit == key],
                first=first, last=last, free=free, room=found.diary.room,
            )  # fmt: skip
            asked += demands_of(unit, forums=_forums(desk, unit), around=around)
    names |= {key: one.name for key, one in members.items()}
    for one in asked:
        if one.demand.room:
            names.setdefault(one.demand.room, one.demand.room.partition("/")[2])
    problem = Problem(
        first=first, last=last, demands=tuple(one.demand for one in asked), windows=_windows(members),
        busy=(*_absent(found.absences, first, last), *_taken(found.diary, asked)), free_days=free,
        travel=found.diary.travel, names=names,
    )  # fmt: skip
    known = Known(
        customers=found.customers, agreed=found.agreed, reviewed=found.reviewed, turns=found.turns,
        meetings=found.movable, themes=found.themes, given=found.given,
        why={**dict(_on_red_days(found, free)), **found.taken},
    )  # fmt: skip
    return asked, problem, known


def _forums(desk: Desk, unit: Unit) -> list[Any]:
    return [own_forum(desk, unit=unit, forum=one.key) for one in desk.catalogue.forums(unit.setting)]


def _read(desk: Desk, work: UnitOfWork, wanted: tuple[str, ...], *, first: dt.date, last: dt.date) -> _Found:
    session = work.session
    period = m.Meeting.date.between(first, last)
    ours = m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key.in_(wanted)))
    planned = m.Meeting.status == MeetingStatus.PLANNED.value
    since = first - dt.timedelta(days=_LOOK_BACK_DAYS)
    diary = read_diary(desk, work, and_(period, NOT_CANCELLED))
    absences = [one for one, _ in planning_records.load(session, planning_records.ABSENCES).values()]
    taken = _wanted_elsewhere(diary, absences)
    return _Found(
        diary=diary,
        taken=taken,
        booked=_booked(work, and_(ours, m.Meeting.date.between(since, last)), taken=taken),
        customers={key: _customers(work, key, first) for key in wanted},
        movable=meeting_records.load(session, and_(ours, period, planned)),
        reviewed=last_reviewed(work),
        agreed=_agreed(work, and_(ours, m.Meeting.date.between(since, first - dt.timedelta(days=1)))),
        series=[one for one, _ in planning_records.load(session, planning_records.SERIES).values()],
        absences=absences,
        turns=turns_of(work),
        themes=themes_of(work, wanted),
        given=given(work, and_(ours, m.Meeting.date.between(first.replace(day=1), last))),
    )


def _on_red_days(found: _Found, free: Mapping[dt.date, str]) -> Iterator[tuple[str, str]]:
    """The booked meetings that lie on a holiday, with its name."""
    for meeting, _ in found.movable.values():
        if meeting.date in free:
            yield meeting.key, free[meeting.date]


def _wanted_elsewhere(diary: Diary, absences: Sequence[Absence]) -> dict[str, str]:
    """The meetings that clash with another one, or that somebody is away from, and which or who in words."""
    found: dict[str, str] = {}
    for one in all_clashes(diary.bookings.values(), diary.travel, names=diary.names):
        other = turned(one, diary.bookings, diary.travel, names=diary.names)
        found.setdefault(one.first, one.sentence)
        found.setdefault(other.first, other.sentence)
    away: dict[str, list[Absence]] = {}
    for absence in absences:
        away.setdefault(absence.member, []).append(absence)
    for booking in diary.bookings.values():
        for who in booking.who:
            for absence in away.get(who, ()):
                if absence.begins < booking.end and booking.start < absence.ends:
                    words = (absence.kind.label if absence.kind else "Borta").lower()
                    found.setdefault(booking.key, f"{diary.names.get(who, who)}: {words}")
    return found


def _booked(work: UnitOfWork, condition: Any, *, taken: Collection[str]) -> dict[str, list[Booked]]:
    """What is booked and was held lately, unit by unit; cancelled meetings are not."""
    query = (
        select(
            m.Unit.key.label("unit"), m.Meeting.key, m.Meeting.forum, m.Ward.key.label("ward"), m.Meeting.date,
            m.Meeting.start, m.Meeting.end, m.Meeting.link, m.Meeting.status, m.Meeting.pinned, m.Meeting.announced_on,
        )
        .select_from(m.Meeting)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(condition, NOT_CANCELLED)
    )  # fmt: skip
    found: dict[str, list[Booked]] = {}
    for row in work.session.execute(query):
        kept = row.status != MeetingStatus.PLANNED.value or row.pinned or row.announced_on is not None
        found.setdefault(row.unit, []).append(Booked(
            key=row.key, forum=row.forum, ward=row.ward, date=row.date, start=row.start, end=row.end, link=row.link,
            kept=kept, free=row.key not in taken,
        ))  # fmt: skip
    return found


def _agreed(work: UnitOfWork, condition: Any) -> dict[tuple[str, str, str | None], tuple[str, ...]]:
    """What the latest meeting of each forum agreed about the next; of a cancelled one its own customers come first."""
    query = (
        select(m.Unit.key.label("unit"), m.Meeting.forum, m.Ward.key.label("ward"), m.Meeting.key)
        .select_from(m.Meeting)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(condition)
        .order_by(m.Meeting.date, m.Meeting.start)
    )
    latest = {(row.unit, row.forum, row.ward): row.key for row in work.session.execute(query)}
    found = meeting_records.load(work.session, m.Meeting.key.in_(latest.values()))
    return {place: agreed_customers(found[key][0]) for place, key in latest.items()}


def _customers(work: UnitOfWork, unit: str, day: dt.date) -> list[Customer]:
    living = m.Customer.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit))
    found = [one for one, _ in register_records.load_customers(work.session, living).values()]
    return [one for one in found if one.status_on(day) is not CustomerStatus.LEFT]


def _windows(members: Mapping[str, Member]) -> dict[str, tuple[Window, ...]]:
    return {
        key: tuple(Window(weekday=hours.weekday, from_=hours.from_, to=hours.to) for hours in one.hours)
        for key, one in members.items()
        if one.hours
    }


def _absent(absences: Sequence[Absence], first: dt.date, last: dt.date) -> Iterator[Busy]:
    for one in absences:
        if one.begins.date() <= last and one.ends.date() >= first:
            words = one.kind.label if one.kind else "Borta"
            yield Busy(who=one.member, start=one.begins, end=one.ends, words=words.lower(), away=True)


def _taken(diary: Diary, asked: Sequence[Asked]) -> Iterator[Busy]:
    """When people and rooms are taken by meetings that are no part of the plan."""
    planned = {one.key for item in asked for one in item.booked}
    for one in diary.bookings.values():
        if one.key not in planned:
            site = None if one.digital else one.unit
            for who in (*one.who, *([one.room] if one.room else [])):
                yield Busy(who=who, start=one.start, end=one.end, site=site, words=one.words)
