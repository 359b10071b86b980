"""How the walk through the window goes: to a page, and until everything there has been read and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.ui.frame import Frame
    from app.ui.shell import MainWindow

Stop = tuple[str, QWidget]
"""A name, and the widget to look at."""


def settle_down() -> None:
    """Let everything that waits to be drawn or told be done."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def go(window: MainWindow, frame: Frame, page: str, key: str = "") -> None:
    """Go to a page and wait until it stands there."""
    frame.visit(page, key)
    window.runner.wait()
    window.aside.wait()
    settle_down()
