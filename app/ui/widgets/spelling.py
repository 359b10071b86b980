"""The line under a word that is in no dictionary, and the menu that mends it, of one text of several lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QAction, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit, QWidget

from app.domain.spelling import words_in

if TYPE_CHECKING:
    from app.ui.speller import Speller
    from app.ui.widgets.texts import TextField

PAUSE_MS = 500
"""After the latest key: nobody is told of a word while she writes it."""
_LONGEST_BLOCK = 20_000
_MOST_WORDS = 5000


@runtime_checkable
class HasSpeller(Protocol):
    """What is around a field and knows the dictionary: the window's frame."""

    speller: Speller


@dataclass(frozen=True, slots=True)
class Spot:
    """A word where it stands in the document."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class SpellMarks(QObject):
    """Marks what is shown of one field, a while after the latest key, and offers what was meant."""

    def __init__(self, field: TextField) -> None:
        super().__init__(field)
        self._field = field
        self._speller: Speller | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self._shown: tuple[Spot, ...] = ()
        field.verticalScrollBar().valueChanged.connect(lambda _: self.soon())
        field.cursorPositionChanged.connect(self.soon)

    def soon(self) -> None:
        """Look when the person pauses."""
        self._pause.start()

    @property
    def marked(self) -> tuple[str, ...]:
        """The words that are marked now, in order."""
        return tuple(spot.text for spot in self._shown)

    def _found_speller(self) -> Speller | None:
        """The dictionary of the window that the field is in; None where it stands in no window of a person's."""
        if self._speller is None or not shiboken6.isValid(self._speller):
            self._speller = None
            around: QWidget | None = self._field.parentWidget()
            while around is not None and not isinstance(around, HasSpeller):
                around = around.parentWidget()
            if isinstance(around, HasSpeller):
                self._speller = around.speller
                self._speller.renewed.connect(self.soon)
        return self._speller

    def look(self) -> None:
        """Mark what is in sight."""
        speller = self._found_speller()
        if speller is None or not self._field.isVisible():
            return
        spots = (
            [] if self._field.isReadOnly() else [spot for block in self._field.shown_blocks() for spot in _in(block)]
        )
        wrong = speller.wrong(spot.text for spot in spots)
        self._show(tuple(spot for spot in spots if spot.text in wrong and not self._being_written(spot)), speller)

    def _being_written(self, spot: Spot) -> bool:
        return self._field.hasFocus() and self._field.textCursor().position() == spot.end

    def _show(self, spots: tuple[Spot, ...], speller: Speller) -> None:
        if not spots and not self._shown:
            return
        self._shown = spots
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        form.setUnderlineColor(speller.color)
        marks = []
        for spot in spots:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(spot)
            mark.format = form
            marks.append(mark)
        self._field.setExtraSelections(marks)

    def _cursor(self, spot: Spot) -> QTextCursor:
        found = QTextCursor(self._field.document())
        found.setPosition(spot.start)
        found.setPosition(spot.end, QTextCursor.MoveMode.KeepAnchor)
        return found

    # mending

    def wrong_at(self, position: int) -> Spot | None:
        """The word there that is in no dictionary, as far as that is known."""
        speller = self._found_speller()
        if speller is None or self._field.isReadOnly():
            return None
        block = self._field.document().findBlock(position)
        spot = next((one for one in _in(block) if one.start <= position <= one.end), None)
        return spot if spot is not None and spot.text in speller.wrong([spot.text]) else None

    def fill(self, menu: QMenu, position: int) -> None:
        """Put what mends the word there before the menu's own entries; a menu on a right word stays as it is."""
        spot, speller = self.wrong_at(position), self._speller
        if spot is None or speller is None:
            return
        first = next(iter(menu.actions()), None)
        waiting = QAction(_tr("Söker förslag …"), menu)
        waiting.setEnabled(False)
        add = QAction(_tr("Lägg till {0} i ordlistan").format(spot.text), menu)
        add.triggered.connect(lambda: speller.add(spot.text))
        following = QAction(_tr("Nästa ord att se över\tF7"), menu)
        following.triggered.connect(self.go_to_next)
        entries: list[QAction] = [waiting, _line(menu), add, following, _line(menu)]
        for one in entries:
            menu.insertAction(first, one) if first is not None else menu.addAction(one)
        word = self._cursor(spot)

        def offer(found: tuple[str, ...]) -> None:
            if shiboken6.isValid(menu) and shiboken6.isValid(self._field):
                _offer(menu, waiting, found, lambda text, *_: self._mend(word, spot.text, text))

        speller.suggest(spot.text, offer)

    def _mend(self, word: QTextCursor, was: str, text: str) -> None:
        """Put the suggestion in the word's place, unless somebody wrote in it meanwhile."""
        if word.selectedText() == was and not self._field.isReadOnly():
            word.insertText(text)
            self._field.setFocus()

    def go_to_next(self) -> None:
        """Stand on the next word that is in no dictionary, from the cursor and round, and offer what was meant."""
        speller = self._found_speller()
        if speller is None or self._field.isReadOnly():
            return
        ordered = list(islice(_round_from(self._field), _MOST_WORDS))

        def go(wrong: frozenset[str]) -> None:
            if not shiboken6.isValid(self._field):
                return
            found = next((spot for spot in ordered if spot.text in wrong), None)
            if found is None or self._cursor(found).selectedText() != found.text:
                speller.place.told.emit(_tr("Alla ord i texten finns i ordlistan."))
                return
            self._field.setTextCursor(self._cursor(found))
            self._field.ensureCursorVisible()
            self._field.open_menu(found.start, self._field.cursorRect().bottomLeft())

        speller.judge((spot.text for spot in ordered), go)


def _in(block: QTextBlock) -> Iterator[Spot]:
    for word in words_in(block.text()[:_LONGEST_BLOCK]):
        yield Spot(block.position() + word.start, word.text)


def _round_from(field: TextField) -> Iterator[Spot]:
    """The words from the cursor to the end, then from the beginning to the cursor."""
    at, document = field.textCursor().position(), field.document()
    here = document.findBlock(at)
    yield from (spot for spot in _in(here) if spot.start >= at)
    block = here.next()
    while block.isValid():
        yield from _in(block)
        block = block.next()
    block = document.firstBlock()
    while block.isValid() and block != here:
        yield from _in(block)
        block = block.next()
    yield from (spot for spot in _in(here) if spot.start < at)


def _line(menu: QMenu) -> QAction:
    made = QAction(menu)
    made.setSeparator(True)
    return made


def _offer(menu: QMenu, waiting: QAction, found: tuple[str, ...], take: Callable[..., object]) -> None:
    """Put the suggestions where it said that they are looked for, and stand on the first."""
    if not found:
        waiting.setText(_tr("Inga förslag"))
        return
    made = [QAction(text, menu) for text in found]
    for one in made:
        one.triggered.connect(partial(take, one.text()))
        menu.insertAction(waiting, one)
    menu.removeAction(waiting)
    menu.setActiveAction(made[0])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Spelling", text)
