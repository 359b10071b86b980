"""Backups: a whole encrypted copy with its key file, counted as a backup only after it was opened and checked.

A backup is four files: the copy, its two key files, and a receipt that is written last, when everything was checked.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Callable
from itertools import count
from pathlib import Path

from app.domain.backups import Backup, Receipt, Why, backup_name, read_name
from app.domain.errors import StorageFault
from app.domain.log import head_words
from app.domain.receipts import read, written
from app.domain.rotation import Dated, kept
from app.domain.wording import COPY_DIFFERS, disk_reason
from app.storage import key_file
from app.storage.atomic import OWN_FOLDER, copy_own, leftovers, sync_folder, write_whole
from app.storage.copying import broken_log, copy_database, copy_problems, describe, file_problems, never, sync_file
from app.storage.engine import DRIVER_ERRORS, key_fits

FOLDER_SUFFIX = ".backups"
RECEIPT_SUFFIX = ".kvitto.txt"
_LARGEST_RECEIPT = 20_000
_HALF_MADE = dt.timedelta(days=1)
"""A day's backup without receipt that is older than this was cut off."""


def backup_folder(database: Path) -> Path:
    """Where the automatic backups of a database lie: a folder beside it."""
    return database.with_name(database.name + FOLDER_SUFFIX)


def receipt_path(backup: Path) -> Path:
    """Where a backup's receipt lies."""
    return backup.with_name(backup.name + RECEIPT_SUFFIX)


def files_of(backup: Path) -> tuple[Path, ...]:
    """Every file a backup may consist of, its receipt first: without it nobody takes the rest for whole."""
    return (receipt_path(backup), backup, *key_file.paths(backup))


def make_backup(
    database: Path, key: bytes, *, folder: Path, at: dt.datetime, why: str, log: bool = True,
    stop: Callable[[], bool] = never,
) -> Path:  # fmt: skip
    """Copy the database into `folder` through SQLite's own copying, verify the copy, and return its path.

    `log` says whether the audit log is of a form that can be verified; `stop` is asked on the way. Raises
    StorageFault("backup_failed"), or "database_closed" when it was stopped, and leaves no half copy behind.
    """
    try:
        folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        target = free_name(folder, database.stem, at, why)
    except OSError as error:
        raise StorageFault("backup_failed", reason=disk_reason(error)) from error
    try:
        for source, copy in zip(key_file.paths(database), key_file.paths(target), strict=True):
            copy_own(source, copy)
            sync_file(copy)
        counts = copy_database(database, key, target, target_key=key, stop=stop)
        sync_folder(folder)
        problems = copy_problems(target, key, counts=counts, source=database, source_key=key, log=log)
        if stop():
            raise StorageFault("database_closed")
        if problems:
            raise StorageFault("backup_failed", reason=COPY_DIFFERS)
        _write_receipt(target, key, at=at, why=why, log=log)
    except (OSError, *DRIVER_ERRORS) as error:
        discard(target)
        raise StorageFault("backup_failed", reason=disk_reason(error)) from error
    except BaseException:
        discard(target)
        raise
    return target


def vouch(target: Path, key: bytes, *, at: dt.datetime, why: str) -> None:
    """Check a copy that was made in another way and write its receipt.

    Raises StorageFault("backup_failed") and takes the copy away when it is not whole.
    """
    try:
        sync_file(target)
        if problems := file_problems(target, key):
            raise StorageFault("backup_failed", reason=problems[0])
        _write_receipt(target, key, at=at, why=why, log=True)
        sync_folder(target.parent)
    except (OSError, *DRIVER_ERRORS) as error:
        discard(target)
        raise StorageFault("backup_failed", reason=disk_reason(error)) from error
    except BaseException:
        discard(target)
        raise


def _write_receipt(target: Path, key: bytes, *, at: dt.datetime, why: str, log: bool) -> None:
    found = describe(target, key)
    receipt = Receipt(
        name=target.name, at=at, why=why, database=key_file.trusted(target, database_key=key).database,
        schema=found.schema, size=target.stat().st_size, digest=_digest(target), head=head_words(found.last, found.mac),
        rows=found.rows, log_broken=broken_log(target, key) if log else None, log_checked=log,
    )  # fmt: skip
    write_whole(receipt_path(target), written(receipt).encode("utf-8", "backslashreplace"))


def copy_backup(backup: Path, key: bytes, *, folder: Path) -> Path:
    """Put a second copy of a verified backup in another folder, under the same name, and verify it there.

    It is opened there when `key` is its key, which it is not of one made before the database got another. Raises
    StorageFault("backup_place_missing" | "backup_failed") and leaves no half copy behind.
    """
    require_place(folder)
    target = folder / backup.name
    try:
        if any(path.exists() for path in files_of(target)):
            target = _free_beside(folder, backup.name)
        for source, copy in reversed(list(zip(files_of(backup), files_of(target), strict=True))):
            copy_own(source, copy)
            sync_file(copy)
            if _digest(source) != _digest(copy) or (copy == target and _broken(copy, key)):
                raise StorageFault("backup_failed", reason="kopian blev inte lika")
        sync_folder(folder)
    except (OSError, *DRIVER_ERRORS) as error:
        discard(target)
        raise StorageFault("backup_failed", reason=disk_reason(error)) from error
    except BaseException:
        discard(target)
        raise
    return target


