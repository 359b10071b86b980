"""Points lifted to another forum, inside other gestures: put on that forum's next agenda, or waiting for one.

Nothing is kept of the waiting: a point waits while it is lifted to a forum and no point of that forum comes from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app import models as m
from app.domain.agenda import with_added
from app.domain.catalogue import Setting
from app.domain.lifting import OUTWARD, lifted_item
from app.domain.meeting_rules import customers_of
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus
from app.domain.sight import HELD
from app.services import meeting_records, sight
from app.services.desk import Desk
from app.services.following import KeepChange, new_key
from app.services.records import Directory
from app.storage.unit_of_work import UnitOfWork

LOOK_BACK = 730
"""Days: a point lifted earlier than that waits no more."""
_Taken, _Taker = aliased(m.Item), aliased(m.Meeting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A point that waits for a place, by key, with its meeting and the forum it is lifted to."""

    meeting: str
    item: str
    forum: str
    unit: str
    ward: str | None


def forum_name(desk: Desk, work: UnitOfWork, *, unit: str, forum: str) -> str:
    """What a unit's forum is called."""
    setting = Setting(work.session.scalars(select(m.Unit.setting).where(m.Unit.key == unit)).one())
    found = desk.catalogue.forum(setting, forum) or desk.catalogue.forum(Setting.LEDNING, forum)
    return found.name if found else forum


def waiting(desk: Desk, work: UnitOfWork, *conditions: ColumnElement[bool]) -> list[Waiting]:
    """The points of held meetings that are lifted to a forum and stand on none of its agendas, oldest first."""
    taken = (
        select(_Taken.id)
        .join(_Taker, _Taker.id == _Taken.meeting_id)
        .where(
            _Taken.carried_from_id == m.Item.id, _Taken.kind == ItemKind.LIFTED.value,
            _Taker.forum == m.Item.lifted_to, _Taker.unit_id == m.Meeting.unit_id,
        )
        .exists()
    )  # fmt: skip
    query = (
        select(
            m.Item.key, m.Item.lifted_to, m.Meeting.key.label("meeting"), m.Unit.key.label("unit"),
            m.Ward.key.label("ward"),
        )
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(m.Meeting.date >= desk.today - dt.timedelta(days=LOOK_BACK))
        .where(m.Meeting.status.in_([status.value for status in HELD]))
        .where(m.Item.lifted_to.is_not(None), m.Item.lifted_to.not_in(OUTWARD), ~taken, *conditions)
        .order_by(m.Meeting.date, m.Meeting.start, m.Item.position)
    )  # fmt: skip
    return [
        Waiting(meeting=row.meeting, item=row.key, forum=row.lifted_to or "", unit=row.unit, ward=row.ward)
        for row in work.session.execute(query)
    ]


def agenda_of(desk: Desk, work: UnitOfWork, *, unit: str, forum: str, ward: str | None, after: Meeting) -> str | None:
    """The key of a forum's next planned meeting after another meeting: the ward's own or the whole unit's."""
    there: list[Any] = [m.Meeting.forum == forum, m.Unit.key == unit, m.Meeting.status == MeetingStatus.PLANNED.value]
    there.append(m.Meeting.date >= max(after.date, desk.today))
    there.append(or_(m.Meeting.date > after.date, m.Meeting.start > after.start))
    if ward is not None:
        there.append(or_(m.Ward.key == ward, m.Meeting.ward_id.is_(None)))
    query = (
        select(m.Meeting.key)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(and_(*there))
        .order_by(m.Meeting.date, m.Meeting.start)
        .limit(1)
    )
    found: str | None = work.session.scalar(query)
    return found


def settle_lifts(desk: Desk, work: UnitOfWork, new: Meeting, keep: KeepChange, *, old: Meeting | None = None) -> None:
    """Put what a held meeting lifts on the other forums' agendas; what `old` lifted and `new` does not is taken away.

    Where the forum's next meeting is not booked the point waits.
    """
    if new.status not in HELD:
        return
    if old is not None:
        _take_away(work, old, new, keep)
    if not any(item.lifted_to and item.lifted_to not in OUTWARD for item in new.items):
        return
    for one in waiting(desk, work, m.Meeting.key == new.key):
        key = agenda_of(desk, work, unit=one.unit, forum=one.forum, ward=one.ward, after=new)
        item = new.item(one.item)
        if key is not None and item is not None:
            put_on(work, key, _lifted(desk, work, item, new, near=key), keep, action="lift_item")


def put_on(work: UnitOfWork, key: str, item: Item, keep: KeepChange, *, action: str) -> None:
    """Add a point to a planned meeting; the customers it is about are in the log."""
    directory = Directory(work.session)
    there, version = meeting_records.load(work.session, m.Meeting.key == key, directory=directory)[key]
    keep(work, directory, there, replace(there, items=with_added(there.items, item)), version)
    sight.log_gesture(work, there, action=action, customers=customers_of(item))


def _lifted(desk: Desk, work: UnitOfWork, item: Item, source: Meeting, *, near: str) -> Item:
    names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
    name = forum_name(desk, work, unit=source.unit, forum=source.forum)
    return lifted_item(item, source, key=new_key(near=near), forum_name=name, names=names)


def _take_away(work: UnitOfWork, old: Meeting, new: Meeting, keep: KeepChange) -> None:
    """What was lifted by mistake leaves the other agenda, where nobody has written under it."""
    now = {item.key: item.lifted_to for item in new.items}
    for item in old.items:
        if not item.lifted_to or item.lifted_to in OUTWARD or now.get(item.key) == item.lifted_to:
            continue
        source = select(m.Item.id).where(m.Item.key == item.key).scalar_subquery()
        put = select(m.Item.meeting_id).where(m.Item.carried_from_id == source, m.Item.kind == ItemKind.LIFTED.value)
        there = and_(m.Meeting.id.in_(put), m.Meeting.forum == item.lifted_to, m.Meeting.status == "planned")
        directory = Directory(work.session)
        for agenda, version in meeting_records.load(work.session, there, directory=directory).values():
            rest = tuple(one for one in agenda.items if one.carried_from != item.key or one.dealt_with)
            if rest != agenda.items:
                keep(work, directory, agenda, replace(agenda, items=rest), version)
                sight.log_gesture(work, agenda, action="take_back_lift", customers=customers_of(item))


def waiting_for(desk: Desk, work: UnitOfWork, meeting: Meeting) -> Sequence[Item]:
    """The points that wait for a place on the agenda of a meeting about to be booked; their keys are empty."""
    ward = or_(m.Ward.key == meeting.ward, m.Meeting.ward_id.is_(None)) if meeting.ward else m.Item.id.is_not(None)
    unit = m.Unit.key == meeting.unit
    earlier = m.Meeting.date <= meeting.date
    found = waiting(desk, work, unit, ward, earlier, m.Item.lifted_to == meeting.forum)
    if not found:
        return ()
    keys = m.Meeting.key.in_({one.meeting for one in found})
    sources = {key: one for key, (one, _) in meeting_records.load(work.session, keys).items()}
    items = [(sources[one.meeting], sources[one.meeting].item(one.item)) for one in found]
    return [replace(_lifted(desk, work, item, source, near="ny"), key="") for source, item in items if item is not None]
