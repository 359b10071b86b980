"""Putting a backup in a database's place, in steps of which each is whole or not at all.

fetch: a private copy of the backup in a folder beside the database, so that what is proved is what is used.
prove: the copy is a whole database of a known schema, of this program's making, and opens with the key.
decide: a mark beside the database. Before it the old database stands, after it the new one does.
finish: the old files get the name they are kept under, the new ones take their place, the mark goes. Whoever finds the
mark does this before anything else, so that a process killed anywhere leaves the old or the new, never between.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from app.domain.address import restore_mark
from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.storage import key_file, migrate, parts
from app.storage.atomic import copy_own, leftovers, sync_folder, write_whole
from app.storage.copying import file_problems, sync_file
from app.storage.engine import DRIVER_ERRORS, make_engine
from app.storage.file_store import require_file
from app.storage.lock import DatabaseLock

_FOLDER = ".{0}.restoring-"
_JOURNALS = ("-journal", "-wal", "-shm")
_KEYS_LARGEST = 1_000_000


def require_backup(backup: Path) -> None:
    """Refuse what cannot be a backup before it is read: a link, a folder, a device, an empty or plain file, no keys.

    Raises StorageFault.
    """
    try:
        if not backup.exists() and not backup.is_symlink():
            raise StorageFault("backup_missing", file=str(backup))
        for path in (backup, *key_file.paths(backup)):
            if path.is_symlink() or (path.exists() and not path.is_file()):
                raise StorageFault("backup_no_file", file=path.name)
    except (OSError, ValueError) as error:
        raise StorageFault("database_unreadable", file=backup.name) from error
    with naming(backup):
        require_file(backup)


@contextlib.contextmanager
def naming(backup: Path) -> Iterator[None]:
    """Word what is wrong with a copy as being wrong with the backup it was made of."""
    words = {
        "database_damaged": "backup_damaged", "key_file_missing": "backup_keys_missing",
        "key_file_damaged": "backup_keys_damaged", "database_empty": "backup_damaged",
    }  # fmt: skip
    try:
        yield
    except StorageFault as fault:
        rest = {**fault.params, "file": backup.name}
        raise StorageFault(words.get(fault.code, fault.code), **rest) from fault


@contextlib.contextmanager
def fetched(backup: Path, database: Path) -> Iterator[Path]:
    """A private copy of the backup and its keys beside the database, gone afterwards unless it took its place."""
    require_backup(backup)
    if not database.parent.is_dir():
        raise StorageFault("folder_missing", folder=str(database.parent))
    try:
        folder = Path(tempfile.mkdtemp(prefix=_FOLDER.format(database.name), dir=database.parent))
    except OSError as error:
        raise StorageFault("folder_not_writable", reason=disk_reason(error)) from error
    try:
        copy = folder / database.name
        try:
            if shutil.disk_usage(folder).free < backup.stat().st_size:
                raise StorageFault("restore_failed", reason="disken är full")
            copy_own(backup, copy)
            for source, target in zip(key_file.paths(backup), key_file.paths(copy), strict=True):
                if source.exists() and source.stat().st_size <= _KEYS_LARGEST:
                    copy_own(source, target)
        except OSError as error:
            raise StorageFault("restore_failed", reason=disk_reason(error)) from error
        yield copy
    finally:
        if not _decided(database, folder):
            shutil.rmtree(folder, ignore_errors=True)


def prove(copy: Path, key: bytes) -> int:
    """The schema number of a copy that is whole, of this program's making, and not of a later version.

    Raises StorageFault ("database_damaged", "database_foreign", "database_newer", "database_hostile").
    """
    if file_problems(copy, key):
        raise StorageFault("database_damaged", file=copy.name)
    engine = make_engine(copy, key, read_only=True)
    try:
        schema = migrate.stored_schema(engine)
    except DRIVER_ERRORS as error:
        raise StorageFault("database_damaged", file=copy.name) from error
    finally:
        engine.dispose()
    if schema == 0:
        raise StorageFault("database_foreign", file=copy.name)
    if schema > migrate.SCHEMA:
        raise StorageFault("database_newer", file=copy.name)
    parts.require_own_parts(copy, key, schema=schema)
    return schema


def decide(database: Path, copy: Path, *, at: dt.datetime) -> Path:
    """Decide that `copy` takes the database's place; the path under which what is there now will be kept."""
    try:
        for path in (copy, *key_file.paths(copy)):
            sync_file(path)
        sync_folder(copy.parent)
        keeps = _free(database, at)
        mark = json.dumps({"from": copy.parent.name, "keeps": keeps.name})
        write_whole(restore_mark(database), mark.encode())
    except OSError as error:
        raise StorageFault("restore_failed", reason=disk_reason(error)) from error
    return keeps


