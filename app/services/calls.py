"""Calls (kallelser): what is sent out of a meeting, without anything of a customer, and the mark that it was.

Customers are read only to keep their names out of what is typed: none is shown, so the log has no row of any.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_, or_, select

from app import models as m
from app.domain import calls
from app.domain.calls import Call
from app.domain.catalogue import Forum, Setting
from app.domain.customer_words import CustomerWords, Known
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meeting_rules import reaches
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.people import Person
from app.domain.roles import Right
from app.domain.units import Unit
from app.services import meeting_records
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.meetings import keep_change, may_at, read
from app.services.own_forums import OwnForums
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_KIND = {False: "call", True: "calendar"}
"""What the log says was taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What a call that went out left, and what stood before it: enough to take the mark back."""

    meeting: str
    before: dt.date | None
    before_sequence: int
    version: int


@needs(Right.READ_MEETINGS)
def call_of(desk: Desk, *, key: str, calendar: bool = False) -> Call:
    """The call of one meeting, cancelled ones too, for paper or for a calendar's file.

    Raises NotFound, NotAllowed for a meeting out of reach.
    """
    with desk.writing() as work:
        found, _ = read(desk, work, key)
        made = _Maker(desk, work).call(found)
        action = "export" if calendar else "call"
        work.record(Event(action=action, object=f"meeting:{key}", unit=found.unit, reason=_KIND[calendar]))
        work.commit()
    return made


@needs(Right.READ_MEETINGS)
def calls_of_period(
    desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None, member: str | None = None,
    planned_only: bool = False, calendar: bool = False,
) -> tuple[Call, ...]:  # fmt: skip
    """The calls of every meeting of a period (inclusive), by date, cancelled ones too; one unit's, one member's.

    A member's are those she is called to or has a role at. With `planned_only` those that are still to be held.
    Raises Refused("period_backwards" | "period_empty"), NotFound, NotAllowed for a unit out of reach.
    """
    if to < from_:
        raise Refused("period_backwards")
    wanted = [m.Meeting.date >= from_, m.Meeting.date <= to]
    if planned_only:
        wanted.append(m.Meeting.status == MeetingStatus.PLANNED.value)
    with desk.writing() as work:
        wanted += _of(desk, work, unit=unit, member=member)
        found = [one for one, _ in meeting_records.load(work.session, and_(*wanted)).values()]
        there = [one for one in found if reaches(one, desk.actor)]
        if not there:
            raise Refused("period_empty")
        maker = _Maker(desk, work)
        made = [maker.call(one) for one in there]
        action = "export" if calendar else "call"
        work.record(Event(action=action, object="meetings", unit=unit, reason=_KIND[calendar]))
        work.commit()
    return calls.in_order(made)


def _of(desk: Desk, work: UnitOfWork, *, unit: str | None, member: str | None) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if unit is not None:
        row = work.session.scalar(select(m.Unit.id).where(m.Unit.key == unit))
        if row is None:
            raise NotFound("not_found", what="Enheten", key=unit)
        if not desk.actor.sees(unit):
            raise NotAllowed("not_your_unit")
        found.append(m.Meeting.unit_id == row)
    if member is not None:
        who = work.session.scalar(select(m.Member.id).where(m.Member.key == member))
        if who is None:
            raise NotFound("not_found", what="Medarbetaren", key=member)
        called = select(m.MeetingMember.meeting_id).where(m.MeetingMember.member_id == who)
        roles = (m.Meeting.chair_id, m.Meeting.secretary_id, m.Meeting.approver_id)
        found.append(or_(m.Meeting.id.in_(called), *(column == who for column in roles)))
    return found


class _Maker:
    """Makes calls: units, forums, people and the customers' words are looked up once."""

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        session = work.session
        self._desk = desk
        self._forums = OwnForums(desk, session)
        people = session.execute(select(m.Member.key, m.Member.name, m.Member.profession, m.Member.email)).all()
        self._names = {row.key: row.name for row in people}
        self._professions = {row.key: row.profession for row in people}
        self._emails = {row.key: row.email for row in people}
        self._words = customer_words(work)

    def call(self, meeting: Meeting) -> Call:
        unit = self._forums.units[meeting.unit]
        forum = self._forums.of(unit.key, meeting.forum)
        closes_on = calls.closing_day(forum, meeting.date) if forum else None
        cancelled = meeting.status is MeetingStatus.CANCELLED
        people = [self._called(one) for one in calls.people_called(meeting)]
        chair = self._called(meeting.chair) if meeting.chair else None
        return Call(
            meeting=meeting.key, unit=meeting.unit, unit_name=unit.name, setting_label=unit.setting.label,
            heading=self._heading(meeting, unit, forum), date=meeting.date, start=meeting.start, end=meeting.end,
            place=self._words.cleared(meeting.place), link=self._words.cleared(meeting.link), convenor=chair,
            called=tuple(one for one in people if one is not None),
            points=calls.points_of(meeting, self._words),
            prepare=() if cancelled else calls.preparation(
                meeting, closes_on=closes_on, names=self._names, words=self._words
            ),
            closes_on=closes_on, cancelled=cancelled, cancelled_reason=self._words.cleared(meeting.cancelled_reason),
            changed=calls.is_changed(meeting), sequence=meeting.sequence, prepared_on=self._desk.today,
        )  # fmt: skip

    def _called(self, person: Person) -> calls.Called | None:
        return calls.person_called(
            person, names=self._names, professions=self._professions, emails=self._emails, words=self._words
        )

    def _heading(self, meeting: Meeting, unit: Unit, forum: Forum | None) -> str:
        """Forum and ward. A title of its own might name somebody: only a management meeting's is told."""
        if forum is not None and forum.setting is Setting.LEDNING and (told := self._words.cleared(meeting.title)):
            return told
        ward = unit.ward(meeting.ward) if meeting.ward else None
        return " ".join(part for part in (forum.name if forum else meeting.forum, ward.name if ward else "") if part)


