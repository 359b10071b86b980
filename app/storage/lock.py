"""One program at a time on one database file: an operating-system lock, with a note of who holds it."""

from __future__ import annotations

import contextlib
import json
import os
import socket
from pathlib import Path

from filelock import FileLock, Timeout

from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.storage.atomic import OWN_FILE, make_own


class DatabaseLock:
    """Holds the database file for this process; a lock left by a dead process is taken over by itself."""

    def __init__(self, database: Path) -> None:
        self._lock = FileLock(str(database.with_name(database.name + ".lock")), mode=OWN_FILE, thread_local=False)
        self._owner = database.with_name(database.name + ".lock-owner")
        self.was_left = False
        """Whether the program that had the file before was cut off: it had no time to take its note away."""

    def take(self, *, wait: float, what: str) -> None:
        """Take the lock within `wait` seconds; raises StorageFault("database_in_use") that names the holder."""
        try:
            self._lock.acquire(timeout=wait, poll_interval=0.1)
        except Timeout as error:
            raise StorageFault("database_in_use", holder=self._holder()) from error
        except OSError as error:
            raise StorageFault("folder_not_writable", reason=disk_reason(error)) from error
        self.was_left = self._owner.exists()
        note = json.dumps({"process": os.getpid(), "workstation": socket.gethostname(), "what": what})
        try:
            make_own(self._owner)
            self._owner.write_text(note, encoding="utf-8")
        except OSError as error:
            self._lock.release()
            raise StorageFault("folder_not_writable", reason=disk_reason(error)) from error

    def release(self) -> None:
        """Give the file back; calling it again does nothing."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):  # a note left behind says less than a lock that is never given back
                self._owner.unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> str:
        try:
            note = json.loads(self._owner.read_text(encoding="utf-8"))
            return f"{note['what']} på {note['workstation']} (process {note['process']})"
        except (OSError, ValueError, KeyError, TypeError):
            return "ett annat fönster"
