"""Backups: a whole encrypted copy with its key file, counted as a backup only after it was opened and checked."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
from pathlib import Path

from app.domain.errors import StorageFault
from app.storage import key_file
from app.storage.atomic import sync_folder
from app.storage.engine import DRIVER_ERRORS, raw_connection

FOLDER_SUFFIX = ".backups"


def backup_folder(database: Path) -> Path:
    """Where the automatic backups of a database lie: a folder beside it."""
    return database.with_name(database.name + FOLDER_SUFFIX)


def make_backup(database: Path, key: bytes, *, folder: Path, at: dt.datetime, why: str) -> Path:
    """Copy the database into `folder` through SQLite's own copying, verify the copy, and return its path.

    Raises StorageFault("backup_failed") and leaves no half copy behind.
    """
    name = f"{database.stem}-{at:%Y%m%d-%H%M%S}-{why}.tfdb"
    target = folder / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(database, key, target)
        for source, copy in zip(key_file.paths(database), key_file.paths(target), strict=True):
            shutil.copyfile(source, copy)
        sync_folder(folder)
    except (OSError, *DRIVER_ERRORS) as error:
        _discard(target)
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageFault("backup_failed", reason=reason) from error
    except StorageFault:
        _discard(target)
        raise
    if problems := file_problems(target, key):
        _discard(target)
        raise StorageFault("backup_failed", reason=problems[0])
    return target


def _discard(target: Path) -> None:
    for path in (target, *key_file.paths(target)):
        with contextlib.suppress(OSError):  # the fault that made it useless is told already
            path.unlink(missing_ok=True)


def _copy(database: Path, key: bytes, target: Path) -> None:
    source = raw_connection(database, key, read_only=True)
    try:
        copy = raw_connection(target, key, create=True)
        try:
            source.backup(copy)
        finally:
            copy.close()
    finally:
        source.close()
    handle = os.open(target, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_problems(database: Path, key: bytes) -> list[str]:
    """What the cipher's seals, the structure and the references say is wrong; empty when all is well. Reads only."""
    connection = raw_connection(database, key, read_only=True)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if found:
            return found
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        if found != ["ok"]:
            return found
        return [f"foreign key: {row[0]} {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except DRIVER_ERRORS as error:
        return [str(error)]
    finally:
        connection.close()
