"""Lifted points as gestures: which wait for a place, and taking a matter up again when the other forum has answered."""

from __future__ import annotations

from sqlalchemy import select

from app import models as m
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.lifting import WaitingLift, answered_item
from app.domain.meeting_rules import HIDDEN, customers_of
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.roles import Right
from app.services import lifts, meeting_records, sight
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.following import new_key
from app.services.meetings import keep_change, may_at, read
from app.storage.unit_of_work import UnitOfWork


@needs(Right.WRITE_MEETINGS)
def waiting_lifts(desk: Desk) -> tuple[WaitingLift, ...]:
    """The points of the person's units that wait for the other forum's next meeting to be booked, oldest first.

    One that she may not see has no heading; each customer whom a heading is about is logged as read.
    """
    with desk.writing() as work:
        within = sight.within_reach(desk)
        found = lifts.waiting(desk, work, *(() if within is None else (within,)))
        keys = m.Meeting.key.in_({one.meeting for one in found})
        loaded = [one for one, _ in meeting_records.load(work.session, keys).values()] if found else []
        shown = {one.key: one for one in sight.shown_all(desk, work, loaded)}
        names = dict(work.session.execute(select(m.Unit.key, m.Unit.name)).all())
        made = []
        told = []
        for one in found:
            meeting = shown[one.meeting]
            item = meeting.item(one.item) or Item(key=one.item, heading=HIDDEN)
            told.append((meeting, customers_of(item)))
            made.append(
                WaitingLift(
                    meeting=one.meeting, meeting_heading=heading_of(desk, work, meeting), date=meeting.date,
                    item=one.item, heading=item.heading, customer=item.customer, unit=one.unit,
                    unit_name=names[one.unit],
                    forum=one.forum,
                    forum_name=lifts.forum_name(desk, work, unit=one.unit, forum=one.forum), ward=one.ward,
                )
            )  # fmt: skip
        sight.log_shown(work, told)
        work.commit()
    return tuple(made)


def heading_of(desk: Desk, work: UnitOfWork, meeting: Meeting) -> str:
    """The meeting's own title, else forum and ward."""
    if meeting.title:
        return meeting.title
    ward = work.session.scalar(select(m.Ward.name).where(m.Ward.key == meeting.ward)) if meeting.ward else None
    name = lifts.forum_name(desk, work, unit=meeting.unit, forum=meeting.forum)
    return f"{name} {ward}" if ward else name


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES)
def return_item(desk: Desk, *, item: str) -> str:
    """Take a lifted matter up again in the forum that lifted it, with what the other forum came to.

    `item` is the point as the other forum had it. The key of the meeting that has it now.
    Raises NotFound, NotAllowed, Refused("return_not_lifted" | "return_there" | "return_not_booked").
    """
    with desk.writing() as work:
        answered, point = point_of(desk, work, item)
        if point.kind is not ItemKind.LIFTED or point.carried_from is None:
            raise Refused("return_not_lifted")
        source, _ = point_of(desk, work, point.carried_from)
        if not may_at(desk, meeting=source) & {Right.WRITE_MEETINGS, Right.WRITE_MINUTES}:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        if sight.shown(desk, work, answered).item(item) != point:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        origin = select(m.Item.id).where(m.Item.key == item).scalar_subquery()
        back = select(m.Item.id).join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        if work.session.scalar(back.where(m.Item.carried_from_id == origin, m.Meeting.forum == source.forum)):
            raise Refused("return_there")
        key = lifts.agenda_of(desk, work, unit=source.unit, forum=source.forum, ward=source.ward, after=answered)
        if key is None:
            raise Refused("return_not_booked")
        name = lifts.forum_name(desk, work, unit=answered.unit, forum=answered.forum)
        made = answered_item(point, answered, key=new_key(near=key), forum_name=name)
        lifts.put_on(work, key, made, keep_change, action="return_item")
        work.commit()
    return key


def point_of(desk: Desk, work: UnitOfWork, item: str) -> tuple[Meeting, Item]:
    """A point and the whole meeting it stands at. Raises NotFound, NotAllowed for another's unit."""
    key = work.session.scalar(
        select(m.Meeting.key).join(m.Item, m.Item.meeting_id == m.Meeting.id).where(m.Item.key == item)
    )
    if key is None:
        raise NotFound("not_found", what="Punkten", key=item)
    meeting, _ = read(desk, work, key)
    point = meeting.item(item)
    if point is None:
        raise NotFound("not_found", what="Punkten", key=item)
    return meeting, point
