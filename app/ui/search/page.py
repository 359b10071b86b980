"""Sök: words at the top, what they are narrowed by, and where they stand in everything that was written."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app.domain.search import Found, SearchFilters, SearchHit, read_words
from app.services.desk import Desk
from app.services.search import search
from app.ui.search.filters import SearchFilterRow
from app.ui.search.hit_list import HitList, place_of
from app.ui.widgets.controls import box, button, column, row
from app.ui.widgets.fields import SearchLine
from app.ui.widgets.pages import Choices, Nothing, Page
from app.ui.workplace import Workplace

_FIRST = 100
"""The line takes the room it may have before anything is left empty beside it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is searched for, and in what."""

    words: str
    filters: SearchFilters

    def read(self, desk: Desk, already: frozenset[str], older: int | None = None) -> Found:
        """The hits."""
        return search(desk, words=self.words, filters=self.filters, already=already, older=older)


class SearchPage(Page):
    """The line keeps the keys: arrow down goes to the hits, Enter opens, Esc clears."""

    name = "search"
    refreshed_by = frozenset({"meetings", "actions", "checklists", "customers"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Sök"))
        self._asked: _Asked | None = None
        self._seen: frozenset[str] = frozenset()
        self._older: int | None = None
        self.line = SearchLine(self.tr("Sök i möten, punkter, beslut, åtgärder, frågor och checklistor"))
        self.line.setMinimumWidth(320)
        self.line.setMaximumWidth(720)
        self.line.paused.connect(self.refresh)
        self.line.installEventFilter(self)
        self.narrowing = SearchFilterRow(place, self.refresh)
        for made in self.narrowing.parts:
            self.add_filter(made)
        self.hits = HitList(place.theme, today=place.desk.today, name=self.tr("Träffar"))
        self.hits.opened.connect(self._open)
        self.hits.left_upwards.connect(self.line.setFocus)
        self.more = button(self.tr("Visa äldre träffar"), self.show_older, icon_name="chevron-down")
        self._nothing = Nothing("", self.tr("Sök i allt"), self.narrowing.clear)
        inside = column(self.hits, row(None, self.more, None))
        inside.setStretch(0, 1)
        self._choices = Choices(box(inside), self._nothing)
        first = row(self.line, None)
        first.setStretch(0, _FIRST)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)  # noqa: S101 - every page's
        whole.insertLayout(1, first)
        self.body.addWidget(self._choices, 1)
        self.setFocusProxy(self.line)
        self._tell("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the line, arrow down goes to the hits, Enter opens the first, Esc clears the words."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Down and self.hits.hits.hits:
                self.hits.setFocus()
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.hits.open_current() if self._asked == self._now() else self.refresh()
                return True
            if key == Qt.Key.Key_Escape and self.line.text():
                self.line.clear()
                return True
        return super().eventFilter(watched, event)

    def _now(self) -> _Asked:
        return _Asked(self.line.text(), self.narrowing.chosen)

    @property
    def standing(self) -> str:
        """The words."""
        return self.line.text()

    def show_key(self, key: str) -> None:
        """Search for these words; none keeps what was searched for, to be typed over."""
        if key and key != self.line.text():
            self.line.setText(key)
            self.refresh()
        self.line.selectAll()

    def refresh(self) -> None:
        """Search anew for what stands in the line."""
        asked = self._now()
        if not read_words(asked.words):
            self._asked, self._older, self._seen = None, None, frozenset()
            self._tell(asked.words)
            return
        seen = self._seen
        self.place.ask(self, lambda desk: asked.read(desk, seen), lambda found: self._show(asked, found))

    def show_older(self) -> None:
        """Read the next hits, and show them below."""
        asked, older, seen = self._asked, self._older, self._seen
        if asked is not None and older is not None:
            self.more.setEnabled(False)
            self.place.ask(self, lambda desk: asked.read(desk, seen, older), lambda found: self._add(asked, found))

    def _show(self, asked: _Asked, found: Found) -> None:
        self._note(found)
        if asked != self._now():
            return  # other words stand there by now
        self._asked, self._older = asked, found.older
        self.hits.hits.show(found.hits, read_words(asked.words))
        self.hits.scrollToTop()
        if found.hits:
            self.hits.stand_on_first()
        self._tell(asked.words)

    def _add(self, asked: _Asked, found: Found) -> None:
        self._note(found)
        self.more.setEnabled(True)
        if asked == self._asked:
            at = len(self.hits.hits.hits)
            self._older = found.older
            self.hits.hits.add(found.hits)
            if found.hits:
                self.hits.setCurrentIndex(self.hits.hits.index(at))
                self.hits.setFocus()
            self._tell(asked.words)

    def _note(self, found: Found) -> None:
        """Whom the hits showed is logged; while the person goes on typing she is not logged once more."""
        self._seen |= frozenset[str]().union(*(hit.customers for hit in found.hits))

    def _tell(self, words: str) -> None:
        """Show the hits, or say why there are none."""
        there = self._asked is not None and bool(self.hits.hits.hits)
        self._choices.show_content(there or self._older is not None)
        self.more.setVisible(self._older is not None)
        self._nothing.button.setVisible(self._asked is not None and self.narrowing.narrow)
        if there:
            count = len(self.hits.hits.hits)
            said = self.tr("De {0} senaste träffarna") if self._older is not None else self.tr("{0} träffar")
            self.subtitle.setText(self.tr("1 träff") if count == 1 and self._older is None else said.format(count))
            return
        self.subtitle.setText("")
        if self._asked is not None:
            self._nothing.sentence.setText(
                self.tr("Inget hittades i det du får läsa. Pröva med färre eller kortare ord.")
            )
        else:
            self._nothing.sentence.setText(
                self.tr("Skriv ett ord, början på ett ord, eller flera som alla ska finnas med. ")
                + self.tr("En fras skrivs inom citattecken: ”två gånger”.")
                if not words.strip()
                else self.tr("Skriv minst två bokstäver.")
            )

    def _open(self, hit: SearchHit) -> None:
        self.place.visit.emit(*place_of(hit))

    def settle(self) -> None:
        """The page is left: who is shown when it is seen again is logged again."""
        self._seen = frozenset()
