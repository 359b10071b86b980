"""Saying beforehand that one cannot come to a meeting, and being told of it as its convenor (routine 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app import models as m
from app.domain.clashes import who_comes
from app.domain.errors import NotAllowed, Refused
from app.domain.meetings import Meeting, MeetingStatus, Regret
from app.domain.people import Person, person_name
from app.domain.regrets import RegretNote, expected, lost_needs, regret_of
from app.domain.roles import Right
from app.domain.swedish import in_sentence
from app.domain.team import Member
from app.services import meeting_records, register_records, sight
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.meetings import keep_change, may_at, read
from app.services.preferences import get_preference, set_preference
from app.services.proposals import own_forum
from app.services.records import Directory
from app.storage.unit_of_work import UnitOfWork

_SEEN = "seen_regrets"
"""The preference that keeps which notes the person has taken note of."""
_MOST_KEPT = 300


@needs_at_meeting(Right.TELL_ABSENCE, Right.WRITE_MEETINGS)
def tell_regret(
    desk: Desk, *, meeting: str, member: str, substitute: Person | None = None, note: str | None = None
) -> int:
    """Enter that a called member cannot come, and who comes in her place; gives the meeting's new version.

    She does it herself, or whoever writes the meeting does. Entering it again replaces it. Raises NotAllowed,
    NotFound, Refused("meeting_not_planned" | "regret_not_called" | "regret_substitute").
    """
    with desk.writing() as work:
        regret = Regret(
            member=member, substitute=substitute, at=desk.clock.now().replace(second=0, microsecond=0),
            note=(note or "").strip() or None,
        )  # fmt: skip
        version = add_regret(desk, work, meeting, regret)
        work.commit()
    return version


def add_regret(desk: Desk, work: UnitOfWork, key: str, regret: Regret) -> int:
    """The same in the caller's unit of work."""
    directory = Directory(work.session)
    old, version = read(desk, work, key, directory=directory)
    _require(desk, old, regret.member)
    if regret.member not in expected(old):
        raise Refused("regret_not_called", name=_name(work, regret.member))
    others = [one for one in old.regrets if one.member != regret.member]
    if regret.substitute is not None and regret.substitute in who_comes(replace(old, regrets=tuple(others))):
        raise Refused("regret_substitute", name=_name(work, regret.substitute))
    new = replace(old, regrets=(*others, regret))
    kept = keep_change(work, directory, old, new, version)
    sight.log_gesture(work, new, action="tell_regret", customers=())
    return kept


@needs_at_meeting(Right.TELL_ABSENCE, Right.WRITE_MEETINGS)
def take_back_regret(desk: Desk, *, meeting: str, member: str) -> int:
    """The member comes after all; gives the meeting's new version. Raises as `tell_regret`."""
    with desk.writing() as work:
        version = drop_regret(desk, work, meeting, member)
        work.commit()
    return version


def drop_regret(desk: Desk, work: UnitOfWork, key: str, member: str) -> int:
    """The same in the caller's unit of work."""
    directory = Directory(work.session)
    old, version = read(desk, work, key, directory=directory)
    _require(desk, old, member)
    if regret_of(old, member) is None:
        return version
    new = replace(old, regrets=tuple(one for one in old.regrets if one.member != member))
    kept = keep_change(work, directory, old, new, version)
    sight.log_gesture(work, new, action="take_back_regret", customers=())
    return kept


def _require(desk: Desk, meeting: Meeting, member: str) -> None:
    if member != desk.actor.member and Right.WRITE_MEETINGS not in may_at(desk, meeting=meeting):
        raise NotAllowed("regret_of_another")
    if meeting.status is not MeetingStatus.PLANNED:
        raise Refused("meeting_not_planned")


def _name(work: UnitOfWork, person: Person) -> str:
    key = person if isinstance(person, str) else ""
    found = work.session.scalar(select(m.Member.name).where(m.Member.key == key))
    return found or person_name(person, {})


