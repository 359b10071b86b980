"""Pulsmöte and daglig avstämning: what a day has of them, opening one in a single gesture, and what was left before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import or_, select

from app import models as m
from app.domain import meeting_rules as rules
from app.domain import short_forms as short
from app.domain.catalogue import Forum
from app.domain.errors import NotAllowed, NotFound
from app.domain.meeting_rules import Step
from app.domain.meetings import ActionRow, ItemKind, Meeting, MeetingStatus
from app.domain.regrets import with_attendance
from app.domain.roles import Right
from app.domain.short_forms import Moving, ShortAround, ShortDay, ShortStop
from app.domain.short_rows import noted
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.domain.units import Unit
from app.services import action_rows, meeting_records, register_records, sight, units
from app.services.action_sight import action_sight
from app.services.actions import settle_action
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.following import new_key
from app.services.meetings import insert_new, keep_change, may_at, myself, read, take_step
from app.services.presence import read_presence
from app.services.proposals import draft_meeting, own_forum
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_LOOKED_BACK = dt.timedelta(days=14)
"""For so long a row under which nothing was written waits for a meeting; what is to be done waits until it is."""
_LATEST_START = dt.time(23, 45)


@needs(Right.READ_MEETINGS)
def short_days(desk: Desk) -> tuple[ShortDay, ...]:
    """Today's pulsmöten and avstämningar of the units the person works in, booked or not; of a round that of now."""
    with desk.reading() as work:
        booked = _today(desk, work)
        homes = _homes(desk, work)
    found = []
    for unit in (one.value for one in units.list_units(desk)):
        if homes and unit.key not in homes:
            continue
        found += [
            _day(desk, unit, own_forum(desk, unit=unit, forum=one.key), booked)
            for one in desk.catalogue.forums(unit.setting)
            if short.is_short(one.key)
        ]
    return tuple(found)


def _homes(desk: Desk, work: UnitOfWork) -> frozenset[str]:
    """The units of the person's own member row; none for who is no member, who then is asked about all she sees."""
    query = select(m.Unit.key).join(m.MemberUnit, m.MemberUnit.unit_id == m.Unit.id)
    query = query.join(m.Member, m.Member.id == m.MemberUnit.member_id).where(m.Member.key == desk.actor.member)
    return frozenset(work.session.scalars(query)) if desk.actor.member else frozenset()


def _today(desk: Desk, work: UnitOfWork) -> Sequence[Any]:
    query = (
        select(m.Meeting.key, m.Unit.key.label("unit"), m.Meeting.forum, m.Ward.key.label("ward"), m.Meeting.status,
               m.Meeting.start)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(m.Meeting.date == desk.today, m.Meeting.forum.in_(short.SHORT_FORUMS),
               m.Meeting.status != MeetingStatus.CANCELLED.value)
        .order_by(m.Meeting.start)
    )  # fmt: skip
    return work.session.execute(query).all()


def _day(desk: Desk, unit: Unit, forum: Forum, booked: Sequence[Any]) -> ShortDay:
    now = desk.clock.now().time()
    rounds = bool(forum.interval and forum.interval.times_per_day > 1)
    hers = [
        row for row in booked
        if (row.unit, row.forum) == (unit.key, forum.key) and (not rounds or short.same_round(row.start, now))
    ]  # fmt: skip
    wards = [(ward.key, ward.name) for ward in unit.wards] if forum.minutes.per_ward else []
    stops = [_stop(ward, name, [row for row in hers if row.ward == ward]) for ward, name in wards]
    return ShortDay(
        unit=unit.key, unit_name=unit.name, forum=forum.key, forum_name=forum.name,
        stops=tuple(stops) or (_stop(None, "", hers),),
        when_needed=bool(forum.interval and forum.interval.when_needed),
    )  # fmt: skip


def _stop(ward: str | None, name: str, rows: Sequence[Any]) -> ShortStop:
    """The meeting under way, else the first to come, else the last that was held."""
    by_status = {status: [row for row in rows if row.status == status.value] for status in MeetingStatus}
    waiting = by_status[MeetingStatus.OPEN] + by_status[MeetingStatus.PLANNED]
    row = waiting[0] if waiting else (rows[-1] if rows else None)
    if row is None:
        return ShortStop(ward=ward, ward_name=name)
    return ShortStop(ward=ward, ward_name=name, meeting=row.key, status=MeetingStatus(row.status), start=row.start)


