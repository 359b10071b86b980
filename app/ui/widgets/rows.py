"""Rows that are pressed to open what they show: a meeting with its time and colour, or a line with a mark."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.domain.meetings import MeetingRow
from app.domain.swedish import clock
from app.ui.theme import GRID, SMALL_POINTS, Theme, font, hue_of
from app.ui.widgets.controls import as_plain

_STRIPE = 5
_TIME_WIDTH = 64


class OpenRow(QAbstractButton):
    """A row of two lines with something at its left; pressed by mouse, Enter or Space."""

    def __init__(
        self, theme: Theme, *, left: str, upper: str, lower: str, right: str = "", forum: str = "",
        state: str = "muted", on_open: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._theme, self._left, self._upper, self._lower = theme, left, upper, lower
        self._right, self._forum, self._state = right, forum, state
        self.setAccessibleName(", ".join(part for part in (left, upper, lower, right) if part))
        self.setToolTip("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: on_open())
        if not left:
            self._time_width = GRID
        else:
            self._time_width = max(_TIME_WIDTH, QFontMetrics(font(semibold=True)).horizontalAdvance(left) + GRID)

    def sizeHint(self) -> QSize:
        height = QFontMetrics(font()).height() * (2 if self._lower else 1) + 2 * GRID
        return QSize(280, max(height, 36))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def keyPressEvent(self, event: object) -> None:
        key = event.key()  # type: ignore[attr-defined]  # a key event
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self.rect().adjusted(1, 1, -1, -1)
        hovered = self.underMouse() or self.isDown()
        painter.setBrush(self._theme.color("hover" if hovered else "raised"))
        focused = self.hasFocus()
        painter.setPen(QPen(self._theme.color("accent" if focused else "line"), 2 if focused else 1))
        painter.drawRoundedRect(area, 5, 5)
        left = area.left() + GRID
        if self._forum:
            stripe = QRect(area.left() + 3, area.top() + 4, _STRIPE, area.height() - 8)
            painter.fillRect(stripe, hue_of(self._forum, dark=self._theme.dark))
            left += _STRIPE
        self._draw_texts(painter, area, left)
        painter.end()

    def _draw_texts(self, painter: QPainter, area: QRect, left: int) -> None:
        line = QFontMetrics(font()).height()
        top = area.top() + (area.height() - line * (2 if self._lower else 1)) // 2
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._left:
            painter.setFont(font(semibold=True))
            painter.setPen(self._theme.color("text"))
            painter.drawText(QRect(left, top, self._time_width, line), middle, self._left)
        start, end = left + self._time_width, area.right() - GRID
        small = QFontMetrics(font(SMALL_POINTS, semibold=True))
        if self._right:
            width = small.horizontalAdvance(self._right) + GRID
            painter.setFont(font(SMALL_POINTS, semibold=True))
            painter.setPen(self._theme.color(self._state))
            painter.drawText(QRect(end - width, top, width, line), middle | Qt.AlignmentFlag.AlignRight, self._right)
            end -= width + GRID
        painter.setFont(font(semibold=bool(self._lower)))
        painter.setPen(self._theme.color("text"))
        elided = painter.fontMetrics().elidedText(self._upper, Qt.TextElideMode.ElideRight, end - start)
        painter.drawText(QRect(start, top, end - start, line), middle, elided)
        if self._lower:
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(self._theme.color("muted"))
            room = area.right() - GRID - start
            text = painter.fontMetrics().elidedText(self._lower, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(start, top + line, room, line), middle, text)
        self.setToolTip("" if elided == self._upper else as_plain(self._upper))


def meeting_row(theme: Theme, row: MeetingRow, on_open: Callable[[], object], *, when: str = "") -> OpenRow:
    """A meeting as a row: time, name, where, and its state where it is not simply planned."""
    where = ", ".join(part for part in (row.unit_name, row.place or "") if part)
    state = {"open": "info", "draft": "due", "approved": "ok", "cancelled": "muted"}.get(row.status.value, "muted")
    shown = row.status.label if row.status.value != "planned" else ""
    till = f"{clock(row.start)}–{clock(row.end)}" if when else f"till {clock(row.end)}"
    return OpenRow(
        theme, left=when or clock(row.start), upper=row.heading, lower=f"{till}  {where}", right=shown, forum=row.forum,
        state=state, on_open=on_open,
    )  # fmt: skip
