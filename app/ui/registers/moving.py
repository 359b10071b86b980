"""A customer moves to another apartment, ward or unit; what follows of it is said afterwards."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.customers import Customer
from app.domain.stored import Stored
from app.domain.swedish import short_date
from app.domain.units import Unit
from app.services.customer_view import ComingMeeting
from app.services.customers import move_customer
from app.ui.registers.home import Home
from app.ui.registers.unsaved import Tool
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace


class Moving(Tool):
    """The new home, and then the sentences about what followed."""

    def __init__(
        self, place: Workplace, stored: Stored[Customer], units: Sequence[Unit], meetings: Sequence[ComingMeeting]
    ) -> None:
        super().__init__()
        self.place, self._stored, self._meetings = place, stored, tuple(meetings)
        self.setAccessibleName(self.tr("Flytta kunden"))
        customer = stored.value
        self.home = Home()
        self.home.offer(units)
        self.home.show_home(unit=customer.unit, ward=customer.ward, apartment=customer.apartment)
        self.home.show_place(True)
        self.outcome = label(wrap=True)
        self.outcome.hide()
        self.move_button = button(self.tr("Flytta hit"), self._move, kind="primary")
        self.leave = button(self.tr("Avbryt"), self.finished.emit)
        intro = self.tr("Historik, anteckningar och åtgärder följer med. Välj det nya boendet.")
        inside = column(
            label(self.tr("Flytta kunden"), role="heading"), label(intro, wrap=True), self.home, self.fault,
            self.outcome, box(Flow(self.move_button, self.leave)), None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)

    def _move(self) -> None:
        key, version, home = self._stored.value.key, self._stored.version, self.home
        unit, ward, apartment = home.unit, home.ward, home.apartment
        self.place.act(
            self,
            lambda desk: move_customer(
                desk, key=key, unit=unit, ward=ward, apartment=apartment, expected_version=version
            ),
            lambda found: self._tell(*found), changed="customers", otherwise=self.refused,
        )  # fmt: skip

    def _tell(self, moved: Stored[Customer], lost: tuple[str, ...]) -> None:
        sentences = [self.tr("Kunden är flyttad till {0}.").format(self.home.words)]
        if lost:
            names = ", ".join(lost)
            sentences.append(
                self.tr("Arbetar inte på den nya enheten och är inte längre kontakt: {0}. Välj nya.").format(names)
            )
        new = moved.value
        behind = [one for one in self._meetings if one.unit != new.unit or (one.ward and one.ward != new.ward)]
        if behind:
            listed = ", ".join(f"{one.heading} {short_date(one.date)}" for one in behind)
            sentences.append(self.tr("Står kvar på möten där kunden bodde förut: {0}.").format(listed))
        self.outcome.setText("\n\n".join(sentences))
        self.outcome.show()
        self.fault.hide()
        self.home.setEnabled(False)
        self.move_button.hide()
        self.leave.setText(self.tr("Klar"))
        self.leave.setAccessibleName(self.tr("Klar"))
        self.leave.setFocus()
