"""Minutes out for comments: sent out by who writes them, commented by those called, settled by the writer."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import aliased

from app import models as m
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.meeting_rules import customers_of
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.minutes import Afterwards, Comment, VersionKind, concerned, out_for_comments
from app.domain.people import Outsider, Person
from app.domain.roles import Right
from app.domain.sight import invited, reads_minutes
from app.domain.stored import Stored
from app.services import sight
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import keep_change, may_at, myself, read
from app.services.minutes_keeping import keep_version
from app.services.minutes_readers import readers_of
from app.services.minutes_versions import require_reader, versions_of
from app.services.records import Directory
from app.storage.unit_of_work import UnitOfWork

_By, _Settler = aliased(m.Member), aliased(m.Member)
_READS = (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)


@needs_at_meeting(Right.WRITE_MINUTES, Right.APPROVE_MINUTES)
def circulate(desk: Desk, *, key: str, until: dt.date, expected_version: int) -> Stored[Meeting]:
    """Send the minutes out for comments until a day; they are kept as a version as they stand now.

    Raises Refused("circulate_state" | "circulate_day"), NotAllowed, Conflict.
    """
    with desk.writing() as work:
        directory = Directory(work.session)
        old, _ = read(desk, work, key, directory=directory)
        if not may_at(desk, meeting=old) & {Right.WRITE_MINUTES, Right.APPROVE_MINUTES}:
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        if old.status is not MeetingStatus.DRAFT:
            raise Refused("circulate_state")
        if until < desk.today:
            raise Refused("circulate_day")
        now = desk.clock.now().replace(second=0, microsecond=0)
        new = replace(old, circulated_at=now, comments_by=until)
        version = keep_change(work, directory, old, new, expected_version)
        keep_version(desk, work, key, VersionKind.CIRCULATED)
        seen = sight.read_meeting(desk, work, new)
        sight.log_gesture(work, new, action="circulate_minutes", customers=())
        work.commit()
    return Stored(seen, version)


@needs_at_meeting(*_READS)
def afterwards_of(desk: Desk, *, meeting: str) -> Afterwards:
    """Comments, versions and readers of a meeting's minutes; of points that are hidden from her there is nothing.

    Who may not read the minutes gets none of it. Each customer whose point is commented is logged as read.
    """
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        reads = reads_minutes(found, desk.actor)
        comments = _shown_comments(desk, work, found) if reads else ()
        sight.log_shown(work, [(found, _about(found, one)) for one in comments])
        result = Afterwards(
            meeting=meeting, comments=comments, versions=versions_of(work, meeting) if reads else (),
            readers=readers_of(work, found) if reads else (), may_comment=reads and _may_comment(desk, found),
            concerns_me=desk.actor.member in concerned(found),
        )  # fmt: skip
        work.commit()
    return result


@needs_at_meeting(Right.RESPOND_TO_MINUTES)
def write_comment(desk: Desk, *, meeting: str, text: str, item: str | None = None) -> Comment:
    """Comment minutes that are out for comments, the whole or a point that she sees whole.

    After the day that was set too, until the minutes are approved: what is wrong is still wrong.

    Raises Refused("comment_empty" | "comment_closed"), NotAllowed, NotFound.
    """
    if not text.strip():
        raise Refused("comment_empty")
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        require_reader(desk, found)
        if not _may_comment(desk, found):
            raise NotAllowed("comment_not_called")
        if not out_for_comments(found):
            raise Refused("comment_closed")
        point = found.item(item) if item is not None else None
        if item is not None and (point is None or sight.shown(desk, work, found).item(item) != point):
            raise NotFound("not_found", what="Punkten", key=item)
        at = desk.clock.now().replace(second=0, microsecond=0)
        made = Comment(
            key=f"{meeting}-s-{secrets.token_hex(4)}", at=at, by=myself(desk), text=text.strip(), item=item
        )  # fmt: skip
        _insert(work, meeting, made)
        customers = customers_of(point) if point is not None else ()
        sight.log_gesture(work, found, action="comment_minutes", customers=customers)
        work.commit()
    return made


@needs_at_meeting(Right.RESPOND_TO_MINUTES)
def remove_comment(desk: Desk, *, comment: str) -> None:
    """Take back one's own comment while it is not settled. Raises NotFound, NotAllowed, Refused("comment_settled")."""
    with desk.writing() as work:
        found, one = _one(desk, work, comment)
        if one.by != myself(desk):
            raise NotAllowed("comment_of_another")
        if not one.open:
            raise Refused("comment_settled")
        work.session.execute(delete(m.MinutesComment).where(m.MinutesComment.key == comment))
        sight.log_gesture(work, found, action="remove_comment", customers=_about(found, one))
        work.commit()


@needs_at_meeting(Right.WRITE_MINUTES)
def settle_comment(desk: Desk, *, comment: str, answer: str | None = None, expected_version: int) -> None:
    """The writer of the minutes has taken a comment into account, or answers why not. Raises Conflict, NotAllowed."""
    at = desk.clock.now().replace(second=0, microsecond=0)
    values = {"answer": (answer or "").strip() or None, "settled_at": at}
    _settle(desk, comment, expected_version, "settle_comment", by=myself(desk), **values)


