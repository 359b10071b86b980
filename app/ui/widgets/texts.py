"""Plain text of several lines: grows with what is written, pastes without markup, gives Tab to the next field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.domain.storable import storable
from app.domain.swedish import thousands
from app.ui.widgets.spelling import SpellMarks
from app.ui.widgets.watching import Watch

_PADDING = 24
LONGEST = 200_000
"""Signs in one field: a hundred pages. More than that is a document, and would make the window slow."""


@runtime_checkable
class Teller(Protocol):
    """Something around a field that can say what went wrong: a form, a dialog, the window."""

    def show_fault(self, text: str) -> None:
        """Say it, and let it stand."""


class TextField(QPlainTextEdit):
    """Several lines of text, `lines` high at first and up to `most` when it grows.

    What looks like a personnummer is told in it, unless its form refuses that itself (not `watched`). Words that are in
    no dictionary are marked.
    """

    edited = Signal(str)

    def __init__(
        self, text: str = "", *, name: str = "", placeholder: str = "", lines: int = 1, most: int = 8,
        watched: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self._watched = watched
        self.setPlainText(text)
        self.setAccessibleName(name or placeholder)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._watch = Watch(self, make_room=self._make_room)
        self.spelling = SpellMarks(self)
        self._lines, self._most = lines, most
        self._row = QFontMetrics(self.font()).lineSpacing()
        if most:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
            self._fit()
        self.textChanged.connect(self._tell)
        self.textChanged.connect(self._look)
        self.textChanged.connect(self.spelling.soon)
        self._look()

    @property
    def written(self) -> str | None:
        """The text, None when there is none."""
        return self.toPlainText().strip() or None

    def show_text(self, text: str | None) -> None:
        """Show another text without telling that it was edited."""
        if self.toPlainText() != (text or ""):
            place = self.textCursor().position()
            self.blockSignals(True)
            self.setPlainText(text or "")
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(self.toPlainText())))
            self.setTextCursor(cursor)
            self.blockSignals(False)
            self._look()
            self._fit()
            self.spelling.soon()

    def set_lines(self, lines: int) -> None:
        """How high the field is while little is written."""
        self._lines = lines
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """No files: what is under the field may take those."""
        return not source.hasUrls() and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        text = storable(source.text())
        cursor = self.textCursor()
        room = LONGEST - self.document().characterCount() + len(cursor.selectedText())
        if len(text) <= room:
            self.insertPlainText(text)
        else:
            self._refuse(len(text))

    def _refuse(self, length: int) -> None:
        """Leave out what is too long, whole: half a text without a word about it would be worse."""
        said = self.tr(
            "Texten är för lång för fältet: {0} tecken, och det rymmer {1}. Ingenting är inklistrat. Klistra in en "
            "kortare del, eller ange dokumentet som bilaga."
        ).format(thousands(length), thousands(LONGEST))
        around: QWidget | None = self.parentWidget()
        while around is not None and not isinstance(around, Teller):
            around = around.parentWidget()
        if around is not None:
            around.show_fault(said)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+K to the window."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and _seeks(event):
            event.ignore()  # on Linux the toolkit would cut the rest of the line
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.spelling.soon()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.spelling.soon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F7 and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.spelling.go_to_next()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The toolkit's menu with what mends the word first; by the keyboard it is the word that the cursor is in."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        cursor = self.textCursor() if by_key else self.cursorForPosition(event.pos())
        self.open_menu(cursor.position(), self.cursorRect().bottomLeft() if by_key else event.pos())

    def open_menu(self, position: int, at: QPoint) -> None:
        """The menu of the word at that position, shown there."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.spelling.fill(menu, position)
        menu.popup(self.viewport().mapToGlobal(at))

    def shown_blocks(self) -> Iterator[QTextBlock]:
        """The paragraphs that are in sight."""
        block = self.firstVisibleBlock()
        while block.isValid():
            if self.blockBoundingGeometry(block).translated(self.contentOffset()).top() > self.viewport().height():
                return
            yield block
            block = block.next()

    @property
    def warned(self) -> bool:
        """Whether it says that something looks like a personnummer."""
        return self._watch.shown

    def _look(self) -> None:
        if self._watched:
            self._watch.look(self.toPlainText())

    def _make_room(self, room: int) -> None:
        self.setViewportMargins(0, 0, 0, room)
        self._fit()

    def _tell(self) -> None:
        self.edited.emit(self.toPlainText())

    def _fit(self) -> None:
        if not self._most:
            return
        rows = max(self._lines, min(self._most, int(self.document().size().height())))
        self.setFixedHeight(rows * self._row + _PADDING + self._watch.room)


def _seeks(event: QKeyEvent) -> bool:
    """Ctrl+K, which searches the whole program."""
    return event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.ControlModifier


class ShownText(TextField):
    """Text that is only read and copied, whole however narrow its place is."""

    def __init__(self, *, most: int = 4) -> None:
        super().__init__(lines=1, most=most)
        self.setReadOnly(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def text(self) -> str:
        """What is shown."""
        return self.toPlainText()

    def set_most(self, lines: int) -> None:
        """How high it may grow before it scrolls."""
        self._most = lines
        self._fit()

    def setText(self, text: str) -> None:
        self.show_text(text)
