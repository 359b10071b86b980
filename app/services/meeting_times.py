"""When a meeting is held: moving a planned one to another day or other hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain import meeting_rules as rules
from app.domain.errors import Conflict, NotAllowed, Refused
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.services import sight
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import keep_change, may_at, read
from app.services.records import Directory


@needs_at_meeting(Right.WRITE_MEETINGS)
def move_meeting(desk: Desk, *, key: str, date: dt.date, start: dt.time, end: dt.time, expected_version: int) -> int:
    """Hold a planned meeting then instead, and give its new version. A clash is no hindrance: it is shown.

    Raises Refused("move_only_planned" | "meeting_times"), NotAllowed, NotFound, Conflict when somebody saved meanwhile.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        old, stands_at = read(desk, work, key, directory=directory)
        if Right.WRITE_MEETINGS not in may_at(desk, meeting=old):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        if old.status is not MeetingStatus.PLANNED:
            raise Refused("move_only_planned", status=old.status.label.lower())
        if stands_at != expected_version:
            raise Conflict("changed_meanwhile")
        new = replace(old, date=date, start=start, end=end)
        rules.check(new)
        version = keep_change(work, directory, old, new, expected_version)
        sight.log_gesture(work, new, action="move_meeting", customers=())
        work.commit()
    return version
