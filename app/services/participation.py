"""The customer's part in a point (routine 2): what she wishes beforehand, and that she was told what was decided."""

from __future__ import annotations

from dataclasses import replace

from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.meeting_rules import customers_named, customers_of
from app.domain.meetings import Meeting, MeetingStatus, Participation
from app.domain.review import with_part
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services import sight
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import keep_change, may_at, read
from app.services.preparation_settling import settle_written
from app.services.records import Directory
from app.storage.unit_of_work import UnitOfWork


@needs_at_meeting(Right.READ_CUSTOMERS, Right.WRITE_MINUTES)
def write_participation(
    desk: Desk, *, meeting: str, item: str, participation: Participation, expected_version: int
) -> Stored[Meeting]:
    """Keep one customer's participation in a point about her in place of what stood there; an empty one takes it away.

    Her fast omsorgskontakt may, whatever else she may at the meeting, and whoever writes its minutes. Only until the
    minutes are approved: after that a report-back is a dated addition to the point (`meetings.add_addition`), which
    the same persons may make. Raises NotAllowed, NotFound, Refused for a locked meeting or another customer's point,
    Conflict when somebody saved meanwhile.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        old, _ = read(desk, work, meeting, directory=directory)
        point = old.item(item)
        if point is None:
            raise NotFound("not_found", what="Punkten", key=item)
        _require(desk, work, old, participation.customer)
        if participation.customer not in customers_of(point):
            raise Refused("reference_unknown", what="Kunden", key=participation.customer)
        if old.status in (MeetingStatus.APPROVED, MeetingStatus.CANCELLED):
            raise Refused("minutes_locked" if old.status is MeetingStatus.APPROVED else "meeting_cancelled")
        changed = with_part(point, participation)
        new = replace(old, items=tuple(changed if one.key == item else one for one in old.items))
        version = keep_change(work, directory, old, new, expected_version)
        settle_written(desk, work, old=old, new=new)
        seen = sight.shown(desk, work, new)
        shown = customers_named(seen)
        sight.log_gesture(work, new, action="write_participation", customers=(participation.customer, *shown))
        work.commit()
    return Stored(seen, version)


def _require(desk: Desk, work: UnitOfWork, meeting: Meeting, customer: str) -> None:
    if Right.WRITE_MINUTES in may_at(desk, meeting=meeting) or customer in sight.reach(desk, work).permanent:
        return
    raise NotAllowed("not_allowed", role=desk.actor.role.label)
