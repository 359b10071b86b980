"""Who may use the open file: any number of gestures at a time, or the one change that puts another in its place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.domain.errors import StorageFault


class Gate:
    """Lets gestures in while nobody has it alone; it never waits with newcomers, so a nested gesture cannot hang."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._shut = False
        self._keeper: int | None = None
        self._ending: Callable[[], object] | None = None
        self._ended = False

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be one of many; waits until a change in progress is over. Raises StorageFault once it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            if self._ended or not self.open_here:
                raise StorageFault("database_closed")
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()
            self._finish()

    @property
    def open_here(self) -> bool:
        """Whether this thread may go on: all may until one has it kept for itself."""
        return self._keeper in (None, threading.get_ident())

    def keep(self, *, wait: float) -> bool:
        """Let in this thread alone from now on, after `wait` seconds for the others; whether all of them have left."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            left = self._changed.wait_for(lambda: self._inside == 0, timeout=wait)
            self._keeper = threading.get_ident()
            return left

    def emptied(self, *, wait: float) -> bool:
        """Whether everybody has left within `wait` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._inside == 0, timeout=wait)

    def end(self, then: Callable[[], object]) -> None:
        """Let nobody in any more; the last one to leave does `then`, once."""
        with self._changed:
            self._changed.wait_for(lambda: not self._shut)
            if self._ended:
                return
            self._ended, self._ending = True, then
        self._finish()

    def _finish(self) -> None:
        with self._changed:
            if self._inside or self._ending is None:
                return
            then, self._ending = self._ending, None
        then()

    @contextmanager
    def alone(self, *, wait: float) -> Iterator[None]:
        """Be the only one; raises StorageFault("database_busy") when others stay inside for `wait` seconds."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._shut and self._inside == 0, timeout=wait):
                raise StorageFault("database_busy")
            if self._ended:
                raise StorageFault("database_closed")
            self._shut = True
        try:
            yield
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()
