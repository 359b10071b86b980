"""What every section of the settings has: a heading, content that scrolls, and how it is read and kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QVBoxLayout, QWidget

from app.ui.theme import GRID
from app.ui.widgets.controls import column, label
from app.ui.workplace import Workplace


class Section(QWidget):
    """One part of the settings page."""

    refreshed_by: frozenset[str] = frozenset()
    """Which kinds of change the section shows."""

    def __init__(self, place: Workplace, title: str, about: str = "") -> None:
        super().__init__()
        self.place = place
        self.setAccessibleName(title)
        self.body = QVBoxLayout()
        self.body.setSpacing(2 * GRID)
        self._head = [label(title, role="heading")]
        if about:
            self._head.append(label(about, role="muted", wrap=True))
        whole = column(*self._head, self.body)
        whole.setStretch(len(self._head), 1)
        self.setLayout(whole)

    def show_head(self, shown: bool) -> None:
        """Show the heading, or leave its room to the content where the window is small."""
        for one in self._head:
            one.setVisible(shown)

    def refresh(self) -> None:
        """Read what is shown anew; what is being typed stays."""

    def settle(self) -> None:
        """Keep what is being typed: the page is left, or the window locked."""


class Number(QSpinBox):
    """A whole number; the wheel changes it only when the keyboard stands in it, so that a form can be scrolled."""

    def __init__(self, lowest: int, highest: int, *, suffix: str = "", one: str = "", nothing: str = "") -> None:
        """`suffix` stands after the number, `one` after 1 where it differs, `nothing` in place of the lowest."""
        super().__init__()
        self._suffix, self._one = suffix, one or suffix
        self.setRange(lowest, highest)
        self._fit_suffix(self.value())
        self.valueChanged.connect(self._fit_suffix)
        self.setSpecialValueText(nothing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaximumWidth(180)

    def setValue(self, value: int) -> None:
        """Show the number, also while its signals are blocked."""
        super().setValue(value)
        self._fit_suffix(self.value())

    def _fit_suffix(self, value: int) -> None:
        self.setSuffix(self._one if value == 1 else self._suffix)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