def customer_words(work: UnitOfWork) -> CustomerWords:
    """What stands for the customers of the database; nothing of it is shown."""
    rows = work.session.execute(select(m.Customer.reference, m.Customer.code, m.Customer.apartment))
    return CustomerWords(Known(row.reference, row.code, row.apartment) for row in rows)


@needs_at_meeting(Right.WRITE_MEETINGS)
def announce(desk: Desk, *, keys: Sequence[str]) -> tuple[Announced, ...]:
    """Note that the calls of planned meetings went out today: the year's plan leaves those meetings where they are.

    Meetings that are begun, held or cancelled, were called today, or are not the person's to call, are passed over.
    Raises NotFound, NotAllowed when none of several is hers, or the only one is not.
    """
    found: list[Announced] = []
    denied = 0
    with desk.writing() as work:
        directory = Directory(work.session)
        for key in keys:
            old, version = read(desk, work, key, directory=directory)
            new = replace(old, announced_on=desk.today, announced_sequence=old.sequence)
            if old.status is not MeetingStatus.PLANNED or new == old:
                continue
            if Right.WRITE_MEETINGS not in may_at(desk, meeting=old):
                denied += 1
                continue
            kept = keep_change(work, directory, old, new, version)
            work.record(Event(action="announce_meeting", object=f"meeting:{key}", unit=old.unit))
            found.append(Announced(
                meeting=key, before=old.announced_on, before_sequence=old.announced_sequence, version=kept,
            ))  # fmt: skip
        if denied and not found:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        work.commit()
    return tuple(found)


@needs_at_meeting(Right.WRITE_MEETINGS)
def take_back_announcements(desk: Desk, *, announced: Sequence[Announced]) -> None:
    """Undo `announce`. Raises Conflict when one of the meetings was changed since: then none is taken back."""
    with desk.writing() as work:
        directory = Directory(work.session)
        for one in announced:
            old, version = read(desk, work, one.meeting, directory=directory)
            if version != one.version:
                raise Conflict("changed_meanwhile")
            if Right.WRITE_MEETINGS not in may_at(desk, meeting=old):
                raise NotAllowed("not_allowed", role=desk.actor.role.label)
            new = replace(old, announced_on=one.before, announced_sequence=one.before_sequence)
            keep_change(work, directory, old, new, version)
            work.record(Event(action="take_back_call", object=f"meeting:{one.meeting}", unit=old.unit))
        work.commit()
