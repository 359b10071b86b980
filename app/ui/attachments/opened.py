"""Copies of files that other programs show: in a private folder of their own, and gone when the window locks.

The name of a copy says only `bilaga-1`. A copy is written over with zeroes before it is removed, which an ordinary disk
obeys; a flash disk or a file system that keeps old versions may still have it somewhere (docs/security.md).
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer

from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.faultlog import note_fault

_OWN_FOLDER, _OWN_FILE, _READ_ONLY = 0o700, 0o600, 0o400
_AGAIN_MS = 3000
_BLOCK = 1 << 20


class OpenedFiles(QObject):
    """The copies of one logged-in person; what another program still holds is tried again until it is gone."""

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._number = 0
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.wipe)

    @property
    def folder(self) -> Path | None:
        """Where the copies lie, while there are any."""
        return self._folder

    def put(self, data: bytes, *, ending: str) -> Path:
        """Write a copy that can only be read, for another program to show. Raises StorageFault."""
        try:
            folder = self._own_folder()
            self._number += 1
            path = folder / f"bilaga-{self._number}.{ending}"
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN_FILE)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            path.chmod(_READ_ONLY)
        except OSError as error:
            raise StorageFault("file_not_written", file="", reason=disk_reason(error)) from error
        return path

    def _own_folder(self) -> Path:
        if self._folder is None:
            self._root.mkdir(mode=_OWN_FOLDER, parents=True, exist_ok=True)
            folder = self._root / secrets.token_hex(8)
            folder.mkdir(mode=_OWN_FOLDER)
            self._lock = QLockFile(str(_lock_of(folder)))
            self._lock.setStaleLockTime(0)
            self._lock.tryLock(0)
            self._folder = folder
        return self._folder

    def wipe(self) -> bool:
        """Remove every copy; False while another program holds one of them, which is then tried again."""
        if self._folder is None:
            return True
        if not wiped(self._folder):
            self._again.start()
            return False
        self._again.stop()
        if self._lock is not None:
            self._lock.unlock()
        self._folder = self._lock = None
        return True


def wipe_left_behind(root: Path) -> int:
    """Remove what a program that was cut off left there; how many such folders there were."""
    found = 0
    try:
        left = [path for path in root.iterdir() if path.is_dir() and not path.is_symlink()] if root.is_dir() else []
    except OSError as error:
        note_fault(error)
        return 0
    for folder in left:
        lock = QLockFile(str(_lock_of(folder)))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0):
            continue  # another window of this person's is at work
        found += wiped(folder)
        lock.unlock()
    return found


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def wiped(folder: Path) -> bool:
    """Write over every copy in the folder and remove it; whether all of them are gone."""
    whole = True
    for path in folder.iterdir():
        try:
            if path.is_file() and not path.is_symlink():
                _write_over(path)
            path.unlink()
        except OSError:
            whole = False
    if whole:
        shutil.rmtree(folder, ignore_errors=True)
    return whole and not folder.exists()


def _write_over(path: Path) -> None:
    path.chmod(_OWN_FILE)
    left = path.stat().st_size
    with path.open("r+b") as file:
        while left > 0:
            left -= file.write(b"\0" * min(left, _BLOCK))
        file.flush()
        os.fsync(file.fileno())