@needs_at_meeting(Right.WRITE_MINUTES)
def reopen_comment(desk: Desk, *, comment: str, expected_version: int) -> None:
    """Take back that a comment is settled. Raises Conflict, NotAllowed."""
    _settle(desk, comment, expected_version, "reopen_comment", by=None, answer=None, settled_at=None)


def _settle(desk: Desk, comment: str, version: int, action: str, *, by: Person | None, **values: Any) -> None:
    with desk.writing() as work:
        found, one = _one(desk, work, comment)
        if Right.WRITE_MINUTES not in may_at(desk, meeting=found):
            raise NotAllowed("not_allowed", role=desk.actor.role.label)
        member = by if isinstance(by, str) else None
        member_id = work.session.scalar(select(m.Member.id).where(m.Member.key == member)) if member else None
        named = by.name if isinstance(by, Outsider) else None
        row = update(m.MinutesComment).where(m.MinutesComment.key == comment, m.MinutesComment.version == version)
        done = work.session.execute(
            row.values(**values, settled_by_id=member_id, settled_by_name=named, version=version + 1)
        )
        if done.rowcount != 1:  # type: ignore[attr-defined]
            raise Conflict("changed_meanwhile")
        sight.log_gesture(work, found, action=action, customers=_about(found, one))
        work.commit()


def _may_comment(desk: Desk, meeting: Meeting) -> bool:
    writes = bool(may_at(desk, meeting=meeting) & {Right.WRITE_MINUTES, Right.APPROVE_MINUTES})
    return invited(meeting, desk.actor) or writes


def _about(meeting: Meeting, one: Comment) -> frozenset[str]:
    point = meeting.item(one.item) if one.item else None
    return customers_of(point) if point is not None else frozenset()


def _insert(work: UnitOfWork, meeting: str, one: Comment) -> None:
    ids = {
        "meeting_id": select(m.Meeting.id).where(m.Meeting.key == meeting).scalar_subquery(),
        "item_id": select(m.Item.id).where(m.Item.key == one.item).scalar_subquery() if one.item else None,
    }
    by = one.by
    member = select(m.Member.id).where(m.Member.key == by).scalar_subquery() if isinstance(by, str) else None
    work.session.execute(
        insert(m.MinutesComment).values(
            key=one.key, at=one.at, text=one.text, by_id=member, by_name=by.name if isinstance(by, Outsider) else None,
            **ids,
        )
    )  # fmt: skip


def _one(desk: Desk, work: UnitOfWork, comment: str) -> tuple[Meeting, Comment]:
    query = select(m.Meeting.key).join(m.MinutesComment, m.MinutesComment.meeting_id == m.Meeting.id)
    key = work.session.scalar(query.where(m.MinutesComment.key == comment))
    if key is None:
        raise NotFound("not_found", what="Synpunkten", key=comment)
    found, _ = read(desk, work, key)
    shown = _shown_comments(desk, work, found)
    one = next((one for one in shown if one.key == comment), None)
    if one is None:
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    return found, one


def _shown_comments(desk: Desk, work: UnitOfWork, meeting: Meeting) -> tuple[Comment, ...]:
    """The comments in order, without those on points that the person does not see whole."""
    query = (
        select(
            m.MinutesComment.key, m.MinutesComment.at, m.MinutesComment.text, m.MinutesComment.answer,
            m.MinutesComment.settled_at, m.MinutesComment.by_name, m.MinutesComment.settled_by_name,
            m.MinutesComment.version, m.Item.key.label("item"), _By.key.label("member"),
            _Settler.key.label("settler"),
        )
        .join(m.Meeting, m.Meeting.id == m.MinutesComment.meeting_id)
        .outerjoin(m.Item, m.Item.id == m.MinutesComment.item_id)
        .outerjoin(_By, _By.id == m.MinutesComment.by_id)
        .outerjoin(_Settler, _Settler.id == m.MinutesComment.settled_by_id)
        .where(m.Meeting.key == meeting.key)
        .order_by(m.MinutesComment.at, m.MinutesComment.id)
    )  # fmt: skip
    seen = {one.key for one, old in zip(_items(desk, work, meeting), meeting.items, strict=True) if one == old}
    return tuple(
        Comment(
            key=row.key, at=row.at, by=row.member or Outsider(row.by_name or ""), text=row.text, item=row.item,
            answer=row.answer, settled_at=row.settled_at, version=row.version,
            settled_by=row.settler or (Outsider(row.settled_by_name) if row.settled_by_name else None),
        )
        for row in work.session.execute(query)
        if row.item is None or row.item in seen
    )  # fmt: skip


def _items(desk: Desk, work: UnitOfWork, meeting: Meeting) -> tuple[Any, ...]:
    return sight.shown(desk, work, meeting).items
