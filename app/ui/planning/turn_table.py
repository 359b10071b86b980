"""The list of turns: one row a customer, moved by drag or Alt and the arrows where the team has an order of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from app.domain.swedish import brief_date, plain_date, short_date
from app.domain.turn_list import Mark, TurnRow, interval_words, mark_words
from app.ui.widgets.tables import Column, RowsModel, Table
from app.ui.workplace import Workplace

_MIME = "application/x-teamforum-row"
_NO_INDEX = QModelIndex()
_ROLES = {
    Mark.OVERDUE: "overdue", Mark.BREAKS: "overdue", Mark.HOSPITAL: "due", Mark.PUT_IN: "info", Mark.PASSED: "due",
    Mark.IN_TURN: "ok",
}  # fmt: skip


def color_role(mark: Mark) -> str:
    """The role of colour of a mark, which its word says too."""
    return _ROLES[mark]


class MovableRows(RowsModel[TurnRow]):
    """Rows that can be dropped between others; which goes where is told, and whoever keeps them shows it."""

    dropped = Signal(int, int)
    """The row's number, and the number it is to have."""
    movable = False

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Rows can be dragged, and dropped between others, while they are `movable`."""
        found = super().flags(index)
        if not self.movable:
            return found
        return found | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Any) -> QMimeData:
        made = QMimeData()
        made.setData(_MIME, str(next(iter(indexes)).row()).encode())
        return made

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int,  # noqa: ARG002 - the toolkit's
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:  # fmt: skip
        """Tell where a row was dropped; the toolkit moves nothing itself."""
        if not data.hasFormat(_MIME):
            return False
        was = int(bytes(data.data(_MIME).data()))
        to = row if row >= 0 else parent.row() if parent.isValid() else len(self.rows)
        self.dropped.emit(was, to - 1 if to > was else to)
        return False


class TurnTable(Table[TurnRow]):
    """Whose turn it is, and what to look out for."""

    model_kind = MovableRows
    moved = Signal(int, int)

    def __init__(self, place: Workplace, ward_name: Callable[[TurnRow], str]) -> None:
        self._place, self._ward_name = place, ward_name
        self.months: int | None = None
        super().__init__(self._columns(), name=self.tr("Turordning"))
        self.setMinimumWidth(200)
        self.setDropIndicatorShown(True)
        self.setDragDropOverwriteMode(False)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.rows_model.dropped.connect(self.moved)  # type: ignore[attr-defined]  # the kind of model named above

    def _columns(self) -> tuple[Column[TurnRow], ...]:
        today = self._place.desk.today
        return (
            Column(self.tr("Plats"), lambda one: str(one.turn.priority or "–"), width=56, right=True),
            Column(self.tr("Kund"), lambda one: one.label, width=96),
            Column(self.tr("Avdelning"), self._ward_name, width=88),
            Column(
                self.tr("Senast"), lambda one: brief_date(one.last, today=today) if one.last else self.tr("aldrig"),
                width=88, hover=lambda one: f"{plain_date(one.last)}, {one.last_where}" if one.last else "",
            ),
            Column(self.tr("Hur ofta"), lambda one: interval_words(one.turn, self.months), width=116, drop_below=740),
            Column(
                self.tr("Senaste dag"), lambda one: brief_date(one.latest, today=today) if one.latest else "",
                width=112, drop_below=860,
            ),
            Column(
                self.tr("Nästa"), lambda one: short_date(one.next.date) if one.next else "", width=96,
                hover=lambda one: plain_date(one.next.date) if one.next else self.tr("Inte bokad"),
            ),
            Column(self.tr("Att se upp med"), self._marks, color=self._color),
        )  # fmt: skip

    def show_turns(self, rows: list[TurnRow], *, by_need: bool, several_wards: bool, movable: bool) -> None:
        """Show these rows; the place on the list only where the team has one."""
        self.rows_model.show_rows(rows)
        self.setColumnHidden(0, not by_need)
        self.setColumnHidden(2, not several_wards)
        self.rows_model.movable = movable  # type: ignore[attr-defined]
        mode = QAbstractItemView.DragDropMode
        self.setDragDropMode(mode.InternalMove if movable else mode.NoDragDrop)

    def _marks(self, one: TurnRow) -> str:
        return ", ".join(mark_words(mark, one, today=self._place.desk.today) for mark in one.marks)

    def _color(self, one: TurnRow) -> QColor | None:
        return self._place.theme.color(color_role(one.marks[0])) if one.marks else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_current(steps)
            return
        super().keyPressEvent(event)

    def move_current(self, steps: int) -> None:
        """Ask for the row that the keyboard stands on to be so many places lower."""
        number = self.currentIndex().row()
        target = number + steps
        if self.rows_model.movable and number >= 0 and 0 <= target < len(self.rows_model.rows):  # type: ignore[attr-defined]
            self.moved.emit(number, target)