@needs(Right.READ_MEETINGS)
def own_regrets(desk: Desk, *, from_: dt.date, to: dt.date) -> frozenset[str]:
    """The keys of the meetings of a period (inclusive) to which the person herself said that she cannot come."""
    if desk.actor.member is None:
        return frozenset()
    query = (
        select(m.Meeting.key)
        .join(m.MeetingRegret, m.MeetingRegret.meeting_id == m.Meeting.id)
        .join(m.Member, m.Member.id == m.MeetingRegret.member_id)
        .where(m.Member.key == desk.actor.member, m.Meeting.date.between(from_, to))
    )
    with desk.reading() as work:
        return frozenset(work.session.scalars(query))


@needs(Right.READ_MEETINGS)
def regrets_to_me(desk: Desk) -> tuple[RegretNote, ...]:
    """What the person is told on Idag: of meetings to come that she leads, or of her units as enhetschef, by time.

    What she has taken note of is left out, and so are her own regrets. Nothing of customers is in it.
    """
    manages = desk.may(Right.WRITE_REGISTERS)
    if not manages and desk.actor.member is None:
        return ()
    seen = set(get_preference(desk, name=_SEEN, default=[]))
    planned = m.Meeting.status == MeetingStatus.PLANNED.value
    # Few meetings have regrets: they are found from these, and not by going through the calendar.
    regretted = (
        select(m.MeetingRegret.meeting_id)
        .join(m.Meeting, m.Meeting.id == m.MeetingRegret.meeting_id)
        .where(planned, m.Meeting.date >= desk.today)
        .distinct()
    )
    with desk.reading() as work:
        ids = work.session.scalars(regretted).all()
        found = meeting_records.load(work.session, m.Meeting.id.in_(ids)) if ids else {}
        meetings = [
            one for one, _ in found.values()
            if (one.chair is not None and one.chair == desk.actor.member)
            or (manages and desk.actor.works_in(one.unit))
        ]  # fmt: skip
        notes = _notes(desk, work, sorted(meetings, key=lambda one: (one.date, one.start, one.key)))
    return tuple(one for one in notes if one.mark not in seen)


def _notes(desk: Desk, work: UnitOfWork, meetings: Sequence[Meeting]) -> list[RegretNote]:
    if not meetings:
        return []
    units = {key: one for key, (one, _) in register_records.load_units(work.session).items()}
    people = {key: one for key, (one, _) in register_records.load_members(work.session).items()}
    names = {key: one.name for key, one in people.items()}
    made = []
    for meeting in meetings:
        unit = units[meeting.unit]
        forum = own_forum(desk, unit=unit, forum=meeting.forum)
        ward = unit.ward(meeting.ward) if meeting.ward else None
        coming = [people[key] for key in who_comes(meeting) if key in people]
        for regret in meeting.regrets:
            if regret.member == desk.actor.member:
                continue
            missing: list[Member] = [people[regret.member]] if regret.member in people else []
            made.append(RegretNote(
                mark=_mark(meeting, regret), meeting=meeting.key, date=meeting.date, start=meeting.start,
                heading=f"{in_sentence(forum.name)} på {ward.name if ward else unit.name}",
                name=names.get(regret.member, regret.member), substitute=person_name(regret.substitute, names),
                lost=lost_needs(forum, missing=missing, coming=coming, professions=desk.professions),
            ))  # fmt: skip
    return made


def _mark(meeting: Meeting, regret: Regret) -> str:
    return "|".join(
        (meeting.key, regret.member, person_name(regret.substitute, {}), regret.at.isoformat("T", "minutes"))
    )


@needs(Right.READ_MEETINGS)
def mark_regret_seen(desk: Desk, *, mark: str) -> None:
    """The person has taken note of it and is not told again."""
    seen: list[Any] = get_preference(desk, name=_SEEN, default=[])
    set_preference(desk, name=_SEEN, value=[*(one for one in seen if one != mark), mark][-_MOST_KEPT:])
