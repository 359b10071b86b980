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
from app.ui.calendar.span import Span
from app.ui.theme import SMALL_POINTS, Theme, font

_HEAD = 24
Index = QModelIndex | QPersistentModelIndex


class MonthDelegate(QStyledItemDelegate):
    """A day in the month: its number, its holiday, and as many meetings as there is room for."""

    def __init__(self, theme: Theme, today: dt.date) -> None:
        super().__init__()
        self.theme, self.today = theme, today
        self.held: MeetingRow | None = None
        self.trial: Span | None = None
        self.trial_clashes = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one day."""
        painter.save()
        painter.setClipRect(option.rect)
        area = option.rect.adjusted(0, 0, -1, -1)
        self._ground(painter, area, option, index)
        self._draw_meetings(painter, option.rect, index.data(MEETINGS), index.data(CLASHES))
        if self.held is not None and self.trial is not None and self.trial.day == index.data(DAY):
            self._draw_trial(painter, option.rect, self.held, self.trial)
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

    def hold(self, row: MeetingRow, trial: Span) -> None:
        """A meeting is held over a day."""
        self.held, self.trial, self.trial_clashes = row, trial, False

    def let_go(self) -> None:
        """Nothing is held any more."""
        self.held, self.trial, self.trial_clashes = None, None, False

    def _draw_meetings(
        self, painter: QPainter, cell: QRect, meetings: list[MeetingRow], clashes: Mapping[str, Sequence[str]]
    ) -> None:
        """As many as there is room for, those of a forum at the same time together, then how many more."""
        placed, more = laid_in_cell(cell, meetings)
        for area, block in placed:
            moving = self.held is not None and any(one.key == self.held.key for one in block.meetings)
            painter.setOpacity(0.45 if moving else 1.0)
            draw_mark(painter, self.theme, QRect(area.left(), area.top() + 2, MARK, MARK), block)
            text = area.adjusted(MARK + 5, 0, 0, 0)
            if any(clashes.get(one.key) for one in block.meetings):
                draw_hatching(
                    painter, self.theme, QRect(area.right() - HATCHED, area.top() + 3, HATCHED, LINE - 6)
                )  # fmt: skip
                text.setRight(area.right() - HATCHED - 3)
            if len(block.meetings) > 1:
                draw_text(painter, self.theme, text, block, clock(block.start), kept=block.where)
            else:
                draw_text(painter, self.theme, text, block, f"{clock(block.start)} {block.where}")
            painter.setOpacity(1.0)
        if more is not None:
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(self.theme.color("muted"))
            hidden = len(meetings) - sum(len(block.meetings) for _, block in placed)
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter, f"+ {hidden} till")

    def _draw_trial(self, painter: QPainter, cell: QRect, row: MeetingRow, trial: Span) -> None:
        """Where the meeting would lie, marked where it would clash."""
        role = "overdue" if self.trial_clashes else "accent"
        painter.setPen(QPen(self.theme.color(role), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(cell.adjusted(2, 2, -3, -3))
        spot = QRect(cell.left() + 6, cell.bottom() - LINE - 6, cell.width() - 12, LINE)
        painter.fillRect(spot, self.theme.color("raised"))
        painter.setFont(font(SMALL_POINTS, semibold=True))
        painter.setPen(self.theme.color("text"))
        words = f"{clock(trial.start_time)} {row.heading}"
        told = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, spot.width())
        painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter, told)


def laid_in_cell(cell: QRect, meetings: Sequence[MeetingRow]) -> tuple[list[tuple[QRect, Block]], QRect | None]:
    """Where a day's meetings lie in its cell, and where it says how many more there are."""
    area = cell.adjusted(4, _HEAD, -5, -3)
    room = max(area.height() // LINE, 1)
    blocks = [Block((one,)) for one in meetings] if len(meetings) <= room else together(meetings)
    shown = blocks if len(blocks) <= room else blocks[: max(room - 1, 1)]  # the last line says how many more
    placed = [(QRect(area.left(), area.top() + n * LINE, area.width(), LINE), block) for n, block in enumerate(shown)]
    hidden = len(meetings) > sum(len(block.meetings) for block in shown)
    below = QRect(area.left(), area.top() + len(shown) * LINE, area.width(), LINE)
    return placed, below if hidden and len(shown) < room else None
