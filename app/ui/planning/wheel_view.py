"""The drawn wheel in the window: the paper's own drawing in the window's colours; a press chooses a month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.swedish import MONTHS
from app.domain.year_wheel import WheelPaper
from app.ui.papers.pdf_pages import PdfPages
from app.ui.workplace import Workplace

if TYPE_CHECKING:
    from app.reports.wheel_drawing import Look

_POINTS = 464.0
_SMALLEST = 320
_PAUSE_MS = 60
_STEPS = {
    Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1,
}  # fmt: skip
Colour = tuple[float, float, float]


class WheelView(QWidget):
    """Drawn in the worker whenever it is another wheel, month or size."""

    month_chosen = Signal(int)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.paper: WheelPaper | None = None
        self.month = 1
        self.picture: QImage | None = None
        self._asked = 0
        self.setMinimumSize(_SMALLEST, _SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Årshjulet"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._draw)

    def show_wheel(self, paper: WheelPaper, *, month: int) -> None:
        """Show a wheel with a month framed."""
        self.paper, self.month = paper, month
        lines = [f"{name}: {', '.join(themes)}" for name, themes in zip(MONTHS, paper.months, strict=True) if themes]
        self.setAccessibleDescription(". ".join(lines))
        self._draw()

    def _side(self) -> int:
        return min(self.width(), self.height())

    def _draw(self) -> None:
        paper, month = self.paper, self.month
        if paper is None or self._side() < 1:
            return
        pixels = self._side() * self.devicePixelRatioF()
        color, dark = self.place.theme.color, self.place.theme.dark
        colors = tuple(_parts(color(role)) for role in ("text", "muted", "surface", "accent"))
        self._asked += 1
        number = self._asked

        def work(_: object) -> QImage:
            from app.reports.wheel_drawing import one_page  # noqa: PLC0415 - the PDF library is loaded when used

            pages = PdfPages(one_page(paper, size=_POINTS, look=_look(colors, dark=dark), chosen=month))
            made = pages.picture(0, pixels / _POINTS)
            pages.close()
            return made

        self.place.ask(self, work, lambda made: self._take(number, made))

    def _take(self, number: int, made: QImage) -> None:
        if number == self._asked:
            made.setDevicePixelRatio(self.devicePixelRatioF())
            self.picture = made
            self.update()

    def _area(self) -> QRect:
        side = self._side()
        return QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.picture is not None:
            painter.drawImage(self._area(), self.picture)
        if self.hasFocus():
            painter.setPen(QPen(self.place.theme.color("accent"), 2))
            painter.drawRect(self._area().adjusted(1, 1, -2, -2))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        from app.reports.wheel_drawing import month_at  # noqa: PLC0415 - loaded with the first drawing

        area, at = self._area(), event.position()
        month = month_at(at.x() - area.x(), at.y() - area.y(), size=area.width())
        if month is not None:
            self.month_chosen.emit(month)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.month_chosen.emit((self.month - 1 + step) % 12 + 1)


def _parts(color: QColor) -> Colour:
    return color.redF(), color.greenF(), color.blueF()


def _look(colors: Sequence[Colour], *, dark: bool) -> Look:
    """The wheel's colours: the window's own, and for the seasons those that lie under its text."""
    from app.reports.wheel_drawing import DARK, LIGHT, Look  # noqa: PLC0415 - loaded with the first drawing

    text, muted, surface, accent = colors
    return Look(
        ink=text, muted=muted, ground=surface, line=surface, chosen=accent, seasons=DARK if dark else LIGHT
    )  # fmt: skip
