"""Information letters: listed, opened, written, sent and copied; nothing of any customer gets into one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, or_, select

from app import models as m
from app.domain import letters as rules
from app.domain.attachments import LARGEST_TOGETHER, Attachment, size_words
from app.domain.catalogue import Setting
from app.domain.clock import to_wall_clock
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.file_kinds import FileKind
from app.domain.keys import free_key
from app.domain.letters import Letter, LetterMeeting, LetterRow, LetterStatus
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.sight import reads_minutes
from app.domain.stored import Stored
from app.services import attachment_records, planning_records
from app.services.desk import Desk, needs
from app.services.letter_records import LETTERS
from app.services.meetings import myself, read
from app.services.paper_forms import words_in_unit
from app.services.records import Directory
from app.services.rows import all_keys, require_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_WEEKS_OFFERED = 9
"""So many weeks before the letter's own are looked through for minutes to bring in."""


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter opened: whether it can be changed, and the meetings that its parts stand for or may stand for."""

    row: Stored[Letter]
    unit_name: str
    sent_by: str
    meetings: tuple[LetterMeeting, ...] = field(default=())


@needs(Right.READ_LETTERS)
def list_letters(desk: Desk, *, unit: str | None = None) -> tuple[LetterRow, ...]:
    """The letters of the person's units, the latest week first; drafts only for who writes letters."""
    parts = (
        select(m.LetterPart.letter_id, func.count().label("parts")).group_by(m.LetterPart.letter_id).subquery()
    )  # fmt: skip
    query = (
        select(
            m.Letter.key, m.Unit.key.label("unit"), m.Unit.name.label("unit_name"), m.Letter.year, m.Letter.week,
            m.Letter.title, m.Letter.status, m.Letter.sent_at, func.coalesce(parts.c.parts, 0).label("parts"),
        )
        .join(m.Unit, m.Unit.id == m.Letter.unit_id)
        .outerjoin(parts, parts.c.letter_id == m.Letter.id)
        .order_by(m.Letter.year.desc(), m.Letter.week.desc(), m.Unit.name, m.Letter.id.desc())
    )  # fmt: skip
    if unit is not None:
        query = query.where(m.Unit.key == unit)
    with desk.reading() as work:
        rows = work.session.execute(query).all()
    return tuple(_row(row) for row in rows if desk.actor.sees(row.unit) and _is_hers(desk, row.status))


def _row(row: Row[*tuple[Any, ...]]) -> LetterRow:
    heading = row.title or f"Informationsbrev vecka {row.week}"
    return LetterRow(
        key=row.key, unit=row.unit, unit_name=row.unit_name, year=row.year, week=row.week, heading=heading,
        status=LetterStatus(row.status), sent_at=to_wall_clock(row.sent_at) if row.sent_at else None, parts=row.parts,
    )  # fmt: skip


def _is_hers(desk: Desk, status: str) -> bool:
    return status == LetterStatus.SENT.value or desk.may(Right.WRITE_LETTERS)


@needs(Right.READ_LETTERS)
def get_letter(desk: Desk, *, key: str) -> LetterView:
    """One letter, with the meetings whose minutes it has or may take in. Raises NotFound, NotAllowed."""
    with desk.reading() as work:
        letter, version = load_letter(desk, work, key)
        writes = desk.may(Right.WRITE_LETTERS) and letter.status is LetterStatus.DRAFT
        first, last = _offered_days(letter.year, letter.week)
        there = [part.meeting for part in letter.parts if part.meeting]
        named = m.Meeting.key.in_(there)
        wanted = or_(named, _approved(letter.unit, first, last)) if writes else named
        found = _meetings(desk, work, wanted, year=letter.year, week=letter.week)
        unit_name = work.session.scalars(select(m.Unit.name).where(m.Unit.key == letter.unit)).one()
        by = letter.sent_by
        name = select(m.Member.name).where(m.Member.key == by) if isinstance(by, str) else None
        sent_by = work.session.scalar(name) if name is not None else getattr(by, "name", "")
    return LetterView(Stored(letter, version), unit_name, sent_by or "", found)


