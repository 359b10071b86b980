"""A choice among many that is typed at: any words of an option find it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter

from app.ui.widgets.fields import fill_choice, name_editor


class SeekChoice(QComboBox):
    """The options in their order; what is typed and names none of them goes back to what was chosen."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        name_editor(self, name)
        if (completer := self.completer()) is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        if (line := self.lineEdit()) is not None:
            line.editingFinished.connect(self.settle)

    def offer(self, options: Sequence[tuple[str, str]], *, chosen: str = "") -> None:
        """Offer other options (value and text)."""
        fill_choice(self, options, chosen=chosen)
        if (line := self.lineEdit()) is not None:
            line.setCursorPosition(0)

    def choose(self, value: str) -> None:
        """Choose an option by its value; one that is not there changes nothing."""
        if (number := self.findData(value)) >= 0:
            self.setCurrentIndex(number)

    @property
    def value(self) -> str:
        """The value of what is chosen, or typed at now; empty where there is none."""
        self.settle()
        return str(self.currentData() or "")

    def settle(self) -> None:
        """Take the first option that has every word that was typed, and show it whole."""
        typed = self.currentText().casefold().split()
        if self.currentText() != self.itemText(self.currentIndex()):
            texts = (self.itemText(number).casefold() for number in range(self.count()))
            found = (n for n, text in enumerate(texts) if typed and all(word in text for word in typed))
            self.setCurrentIndex(next(found, self.currentIndex()))
        self.setEditText(self.itemText(self.currentIndex()))
