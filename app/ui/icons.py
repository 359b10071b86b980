"""Icons of one set, drawn in the text colour of their place."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from app.paths import resource

_SIZES = (20, 40)


def icon(name: str, *, color: QColor | None = None) -> QIcon:
    """The icon `name` of `resources/icons`, in `color` or the colour of button text."""
    wanted = color or QApplication.palette().color(QPalette.ColorRole.ButtonText)
    return _drawn(name, wanted.name())


@cache
def _drawn(name: str, color: str) -> QIcon:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - the log-in page is painted before any icon is drawn

    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    found = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        found.addPixmap(pixmap)
    return found
