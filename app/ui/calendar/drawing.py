"""How a day of the calendar is drawn: in the month as a short list, in the week along the hours."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.meetings import MeetingRow
from app.domain.swedish import clock
from app.ui.calendar.days import DAY, HOLIDAY, IN_MONTH, MEETINGS
from app.ui.calendar.lanes import Block, laid_out, together
from app.ui.theme import SMALL_POINTS, Theme, font, hue_of, letter_of

_LINE = 20
_HEAD = 24
_FIRST_HOUR, _LAST_HOUR = 7, 18
_MARK = 16
_HOURS_WIDTH = 18
_SHORTEST_TEXT = 26
"""Pixels below which an elided text says nothing."""
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
        inside = area.adjusted(4, _HEAD, -4, -2)
        self.draw_meetings(painter, inside, index.data(MEETINGS), first=index.column() == 0)
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

    def draw_meetings(self, painter: QPainter, area: QRect, meetings: list[MeetingRow], *, first: bool) -> None:
        """Draw the day's meetings below its number; `first` is the column at the left."""

    def _mark(self, painter: QPainter, spot: QRect, block: Block) -> None:
        """The forum's colour and letter."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._hue(block))
        painter.drawRoundedRect(spot, 3, 3)
        painter.setFont(font(SMALL_POINTS, semibold=True))
        painter.setPen(QColor("#06171B" if self.theme.dark else "#FFFFFF"))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, letter_of(block.forum) if block.forum else "+")

    def _hue(self, block: Block) -> QColor:
        return hue_of(block.forum, dark=self.theme.dark) if block.forum else self.theme.color("muted")

    def _text(self, painter: QPainter, area: QRect, block: Block, text: str, *, kept: str = "") -> None:
        """A line of text; what is `kept` stands after it and is never cut away."""
        made = font(SMALL_POINTS)
        made.setStrikeOut(block.cancelled)
        painter.setFont(made)
        painter.setPen(self.theme.color("muted" if block.cancelled else "text"))
        shown = fitted(text, kept, painter.fontMetrics(), area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class MonthDelegate(DayDelegate):
    """A day in the month: as many meetings as there is room for, and how many more."""

    def draw_meetings(self, painter: QPainter, area: QRect, meetings: list[MeetingRow], *, first: bool) -> None:  # noqa: ARG002
        """As many as there is room for, those of a forum at the same time together, then how many more."""
        room = max(area.height() // _LINE, 1)
        blocks = [Block((one,)) for one in meetings] if len(meetings) <= room else together(meetings)
        shown = blocks if len(blocks) <= room else blocks[: max(room - 1, 1)]  # the last line says how many more
        top = area.top()
        for block in shown:
            self._mark(painter, QRect(area.left(), top + 2, _MARK, _MARK), block)
            text = QRect(area.left() + _MARK + 5, top, area.width() - _MARK - 5, _LINE)
            if len(block.meetings) > 1:
                self._text(painter, text, block, clock(block.start), kept=block.where)
            else:
                self._text(painter, text, block, f"{clock(block.start)} {block.where}")
            top += _LINE
        hidden = len(meetings) - sum(len(block.meetings) for block in shown)
        if hidden and len(shown) < room:
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(self.theme.color("muted"))
            more = QRect(area.left(), top, area.width(), _LINE)
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter, f"+ {hidden} till")


class WeekDelegate(DayDelegate):
    """A day in the week: meetings lie where their hours are, side by side when they overlap."""

    def draw_meetings(self, painter: QPainter, area: QRect, meetings: list[MeetingRow], *, first: bool) -> None:
        """Along the hours, side by side where they overlap, together where the lanes would be too narrow."""
        hour = area.height() / (_LAST_HOUR - _FIRST_HOUR)
        self._hours(painter, area, hour, named=first)
        left = area.left() + (_HOURS_WIDTH if first else 0)
        room = area.right() - left
        for block in laid_out(meetings, width=room, least=_LINE / hour * 60 if hour else 0):
            width = room // block.lanes
            top = int(area.top() + (_hours(block.start) - _FIRST_HOUR) * hour)
            height = max(int((_hours(block.end) - _hours(block.start)) * hour), _LINE)
            self._block(painter, QRect(left + block.lane * width, max(top, area.top()), width - 2, height), block)

    def _hours(self, painter: QPainter, area: QRect, hour: float, *, named: bool) -> None:
        painter.setFont(font(SMALL_POINTS))
        for number in range(_FIRST_HOUR, _LAST_HOUR):
            y = int(area.top() + (number - _FIRST_HOUR) * hour)
            painter.setPen(QPen(self.theme.color("line"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(area.left() - 4, y, area.right() + 4, y)
            painter.setPen(self.theme.color("muted"))
            if named:
                painter.drawText(area.left(), y + 12, f"{number:02d}")

    def _block(self, painter: QPainter, spot: QRect, block: Block) -> None:
        painter.setPen(QPen(self._hue(block), 2))
        painter.setBrush(self.theme.color("raised"))
        painter.drawRoundedRect(spot, 3, 3)
        self._mark(painter, QRect(spot.left() + 1, spot.top() + 1, _MARK, _LINE - 2), block)
        text = QRect(spot.left() + _MARK + 4, spot.top(), spot.width() - _MARK - 6, _LINE)
        if text.width() > _SHORTEST_TEXT // 2:
            self._text(painter, text, block, block.words, kept=block.count)


def fitted(text: str, kept: str, metrics: QFontMetrics, room: int) -> str:
    """The text cut where a few of its letters are left, else its clock; `kept` stands whole after it."""
    end = f" {kept}" if kept else ""
    left = room - metrics.horizontalAdvance(end)
    if metrics.horizontalAdvance(text) <= left:
        return f"{text}{end}".strip()
    # Half a time of day would mislead: it stands whole or not at all.
    start = text.partition(" ")[0] if text[:1].isdigit() else ""
    if start != text and metrics.horizontalAdvance(start) + _SHORTEST_TEXT <= left:
        return f"{metrics.elidedText(text, Qt.TextElideMode.ElideRight, left)}{end}"
    return f"{start}{end}".strip() if metrics.horizontalAdvance(start) <= left else kept or start


def _hours(moment: dt.time) -> float:
    return min(max(moment.hour + moment.minute / 60, _FIRST_HOUR), _LAST_HOUR)
