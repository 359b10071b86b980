"""One step of a follow-up: a line that says how far it has come, and what is written in it under that when opened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from app.domain.review import ReviewStep, StepState
from app.ui.icons import icon
from app.ui.theme import GRID, ROW_HEIGHT, SMALL_POINTS, Theme, font
from app.ui.widgets.controls import as_plain, column

_ICON = 18


class StepLine(QAbstractButton):
    """The step's name, and in small what there is; a tick where it is done, an arrow where it is next."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self._theme, self._title = theme, title
        self._words = ""
        self._mark = "circle"
        self._next = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.toggled.connect(lambda _: self._name())

    def show_state(self, state: StepState, *, is_next: bool) -> None:
        """Say how far the step has come."""
        self._mark = "circle-check" if state.done else "arrow-right" if is_next else "circle"
        self._next, self._words = is_next, state.words
        told = {True: self.tr("klart"), False: self.tr("inte klart"), None: ""}[state.done]
        self._told = self.tr("på tur") if is_next else told
        self._name()
        self.update()

    def _name(self) -> None:
        parts = (self._title, getattr(self, "_told", ""), self._words, self.tr("öppen") if self.isChecked() else "")
        self.setAccessibleName(", ".join(part for part in parts if part))

    def sizeHint(self) -> QSize:
        return QSize(240, ROW_HEIGHT + GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, ROW_HEIGHT + GRID)

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]  # a key event
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(1, 1, -1, -1)
        focused = self.hasFocus()
        if focused or self.underMouse():
            painter.setBrush(self._theme.color("hover"))
            painter.setPen(QPen(self._theme.color("accent"), 2) if focused else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(area, 5, 5)
        role = "ok" if self._mark == "circle-check" else "accent" if self._next else "muted"
        icon(self._mark, color=self._theme.color(role)).paint(
            painter, area.left() + 4, area.top() + (area.height() - _ICON) // 2, _ICON, _ICON
        )
        left, right = area.left() + _ICON + 12, area.right() - _ICON - 6
        turned = icon("chevron-down" if self.isChecked() else "chevron-right", color=self._theme.color("muted"))
        turned.paint(painter, right + 2, area.top() + (area.height() - _ICON) // 2, _ICON, _ICON)
        half = area.height() // 2
        self._draw(painter, self._title, font(semibold=True), "text", (left, area.top() + 2, right - left, half))
        colour = "accent" if self._next else "muted"
        shown = self._draw(
            painter, self._words, font(SMALL_POINTS), colour, (left, area.top() + half - 1, right - left, half)
        )
        self.setToolTip("" if shown else as_plain(self._words))
        painter.end()

    def _draw(
        self, painter: QPainter, text: str, letters: object, role: str, place: tuple[int, int, int, int]
    ) -> bool:  # fmt: skip
        """Draw a line, shortened where it has no room; whether it was shown whole."""
        painter.setFont(letters)  # type: ignore[arg-type]  # a font
        painter.setPen(self._theme.color(role))
        line = " ".join(text.split())
        elided = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, place[2])
        painter.drawText(*place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        return elided == line


class Fold(QFrame):
    """A step's line and its part; only the part of an open one is shown."""

    opened = Signal(object)
    """The step was opened by the person."""

    def __init__(self, theme: Theme, step: ReviewStep, part: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self.step, self.part = step, part
        self.line = StepLine(theme, step.label)
        self.line.clicked.connect(lambda _: self._turn())
        part.hide()
        inside = column(self.line, part, space=4)
        inside.setContentsMargins(4, 4, 4, 4)
        self.setLayout(inside)

    @property
    def is_open(self) -> bool:
        """Whether its part is shown."""
        return self.line.isChecked()

    def set_open(self, shown: bool) -> None:
        """Open or close it."""
        self.line.setChecked(shown)
        self.part.setVisible(shown)

    def _turn(self) -> None:
        self.set_open(self.line.isChecked())
        if self.is_open:
            self.opened.emit(self.step)
