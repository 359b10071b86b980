"""How a day of the month is drawn: as a short list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.meetings import MeetingRow
from app.domain.swedish import clock
from app.ui.calendar.blocks import HATCHED, LINE, MARK, draw_hatching, draw_mark, draw_text
from app.ui.calendar.days import CLASHES, DAY, HOLIDAY, IN_MONTH, MEETINGS
from app.ui.calendar.lanes import Block, together
from app.ui.theme import SMALL_POINTS, Theme, font

_HEAD = 24
Index = QModelIndex | QPersistentModelIndex


class MonthDelegate(QStyledItemDelegate):
    """A day in the month: its number, its holiday, and as many meetings as there is room for."""

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
        self._draw_meetings(painter, inside, index.data(MEETINGS), index.data(CLASHES))
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

    def _draw_meetings(
        self, painter: QPainter, area: QRect, meetings: list[MeetingRow], clashes: Mapping[str, Sequence[str]]
    ) -> None:
        """As many as there is room for, those of a forum at the same time together, then how many more."""
        room = max(area.height() // LINE, 1)
        blocks = [Block((one,)) for one in meetings] if len(meetings) <= room else together(meetings)
        shown = blocks if len(blocks) <= room else blocks[: max(room - 1, 1)]  # the last line says how many more
        top = area.top()
        for block in shown:
            draw_mark(painter, self.theme, QRect(area.left(), top + 2, MARK, MARK), block)
            text = QRect(area.left() + MARK + 5, top, area.width() - MARK - 5, LINE)
            if any(clashes.get(one.key) for one in block.meetings):
                draw_hatching(painter, self.theme, QRect(area.right() - HATCHED, top + 3, HATCHED, LINE - 6))
                text.setRight(area.right() - HATCHED - 3)
            if len(block.meetings) > 1:
                draw_text(painter, self.theme, text, block, clock(block.start), kept=block.where)
            else:
                draw_text(painter, self.theme, text, block, f"{clock(block.start)} {block.where}")
            top += LINE
        hidden = len(meetings) - sum(len(block.meetings) for block in shown)
        if hidden and len(shown) < room:
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(self.theme.color("muted"))
            more = QRect(area.left(), top, area.width(), LINE)
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter, f"+ {hidden} till")
