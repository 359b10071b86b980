"""Preparations as a person may see them: whose they are, names looked up, what is about a customer hidden from some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from app import models as m
from app.domain import preparations as rules
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.meeting_rules import reaches
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.people import person_name
from app.domain.preparations import Preparation, PreparationRow
from app.domain.roles import Right
from app.services import planning_records as records
from app.services import sight
from app.services.desk import Desk
from app.services.meetings import may_at, myself, read
from app.services.own_forums import OwnForums
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_COMING = (MeetingStatus.PLANNED, MeetingStatus.OPEN)


class Rows:
    """Makes rows of preparations; who may see and do what at each meeting is asked once."""

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self._desk, self._work = desk, work
        self._reach = sight.reach(desk, work)
        self._labels = sight.labels_of_everybody(work)
        self._names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
        self._forums = OwnForums(desk, work.session)
        self._me = myself(desk)

    def row(self, stored: tuple[Preparation, int], meeting: Meeting) -> PreparationRow:
        """One preparation of the meeting; nothing is logged."""
        whole, version = stored
        hidden = not self.sees(whole, meeting)
        shown = rules.blanked(whole) if hidden else whole
        writes = self.writes(meeting)
        return PreparationRow(
            preparation=shown, version=version, customer_label=self._labels.get(shown.customer or "", ""),
            responsible_name=person_name(whole.responsible, self._names),
            done_by_name=person_name(whole.done_by, self._names), meeting_heading=self.heading(meeting),
            date=meeting.date, start=meeting.start, hidden=hidden, may_write=writes and not hidden,
            may_settle=not hidden and (writes or self.is_own(whole)) and meeting.status in _COMING,
        )  # fmt: skip

    def sees(self, one: Preparation, meeting: Meeting) -> bool:
        """Whether the person may see whom it is about: her own she may, for she has to know for whom."""
        if one.customer is None:
            return True
        rights = may_at(self._desk, meeting=meeting)
        if Right.READ_EVERY_CUSTOMER in rights or one.customer in self._reach.opened:
            return True
        return Right.READ_CUSTOMERS in rights and (one.customer in self._reach.assigned or one.responsible == self._me)

    def writes(self, meeting: Meeting) -> bool:
        """Whether she writes the meeting's list: whoever writes its agenda does, until it is held."""
        return meeting.status in _COMING and Right.WRITE_MEETINGS in may_at(self._desk, meeting=meeting)

    def is_own(self, one: Preparation) -> bool:
        """Whether it is hers to do, and her role does things."""
        return one.responsible == self._me and self._desk.may(Right.COMPLETE_ACTIONS)

    def heading(self, meeting: Meeting) -> str:
        """The meeting's own title, else forum and ward."""
        return meeting.title or self.forum_and_ward(meeting)

    def forum_and_ward(self, meeting: Meeting) -> str:
        """What the meeting may be called where nobody may be named."""
        unit = self._forums.units[meeting.unit]
        forum = self._forums.of(meeting.unit, meeting.forum)
        ward = unit.ward(meeting.ward) if meeting.ward else None
        parts = (forum.name if forum else meeting.forum, ward.name if ward else "")
        return " ".join(part for part in parts if part)


def of_meeting(work: UnitOfWork, key: str) -> list[tuple[Preparation, int]]:
    """A meeting's preparations and their versions, in the order of its list."""
    there = select(m.Meeting.id).where(m.Meeting.key == key)
    found = records.load(work.session, records.PREPARATIONS, m.Preparation.meeting_id.in_(there))
    return sorted(found.values(), key=lambda pair: (pair[0].position, pair[0].key))


def one_of(desk: Desk, work: UnitOfWork, key: str) -> tuple[Preparation, int, Meeting]:
    """A preparation, its version and its meeting. Raises NotFound, NotAllowed for a meeting out of reach."""
    found = records.load(work.session, records.PREPARATIONS, m.Preparation.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Förberedelsen", key=key)
    meeting, _ = read(desk, work, found[0].meeting)
    return *found, meeting


def require_coming(meeting: Meeting) -> None:
    """Raise Refused("meeting_state") once the meeting is held or called off: its list stands as it was."""
    if meeting.status not in _COMING:
        raise Refused("meeting_state", status=meeting.status.label.lower())


def require_writing(desk: Desk, rows: Rows, one: Preparation, meeting: Meeting) -> None:
    """Raise NotAllowed unless the person writes the agenda, and may see whom it is about; Refused as above."""
    if not reaches(meeting, desk.actor) or Right.WRITE_MEETINGS not in may_at(desk, meeting=meeting):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    require_coming(meeting)
    if not rows.sees(one, meeting):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


def log_gesture(work: UnitOfWork, meeting: Meeting, action: str, *customers: str | None) -> None:
    """A row in the log for each customer, or one where it is about none."""
    about: list[str | None] = [*sorted({one for one in customers if one})]
    for customer in about or [None]:
        work.record(Event(action=action, object=f"meeting:{meeting.key}", customer=customer, unit=meeting.unit))


def log_seen(work: UnitOfWork, rows: Iterable[PreparationRow], homes: Mapping[str, Any], *, where: str) -> None:
    """A row in the log for each customer that the rows show."""
    for row in rows:
        if row.preparation.customer:
            unit = homes.get(row.preparation.meeting)
            work.record(Event(action="read", object=where, customer=row.preparation.customer, unit=unit))
