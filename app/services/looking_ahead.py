"""What of a meeting goes where, shown before it goes, and what is left out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import select, update

from app import models as m
from app.domain.carrying import GoingOn, going_on
from app.domain.errors import NotAllowed
from app.domain.lifting import OUTWARD
from app.domain.meeting_rules import HIDDEN, customers_of
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.people import person_name
from app.domain.roles import Right
from app.services import lifts, meeting_records, sight
from app.services.desk import Desk, needs_at_meeting
from app.services.following import following_key, open_meetings
from app.services.lifting import heading_of, point_of
from app.services.meetings import keep_change, may_at, read
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PointAhead:
    """A point that goes on to the next meeting: the whole point, or what is open under it."""

    item: str
    heading: str
    customer: str | None
    text: str
    undealt: bool
    left_out: bool
    there: bool
    """Whether the next meeting has it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftAhead:
    """A point that is lifted: where to, and the meeting that has it or will take it, if that is booked."""

    item: str
    heading: str
    customer: str | None
    to: str
    date: dt.date | None
    outward: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What goes where from a meeting; no `next_heading` where the next one is not booked, so that it all waits."""

    next_key: str | None
    next_heading: str
    next_date: dt.date | None
    next_begun: bool
    points: tuple[PointAhead, ...]
    lifts: tuple[LiftAhead, ...]


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES)
def look_ahead(desk: Desk, *, key: str) -> Ahead:
    """What goes on from a meeting if it went now, and where to; each customer it names is logged as read.

    Raises NotFound, NotAllowed.
    """
    with desk.writing() as work:
        meeting, _ = read(desk, work, key)
        if not may_at(desk, meeting=meeting) & {Right.WRITE_MEETINGS, Right.WRITE_MINUTES}:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        following = _following(work, key)
        earlier = open_meetings(work, meeting)
        names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
        there = {item.carried_from for item in following.items} if following else set[str | None]()
        open_before = [item for one in earlier for item in one.items]
        shown = {item.key: item for one in sight.shown_all(desk, work, [*earlier, meeting]) for item in one.items}
        points = [
            _point(one, shown[one.item.key], names=names, there=one.item.key in there)
            for one in going_on(meeting, earlier=open_before)
        ]
        lifted = [_lift(desk, work, meeting, item, shown[item.key], names) for item in meeting.items if item.lifted_to]
        listed = {*(one.item for one in points), *(one.item for one in lifted)}
        sight.log_shown(work, [(meeting, customers_of(shown[item])) for item in listed])
        work.commit()
        return Ahead(
            next_key=following.key if following else None,
            next_heading=heading_of(desk, work, following) if following else "",
            next_date=following.date if following else None,
            next_begun=following is not None and following.status is not MeetingStatus.PLANNED,
            points=tuple(points), lifts=tuple(lifted),
        )  # fmt: skip


def _following(work: UnitOfWork, key: str) -> Meeting | None:
    following = following_key(work, key)
    if following is None:
        return None
    return meeting_records.load(work.session, m.Meeting.key == following)[following][0]


def _point(one: GoingOn, shown: Item, *, names: dict[str, str], there: bool) -> PointAhead:
    hidden = shown.heading == HIDDEN and one.item.heading != HIDDEN
    told = replace(one, item=shown) if not hidden else one
    return PointAhead(
        item=one.item.key, heading=HIDDEN if hidden else told.heading,
        customer=shown.customer, text="" if hidden else told.text(names),
        undealt=one.undealt, left_out=one.item.left_out, there=there,
    )  # fmt: skip


def _lift(desk: Desk, work: UnitOfWork, meeting: Meeting, item: Item, shown: Item, names: dict[str, str]) -> LiftAhead:
    to = item.lifted_to or ""
    if to in OUTWARD:
        recipient = person_name(shown.lifted_recipient, names)
        return LiftAhead(
            item=item.key,
            heading=shown.heading,
            customer=shown.customer,
            to=recipient or "utanför enheten",
            date=None,
            outward=True,
        )
    name = lifts.forum_name(desk, work, unit=meeting.unit, forum=to)
    return LiftAhead(
        item=item.key,
        heading=shown.heading,
        customer=shown.customer,
        to=name,
        date=_taken_on(desk, work, meeting, item),
        outward=False,
    )


def _taken_on(desk: Desk, work: UnitOfWork, meeting: Meeting, item: Item) -> dt.date | None:
    """The day of the meeting that has the lifted point, or that will take it."""
    source = select(m.Item.id).where(m.Item.key == item.key).scalar_subquery()
    taken = (
        select(m.Meeting.date)
        .join(m.Item, m.Item.meeting_id == m.Meeting.id)
        .where(m.Item.carried_from_id == source, m.Meeting.forum == item.lifted_to)
    )
    if (found := work.session.scalar(taken)) is not None:
        return found
    key = lifts.agenda_of(desk, work, unit=meeting.unit, forum=item.lifted_to or "", ward=meeting.ward, after=meeting)
    return work.session.scalar(select(m.Meeting.date).where(m.Meeting.key == key)) if key else None


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES)
def leave_out(desk: Desk, *, item: str, left_out: bool) -> None:
    """Leave a point out of what goes on to the next meeting, or take it along again; also of approved minutes.

    Where the next meeting has it already it is taken away there, unless somebody wrote under it. Raises NotFound,
    NotAllowed.
    """
    with desk.writing() as work:
        meeting, point = point_of(desk, work, item)
        if not may_at(desk, meeting=meeting) & {Right.WRITE_MEETINGS, Right.WRITE_MINUTES}:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        if point.left_out == left_out:
            return
        work.session.execute(update(m.Item).where(m.Item.key == item).values(left_out=left_out))
        if left_out:
            _take_away(work, meeting, item)
        work.record(
            Event(action="leave_out" if left_out else "take_along", object=f"meeting:{meeting.key}", unit=meeting.unit)
        )
        work.commit()


def _take_away(work: UnitOfWork, meeting: Meeting, item: str) -> None:
    following = following_key(work, meeting.key)
    if following is None:
        return
    directory = Directory(work.session)
    there, version = meeting_records.load(work.session, m.Meeting.key == following, directory=directory)[following]
    rest = tuple(one for one in there.items if one.carried_from != item or one.dealt_with)
    if there.status is MeetingStatus.PLANNED and rest != there.items:
        keep_change(work, directory, there, replace(there, items=rest), version)
