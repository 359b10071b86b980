"""Versions of minutes in their table, each with its digest in the log, and whether all of it still agrees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.errors import StorageFault
from app.domain.exchanged import digest_of, meeting_content, meeting_from_content
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.minutes import TO_BE_READ, VersionKind, approved_text, concerned, same_keys
from app.services import meeting_records
from app.services.desk import Desk
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

KEPT = "keep_minutes_version"
"""The log's action whose reason is a version's number and digest."""


def keep_version(desk: Desk, work: UnitOfWork, key: str, kind: VersionKind) -> int:
    """Keep the minutes as they stand in the caller's unit of work, and their digest in the log; the new number."""
    meeting, _ = meeting_records.load(work.session, m.Meeting.key == key, as_written=True)[key]
    content = meeting_content(meeting)
    digest = digest_of(content)
    meeting_id = work.session.scalars(select(m.Meeting.id).where(m.Meeting.key == key)).one()
    last = work.session.scalar(
        select(func.max(m.MinutesVersion.number)).where(m.MinutesVersion.meeting_id == meeting_id)
    )
    number = (last or 0) + 1
    me = work.session.scalar(select(m.Member.id).where(m.Member.key == desk.actor.member))
    work.session.execute(
        insert(m.MinutesVersion).values(
            meeting_id=meeting_id, number=number, kind=kind.value, at=desk.clock.instant(), by_id=me,
            by_name=None if me is not None else desk.actor.full_name, content=content, digest=digest,
        )
    )  # fmt: skip
    work.record(Event(action=KEPT, object=f"meeting:{key}", unit=meeting.unit, reason=f"{number}:{digest}"))
    return number


def keep_to_be_read(desk: Desk, work: UnitOfWork, meeting: Meeting, kind: VersionKind) -> None:
    """Keep a version that those whom it concerns are to read; who made it has read it."""
    number = keep_version(desk, work, meeting.key, kind)
    if desk.actor.member in concerned(meeting):
        me = work.session.scalars(select(m.Member.id).where(m.Member.key == desk.actor.member)).one()
        keep_receipt(desk, work, meeting=meeting.key, member_id=me, number=number)


def keep_receipt(desk: Desk, work: UnitOfWork, *, meeting: str, member_id: int, number: int) -> None:
    """Keep in the caller's unit of work that a member has read a version; an earlier receipt is replaced."""
    meeting_id = work.session.scalars(select(m.Meeting.id).where(m.Meeting.key == meeting)).one()
    own = (m.MinutesReceipt.meeting_id == meeting_id, m.MinutesReceipt.member_id == member_id)
    work.session.execute(delete(m.MinutesReceipt).where(*own))
    row = {"meeting_id": meeting_id, "member_id": member_id, "number": number, "at": desk.clock.instant()}
    work.session.execute(insert(m.MinutesReceipt).values(**row))
    work.record(Event(action="mark_read", object=f"meeting:{meeting}", reason=str(number)))


def merged_keys(session: Session) -> dict[str, str]:
    """What members and customers are called now whose rows were made one with another's, by the key they had."""
    query = (
        select(m.AuditEntry.action, m.AuditEntry.object, m.AuditEntry.customer, m.AuditEntry.reason)
        .where(m.AuditEntry.action.in_(("merge_members", "merge_customers")))
        .order_by(m.AuditEntry.sequence)
    )
    found: dict[str, str] = {}
    other_way = False
    for row in session.execute(query):
        gone = (row.object or "").partition(":")[2]
        if row.action == "merge_members":
            found[gone] = row.reason
        else:  # a merger of customers has a row for each of the two, the one that is gone first
            if not other_way:
                found[gone] = row.customer
            other_way = not other_way
    return found


def version_content(content: str, *, digest: str, meeting: str, number: int) -> Meeting:
    """The minutes of a kept version. Raises StorageFault("minutes_changed") when it is not what was kept."""
    if digest_of(content) == digest:
        try:
            return meeting_from_content(content)
        except ValueError:
            pass
    raise StorageFault("minutes_changed", meeting=meeting, number=number)


def require_unchanged(session: Session) -> None:
    """Hold every kept version, and the approved minutes that stand, against the digests in the log.

    Raises StorageFault("minutes_changed") that names the first meeting where they do not agree.
    """
    logged, last_disposal = _logged(session)
    names = merged_keys(session)
    latest: dict[str, tuple[int, Meeting]] = {}
    seen: dict[str, set[int]] = {}
    for row in _versions(session):
        known = logged.get(row.key, {}).get(row.number)
        if known is None or known[0] != row.digest:
            raise StorageFault("minutes_changed", meeting=row.key, number=row.number)
        content = version_content(row.content, digest=row.digest, meeting=row.key, number=row.number)
        seen.setdefault(row.key, set()).add(row.number)
        if VersionKind(row.kind) in TO_BE_READ:
            if names:
                content = meeting_from_content(same_keys(row.content, names))
            latest[row.key] = (row.number, content)
    _require_all(session, logged, seen, last_disposal)
    for key, number, standing in _standing(session, latest):
        kept = latest[key][1]
        same = approved_text(standing, as_of=kept) == approved_text(kept)
        if standing.status is not MeetingStatus.APPROVED or not same:
            raise StorageFault("minutes_changed", meeting=key, number=number)


def _versions(session: Session) -> Iterator[Any]:
    columns = m.MinutesVersion.number, m.MinutesVersion.kind, m.MinutesVersion.content, m.MinutesVersion.digest
    query = (
        select(m.Meeting.key, *columns)
        .join(m.Meeting, m.Meeting.id == m.MinutesVersion.meeting_id)
        .order_by(m.Meeting.key, m.MinutesVersion.number)
    )
    yield from session.execute(query).all()


_Logged = Mapping[str, Mapping[int, tuple[str, int]]]


def _logged(session: Session) -> tuple[_Logged, int]:
    """The digest and the row's number in the log of each meeting's versions, and where the last disposal stands."""
    query = select(m.AuditEntry.object, m.AuditEntry.reason, m.AuditEntry.sequence).where(m.AuditEntry.action == KEPT)
    found: dict[str, dict[int, tuple[str, int]]] = {}
    for row in session.execute(query.order_by(m.AuditEntry.sequence)):
        number, _, digest = (row.reason or "").partition(":")
        key = (row.object or "").partition(":")[2]
        found.setdefault(key, {})[int(number)] = (digest, row.sequence)
    last = session.scalar(select(func.max(m.AuditEntry.sequence)).where(m.AuditEntry.action == "dispose"))
    return found, last or 0


def _require_all(session: Session, logged: _Logged, seen: Mapping[str, set[int]], last_disposal: int) -> None:
    """No version is missing; a meeting that a disposal took may have been taken in anew, without any."""
    there = set(session.scalars(select(m.Meeting.key).where(m.Meeting.key.in_(logged))))
    for key in sorted(there):
        missing = logged[key].keys() - seen.get(key, set())
        if not seen.get(key):
            missing = {number for number in missing if logged[key][number][1] > last_disposal}
        if missing:
            raise StorageFault("minutes_changed", meeting=key, number=min(missing))


def _standing(session: Session, latest: Mapping[str, tuple[int, Meeting]]) -> Iterator[tuple[str, int, Meeting]]:
    keys = sorted(latest)
    for start in range(0, len(keys), 400):
        condition = m.Meeting.key.in_(keys[start : start + 400])
        for key, (meeting, _) in meeting_records.load(session, condition, as_written=True).items():
            yield key, latest[key][0], meeting
