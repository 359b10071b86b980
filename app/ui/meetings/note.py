"""The note as it is written: Enter carries out a line that begins with `/`, a short list completes what is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.completing import Offer, Words, offers
from app.domain.note_lines import is_command
from app.ui.widgets.controls import as_plain
from app.ui.widgets.texts import TextField

_OFFER = Qt.ItemDataRole.UserRole
_ROW, _WIDEST, _FRAME = 30, 420, 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Offers(QListWidget):
    """The completions under the line that is written; the keys stay with the note."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self._over = parent
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.hide()

    def show_offers(self, found: tuple[Offer, ...], line: QRect) -> None:
        """Show these below the line, or above it where there is no room; none hides the list."""
        self.clear()
        if not found:
            self.hide()
            return
        for one in found:
            item = QListWidgetItem(one.shown)
            item.setData(_OFFER, one)
            item.setToolTip(as_plain(one.shown))
            self.addItem(item)
        self.setCurrentRow(0 if found[0].eager else -1)
        area = self._over.rect()
        height = min(len(found) * _ROW + _FRAME, max(area.height() - line.height(), _ROW + _FRAME))
        width = min(_WIDEST, area.width())
        top = line.bottom() + 4
        if top + height > area.bottom():
            top = max(line.top() - height - 4, 0) if line.top() - height - 4 >= 0 else max(area.bottom() - height, 0)
        self.setGeometry(min(line.left(), area.width() - width), top, width, height)
        self.show()
        self.raise_()

    @property
    def chosen(self) -> Offer | None:
        """The completion that is marked, if any."""
        found: Offer | None = self.item(self.currentRow()).data(_OFFER) if self.currentRow() >= 0 else None
        return found

    def step(self, by: int) -> None:
        """Mark the next (1) or the previous (-1)."""
        if self.count():
            self.setCurrentRow((max(self.currentRow(), -1 if by > 0 else 0) + by) % self.count())

    @property
    def first(self) -> Offer:
        """The likeliest completion."""
        found: Offer = self.item(0).data(_OFFER)
        return found


class NoteField(TextField):
    """A note of several lines."""

    way_back = Signal()
    """Ctrl+Z where nothing typed is left to take back: the latest gesture is meant."""

    def __init__(self, *, name: str, placeholder: str, offers_name: str) -> None:
        super().__init__(name=name, placeholder=placeholder, most=0)
        self.words: Callable[[], Words | None] = lambda: None
        """What there is to complete with."""
        self.enter: Callable[[int], bool] = lambda _: False
        """Carries out the line with that number; False lets Enter begin a new line."""
        self.offers = Offers(self, offers_name)
        self.offers.itemClicked.connect(lambda item: self._take(item.data(_OFFER)))
        self.textChanged.connect(self._look_up)
        self.cursorPositionChanged.connect(self._moved)
        self._typing = False

    @property
    def line_number(self) -> int:
        """The line in which the cursor stands."""
        return self.textCursor().blockNumber()

    def put_text(self, text: str, *, line: int) -> None:
        """Show another text without telling, the cursor at the end of that line."""
        self.show_text(text)
        block = self.document().findBlockByNumber(min(line, self.blockCount() - 1))
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Take the keys of the list, and Ctrl+Z, before the window does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._takes(event):
            event.accept()
            return True
        return super().event(event)

    def _takes(self, event: QKeyEvent) -> bool:
        """Keys that belong to the list while it is shown, and Ctrl+Z."""
        if event.matches(QKeySequence.StandardKey.Undo):
            return True
        return self.offers.isVisible() and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.offers.isVisible() and self._key_of_list(event):
            return
        if event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable():
            self.way_back.emit()
            return
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _ENTER and plain and not self.isReadOnly() and is_command(self.textCursor().block().text()):
            self.offers.hide()
            if self.enter(self.line_number):
                return
        self._typing = True
        super().keyPressEvent(event)
        self._typing = False

    def _key_of_list(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.offers.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key == Qt.Key.Key_Escape:
            self.offers.hide()
            return True
        if key == Qt.Key.Key_Tab or (key in _ENTER and self.offers.chosen is not None):
            self._take(self.offers.chosen or self.offers.first)
            return True
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward and self.offers.isVisible():
            self._take(self.offers.chosen or self.offers.first)
            return True
        return super().focusNextPrevChild(forward)

    def _take(self, offer: Offer) -> None:
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, offer.length)
        cursor.insertText(offer.text)
        self.setTextCursor(cursor)
        self._look_up(asked=True)

    def _look_up(self, *, asked: bool = False) -> None:
        """Offer what the line may be completed with, as it is typed."""
        words = self.words() if (self._typing or asked) and not self.isReadOnly() else None
        if words is None:
            self.offers.hide()
            return
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        after = cursor.block().text()[cursor.positionInBlock() :]
        self._show_offers(offers(before, words) if not after.strip() else ())

    def offer(self, before: str) -> None:
        """Show what a line that begins so may be completed with."""
        words = self.words()
        self._show_offers(offers(before, words) if words is not None else ())

    def _show_offers(self, found: tuple[Offer, ...]) -> None:
        place = self.viewport().mapTo(self, QPoint(0, 0))
        self.offers.show_offers(found, self.cursorRect().translated(place))

    def _moved(self) -> None:
        if not self._typing:
            self.offers.hide()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._typing = True
        super().inputMethodEvent(event)
        self._typing = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.offers.hide()
        super().focusOutEvent(event)