def finish(database: Path) -> None:
    """Bring a decided restore to its end; calling it again, or with nothing decided, does nothing.

    Whoever calls it holds the database's lock. Raises StorageFault("restore_failed").
    """
    mark = restore_mark(database)
    try:
        if not mark.exists():
            return
        folder, keeps = _read(database, mark)
        for suffix in _JOURNALS:  # what belongs to the old file must not be played into the new one
            _keep(database.with_name(database.name + suffix), keeps.with_name(keeps.name + suffix))
        copy = folder / database.name
        for source, target, kept in zip(
            (*key_file.paths(copy), copy), (*key_file.paths(database), database), (*key_file.paths(keeps), keeps),
            strict=True,
        ):  # fmt: skip
            if source.exists():
                _keep(target, kept)
                source.replace(target)
        sync_folder(database.parent)
        mark.unlink()
        sync_folder(database.parent)
        shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise StorageFault("restore_failed", reason=disk_reason(error)) from error


def finish_if_decided(database: Path, *, wait: float) -> None:
    """Do what a killed process had decided; raises StorageFault("database_in_use") while another is at it."""
    if not restore_mark(database).is_file():
        return
    lock = DatabaseLock(database)
    lock.take(wait=wait, what="Teamforum")
    try:
        finish(database)
    finally:
        lock.release()


def sweep(database: Path) -> None:
    """Take away what killed processes fetched and never decided on; whoever calls it holds the database's lock."""
    with contextlib.suppress(OSError):
        for folder in database.parent.iterdir():
            named = folder.name.startswith(_FOLDER.format(database.name))
            if named and folder.is_dir() and not folder.is_symlink() and not _decided(database, folder):
                shutil.rmtree(folder, ignore_errors=True)
        for half in leftovers(restore_mark(database)):
            half.unlink(missing_ok=True)


def _keep(path: Path, kept: Path) -> None:
    """Give what was there its new name, once: what bears it already came there before a kill."""
    if path.exists() and not kept.exists():
        path.replace(kept)


def _free(database: Path, at: dt.datetime) -> Path:
    names = (
        f"{database.stem}-ersatt-{at:%Y%m%d-%H%M%S}{'' if number == 1 else f'-{number}'}{database.suffix}"
        for number in count(1)
    )
    found = (database.with_name(name) for name in names)
    return next(path for path in found if not any(one.exists() for one in (path, *key_file.paths(path))))


def _decided(database: Path, folder: Path) -> bool:
    try:
        return _read(database, restore_mark(database))[0] == folder
    except (OSError, StorageFault):
        return False


def _read(database: Path, mark: Path) -> tuple[Path, Path]:
    """The folder with the new files, and the name for the old: both beside the database, whatever the mark says."""
    try:
        found = json.loads(mark.read_bytes())
        folder, keeps = str(found["from"]), str(found["keeps"])
    except (ValueError, KeyError, TypeError) as error:
        raise StorageFault("restore_failed", reason=mark.name) from error
    inside = all(Path(name).name == name and name not in ("", ".", "..") for name in (folder, keeps))
    if not inside or not folder.startswith(_FOLDER.format(database.name)):
        raise StorageFault("restore_failed", reason=mark.name)
    return database.with_name(folder), database.with_name(keeps)
