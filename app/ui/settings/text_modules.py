"""The sentences that notes are completed with: the unit's own, in two lists that are kept as they are changed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.units import Unit
from app.services.desk import Desk
from app.services.text_modules import Modules, get_text_modules, keep_text_modules, shipped_modules
from app.services.units import list_units
from app.ui.settings.ordered_list import OrderedList
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.fields import choice, chosen, field, fill_choice
from app.ui.workplace import Workplace


class TextModules(QWidget):
    """The unit, where there are several, and its sentences."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._found: Modules = {}
        self._keeping = False
        self.unit = choice(())
        self.unit.setMaximumWidth(420)
        self._choice = field(self.tr("Enhet"), self.unit)
        hint = self.tr(
            "När du har skrivit tre tecken i en anteckning föreslås meningar som börjar så. Tabb tar förslaget. "
            "Gäller alla på enheten."
        )
        what = self.tr("En mening. Flera rader kan klistras in")
        self.any = OrderedList(self.tr("Meningar för alla punkter"), placeholder=what)
        self.customer = OrderedList(self.tr("Meningar för kundärenden"), placeholder=what)
        self._shipped = button(self.tr("Använd programmets meningar"), self.use_shipped, kind="quiet")
        self.setLayout(
            column(
                label(hint, role="muted", wrap=True), self._choice,
                field(self.tr("Alla punkter"), self.any), field(self.tr("Kundärenden"), self.customer),
                row(self._shipped, None),
            )
        )  # fmt: skip
        self.unit.currentIndexChanged.connect(lambda _: self._read())
        for one in (self.any, self.customer):
            one.changed.connect(self.keep)

    def refresh(self) -> None:
        """Read the units and the chosen one's sentences."""
        self.place.ask(self, _own_units, self._offer)

    def _offer(self, units: tuple[Unit, ...]) -> None:
        self.unit.blockSignals(True)
        fill_choice(self.unit, [(one.key, one.name) for one in units], chosen=chosen(self.unit))
        self.unit.blockSignals(False)
        self._choice.setVisible(len(units) > 1)
        self.setVisible(bool(units))
        self._read()

    def _read(self) -> None:
        if unit := chosen(self.unit):
            self.place.ask(self, lambda desk: get_text_modules(desk, unit=unit), self._show)

    def _show(self, found: Modules) -> None:
        self._found = found
        self.any.show_texts(found["any"])
        self.customer.show_texts(found["customer"])
        self._shipped.setVisible(found != shipped_modules())

    def settle(self) -> None:
        """Keep a sentence that stands in a line and was not added."""
        for one in (self.any, self.customer):
            if one.line.text().strip():
                one.add_written()

    def use_shipped(self) -> None:
        """Take the program's sentences again."""
        self._keep(shipped_modules(), self.tr("Använd programmets meningar"))

    def keep(self) -> None:
        """Keep the lists as they stand."""
        self._keep({"any": self.any.texts, "customer": self.customer.texts}, self.tr("Ändra textmoduler"))

    def _keep(self, modules: Modules, phrase: str) -> None:
        unit, before = chosen(self.unit), self._found
        if not unit or modules == before:
            return
        self._found = modules  # what is changed next starts from here, though this is still on its way

        def kept(after: Modules) -> None:
            back = self.place.way_back(
                phrase, lambda desk: keep_text_modules(desk, unit=unit, modules=before, before=after),
                changed="units",
            )  # fmt: skip
            self.place.remember(back)
            if self._found == modules:
                self._show(after)

        self.place.ask(
            self, lambda desk: keep_text_modules(desk, unit=unit, modules=modules, before=before), kept,
            otherwise=self._not_kept,
        )  # fmt: skip

    def _not_kept(self, _: Exception) -> bool:
        self._read()
        return False


def _own_units(desk: Desk) -> tuple[Unit, ...]:
    return tuple(one.value for one in list_units(desk) if desk.actor.works_in(one.value.key))
