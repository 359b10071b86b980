"""Failed log-ins, counted beside the database, which cannot be opened without a password; they only slow down."""

from __future__ import annotations

import json
import time
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from app.storage.atomic import write_whole

FREE_TRIES = 3
LONGEST_WAIT = 60
REMEMBERED_SECONDS = 24 * 3600
"""What the log tells already is counted so long after the latest try, and then from the beginning."""


class _Tries(NamedTuple):
    """The failures of one user name, the time of the latest, and how many of them the log tells."""

    failures: int
    at: float
    entered: int = 0


class Attempts:
    """The failed tries since the last log-in, per user name, and how long the next one has to wait."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".attempts")

    def wait(self, user: str) -> int:
        """Seconds until `user` may try again: 0 for the first three tries, then 1, 2, 4 … up to a minute.

        Where the clock was moved back since the latest try, the wait begins anew from now: it is neither over at once
        nor as long as the clock lies behind.
        """
        entries = self._read()
        tries = entries.get(user, _Tries(0, 0.0))
        if tries.failures < FREE_TRIES:
            return 0
        now = time.time()
        if now < tries.at:
            tries = tries._replace(at=now)
            self._write({**entries, user: tries})
        return pause_after(tries.failures, since=now - tries.at)

    def failed(self, user: str) -> None:
        """Count one more failure."""
        entries = self._read()
        tries = entries.get(user, _Tries(0, 0.0))
        self._write({**entries, user: tries._replace(failures=tries.failures + 1, at=time.time())})

    def take(self, store: object, *, proved: Collection[str]) -> dict[str, int]:  # noqa: ARG002 - a server's are taken through the open store
        """The failures per user name that the log does not tell yet.

        Counting starts over for the user names in `proved`, whose password was given, and for nobody else.
        """
        entries, since = self._read(), time.time() - REMEMBERED_SECONDS
        found = {user: one.failures - one.entered for user, one in entries.items() if one.failures > one.entered}
        left = {
            user: one._replace(entered=one.failures)
            for user, one in entries.items()
            if user not in proved and (user in found or one.at > since)
        }
        if left != entries:
            self._write(left)
        return found

    def _read(self) -> dict[str, _Tries]:
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(user): _tries(*row) for user, row in raw.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, entries: dict[str, _Tries]) -> None:
        write_whole(self._path, json.dumps(entries, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _tries(failures: object, at: object, entered: object = 0) -> _Tries:
    return _Tries(int(str(failures)), float(str(at)), int(str(entered)))


def pause_after(tries: int, *, since: float) -> int:
    """Seconds left to wait after so many failed tries, the latest of them `since` seconds ago."""
    if tries < FREE_TRIES:
        return 0
    pause = min(LONGEST_WAIT, 1 << min(tries - FREE_TRIES, LONGEST_WAIT))
    return int(max(0, min(pause, pause - since + 0.999)))
