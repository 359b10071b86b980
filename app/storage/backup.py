"""Backups: a whole encrypted copy with its key file, counted as a backup only after it was opened and checked."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from itertools import count
from pathlib import Path

from app.domain.errors import StorageFault
from app.domain.wording import COPY_DIFFERS, disk_reason
from app.storage import key_file
from app.storage.atomic import sync_folder
from app.storage.copying import copy_database, copy_problems
from app.storage.engine import DRIVER_ERRORS

FOLDER_SUFFIX = ".backups"


def backup_folder(database: Path) -> Path:
    """Where the automatic backups of a database lie: a folder beside it."""
    return database.with_name(database.name + FOLDER_SUFFIX)


def make_backup(database: Path, key: bytes, *, folder: Path, at: dt.datetime, why: str, log: bool = True) -> Path:
    """Copy the database into `folder` through SQLite's own copying, verify the copy, and return its path.

    `log` says whether the audit log is of a form that can be verified. Raises StorageFault("backup_failed") and leaves
    no half copy behind.
    """
    target = _free(folder, f"{database.stem}-{at:%Y%m%d-%H%M%S}-{why}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        counts = copy_database(database, key, target, target_key=key)
        for source, copy in zip(key_file.paths(database), key_file.paths(target), strict=True):
            shutil.copyfile(source, copy)
        sync_folder(folder)
    except (OSError, *DRIVER_ERRORS) as error:
        _discard(target)
        raise StorageFault("backup_failed", reason=disk_reason(error)) from error
    except StorageFault:
        _discard(target)
        raise
    if copy_problems(target, key, counts=counts, source=database, source_key=key, log=log):
        _discard(target)
        raise StorageFault("backup_failed", reason=COPY_DIFFERS)
    return target


def _free(folder: Path, name: str) -> Path:
    """A name nobody has, so that a backup of the same second is not written over."""
    taken = (folder / f"{name}{'' if number == 1 else f'-{number}'}.tfdb" for number in count(1))
    return next(path for path in taken if not any(p.exists() for p in (path, *key_file.paths(path))))


def _discard(target: Path) -> None:
    for path in (target, *key_file.paths(target)):
        with contextlib.suppress(OSError):  # the fault that made it useless is told already
            path.unlink(missing_ok=True)
