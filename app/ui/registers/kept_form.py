"""A form that knows what it was filled with: whether anything is unsaved, and how to keep and show it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.ui.widgets.controls import column
from app.ui.widgets.fields import chosen

State = dict[str, object]
_MOST_ROWS = 5


class CheckList(QListWidget):
    """Several of a few: a list whose rows are ticked with the mouse or Space."""

    ticked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "field")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(lambda _: self.ticked.emit())

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Show these (value, text) pairs; what was ticked stays ticked."""
        before = self.values()
        if options == [(value, self.item(n).text()) for n, value in enumerate(self._all())]:
            return
        self.blockSignals(True)
        self.clear()
        for value, text in options:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in before else Qt.CheckState.Unchecked)
            self.addItem(item)
        self.blockSignals(False)
        rows = min(max(len(options), 1), _MOST_ROWS)
        height = self.sizeHintForRow(0) if options else self.fontMetrics().height() + 8
        self.setFixedHeight(rows * height + 14)

    def values(self) -> tuple[str, ...]:
        """The ticked values, in the order shown."""
        ticked = Qt.CheckState.Checked
        return tuple(value for n, value in enumerate(self._all()) if self.item(n).checkState() == ticked)

    def set_values(self, values: Iterable[str]) -> None:
        """Tick exactly these."""
        wanted = set(values)
        self.blockSignals(True)
        for number, value in enumerate(self._all()):
            state = Qt.CheckState.Checked if value in wanted else Qt.CheckState.Unchecked
            self.item(number).setCheckState(state)
        self.blockSignals(False)
        first = next((n for n, value in enumerate(self._all()) if value in wanted), 0)
        if self.count():
            self.scrollToItem(self.item(first))
        self.ticked.emit()

    def _all(self) -> list[str]:
        return [str(self.item(n).data(Qt.ItemDataRole.UserRole)) for n in range(self.count())]


@runtime_checkable
class KeptPart(Protocol):
    """A field made of several, which says itself what is kept of it, in a shape that JSON knows."""

    touched: SignalInstance
    """Something was typed or chosen in it."""

    @property
    def kept(self) -> object:
        """What stands in it."""

    def show_kept(self, value: object) -> None:
        """Put back what was taken out with `kept`."""


class KeptForm(QWidget):
    """Fields under each other whose contents can be compared, taken out and put back."""

    touched = Signal()
    """Something was typed or chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._told = ""
        self.setObjectName("body")
        self._editors: dict[str, QWidget] = {}
        self._clean: State = {}

    def lay_out(self, *parts: QWidget) -> None:
        """Put the parts one under the other."""
        layout = column(*parts, None, space=12)
        layout.setContentsMargins(2, 2, 14, 2)
        self.setLayout(layout)

    def keep(self, name: str, editor: QWidget) -> None:
        """Count the editor among what is saved."""
        self._editors[name] = editor
        if isinstance(editor, QLineEdit):
            editor.textChanged.connect(lambda _: self.touched.emit())
        elif isinstance(editor, QComboBox):
            editor.currentIndexChanged.connect(lambda _: self.touched.emit())
            editor.editTextChanged.connect(lambda _: self.touched.emit())
        elif isinstance(editor, QCheckBox):
            editor.toggled.connect(lambda _: self.touched.emit())
        elif isinstance(editor, CheckList):
            editor.ticked.connect(self.touched.emit)
        elif isinstance(editor, KeptPart):
            editor.touched.connect(self.touched.emit)

    @property
    def state(self) -> State:
        """What stands in every field, in a shape that JSON knows."""
        return {name: _read(editor) for name, editor in self._editors.items()}

    @property
    def dirty(self) -> bool:
        """Whether anything stands there that is not saved."""
        return self.state != self._clean

    def is_clean(self) -> None:
        """What stands in the fields now is what is saved."""
        self._clean = self.state
        self.touched.emit()

    def count_as_clean(self, *names: str) -> None:
        """What stands in these fields now is what is saved; the others are as changed as they were."""
        self._clean = {**self._clean, **{name: value for name, value in self.state.items() if name in names}}
        self.touched.emit()

    def show_state(self, state: State) -> None:
        """Put back what was taken out with `state`, for the fields it names."""
        for name, editor in self._editors.items():
            if name in state:
                _write(editor, state[name])

    def set_editable(self, editable: bool, why: str) -> None:
        """Let the fields be changed, or only read; `why` is told on hover."""
        for editor in self._editors.values():
            if isinstance(editor, QLineEdit):
                editor.setReadOnly(not editable)
            else:
                editor.setEnabled(editable)
            if not editable or editor.toolTip() == self._told:
                editor.setToolTip("" if editable else why)
        self._told = why


def _read(editor: QWidget) -> object:
    if isinstance(editor, QLineEdit):
        return editor.text()
    if isinstance(editor, QComboBox):
        return editor.currentText() if editor.isEditable() else chosen(editor)
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, CheckList):
        return list(editor.values())
    return editor.kept if isinstance(editor, KeptPart) else None


def _write(editor: QWidget, value: object) -> None:
    if isinstance(editor, QLineEdit):
        editor.setText(str(value))
    elif isinstance(editor, QComboBox):
        _write_choice(editor, str(value))
    elif isinstance(editor, QCheckBox):
        editor.setChecked(bool(value))
    elif isinstance(editor, CheckList) and isinstance(value, list):
        editor.set_values(str(one) for one in value)
    elif isinstance(editor, KeptPart):
        editor.show_kept(value)


def _write_choice(editor: QComboBox, value: str) -> None:
    if not editor.isEditable():
        editor.setCurrentIndex(max(editor.findData(value), 0))
        return
    index = editor.findText(value, Qt.MatchFlag.MatchFixedString)
    if index >= 0:
        editor.setCurrentIndex(index)
    editor.setEditText(value)
