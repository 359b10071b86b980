"""Days along their hours: what is drawn where, and what lies under the pointer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.swedish import WEEKDAYS, span
from app.ui.calendar.blocks import LINE, draw_block, draw_hatching
from app.ui.calendar.lanes import Block, laid_out
from app.ui.calendar.span import Span
from app.ui.theme import SMALL_POINTS, Theme, font

GUTTER = 44
"""Pixels at the left for the hours' names."""
FIRST_HOUR, LAST_HOUR = 7, 18
"""The hours that are seen without scrolling."""
LOWEST_HOUR = 40
Clashes = Mapping[str, Sequence[str]]
"""The sentences about each meeting's clashes, by its key."""


class HoursDrawing(QWidget):
    """The days with their meetings; whoever adds mouse and keys is `HoursView`."""

    def __init__(self, theme: Theme, today: dt.date) -> None:
        super().__init__()
        self.theme, self.today = theme, today
        self.days: tuple[dt.date, ...] = (today,)
        self.day = today
        self.chosen_key = ""
        self.clashes: Clashes = {}
        self.trial: Span | None = None
        self.trial_row: MeetingRow | None = None
        self.trial_clashes: Sequence[str] = ()
        self._meetings: dict[dt.date, list[MeetingRow]] = {}
        self._free: Mapping[dt.date, str] = {}
        self._hour = LOWEST_HOUR
        self._resize()

    def show_days(self, days: Sequence[dt.date], day: dt.date) -> None:
        """Show these days, one of them chosen; their meetings come with `fill`."""
        if tuple(days) != self.days:
            self._meetings = {}
        self.days, self.day = tuple(days), day
        self.update()

    def fill(self, meetings: Sequence[MeetingRow], free: Mapping[dt.date, str], clashes: Clashes) -> None:
        """Put meetings on the days."""
        found: dict[dt.date, list[MeetingRow]] = {}
        for one in meetings:
            found.setdefault(one.date, []).append(one)
        self._meetings, self._free, self.clashes = found, free, clashes
        self.update()

    def set_hour(self, pixels: int) -> None:
        """How high an hour is."""
        self._hour = max(pixels, LOWEST_HOUR)
        self._resize()

    def _resize(self) -> None:
        self.setMinimumHeight(24 * self._hour + 1)
        self.update()

    @property
    def morning(self) -> int:
        """Where the first hour that is seen begins, in pixels."""
        return FIRST_HOUR * self._hour

    # where things lie

    def meetings_on(self, day: dt.date) -> tuple[MeetingRow, ...]:
        """The day's meetings."""
        return tuple(self._meetings.get(day, ()))

    def row(self, key: str) -> MeetingRow | None:
        """The meeting with that key, if it is shown."""
        return next((one for rows in self._meetings.values() for one in rows if one.key == key), None)

    def column(self, day: dt.date) -> QRect:
        """Where a shown day lies."""
        number = self.days.index(day)
        width = (self.width() - GUTTER) / len(self.days)
        left, right = GUTTER + round(number * width), GUTTER + round((number + 1) * width)
        return QRect(left, 0, right - left, 24 * self._hour)

    def day_at(self, x: int) -> dt.date:
        """The day under the pointer."""
        width = max((self.width() - GUTTER) / len(self.days), 1)
        return self.days[min(max(int((x - GUTTER) / width), 0), len(self.days) - 1)]

    def minute_at(self, y: int) -> float:
        """The minute of the day under the pointer."""
        return y * 60 / self._hour

    def y_of(self, minutes: float) -> int:
        """Where a minute of the day lies."""
        return round(minutes * self._hour / 60)

    def placed(self, day: dt.date) -> list[tuple[QRect, Block]]:
        """The day's blocks and where they lie."""
        area = self.column(day).adjusted(3, 0, -3, 0)
        found = []
        for block in laid_out(self._meetings.get(day, []), width=area.width(), least=LINE * 60 / self._hour):
            width = area.width() // block.lanes
            top, low = (self.y_of(moment.hour * 60 + moment.minute) for moment in (block.start, block.end))
            spot = QRect(area.left() + block.lane * width, top, width - 2, max(low - top, LINE))
            found.append((spot, block))
        return found

    def block_at(self, spot: QPoint) -> tuple[QRect, Block] | None:
        """The block under the pointer."""
        if spot.x() < GUTTER:
            return None
        return next(((area, one) for area, one in self.placed(self.day_at(spot.x())) if area.contains(spot)), None)

    def spot_of(self, key: str) -> QRect | None:
        """Where a meeting lies."""
        for day in self.days:
            for area, block in self.placed(day):
                if any(one.key == key for one in block.meetings):
                    return area
        return None

    # drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for day in self.days:
            self._ground(painter, day)
        self._hours(painter)
        for day in self.days:
            for area, block in self.placed(day):
                if area.intersects(event.rect()):
                    self._block(painter, area, block)
        if self.trial is not None and self.trial.day in self.days:
            self._trial(painter, self.trial)
        painter.end()

    def _ground(self, painter: QPainter, day: dt.date) -> None:
        area = self.column(day)
        free = day in self._free or day.weekday() >= 5
        painter.fillRect(area, self.theme.color("surface" if free else "raised"))
        painter.setPen(QPen(self.theme.color("line")))
        painter.drawLine(area.topLeft(), area.bottomLeft())
        if day == self.day and len(self.days) > 1:
            painter.fillRect(QRect(area.left() + 1, 0, 2, area.height()), self.theme.color("accent"))

    def _hours(self, painter: QPainter) -> None:
        painter.setFont(font(SMALL_POINTS))
        for number in range(24):
            y = number * self._hour
            painter.setPen(QPen(self.theme.color("line"), 1))
            painter.drawLine(GUTTER, y, self.width(), y)
            painter.setPen(self.theme.color("muted"))
            box = QRect(0, y + 2, GUTTER - 8, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, f"{number:02d}")

    def _block(self, painter: QPainter, area: QRect, block: Block) -> None:
        keys = {one.key for one in block.meetings}
        moving = self.trial_row is not None and self.trial_row.key in keys
        painter.setOpacity(0.45 if moving else 1.0)
        draw_block(
            painter, self.theme, area, block,
            chosen=self.chosen_key in keys, clashing=any(self.clashes.get(key) for key in keys),
        )  # fmt: skip
        painter.setOpacity(1.0)

    def _trial(self, painter: QPainter, trial: Span) -> None:
        """Where the meeting would lie, with the clash it would have there."""
        area = self.column(trial.day).adjusted(3, 0, -5, 0)
        top = self.y_of(trial.start)
        spot = QRect(area.left(), top, area.width(), max(self.y_of(trial.end) - top, LINE))
        role = "overdue" if self.trial_clashes else "accent"
        painter.setPen(QPen(self.theme.color(role), 2, Qt.PenStyle.DashLine))
        painter.setBrush(self.theme.color("raised"))
        painter.drawRoundedRect(spot, 3, 3)
        if self.trial_clashes:
            draw_hatching(painter, self.theme, QRect(spot.left() + 2, spot.top() + 2, 8, spot.height() - 4))
        painter.setFont(font(SMALL_POINTS, semibold=True))
        painter.setPen(self.theme.color("text"))
        words = spot.adjusted(14, 0, -2, 0)
        painter.drawText(
            QRect(words.left(), words.top(), words.width(), LINE), Qt.AlignmentFlag.AlignVCenter,
            span(trial.start_time, trial.end_time),
        )  # fmt: skip
        if not self.trial_clashes:
            return
        below = QRect(area.left(), spot.bottom() + 3, max(area.width(), 220), 0)
        below.moveRight(min(below.right(), self.width() - 2))
        text = "\n".join(self.trial_clashes)
        size = painter.boundingRect(below.adjusted(6, 4, -6, 400), Qt.TextFlag.TextWordWrap, text)
        card = QRect(below.left(), below.top(), below.width(), size.height() + 8)
        painter.setPen(QPen(self.theme.color("overdue"), 1))
        painter.setBrush(self.theme.color("raised"))
        painter.drawRect(card)
        painter.setPen(self.theme.color("overdue"))
        painter.drawText(card.adjusted(6, 4, -6, -4), Qt.TextFlag.TextWordWrap, text)


