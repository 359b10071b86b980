"""The window's spelling: what the dictionary says of words, kept in memory, and each person's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from app.domain.spelling import KnownWords
from app.faultlog import note_fault
from app.services.desk import Desk
from app.services.spelling import add_own_word, known_words, own_words, remove_own_word, spelling_on
from app.ui.operations import beside
from app.ui.workplace import Workplace

if TYPE_CHECKING:
    from app.services.spell_process import SpellProcess

_MOST_KEPT = 50_000
"""Words whose verdict is remembered; then it is begun anew."""


class Speller(QObject):
    """Asks the dictionary beside the person's gestures; nothing of it is loaded before a text is first looked at."""

    renewed = Signal()
    """There is more to say of words: look again."""

    def __init__(self, place: Workplace, dictionary: Path | None) -> None:
        """Without a `dictionary` no word is ever wrong."""
        super().__init__()
        self.place = place
        self._dictionary = dictionary
        self._process: SpellProcess | None = None
        self._runner = beside(place.runner, self)
        self._on: bool | None = None
        self._reading = False
        self._known = KnownWords()
        self._right: dict[str, bool] = {}
        self._waiting: set[str] = set()
        self._closed = False
        place.changed.connect(self._change)
        place.closing.connect(self.close)

    @property
    def color(self) -> QColor:
        """The colour of the line under a word."""
        return self.place.theme.color("overdue")

    @property
    def on(self) -> bool:
        """Whether words are looked at; read from the person's settings at the first question."""
        if self._on is None:
            self._read()
        return bool(self._on)

    def _read(self) -> None:
        if self._dictionary is None or self._reading or self._closed:
            return
        self._reading = True
        self.place.ask(self, _settings, self._begin, otherwise=self._not_read)

    def _begin(self, found: tuple[bool, KnownWords]) -> None:
        self._reading = False
        self._on, self._known = found
        if self._on and self._process is None and self._dictionary is not None:
            from app.services.spell_process import SpellProcess  # noqa: PLC0415 - not needed before a text is looked at

            self._process = SpellProcess(self._dictionary)
        self.renewed.emit()

    def _not_read(self, _: Exception) -> bool:
        self._reading = False
        return False

    def _change(self, kind: str) -> None:
        if kind in ("preferences", "members", "units") and self._on is not None:
            self._read()

    def wrong(self, words: Iterable[str]) -> frozenset[str]:
        """Those known to be wrong; what is not known is asked for, and `renewed` tells when the answer is there."""
        if not self.on:
            return frozenset()
        asked = frozenset(words)
        unknown = {word for word in asked if word not in self._right and word not in self._waiting}
        if unknown:
            self._ask(unknown, self.renewed.emit)
        return frozenset(word for word in asked if self._right.get(word) is False and word not in self._known)

    def judge(self, words: Iterable[str], then: Callable[[frozenset[str]], object]) -> None:
        """Hand on those that are wrong, when all of them are known."""
        asked = frozenset(words)
        if not self.on:
            then(frozenset())
        elif unknown := {word for word in asked if word not in self._right}:
            self._ask(unknown, lambda: then(self.wrong(asked)))
        else:
            then(self.wrong(asked))

    def _ask(self, words: set[str], then: Callable[[], object]) -> None:
        process = self._process
        if process is None:
            return
        if len(self._right) > _MOST_KEPT:
            self._right.clear()
        self._waiting |= words

        def answered(found: object) -> None:
            self._waiting -= words
            if not self._closed and isinstance(found, frozenset):
                self._right |= {word: word not in found for word in words}
                then()

        self._runner.start(lambda: process.wrong(words), done=answered, failed=self._failed)

    def suggest(self, word: str, then: Callable[[tuple[str, ...]], object]) -> None:
        """Hand on what may have been meant."""
        process = self._process
        if process is None:
            return

        def answered(found: object) -> None:
            if not self._closed and isinstance(found, tuple):
                then(found)

        self._runner.start(lambda: process.suggest(word), done=answered, failed=self._failed)

    def add(self, word: str) -> None:
        """The word is right: it goes into the person's own list."""
        phrase = self.tr("Lägg till i ordlistan")
        back = self.place.way_back(phrase, lambda desk: remove_own_word(desk, word=word), changed="preferences")
        self.place.act(
            self, lambda desk: add_own_word(desk, word=word), changed="preferences", undo=back,
            said=self.tr("{0} finns nu i din ordlista.").format(word),
        )  # fmt: skip

    def _failed(self, error: Exception) -> None:
        """A word that cannot be looked up is left unmarked; why is noted, without the word."""
        self._waiting.clear()
        if not self._closed:
            note_fault(error)

    def close(self) -> None:
        """The window is left: the words in memory go, and the process that holds them."""
        self._closed, self._on = True, False
        self._right.clear()
        self._known = KnownWords()
        if self._process is not None:
            self._process.close()
            self._process = None


def _settings(desk: Desk) -> tuple[bool, KnownWords]:
    on = spelling_on(desk)
    return on, (known_words(desk) | KnownWords.of(own_words(desk))) if on else KnownWords()
