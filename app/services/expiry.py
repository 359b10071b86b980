"""Backups that still hold what was disposed of: how long they may, which they are, and taking them away in time."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, insert, select

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.disposal import DisposalStatus
from app.domain.errors import NotAllowed, Refused, StorageFault
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage.audit import Event
from app.storage.expiry import discard, made_until
from app.storage.unit_of_work import UnitOfWork

USUAL_DAYS, MOST_DAYS = 30, 365
_NAME, _SECOND_PLACE = "disposal_backup_days", "backup_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldBackups:
    """The backups in reach that hold what the disposals so far removed, where they lie and when the last is gone."""

    count: int
    folders: tuple[Path, ...]
    days: int
    gone_on: dt.date | None


def require_every_unit(desk: Desk) -> None:
    """Raise NotAllowed for an account of some units: a disposal, and its backups, are of the whole database."""
    if desk.actor.units is not None:
        raise NotAllowed("disposal_every_unit")


def days_kept(work: UnitOfWork) -> int:
    """How many days after a disposal the backups made before it are kept."""
    text = work.session.scalar(select(m.Preference.value).where(m.Preference.user == "", m.Preference.name == _NAME))
    return USUAL_DAYS if text is None else int(json.loads(text))


@needs(Right.DISPOSE)
def old_backups(desk: Desk) -> OldBackups:
    """How many backups in the usual folder and the second place still hold what was disposed of."""
    with desk.reading() as work:
        days, disposed, folders = days_kept(work), _disposed(work), _folders(desk, work)
    found = _made_until(desk, folders, disposed[-1]) if disposed else ()
    last = disposed[-1].date() + dt.timedelta(days=days) if found else None
    return OldBackups(count=len(found), folders=folders, days=days, gone_on=last)


@needs(Right.DISPOSE)
def set_backup_days(desk: Desk, *, days: int) -> None:
    """Choose how many days the backups made before a disposal are kept after it. Raises Refused outside 0 to 365."""
    if not 0 <= days <= MOST_DAYS:
        raise Refused("disposal_backup_days", most=MOST_DAYS)
    require_every_unit(desk)
    with desk.writing() as work:
        work.session.execute(delete(m.Preference).where(m.Preference.user == "", m.Preference.name == _NAME))
        work.session.execute(insert(m.Preference).values(user="", name=_NAME, value=json.dumps(days)))
        work.record(Event(action="set_disposal_backup_days", reason=str(days)))
        work.commit()


@needs(Right.OWN_ACCOUNT)
def expire_backups(desk: Desk) -> int:
    """Take away the backups whose time after a disposal is over; how many. Part of every log-in.

    What cannot be removed now is told in the log and tried again: nobody is kept out by it.
    """
    with desk.reading() as work:
        days, disposed, folders = days_kept(work), _disposed(work), _folders(desk, work)
    over = [at for at in disposed if at.date() + dt.timedelta(days=days) <= desk.true_day]
    found = _made_until(desk, folders, over[-1]) if over else ()
    if not found:
        return 0
    try:
        discard(found)
        event = Event(action="expire_backups", reason=str(len(found)))
    except StorageFault as fault:
        event = Event(action="expire_backups_waits", reason=fault.code)
    with desk.writing() as work:
        work.record(event)
        work.commit()
    return len(found) if event.action == "expire_backups" else 0


def _folders(desk: Desk, work: UnitOfWork) -> tuple[Path, ...]:
    """The usual folder, and the second place where one is chosen: of a file or, on a server, of this workstation."""
    of_a_file = isinstance(desk.store.address, Path)
    name = _SECOND_PLACE if of_a_file else f"{_SECOND_PLACE}:{desk.workstation}"
    second = work.session.scalar(select(m.Preference.value).where(m.Preference.user == "", m.Preference.name == name))
    return (desk.store.usual_backup_folder(), *((Path(json.loads(second)),) if second else ()))


def _made_until(desk: Desk, folders: tuple[Path, ...], made: dt.datetime) -> tuple[Path, ...]:
    return made_until(folders, database=desk.store.keys().database, made=made)


def _disposed(work: UnitOfWork) -> list[dt.datetime]:
    """When each disposal was carried out, Swedish wall-clock time, oldest first."""
    query = select(m.Disposal.decided_at).where(m.Disposal.status == DisposalStatus.DONE.value)
    return sorted(to_wall_clock(at) for at in work.session.scalars(query) if at is not None)
