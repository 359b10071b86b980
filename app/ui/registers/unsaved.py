"""What stands in the way of leaving a row: the bar that asks about unsaved text, and tools that are under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.errors import KnownError
from app.domain.wording import wording
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.flow import Flow


class Tool(QWidget):
    """Something larger that is done to the row, in the form's place; `dirty` when it should not be left by mistake."""

    finished = Signal()
    """It is done or given up: the form comes back."""
    dirty = False

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("body")
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()

    def say(self, text: str) -> None:
        """Say what is wrong, beside what it is about."""
        self.fault.setText(text)
        self.fault.show()

    def refused(self, error: Exception) -> bool:
        """Take a known fault of the service and say it here."""
        if isinstance(error, KnownError):
            self.say(wording(error))
            return True
        return False


class UnsavedBar(QFrame):
    """Asks over the form, not in a dialog, what to do with what is unsaved."""

    def __init__(
        self, on_save: Callable[[], object], on_drop: Callable[[], object], on_stay: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setProperty("kind", "notice")
        self.text = label(wrap=True)
        self.save = button(self.tr("Spara ändringarna"), on_save)
        self.drop = button(self.tr("Släng ändringarna"), on_drop)
        self.stay = button(self.tr("Fortsätt skriva"), on_stay, kind="quiet")
        inside = column(self.text, box(Flow(self.save, self.drop, self.stay)))
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        self.setLayout(inside)

    def show_text(self, text: str, *, can_save: bool) -> None:
        """Ask; a tool that is under way cannot be saved half done."""
        self.text.setText(text)
        self.save.setVisible(can_save)
        self.show()
