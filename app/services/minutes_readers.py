"""Läst och förstått: who has read approved minutes, who has not, and saying so oneself."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.errors import NotAllowed, Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.minutes import TO_BE_READ, Reader, concerned
from app.domain.roles import Right
from app.domain.swedish import sort_key
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import read
from app.services.minutes_keeping import keep_receipt
from app.services.minutes_versions import require_reader
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_KINDS = [kind.value for kind in TO_BE_READ]


@needs_at_meeting(Right.RESPOND_TO_MINUTES)
def mark_read(desk: Desk, *, meeting: str) -> int:
    """The person has read and understood the latest version of the minutes; its number.

    Raises NotAllowed where the minutes do not concern her, Refused("not_to_be_read") before they are approved.
    """
    with desk.writing() as work:
        member_id, latest = _mine(desk, work, meeting)
        keep_receipt(desk, work, meeting=meeting, member_id=member_id, number=latest)
        work.commit()
    return latest


@needs_at_meeting(Right.RESPOND_TO_MINUTES)
def unmark_read(desk: Desk, *, meeting: str) -> None:
    """Take back that the person has read them: it was a slip of the key. Raises as `mark_read`."""
    with desk.writing() as work:
        member_id, _ = _mine(desk, work, meeting)
        meeting_id = select(m.Meeting.id).where(m.Meeting.key == meeting).scalar_subquery()
        own = (m.MinutesReceipt.meeting_id == meeting_id, m.MinutesReceipt.member_id == member_id)
        work.session.execute(delete(m.MinutesReceipt).where(*own))
        work.record(Event(action="unmark_read", object=f"meeting:{meeting}"))
        work.commit()


def _mine(desk: Desk, work: UnitOfWork, key: str) -> tuple[int, int]:
    """The person's row and the version that she is to read."""
    found, _ = read(desk, work, key)
    require_reader(desk, found)
    if desk.actor.member is None or desk.actor.member not in concerned(found):
        raise NotAllowed("read_not_called")
    latest = latest_version(work, key)
    if found.status is not MeetingStatus.APPROVED or not latest:
        raise Refused("not_to_be_read")
    return work.session.scalars(select(m.Member.id).where(m.Member.key == desk.actor.member)).one(), latest


def latest_version(work: UnitOfWork, key: str) -> int:
    """The number of the latest version that is to be read; nought when there is none."""
    query = (
        select(func.max(m.MinutesVersion.number))
        .join(m.Meeting, m.Meeting.id == m.MinutesVersion.meeting_id)
        .where(m.Meeting.key == key, m.MinutesVersion.kind.in_(_KINDS))
    )
    return work.session.scalar(query) or 0


def readers_of(work: UnitOfWork, meeting: Meeting) -> tuple[Reader, ...]:
    """Those whom the minutes concern, by name, each with the version that she has read."""
    keys = concerned(meeting)
    named = select(m.Member.id, m.Member.key, m.Member.name).where(m.Member.key.in_(keys))
    read_by = {
        row.member_id: row
        for row in work.session.execute(
            select(m.MinutesReceipt.member_id, m.MinutesReceipt.number, m.MinutesReceipt.at)
            .join(m.Meeting, m.Meeting.id == m.MinutesReceipt.meeting_id)
            .where(m.Meeting.key == meeting.key)
        )
    }
    found = []
    for row in work.session.execute(named):
        receipt = read_by.get(row.id)
        number, at = (receipt.number, to_wall_clock(receipt.at)) if receipt is not None else (None, None)
        found.append(Reader(member=row.key, name=row.name, number=number, at=at))
    return tuple(sorted(found, key=lambda one: sort_key(one.name)))
