"""The foot of a form that is saved as a whole: what is unsaved, what is wrong, and the two ways on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.flow import Flow


class SaveFoot(QWidget):
    """Save and undo, enabled while there is something to save."""

    def __init__(self, on_save: Callable[[], object], on_drop: Callable[[], object]) -> None:
        super().__init__()
        self.fault = label(role="overdue", wrap=True)
        self.fault.setAccessibleName(self.tr("Hinder"))
        self.state = label(role="muted")
        self.state.setMinimumHeight(36)
        self.save_button = button(self.tr("Spara"), on_save, kind="primary", shortcut="Ctrl+S")
        self.drop_button = button(self.tr("Ångra ändringarna"), on_drop)
        self.setLayout(column(self.fault, box(Flow(self.save_button, self.drop_button, self.state))))
        self.mark(dirty=False)

    def mark(self, *, dirty: bool) -> None:
        """Show whether anything is unsaved."""
        self.save_button.setEnabled(dirty)
        self.drop_button.setEnabled(dirty)
        self.state.setText(self.tr("Inte sparat") if dirty else "")
        self.show_fault("")

    def show_fault(self, text: str) -> None:
        """Say what stops it from being saved."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
