"""Listening for what other workstations change on a server, in a thread of its own; told by the server, never asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import psycopg

from app.domain.changes import EVERYTHING
from app.domain.errors import AccessDenied, KnownError
from app.faultlog import note_fault

CHANNEL = "teamforum_changes"
_STOP_SECONDS = 0.5
"""How often the thread looks whether it is to stop; the server is not asked anything meanwhile."""
_WAITS = (0.5, 1.0, 2.0, 5.0)


class Follower:
    """Calls `on_change` with the tables somebody else changed, and `on_contact` when the server is lost or back."""

    def __init__(
        self, connect: Callable[[], psycopg.Connection[Any]], *, own: str,
        on_change: Callable[[frozenset[str]], object], on_contact: Callable[[bool], object],
    ) -> None:  # fmt: skip
        self._connect = connect
        self._own = own
        self._on_change = on_change
        self._on_contact = on_contact
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop listening; nothing is told after this. The thread ends by itself: a window that locks cannot wait."""
        self._stopped.set()

    def _run(self) -> None:
        failed, listened = 0, False
        while not self._stopped.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    if failed > 1 and not self._stopped.is_set():
                        self._on_contact(True)
                    if listened and not self._stopped.is_set():  # what was told meanwhile, nobody knows
                        self._on_change(EVERYTHING)
                    failed, listened = 0, True
                    self._listen(connection)
            except AccessDenied:  # she has no key any more: her next gesture tells her
                return
            except (psycopg.Error, KnownError):  # a known one: the store was closed meanwhile
                failed += 1
                if failed == 1:  # one connection broke: a new one at once, before anybody is told
                    continue
                if failed == 2 and not self._stopped.is_set():
                    self._on_contact(False)
                self._stopped.wait(_WAITS[min(failed - 2, len(_WAITS) - 1)])
            except Exception as error:  # noqa: BLE001 - a bug in a listener must not end the listening unseen
                note_fault(error)
                self._stopped.wait(_WAITS[-1])

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        while not self._stopped.is_set():
            for heard in connection.notifies(timeout=_STOP_SECONDS):
                tables = self._told(heard.payload)
                if tables and not self._stopped.is_set():
                    self._on_change(tables)

    def _told(self, payload: str) -> frozenset[str]:
        """The tables somebody else changed; whatever cannot be read may be any of them, and nobody goes deaf by it."""
        try:
            told = json.loads(payload)
            if told["by"] == self._own:
                return frozenset()
            return frozenset(str(table) for table in told["tables"])
        except (ValueError, TypeError, KeyError, RecursionError):
            return EVERYTHING
