"""A few values over time as a small line, the same in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme import Theme
from app.ui.widgets.controls import as_plain

_HEIGHT = 30
_WIDTH = 132
_EDGE = 5.0
_DOT = 2.6
_FEWEST = 2
"""One value is no line."""


class Sparkline(QWidget):
    """Values from the oldest to the newest, the newest marked; dotted where `limits` lie between them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values: tuple[float, ...] = ()
        self._limits: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def show_values(self, values: Sequence[float], *, limits: Sequence[float] = (), words: str = "") -> None:
        """Draw these; `words` say the same."""
        self._values, self._limits = tuple(values), tuple(limits)
        self.setAccessibleName(words)
        self.setToolTip(as_plain(words))
        self.setVisible(len(self._values) >= _FEWEST)
        self.update()

    def points(self) -> list[QPointF]:
        """Where each value stands."""
        step = (self.width() - 2 * _EDGE) / max(len(self._values) - 1, 1)
        return [QPointF(_EDGE + number * step, self._down(value)) for number, value in enumerate(self._values)]

    def _down(self, value: float) -> float:
        low, high = min(self._values), max(self._values)
        share = (value - low) / (high - low) if high > low else 0.5
        return self.height() - _EDGE - share * (self.height() - 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if len(self._values) < _FEWEST:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("edge"), 1, Qt.PenStyle.DotLine))
        for limit in self._limits:
            if min(self._values) < limit < max(self._values):
                down = self._down(limit)
                painter.drawLine(QPointF(0, down), QPointF(self.width(), down))
        points = self.points()
        painter.setPen(QPen(self._theme.color("muted"), 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        for number, point in enumerate(points):
            size = _DOT * 1.4 if number == len(points) - 1 else _DOT * 0.7
            painter.drawEllipse(point, size, size)
        painter.end()
