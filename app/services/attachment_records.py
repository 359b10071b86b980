"""Files of meetings in their tables: what is known of each, without what is in it, and the bytes apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, insert, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.attachments import Attachment
from app.domain.clock import to_wall_clock
from app.domain.errors import Refused
from app.domain.file_kinds import FileKind
from app.domain.people import Outsider, Person
from app.services.records import Directory
from app.storage.unit_of_work import UnitOfWork


def _known() -> Select[*tuple[Any, ...]]:
    return (
        select(
            m.Attachment.key, m.Unit.key.label("unit"), m.Meeting.key.label("meeting"), m.Item.key.label("item"),
            m.Attachment.position, m.Attachment.name, m.Attachment.title, m.Attachment.media_type, m.Attachment.size,
            m.Attachment.digest, m.Attachment.added_at, m.Member.key.label("member"), m.Attachment.added_by_name,
            m.Attachment.version,
        )
        .join(m.Unit, m.Unit.id == m.Attachment.unit_id)
        .outerjoin(m.Meeting, m.Meeting.id == m.Attachment.meeting_id)
        .outerjoin(m.Item, m.Item.id == m.Attachment.item_id)
        .outerjoin(m.Member, m.Member.id == m.Attachment.added_by_id)
    )  # fmt: skip


def require_none(session: Session, condition: ColumnElement[bool], code: str) -> None:
    """Raise Refused(`code`) when there is a file that fulfils the condition: it would go with what is removed."""
    query = select(m.Attachment.id).join(m.Meeting, m.Meeting.id == m.Attachment.meeting_id)
    if session.scalar(query.where(condition).limit(1)) is not None:
        raise Refused(code)


def move(session: Session, *, meeting_id: int, unit_id: int | None) -> None:
    """Let the files of a meeting follow it to another unit."""
    files = update(m.Attachment).where(m.Attachment.meeting_id == meeting_id)
    session.execute(files.values(unit_id=unit_id))


def of_meetings(work: UnitOfWork, meetings: Collection[str]) -> dict[str, tuple[Attachment, ...]]:
    """Each meeting's files in the order of their numbers; whoever gives them out shows them by `is_shown`."""
    found: dict[str, list[Attachment]] = {}
    query = _known().where(m.Meeting.key.in_(meetings)).order_by(m.Attachment.position, m.Attachment.id)
    for row in work.session.execute(query):
        found.setdefault(row.meeting, []).append(_value(row))
    return {key: tuple(files) for key, files in found.items()}


def of_meeting(work: UnitOfWork, meeting: str) -> tuple[Attachment, ...]:
    """One meeting's files."""
    return of_meetings(work, [meeting]).get(meeting, ())


def find(work: UnitOfWork, key: str) -> Attachment | None:
    """The file of that key, if there is one."""
    row = work.session.execute(_known().where(m.Attachment.key == key)).first()
    return None if row is None else _value(row)


def _value(row: Row[*tuple[Any, ...]]) -> Attachment:
    known = {kind.value for kind in FileKind}
    by: Person | None = row.member or (Outsider(row.added_by_name) if row.added_by_name else None)
    return Attachment(
        key=row.key, unit=row.unit, meeting=row.meeting, item=row.item, number=row.position, name=row.name,
        title=row.title, kind=FileKind(row.media_type) if row.media_type in known else FileKind.UNKNOWN,
        size=row.size, digest=row.digest, added_at=to_wall_clock(row.added_at), added_by=by, version=row.version,
    )  # fmt: skip


def put(work: UnitOfWork, attachment: Attachment, data: bytes, *, at: Any, letter: int | None = None) -> None:
    """Write a new file. `at` is the instant; `letter` the row of the letter that it belongs to instead of a meeting."""
    directory = Directory(work.session)
    for table, key in ((m.Unit, attachment.unit), (m.Meeting, attachment.meeting), (m.Item, attachment.item)):
        directory.learn_keys(table, [key] if key else [])
    outside = attachment.added_by.name if isinstance(attachment.added_by, Outsider) else None
    member = attachment.added_by if isinstance(attachment.added_by, str) else None
    directory.learn_keys(m.Member, [member] if member else [])
    row = {
        "key": attachment.key, "unit_id": directory.id(m.Unit, attachment.unit),
        "meeting_id": directory.id(m.Meeting, attachment.meeting), "item_id": directory.id(m.Item, attachment.item),
        "letter_id": letter, "position": attachment.number, "name": attachment.name, "title": attachment.title,
        "media_type": attachment.kind.value, "size": attachment.size, "digest": attachment.digest, "added_at": at,
        "added_by_id": directory.id(m.Member, member), "added_by_name": outside, "version": attachment.version,
    }  # fmt: skip
    work.session.execute(insert(m.Attachment).values(row))
    owner = select(m.Attachment.id).where(m.Attachment.key == attachment.key).scalar_subquery()
    work.session.execute(insert(m.AttachmentContent).values(attachment_id=owner, data=data))


def contents(work: UnitOfWork, keys: Sequence[str]) -> dict[str, bytes]:
    """What is in each of the files."""
    query = select(m.Attachment.key, m.AttachmentContent.data).join(
        m.AttachmentContent, m.AttachmentContent.attachment_id == m.Attachment.id
    )
    rows = work.session.execute(query.where(m.Attachment.key.in_(keys)))
    return {row.key: bytes(row.data) for row in rows}


def take_away(work: UnitOfWork, attachment: Attachment) -> None:
    """Remove a file; those after it move up a place."""
    work.session.execute(delete(m.Attachment).where(m.Attachment.key == attachment.key))
    meeting = select(m.Meeting.id).where(m.Meeting.key == attachment.meeting).scalar_subquery()
    later = m.Attachment.meeting_id == meeting, m.Attachment.position > attachment.number
    work.session.execute(update(m.Attachment).where(*later).values(position=m.Attachment.position - 1))
