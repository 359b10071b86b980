"""Section Nödöppningar: who opened a unit's customers in an emergency, when and why, and who has seen it."""

from __future__ import annotations

from app.domain.emergency import Emergency
from app.domain.swedish import clock, short_date
from app.services.emergency import list_emergencies
from app.ui.emergency import CHANGED, unseen_cards
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, column, empty
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
        self.unseen = column()
        self._choices = Choices(self.table, Nothing(self.tr("Ingen har gjort någon nödöppning.")))
        self.body.addWidget(box(self.unseen))
        self.body.addWidget(self._choices, 1)

    def refresh(self) -> None:
        """Read them."""
        self.place.ask(self, list_emergencies, self._show)

    def _show(self, found: tuple[Emergency, ...]) -> None:
        empty(self.unseen)
        for made in unseen_cards(self, self.place, tuple(one for one in found if one.seen_by is None)):
            self.unseen.addWidget(made)
        self.table.rows_model.show_rows(found)
        self._choices.show_content(bool(found))
