"""Taking a planned meeting away in which nothing is written; any other is cancelled instead."""

from __future__ import annotations

from sqlalchemy import delete, exists, select

from app import models as m
from app.domain.errors import Conflict, Refused
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.services.attachment_records import require_none
from app.services.desk import Desk, needs
from app.services.meetings import read
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@needs(Right.WRITE_MEETINGS)
def delete_meeting(desk: Desk, *, key: str, expected_version: int) -> None:
    """Remove a planned meeting in which nothing is written. Raises Refused for any other: cancel it instead."""
    with desk.writing() as work:
        remove_planned(desk, work, key=key, expected_version=expected_version)
        work.commit()


def remove_planned(desk: Desk, work: UnitOfWork, *, key: str, expected_version: int) -> None:
    """Remove such a meeting in the caller's unit of work."""
    meeting, version = read(desk, work, key)
    written = any(item.dealt_with for item in meeting.items) or meeting.attendance or meeting.additions
    if meeting.status is not MeetingStatus.PLANNED or written:
        raise Refused("meeting_not_empty")
    if version != expected_version:
        raise Conflict("changed_meanwhile")
    ids = select(m.Item.id).join(m.Meeting, m.Meeting.id == m.Item.meeting_id).where(m.Meeting.key == key)
    if work.session.scalar(select(exists().where(m.Item.carried_from_id.in_(ids)))):
        raise Refused("item_carried_on")
    require_none(work.session, m.Meeting.key == key, "meeting_has_files")
    work.session.execute(delete(m.Meeting).where(m.Meeting.key == key))
    work.record(Event(action="delete_meeting", object=f"meeting:{key}", unit=meeting.unit))
