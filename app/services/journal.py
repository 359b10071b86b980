"""What a point says of a customer on its way to her journal: copied as clean text, marked as entered."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, insert, select

from app import models as m
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.journal_text import JournalText, Told, journal_text
from app.domain.meeting_rules import HIDDEN, customers_of
from app.domain.meetings import Item, Journal, JournalMark, Meeting
from app.domain.minutes_forms import MinutesForm
from app.domain.roles import Right
from app.domain.swedish import long_date
from app.services import register_records, sight
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import may_at, myself, read
from app.services.paper_forms import FormMaker
from app.services.proposals import own_forum_of
from app.services.records import Directory
from app.services.team import member_names
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@needs_at_meeting(Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS, Right.READ_CUSTOMERS)
def mark_journaled(
    desk: Desk, *, meeting: str, item: str, customer: str, journal: Journal, on: dt.date | None = None
) -> tuple[JournalMark, ...]:
    """Mark a customer's part of a point as entered in a journal, today unless `on` says when; the point's marks.

    One who reads the point whole may, when she writes the minutes, is licensed, or is assigned to the customer. A mark
    that stands already stays as it is. Raises NotFound, NotAllowed, Refused for a customer the point does not name.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        found, point = _point(desk, work, directory, meeting, item, customer)
        if any((one.customer, one.journal) == (customer, journal) for one in point.journaled):
            return point.journaled
        mark = JournalMark(customer=customer, journal=journal, by=myself(desk), on=on or desk.today)
        _insert(work, directory, item, mark)
        _log(work, "mark_journaled", found, mark)
        work.commit()
    return (*point.journaled, mark)


@needs_at_meeting(Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS, Right.READ_CUSTOMERS)
def unmark_journaled(
    desk: Desk, *, meeting: str, item: str, customer: str, journal: Journal
) -> tuple[JournalMark, ...]:
    """Take such a mark back: it was set by mistake. The same persons may; the log keeps both. The point's marks."""
    with desk.writing() as work:
        directory = Directory(work.session)
        found, point = _point(desk, work, directory, meeting, item, customer)
        gone = next((one for one in point.journaled if (one.customer, one.journal) == (customer, journal)), None)
        if gone is None:
            return point.journaled
        work.session.execute(
            delete(m.JournalMark).where(
                m.JournalMark.item_id == directory.id(m.Item, item), m.JournalMark.journal == journal.value,
                m.JournalMark.customer_id == directory.id(m.Customer, customer),
            )
        )  # fmt: skip
        _log(work, "unmark_journaled", found, gone)
        work.commit()
    return tuple(one for one in point.journaled if one != gone)


@needs_at_meeting(Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS, Right.READ_CUSTOMERS)
def copy_to_journal(
    desk: Desk, *, meeting: str, item: str, customer: str, journal: Journal
) -> tuple[JournalText, tuple[JournalMark, ...]]:
    """A customer's part of a point as clean text for one journal, marked as entered there; the text and all marks.

    The same persons may as may mark. That the text was taken out is one row in the log, which tells of the mark too.
    Raises NotFound, NotAllowed, Refused for a customer the point does not name.
    """
    names = member_names(desk)
    with desk.writing() as work:
        directory = Directory(work.session)
        found, point = _point(desk, work, directory, meeting, item, customer)
        extract, _ = FormMaker(work, MinutesForm.EXTRACT, customer).made(found, whole=found)
        label = sight.labels_of_everybody(work).get(customer, "")
        told = Told(meeting=_held(desk, work, found), label=label, names=names)
        marks = point.journaled
        mark = JournalMark(customer=customer, journal=journal, by=myself(desk), on=desk.today)
        if all((one.customer, one.journal) != (customer, journal) for one in marks):
            _insert(work, directory, item, mark)
            marks = (*marks, mark)
        _log(work, "copy_to_journal", found, mark)
        work.commit()
    part = extract.item(item) or Item(key=item, heading=HIDDEN)
    return journal_text(part, told), marks


def _held(desk: Desk, work: UnitOfWork, meeting: Meeting) -> str:
    """Forum, ward and day, as in `Teammöte Norr, tisdag 3 mars 2026`: its title may name somebody."""
    unit = register_records.load_units(work.session)[meeting.unit][0]
    forum = own_forum_of(desk.catalogue, unit, meeting.forum)
    ward = unit.ward(meeting.ward) if meeting.ward else None
    name = " ".join(part for part in (forum.name if forum else meeting.forum, ward.name if ward else "") if part)
    return f"{name}, {long_date(meeting.date)}"


def _point(
    desk: Desk, work: UnitOfWork, directory: Directory, meeting: str, item: str, customer: str
) -> tuple[Meeting, Item]:
    found, _ = read(desk, work, meeting, directory=directory)
    point = found.item(item)
    if point is None:
        raise NotFound("not_found", what="Punkten", key=item)
    known = sight.reach(desk, work)
    may = bool(may_at(desk, meeting=found) & {Right.WRITE_MINUTES, Right.WRITE_CUSTOMERS})
    if sight.shown(desk, work, found).item(item) != point or not (may or customer in known.assigned):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    if customer not in customers_of(point):
        raise Refused("reference_unknown", what="Kunden", key=customer)
    return found, point


def _insert(work: UnitOfWork, directory: Directory, item: str, mark: JournalMark) -> None:
    """Write the row past the meeting's version: the minutes' text is not touched."""
    member, name = (mark.by, None) if isinstance(mark.by, str) else (None, mark.by.name)
    directory.learn_keys(m.Member, [member] if member else [])
    item_id = directory.id(m.Item, item)
    last = work.session.scalar(select(func.max(m.JournalMark.position)).where(m.JournalMark.item_id == item_id))
    work.session.execute(
        insert(m.JournalMark).values(
            item_id=item_id, position=0 if last is None else last + 1,
            customer_id=directory.id(m.Customer, mark.customer), journal=mark.journal.value, on=mark.on,
            by_id=directory.id(m.Member, member), by_name=name,
        )
    )  # fmt: skip


def _log(work: UnitOfWork, action: str, meeting: Meeting, mark: JournalMark) -> None:
    work.record(
        Event(
            action=action, object=f"meeting:{meeting.key}", customer=mark.customer, unit=meeting.unit,
            reason=mark.journal.value,
        )
    )  # fmt: skip
