"""Publishing agendas: an agenda goes out as its next version, and its meeting is called to by that; taken back too.

What is changed afterwards is marked wherever meetings are kept (`meetings.keep_change`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.domain import publishing as rules
from app.domain.errors import Conflict, NotAllowed
from app.domain.meetings import Meeting
from app.domain.roles import Right
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import keep_change, may_at, read
from app.services.records import Directory
from app.storage.audit import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publishing left, and what stood before it: enough to take it back. Of a meeting's text it has nothing."""

    meeting: str
    number: int
    before_at: dt.datetime | None
    before_number: int
    before_announced: dt.date | None
    before_sequence: int
    version: int


@needs_at_meeting(Right.WRITE_MEETINGS)
def publish_agenda(desk: Desk, *, key: str, expected_version: int | None = None) -> Published:
    """Publish a planned meeting's agenda as it stands: version, time, and the meeting is called to.

    With `expected_version` only the agenda that was seen. Raises Refused("meeting_not_planned" | "agenda_empty"),
    Conflict when somebody changed it meanwhile, NotAllowed without the right to write the agenda.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        old, stands_at = read(desk, work, key, directory=directory)
        _require(desk, old)
        if expected_version not in (None, stands_at):
            raise Conflict("changed_meanwhile")
        new = rules.published(old, now=desk.clock.now())
        kept = keep_change(work, directory, old, new, stands_at)
        work.record(Event(action="publish_agenda", object=f"meeting:{key}", unit=old.unit))
        work.commit()
    return Published(
        meeting=key, number=new.published_version, before_at=old.published_at, before_number=old.published_version,
        before_announced=old.announced_on, before_sequence=old.announced_sequence, version=kept,
    )  # fmt: skip


@needs_at_meeting(Right.WRITE_MEETINGS)
def take_back_agenda(desk: Desk, *, published: Published) -> None:
    """Undo `publish_agenda`. Raises Conflict when the meeting was changed since."""
    with desk.writing() as work:
        directory = Directory(work.session)
        old, version = read(desk, work, published.meeting, directory=directory)
        _require(desk, old)
        if version != published.version:
            raise Conflict("changed_meanwhile")
        new = replace(
            old, published_at=published.before_at, published_version=published.before_number,
            announced_on=published.before_announced, announced_sequence=published.before_sequence,
        )  # fmt: skip
        keep_change(work, directory, old, new, version)
        work.record(Event(action="take_back_agenda", object=f"meeting:{published.meeting}", unit=old.unit))
        work.commit()


def _require(desk: Desk, meeting: Meeting) -> None:
    if Right.WRITE_MEETINGS not in may_at(desk, meeting=meeting):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
