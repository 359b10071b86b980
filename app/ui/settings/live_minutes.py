"""How long a unit lets a window stay open while its meeting is under way: who listens in silence is not locked out."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.idle import LONGEST_LIVE
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.preferences import get_live_minutes, set_live_minutes
from app.services.units import list_units
from app.ui.settings.section import Number
from app.ui.widgets.controls import column
from app.ui.widgets.fields import choice, chosen, field, fill_choice
from app.ui.workplace import Workplace


class LiveMinutes(QWidget):
    """The unit, where there are several, and its minutes; 0 means as usual."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._found: dict[str, int] = {}
        self.unit = choice(())
        self.unit.setMaximumWidth(420)
        self.minutes = Number(
            0, LONGEST_LIVE, suffix=self.tr(" minuter"), one=self.tr(" minut"), nothing=self.tr("Som vanligt")
        )
        self.minutes.setKeyboardTracking(False)
        self._choice = field(self.tr("Enhet"), self.unit)
        hint = self.tr(
            "Den som har mötet öppet på skärmen hinner lyssna utan att fönstret låses. Gäller alla på enhetens möten."
        )
        self.setLayout(column(self._choice, field(self.tr("Medan ett möte pågår"), self.minutes, hint=hint), space=12))
        self.unit.currentIndexChanged.connect(lambda _: self._show())
        self.minutes.valueChanged.connect(self._keep)

    def refresh(self) -> None:
        """Read the units and what each has chosen."""
        self.place.ask(self, _read, self._offer)

    def _offer(self, found: tuple[tuple[Unit, ...], dict[str, int]]) -> None:
        units, self._found = found
        fill_choice(self.unit, [(one.key, one.name) for one in units], chosen=chosen(self.unit))
        self._choice.setVisible(len(units) > 1)
        self.setVisible(bool(units))
        self._show()

    def _show(self) -> None:
        if not self.minutes.hasFocus():
            self.minutes.blockSignals(True)
            self.minutes.setValue(self._found.get(chosen(self.unit), 0))
            self.minutes.blockSignals(False)

    def _keep(self, minutes: int) -> None:
        unit = chosen(self.unit)
        self._found[unit] = minutes
        said = self.tr("Under ett möte låses fönstret efter {0} minuter.").format(minutes)
        self.place.act(
            self, lambda desk: set_live_minutes(desk, unit=unit, minutes=minutes or None), changed="preferences",
            said=said if minutes else self.tr("Under ett möte låses fönstret som vanligt."),
        )  # fmt: skip


def _read(desk: Desk) -> tuple[tuple[Unit, ...], dict[str, int]]:
    units = tuple(one.value for one in list_units(desk))
    return units, {one.key: get_live_minutes(desk, unit=one.key) or 0 for one in units}
