"""Since the last shift: what pulsmöten, avstämningar, teammöten and others decided, as far as the person may read it.

The same sight as for minutes, meeting by meeting; on paper customers' data only with the right to print it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import and_, or_, select

from app import models as m
from app.domain import handover as d
from app.domain import meeting_rules as rules
from app.domain.clock import SWEDEN, to_wall_clock
from app.domain.errors import Refused
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.roles import Right
from app.services import meeting_records, sight
from app.services.calls import customer_words
from app.services.desk import Desk, needs
from app.services.handover_values import PlaceMaker
from app.services.rows import require_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_READS = (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)
_WRITTEN = (MeetingStatus.OPEN, MeetingStatus.DRAFT, MeetingStatus.APPROVED)
_WRITING = ("save_meeting", "close_meeting", "add_addition")
"""What the log calls the gestures that bring text into minutes."""
_MOST_LOG_INS = 500


@needs(*_READS)
def shift_handover(desk: Desk, *, since: dt.datetime | None = None, unit: str | None = None) -> d.ShiftHandover:
    """What was decided since the person's last shift, or since a moment she chooses; each customer in it is logged.

    Raises Refused("since_ahead" | "since_too_long"), NotAllowed for a unit out of reach.
    """
    with desk.writing() as work:
        found = _handover(desk, work, since=since, unit=unit, paper=False)
        _log(work, found, action="read")
        work.commit()
    return found


@needs(*_READS)
def handover_paper(
    desk: Desk, *, since: dt.datetime | None = None, unit: str | None = None, without_customers: bool = False
) -> d.ShiftHandover:
    """The same for paper; `without_customers` is for the noticeboard, and for all who may not print customers' data.

    Raises Refused("handover_empty") besides.
    """
    with desk.writing() as work:
        found = _handover(desk, work, since=since, unit=unit, paper=True, board=without_customers)
        if not found.places:
            raise Refused("handover_empty")
        _log(work, found, action="print", reason="board" if without_customers else None)
        work.commit()
    return found


@needs(*_READS)
def count_handover(desk: Desk) -> d.HandoverCount:
    """How much was decided since the person's last shift; nothing of what, and so nothing is logged."""
    with desk.reading() as work:
        return _handover(desk, work, since=None, unit=None, paper=False).counted()


def _log(work: UnitOfWork, found: d.ShiftHandover, *, action: str, reason: str | None = None) -> None:
    named = {
        customer
        for place in found.places
        for meeting in place.meetings
        for point in meeting.points
        for customer in point.customers
    }
    for customer in sorted(named):
        work.record(Event(action=action, object="handover", customer=customer, reason=reason))


def _handover(
    desk: Desk, work: UnitOfWork, *, since: dt.datetime | None, unit: str | None, paper: bool, board: bool = False
) -> d.ShiftHandover:
    if unit is not None:
        require_unit(desk, unit)
    now = desk.clock.now()
    own = since is None
    if since is None:
        since, own = d.usual_since(_log_ins(desk, work, now), now=now)
    since = d.checked(since, now=now)
    meetings = _decided(desk, work, since=since, now=now, unit=unit)
    seen = sight.shown_all(desk, work, meetings)
    if paper:
        seen = [_on_paper(desk, meeting, board=board) for meeting in seen]
    maker = PlaceMaker(desk, work, words=customer_words(work) if board else None)
    return d.ShiftHandover(since=since, until=now, of_last_shift=own, places=maker.places(seen))


def _on_paper(desk: Desk, meeting: Meeting, *, board: bool) -> Meeting:
    may = Right.PRINT in rules.rights_at(meeting, desk.actor) and not board
    return meeting if may else rules.without_customers(meeting)


def _log_ins(desk: Desk, work: UnitOfWork, now: dt.datetime) -> Sequence[dt.datetime]:
    """When the person logged in within the time one may look back, the latest first."""
    first = now.replace(tzinfo=SWEDEN) - d.LONGEST
    query = (
        select(m.AuditEntry.at)
        .where(m.AuditEntry.action == "log_in", m.AuditEntry.user == desk.actor.user, m.AuditEntry.at >= first)
        .order_by(m.AuditEntry.at.desc())
        .limit(_MOST_LOG_INS)
    )
    return [to_wall_clock(at) for at in work.session.scalars(query)]


def _decided(desk: Desk, work: UnitOfWork, *, since: dt.datetime, now: dt.datetime, unit: str | None) -> list[Meeting]:
    """The meetings with minutes that were held since, or shortly before and written since; the latest first."""
    held = or_(m.Meeting.date > since.date(), and_(m.Meeting.date == since.date(), m.Meeting.end > since.time()))
    begun = or_(m.Meeting.date < now.date(), and_(m.Meeting.date == now.date(), m.Meeting.start <= now.time()))
    late = and_(
        m.Meeting.date >= since.date() - dt.timedelta(days=d.LATE_DAYS),
        m.Meeting.key.in_(_written_since(work, since)),
    )  # fmt: skip
    wanted = and_(m.Meeting.status.in_([one.value for one in _WRITTEN]), begun, or_(held, late))
    if unit is not None:
        wanted = and_(wanted, m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit)))
    found = [meeting for meeting, _ in meeting_records.load(work.session, wanted).values()]
    there = [meeting for meeting in found if rules.reaches(meeting, desk.actor)]
    return sorted(there, key=lambda one: (one.date, one.start, one.key), reverse=True)


def _written_since(work: UnitOfWork, since: dt.datetime) -> list[str]:
    """The keys of meetings in whose minutes somebody has written since, by the log."""
    query = (
        select(m.AuditEntry.object)
        .where(
            m.AuditEntry.at > since.replace(tzinfo=SWEDEN), m.AuditEntry.action.in_(_WRITING),
            m.AuditEntry.object.like("meeting:%"),
        )
        .distinct()
    )  # fmt: skip
    return [one.removeprefix("meeting:") for one in work.session.scalars(query) if one]
