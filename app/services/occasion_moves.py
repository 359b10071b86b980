"""An occasion is held in one piece: where one of its meetings goes, the others follow (routine 3.1-3.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import and_

from app import models as m
from app.domain.errors import Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.services import meeting_records
from app.storage.unit_of_work import UnitOfWork


def followers(work: UnitOfWork, *, old: Meeting, new: Meeting) -> list[tuple[Meeting, int, Meeting]]:
    """The other planned meetings of the occasion with their versions, and as they are when `old` is held as `new`.

    Those before it go as far as its beginning does, those after it as far as its end. Raises Refused("meeting_times")
    where one would go past midnight.
    """
    if old.occasion is None:
        return []
    same = and_(m.Meeting.occasion == old.occasion, m.Meeting.date == old.date, m.Meeting.key != old.key)
    days = new.date - old.date
    found = []
    for one, version in meeting_records.load(work.session, same).values():
        if one.unit != old.unit or one.status is not MeetingStatus.PLANNED:
            continue
        by = _between(old.end, new.end) if one.start >= old.end else _between(old.start, new.start)
        start, end = (_at(one, moment, days, by) for moment in (one.start, one.end))
        if start.date() != end.date() or start.date() != one.date + days:
            raise Refused("meeting_times")
        found.append((one, version, replace(one, date=start.date(), start=start.time(), end=end.time())))
    return found


def _between(one: dt.time, other: dt.time) -> dt.timedelta:
    return dt.timedelta(hours=other.hour - one.hour, minutes=other.minute - one.minute)


def _at(meeting: Meeting, moment: dt.time, days: dt.timedelta, by: dt.timedelta) -> dt.datetime:
    return dt.datetime.combine(meeting.date, moment) + days + by
