"""Where a customer lives: unit, ward and apartment as three choices that follow each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.units import Unit
from app.ui.widgets.controls import column
from app.ui.widgets.fields import choice, chosen, field, fill_choice


class Home(QWidget):
    """Unit, ward and apartment; a part that has nothing to choose among is hidden."""

    unit_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._units: tuple[Unit, ...] = ()
        self._apartment_shown = True
        self.unit_choice, self.ward_choice, self.apartment_choice = choice([]), choice([]), choice([])
        self._unit_field = field(self.tr("Enhet"), self.unit_choice)
        self._ward_field = field(self.tr("Avdelning"), self.ward_choice)
        self._apartment_field = field(self.tr("Lägenhet"), self.apartment_choice)
        self.setLayout(column(self._unit_field, self._ward_field, self._apartment_field, space=12))
        self.unit_choice.currentIndexChanged.connect(lambda _: self._other_unit())
        self.ward_choice.currentIndexChanged.connect(lambda _: self._offer_apartments(""))

    @property
    def unit(self) -> str:
        """The chosen unit's key."""
        return chosen(self.unit_choice)

    @property
    def ward(self) -> str | None:
        """The chosen ward's key."""
        return chosen(self.ward_choice) or None

    @property
    def apartment(self) -> str | None:
        """The chosen apartment."""
        return chosen(self.apartment_choice) or None

    @property
    def words(self) -> str:
        """Unit and ward as they are read."""
        ward = self.ward_choice.currentText() if self.ward else ""
        return ", ".join(part for part in (self.unit_choice.currentText(), ward) if part)

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer these units; what was chosen stays chosen, and there, for the list is no change of anybody's home."""
        unit, ward, apartment = self.unit, self.ward, self.apartment
        held = tuple(one for one in self._units if one.key == unit and unit not in {new.key for new in units})
        self._units = (*units, *held)
        fill_choice(self.unit_choice, [(one.key, one.name) for one in self._units], chosen=unit)
        self._offer_wards(ward or "", apartment or "")

    def show_home(self, *, unit: str, ward: str | None, apartment: str | None) -> None:
        """Show where somebody lives, an apartment that is not on the ward's list too."""
        self.unit_choice.blockSignals(True)
        self.unit_choice.setCurrentIndex(max(self.unit_choice.findData(unit), 0))
        self.unit_choice.blockSignals(False)
        self._offer_wards(ward or "", apartment or "")

    def show_place(self, visible: bool) -> None:
        """Show or hide unit and ward: they are changed by moving, not by the form."""
        self._unit_field.setVisible(visible and self.unit_choice.count() > 1)
        self._ward_field.setVisible(visible and self.ward_choice.count() > 1)

    def show_apartment(self, visible: bool) -> None:
        """Show or hide the apartment: it tells who a protected person is."""
        self._apartment_shown = visible
        self._apartment_field.setVisible(visible and self.apartment_choice.count() > 1)

    def _other_unit(self) -> None:
        self._offer_wards("", "")
        self._ward_field.setVisible(self.ward_choice.count() > 1)
        self.unit_changed.emit()

    def _offer_wards(self, ward: str, apartment: str) -> None:
        unit = next((one for one in self._units if one.key == self.unit), None)
        wards = [(one.key, one.name) for one in unit.wards] if unit else []
        fill_choice(self.ward_choice, [("", self.tr("Ingen avdelning")), *wards], chosen=ward)
        self._offer_apartments(apartment)

    def _offer_apartments(self, apartment: str) -> None:
        unit = next((one for one in self._units if one.key == self.unit), None)
        ward = unit.ward(self.ward or "") if unit else None
        numbers = list(ward.apartments) if ward else []
        if apartment and apartment not in numbers:
            numbers.append(apartment)
        options = [("", self.tr("Ingen lägenhet")), *((number, number) for number in numbers)]
        fill_choice(self.apartment_choice, options, chosen=apartment)
        self._apartment_field.setVisible(self._apartment_shown and bool(numbers))
        self.apartment_choice.currentIndexChanged.emit(self.apartment_choice.currentIndex())
