"""Whether a database may lie where it is asked for: the machine's own view of its disks, shares and copied folders."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from app.domain.errors import StorageFault
from app.domain.location import Mount, unsuitable

_MARKS = (
    ".dropbox", ".dropbox.cache", ".nextcloudsync.log", ".owncloudsync.log", ".sync-exclude.lst", ".stfolder",
    ".SynologyWorkingDirectory", ".seafile-data",
)  # fmt: skip
"""Files that programs which copy folders leave at the top of them, whatever the folder is called."""
_SYNCED_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_ROAMING_VARIABLES = ("APPDATA",)


def require_own_disk(path: Path) -> None:
    """Raise StorageFault when a database at `path` would lie on a share or in a folder that something copies."""
    mounts = read_mounts()
    _refuse_where_unsuitable(path, path, mounts)  # before anything is asked of a share that may not answer
    _refuse_where_unsuitable(path, path.absolute(), mounts)
    try:
        real = path.resolve()
    except (OSError, RuntimeError):  # a loop of links, or a disk that is gone: opening it says so
        return
    _refuse_where_unsuitable(path, real, mounts, synced=_marked(real))


def _refuse_where_unsuitable(
    asked: Path, meant: Path, mounts: tuple[Mount, ...], *, synced: tuple[str, ...] = ()
) -> None:
    roaming = _named(os.environ, _ROAMING_VARIABLES) if os.name == "nt" else ()
    copied = (*_named(os.environ, _SYNCED_VARIABLES), *synced)
    reason = unsuitable(meant, mounts=mounts, synced=copied, roaming=roaming)
    if reason is not None:
        raise StorageFault(reason.value, folder=str(asked.absolute().parent))


def read_mounts() -> tuple[Mount, ...]:
    """What the machine has mounted; nothing where it does not say."""
    import psutil  # noqa: PLC0415 - not before a database is opened

    try:
        found = psutil.disk_partitions(all=True)
    except (OSError, RuntimeError):
        return ()
    return tuple(Mount(one.mountpoint, one.fstype, one.opts) for one in found)


def _named(environment: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(environment[name] for name in names if environment.get(name))


def _marked(path: Path) -> tuple[str, ...]:
    """The folders above `path` that carry the mark of a program which copies them."""
    return tuple(str(folder) for folder in path.parents if any(_is_there(folder / mark) for mark in _MARKS))


def _is_there(mark: Path) -> bool:
    try:
        return mark.exists()
    except OSError:
        return False
