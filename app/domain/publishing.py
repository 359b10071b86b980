"""The published agenda: when and as which version it went out, what came late, and whether what went out still holds.

Moments are Swedish wall-clock time to the minute. A point that comes in the very minute of the publishing counts as a
minute later, and a publishing in the minute of a late point as that minute: which came first is never in doubt.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.errors import Refused
from app.domain.meeting_rules import agenda_of
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.swedish import clock, short_date

LATE = "Tillagd efter utskick"
"""What stands at a point that came after the agenda had gone out."""
_MINUTE = dt.timedelta(minutes=1)
_LIVE = (MeetingStatus.PLANNED, MeetingStatus.OPEN)
_TOLD = ("title", "ward", "date", "start", "end", "place", "link", "chair")


def published(meeting: Meeting, *, now: dt.datetime) -> Meeting:
    """The meeting with its agenda gone out now, as the next version: what had come late is part of it.

    Whoever gets the agenda is told when and where, so the meeting is called to as well.
    Raises Refused("meeting_not_planned") once it has begun, Refused("agenda_empty") without points.
    """
    if meeting.status is not MeetingStatus.PLANNED:
        raise Refused("meeting_not_planned")
    if not meeting.items:
        raise Refused("agenda_empty")
    earlier = [moment for moment in (meeting.agenda_changed_at, *(one.added_at for one in meeting.items)) if moment]
    return replace(
        meeting, published_at=max([_minute(now), *earlier]), published_version=meeting.published_version + 1,
        announced_on=now.date(), announced_sequence=meeting.sequence,
    )  # fmt: skip


def marked(old: Meeting, new: Meeting, *, now: dt.datetime) -> Meeting:
    """`new`, to be kept in place of `old`, with what is told of changes to an agenda that has gone out.

    A point keeps the mark it has; a new one gets it unless it brings its own. A publishing itself marks nothing.
    """
    if new.published_version != old.published_version:
        return new
    whole = with_late_marks(old, new, now=now)
    if old.published_at is None or old.status is not MeetingStatus.PLANNED or new.status is not MeetingStatus.PLANNED:
        return replace(whole, agenda_changed_at=old.agenda_changed_at)
    changed = _as_sent(old) != _as_sent(whole)
    return replace(whole, agenda_changed_at=_after(old.published_at, now) if changed else old.agenda_changed_at)


def with_late_marks(old: Meeting, new: Meeting, *, now: dt.datetime) -> Meeting:
    """`new` with the marks of `old` on the points that both have, and on others the mark that they came late."""
    kept = {item.key: item.added_at for item in old.items}
    late = _after(old.published_at, now) if old.published_at is not None and old.status in _LIVE else None
    items = tuple(
        item if item.added_at == (at := kept.get(item.key, item.added_at or late)) else replace(item, added_at=at)
        for item in new.items
    )
    return new if items == new.items else replace(new, items=items)


def brought_back(meeting: Meeting, *, over: Meeting) -> Meeting:
    """The meeting with points that `over` had lost and that went out with the agenda: they did not come late."""
    there = {item.key for item in over.items}
    items = tuple(
        item if item.key in there or item.added_at else replace(item, added_at=meeting.published_at)
        for item in meeting.items
    )
    return replace(meeting, items=items)


def is_late(item: Item, meeting: Meeting) -> bool:
    """Whether the point came after the agenda last went out."""
    return meeting.published_at is not None and item.added_at is not None and item.added_at > meeting.published_at


def is_changed(meeting: Meeting) -> bool:
    """Whether what went out was changed since, apart from points that came late."""
    at, changed = meeting.published_at, meeting.agenda_changed_at
    return at is not None and changed is not None and changed > at and meeting.status is MeetingStatus.PLANNED


def waits_for_publishing(meeting: Meeting) -> bool:
    """Whether a planned meeting's agenda has not gone out as it stands."""
    if meeting.status is not MeetingStatus.PLANNED or not meeting.items:
        return False
    late = any(is_late(item, meeting) for item in meeting.items)
    return meeting.published_at is None or late or is_changed(meeting)


def published_words(meeting: Meeting) -> str:
    """`Utskickad ons 3 dec 09.12 · version 2`, and whether it still holds; empty where it has not gone out."""
    at = meeting.published_at
    if at is None:
        return ""
    said = f"Utskickad {short_date(at.date())} {clock(at.time())} · version {meeting.published_version}"
    return f"{said}. Ändrad sedan utskick." if is_changed(meeting) else said


def _as_sent(meeting: Meeting) -> tuple[object, ...]:
    """What stood on the agenda as it went out, as far as it is told on paper."""
    told = tuple(getattr(meeting, name) for name in _TOLD)
    points = tuple(agenda_of(item) for item in meeting.items if not is_late(item, meeting))
    return (*told, frozenset(meeting.participants), points)


def _after(published_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    return max(_minute(now), published_at + _MINUTE)


def _minute(now: dt.datetime) -> dt.datetime:
    return now.replace(second=0, microsecond=0)
