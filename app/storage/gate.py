"""Who may use the open file: any number of gestures at a time, or the one change that puts another in its place."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.errors import StorageFault


class Gate:
    """Lets gestures in while nobody has it alone; it never waits with newcomers, so a nested gesture cannot hang."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._shut = False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be one of many; waits until a change in progress is over."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self, *, wait: float) -> Iterator[None]:
        """Be the only one; raises StorageFault("database_busy") when others stay inside for `wait` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._shut and self._inside == 0, timeout=wait):
                raise StorageFault("database_busy")
            self._shut = True
        try:
            yield
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()
