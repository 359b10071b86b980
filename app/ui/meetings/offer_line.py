"""One line of text with a short list of completions under it; the keys stay with the line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.completing import Offer
from app.ui.meetings.note import Offers
from app.ui.widgets.fields import OnlyStorable
from app.ui.widgets.watching import WatchedLine

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LONGEST = 500


class OfferLine(WatchedLine):
    """Tab takes the marked completion; Enter takes it too, and tells that the line is done."""

    done = Signal(bool)
    """Enter was pressed; True with Ctrl."""
    left = Signal()
    """Escape was pressed, and no list was shown."""

    def __init__(
        self, over: QWidget, *, name: str, placeholder: str, offers: Callable[[str], tuple[Offer, ...]]
    ) -> None:
        super().__init__()
        self._over, self._find = over, offers
        self.setMaxLength(_LONGEST)
        self.setValidator(OnlyStorable(self))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.offers = Offers(over, name)
        self.offers.itemClicked.connect(lambda item: self._take(item.data(Qt.ItemDataRole.UserRole)))
        self.textEdited.connect(lambda _: self._look_up())

    def _look_up(self) -> None:
        at = self.cursorPosition()
        found = self._find(self.text()[:at]) if not self.text()[at:].strip() else ()
        corner = self.mapTo(self._over, QPoint(0, 0))
        self.offers.show_offers(found, QRect(corner, self.size()))

    def _take(self, offer: Offer) -> None:
        at = self.cursorPosition()
        before = self.text()[: at - offer.length]
        self.setText(f"{before}{offer.text}")
        self.offers.hide()
        self.setFocus()

    def event(self, event: QEvent) -> bool:
        """Take the keys of the list and Ctrl+Enter before the window does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        return event.key() in (*_ENTER, Qt.Key.Key_Escape) or (
            self.offers.isVisible() and event.key() == Qt.Key.Key_Tab
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shown = event.key(), self.offers.isVisible()
        if shown and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.offers.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            if shown:
                self.offers.hide()
            else:
                self.left.emit()
        elif key in _ENTER:
            if shown and (marked := self.offers.chosen) is not None:
                self._take(marked)
            self.offers.hide()
            self.done.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and self.offers.isVisible():
            self._take(self.offers.chosen or self.offers.first)
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.offers.hide()
        super().focusOutEvent(event)
