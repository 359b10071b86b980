"""The day's own backup: begun a little after log-in, on a worker of its own, so that it delays nobody."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import KnownError
from app.domain.wording import wording
from app.services.backups import Round, back_up_daily
from app.ui.operations import Runner
from app.ui.workplace import Workplace

PAUSE_MS = 4000
"""The first page is read and drawn first."""


class DailyBackup(QObject):
    """One round for one person's log-in; what has to be told is told in the bar."""

    def __init__(self, place: Workplace, runner: Runner) -> None:
        super().__init__(place)
        self._place, self._runner = place, runner

    def begin_soon(self) -> None:
        """Begin when the window has come to rest."""
        QTimer.singleShot(PAUSE_MS, self, self.begin)

    def begin(self) -> None:
        """Make the backup if it is due."""
        if not self._place.closed:
            desk = self._place.desk
            self._runner.start(lambda: back_up_daily(desk), done=self._done, failed=self._failed)

    def _done(self, result: object) -> None:
        if self._place.closed or not isinstance(result, Round):
            return
        if result.trouble is not None:
            self._place.troubled.emit(wording(result.trouble))
        if result.made is not None:
            self._place.changed.emit("backups")

    def _failed(self, error: Exception) -> None:
        if not (self._place.closed and isinstance(error, KnownError)):  # the window was locked meanwhile
            self._place.report(error)
