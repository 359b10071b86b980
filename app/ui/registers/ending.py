"""A customer dies or moves out: what will end is counted first, then everything ends in one step."""

from __future__ import annotations

from app.domain.customers import Customer
from app.domain.stored import Stored
from app.domain.swedish import number_word
from app.services.endings import EndedCustomer, end_customer, what_ends
from app.ui.registers.unsaved import Tool
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.fields import DateField, choice, chosen, field
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace


class Ending(Tool):
    """Why and from which day; nothing is changed before the button is pressed."""

    def __init__(self, place: Workplace, stored: Stored[Customer]) -> None:
        super().__init__()
        self.place, self._stored = place, stored
        self.setAccessibleName(self.tr("Avsluta kunden"))
        self.what = label(wrap=True)
        self.reason = choice([
            ("", self.tr("Välj")), ("left", self.tr("Har flyttat ut")), ("deceased", self.tr("Har avlidit")),
        ])  # fmt: skip
        self.day = DateField(lambda: place.desk.today, place.desk.today, required=True)
        self.done = button(self.tr("Avsluta kunden"), self._end, kind="danger")
        leave = button(self.tr("Avbryt"), self.finished.emit)
        inside = column(
            label(self.tr("Avsluta kunden"), role="heading"), self.what, field(self.tr("Orsak"), self.reason),
            field(self.tr("Datum"), self.day), self.fault, box(Flow(self.done, leave)), None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        key = stored.value.key
        place.ask(self, lambda desk: what_ends(desk, key=key), self._count)

    def _count(self, ends: EndedCustomer) -> None:
        counts = self._counted(ends)
        first = (
            self.tr("Det här avslutas: {0}.").format(counts) if counts else self.tr("Inga möten eller åtgärder väntar.")
        )
        self.what.setText(
            first + " " + self.tr("Det som är skrivet finns kvar. Nästa person i lägenheten ärver ingenting.")
        )

    def _counted(self, ends: EndedCustomer) -> str:
        parts = (
            (ends.meetings, self.tr("kommande möte"), self.tr("kommande möten")),
            (ends.items, self.tr("planerad punkt"), self.tr("planerade punkter")),
            (ends.actions, self.tr("öppen åtgärd"), self.tr("öppna åtgärder")),
            (ends.checklists, self.tr("checklista"), self.tr("checklistor")),
        )
        return ", ".join(number_word(count, one, many) for count, one, many in parts if count)

    def _end(self) -> None:
        day, reason = self.day.day, chosen(self.reason)
        if not reason:
            self.say(self.tr("Välj om kunden har flyttat ut eller avlidit."))
        elif day is None:
            self.say(self.tr("Skriv datumet, till exempel 12/3."))
        else:
            key, version = self._stored.value.key, self._stored.version
            self.place.act(
                self,
                lambda desk: end_customer(
                    desk, key=key, on=day, deceased=reason == "deceased", expected_version=version
                ),
                self._ended, changed="customers", otherwise=self.refused,
            )  # fmt: skip

    def _ended(self, ends: EndedCustomer) -> None:
        counts = self._counted(ends)
        told = self.tr("Kunden är avslutad. Avslutat samtidigt: {0}.").format(counts)
        self.place.told.emit(told if counts else self.tr("Kunden är avslutad."))
        for kind in ("meetings", "actions", "checklists"):
            self.place.changed.emit(kind)
        self.finished.emit()
