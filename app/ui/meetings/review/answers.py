"""A growing field in a row of several: Enter goes on to the next, Shift+Enter begins a new line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.widgets.texts import TextField

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerField(TextField):
    """A text that is told and left with Enter."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in ENTER and plain:
            self.entered.emit()
            return
        super().keyPressEvent(event)
