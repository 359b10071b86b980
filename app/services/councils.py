"""Boråd and aktivitetsråd on paper for the residents."""

from __future__ import annotations

from app.domain import meeting_rules as rules
from app.domain.councils import CouncilPaper, points_for_residents
from app.domain.errors import NotAllowed, Refused
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.sight import reads_minutes
from app.services import sight, units
from app.services.calls import customer_words
from app.services.desk import Desk, needs
from app.services.meetings import read
from app.services.proposals import own_forum
from app.services.team import member_names
from app.storage.audit import Event


@needs(Right.READ_MEETINGS)
def council_paper(desk: Desk, *, key: str) -> CouncilPaper:
    """The minutes for the residents, with nothing that names one of them.

    Raises NotAllowed for minutes that the person may not read, Refused("nothing_written") where nothing was said.
    """
    with desk.writing() as work:
        whole, _ = read(desk, work, key)
        if not reads_minutes(whole, desk.actor):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        meeting = rules.without_customers(sight.shown(desk, work, whole))
        words = customer_words(work)
        work.record(Event(action="print", object=f"meeting:{key}", unit=meeting.unit))
        work.commit()
    unit = units.get_unit(desk, key=meeting.unit).value
    forum = own_forum(desk, unit=unit, forum=meeting.forum)
    ward = unit.ward(meeting.ward) if meeting.ward else None
    points = points_for_residents(meeting, member_names(desk), words)
    if not points:
        raise Refused("nothing_written")
    coming = meeting.next_meeting
    return CouncilPaper(
        title=words.cleared(meeting.title) or (f"{forum.name} {ward.name}" if ward else forum.name),
        unit_name=unit.name, date=meeting.date, start=meeting.start, end=meeting.end,
        place=words.cleared(meeting.place) or "", points=points, next_date=coming.date if coming else None,
        next_start=coming.start if coming else None, approved=meeting.status is MeetingStatus.APPROVED,
        prepared_on=desk.today,
    )  # fmt: skip
