"""The first window: made, opened, and honest when something goes wrong in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING

from app.domain.address import Address
from app.domain.errors import KnownError
from app.domain.wording import wording
from app.faultlog import note_fault
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


def open_window(database: Address, *, user: str, around: Callable[[], Surroundings]) -> int:
    """Open the window and run until it is closed; returns the exit status."""
    app = make_application()
    window = make_window(database, user=user, around=around)

    def on_fault(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            app.quit()
            return
        note_fault(error)
        window.show_fault(wording(KnownError("unexpected")))

    sys.excepthook = on_fault
    window.show()
    return app.exec()
