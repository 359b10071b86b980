"""The toolkit's application object: Swedish, in our type and colours, before anything heavy is loaded."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from app.ui.collecting import Collector
from app.ui.marks import Marks
from app.ui.theme import Theme, load_fonts


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
    Collector(app)
    return app


def system_theme(app: QApplication) -> Theme:
    """Light or dark, as the system asks."""
    return Theme(dark=app.styleHints().colorScheme() is Qt.ColorScheme.Dark)
