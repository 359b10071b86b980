"""When a meeting is held: moving a planned one to another day or other hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.roles import Right
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import lay_over, read
from app.services.occasion_moves import followers


@needs_at_meeting(Right.WRITE_MEETINGS)
def move_meeting(desk: Desk, *, key: str, date: dt.date, start: dt.time, end: dt.time, expected_version: int) -> int:
    """Hold a planned meeting then instead, and give its new version. A clash is no hindrance: it is shown.

    The other meetings of its occasion follow: they are held in one piece.
    Raises Refused("meeting_not_planned" | "meeting_times"), NotAllowed, NotFound, Conflict when somebody saved
    meanwhile.
    """
    with desk.writing() as work:
        old, _ = read(desk, work, key)
        moved = replace(old, date=date, start=start, end=end)
        others = followers(work, old=old, new=moved)
        lay_over(desk, work, meeting=moved, expected_version=expected_version)
        for _, version, other in others:
            lay_over(desk, work, meeting=other, expected_version=version)
        work.commit()
    return expected_version + 1
