"""Garbage collection on the GUI thread alone.

Objects that point at each other are freed by Python's collector, which runs in whatever thread happens to fill its
measure. Were that the worker, and were there a widget among them, Qt's lock and Python's would wait for each other and
the window stand still for ever. So where there is a window nothing is collected by itself, but here, every second.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 1000
_left_alone = False


class Collector(QObject):
    """Collects what nobody reaches any more, in the thread it was made in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collect what Python by its own measure would have collected by now."""
        youngest, middle, oldest = (
            count > measure for count, measure in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if youngest:
            gc.collect(2 if oldest else 1 if middle else 0)


def leave_the_program_alone() -> None:
    """Look no more through what is loaded by now, which stays: later collections are short. The first time only."""
    global _left_alone  # noqa: PLW0603 - asking gc whether it was done counts every object one by one
    if not _left_alone:
        gc.freeze()
        _left_alone = True
