"""Whose turn it is when a point goes round the table: everybody in a row, who has had the word is ticked off."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.swedish import in_sentence
from app.ui.icons import icon
from app.ui.meetings.pace_keeper import PaceKeeper
from app.ui.widgets.controls import as_plain, box, button, column, empty, label, row
from app.ui.widgets.flow import Flow

_MOST_WITH_PROFESSION = 6


class RoundRow(QWidget):
    """Names with professions; F8 hands the word on, a press gives it to somebody out of turn."""

    def __init__(self, keeper: PaceKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self._key = ""
        self._people: tuple[str, ...] = ()
        self._buttons: dict[str, QPushButton] = {}
        self._texts: dict[str, str] = {}
        self.said = label(role="label", wrap=True)
        self.said.setAccessibleName(self.tr("Laget runt"))
        self.next = button(self.tr("Nästa (F8)"), self.go_on, kind="quiet")
        self._names = Flow()
        upper = row(self.said, self.next)
        upper.setStretch(0, 1)
        self._all = box(self._names)
        self.setLayout(column(upper, self._all, space=4))
        keeper.changed.connect(self._mark)
        self.hide()

    def show_item(self, key: str) -> None:
        """Show who is asked on that point; nothing where it does not go round."""
        self._key = key
        people = self._keeper.people(key)
        if people != self._people:
            self._people = people
            self._fill()
        self.setVisible(bool(people))
        self._mark()

    def set_low(self, low: bool) -> None:
        """Where there is little height, say only who has the word and who is next."""
        self._all.setVisible(not low)

    def go_on(self) -> None:
        """The word goes to the next."""
        self._keeper.next_speaker(self._key)

    def go_back(self) -> None:
        """The word goes back."""
        self._keeper.back(self._key)

    def _name(self, person: str) -> str:
        around = self._keeper.editor.around
        return around.names.get(person, person) if around is not None else person

    def _titled(self, person: str) -> str:
        """The name, with the profession where the row has no room for everybody's."""
        around = self._keeper.editor.around
        profession = in_sentence(around.professions.get(person, "")) if around is not None else ""
        long = len(self._people) > _MOST_WITH_PROFESSION and profession
        return f"{self._name(person)}, {profession}," if long else self._name(person)

    def _fill(self) -> None:
        empty(self._names)
        around = self._keeper.editor.around
        self._buttons, self._texts = {}, {}
        for person in self._people:
            name = self._name(person)
            profession = in_sentence(around.professions.get(person, "")) if around is not None else ""
            full = f"{name}, {profession}" if profession else name
            shown = full if len(self._people) <= _MOST_WITH_PROFESSION else name
            made = button(shown.replace("&", "&&"), partial(self._give, person), kind="chip")
            self._texts[person] = made.text()
            made.setCheckable(True)
            made.setToolTip(as_plain(full))
            self._buttons[person] = made
            self._names.addWidget(made)

    def _give(self, person: str) -> None:
        self._keeper.give_word(self._key, person)
        self._mark()

    def _mark(self) -> None:
        pace = self._keeper.pace
        if pace is None or not self._people:
            return
        now = pace.speaker(self._key)
        for person, made in self._buttons.items():
            spoken, name = pace.has_spoken(self._key, person), self._name(person)
            made.setChecked(person == now)
            mark = "check" if spoken else "message-square" if person == now else ""
            made.setIcon(icon(mark) if mark else QIcon())
            made.setText(f"{' ' if mark else ''}{self._texts[person]}")
            state = self.tr("har talat") if spoken else self.tr("har ordet") if person == now else self.tr("väntar")
            made.setAccessibleName(f"{name}, {state}")
        left = [one for one in self._people if one not in pace.spoken.get(self._key, ())]
        if now:
            after = self.tr(", sedan {0}").format(self._name(left[0])) if left else self.tr(", sist")
            self.said.setText(self.tr("{0} har ordet{1}").format(self._titled(now), after))
        elif left:
            self.said.setText(self.tr("Laget runt: {0} börjar").format(self._name(left[0])))
        else:
            self.said.setText(self.tr("Alla har haft ordet"))
        self.next.setVisible(bool(now or left))
