"""What waited for a meeting to be booked comes on its agenda: the rest of the series' last one, and lifted points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import and_, or_, select

from app import models as m
from app.domain.agenda import with_added
from app.domain.carrying import GoingOn, carried_item, going_on, untouched
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.services import lifts, meeting_records
from app.services.desk import Desk
from app.services.following import KeepChange, following_key, new_key, open_items, same_series
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_OVER = (MeetingStatus.DRAFT, MeetingStatus.APPROVED, MeetingStatus.CANCELLED)


def with_waiting(desk: Desk, work: UnitOfWork, meetings: Sequence[Meeting]) -> list[Meeting]:
    """Meetings about to be booked, the first of each series with what has waited for it."""
    first: dict[tuple[str, str, str | None], int] = {}
    for number, one in enumerate(meetings):
        series = (one.unit, one.forum, one.ward)
        known = first.get(series)
        if known is None or (one.date, one.start) < (meetings[known].date, meetings[known].start):
            first[series] = number
    found = list(meetings)
    lifted: set[str | None] = set()
    for number in sorted(first.values(), key=lambda place: (meetings[place].date, meetings[place].start)):
        meeting = meetings[number]
        if meeting.status is not MeetingStatus.PLANNED or meeting.date < desk.today:
            continue
        there = {item.carried_from for item in meeting.items} | lifted
        waited = [one for one in lifts.waiting_for(desk, work, meeting) if one.carried_from not in there]
        lifted |= {one.carried_from for one in waited}  # a point that any ward's meeting could take is taken once
        found[number] = _with(meeting, [*_rest(work, meeting, there), *waited])
    return found


def _with(meeting: Meeting, waited: Sequence[Item]) -> Meeting:
    if not waited:
        return meeting
    about = {item.customer for item in waited}
    own = tuple(item for item in meeting.items if not (item.customer in about and untouched(item)))
    return replace(meeting, items=with_added(own, *waited))


def _rest(work: UnitOfWork, meeting: Meeting, there: set[str | None]) -> list[Item]:
    """What goes on to a new meeting from the series' last one, and from those cancelled since; empty keys."""
    sources = _sources(work, meeting)
    if not sources:
        return []
    previous, *cancelled = sources
    earlier = open_items(work, previous) if previous.status is not MeetingStatus.CANCELLED else ()
    went = _went_on(work, sources)
    waiting: list[tuple[Meeting, GoingOn]] = [(previous, one) for one in going_on(previous, earlier=earlier)]
    waiting += [(source, one) for source in cancelled for one in going_on(source, earlier=())]
    on_its_way = {one.item.carried_from for _, one in waiting if one.undealt}
    names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
    return [
        carried_item(
            one, new_key=lambda: "", names=names, with_assessments=source.status is MeetingStatus.CANCELLED
        )
        for source, one in waiting
        if not one.item.left_out
        and one.item.key not in there | on_its_way
        and not (one.undealt and one.item.key in went)
    ]  # fmt: skip


def _sources(work: UnitOfWork, meeting: Meeting) -> list[Meeting]:
    """The series' last meeting that was held before this one, and those cancelled since; none when another is next."""
    before = or_(m.Meeting.date < meeting.date, and_(m.Meeting.date == meeting.date, m.Meeting.start < meeting.start))
    query = (
        select(m.Meeting.key, m.Meeting.status)
        .where(same_series(meeting), before)
        .order_by(m.Meeting.date.desc(), m.Meeting.start.desc())
        .limit(20)
    )
    keys: list[str] = []
    for row in work.session.execute(query):
        if MeetingStatus(row.status) not in _OVER:
            return []
        keys.append(row.key)
        if row.status != MeetingStatus.CANCELLED.value:
            break
    found = meeting_records.load(work.session, m.Meeting.key.in_(keys)) if keys else {}
    return [found[key][0] for key in reversed(keys)]


def _went_on(work: UnitOfWork, sources: Sequence[Meeting]) -> set[str]:
    """The keys of the sources' points that some other point comes from."""
    keys = [item.key for one in sources for item in one.items]
    ids = select(m.Item.id).where(m.Item.key.in_(keys))
    from_ids = select(m.Item.carried_from_id).where(m.Item.carried_from_id.in_(ids))
    return set(work.session.scalars(select(m.Item.key).where(m.Item.id.in_(from_ids))))


def carry_on(work: UnitOfWork, previous: Meeting, keep: KeepChange) -> None:
    """The minutes are approved: what goes on comes on the next meeting's agenda, where that is booked and not begun."""
    key = following_key(work, previous.key)
    if key is None:
        return
    directory = Directory(work.session)
    there, version = meeting_records.load(work.session, m.Meeting.key == key, directory=directory)[key]
    if there.status is not MeetingStatus.PLANNED:
        return
    known = {item.carried_from for item in there.items}
    went = _went_on(work, [previous])
    names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
    fresh = [
        carried_item(one, new_key=lambda: new_key(near=key), names=names)
        for one in going_on(previous, earlier=open_items(work, previous))
        if not one.item.left_out and one.item.key not in known and not (one.undealt and one.item.key in went)
    ]
    if fresh:
        keep(work, directory, there, _with(there, fresh), version)
        work.record(Event(action="save_meeting", object=f"meeting:{key}", unit=there.unit))
