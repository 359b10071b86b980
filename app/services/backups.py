"""Backups: those a person asks for, the day's own, the second place, and the list of them all."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, insert, select

from app import models as m
from app.domain.backups import Backup, Receipt, Why
from app.domain.errors import Refused, StorageFault
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage import backup
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_SECOND, _TOLD = "backup_place", "backup_told"
FRESH = dt.timedelta(hours=4)
"""A backup of the same day that is younger than this is enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What came of the day's round: the backup, if one was due and made, and what has to be told, once a day."""

    made: Path | None = None
    trouble: StorageFault | None = None


@needs(Right.RESTORE)
def back_up(desk: Desk, *, folder: Path | None = None) -> Path:
    """A verified copy of the database with key files and receipt; its path.

    Without `folder` it lies with the automatic ones, and in the second place too. Raises StorageFault("backup_failed").
    """
    where = desk.store.usual_backup_folder() if folder is None else folder
    made = desk.store.back_up(folder=where, at=desk.clock.now(), why=Why.MANUAL.value)
    with desk.writing() as work:
        work.record(Event(action="back_up", object=f"backup:{made.name}"))
        work.commit()
    desk.note_end()
    if folder is None:
        _carry_on(desk)
    return made


def receipt_of(made: Path) -> Receipt:
    """The receipt of a backup. Raises StorageFault("backup_receipt_missing") when nobody vouches for it."""
    found = backup.read_receipt(made)
    if found is None:
        raise StorageFault("backup_receipt_missing", file=made.name)
    return found


@needs(Right.OWN_ACCOUNT)
def back_up_daily(desk: Desk) -> Round:
    """Make the day's backup when it is due, verify it, carry it to the second place, and let the rotation tidy up.

    Anybody's log-in begins it. It is due when no verified backup is of this day and younger than four hours, so that
    what the day brings is kept as well. What goes wrong is in the result once a day, and is no fault of the person's.
    """
    try:
        made = _make_if_due(desk)
        trouble = None if made is None else _after(desk)
    except StorageFault as fault:
        if fault.code == "database_closed":
            return Round()
        made, trouble = None, fault
    if trouble is not None and not _tell_today(desk):
        trouble = None
    return Round(made=made, trouble=trouble)


def _make_if_due(desk: Desk) -> Path | None:
    now, folder = desk.clock.now(), desk.store.usual_backup_folder()
    for one in backup.list_backups(folder, database=desk.store.keys().database):
        if one.verified and one.at.date() == now.date() and now - one.at < FRESH:
            return None
    made = desk.store.back_up(folder=folder, at=now, why=Why.DAILY.value)
    with desk.writing() as work:
        work.record(Event(action="back_up", object=f"backup:{made.name}", reason=Why.DAILY.value))
        work.commit()
    desk.note_end()
    return made


def _after(desk: Desk) -> StorageFault | None:
    """Carry the backup on and tidy up; the backup stands whatever comes of it."""
    try:
        _carry_on(desk)
        _rotate(desk, desk.store.usual_backup_folder())
    except StorageFault as fault:
        return fault
    return None


def _carry_on(desk: Desk) -> None:
    """Copy to the second place what it lacks, also what was made before an import or while the disk was away.

    Raises StorageFault when the place is not there or a copy fails; with no place chosen nothing is done.
    """
    place = _second_place(desk)
    if place is None:
        return
    usual, database, now = desk.store.usual_backup_folder(), desk.store.keys().database, desk.clock.now()
    backup.require_place(place)
    for path in backup.missing_in(place, usual=usual, database=database, now=now):
        backup.copy_backup(path, desk.store.key, folder=place)  # the key is gone once the window is locked
    _rotate(desk, place)


def _rotate(desk: Desk, folder: Path) -> None:
    """Tidy up as of now. A day that was asked for tidies nothing up: to a day far ahead every backup is old."""
    if desk.today == desk.true_day:
        backup.rotate(folder, database=desk.store.keys().database, now=desk.clock.now())


def _tell_today(desk: Desk) -> bool:
    """Whether the day's trouble is still untold; it is told from now on."""
    today = desk.today.isoformat()
    with desk.writing() as work:
        if _read(work, _TOLD) == today:
            return False
        _write(work, _TOLD, today)
        work.commit()
    return True


def _second_place(desk: Desk) -> Path | None:
    with desk.reading() as work:
        text = _read(work, _place_name(desk))
    return Path(text) if text else None


def _place_name(desk: Desk) -> str:
    """A file has one second place; of a server's each workstation has its own, since it is a path there."""
    return _SECOND if isinstance(desk.store.address, Path) else f"{_SECOND}:{desk.workstation}"


@needs(Right.RESTORE)
def second_place(desk: Desk) -> Path | None:
    """The folder where each automatic backup is copied to as well; None where none is chosen."""
    return _second_place(desk)


@needs(Right.RESTORE)
def set_second_place(desk: Desk, *, folder: Path | None) -> None:
    """Choose the second folder, or give it up.

    Raises Refused("backup_place_same") for the usual folder, StorageFault("backup_place_missing") for one that is not
    there.
    """
    if folder is not None:
        folder = folder.absolute()
        backup.require_place(folder)
        usual = desk.store.usual_backup_folder()
        if usual.exists() and usual.samefile(folder):
            raise Refused("backup_place_same")
    with desk.writing() as work:
        _write(work, _place_name(desk), None if folder is None else str(folder))
        work.record(Event(action="set_backup_place"))
        work.commit()


@needs(Right.RESTORE)
def list_backups(desk: Desk) -> tuple[tuple[Backup, ...], tuple[Backup, ...]]:
    """The backups in the usual folder, and those in the second place; each newest first."""
    database, place = desk.store.keys().database, _second_place(desk)
    usual = backup.list_backups(desk.store.usual_backup_folder(), database=database)
    return usual, () if place is None else backup.list_backups(place, database=database)


def _read(work: UnitOfWork, name: str) -> str | None:
    found = work.session.scalar(select(m.Preference.value).where(m.Preference.user == "", m.Preference.name == name))
    return None if found is None else json.loads(found)


def _write(work: UnitOfWork, name: str, value: str | None) -> None:
    own = (m.Preference.user == "", m.Preference.name == name)
    work.session.execute(delete(m.Preference).where(*own))
    if value is not None:
        work.session.execute(insert(m.Preference).values(user="", name=name, value=json.dumps(value)))
