"""How a day of the calendar is drawn: in the month as a short list, in the week along the hours."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.swedish import clock
from app.ui.calendar.days import DAY, HOLIDAY, IN_MONTH, MEETINGS
from app.ui.theme import SMALL_POINTS, Theme, font, hue_of, letter_of

_LINE = 20
_HEAD = 24
_FIRST_HOUR, _LAST_HOUR = 7, 18
_MARK = 16
Index = QModelIndex | QPersistentModelIndex


class DayDelegate(QStyledItemDelegate):
    """What month and week share: the ground, the number of the day, the holiday."""

    def __init__(self, theme: Theme, today: dt.date) -> None:
        super().__init__()
        self.theme, self.today = theme, today

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one day."""
        painter.save()
        painter.setClipRect(option.rect)
        area = option.rect.adjusted(0, 0, -1, -1)
        self._ground(painter, area, option, index)
        self.draw_meetings(painter, area.adjusted(4, _HEAD, -4, -2), index.data(MEETINGS))
        painter.restore()

    def _ground(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        day: dt.date = index.data(DAY)
        holiday: str = index.data(HOLIDAY)
        free = bool(holiday) or day.weekday() >= 5
        painter.fillRect(area, self.theme.color("surface" if free or not index.data(IN_MONTH) else "raised"))
        painter.setPen(QPen(self.theme.color("line")))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(self.theme.color("accent"), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))
        head = QRect(area.left() + 6, area.top() + 2, area.width() - 12, _HEAD - 4)
        is_today = day == self.today
        number = f"{day.day}" if day.day > 1 and index.data(IN_MONTH) else f"{day.day}/{day.month}"
        painter.setFont(font(semibold=is_today))
        width = QFontMetrics(painter.font()).horizontalAdvance(number)
        if is_today:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent"))
            painter.drawRoundedRect(QRect(head.left() - 4, head.top(), width + 10, head.height()), 4, 4)
            painter.setPen(self.theme.color("on_accent"))
        else:
            painter.setPen(self.theme.color("overdue" if holiday or day.weekday() == 6 else "text"))
            if not index.data(IN_MONTH):
                painter.setPen(self.theme.color("muted"))
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, number)
        if holiday:
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(self.theme.color("muted"))
            room = head.adjusted(width + 14, 0, 0, 0)
            text = painter.fontMetrics().elidedText(holiday, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def draw_meetings(self, painter: QPainter, area: QRect, meetings: list[MeetingRow]) -> None:
        """Draw the day's meetings below its number."""

    def _mark(self, painter: QPainter, spot: QRect, one: MeetingRow) -> None:
        """The forum's colour and letter."""
        hue = hue_of(one.forum, dark=self.theme.dark)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hue)
        painter.drawRoundedRect(spot, 3, 3)
        painter.setFont(font(SMALL_POINTS, semibold=True))
        painter.setPen(QColor("#06171B" if self.theme.dark else "#FFFFFF"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, letter_of(one.forum))

    def _text(self, painter: QPainter, area: QRect, one: MeetingRow, text: str) -> None:
        cancelled = one.status is MeetingStatus.CANCELLED
        made = font(SMALL_POINTS)
        made.setStrikeOut(cancelled)
        painter.setFont(made)
        painter.setPen(self.theme.color("muted" if cancelled else "text"))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class MonthDelegate(DayDelegate):
    """A day in the month: as many meetings as there is room for, and how many more."""

    def draw_meetings(self, painter: QPainter, area: QRect, meetings: list[MeetingRow]) -> None:
        """As many as there is room for, then how many more."""
        room = max(area.height() // _LINE, 1)
        shown = meetings if len(meetings) <= room else meetings[: room - 1]
        top = area.top()
        for one in shown:
            self._mark(painter, QRect(area.left(), top + 2, _MARK, _MARK), one)
            text = QRect(area.left() + _MARK + 5, top, area.width() - _MARK - 5, _LINE)
            self._text(painter, text, one, f"{clock(one.start)} {one.heading}")
            top += _LINE
        if len(shown) < len(meetings):
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(self.theme.color("muted"))
            more = QRect(area.left(), top, area.width(), _LINE)
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter, f"+ {len(meetings) - len(shown)} till")


class WeekDelegate(DayDelegate):
    """A day in the week: meetings lie where their hours are, side by side when they overlap."""

    def draw_meetings(self, painter: QPainter, area: QRect, meetings: list[MeetingRow]) -> None:
        """Along the hours, side by side where they overlap."""
        hour = area.height() / (_LAST_HOUR - _FIRST_HOUR)
        painter.setFont(font(SMALL_POINTS))
        for number in range(_FIRST_HOUR, _LAST_HOUR):
            y = int(area.top() + (number - _FIRST_HOUR) * hour)
            painter.setPen(QPen(self.theme.color("line"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(area.left(), y, area.right(), y)
            painter.setPen(self.theme.color("muted"))
            painter.drawText(area.left(), y + 12, f"{number:02d}")
        for one, lane, lanes in beside(meetings):
            width = (area.width() - 20) // lanes
            top = int(area.top() + (_hours(one.start) - _FIRST_HOUR) * hour)
            height = max(int((_hours(one.end) - _hours(one.start)) * hour), _LINE)
            spot = QRect(area.left() + 20 + lane * width, max(top, area.top()), width - 2, height)
            painter.setPen(QPen(hue_of(one.forum, dark=self.theme.dark), 2))
            roomy = width > _MARK + 6
            painter.setBrush(self.theme.color("raised") if roomy else hue_of(one.forum, dark=self.theme.dark))
            painter.drawRoundedRect(spot, 3, 3)
            if not roomy:
                continue
            self._mark(painter, QRect(spot.left() + 2, spot.top() + 2, _MARK, _MARK), one)
            text = QRect(spot.left() + _MARK + 6, spot.top(), spot.width() - _MARK - 8, _LINE)
            self._text(painter, text, one, f"{clock(one.start)} {one.heading}")


def beside(meetings: list[MeetingRow]) -> list[tuple[MeetingRow, int, int]]:
    """Each meeting with its lane and how many lanes its overlapping group needs."""
    placed: list[tuple[MeetingRow, int, int]] = []
    group: list[tuple[MeetingRow, int]] = []
    ends: list[dt.time] = []

    def close() -> None:
        placed.extend((one, lane, len(ends)) for one, lane in group)
        group.clear()
        ends.clear()

    for one in sorted(meetings, key=lambda row: (row.start, row.end)):
        if ends and one.start >= max(ends):
            close()
        lane = next((number for number, end in enumerate(ends) if end <= one.start), len(ends))
        if lane == len(ends):
            ends.append(one.end)
        else:
            ends[lane] = one.end
        group.append((one, lane))
    close()
    return placed


def _hours(moment: dt.time) -> float:
    return min(max(moment.hour + moment.minute / 60, _FIRST_HOUR), _LAST_HOUR)
