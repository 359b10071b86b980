"""The way of a matter through meetings, read both ways from one point, each station through its meeting's sight."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app import models as m
from app.domain.lifting import OUTSIDE, REQUEST
from app.domain.meeting_rules import HIDDEN, customers_of, reaches
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.trail import Station, Trail, came_here, outcomes, waits
from app.services import lifts, meeting_records, sight
from app.services.desk import Desk, needs
from app.services.lifting import heading_of, point_of
from app.storage.unit_of_work import UnitOfWork

_MOST = 60
"""Stations that are shown: what is followed up at every meeting for years has more."""
_BEGUN = (MeetingStatus.OPEN, MeetingStatus.DRAFT, MeetingStatus.APPROVED)
_OUTWARD = {OUTSIDE: "någon utanför enheten", REQUEST: "samordning"}


@needs(Right.READ_MEETINGS)
def trail_of(desk: Desk, *, item: str) -> Trail:
    """The stations of a point's way by time; what the person may not see is there without a word of the matter.

    Each customer whom a station names is logged as read. Raises NotFound, NotAllowed for a meeting not hers.
    """
    with desk.writing() as work:
        point_of(desk, work, item)
        keys = _chain(work, item)
        held = select(m.Item.meeting_id).where(m.Item.key.in_(keys))
        meetings = [one for one, _ in meeting_records.load(work.session, m.Meeting.id.in_(held)).values()]
        seen = {one.key: one for one in sight.shown_all(desk, work, meetings)}
        names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
        stations: list[Station] = []
        told: list[tuple[Meeting, frozenset[str]]] = []
        for meeting in sorted(meetings, key=lambda one: (one.date, one.start, one.key)):
            shown = seen[meeting.key]
            for point in meeting.items:
                if point.key in keys:
                    stations.append(_station(desk, work, shown, point, here=item, names=names))
                    told.append((shown, _named(stations[-1], shown)))
        sight.log_shown(work, told)
        work.commit()
    return Trail(stations=tuple(stations))


def _named(station: Station, meeting: Meeting) -> frozenset[str]:
    """The customers whom a station tells of: of a hidden one, nobody."""
    point = meeting.item(station.item)
    return frozenset() if station.hidden or point is None else customers_of(point)


def _chain(work: UnitOfWork, item: str) -> set[str]:
    """The keys of everything that the point comes from and of everything that comes from it."""
    source = aliased(m.Item)
    before = select(source.key).join(m.Item, m.Item.carried_from_id == source.id)
    after = select(m.Item.key).join(source, m.Item.carried_from_id == source.id)
    found, at = {item}, item
    while len(found) < _MOST and (earlier := work.session.scalar(before.where(m.Item.key == at))) is not None:
        if earlier in found:
            break
        found.add(earlier)
        at = earlier
    fresh, walked = {at}, set[str]()
    while fresh and len(found) < _MOST:
        walked |= fresh
        fresh = set(work.session.scalars(after.where(source.key.in_(fresh)))) - walked
        found |= fresh
    return found


def _station(
    desk: Desk, work: UnitOfWork, meeting: Meeting, whole: Item, *, here: str, names: dict[str, str]
) -> Station:
    point = meeting.item(whole.key)
    within = reaches(meeting, desk.actor)
    hidden = point is None or not within or (point.heading == HIDDEN and whole.heading != HIDDEN)
    shown = Item(key=whole.key, heading=HIDDEN, kind=whole.kind) if hidden or point is None else point
    lifted = _lifted_name(desk, work, meeting, shown, names)
    held = meeting.status in _BEGUN
    # Where she sees the agenda and not the minutes, what came of it is not told.
    came = outcomes(shown, held=held, lifted_name=lifted) if shown == whole else ()
    named = meeting if within else replace(meeting, title=None)
    return Station(
        meeting=meeting.key if within else "", meeting_heading=heading_of(desk, work, named), date=meeting.date,
        status=meeting.status, item=whole.key, heading=shown.heading, kind=whole.kind, customer=shown.customer,
        how="" if hidden else came_here(shown, raised_by=person_name(shown.raised_by, names)), came=came,
        open=not hidden and waits(shown), hidden=hidden, here=whole.key == here,
    )  # fmt: skip


def _lifted_name(desk: Desk, work: UnitOfWork, meeting: Meeting, item: Item, names: dict[str, str]) -> str:
    if not item.lifted_to:
        return ""
    recipient = person_name(item.lifted_recipient, names)
    if item.lifted_to in _OUTWARD:
        return recipient or _OUTWARD[item.lifted_to]
    return lifts.forum_name(desk, work, unit=meeting.unit, forum=item.lifted_to)
