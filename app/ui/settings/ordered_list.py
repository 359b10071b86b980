"""Short texts in an order that means something: apartments, agenda points, participants. Typed, pasted, moved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.domain.storable import storable
from app.ui.theme import GRID, ROW_HEIGHT
from app.ui.widgets.controls import button, column, icon_button, row
from app.ui.widgets.fields import OnlyStorable

LINES, COMMAS = r"[\n\r\u2028\u2029]+", r"[\n\r\u2028\u2029,;\t]+"
"""What parts several entries that are pasted at once."""
_MOST_SHOWN = 8
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its text, and the key of what it stands for where it has one."""

    text: str
    key: str = ""


class _AddLine(QLineEdit):
    """Takes one entry, or several pasted at once."""

    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = storable(QGuiApplication.clipboard().text())
        if event.matches(QKeySequence.StandardKey.Paste) and "\n" in text.strip():
            self.pasted.emit(text)
            return
        super().keyPressEvent(event)


class _Rows(QListWidget):
    """The rows, with their keys: Alt+Up and Alt+Down move, Delete takes away, Ctrl+V pastes."""

    moving = Signal(int)
    removing = Signal()
    pasted = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moving.emit(steps)
        elif event.key() == Qt.Key.Key_Delete:
            self.removing.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(storable(QGuiApplication.clipboard().text()))
        else:
            super().keyPressEvent(event)


class OrderedList(QWidget):
    """A list that is written in place (F2), moved (drag, Alt+Up, Alt+Down) and added to by the line under it."""

    changed = Signal()
    chosen = Signal(int)
    added = Signal(str)
    """With `keyed`: an entry with this text is wanted, and whoever owns the list gives it its key."""

    def __init__(self, name: str, *, placeholder: str, parted_by: str = LINES, keyed: bool = False) -> None:
        super().__init__()
        self._parted_by, self._keyed = parted_by, keyed
        self.list = _Rows()
        self.list.setAccessibleName(name)
        self.list.setProperty("kind", "field")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.line = _AddLine()
        self.line.setMaxLength(500)
        self.line.setValidator(OnlyStorable(self.line))
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(self.tr("Lägg till i {0}").format(name))
        self._add_button = button(self.tr("Lägg till"), self.add_written)
        self._move = (
            icon_button("chevron-up", self.tr("Flytta upp i {0} (Alt+Upp)").format(name), partial(self.move_row, -1)),
            icon_button("chevron-down", self.tr("Flytta ner i {0} (Alt+Ner)").format(name), partial(self.move_row, 1)),
            icon_button("trash-2", self.tr("Ta bort ur {0} (Delete)").format(name), self.remove),
        )
        tools = column(*self._move, None, space=0)
        upper = row(self.list, tools, space=4)
        upper.setStretch(0, 1)
        upper.setAlignment(self.list, Qt.AlignmentFlag.AlignTop)
        self.extra = row(self.line, self._add_button, space=GRID)
        self.extra.setStretch(0, 1)
        self.setLayout(column(upper, self.extra, space=GRID))
        self._connect()
        self._fit()

    def _connect(self) -> None:
        self.list.moving.connect(self.move_row)
        self.list.removing.connect(self.remove)
        self.list.pasted.connect(self._paste_into_list)
        self.line.returnPressed.connect(self.add_written)
        self.line.pasted.connect(self.add_text)
        self.list.itemChanged.connect(lambda _: self._touched())
        self.list.model().rowsMoved.connect(lambda *_: self._touched())
        self.list.currentRowChanged.connect(self._stand)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The rows as they stand, empty ones left out where they mean nothing by themselves."""
        rows = [self.list.item(number) for number in range(self.list.count())]
        found = [Entry(one.text().strip(), str(one.data(_KEY) or "")) for one in rows]
        return tuple(one for one in found if one.text or one.key)

    @property
    def texts(self) -> tuple[str, ...]:
        """The rows' texts."""
        return tuple(one.text for one in self.entries)

    def show_entries(self, entries: Iterable[Entry], *, current: int = -1) -> None:
        """Show these rows instead, telling nobody."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in entries:
                self.list.addItem(self._item(one))
            self.list.setCurrentRow(min(current, self.list.count() - 1))
        self._fit()

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show these texts instead, telling nobody."""
        if tuple(texts) != self.texts:
            self.show_entries(Entry(text) for text in texts)

    def set_editable(self, editable: bool, why: str = "") -> None:
        """Let the list be changed, or only read; `why` is told on hover."""
        for one in (self.line, self._add_button, *self._move):
            one.setVisible(editable)
        mode = QAbstractItemView.DragDropMode
        self.list.setDragDropMode(mode.InternalMove if editable else mode.NoDragDrop)
        trigger = QAbstractItemView.EditTrigger
        self.list.setEditTriggers(
            trigger.DoubleClicked | trigger.EditKeyPressed if editable else trigger.NoEditTriggers
        )
        self.list.setToolTip(why)
        self._editable = editable

    _editable = True

    def add_written(self) -> None:
        """Add what stands in the line."""
        text = self.line.text()
        self.line.clear()
        self.add_text(text)

    def add_text(self, text: str) -> None:
        """Add one entry, or each of several."""
        for part in (part.strip() for part in re.split(self._parted_by, text)):
            if not part:
                continue
            if self._keyed:
                self.added.emit(part)
            else:
                self.add_entry(Entry(part))

    def add_entry(self, entry: Entry) -> None:
        """Put a row last and stand on it."""
        self.list.addItem(self._item(entry))
        self.list.setCurrentRow(self.list.count() - 1)
        self._touched()

    def move_row(self, steps: int) -> None:
        """Move the row that the keyboard stands on."""
        number = self.list.currentRow()
        target = number + steps
        if not self._editable or number < 0 or not 0 <= target < self.list.count():
            return
        with QSignalBlocker(self.list):
            item = self.list.takeItem(number)
            self.list.insertItem(target, item)
            self.list.setCurrentRow(target)
        self._touched()
        self._stand(target)

    def remove(self) -> None:
        """Take away the row that the keyboard stands on."""
        number = self.list.currentRow()
        if not self._editable or number < 0:
            return
        self.list.takeItem(number)
        self._touched()

    def rewrite(self, number: int, text: str) -> None:
        """Give a row another text."""
        item = self.list.item(number)
        if item is not None:
            item.setText(text)

    def _paste_into_list(self, text: str) -> None:
        if self._editable:
            self.add_text(text)

    def _item(self, entry: Entry) -> QListWidgetItem:
        item = QListWidgetItem(entry.text)
        item.setData(_KEY, entry.key)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        return item

    def _touched(self) -> None:
        self._fit()
        self.changed.emit()

    def _stand(self, number: int) -> None:
        self._mark(number)
        self.chosen.emit(number)

    def _mark(self, number: int) -> None:
        up, down, away = self._move
        up.setEnabled(number > 0)
        down.setEnabled(0 <= number < self.list.count() - 1)
        away.setEnabled(number >= 0)

    def _fit(self) -> None:
        shown = min(max(self.list.count(), 3), _MOST_SHOWN)
        height = self.list.sizeHintForRow(0) if self.list.count() else ROW_HEIGHT - 4
        self.list.setFixedHeight(shown * max(height, 24) + 12)
        self._mark(self.list.currentRow())