@needs_at_meeting(Right.WRITE_MINUTES)
def open_short(desk: Desk, *, unit: str, forum: str, ward: str | None = None) -> Stored[Meeting]:
    """Open today's meeting of the forum, booking it where it is not: what is left from before stands first in it.

    One that is under way or over is given as it stands. Raises NotAllowed without the right to write its minutes or,
    where it is not booked, to book it.
    """
    place = units.get_unit(desk, key=unit).value
    own = own_forum(desk, unit=place, forum=forum)
    if ward is not None and place.ward(ward) is None:
        raise NotFound("not_found", what="Avdelningen", key=ward)
    with desk.reading() as work:
        there = _day(desk, place, own, _today(desk, work))
    stop = next((one for one in there.stops if one.ward == ward), ShortStop(ward=ward, ward_name=""))
    draft = None if stop.meeting else _fresh(desk, unit=unit, forum=forum, ward=ward)
    with desk.writing() as work:
        if draft is not None:
            key, version = insert_new(desk, work, [draft])[0].key, 1
        else:
            meeting, version = read(desk, work, stop.meeting)
            key = meeting.key
            if meeting.status is not MeetingStatus.PLANNED:
                _require(desk, meeting)
                seen = sight.read_meeting(desk, work, meeting)
                work.commit()
                return Stored(seen, version)
        found = _begin(desk, work, key, version)
        work.commit()
    return found


def _fresh(desk: Desk, *, unit: str, forum: str, ward: str | None) -> Meeting:
    """The meeting that is not booked, as it begins now."""
    if not {Right.WRITE_MEETINGS, Right.WRITE_MINUTES} <= {one for one in Right if desk.may(one)}:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    now = min(desk.clock.now().time().replace(second=0, microsecond=0), _LATEST_START)
    return draft_meeting(desk, unit=unit, forum=forum, ward=ward, date=desk.today, start=now)


def _require(desk: Desk, meeting: Meeting) -> None:
    if Right.WRITE_MINUTES not in may_at(desk, meeting=meeting):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


@needs_at_meeting(Right.WRITE_MINUTES)
def start_short(desk: Desk, *, key: str, expected_version: int) -> Stored[Meeting]:
    """Start a planned pulsmöte or avstämning: what is left from before stands first, those called are here."""
    with desk.writing() as work:
        found = _begin(desk, work, key, expected_version)
        work.commit()
    return found


def _begin(desk: Desk, work: UnitOfWork, key: str, version: int) -> Stored[Meeting]:
    old, _ = read(desk, work, key)
    names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
    carried = short.left_before(
        _earlier(work, old), on=old.date, there=old.items, new_key=lambda: new_key(near=key), names=names
    )  # fmt: skip
    here = _at_work(desk, work, old)

    def opened(meeting: Meeting) -> Meeting:
        begun = short.begun(with_attendance(meeting), carried, here=here)
        return replace(begun, secretary=begun.secretary or myself(desk))

    new, stands_at = take_step(
        desk, work, key, version, step=Step.OPEN, right=Right.WRITE_MINUTES, change=opened
    )  # fmt: skip
    seen = sight.shown(desk, work, new)
    sight.log_gesture(work, new, action="open_meeting", customers=rules.customers_named(seen))
    return Stored(seen, stands_at)


def _earlier(work: UnitOfWork, meeting: Meeting) -> list[Meeting]:
    """The forum's earlier meetings there that are not long ago or have something still to be done, oldest first."""
    still = select(m.Item.meeting_id).join(m.Action, m.Action.item_id == m.Item.id).where(m.Action.status == "open")
    unit = select(m.Unit.id).where(m.Unit.key == meeting.unit).scalar_subquery()
    ward = select(m.Ward.id).where(m.Ward.key == meeting.ward).scalar_subquery()
    before = or_(
        m.Meeting.date < meeting.date, (m.Meeting.date == meeting.date) & (m.Meeting.start < meeting.start)
    )  # fmt: skip
    ids = select(m.Meeting.id).where(
        m.Meeting.unit_id == unit, m.Meeting.forum == meeting.forum, before,
        m.Meeting.ward_id == ward if meeting.ward else m.Meeting.ward_id.is_(None),
        or_(m.Meeting.date >= meeting.date - _LOOKED_BACK, m.Meeting.id.in_(still)),
    )  # fmt: skip
    found = [one for one, _ in meeting_records.load(work.session, m.Meeting.id.in_(ids)).values()]
    return sorted(found, key=lambda one: (one.date, one.start))


