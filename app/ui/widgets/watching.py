"""A quiet line inside a field, under what is written, when that looks like a personnummer; it stops nobody."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.domain.errors import KnownError
from app.domain.personnummer import has_personnummer
from app.domain.wording import wording
from app.ui.widgets.controls import label

ROW = 22
"""How much higher a field is while the line is shown."""
_INSET = 9


class Watch(QObject):
    """Watches one field's text; the line is made when it is first needed and lies along the field's foot."""

    def __init__(self, over: QWidget, *, phone: bool = False) -> None:
        super().__init__(over)
        self._over, self._phone = over, phone
        self.line: QLabel | None = None

    @property
    def shown(self) -> bool:
        """Whether the line is shown now."""
        return self.line is not None and not self.line.isHidden()

    def look(self, text: str) -> bool:
        """Show or hide the line for a text; whether that changed."""
        found, before = has_personnummer(text, phone=self._phone), self.shown
        if found and self.line is None:
            self.line = label(wording(KnownError("personnummer_typed")), role="due")
            self.line.setParent(self._over)
            self._over.installEventFilter(self)
        if self.line is not None:
            self.line.setVisible(found)
        if found:
            self._place()
        described = self.line.text() if found and self.line is not None else ""
        if found != before:
            self._over.setAccessibleDescription(described)
        return found != before

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self.line is not None:
            self.line.setGeometry(_INSET, self._over.height() - ROW - 2, self._over.width() - 2 * _INSET, ROW)
            self.line.raise_()


class WatchedLine(QLineEdit):
    """One line of text that is watched; with `phone` ten figures that begin with 0 are a phone number."""

    def __init__(self, text: str = "", *, phone: bool = False) -> None:
        super().__init__(text)
        self.watch = Watch(self, phone=phone)
        self.textChanged.connect(self._look)
        self._look(text)

    def _look(self, text: str) -> None:
        if not self.watch.look(text):
            return
        self.setTextMargins(0, 0, 0, ROW if self.watch.shown else 0)
        self.setProperty("watched", self.watch.shown)
        self.style().unpolish(self)
        self.style().polish(self)
