"""Lists of rows from a service: columns as functions of the row, read in pages so that long lists open at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.theme import ROW_HEIGHT
from app.ui.widgets.controls import as_plain

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its heading, a row's text, and optionally its full text on hover and its colour."""

    title: str
    text: Callable[[R], str]
    width: int = 0
    right: bool = False
    hover: Callable[[R], str] | None = None
    color: Callable[[R], QColor | None] | None = None
    drop_below: int = 0
    """The list's width in pixels below which the column gives its room to the others."""


class RowsModel(QAbstractTableModel, Generic[R]):
    """Rows that have been read so far; asks for more through `wanted` when the view comes to their end."""

    wanted = Signal(int)
    """The number of rows there are already: read the next page from there."""

    def __init__(self, columns: Sequence[Column[R]]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[R] = []
        self._total = 0
        self._asked = False

    def show_rows(self, rows: Sequence[R], *, total: int | None = None) -> None:
        """Show these rows instead; `total` when there are more to read."""
        self.beginResetModel()
        self.rows = list(rows)
        self._total = len(rows) if total is None else total
        self._asked = False
        self.endResetModel()

    def add_rows(self, rows: Sequence[R]) -> None:
        """Show the next page below."""
        self._asked = False
        if not rows:
            self._total = len(self.rows)
            return
        self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
        self.rows.extend(rows)
        self.endInsertRows()

    def replace_last(self, row: R) -> None:
        """Show another row in place of the last: the next page belonged to it too."""
        self.rows[-1] = row
        number = len(self.rows) - 1
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self.rows) < self._total and not self._asked

    def fetchMore(self, parent: Index) -> None:  # noqa: ARG002
        self._asked = True
        self.wanted.emit(len(self.rows))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.columns[section].right else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, by the columns' functions."""
        if not index.isValid():
            return None
        row, of = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return of.text(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_plain(of.hover(row) if of.hover else of.text(row))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if of.right else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole and of.color is not None:
            return of.color(row)
        return None


class Table(QTableView, Generic[R]):
    """A list of rows; Enter or a double click opens, and what is chosen is told as the row itself."""

    opened = Signal(object)
    chosen = Signal(object)
    space_pressed = Signal(object)
    model_kind: type[RowsModel[Any]] = RowsModel
    """What holds the rows; a list whose rows can be moved has a kind of its own."""

    def __init__(self, columns: Sequence[Column[R]], *, name: str) -> None:
        super().__init__()
        self.rows_model: RowsModel[R] = self.model_kind(columns)
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.horizontalHeader().setAccessibleName(self.tr("Kolumner"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        self._size_columns(columns)
        self.activated.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._choose)

    def _size_columns(self, columns: Sequence[Column[R]]) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        for number, one in enumerate(columns):
            if one.width:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(number, one.width)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        for number, one in enumerate(self.rows_model.columns):
            if one.drop_below:
                self.setColumnHidden(number, event.size().width() < one.drop_below)
        super().resizeEvent(event)

    def current_row(self) -> R | None:
        """The row the keyboard stands on."""
        index = self.currentIndex()
        return self.rows_model.rows[index.row()] if index.isValid() else None

    def select_where(self, matches: Callable[[R], bool]) -> bool:
        """Stand on the first row that matches."""
        for number, one in enumerate(self.rows_model.rows):
            if matches(one):
                self.selectRow(number)
                return True
        return False

    def stand_on(self, matches: Callable[[R], bool]) -> None:
        """Stand on the row that matches, or on none when there is no such row."""
        now = self.current_row()
        if (now is None or not matches(now)) and not self.select_where(matches):
            self.clearSelection()
            self.setCurrentIndex(self.rootIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and (found := self.current_row()) is not None:
            self.space_pressed.emit(found)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (found := self.current_row()) is not None:
            self.opened.emit(found)
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self.rows_model.rows[index.row()])

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.rows_model.rows[index.row()])