def _at_work(desk: Desk, work: UnitOfWork, meeting: Meeting) -> list[str]:
    """Those called who are neither away nor off duty then, and have not said that they cannot come."""
    presence = read_presence(desk, work, meeting.participants, first=meeting.date, last=meeting.date)
    start, end = (dt.datetime.combine(meeting.date, at) for at in (meeting.start, meeting.end))
    away = {one.member for one in meeting.regrets}
    return [key for key in meeting.participants if key not in away and presence.works(key, start, end)]


@needs(Right.READ_MEETINGS)
def short_around(desk: Desk, *, key: str, already: frozenset[str] = frozenset()) -> ShortAround:
    """What each carried point of a meeting follows up, and who is in hospital or moving, as far as the person sees.

    Customers who were shown `already`, with the meeting itself, are not logged once more.
    """
    with desk.writing() as work:
        meeting = sight.shown(desk, work, read(desk, work, key)[0])
        left = _left(desk, work, meeting, already)
        told = already | {one.customer for rows in left.values() for one in rows if one.customer}
        moving = _moving(desk, work, meeting)
        for one in moving:
            if one.customer not in told:
                work.record(Event(action="read", object=f"meeting:{key}", customer=one.customer, unit=meeting.unit))
        work.commit()
    return ShortAround(left=left, moving=moving)


def _left(
    desk: Desk, work: UnitOfWork, meeting: Meeting, already: frozenset[str]
) -> dict[str, tuple[ActionRow, ...]]:  # fmt: skip
    carried = {
        item.carried_from: item.key
        for item in meeting.items
        if item.kind is not ItemKind.LIFTED and item.carried_from
    }  # fmt: skip
    seen = action_sight(desk, work)
    query = action_rows.filtered(action_rows.columns(seen), seen, {}, today=desk.today)
    query = query.where(m.Item.key.in_(carried)).order_by(m.Item.id, m.Action.position)
    found: dict[str, list[ActionRow]] = {}
    for row in action_rows.read_rows(desk, work, query, where=f"meeting:{meeting.key}", known=already):
        found.setdefault(carried[row.item], []).append(row)
    return {item: tuple(there) for item, there in found.items()}


def _moving(desk: Desk, work: UnitOfWork, meeting: Meeting) -> tuple[Moving, ...]:
    unit = select(m.Unit.id).where(m.Unit.key == meeting.unit).scalar_subquery()
    known = sight.reach(desk, work)
    whole = Right.READ_EVERY_CUSTOMER in may_at(desk, meeting=meeting)
    found = []
    for customer, _ in register_records.load_customers(work.session, m.Customer.unit_id == unit).values():
        status = customer.status_on(desk.today)
        sees = whole or (
            desk.may(Right.READ_CUSTOMERS) and sight.sees_customer(desk, known, key=customer.key, unit=meeting.unit)
        )
        if sees and meeting.ward in (None, customer.ward) and status in short.CALLING:
            found.append(Moving(customer=customer.key, label=customer.label, status=status))
    return tuple(sorted(found, key=lambda one: (one.status.value, sort_key(one.label))))


@needs_at_meeting(Right.WRITE_MINUTES)
def settle_left(
    desk: Desk, *, key: str, item: str, action: ActionRow, done: bool, expected_version: int
) -> Stored[Meeting]:
    """Mark what an earlier meeting decided as done, or open again, and say so under the point that follows it up.

    Raises NotFound for a point the meeting has not, Conflict when the action or the meeting was changed meanwhile.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        old, _ = read(desk, work, key, directory=directory)
        _require(desk, old)
        point = old.item(item)
        if point is None or point.carried_from != action.item:
            raise NotFound("not_found", what="Punkten", key=item)
        if old.status in (MeetingStatus.APPROVED, MeetingStatus.CANCELLED):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        settle_action(desk, work, key=action.key, done=done, expected_version=action.version)
        text = work.session.scalars(select(m.Action.text).where(m.Action.key == action.key)).one()
        changed = noted(point, text, done=done)
        new = replace(old, items=tuple(changed if one.key == item else one for one in old.items))
        version = keep_change(work, directory, old, new, expected_version)
        seen = sight.shown(desk, work, new)
        told = {action.customer}  # by the row that says that the action was settled
        sight.log_gesture(work, new, action="save_meeting", customers=rules.customers_named(seen) - told)
        work.commit()
    return Stored(seen, version)
