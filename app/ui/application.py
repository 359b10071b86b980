"""The first window: made, opened, and honest when something goes wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.domain.address import Address
from app.domain.errors import KnownError
from app.domain.wording import wording
from app.faultlog import catch_all
from app.paths import opened_files_dir
from app.ui.attachments.opened import wipe_left_behind
from app.ui.operations import Runner, ThreadRunner
from app.ui.shell import MainWindow
from app.ui.theme import Theme
from app.ui.toolkit import make_application, system_theme

if TYPE_CHECKING:
    from app.services.access import Surroundings


def make_window(
    database: Address,
    *,
    user: str,
    around: Callable[[], Surroundings],
    runner: Runner | None = None,
    dark: bool = False,
) -> MainWindow:
    """The main window, not shown yet: log-in when the database exists, else the first-run wizard."""
    app = make_application()
    theme = Theme(dark=True) if dark else system_theme(app)
    return MainWindow(database, user=user, around=around, runner=runner or ThreadRunner(app), theme=theme)


class FaultBell(QObject):
    """Carries a fault from whatever thread it arose on to the window, where it is said once and honestly."""

    rang = Signal(bool)
    """Something went wrong (True), or the person asked at the terminal to stop (False)."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.rang.connect(self._say)

    def ring(self, error: BaseException) -> None:
        """Tell of a fault that nothing else took; may be called on any thread."""
        if shiboken6.isValid(self):
            self.rang.emit(not isinstance(error, KeyboardInterrupt))

    @Slot(bool)
    def _say(self, fault: bool) -> None:
        if fault:
            self._window.show_fault(wording(KnownError("unexpected")))
        else:
            QCoreApplication.quit()


def open_window(database: Address, *, user: str, around: Callable[[], Surroundings]) -> int:
    """Open the window and run until it is closed; returns the exit status."""
    app = make_application()
    window = make_window(database, user=user, around=around)
    catch_all(FaultBell(window).ring)
    wipe_left_behind(opened_files_dir())
    window.show()
    return app.exec()