def load_letter(desk: Desk, work: UnitOfWork, key: str) -> tuple[Letter, int]:
    """The letter and its version, where the person may see it. Raises NotFound, NotAllowed."""
    found: tuple[Letter, int] | None = planning_records.load(work.session, LETTERS, m.Letter.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Brevet", key=key)
    require_unit(desk, found[0].unit)
    if not _is_hers(desk, found[0].status.value):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    return found


@needs(Right.WRITE_LETTERS)
def offered_meetings(desk: Desk, *, unit: str, year: int, week: int) -> tuple[LetterMeeting, ...]:
    """Meetings of the unit whose approved minutes a letter may take in, the latest first.

    Those of the week before that are about the unit are proposed. Raises Refused("letter_week"), NotAllowed.
    """
    require_unit(desk, unit)
    first, last = _offered_days(year, week)
    with desk.reading() as work:
        return _meetings(desk, work, _approved(unit, first, last), year=year, week=week)


def _offered_days(year: int, week: int) -> tuple[dt.date, dt.date]:
    monday, sunday = rules.week_days(year, week)
    return monday - dt.timedelta(weeks=_WEEKS_OFFERED), sunday


def _approved(unit: str, first: dt.date, last: dt.date) -> ColumnElement[bool]:
    there = m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit))
    about_the_unit = m.Meeting.forum.in_(rules.COLLECTED)
    approved = m.Meeting.status == MeetingStatus.APPROVED.value
    return there & about_the_unit & approved & m.Meeting.date.between(first, last)


def _meetings(
    desk: Desk, work: UnitOfWork, wanted: ColumnElement[bool], *, year: int, week: int
) -> tuple[LetterMeeting, ...]:
    """By forum and ward: a meeting's own title may name somebody."""
    files = (
        select(m.Attachment.meeting_id, func.count().label("files")).group_by(m.Attachment.meeting_id).subquery()
    )  # fmt: skip
    query: Select[*tuple[Any, ...]] = (
        select(
            m.Meeting.key, m.Meeting.forum, m.Meeting.date, m.Unit.setting, m.Ward.name.label("ward"),
            func.coalesce(files.c.files, 0).label("files"),
        )
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .outerjoin(files, files.c.meeting_id == m.Meeting.id)
        .where(wanted)
        .order_by(m.Meeting.date.desc(), m.Meeting.start, m.Meeting.key)
    )  # fmt: skip
    first, last = rules.week_before(year, week)
    names = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
    ledning = Setting.LEDNING.value
    return tuple(
        LetterMeeting(
            key=row.key, date=row.date, files=row.files,
            heading=" ".join(filter(None, (
                names.get((row.setting, row.forum)) or names.get((ledning, row.forum), row.forum), row.ward,
            ))),
            proposed=row.forum in rules.COLLECTED and first <= row.date <= last,
        )
        for row in work.session.execute(query)
    )  # fmt: skip


@needs(Right.WRITE_LETTERS)
def keep_letter(desk: Desk, *, letter: Letter, expected_version: int | None) -> Stored[Letter]:
    """Keep a letter that is being written; without a version it is new, and an empty key is made.

    Raises Refused for what no letter may be (a week that is none, a customer named, minutes that are not approved) and
    once it was sent, Conflict, NotAllowed for another's unit or minutes that the person may not read.
    """
    with desk.writing() as work:
        require_unit(desk, letter.unit)
        old = None
        if expected_version is not None:
            old, version = load_letter(desk, work, letter.key)
            rules.check_open(old)
            if version != expected_version:
                raise Conflict("changed_meanwhile")
        new = replace(letter, status=LetterStatus.DRAFT, sent_at=None, sent_by=None)
        rules.check(new, words_in_unit(work, new.unit).name_somebody)
        _check_meetings(desk, work, new, old)
        if old is None:
            taken = all_keys(work.session, m.Letter)
            new = replace(new, key=new.key or free_key(f"brev-{new.unit}-{new.year}-{new.week:02d}", taken))
            planning_records.insert(work.session, Directory(work.session), LETTERS, [new])
        elif new != old:
            planning_records.change(work.session, Directory(work.session), LETTERS, old=old, new=new)
        work.record(Event(action="keep_letter", object=f"letter:{new.key}", unit=new.unit))
        work.commit()
    return Stored(new, 1 if expected_version is None else expected_version + (new != old))


