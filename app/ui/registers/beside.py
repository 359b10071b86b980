"""A register's list with its detail: side by side where there is room, otherwise one at a time with a way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.domain.stored import Stored
from app.ui.registers.detail import Detail
from app.ui.registers.register import V, W
from app.ui.widgets.pages import side_by_side
from app.ui.widgets.tables import Table

_ROOM_FOR_BOTH = 850
"""What a page 900 pixels wide has inside its margins."""


class ListBesideDetail(QWidget, Generic[V, W]):
    """Where it is narrow the list takes all the room until a row is opened, and the detail until it is left."""

    def __init__(
        self, table: Table[Stored[V]], detail: Detail[V, W], *, key: Callable[[V], str], sizes: tuple[int, int]
    ) -> None:
        super().__init__()
        self._table, self._detail, self._key = table, detail, key
        self.narrow = False
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(side_by_side(table, detail, sizes=sizes))
        self._escape = QShortcut(QKeySequence("Esc"), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.back)
        detail.back_button.clicked.connect(self.back)
        detail.moved.connect(lambda _: self._fit())
        table.chosen.connect(self._choose)
        table.clicked.connect(self._click)
        table.opened.connect(self._open)
        self._fit()

    def _choose(self, row: Stored[V]) -> None:
        """Beside the list a row is shown as soon as it is stood on; in its place only when it is opened."""
        if not self.narrow:
            self._open(row)

    def _click(self, index: QModelIndex) -> None:
        self._open(self._table.rows_model.rows[index.row()])

    def _open(self, row: Stored[V]) -> None:
        self._detail.go(self._key(row.value))

    def back(self) -> None:
        """Leave the row and stand on it in the list; what is unsaved is asked about first."""
        left = self._detail.key
        if not self._detail.leave():
            return
        self._table.select_where(lambda row: self._key(row.value) == left)
        self._table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.narrow = self.width() < _ROOM_FOR_BOTH
        there = self._detail.key is not None
        alone = self.narrow and there
        standing = QApplication.focusWidget()
        in_list, in_detail = standing is self._table, standing is not None and self._detail.isAncestorOf(standing)
        self._escape.setEnabled(alone)
        self._detail.back_button.setVisible(alone)
        self._detail.setVisible(there or not self.narrow)
        self._table.setVisible(not alone)
        # The keyboard follows to what takes the place of the part it stood in.
        if alone and in_list:
            self._detail.back_button.setFocus()
        elif self.narrow and not there and in_detail:
            self._table.setFocus()
