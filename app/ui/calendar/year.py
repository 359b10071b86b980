"""A year as twelve small months: a dot for each forum of a day, a press goes to the month."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.domain.catalogue import Catalogue
from app.domain.swedish import MONTHS, long_date
from app.ui.theme import GRID, SMALL_POINTS, Theme, font, hue_of
from app.ui.widgets.controls import as_plain

_ACROSS = 4
_HEAD = 24
_DOT = 5
Forums = Mapping[dt.date, Mapping[str, int]]
RARE = ("teammote", "reflektionsmote", "apt", "kvalitetsmote", "borad", "aktivitetsrad")
"""Forums that come seldom are drawn first: there is room for a few marks in a day."""


class YearView(QWidget):
    """Twelve months; arrows go from month to month, Enter opens one."""

    month_opened = Signal(object)
    month_chosen = Signal(object)
    turned = Signal(int)

    def __init__(self, theme: Theme, today: dt.date, catalogue: Catalogue) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self._names = {one.key: one.name for one in catalogue.all}
        self._forums: Forums = {}
        self._free: Mapping[dt.date, str] = {}
        self.month = today.replace(day=1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 420)
        self._tell_name()

    def show_year(self, day: dt.date) -> None:
        """Show the year of a day, its month chosen."""
        if day.year != self.month.year:
            self._forums = {}
        self.month = day.replace(day=1)
        self._tell_name()
        self.update()

    def fill(self, forums: Forums, free: Mapping[dt.date, str]) -> None:
        """Put forums and holidays on the days."""
        self._forums, self._free = forums, free
        self._tell_name()
        self.update()

    def _tell_name(self) -> None:
        held = sum(sum(forums.values()) for day, forums in self._forums.items() if day.replace(day=1) == self.month)
        words = f"{MONTHS[self.month.month - 1]} {self.month.year}"
        self.setAccessibleName(self.tr("Kalenderns år: {0}, {1} möten").format(words, held))

    def area(self, month: int) -> QRect:
        """Where a month (1-12) lies."""
        down = (12 + _ACROSS - 1) // _ACROSS
        width, height = self.width() // _ACROSS, self.height() // down
        left, top = (month - 1) % _ACROSS * width, (month - 1) // _ACROSS * height
        return QRect(left, top, width, height).adjusted(2, 2, -GRID, -GRID)

    def spot(self, day: dt.date) -> QRect:
        """Where a day lies."""
        inside = self.area(day.month).adjusted(6, _HEAD, -6, -2)
        first = day.replace(day=1).weekday()
        row, column = divmod(first + day.day - 1, 7)
        width, height = inside.width() / 7, inside.height() / 6
        return QRect(inside.left() + round(column * width), inside.top() + round(row * height), int(width), int(height))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for month in range(1, 13):
            self._month(painter, month)
        painter.end()

    def _month(self, painter: QPainter, month: int) -> None:
        theme, area = self._theme, self.area(month)
        current = month == self.month.month
        painter.setPen(QPen(theme.color("accent" if current and self.hasFocus() else "line"), 2 if current else 1))
        painter.setBrush(theme.color("raised"))
        painter.drawRoundedRect(area, 5, 5)
        painter.setFont(font(semibold=True))
        painter.setPen(theme.color("text"))
        head = QRect(area.left() + 8, area.top() + 2, area.width() - 16, _HEAD)
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, MONTHS[month - 1].capitalize())
        length = calendar.monthrange(self.month.year, month)[1]
        for number in range(1, length + 1):
            self._day(painter, dt.date(self.month.year, month, number))

    def _day(self, painter: QPainter, day: dt.date) -> None:
        theme, spot = self._theme, self.spot(day)
        painter.setFont(font(SMALL_POINTS, semibold=day == self._today))
        line = QFontMetrics(painter.font()).height()
        if day == self._today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(spot.adjusted(0, 0, -2, line - spot.height()), 3, 3)
            painter.setPen(theme.color("on_accent"))
        else:
            painter.setPen(theme.color("overdue" if day in self._free or day.weekday() == 6 else "text"))
        painter.drawText(
            QRect(spot.left(), spot.top(), spot.width() - 2, line), Qt.AlignmentFlag.AlignCenter, str(day.day)
        )
        most = max((spot.width() - 4) // (_DOT + 2), 1)
        forums = self._in_order(day)[:most]
        left = spot.center().x() - len(forums) * (_DOT + 2) // 2 + 1
        top = min(spot.top() + line, spot.bottom() - _DOT)
        painter.setPen(Qt.PenStyle.NoPen)
        for forum in forums:
            painter.setBrush(hue_of(forum, dark=theme.dark))
            painter.drawEllipse(QRect(left, top, _DOT, _DOT))
            left += _DOT + 2

    def _in_order(self, day: dt.date) -> list[str]:
        forums = self._forums.get(day, {})
        return sorted(forums, key=lambda one: (RARE.index(one) if one in RARE else len(RARE), one))

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = next((month for month in range(1, 13) if self.area(month).contains(event.position().toPoint())), None)
        if found is not None:
            self.month_opened.emit(self.month.replace(month=found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_ACROSS, Qt.Key.Key_Down: _ACROSS}
        key = event.key()
        if key in steps:
            month = self.month.month + steps[Qt.Key(key)]
            if 1 <= month <= 12:
                self.month_chosen.emit(self.month.replace(month=month))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.month_opened.emit(self.month)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tell what is held on the day under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            days = (day for day in {*self._forums, *self._free} if day.year == self.month.year)
            day = next((day for day in days if self.spot(day).contains(event.pos())), None)
            QToolTip.showText(event.globalPos(), as_plain(self.words(day)) if day else "", self)
            return True
        return super().event(event)

    def words(self, day: dt.date) -> str:
        """The day with its holiday and how many meetings of each forum."""
        lines = [", ".join(filter(None, (long_date(day).capitalize(), self._free.get(day, ""))))]
        forums = self._forums.get(day, {})
        lines += [f"{self._names.get(forum, forum)} ×{forums[forum]}" for forum in self._in_order(day)]
        return "\n".join(lines)
