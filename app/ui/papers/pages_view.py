"""The pages of a PDF under each other: drawn when they come into view, let go when they leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.ui.papers.pdf_pages import POINTS_PER_INCH
from app.ui.theme import GRID, Theme

_GAP = 2 * GRID
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
FIT = 0.0
"""As wide as the window."""
_WIDEST_FIT = 1.5
Render = Callable[[int, float], None]


class PagesView(QAbstractScrollArea):
    """Shows pages; `wanted` is called with a page and a scale when its picture is needed, `take` hands it over."""

    moved = Signal(int)
    """Another page is at the top now, counted from 0."""

    def __init__(self, theme: Theme, wanted: Render) -> None:
        super().__init__()
        self._theme, self._wanted = theme, wanted
        self._sizes: Sequence[tuple[float, float]] = ()
        self._pictures: dict[int, tuple[float, QImage]] = {}
        self._asked: set[tuple[int, float]] = set()
        self._zoom = FIT
        self._page = 0
        self.setAccessibleName(self.tr("Sidor"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    @property
    def page(self) -> int:
        """The page that is read now, counted from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """The size against paper on a usual screen: 1.0 is 100 %."""
        if self._zoom:
            return self._zoom
        widest = max((width for width, _ in self._sizes), default=595.0)
        room = self.viewport().width() - 2 * _GAP
        return min(max(room / (widest * self._inch), 0.2), _WIDEST_FIT)

    @property
    def _inch(self) -> float:
        return self.logicalDpiX() / POINTS_PER_INCH

    @property
    def _scale(self) -> float:
        """Picture pixels a point."""
        return round(self.zoom * self._inch * self.devicePixelRatioF(), 3)

    def show_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show a document with pages of these sizes, in points."""
        self._sizes = sizes
        self._forget()
        self._fit_bars()
        self.verticalScrollBar().setValue(0)
        self._scrolled()

    def take(self, number: int, scale: float, picture: QImage) -> None:
        """Hand over a picture that was wanted; one for another scale than now is thrown away."""
        self._asked.discard((number, scale))
        if scale == self._scale:
            self._pictures[number] = (scale, picture)
            self.viewport().update()

    def set_zoom(self, zoom: float) -> None:
        """Show larger or smaller, or `FIT`; the same place stays at the top."""
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self._zoom = zoom
        self._forget()
        self._fit_bars()
        bar.setValue(round(share * bar.maximum()))
        self.viewport().update()

    def step_zoom(self, steps: int) -> None:
        """Go to the next larger or smaller size."""
        now = self.zoom
        wanted = [one for one in ZOOMS if one > now + 0.01] if steps > 0 else [one for one in ZOOMS if one < now - 0.01]
        if wanted:
            self.set_zoom(wanted[0] if steps > 0 else wanted[-1])

    def go_to(self, number: int) -> None:
        """Put a page at the top."""
        if self._sizes:
            number = min(max(number, 0), len(self._sizes) - 1)
            self.verticalScrollBar().setValue(self._top(number) - _GAP // 2)
            self._mark(number)

    def _forget(self) -> None:
        self._pictures.clear()
        self._asked.clear()

    def _size(self, number: int) -> tuple[int, int]:
        width, height = self._sizes[number]
        of = self.zoom * self._inch
        return round(width * of), round(height * of)

    def _top(self, number: int) -> int:
        return _GAP + sum(self._size(before)[1] + _GAP for before in range(number))

    def _fit_bars(self) -> None:
        if not self._sizes:
            return
        height = self._top(len(self._sizes))
        width = max(self._size(number)[0] for number in range(len(self._sizes))) + 2 * _GAP
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(height - self.viewport().height(), 0))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(48)
        across.setRange(0, max(width - self.viewport().width(), 0))
        across.setPageStep(self.viewport().width())

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        top, number = _GAP, 0
        for number in range(len(self._sizes)):
            top += self._size(number)[1] + _GAP
            if top > middle:
                break
        self._mark(number)
        self.viewport().update()

    def _mark(self, number: int) -> None:
        if number != self._page or number == 0:
            self._page = number
            self.moved.emit(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._zoom:
            self._forget()
        self._fit_bars()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.color("surface"))
        seen = self.viewport().rect()
        top = _GAP - self.verticalScrollBar().value()
        shown = set()
        for number in range(len(self._sizes)):
            width, height = self._size(number)
            left = max((seen.width() - width) // 2, _GAP) - self.horizontalScrollBar().value()
            area = QRect(left, top, width, height)
            if area.intersects(seen):
                shown.add(number)
                self._draw(painter, number, area)
            elif area.top() > seen.bottom():
                break
            top += height + _GAP
        painter.end()
        self._let_go(shown)

    def _draw(self, painter: QPainter, number: int, area: QRect) -> None:
        held = self._pictures.get(number)
        if held is not None:
            painter.drawImage(QRectF(area), held[1])
        else:
            painter.fillRect(area, Qt.GlobalColor.white)
            wanted = (number, self._scale)
            if wanted not in self._asked:
                self._asked.add(wanted)
                self._wanted(*wanted)
        painter.setPen(self._theme.color("edge"))
        painter.drawRect(area.adjusted(-1, -1, 0, 0))

    def _let_go(self, shown: set[int]) -> None:
        """Keep only what is near: a year's minutes would not fit in memory as pictures."""
        near = {number + step for number in shown for step in (-1, 0, 1)}
        for number in [number for number in self._pictures if number not in near]:
            del self._pictures[number]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown:
            self.go_to(self._page + 1)
        elif event.key() == Qt.Key.Key_PageUp:
            self.go_to(self._page - 1)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)
