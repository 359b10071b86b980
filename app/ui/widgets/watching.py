"""A quiet line inside a field, under what is written, when that looks like a personnummer; it stops nobody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.domain.errors import KnownError
from app.domain.personnummer import has_personnummer
from app.domain.wording import wording
from app.ui.widgets.controls import label

_INSET = 9


class Watch(QObject):
    """Watches one field's text; the line is made when it is first needed and lies along the field's foot."""

    def __init__(self, over: QWidget, *, make_room: Callable[[int], object], phone: bool = False) -> None:
        super().__init__(over)
        self._over, self._make_room, self._phone = over, make_room, phone
        self.line: QLabel | None = None
        self.room = 0
        """How much of the field's foot the line takes, in pixels."""

    @property
    def shown(self) -> bool:
        """Whether the line is shown now."""
        return self.line is not None and not self.line.isHidden()

    def look(self, text: str) -> None:
        """Show or hide the line for a text."""
        found = has_personnummer(text, phone=self._phone)
        if found == self.shown:
            return
        if self.line is None:
            self.line = label(wording(KnownError("personnummer_typed")), role="watch", wrap=True)
            self.line.setParent(self._over)
            self._over.installEventFilter(self)
        self.line.setVisible(found)
        self._over.setAccessibleDescription(self.line.text() if found else "")
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """Lie along the foot, on two rows where the field is narrow, and have the field make room."""
        if self.line is None:
            return
        width = max(self._over.width() - 2 * _INSET, 40)
        room = self.line.heightForWidth(width) + 4 if self.shown else 0
        if room != self.room:
            self.room = room
            self._make_room(room)
        self.line.setGeometry(_INSET, self._over.height() - room, width, max(room - 4, 0))
        self.line.raise_()


class WatchedLine(QLineEdit):
    """One line of text that is watched; with `phone` ten figures that begin with 0 are a phone number."""

    def __init__(self, text: str = "", *, phone: bool = False) -> None:
        super().__init__(text)
        self.watch = Watch(self, make_room=self._grow, phone=phone)
        self.textChanged.connect(self.watch.look)
        self.watch.look(text)

    def _grow(self, room: int) -> None:
        """Be so much higher; the height is the style sheet's, which would take back any other."""
        self.setTextMargins(0, 0, 0, room)
        self.setStyleSheet(f"QLineEdit {{ min-height: {26 + room}px; }}" if room else "")
