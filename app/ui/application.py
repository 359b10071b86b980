"""The toolkit's application and the first window: Swedish, in our type and colours, before anything heavy is loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from app.domain.errors import KnownError
from app.domain.wording import wording
from app.faultlog import note_fault
from app.ui.marks import Marks
from app.ui.operations import Runner, ThreadRunner
from app.ui.shell import MainWindow
from app.ui.theme import Theme, load_fonts

if TYPE_CHECKING:
    from app.services.access import Surroundings


def make_application() -> QApplication:
    """The application object, once: Swedish toolkit texts, our font, the palette that the system asks for."""
    running = QApplication.instance()
    if isinstance(running, QApplication) and running.property("swedish"):
        return running
    QLocale.setDefault(QLocale("sv_SE"))
    app = running if isinstance(running, QApplication) else QApplication(["teamforum"])
    app.setProperty("swedish", True)
    app.setApplicationName("teamforum")
    app.setApplicationDisplayName("Teamforum")
    app.setStyle(Marks())
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale("sv_SE"), "qtbase", "_", folder):
        app.installTranslator(translator)
    load_fonts()
    system_theme(app).apply(app)
    return app


def system_theme(app: QApplication) -> Theme:
    """Light or dark, as the system asks."""
    return Theme(dark=app.styleHints().colorScheme() is Qt.ColorScheme.Dark)


def make_window(
    database: Path, *, user: str, around: Callable[[], Surroundings], runner: Runner | None = None, dark: bool = False
) -> MainWindow:
    """The main window, not shown yet: log-in when the database exists, else the first-run wizard."""
    app = make_application()
    theme = Theme(dark=True) if dark else system_theme(app)
    return MainWindow(database, user=user, around=around, runner=runner or ThreadRunner(app), theme=theme)


def open_window(database: Path, *, user: str, around: Callable[[], Surroundings]) -> int:
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
