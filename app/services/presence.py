"""Absences and working hours as the clash check and the sick call read them: of the members and days in question.

Why somebody is away is told as far as the person at the desk may know it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, select

from app import models as m
from app.domain.availability import Absence
from app.domain.presence import Presence, as_told
from app.domain.roles import Right
from app.domain.team import Hours
from app.services import planning_records as records
from app.services.desk import Desk
from app.services.records import fetch, is_wanted
from app.storage.unit_of_work import UnitOfWork

_FEW = 200
"""Members whose absences are looked up by their index; those of more are read by the days alone."""


def read_presence(
    desk: Desk, work: UnitOfWork, members: Collection[str], *, first: dt.date, last: dt.date
) -> Presence:  # fmt: skip
    """When the members are away between the two days (inclusive), and when they work."""
    if not members:
        return Presence()
    ids = dict(fetch(work.session, select(m.Member.id, m.Member.key).where(is_wanted(m.Member.key)), wanted=members))
    hours: dict[str, list[Hours]] = {}
    query = select(
        m.MemberHours.member_id, m.MemberHours.weekday, m.MemberHours.since, m.MemberHours.until
    ).where(is_wanted(m.MemberHours.member_id))  # fmt: skip
    for member, weekday, since, until in fetch(work.session, query, wanted=sorted(ids)):
        hours.setdefault(ids[member], []).append(Hours(weekday=weekday, from_=since, to=until))
    away: dict[str, list[Absence]] = {}
    for one in told(desk, work, _absences(work, sorted(ids), first=first, last=last)):
        if one.member in members:
            away.setdefault(one.member, []).append(one)
    return Presence(away=away, hours=hours)


def _absences(work: UnitOfWork, members: Collection[int], *, first: dt.date, last: dt.date) -> list[Absence]:
    condition = within(first, last)
    if len(members) <= _FEW:
        condition = and_(m.Absence.member_id.in_(members), condition)
    return [one for one, _ in records.load(work.session, records.ABSENCES, condition).values()]


def within(first: dt.date, last: dt.date) -> ColumnElement[bool]:
    """The condition on m.Absence that it touches a day between the two (inclusive)."""
    after = dt.datetime.combine(last, dt.time()) + dt.timedelta(days=1)
    return and_(m.Absence.until >= dt.datetime.combine(first, dt.time()), m.Absence.since < after)


def told(desk: Desk, work: UnitOfWork, absences: Iterable[Absence]) -> list[Absence]:
    """The absences as the person may know them: who keeps a colleague's absences knows why she is away."""
    found = list(absences)
    homes = homes_of(work, {one.member for one in found})
    return [one if knows_why(desk, one.member, homes.get(one.member, ())) else as_told(one) for one in found]


def knows_why(desk: Desk, member: str, homes: Iterable[str]) -> bool:
    """Whether the person may write the absences of a member who works in the units `homes`, or is that member."""
    if member == desk.actor.member:
        return True
    writes = desk.may(Right.WRITE_REGISTERS) or desk.may(Right.WRITE_MEETINGS)
    return writes and any(desk.actor.works_in(unit) for unit in homes)


def homes_of(work: UnitOfWork, members: Collection[str]) -> dict[str, list[str]]:
    """The units that each member works in."""
    query = (
        select(m.Member.key, m.Unit.key)
        .join(m.MemberUnit, m.MemberUnit.member_id == m.Member.id)
        .join(m.Unit, m.Unit.id == m.MemberUnit.unit_id)
        .where(is_wanted(m.Member.key))
    )
    found: dict[str, list[str]] = {}
    for member, unit in fetch(work.session, query, wanted=members):
        found.setdefault(member, []).append(unit)
    return found
