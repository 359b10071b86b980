"""Failed log-ins, counted beside the database, which cannot be opened without a password; they only slow down."""

from __future__ import annotations

import json
import time
from pathlib import Path

from app.storage.atomic import write_whole

FREE_TRIES = 3
LONGEST_WAIT = 60


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
        tries, at = entries.get(user, (0, 0.0))
        if tries < FREE_TRIES:
            return 0
        now = time.time()
        if now < at:
            at = now
            self._write({**entries, user: (tries, at)})
        return pause_after(tries, since=now - at)

    def failed(self, user: str) -> None:
        """Count one more failure."""
        entries = self._read()
        tries = entries.get(user, (0, 0.0))[0] + 1
        self._write({**entries, user: (tries, time.time())})

    def take(self, store: object) -> dict[str, int]:  # noqa: ARG002 - a server's are taken through the open store
        """The failures per user name; counting starts over."""
        entries = self._read()
        if entries:
            self._write({})
        return {user: tries for user, (tries, _) in entries.items()}

    def _read(self) -> dict[str, tuple[int, float]]:
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(user): (int(tries), float(at)) for user, (tries, at) in raw.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def _write(self, entries: dict[str, tuple[int, float]]) -> None:
        write_whole(self._path, json.dumps(entries, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def pause_after(tries: int, *, since: float) -> int:
    """Seconds left to wait after so many failed tries, the latest of them `since` seconds ago."""
    if tries < FREE_TRIES:
        return 0
    pause = min(LONGEST_WAIT, 1 << min(tries - FREE_TRIES, LONGEST_WAIT))
    return int(max(0, min(pause, pause - since + 0.999)))