class HoursHead(QWidget):
    """The days' names above the hours, with their holidays."""

    def __init__(self, drawing: HoursDrawing) -> None:
        super().__init__()
        self._drawing = drawing
        self._free: Mapping[dt.date, str] = {}
        self.setFixedHeight(44)

    def fill(self, free: Mapping[dt.date, str]) -> None:
        """The holidays by their names."""
        self._free = free
        named = [f"{WEEKDAYS[day.weekday()]} {day.day} {self._free.get(day, '')}".strip() for day in self._drawing.days]
        self.setAccessibleName(", ".join(named))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        drawing, theme = self._drawing, self._drawing.theme
        painter = QPainter(self)
        for day in drawing.days:
            column = drawing.column(day)
            area = QRect(column.left() + 4, 2, column.width() - 6, 20)
            today = day == drawing.today
            painter.setFont(font(semibold=day == drawing.day or today))
            red = day in self._free or day.weekday() == 6
            painter.setPen(theme.color("overdue" if red else "accent" if today else "text"))
            words = f"{WEEKDAYS[day.weekday()][:3]} {day.day}/{day.month}"
            told = self.tr("{0} i dag").format(words)
            if today and painter.fontMetrics().horizontalAdvance(told) <= area.width():
                words = told
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(theme.color("muted"))
            name = painter.fontMetrics().elidedText(self._free.get(day, ""), Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area.translated(0, 20), Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()


def may_move(row: MeetingRow) -> bool:
    """Whether the meeting is only planned: what is under way or held lies where it was."""
    return row.status is MeetingStatus.PLANNED
