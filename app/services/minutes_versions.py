"""Reading versions of minutes: which there are, and two of them side by side, through the same sight as the meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.comparing import PointPair, compare
from app.domain.customers import hidden_in
from app.domain.errors import NotAllowed, NotFound
from app.domain.exchanged import meeting_from_content
from app.domain.meeting_rules import customers_named
from app.domain.meetings import HERS, Meeting
from app.domain.minutes import NOW, VersionFacts, VersionKind, same_keys
from app.domain.people import Outsider, Person
from app.domain.roles import Right
from app.domain.sight import reads_minutes
from app.services import sight
from app.services.desk import Desk, needs_at_meeting
from app.services.meetings import read
from app.services.minutes_keeping import merged_keys, version_content
from app.services.protection import protected_among
from app.services.sight import labels_of_everybody
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two versions of a meeting's minutes; a number of nought is the minutes as they are now."""

    older: int
    newer: int
    pairs: tuple[PointPair, ...]


@needs_at_meeting(Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)
def compare_versions(desk: Desk, *, meeting: str, older: int, newer: int) -> Compared:
    """Two versions side by side, as far as the person may see them; each customer in either is logged as read.

    Raises NotAllowed for minutes that are not hers to read, NotFound, StorageFault("minutes_changed").
    """
    with desk.writing() as work:
        now, _ = read(desk, work, meeting)
        require_reader(desk, now)
        left, right = (_version(desk, work, now, number) for number in (older, newer))
        customers = customers_named(left) | customers_named(right)
        sight.log_gesture(work, now, action="compare_minutes", customers=customers)
        names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
        labels = {key: one for key, one in labels_of_everybody(work).items() if key in customers}
        work.commit()
    return Compared(older=older, newer=newer, pairs=compare(left, right, names=names, customers=labels))


def require_reader(desk: Desk, meeting: Meeting) -> None:
    """Raise NotAllowed when the meeting's minutes are not the person's to read."""
    if not reads_minutes(meeting, desk.actor):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


def versions_of(work: UnitOfWork, key: str) -> tuple[VersionFacts, ...]:
    """The facts of a meeting's kept versions, the first first."""
    query = (
        select(
            m.MinutesVersion.number, m.MinutesVersion.kind, m.MinutesVersion.at, m.MinutesVersion.by_name,
            m.MinutesVersion.digest, m.Member.key.label("member"),
        )
        .join(m.Meeting, m.Meeting.id == m.MinutesVersion.meeting_id)
        .outerjoin(m.Member, m.Member.id == m.MinutesVersion.by_id)
        .where(m.Meeting.key == key)
        .order_by(m.MinutesVersion.number)
    )  # fmt: skip
    return tuple(
        VersionFacts(
            number=row.number, kind=VersionKind(row.kind), at=to_wall_clock(row.at), by=who(row), digest=row.digest
        )
        for row in work.session.execute(query)
    )


def who(row: Any) -> Person:
    """The person of a row with `member` and `by_name`."""
    return row.member if row.member is not None else Outsider(row.by_name or "")


def _version(desk: Desk, work: UnitOfWork, now: Meeting, number: int) -> Meeting:
    if number == NOW:
        return sight.shown(desk, work, now)
    row = work.session.execute(
        select(m.MinutesVersion.content, m.MinutesVersion.digest)
        .join(m.Meeting, m.Meeting.id == m.MinutesVersion.meeting_id)
        .where(m.Meeting.key == now.key, m.MinutesVersion.number == number)
    ).first()
    if row is None:
        raise NotFound("not_found", what="Versionen", key=str(number))
    whole = version_content(row.content, digest=row.digest, meeting=now.key, number=number)
    if names := merged_keys(work.session):
        whole = meeting_from_content(same_keys(row.content, names))
    whole = _with_codes(work, whole)
    # Who may see what follows from the roles at the meeting today, not from those of then.
    today = replace(
        whole, unit=now.unit, status=now.status, chair=now.chair, secretary=now.secretary, approver=now.approver,
        participants=now.participants,
    )  # fmt: skip
    seen = sight.shown(desk, work, today)
    return replace(seen, chair=whole.chair, secretary=whole.secretary, approver=whole.approver)


def _with_codes(work: UnitOfWork, meeting: Meeting) -> Meeting:
    """The version with the codes of customers whose identity is protected by now."""
    about = {item.customer for item in meeting.items if item.customer}
    ids = dict(work.session.execute(select(m.Customer.id, m.Customer.key).where(m.Customer.key.in_(about))).all())
    hidden = {ids[found]: one for found, one in protected_among(work.session, list(ids)).items()}
    return replace(
        meeting,
        items=tuple(
            replace(item, heading=hidden_in(item.heading, hidden[item.customer], hers=item.kind in HERS))
            if item.customer in hidden
            else item
            for item in meeting.items
        ),
    )
