"""Boråd and aktivitetsråd on paper for the residents, and answers to questions that come after a meeting."""

from __future__ import annotations

from app.domain import meeting_rules as rules
from app.domain.answers import answered, may_answer
from app.domain.councils import CouncilPaper, points_for_residents
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.roles import Right
from app.domain.sight import reads_minutes
from app.domain.stored import Stored
from app.services import sight, units
from app.services.calls import customer_words
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.meetings import keep_change, may_at, myself, read
from app.services.proposals import own_forum
from app.services.records import Directory
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


@needs_at_meeting(Right.WRITE_MINUTES)
def answer_question(
    desk: Desk, *, key: str, item: str, number: int, answer: str, expected_version: int
) -> Stored[Meeting]:
    """Answer a question of a held meeting's point, after the meeting too; of approved minutes as a dated addition.

    Whoever writes the minutes may, and who was named to answer, where she sees the point.
    Raises Refused("answer_empty" | "meeting_cancelled"), NotFound, NotAllowed, Conflict.
    """
    if not answer.strip():
        raise Refused("answer_empty")
    with desk.writing() as work:
        directory = Directory(work.session)
        old, _ = read(desk, work, key, directory=directory)
        if old.status is MeetingStatus.CANCELLED:
            raise Refused("meeting_cancelled")
        point, seen = old.item(item), sight.shown(desk, work, old).item(item)
        if point is None or not 0 <= number < len(point.questions):
            raise NotFound("not_found", what="Frågan", key=item)
        writes = Right.WRITE_MINUTES in may_at(desk, meeting=old)
        may = may_answer(point.questions[number], member=desk.actor.member, writes=writes)
        if not may or seen != point:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        at = desk.clock.now().replace(second=0, microsecond=0)
        new = answered(old, item=item, number=number, answer=answer, by=myself(desk), at=at)
        version = keep_change(work, directory, old, new, expected_version)
        shown = sight.shown(desk, work, new)
        sight.log_gesture(work, new, action="answer_question", customers=rules.customers_named(shown))
        work.commit()
    return Stored(shown, version)
