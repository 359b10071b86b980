"""Automatic backups that have to go: found by the time in their names, removed with their key files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from pathlib import Path

from app.domain.errors import StorageFault
from app.storage import key_file
from app.storage.atomic import sync_folder

_MADE = re.compile(r".+-(?P<made>\d{8}-\d{6})-(?P<why>[a-z-]+?)(?:-\d+)?\.tfdb")
_ASKED_FOR = "manual"


def made_until(folder: Path, made: dt.datetime) -> tuple[Path, ...]:
    """The backups in a database's usual folder that nobody asked for, made no later than `made`, oldest first."""
    found = []
    for path in sorted(folder.glob("*.tfdb")) if folder.is_dir() else ():
        match = _MADE.fullmatch(path.name)
        if match is None or match["why"] == _ASKED_FOR:
            continue
        if dt.datetime.strptime(match["made"], "%Y%m%d-%H%M%S") <= made:  # noqa: DTZ007 - a wall clock, as in the name
            found.append(path)
    return tuple(found)


def discard(backups: Collection[Path]) -> None:
    """Remove each backup, its keys last: a copy that is left without them could not be told from a damaged one."""
    try:
        for path in backups:
            for part in (path, *key_file.paths(path)):
                part.unlink(missing_ok=True)
        for folder in {path.parent for path in backups}:
            sync_folder(folder)
    except OSError as error:
        raise StorageFault("backup_not_removed", reason=error.strerror or "") from error