def require_place(folder: Path) -> None:
    """Raise StorageFault("backup_place_missing") unless the folder is there; it is never made."""
    try:
        there = folder.is_dir()
    except OSError as error:
        raise StorageFault("backup_place_missing", folder=str(folder)) from error
    if not there:
        raise StorageFault("backup_place_missing", folder=str(folder))


def _broken(copy: Path, key: bytes) -> bool:
    return key_fits(copy, key) and bool(file_problems(copy, key))


def missing_in(place: Path, *, usual: Path, database: str, now: dt.datetime) -> tuple[Path, ...]:
    """The verified backups in `usual` that a second place lacks and would keep, oldest first."""
    there = {_dated(one): one.path for one in list_backups(place, database=database) if one.verified}
    here = {_dated(one): one.path for one in list_backups(usual, database=database) if one.verified}
    names = {dated.name for dated in there}
    stays = kept(there.keys() | here.keys(), now=now)
    return tuple(here[dated] for dated in sorted(here) if dated in stays and dated.name not in names)


def _dated(one: Backup) -> Dated:
    return Dated(one.at, one.path.name, one.why == Why.DAILY)


def read_receipt(backup: Path) -> Receipt | None:
    """The receipt beside a backup; None when there is none that can be read."""
    path, named = receipt_path(backup), read_name(backup.name)
    try:
        if path.stat().st_size > _LARGEST_RECEIPT:
            return None
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return read(text, why=named[1] if named else Why.MANUAL.value)


def list_backups(folder: Path, *, database: str | None = None) -> tuple[Backup, ...]:
    """The backups in `folder`, of the database with that identity, newest first; an absent folder has none."""
    found = []
    with contextlib.suppress(OSError):  # a folder that cannot be read now shows no backups, and none is touched
        for path in folder.iterdir():
            named = read_name(path.name)
            if named is not None and not path.is_symlink() and path.is_file() and _belongs(path, database):
                found.append(
                    Backup(path=path, at=named[0], why=named[1], size=path.stat().st_size, receipt=read_receipt(path))
                )
    return tuple(sorted(found, key=lambda one: (one.at, one.path.name), reverse=True))


def _belongs(path: Path, database: str | None) -> bool:
    try:
        return database in (None, key_file.read(path)[0].database)
    except (OSError, StorageFault):
        return False


def rotate(folder: Path, *, database: str, now: dt.datetime) -> tuple[Path, ...]:
    """Delete the backups of that database in `folder` that the rotation does not keep; what was deleted.

    Only verified ones are counted: a copy that nobody vouches for takes no other's place. Of the others only what a
    process left that was killed while it made the day's goes.
    """
    there = list_backups(folder, database=database)
    found = {_dated(one): one.path for one in there if one.verified}
    gone = [found[dated] for dated in sorted(found.keys() - kept(found.keys(), now=now))]
    gone += [one.path for one in there if one.receipt is None and one.why == Why.DAILY and now - one.at > _HALF_MADE]
    for path in gone:
        delete(path)
    return tuple(gone)


def delete(backup: Path) -> None:
    """Delete a backup with its receipt and its key files. Raises StorageFault("backup_not_deleted")."""
    try:
        for path in (*files_of(backup), _journal(backup)):
            path.unlink(missing_ok=True)
        sync_folder(backup.parent)
    except OSError as error:
        raise StorageFault("backup_not_deleted", file=backup.name, reason=disk_reason(error)) from error


def free_name(folder: Path, stem: str, at: dt.datetime, why: str) -> Path:
    """A name nobody has, so that a backup of the same second is not written over."""
    taken = (folder / backup_name(stem, at, why, number) for number in count(1))
    return next(path for path in taken if not any(part.exists() for part in files_of(path)))


def _free_beside(folder: Path, name: str) -> Path:
    stem = Path(name).stem
    taken = (folder / f"{stem}-{number}.tfdb" for number in count(2))
    return next(path for path in taken if not any(part.exists() for part in files_of(path)))


def discard(target: Path) -> None:
    """Take away what became no backup."""
    halves = [half for path in files_of(target) for half in _halves(path)]
    for path in (*files_of(target), _journal(target), *halves):
        with contextlib.suppress(OSError):  # the fault that made it useless is told already
            path.unlink(missing_ok=True)


def _journal(backup: Path) -> Path:
    return backup.with_name(backup.name + "-journal")


def _halves(path: Path) -> list[Path]:
    try:
        return leftovers(path)
    except OSError:
        return []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
