"""Backups that have to go: found by the time in their names and the database they are of, removed whole."""

from __future__ import annotations

import datetime as dt
import glob
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.storage import key_file
from app.storage.atomic import sync_folder

_MADE = re.compile(r".+-(?P<made>\d{8}-\d{6})-[a-z]+(?:-[a-z]+)*(?:-\d+)?\.tfdb", re.DOTALL)


def made_until(folders: Iterable[Path], *, database: str, made: dt.datetime) -> tuple[Path, ...]:
    """The backups in the folders of the database with that identity, made no later than `made`; oldest first.

    A folder that is not there now has none. Files that are somebody else's, or that nobody can tell whose, are let be.
    """
    found = []
    for folder in folders:
        for path in folder.glob("*.tfdb") if folder.is_dir() else ():
            match = _MADE.fullmatch(path.name)
            if match is not None and _of(path, database):
                at = dt.datetime.strptime(match["made"], "%Y%m%d-%H%M%S")  # noqa: DTZ007 - a wall clock, as in the name
                if at <= made:
                    found.append((at, path))
    return tuple(path for _, path in sorted(found))


def _of(path: Path, database: str) -> bool:
    try:
        return key_file.read(path)[0].database == database
    except (OSError, StorageFault):
        return False


def discard(backups: Collection[Path]) -> None:
    """Remove each backup with all that lies beside it under its name: keys, receipt, journal.

    The copy goes first: keys without one hold nothing. Raises StorageFault("backup_not_removed").
    """
    try:
        for path in backups:
            path.unlink(missing_ok=True)
            for beside in path.parent.glob(glob.escape(path.name) + "*"):
                beside.unlink(missing_ok=True)
        for folder in {path.parent for path in backups}:
            sync_folder(folder)
    except OSError as error:
        raise StorageFault("backup_not_removed", reason=disk_reason(error)) from error
