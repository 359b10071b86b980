"""The agenda at the left of a meeting: its points in order, dragged or moved by keys, and the time they take."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.domain.calls import closing_words
from app.domain.journal import unmarked
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.publishing import LATE, is_late
from app.domain.roles import Right
from app.ui.icons import icon
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.live_clock import LiveClock
from app.ui.meetings.pace_keeper import PaceKeeper
from app.ui.theme import GRID, SMALL_POINTS, Theme, font
from app.ui.widgets.controls import column, label, set_role
from app.ui.widgets.fields import line
from app.ui.widgets.tables import Index

_CLOCK_MS = 10_000
_KEY = Qt.ItemDataRole.UserRole
_ITEM = Qt.ItemDataRole.UserRole + 1
_WAITS = Qt.ItemDataRole.UserRole + 2
"""Whether the point says something of a customer that is in no journal yet."""
_LATE = Qt.ItemDataRole.UserRole + 3
"""Whether the point came after the agenda had gone out."""
_TICKED = Qt.ItemDataRole.UserRole + 4
"""Whether the minutes say anything about the point; what was written beforehand is no minutes."""
_CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_MINUTES_WIDTH = 52
_GRIP = 14
_TICK = 18


class _PointDelegate(QStyledItemDelegate):
    """Draws a point: number, heading on up to two lines, planned minutes, a tick when it is dealt with.

    A book is the sign of a point that says something of a customer and is in no journal yet. Under one that came after
    the agenda had gone out, that is said.
    """

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        item: Item = index.data(_ITEM)
        metrics = option.fontMetrics
        room = max(self.parent().viewport().width() - _GRIP - 34 - _MINUTES_WIDTH - _TICK, 60)  # type: ignore[union-attr]
        wrapped = metrics.boundingRect(QRect(0, 0, room, 1000), Qt.TextFlag.TextWordWrap, item.heading)
        # The time and the sign of what is in no journal yet stand one under the other.
        least = 2 * metrics.height() if index.data(_WAITS) and item.minutes else 0
        under = metrics.height() if index.data(_LATE) else 0
        return QSize(100, max(wrapped.height() + under, least) + 14)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item: Item = index.data(_ITEM)
        area: QRect = option.rect
        state = option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(area, self.theme.color("soft"))
        ink = self.theme.color("text")
        painter.setPen(QPen(ink))
        top = area.adjusted(_GRIP, 7, -GRID, -7)
        if self.parent().dragEnabled():  # type: ignore[union-attr]
            icon("grip-vertical", color=self.theme.color("muted")).paint(
                painter, QRect(area.left() + 1, top.top() + 2, 14, 14)
            )
        painter.setFont(font(SMALL_POINTS))
        painter.drawText(top, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, f"{index.row() + 1}.")
        right = f"{item.minutes} min" if item.minutes else ""
        painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, right)
        if index.data(_TICKED):
            tick = QRect(top.right() - _MINUTES_WIDTH - _TICK + 4, top.top() + 2, 14, 14)
            icon("check", color=self.theme.color("ok")).paint(painter, tick)
        if index.data(_WAITS):
            under = QRect(top.right() - 14, top.bottom() - 14, 14, 14)
            if not item.minutes:
                under.moveTop(top.top() + 2)
            icon("book-open", color=self.theme.color("due")).paint(painter, under)
        painter.setFont(font(semibold=selected))
        text = top.adjusted(24, -2, -_MINUTES_WIDTH - _TICK, 2)
        if index.data(_LATE):
            painter.setFont(font(SMALL_POINTS))
            painter.setPen(QPen(self.theme.color("due")))
            painter.drawText(text, Qt.AlignmentFlag.AlignBottom, LATE)
            painter.setPen(QPen(ink))
            painter.setFont(font(semibold=selected))
            text = text.adjusted(0, 0, 0, -painter.fontMetrics().height())
        painter.drawText(text, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, item.heading)
        painter.restore()


class PointList(QListWidget):
    """The points; dragged, or one moved with Alt (or Ctrl+Shift) and an arrow; F2 renames, Delete removes it."""

    moved = Signal(list)
    """The keys in their new order."""
    rename_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Dagordningens punkter"))
        self.setItemDelegate(_PointDelegate(self, theme))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setWordWrap(True)
        self._waiting: frozenset[str] = frozenset()
        self._late: frozenset[str] = frozenset()
        self._begun = False

    def show_points(self, items: tuple[Item, ...], *, chosen: str) -> None:
        """Show the points and stand on one of them."""
        self.blockSignals(True)
        self.clear()
        for item in items:
            row = QListWidgetItem(item.heading)
            row.setData(_KEY, item.key)
            row.setData(_ITEM, item)
            self._mark(row, item.key)
            self.addItem(row)
            if item.key == chosen:
                self.setCurrentItem(row)
        self.blockSignals(False)

    def _mark(self, row: QListWidgetItem, key: str) -> None:
        waits, late = key in self._waiting, key in self._late
        said = ". ".join([*([LATE] if late else []), *([self.tr("Inte journalfört")] if waits else [])])
        item: Item = row.data(_ITEM)
        row.setData(_TICKED, self._begun and item.dealt_with)
        row.setData(_WAITS, waits)
        row.setData(_LATE, late)
        row.setToolTip(said)
        row.setData(Qt.ItemDataRole.AccessibleDescriptionRole, said)

    def mark(self, *, begun: bool, waiting: frozenset[str], late: frozenset[str]) -> None:
        """Say which points are in no journal yet, and which came late, before the points are shown."""
        self._begun, self._waiting, self._late = begun, waiting, late

    def renew(self, items: tuple[Item, ...]) -> None:
        """Draw the same points with what changed in them."""
        self.blockSignals(True)
        for number, item in enumerate(items):
            row = self.item(number)
            if row.data(_ITEM) != item:
                row.setText(item.heading)
                row.setData(_ITEM, item)
            self._mark(row, item.key)
        self.blockSignals(False)
        self.scheduleDelayedItemsLayout()

    def keys(self) -> list[str]:
        """The keys in the order shown."""
        return [str(self.item(number).data(_KEY)) for number in range(self.count())]

    def move(self, step: int) -> None:  # type: ignore[override]  # of a point, not of the widget
        """Move the chosen point up (-1) or down (1)."""
        number = self.currentRow()
        target = number + step
        if number < 0 or not 0 <= target < self.count():
            return
        keys = self.keys()
        keys[number], keys[target] = keys[target], keys[number]
        self.moved.emit(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers()
        moves = bool(held & Qt.KeyboardModifier.AltModifier) or held & _CTRL_SHIFT == _CTRL_SHIFT
        if moves and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move(-1 if event.key() == Qt.Key.Key_Up else 1)
            return
        wanted = {Qt.Key.Key_F2: self.rename_wanted, Qt.Key.Key_Delete: self.remove_wanted}.get(Qt.Key(event.key()))
        if wanted is not None and self.currentRow() >= 0:
            wanted.emit()
            return
        super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        before = self.keys()
        super().dropEvent(event)
        if self.keys() != before:
            self.moved.emit(self.keys())


class Agenda(QWidget):
    """Clock, points, the line that adds one, and the planned time against the meeting's length."""

    chosen = Signal(str)
    added = Signal()
    """A point was added to a meeting under way: its note is what is written next."""

    def __init__(self, editor: MeetingEditor, keeper: PaceKeeper) -> None:
        super().__init__()
        self.editor = editor
        self.live = LiveClock(keeper)
        self.under_way = ""
        """The point whose time runs while something else of the meeting is shown."""
        self.points = PointList(editor.place.theme)
        self.points.currentRowChanged.connect(lambda _: self._choose())
        self.points.itemClicked.connect(lambda row: self.chosen.emit(str(row.data(_KEY))))
        self.points.moved.connect(self._reorder)
        self.new_point = line(placeholder=self.tr("Ny punkt (Ctrl+N)"), name=self.tr("Rubrik för en ny punkt"))
        self.new_point.returnPressed.connect(self._add)
        self.closing = label(role="muted", wrap=True)
        self.sum = label(role="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Planerad tid mot mötets längd"))
        whole = column(self.live, self.points, self.closing, self.new_point, self.sum, self.bar, space=6)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setMinimumWidth(190)
        self._timer = QTimer(self)
        self._timer.setInterval(_CLOCK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def show_meeting(self, *, chosen: str) -> None:
        """Show the meeting's points."""
        meeting = self.editor.meeting
        if meeting is None:
            return
        self._mark_points(meeting)
        self.points.show_points(meeting.items, chosen=chosen)
        may = self.editor.may_call
        self.points.setDragEnabled(may)
        proposable = meeting.status in (MeetingStatus.PLANNED, MeetingStatus.OPEN)
        may_propose = self.editor.place.desk.may(Right.PROPOSE_ITEMS)
        self.new_point.setVisible(may or (proposable and may_propose))
        self._tell_closing(meeting)
        self.renew()

    def _tell_closing(self, meeting: Meeting) -> None:
        around, today = self.editor.around, self.editor.place.desk.today
        closes_on = around.closes_on if around is not None and meeting.status is MeetingStatus.PLANNED else None
        late = closes_on is not None and closes_on < today
        said = closing_words(closes_on, today=today)
        if meeting.status is MeetingStatus.PLANNED and meeting.published_at is not None:
            said = self.tr("Nya punkter märks som tillagda efter utskick.")
        elif late:
            said += self.tr(" Nya punkter kommer med som sent anmälda.")
        self.closing.setText(said)
        self.closing.setVisible(bool(said))

    def renew(self) -> None:
        """Show what changed in the points, and the time they take."""
        meeting = self.editor.meeting
        if meeting is None:
            return
        self._mark_points(meeting)
        if self.points.keys() != [item.key for item in meeting.items]:
            self.points.show_points(meeting.items, chosen=self._standing())
        self.points.renew(meeting.items)
        planned, length = meeting.planned_minutes, meeting.length
        over = planned > length
        text = self.tr("{0} av {1} min planerade").format(planned, length)
        self.sum.setText(text + (self.tr(", {0} för mycket").format(planned - length) if over else ""))
        set_role(self.sum, "overdue" if over else "muted")
        self.bar.setRange(0, max(length, 1))
        self.bar.setValue(min(planned, length))
        set_role(self.bar, "")
        self.bar.setProperty("over", over)
        set_role(self.bar, "")
        self.tick()

    def _mark_points(self, meeting: Meeting) -> None:
        begun = meeting.status is not MeetingStatus.PLANNED
        held = meeting.status not in (MeetingStatus.PLANNED, MeetingStatus.OPEN)
        self.points.mark(
            begun=begun,
            waiting=frozenset(one.item.key for one in unmarked(meeting)) if begun else frozenset(),
            late=frozenset(item.key for item in meeting.items if not held and is_late(item, meeting)),
        )

    def tick(self) -> None:
        """Renew the clock of a meeting under way."""
        self.live.tick(self._standing() or self.under_way)

    def choose(self, key: str) -> None:
        """Stand on a point."""
        keys = self.points.keys()
        if key in keys:
            self.points.setCurrentRow(keys.index(key))

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) point."""
        number = self.points.currentRow() + by
        if 0 <= number < self.points.count():
            self.points.setCurrentRow(number)

    def _standing(self) -> str:
        number = self.points.currentRow()
        return self.points.keys()[number] if number >= 0 else ""

    def clear_choice(self) -> None:
        """Stand on no point: something else of the meeting is shown."""
        self.points.blockSignals(True)
        self.points.setCurrentRow(-1)
        self.points.clearSelection()
        self.points.blockSignals(False)

    def _choose(self) -> None:
        if self.points.currentRow() >= 0:
            self.chosen.emit(self.points.keys()[self.points.currentRow()])
            self.tick()

    def _reorder(self, keys: list[str]) -> None:
        meeting = self.editor.meeting
        if meeting is None or not self.editor.may_call:
            return
        by_key = {item.key: item for item in meeting.items}
        key = self._standing()
        moved = replace(meeting, items=tuple(by_key[one] for one in keys))
        self.editor.change(moved, self.tr("Flytta punkt"))
        self.points.show_points(moved.items, chosen=key)
        self.renew()

    def _add(self) -> None:
        heading = self.new_point.text().strip()
        if not heading:
            return
        key = self.editor.add_item(heading)
        self.new_point.clear()
        if self.editor.may_call and self.editor.meeting is not None:
            self.points.show_points(self.editor.meeting.items, chosen=key)
            self.renew()
            self.points.scrollToItem(self.points.item(max(self.points.currentRow(), 0)))
            self.chosen.emit(key)
            if self.editor.meeting.status is MeetingStatus.OPEN:
                self.added.emit()