def _check_meetings(desk: Desk, work: UnitOfWork, new: Letter, old: Letter | None) -> None:
    """Minutes that come in are approved, of the letter's unit, and the writer's to read."""
    before = {part.meeting for part in old.parts} if old is not None else set()
    for part in new.parts:
        if part.kind.is_minutes and part.meeting is not None and part.meeting not in before:
            meeting, _ = read(desk, work, part.meeting)
            rules.check_meeting(meeting)
            if meeting.unit != new.unit or not reads_minutes(meeting, desk.actor):
                raise NotAllowed("not_allowed", role=desk.actor.role.label)


@needs(Right.WRITE_LETTERS)
def remove_letter(desk: Desk, *, key: str, expected_version: int) -> None:
    """Remove a letter that has not been sent. Raises Refused, Conflict."""
    with desk.writing() as work:
        letter, version = load_letter(desk, work, key)
        rules.check_open(letter)
        if version != expected_version:
            raise Conflict("changed_meanwhile")
        work.session.execute(delete(m.Letter).where(m.Letter.key == key))
        work.record(Event(action="remove_letter", object=f"letter:{key}", unit=letter.unit))
        work.commit()


@needs(Right.WRITE_LETTERS)
def copy_letter(desk: Desk, *, key: str) -> Stored[Letter]:
    """A new letter of this week with what was typed in an earlier one."""
    with desk.reading() as work:
        letter, _ = load_letter(desk, work, key)
    return keep_letter(desk, letter=rules.copied(letter, key="", today=desk.today), expected_version=None)


@needs(Right.WRITE_LETTERS)
def send_letter(desk: Desk, *, key: str, expected_version: int, pdf: bytes) -> Stored[Letter]:
    """Mark the letter as sent and keep the PDF as it went out; from now on nobody changes it.

    `pdf` was drawn from the letter at that version. Raises Refused("letter_empty" | "letter_locked" …), Conflict.
    """
    if not pdf.startswith(b"%PDF-"):
        raise ValueError("a letter is kept as the PDF that was sent")
    if len(pdf) > LARGEST_TOGETHER:
        raise Refused("attachment_too_large", size=size_words(len(pdf)), most=size_words(LARGEST_TOGETHER))
    with desk.writing() as work:
        old, version = load_letter(desk, work, key)
        rules.check_sendable(old)
        if version != expected_version:
            raise Conflict("changed_meanwhile")
        rules.check(old, words_in_unit(work, old.unit).name_somebody)
        at = desk.clock.now().replace(second=0, microsecond=0)
        new = replace(old, status=LetterStatus.SENT, sent_at=at, sent_by=myself(desk))
        planning_records.change(work.session, Directory(work.session), LETTERS, old=old, new=new)
        _keep_pdf(desk, work, new, pdf)
        work.record(Event(action="send_letter", object=f"letter:{key}", unit=new.unit))
        work.commit()
    return Stored(new, version + 1)


def _keep_pdf(desk: Desk, work: UnitOfWork, letter: Letter, pdf: bytes) -> None:
    made = Attachment(
        key=free_key(f"{letter.key}-skickat", all_keys(work.session, m.Attachment)), unit=letter.unit, number=1,
        name=f"informationsbrev-{letter.year}-vecka-{letter.week:02d}.pdf", kind=FileKind.PDF, size=len(pdf),
        digest=sha256(pdf).hexdigest(), added_at=desk.clock.now(), added_by=myself(desk),
    )  # fmt: skip
    owner = work.session.scalars(select(m.Letter.id).where(m.Letter.key == letter.key)).one()
    attachment_records.put(work, made, pdf, at=desk.clock.instant(), letter=owner)
