"""The month's days as a person works with them: keys from day to day, and a meeting dragged to another day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QToolTip

from app.domain.meetings import MeetingRow
from app.ui.calendar.days import DAY, MEETINGS, Days
from app.ui.calendar.drawing import MonthDelegate, laid_in_cell
from app.ui.calendar.hours import may_move
from app.ui.calendar.span import Span
from app.ui.theme import Theme
from app.ui.widgets.controls import as_plain

_CHECK_AFTER = 60
"""Milliseconds a dragged meeting rests before it is asked whether it clashes there."""


class MonthTable(QTableView):
    """Arrows go from day to day, Page keys to the next month, Enter to the day's meetings."""

    turned = Signal(int)
    entered = Signal()
    moved = Signal(object, object)
    """A meeting (first) is to be held then (a `Span`)."""
    stays = Signal(object)
    """A meeting that may not be moved was to be."""
    tried = Signal(object, object)
    """A meeting is held over a day: does it clash there?"""

    def __init__(self, days: Days, theme: Theme, today: dt.date, *, moves: bool) -> None:
        super().__init__()
        self.days, self._moves = days, moves
        self._drawing = MonthDelegate(theme, today)
        self._pressed: tuple[QPoint, MeetingRow] | None = None
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(_CHECK_AFTER)
        self._check.timeout.connect(self._ask)
        self.setModel(days)
        self.setItemDelegate(self._drawing)
        self.setAccessibleName(self.tr("Kalenderns dagar"))
        self.horizontalHeader().setAccessibleName(self.tr("Veckodagar"))
        self.verticalHeader().setAccessibleName(self.tr("Veckor"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
        self.setCornerButtonEnabled(False)

    @property
    def trial(self) -> Span | None:
        """Where a meeting is held over, before it is let go."""
        return self._drawing.trial

    def meeting_at(self, spot: QPoint) -> MeetingRow | None:
        """The meeting under the pointer, where it has a line of its own."""
        index = self.indexAt(spot)
        if not index.isValid():
            return None
        placed, _ = laid_in_cell(self.visualRect(index), index.data(MEETINGS))
        found = next((block for area, block in placed if area.contains(spot)), None)
        return found.meetings[0] if found is not None and len(found.meetings) == 1 else None

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        row = self.meeting_at(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and row is not None:
            self._pressed = (event.position().toPoint(), row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        (begin, row), spot = self._pressed, event.position().toPoint()
        if self.trial is None and (spot - begin).manhattanLength() < QApplication.startDragDistance():
            return
        if not (self._moves and may_move(row)):
            self._let_go()
            self.stays.emit(row)
            return
        index = self.indexAt(spot)
        if index.isValid():
            day: dt.date = index.data(DAY)
            self._try(row, Span.of(row).moved(days=(day - row.date).days))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, trial = self._pressed, self.trial
        self._let_go()
        super().mouseReleaseEvent(event)
        if pressed is not None and trial is not None and trial.day != pressed[1].date:
            self.moved.emit(pressed[1], trial)

    def _try(self, row: MeetingRow, trial: Span) -> None:
        if trial != self.trial:
            self._drawing.hold(row, trial)
            QToolTip.hideText()
            self._check.start()
            self.viewport().update()

    def _ask(self) -> None:
        if self._pressed is not None and self.trial is not None:
            self.tried.emit(self._pressed[1], self.trial)

    def show_trial(self, trial: Span, sentences: Sequence[str]) -> None:
        """Say what the meeting clashes with there, if it is still held there."""
        if trial != self.trial:
            return
        self._drawing.trial_clashes = bool(sentences)
        self.viewport().update()
        if sentences:
            spot = self.visualRect(self.days.cell_of(trial.day)).bottomLeft()
            QToolTip.showText(self.viewport().mapToGlobal(spot), as_plain("\n".join(sentences)), self)

    def _let_go(self) -> None:
        self._pressed = None
        self._drawing.let_go()
        self._check.stop()
        self.viewport().update()

    # keys

    def event(self, event: QEvent) -> bool:
        """Esc lets a meeting that is held lie where it was, and does nothing else then."""
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.trial is not None
        if escapes and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.trial is not None:
            self._let_go()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._let_go()
        super().focusOutEvent(event)
