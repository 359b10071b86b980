"""Section Skrivande: whether words are looked up in the dictionary, one's own words, and the unit's text modules."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox

from app.domain.roles import Right
from app.services.desk import Desk
from app.services.spelling import own_words, remove_own_word, set_spelling, spelling_on
from app.ui.settings.section import Section
from app.ui.settings.text_modules import TextModules
from app.ui.widgets.controls import button, card, empty, label
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace


class WritingSection(Section):
    """The dictionary is each person's own choice, the text modules are the unit's."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Skrivande"))
        self.on = QCheckBox(self.tr("Stryk under ord som inte finns i ordlistan"))
        self.on.setAccessibleName(self.on.text())
        self.on.clicked.connect(self._switch)
        about = label(self.tr("Gäller bara dig. F7 i en text går till nästa ord att se över."), role="muted", wrap=True)
        self._title = label(role="label")
        self.words = Flow()
        self.body.addWidget(card(label(self.tr("Stavning"), role="label"), self.on, about))
        self._own = card(self._title, self.words)
        self.body.addWidget(self._own)
        self.modules = TextModules(place) if place.desk.may(Right.WRITE_MINUTES) else None
        if self.modules is not None:
            self.body.addWidget(card(label(self.tr("Textmoduler"), role="label"), self.modules))
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read what the person has chosen and added, and the unit's sentences."""
        self.place.ask(self, lambda desk: (spelling_on(desk), own_words(desk)), lambda found: self._show(*found))
        if self.modules is not None:
            self.modules.refresh()

    def settle(self) -> None:
        """Keep a sentence that is being written."""
        if self.modules is not None:
            self.modules.settle()

    def _show(self, on: bool, words: tuple[str, ...]) -> None:
        self.on.setChecked(on)
        self._show_words(words)

    def _show_words(self, words: tuple[str, ...]) -> None:
        """Each word with the way to take it away."""
        empty(self.words)
        self._own.setVisible(bool(words))
        self._title.setText(self.tr("Dina egna ord ({0})").format(len(words)))
        for word in words:
            made = button(
                word, partial(self._remove, word), kind="chip", icon_name="x",
                tip=self.tr("Ta bort {0} ur din ordlista").format(word),
            )  # fmt: skip
            made.setAccessibleName(self.tr("Ta bort {0} ur din ordlista").format(word))
            self.words.addWidget(made)

    def _remove(self, word: str) -> None:
        self.place.act(
            self, lambda desk: remove_own_word(desk, word=word), self._show_words, changed="preferences",
            said=self.tr("{0} är borttaget ur din ordlista.").format(word),
        )  # fmt: skip

    def _switch(self, on: bool) -> None:
        def work(desk: Desk) -> None:
            set_spelling(desk, on=on)

        self.place.act(self, work, changed="preferences")
