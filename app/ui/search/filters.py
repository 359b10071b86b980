"""What a search is narrowed by: kinds as chips, unit, forum, time and customer as choices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.catalogue import Setting
from app.domain.disposal import later_by
from app.domain.roles import Right
from app.domain.search import SearchFilters, SearchKind
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.domain.units import Unit
from app.services.customers import customer_labels
from app.services.units import list_units
from app.ui.widgets.controls import chip
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.workplace import Workplace

_MONTHS = {"month": 1, "half": 6, "year": 12}
_COMING = "coming"


class SearchFilterRow(QObject):
    """The filters; those that have nothing to choose among are not shown."""

    def __init__(self, place: Workplace, on_change: Callable[[], object]) -> None:
        super().__init__()
        self._place, self._on_change = place, on_change
        self.kinds: dict[SearchKind, QPushButton] = {
            kind: chip(kind.plural, self._changed) for kind in SearchKind if self._concerns(kind)
        }
        self.unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self.forum = choice([("", self.tr("Alla forum")), *self._forums()], name=self.tr("Forum"))
        self.time = choice(
            [
                ("", self.tr("När som helst")), ("month", self.tr("Senaste månaden")),
                ("half", self.tr("Senaste halvåret")), ("year", self.tr("Senaste året")),
                (_COMING, self.tr("Kommande")),
            ],
            name=self.tr("Tid"),
        )  # fmt: skip
        self.customer = choice([("", self.tr("Alla kunder"))], name=self.tr("Kund"))
        self.customer.setVisible(False)
        for made in (self.unit, self.forum, self.time, self.customer):
            made.currentIndexChanged.connect(self._changed)
        place.ask(self, list_units, self._offer_units)
        if place.desk.may(Right.READ_CUSTOMERS):
            place.ask(self, customer_labels, self._offer_customers)

    def _changed(self, _: object = None) -> None:
        self._on_change()

    def _concerns(self, kind: SearchKind) -> bool:
        return kind is not SearchKind.CHECKLIST or self._place.desk.may(Right.READ_CHECKLISTS)

    def _forums(self) -> list[tuple[str, str]]:
        catalogue = self._place.desk.catalogue
        names = {one.key: one.name for setting in Setting for one in catalogue.forums(setting)}
        return sorted(names.items(), key=lambda one: sort_key(one[1]))

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """The chips and choices, in their order."""
        return (*self.kinds.values(), self.unit, self.forum, self.time, self.customer)

    @property
    def chosen(self) -> SearchFilters:
        """What is chosen."""
        today = self._place.desk.today
        months = _MONTHS.get(chosen(self.time))
        from_: dt.date | None = later_by(today, -months) if months else None
        return SearchFilters(
            unit=chosen(self.unit) or None, forum=chosen(self.forum) or None, customer=chosen(self.customer) or None,
            from_=today if chosen(self.time) == _COMING else from_, to=today if months else None,
            kinds=frozenset(kind for kind, made in self.kinds.items() if made.isChecked()),
        )  # fmt: skip

    @property
    def narrow(self) -> bool:
        """Whether anything is chosen."""
        return self.chosen != SearchFilters()

    def clear(self) -> None:
        """Search in everything again."""
        for made in self.parts:
            made.blockSignals(True)
        for chip_ in self.kinds.values():
            chip_.setChecked(False)
        for box in (self.unit, self.forum, self.time, self.customer):
            box.setCurrentIndex(0)
        for made in self.parts:
            made.blockSignals(False)
        self._on_change()

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in units]
        fill_choice(self.unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self.unit))
        self.unit.setVisible(len(rows) > 1)

    def _offer_customers(self, labels: Mapping[str, str]) -> None:
        rows = sorted(labels.items(), key=lambda one: sort_key(one[1]))
        fill_choice(self.customer, [("", self.tr("Alla kunder")), *rows], chosen=chosen(self.customer))
        self.customer.setVisible(bool(rows))
