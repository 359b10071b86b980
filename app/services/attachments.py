"""Files beside a meeting and its points: added, shown, saved outside, removed; each gesture on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum, auto
from hashlib import sha256

from sqlalchemy import update

from app import models as m
from app.domain import attachments as rules
from app.domain import meeting_rules
from app.domain.attachments import Appendix, Attachment, AttachmentFile
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused, StorageFault
from app.domain.file_kinds import sniff
from app.domain.file_names import clean_name
from app.domain.keys import free_key
from app.domain.meetings import Meeting
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.domain.sight import reads_minutes
from app.services import attachment_records as records
from app.services import sight
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import may_at, myself, read
from app.services.rows import all_keys
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


class Reason(StrEnum):
    """What a file is taken out for."""

    SHOW = auto()
    OPEN = auto()
    SAVE = auto()


def seen_files(desk: Desk, work: UnitOfWork, *, whole: Meeting, seen: Meeting) -> tuple[Attachment, ...]:
    """The files of a meeting that the person sees, with their places in the whole list."""
    reads = reads_minutes(whole, desk.actor)
    return tuple(
        one for one in in_places(work, whole) if rules.is_shown(one, seen=seen, whole=whole, reads=reads)
    )  # fmt: skip


def in_places(work: UnitOfWork, whole: Meeting) -> tuple[Attachment, ...]:
    """The files of a meeting, each with its number among all the appendices, texts too."""
    files = {one.key: one for one in records.of_meeting(work, whole.key)}
    listed = rules.numbered(whole.appendices, tuple(files.values()))
    return tuple(replace(files[one.key], number=one.number) for one in listed if one.key)


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.PROPOSE_ITEMS)
def add_attachment(
    desk: Desk, *, meeting: str, name: str, data: bytes, item: str | None = None, title: str | None = None
) -> Attachment:
    """Keep a file with the meeting, or with one of its points, as the last appendix.

    Whoever writes the agenda or the minutes may, and who raised the point. Raises Refused for what is never taken in
    (`file_kinds`), for too much of it, and once the minutes are approved.
    """
    kept = clean_name(name, ending="")
    found = sniff(data, name=kept)
    with desk.writing() as work:
        whole = _writable(desk, work, meeting, item=item)
        files = records.of_meeting(work, meeting)
        rules.check_room(len(data), beside=files)
        kept = clean_name(name, ending=found.kind.ending)
        refuse_personnummer((kept, title))
        taken = all_keys(work.session, m.Attachment)
        made = Attachment(
            key=free_key(f"{meeting}-bilaga-{len(files) + 1}", taken), unit=whole.unit, meeting=meeting, item=item,
            number=len(rules.numbered(whole.appendices, files)) + 1, name=kept, title=title or None, kind=found.kind,
            size=len(data), digest=sha256(data).hexdigest(), added_at=_now(desk), added_by=myself(desk),
        )  # fmt: skip
        records.put(work, made, data, at=desk.clock.instant())
        _log(work, made, whole, action="add_attachment")
        work.commit()
    return made


@needs_at_meeting(Right.READ_MEETINGS)
def take_out(desk: Desk, *, key: str, reason: Reason) -> AttachmentFile:
    """The file with what is in it, to be shown, opened or saved; on record with the customers that its point names.

    Raises NotFound, NotAllowed for a file that the person does not see, or a customer's file that she may not take out
    of the program, Refused("attachment_unopenable") for what is only saved, StorageFault("attachment_damaged").
    """
    with desk.writing() as work:
        whole, found = _seen(desk, work, key)
        about = _customers(whole, found)
        if reason is not Reason.SHOW and about and Right.PRINT not in meeting_rules.rights_at(whole, desk.actor):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        if reason is not Reason.SAVE and not found.kind.opens:
            raise Refused("attachment_unopenable")
        data = whole_data(work, found)
        taken = "open_attachment" if reason is Reason.OPEN else "save_attachment"
        action = "show_attachment" if reason is Reason.SHOW else taken
        _log(work, found, whole, action=action)
        work.commit()
    return AttachmentFile(found, data)


def whole_data(work: UnitOfWork, attachment: Attachment) -> bytes:
    """What is in the file. Raises StorageFault("attachment_damaged") when it is not what was put in."""
    data = records.contents(work, [attachment.key]).get(attachment.key, b"")
    if sha256(data).hexdigest() != attachment.digest:
        raise StorageFault("attachment_damaged")
    return data


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.PROPOSE_ITEMS)
def retitle_attachment(desk: Desk, *, key: str, title: str, expected_version: int) -> Attachment:
    """Call the appendix something else than its file. Raises Refused once approved, Conflict."""
    with desk.writing() as work:
        whole, found = _changeable(desk, work, key, expected_version=expected_version)
        new = replace(found, title=title.strip() or None, version=expected_version + 1)
        refuse_personnummer((new.title,))
        changed = update(m.Attachment).where(m.Attachment.key == key)
        work.session.execute(changed.values(title=new.title, version=new.version))
        _log(work, new, whole, action="retitle_attachment")
        work.commit()
    return new


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.PROPOSE_ITEMS)
def remove_attachment(desk: Desk, *, key: str, expected_version: int) -> AttachmentFile:
    """Remove a file; `put_back_attachment` takes what is handed back. Raises Refused once approved, Conflict."""
    with desk.writing() as work:
        whole, found = _changeable(desk, work, key, expected_version=expected_version)
        kept = next(one for one in records.of_meeting(work, whole.key) if one.key == key)
        data = whole_data(work, found)
        records.take_away(work, kept)
        _log(work, found, whole, action="remove_attachment")
        work.commit()
    return AttachmentFile(kept, data)


@needs_at_meeting(Right.WRITE_MEETINGS, Right.WRITE_MINUTES, Right.PROPOSE_ITEMS)
def put_back_attachment(desk: Desk, *, file: AttachmentFile) -> Attachment:
    """Take back the removal of a file: where it was, or last where something else stands there since."""
    found = sniff(file.data, name=file.attachment.name)
    with desk.writing() as work:
        before = file.attachment
        whole = _writable(desk, work, before.meeting or "", item=before.item)
        files = records.of_meeting(work, whole.key)
        rules.check_room(len(file.data), beside=files)
        if before.key in all_keys(work.session, m.Attachment):
            raise Conflict("changed_meanwhile")
        there = {one.number for one in files}
        last = len(rules.numbered(whole.appendices, files)) + 1
        number = last if before.number in there else before.number
        made = replace(before, number=number, kind=found.kind, digest=sha256(file.data).hexdigest())
        records.put(work, made, file.data, at=desk.clock.instant())
        _log(work, made, whole, action="add_attachment")
        work.commit()
    return made


def appendices_of(
    desk: Desk, work: UnitOfWork, *, whole: Meeting, drawn: Meeting, with_data: bool
) -> tuple[Appendix, ...]:
    """The list of appendices for a paper on which the meeting stands as `drawn`, numbered as everybody sees them.

    A hidden one keeps its number and says nothing.
    """
    files = records.of_meeting(work, whole.key)
    reads = reads_minutes(whole, desk.actor)
    shown = {one.key: one for one in files if rules.is_shown(one, seen=drawn, whole=whole, reads=reads)}
    hidden = {one.key for one in files} - set(shown)
    texts_told = len(drawn.appendices) == len(whole.appendices)
    found = []
    for one in rules.numbered(drawn.appendices if texts_told else whole.appendices, files):
        if one.key in hidden or (not one.key and not texts_told):
            found.append(Appendix(number=one.number, text=meeting_rules.HIDDEN if one.key else ""))
        elif with_data and one.key:
            found.append(replace(one, data=whole_data(work, shown[one.key])))
        else:
            found.append(one)
    return tuple(one for one in found if one.text)


def _seen(desk: Desk, work: UnitOfWork, key: str) -> tuple[Meeting, Attachment]:
    found = records.find(work, key)
    if found is None or found.meeting is None:
        raise NotFound("not_found", what="Bilagan", key=key)
    whole, _ = read(desk, work, found.meeting)
    seen = seen_files(desk, work, whole=whole, seen=sight.shown(desk, work, whole))
    mine = next((one for one in seen if one.key == key), None)
    if mine is None:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    return whole, mine


def _changeable(desk: Desk, work: UnitOfWork, key: str, *, expected_version: int) -> tuple[Meeting, Attachment]:
    whole, found = _seen(desk, work, key)
    _writable(desk, work, whole.key, item=found.item)
    if found.version != expected_version:
        raise Conflict("changed_meanwhile")
    return whole, found


def _writable(desk: Desk, work: UnitOfWork, meeting: str, *, item: str | None) -> Meeting:
    """The whole meeting, when the person may add to it or to that point of it, and it is not locked."""
    whole, _ = read(desk, work, meeting)
    point = whole.item(item) if item else None
    if item and point is None:
        raise NotFound("not_found", what="Punkten", key=item)
    own = desk.may(Right.PROPOSE_ITEMS) and rules.raised_by(point, myself(desk))
    if not own and not may_at(desk, meeting=whole) & {Right.WRITE_MEETINGS, Right.WRITE_MINUTES}:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    if point is not None and sight.shown(desk, work, whole).item(point.key) != point:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    rules.check_open(whole)
    return whole


def _customers(whole: Meeting, found: Attachment) -> frozenset[str]:
    point = whole.item(found.item) if found.item else None
    return meeting_rules.customers_of(point) if point is not None else frozenset()


def _log(work: UnitOfWork, found: Attachment, whole: Meeting, *, action: str) -> None:
    """A row in the log for each customer whom the file's point names; one without where it names none."""
    customers: Iterable[str | None] = sorted(_customers(whole, found)) or [None]
    for customer in customers:
        work.record(Event(action=action, object=f"attachment:{found.key}", customer=customer, unit=whole.unit))


def _now(desk: Desk) -> dt.datetime:
    return desk.clock.now().replace(second=0, microsecond=0)
