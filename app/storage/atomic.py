"""Writing a file whole or not at all: beside the target, synced, then renamed over it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

OWN_FILE, OWN_FOLDER = 0o600, 0o700
"""What we make is read and written by its owner alone, on systems that tell users apart in this way."""


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a crash leaves the old content or the new, never something between."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    with contextlib.suppress(OSError):  # it is there, whole; an error now would tell of something that did not happen
        sync_folder(path.parent)


def make_own(path: Path) -> None:
    """Make an empty file of its owner's alone, unless there is one. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, OWN_FILE))


def copy_own(source: Path, target: Path) -> None:
    """Copy the bytes of a file into one of its owner's alone, whoever may read the source. Raises OSError."""
    make_own(target)
    shutil.copyfile(source, target)
    keep_own(target)


def keep_own(path: Path) -> None:
    """Let the owner alone read and write a file that is there. Raises OSError."""
    if os.name == "posix":
        path.chmod(OWN_FILE)


def leftovers(path: Path) -> list[Path]:
    """What processes that were killed in `write_whole` left beside `path`; nobody may be writing it meanwhile."""
    start = f".{path.name}."
    return [found for found in path.parent.iterdir() if found.name.startswith(start)]


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` last over a power cut, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
