"""The line in which a row of a pulsmöte or an avstämning is typed: about whom or what, what is to be done, by whom."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.completing import MOST, Offer
from app.domain.errors import Refused
from app.domain.named import People, fits
from app.domain.people import person_name
from app.domain.short_forms import Moving, Trigger
from app.domain.short_rows import Row, meant_customer, read_row
from app.domain.swedish import in_sentence, sort_key
from app.domain.wording import wording
from app.ui.meetings.around import Around
from app.ui.meetings.offer_line import OfferLine
from app.ui.widgets.controls import box, button, column, empty, label, row
from app.ui.widgets.flow import Flow

_NOBODY = People(names={})


class ShortEntry(QWidget):
    """Two fields and the chips of what calls for a pulsmöte; Enter goes on, and from the second adds the row."""

    typed = Signal(object, bool)
    """A row was typed (`Typed`); True when it is done already."""
    called_for = Signal(object, str)
    """A chip was pressed (`Trigger`), about the customer of that key."""
    left = Signal()
    """Escape: nothing more is typed here."""

    def __init__(self, over: QWidget) -> None:
        super().__init__()
        self._people, self._customers = _NOBODY, dict[str, str]()
        self._professions: dict[str, str] = {}
        self.standing: Row | None = None
        """The row that is typed anew; None for a new one."""
        self.about = OfferLine(
            over, name=self.tr("Kund eller ärende"), placeholder=self.tr("Kund eller ärende"), offers=self._of_customers
        )
        self.text = OfferLine(
            over, name=self.tr("Vad ska göras, och @vem"), placeholder=self.tr("Vad ska göras? @vem"),
            offers=self._of_names,
        )  # fmt: skip
        self.about.done.connect(lambda _: self.text.setFocus())
        self.text.done.connect(self._enter)
        for field in (self.about, self.text):
            field.left.connect(self.leave)
        self.add = button(self.tr("Lägg till"), lambda: self._enter(False))
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        self._chips, self._moving = Flow(space=4), Flow(space=4)
        fields = row(self.about, self.text, self.add)
        fields.setStretch(0, 2)
        fields.setStretch(1, 5)
        self.setLayout(column(fields, self.fault, box(self._chips), box(self._moving), space=4))
        self._keys: list[QShortcut] = []

    def meet(self, around: Around, *, called: tuple[str, ...], customers: dict[str, str]) -> None:
        """Another meeting: whom a row may be about and who may be named in it."""
        self._people = People(names=around.names, called=called, team=around.own_team)
        self._professions, self._customers = dict(around.professions), customers

    def offer_triggers(self, triggers: tuple[Trigger, ...]) -> None:
        """Show the chips of the setting; Alt with a figure presses one."""
        empty(self._chips)
        for key in self._keys:
            key.setParent(None)
        self._keys = []
        for number, one in enumerate(triggers, start=1):
            keys = f"Alt+{number}"
            self._chips.addWidget(
                button(one.label, partial(self._call, one), kind="chip", tip=f"{one.label} ({keys})")
            )  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._call, one))
            self._keys.append(shortcut)

    def offer_moving(self, moving: tuple[Moving, ...]) -> None:
        """Show whom the day may be about: pressed, a row about her begins."""
        empty(self._moving)
        for one in moving:
            text = f"{one.label}: {in_sentence(one.status.label)}"
            self._moving.addWidget(button(text, partial(self.begin, one.label), kind="quiet"))

    def begin(self, about: str = "") -> None:
        """A new row, about somebody where she is given."""
        self.standing = None
        self._show(about, "")
        (self.text if about else self.about).setFocus()

    def take_up(self, shown: Row) -> None:
        """Type a row anew."""
        self.standing = shown
        who = person_name(shown.responsible, self._people.names)
        label_ = self._customers.get(shown.item.customer or "", shown.matter)
        self._show(label_, " ".join(part for part in (shown.text, f"@{who}" if who else "") if part))
        self.text.setFocus()

    def leave(self) -> None:
        """Nothing of this is kept, and the keys go elsewhere."""
        self.clear()
        self.left.emit()

    def clear(self) -> None:
        """Nothing of this is kept."""
        self.standing = None
        self._show("", "")

    def _show(self, about: str, text: str) -> None:
        self.about.setText(about)
        self.text.setText(text)
        self._say("")
        words = self.tr("Spara raden") if self.standing else self.tr("Lägg till")
        self.add.setText(words)
        self.add.setAccessibleName(words)

    @property
    def customer(self) -> str | None:
        """The customer the row is about, as it is typed now."""
        return meant_customer(self.about.text(), self._customers)

    def _enter(self, done: bool) -> None:
        try:
            found = read_row(
                self.about.text(), self.text.text(), people=self._people, customers=self._customers
            )  # fmt: skip
        except Refused as error:
            self._say(wording(error))
            return
        if not found.heading:
            self.about.setFocus()
            return
        self.typed.emit(found, done)

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _call(self, trigger: Trigger) -> None:
        """The chip's word begins what is typed; whom it is about is told on."""
        customer = self.customer
        if customer is None:
            self._say(self.tr("Skriv först vilken kund det gäller."))
            self.about.setFocus()
            return
        self._say("")
        if not self.text.text().startswith(trigger.label):
            self.text.setText(f"{trigger.label}: {self.text.text()}")
        self.text.setFocus()
        self.called_for.emit(trigger, customer)

    def _of_customers(self, before: str) -> tuple[Offer, ...]:
        typed = before.strip()
        if not typed:
            return ()
        found = sorted((one for one in self._customers.values() if fits(one, typed)), key=sort_key)
        return tuple(Offer(one, one, len(before)) for one in found[:MOST])

    def _of_names(self, before: str) -> tuple[Offer, ...]:
        found = re.search(r"(?:^|\s)@([^@]*)$", before)
        if found is None:
            return ()
        typed, names = found[1], self._people.names
        if typed.endswith(" ") and typed.strip().casefold() in (name.casefold() for name in names.values()):
            return ()
        hits = [key for key in self._people.ordered if fits(names[key], typed)][:MOST]
        return tuple(
            Offer(
                ", ".join(part for part in (names[key], in_sentence(self._professions.get(key, ""))) if part),
                f"@{names[key]} ", len(typed) + 1,
            )
            for key in hits
        )  # fmt: skip
