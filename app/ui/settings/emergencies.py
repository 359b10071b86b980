"""Section Nödöppningar: who opened a unit's customers in an emergency, when and why, and who has seen it."""

from __future__ import annotations

from app.domain.emergency import Emergency
from app.domain.swedish import clock, short_date, span
from app.services.emergency import list_emergencies
from app.ui.emergency import CHANGED, unseen_cards
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, card, column, empty, label
from app.ui.widgets.flow import Flow
from app.ui.widgets.pages import Choices, Nothing
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace


class EmergenciesSection(Section):
    """The unseen as cards, and all of them as a list, the latest first."""

    refreshed_by = frozenset({CHANGED, "accounts", "units"})

    def __init__(self, place: Workplace) -> None:
        about = self.tr("Personal kan i nödfall läsa om en enhets alla kunder i en timme. Här står varje sådan gång.")
        super().__init__(place, self.tr("Nödöppningar"), about)
        self.table: Table[Emergency] = Table(
            (
                Column(
                    self.tr("När"),
                    lambda one: f"{short_date(one.opened_at.date())} {clock(one.opened_at.time())}", width=150,
                ),
                Column(self.tr("Vem"), lambda one: one.full_name, width=160),
                Column(self.tr("Enhet"), lambda one: one.unit_name, width=140),
                Column(self.tr("Varför"), lambda one: one.reason, hover=lambda one: one.reason),
                Column(self.tr("Sett av"), lambda one: one.seen_by or self.tr("Inte sett än"), width=150),
            ),
            name=self.tr("Nödöppningar"),
        )  # fmt: skip
        self.table.chosen.connect(self._choose)
        self.what = label(role="label", wrap=True)
        self.reason = label(wrap=True)
        self.reason.setAccessibleName(self.tr("Varför"))
        self.read_button = button(self.tr("Visa vad som lästes"), self.show_read, icon_name="eye")
        self.table.opened.connect(lambda _: self.show_read())
        self.chosen = card(self.what, self.reason, box(Flow(self.read_button)))
        self.chosen.hide()
        self.unseen = column()
        self._choices = Choices(self.table, Nothing(self.tr("Ingen har gjort någon nödöppning.")))
        self.body.addWidget(box(self.unseen))
        self.body.addWidget(self._choices, 1)
        self.body.addWidget(self.chosen)

    def refresh(self) -> None:
        """Read them."""
        self.place.ask(self, list_emergencies, self._show)

    def _show(self, found: tuple[Emergency, ...]) -> None:
        empty(self.unseen)
        for made in unseen_cards(self, self.place, tuple(one for one in found if one.seen_by is None)):
            self.unseen.addWidget(made)
        before = self.table.current_row()
        self.table.rows_model.show_rows(found)
        self.table.stand_on(lambda one: before is not None and one.key == before.key)
        if self.table.current_row() is None:
            self.chosen.hide()
        self._choices.show_content(bool(found))

    def _choose(self, one: Emergency) -> None:
        """Show the whole reason, and the way to what was read."""
        lasted = f"{short_date(one.opened_at.date())} {span(one.opened_at.time(), one.until.time())}"
        self.what.setText(self.tr("{0} öppnade {1} {2}").format(one.full_name, one.unit_name, lasted))
        self.reason.setText(one.reason)
        self.chosen.show()

    def show_read(self) -> None:
        """Go to the log's rows of the person while it lasted."""
        one = self.table.current_row()
        if one is not None:
            self.place.visit.emit("settings", f"log:emergency:{one.key}")
