"""Mouse and keys on the days along their hours: choose, open, drag, lengthen, begin. What is kept is the page's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from app.domain.meetings import MeetingRow
from app.domain.swedish import long_date, span
from app.ui.calendar.hours import HoursDrawing, may_move
from app.ui.calendar.span import STEP, Span, snapped
from app.ui.theme import Theme
from app.ui.widgets.controls import as_plain

_EDGE = 6
"""Pixels at a meeting's lower edge that change its length."""
_CHECK_AFTER = 60
"""Milliseconds a dragged meeting rests before it is asked whether it clashes there."""
QUARTER = 15
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -QUARTER), Qt.Key.Key_Down: (0, QUARTER),
}  # fmt: skip


class HoursView(HoursDrawing):
    """The days along their hours, as a person works with them."""

    day_chosen = Signal(object)
    opened = Signal(object)
    begun = Signal(object)
    """An empty time (a datetime) at which a meeting is wanted."""
    moved = Signal(object, object)
    """A meeting (first) is to be held then (a `Span`)."""
    stays = Signal(object)
    """A meeting that may not be moved was to be."""
    tried = Signal(object, object)
    """A meeting is held over a time: does it clash there?"""
    turned = Signal(int)
    crowded = Signal(object)
    """A day whose meetings lie together for want of room is to be seen by itself."""

    def __init__(self, theme: Theme, today: dt.date, *, writes: bool, moves: bool) -> None:
        super().__init__(theme, today)
        self._writes, self._moves = writes, moves
        self._pressed: tuple[QPoint, MeetingRow, bool] | None = None
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK_AFTER)
        self._check.timeout.connect(self._ask)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name()

    # what is chosen

    @property
    def chosen(self) -> MeetingRow | None:
        """The chosen meeting."""
        return self.row(self.chosen_key)

    def choose(self, day: dt.date, row: MeetingRow | None) -> None:
        """Choose a day, and one of its meetings."""
        self.day, self.chosen_key = day, row.key if row else ""
        self._name()
        self.update()
        self.day_chosen.emit(day)

    def _name(self) -> None:
        """Tell a reading aid what is chosen: the drawing itself says nothing to it."""
        row = self.chosen
        words = [long_date(self.day)]
        if row is None:
            words.append(self.tr("{0} möten").format(len(self.meetings_on(self.day))))
        else:
            words += [span(row.start, row.end), row.heading, row.unit_name, *self.clashes.get(row.key, ())]
        self.setAccessibleName(self.tr("Kalenderns timmar: {0}").format(", ".join(words)))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        spot = event.position().toPoint()
        found = self.block_at(spot)
        day = self.day_at(spot.x())
        if found is None or len(found[1].meetings) != 1:
            self.choose(day, None)
            return
        area, block = found
        row = block.meetings[0]
        self.choose(day, row)
        self._pressed = (spot, row, self._at_edge(area, spot))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if self._pressed is None:
            found = self.block_at(spot)
            edge = found is not None and len(found[1].meetings) == 1 and self._at_edge(found[0], spot)
            self.setCursor(Qt.CursorShape.SizeVerCursor if edge else Qt.CursorShape.ArrowCursor)
            return
        start, row, resizing = self._pressed
        if self.trial is None and (spot - start).manhattanLength() < QApplication.startDragDistance():
            return
        if not self._moves or not may_move(row):
            self._pressed = None
            self.stays.emit(row)
            return
        by = snapped(self.minute_at(spot.y()) - self.minute_at(start.y()))
        at = Span.of(row)
        days = (self.day_at(spot.x()) - self.day_at(start.x())).days
        self._try(row, at.until(snapped(self.minute_at(spot.y()))) if resizing else at.moved(days=days, minutes=by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        trial, pressed = self.trial, self._pressed
        self._let_go()
        if trial is not None and pressed is not None:
            self._move(pressed[1], trial)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        self._pressed = None
        found = self.block_at(spot)
        if found is None:
            self._begin(self.day_at(spot.x()), int(self.minute_at(spot.y()) // QUARTER) * QUARTER)
        elif len(found[1].meetings) == 1:
            self.opened.emit(found[1].meetings[0])
        else:
            self.crowded.emit(self.day_at(spot.x()))

    @staticmethod
    def _at_edge(area: QRect, spot: QPoint) -> bool:
        return spot.y() >= area.bottom() - _EDGE

    def _try(self, row: MeetingRow, trial: Span) -> None:
        if trial == self.trial:
            return
        self.trial_row, self.trial, self.trial_clashes = row, trial, ()
        self._check.start()
        self.update()

    def _ask(self) -> None:
        if self.trial_row is not None and self.trial is not None:
            self.tried.emit(self.trial_row, self.trial)

    def show_trial(self, trial: Span, sentences: Sequence[str]) -> None:
        """Say what the meeting clashes with there, if it is still held there."""
        if trial == self.trial:
            self.trial_clashes = tuple(sentences)
            self.update()

    def _let_go(self) -> None:
        self._pressed = self.trial = self.trial_row = None
        self.trial_clashes = ()
        self._check.stop()
        self.update()

    def _move(self, row: MeetingRow, span_: Span) -> None:
        if span_ != Span.of(row):
            self.moved.emit(row, span_)

    def _begin(self, day: dt.date, minute: int) -> None:
        if self._writes:
            self.begun.emit(dt.datetime.combine(day, Span(day, 0, STEP).moved(minutes=minute).start_time))

    # keys

    def event(self, event: QEvent) -> bool:
        """Alt with arrows moves the chosen meeting here, and goes to the page before only where none is chosen."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if (alt and event.key() in _ARROWS and self.chosen) or (event.key() == Qt.Key.Key_Escape and self.trial):
                event.accept()
                return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.chosen
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_Escape and self.trial is not None:
            self._let_go()
        elif alt and key in _ARROWS and row is not None:
            self._by_arrow(row, key, longer=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step_day(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step_meeting(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row)
        elif key == Qt.Key.Key_Insert:
            self._begin(self.day, row.end.hour * 60 + row.end.minute if row else 9 * 60)
        else:
            super().keyPressEvent(event)

    def _by_arrow(self, row: MeetingRow, key: int, *, longer: bool) -> None:
        days, minutes = _ARROWS[Qt.Key(key)]
        if longer and minutes:
            self.lengthen(row, STEP if minutes > 0 else -STEP)
        else:
            self.shift(row, days=days, minutes=minutes)

    def shift(self, row: MeetingRow, *, days: int = 0, minutes: int = 0) -> None:
        """Move a meeting by days or minutes, or say why not."""
        self._ask_to_move(row, Span.of(row).moved(days=days, minutes=minutes))

    def lengthen(self, row: MeetingRow, minutes: int) -> None:
        """Make a meeting longer or shorter, or say why not."""
        at = Span.of(row)
        self._ask_to_move(row, at.until(at.end + minutes))

    def _ask_to_move(self, row: MeetingRow, wanted: Span) -> None:
        if self._moves and may_move(row):
            self._move(row, wanted)
        else:
            self.stays.emit(row)

    def _step_day(self, by: int) -> None:
        number = self.days.index(self.day) + by
        if 0 <= number < len(self.days):
            self.choose(self.days[number], None)
        else:
            self.turned.emit(by)

    def _step_meeting(self, by: int) -> None:
        rows = self.meetings_on(self.day)
        if not rows:
            return
        keys = [row.key for row in rows]
        number = keys.index(self.chosen_key) + by if self.chosen_key in keys else (0 if by > 0 else len(keys) - 1)
        self.choose(self.day, rows[min(max(number, 0), len(rows) - 1)])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._let_go()
        super().focusOutEvent(event)

    # what is said

    def _tell(self, event: QHelpEvent) -> None:
        found = self.block_at(event.pos())
        if found is None:
            QToolTip.hideText()
            return
        lines = []
        for row in found[1].meetings:
            where = ", ".join(filter(None, (row.unit_name, row.place)))
            lines += [f"{span(row.start, row.end)} {row.heading}, {where}", *self.clashes.get(row.key, ())]
        QToolTip.showText(event.globalPos(), as_plain("\n".join(lines)), self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.chosen
        if row is None:
            return
        menu = QMenu(self)
        menu.addAction(self.tr("Öppna mötet"), lambda: self.opened.emit(row))
        menu.addSeparator()
        for words, days, minutes in (
            (self.tr("En dag tidigare\tAlt+Vänster"), -1, 0), (self.tr("En dag senare\tAlt+Höger"), 1, 0),
            (self.tr("En kvart tidigare\tAlt+Upp"), 0, -QUARTER), (self.tr("En kvart senare\tAlt+Ned"), 0, QUARTER),
        ):  # fmt: skip
            menu.addAction(words, partial(self.shift, row, days=days, minutes=minutes))
        menu.addSeparator()
        menu.addAction(self.tr("Fem minuter längre\tAlt+Skift+Ned"), lambda: self.lengthen(row, STEP))
        menu.addAction(self.tr("Fem minuter kortare\tAlt+Skift+Upp"), lambda: self.lengthen(row, -STEP))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        spot = self.spot_of(row.key)
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard and spot is not None
        menu.popup(self.mapToGlobal(spot.bottomLeft()) if by_key and spot else event.globalPos())
