"""Disposal (gallring): periods, what is due, and a proposal that another enhetschef approves before it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, insert, select, update

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.disposal import (
    KINDS,
    DisposalRow,
    DisposalStatus,
    Disposed,
    DueKind,
    Period,
    check_months,
    kind_of,
)
from app.domain.errors import Conflict, NotFound, Refused, StorageFault
from app.domain.roles import Right
from app.domain.wording import wording
from app.services import disposal_people as people
from app.services import expiry, holds
from app.services.desk import Desk, needs
from app.services.disposal_kinds import Gone, remove_due
from app.storage import search
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_FOREVER = "forever"


@needs(Right.DISPOSE)
def disposal_periods(desk: Desk) -> tuple[Period, ...]:
    """How long each kind of record is kept, in the order of disposal; suggestions where nothing is chosen."""
    with desk.reading() as work:
        return _periods(work)


def _periods(work: UnitOfWork) -> tuple[Period, ...]:
    rows = {
        row.kind: row
        for row in work.session.execute(
            select(m.DisposalPeriod.kind, m.DisposalPeriod.months, m.DisposalPeriod.version)
        )
    }
    return tuple(
        Period(kind=kind, months=rows[kind.key].months, version=rows[kind.key].version, chosen=True)
        if kind.key in rows
        else Period(kind=kind, months=kind.months, version=0, chosen=False)
        for kind in KINDS
    )


@needs(Right.DISPOSE)
def set_disposal_period(desk: Desk, *, kind: str, months: int | None, expected_version: int) -> Period:
    """Choose how many months a kind is kept after it ended, None for ever. Raises Refused or Conflict."""
    chosen = kind_of(kind)
    check_months(chosen, months)
    expiry.require_every_unit(desk)
    with desk.writing() as work:
        if expected_version == 0:
            if work.session.get(m.DisposalPeriod, kind) is not None:
                raise Conflict("changed_meanwhile")
            work.session.execute(insert(m.DisposalPeriod).values(kind=kind, months=months, version=1))
        else:
            done = work.session.execute(
                update(m.DisposalPeriod)
                .where(m.DisposalPeriod.kind == kind, m.DisposalPeriod.version == expected_version)
                .values(months=months, version=m.DisposalPeriod.version + 1)
            )
            if done.rowcount != 1:  # type: ignore[attr-defined]
                raise Conflict("changed_meanwhile")
        reason = _FOREVER if months is None else str(months)
        work.record(Event(action="set_disposal_period", object=f"kind:{kind}", reason=reason))
        work.commit()
    return Period(kind=chosen, months=months, version=expected_version + 1, chosen=True)


@needs(Right.DISPOSE)
def preview_disposal(desk: Desk) -> tuple[DueKind, ...]:
    """What would go today and what stays though its period is over; nothing is changed.

    Records are shown by what they are recognised by; each customer among them is logged as read.
    """
    expiry.require_every_unit(desk)
    with desk.writing() as work:
        found = tuple(one.due for one in _due(desk, work, on=desk.true_day))
        for record in (record for kind in found for record in (*kind.going, *kind.staying)):
            if record.key.startswith("customer:"):
                customer = record.key.removeprefix("customer:")
                work.record(Event(action="read", object="disposal", customer=customer))
        work.commit()
    return found


def _due(desk: Desk, work: UnitOfWork, *, on: dt.date) -> list[Gone]:
    """What a disposal would remove: the removal itself, taken back."""
    trial = work.session.begin_nested()
    try:
        return remove_due(desk, work, periods=_periods(work), holds=holds.standing(work), on=on)
    finally:
        trial.rollback()


@needs(Right.DISPOSE)
def propose_disposal(desk: Desk, *, seen: Sequence[DueKind]) -> DisposalRow:
    """Propose that what was `seen` in the preview be removed; another enhetschef approves it.

    It takes the place of one that waits. Raises Refused when there is nothing, or not what was seen any more, and for
    an account of nobody in the team, or that somebody else has changed of late.
    """
    expiry.require_every_unit(desk)
    with desk.writing() as work:
        people.require_own_account(desk, work)
        found = [one.due for one in _due(desk, work, on=desk.true_day) if one.due.going]
        if not found:
            raise Refused("disposal_nothing")
        if {one.period.kind.key: one.digest for one in found} != {
            one.period.kind.key: one.digest for one in seen if one.going
        }:
            raise Refused("disposal_changed")
        for waiting in work.session.scalars(_waiting()).all():
            row = _read(work, waiting)
            _decide(desk, work, row, DisposalStatus.WITHDRAWN, row.version)
            work.record(Event(action="withdraw_disposal", object=f"disposal:{waiting}"))
        disposal = work.session.scalars(
            insert(m.Disposal).returning(m.Disposal.id),
            [{
                "before": desk.true_day, "proposed_by": desk.actor.user, "proposer": desk.actor.member,
                "proposed_at": desk.clock.instant(), "status": DisposalStatus.PROPOSED.value,
            }],
        ).one()  # fmt: skip
        rows = [
            {
                "disposal_id": disposal, "kind": one.period.kind.key, "count": len(one.going), "digest": one.digest,
            }
            for one in found
        ]  # fmt: skip
        work.session.execute(insert(m.DisposalCount), rows)
        work.record(Event(action="propose_disposal", object=f"disposal:{disposal}", reason=_counted(found)))
        row = _read(work, disposal)
        work.commit()
    return row


def _counted(kinds: Sequence[DueKind]) -> str:
    return ", ".join(f"{one.period.kind.key} {len(one.going)}" for one in kinds)


def _waiting() -> Select[Any]:
    return select(m.Disposal.id).where(m.Disposal.status == DisposalStatus.PROPOSED.value)


@needs(Right.DISPOSE)
def why_not_dispose(desk: Desk, *, disposal: int | None) -> Refused | None:
    """What keeps the person at the desk from approving the proposal, or from making one where none is given."""
    expiry.require_every_unit(desk)
    try:
        with desk.reading() as work:
            if disposal is None:
                people.require_own_account(desk, work)
            else:
                people.require_second_person(desk, work, _read(work, disposal))
    except Refused as refused:
        return refused
    return None


@needs(Right.DISPOSE)
def list_disposals(desk: Desk) -> tuple[DisposalRow, ...]:
    """Every proposal and what came of it, latest first."""
    with desk.reading() as work:
        ids = work.session.scalars(select(m.Disposal.id).order_by(m.Disposal.id.desc())).all()
        return tuple(_read(work, one) for one in ids)


def _read(work: UnitOfWork, disposal: int) -> DisposalRow:
    row = work.session.get(m.Disposal, disposal)
    if row is None:
        raise NotFound("not_found", what="Gallringsförslaget", key=str(disposal))
    counts = work.session.execute(
        select(m.DisposalCount.kind, m.DisposalCount.count.label("records")).where(
            m.DisposalCount.disposal_id == disposal
        )
    )
    return DisposalRow(
        id=row.id, before=row.before, proposed_by=row.proposed_by, proposed_at=to_wall_clock(row.proposed_at),
        decided_by=row.decided_by, decided_at=to_wall_clock(row.decided_at) if row.decided_at else None,
        status=DisposalStatus(row.status), version=row.version, counts={one.kind: one.records for one in counts},
    )  # fmt: skip


@needs(Right.DISPOSE)
def withdraw_disposal(desk: Desk, *, disposal: int, expected_version: int) -> DisposalRow:
    """Take a waiting proposal back, one's own or another's. Raises Refused when it is decided, Conflict."""
    expiry.require_every_unit(desk)
    with desk.writing() as work:
        row = _read(work, disposal)
        if row.status is not DisposalStatus.PROPOSED:
            raise Refused("disposal_decided", status=row.status.label.lower())
        _decide(desk, work, row, DisposalStatus.WITHDRAWN, expected_version)
        work.record(Event(action="withdraw_disposal", object=f"disposal:{disposal}"))
        work.commit()
    return replace(row, status=DisposalStatus.WITHDRAWN, version=expected_version + 1)


def _decide(desk: Desk, work: UnitOfWork, row: DisposalRow, status: DisposalStatus, expected_version: int) -> None:
    done = work.session.execute(
        update(m.Disposal)
        .where(m.Disposal.id == row.id, m.Disposal.version == expected_version)
        .values(
            status=status.value, decided_by=desk.actor.user, decided_at=desk.clock.instant(),
            version=m.Disposal.version + 1,
        )
    )  # fmt: skip
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("changed_meanwhile")


@needs(Right.DISPOSE)
def approve_disposal(desk: Desk, *, disposal: int, expected_version: int) -> Disposed:
    """Approve another's proposal and carry it out: backup, removal, the file written anew, old backups given an end.

    Raises Refused for one's own proposal, for an account that may be in other hands than its owner's, and when what is
    due is not what was proposed any more; StorageFault("backup_failed") with nothing changed.
    """
    expiry.require_every_unit(desk)
    with desk.reading() as work:
        people.require_second_person(desk, work, _read(work, disposal))
    store = desk.store
    backup = store.back_up(folder=store.usual_backup_folder(), at=desk.clock.now(), why="before-disposal")
    with desk.writing() as work:
        row = _read(work, disposal)
        people.require_second_person(desk, work, row)
        gone = remove_due(desk, work, periods=_periods(work), holds=holds.standing(work), on=row.before)
        _require_same(work, disposal, gone)
        _decide(desk, work, row, DisposalStatus.DONE, expected_version)
        _log(work, disposal, gone)
        search.forget(work.session.connection())
        work.commit()
    left = _overwrite(desk)
    expiry.expire_backups(desk)
    older = expiry.old_backups(desk)
    return Disposed(
        counts={one.due.period.kind.key: len(one.due.going) for one in gone if one.due.going},
        backup=backup.name, folders=tuple(str(folder) for folder in older.folders), older_backups=older.count,
        gone_on=older.gone_on, left=left,
    )  # fmt: skip


def _require_same(work: UnitOfWork, disposal: int, gone: Sequence[Gone]) -> None:
    query = select(m.DisposalCount.kind, m.DisposalCount.digest).where(m.DisposalCount.disposal_id == disposal)
    proposed = {row.kind: row.digest for row in work.session.execute(query)}
    if proposed != {one.due.period.kind.key: one.due.digest for one in gone if one.due.going}:
        raise Refused("disposal_changed")


def _log(work: UnitOfWork, disposal: int, gone: Sequence[Gone]) -> None:
    """A row for each kind with its count, and for each customer of whom anything went."""
    work.record(Event(action="approve_disposal", object=f"disposal:{disposal}"))
    for one in gone:
        kind = one.due.period.kind.key
        if one.due.going:
            work.record(Event(action="dispose", object=f"kind:{kind}", reason=str(len(one.due.going))))
        for customer in sorted(one.customers):
            work.record(Event(action="dispose", object=f"kind:{kind}", customer=customer))


def _overwrite(desk: Desk) -> str:
    """Write the database anew, and say what is to be done where it cannot be; in a file everything is gone anyway."""
    left = ""
    try:
        desk.store.overwrite_freed()
        event = Event(action="overwrite_disposed")
    except StorageFault as fault:
        event = Event(action="overwrite_disposed_waits", reason=fault.code)
        left = wording(fault)
    with desk.writing() as work:
        work.record(event)
        work.commit()
    return left
