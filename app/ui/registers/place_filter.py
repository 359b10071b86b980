"""The row of filters over a register: unit, the unit's wards as chips, and words to look for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.units import Unit
from app.ui.widgets.controls import chip
from app.ui.widgets.fields import SearchLine, choice, chosen, fill_choice
from app.ui.widgets.flow import Flow


class PlaceFilter(QWidget):
    """Tells through `changed` that unit or ward is another, through `typed` that the words are."""

    changed = Signal()
    typed = Signal()

    def __init__(self, *more: QWidget, search: str) -> None:
        super().__init__()
        self.units: tuple[Unit, ...] = ()
        self.ward: str | None = None
        self._chips: list[QPushButton] = []
        self.unit_choice = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self.unit_choice.setMinimumContentsLength(16)
        self.unit_choice.currentIndexChanged.connect(lambda _: self._other_unit())
        self.search = SearchLine(search)
        self.search.paused.connect(self.typed)
        self._more = more
        self._flow = Flow(self.unit_choice, self.search, *more)
        self.setLayout(self._flow)

    @property
    def unit(self) -> str | None:
        """The chosen unit's key; None for all of them."""
        return chosen(self.unit_choice) or None

    @property
    def words(self) -> str:
        """What is looked for, in lower case."""
        return self.search.text().strip().casefold()

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer these units; what was chosen stays chosen while it is there."""
        if tuple(units) == self.units:
            return
        before = self.unit
        self.units = tuple(units)
        rows = [(unit.key, unit.name) for unit in units]
        every = [("", self.tr("Alla enheter"))] if len(rows) != 1 else []
        fill_choice(self.unit_choice, [*every, *rows], chosen=before or "")
        self._show_wards()

    def choose(self, unit: str) -> None:
        """Choose a unit without telling that it changed: the caller reads anew."""
        index = self.unit_choice.findData(unit)
        if index >= 0 and unit != self.unit:
            self.unit_choice.blockSignals(True)
            self.unit_choice.setCurrentIndex(index)
            self.unit_choice.blockSignals(False)
            self._show_wards()

    def show_more(self, visible: bool) -> None:
        """Show or hide what only concerns the list: words and the added chips."""
        for one in (self.search, *self._more):
            one.setVisible(visible)

    def _other_unit(self) -> None:
        self._show_wards()
        self.changed.emit()

    def _show_wards(self) -> None:
        for old in self._chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        unit = next((one for one in self.units if one.key == self.unit), None)
        wards = unit.wards if unit else ()
        if self.ward not in {ward.key for ward in wards}:
            self.ward = None
        self._chips = [
            chip(ward.name, partial(self._choose_ward, ward.key), checked=ward.key == self.ward) for ward in wards
        ]
        for made in self._chips:
            self._flow.addWidget(made)
            made.show()
        self.updateGeometry()

    def _choose_ward(self, key: str, on: bool) -> None:
        self.ward = key if on else None
        wards = next((one.wards for one in self.units if one.key == self.unit), ())
        for ward, made in zip(wards, self._chips, strict=True):
            made.blockSignals(True)
            made.setChecked(ward.key == self.ward)
            made.blockSignals(False)
        self.changed.emit()
