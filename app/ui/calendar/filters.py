"""Whose meetings the calendar shows: a unit, one of its wards, a person, a room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.stored import Stored
from app.domain.team import Member
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.meeting_lists import places_in_use
from app.services.team import list_members
from app.services.units import list_units
from app.ui.calendar.shown import Filters
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.workplace import Workplace

_PLACES_OF = dt.timedelta(days=183)
"""How far from today a room is looked for."""


class CalendarFilters(QObject):
    """Four choices; those that have nothing to choose among are not shown."""

    def __init__(self, place: Workplace, on_change: Callable[[], object]) -> None:
        super().__init__()
        self._place, self._on_change = place, on_change
        self._units: dict[str, Unit] = {}
        self.unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self.ward = choice([("", self.tr("Alla avdelningar"))], name=self.tr("Avdelning"))
        self.member = choice([("", self.tr("Alla personer"))], name=self.tr("Person"))
        self.room = choice([("", self.tr("Alla platser"))], name=self.tr("Rum eller plats"))
        for made in (self.ward, self.member, self.room):
            made.currentIndexChanged.connect(lambda _: self._on_change())
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        place.ask(self, list_units, self._offer_units)
        self._offer_rest()

    @property
    def chosen(self) -> Filters:
        """What is chosen."""
        unit, ward, member, place = (chosen(made) or None for made in (self.unit, self.ward, self.member, self.room))
        return Filters(unit=unit, ward=ward, member=member, place=place)

    @property
    def units(self) -> tuple[str, ...]:
        """The units that can be chosen."""
        return tuple(self._units)

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        self._units = {one.value.key: one.value for one in units}
        rows = [(key, one.name) for key, one in self._units.items()]
        fill_choice(self.unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self.unit))
        self.unit.setVisible(len(rows) > 1)
        self._offer_wards()

    def _choose_unit(self) -> None:
        self._offer_wards()
        self._offer_rest()
        self._on_change()

    def _offer_wards(self) -> None:
        only = next(iter(self._units.values())) if len(self._units) == 1 else None
        unit = self._units.get(chosen(self.unit), only)
        wards = [(ward.key, ward.name) for ward in unit.wards] if unit else []
        fill_choice(self.ward, [("", self.tr("Alla avdelningar")), *wards], chosen=chosen(self.ward))
        self.ward.setVisible(bool(wards))

    def _offer_rest(self) -> None:
        unit, today = chosen(self.unit) or None, self._place.desk.today

        def work(desk: Desk) -> tuple[tuple[Stored[Member], ...], tuple[str, ...]]:
            places = places_in_use(desk, from_=today - _PLACES_OF, to=today + _PLACES_OF, unit=unit)
            return list_members(desk, unit=unit), places

        self._place.ask(self, work, lambda found: self._fill_rest(*found))

    def _fill_rest(self, members: tuple[Stored[Member], ...], places: tuple[str, ...]) -> None:
        people = [(one.value.key, one.value.name) for one in members]
        before = self.chosen
        fill_choice(self.member, [("", self.tr("Alla personer")), *people], chosen=before.member or "")
        fill_choice(self.room, [("", self.tr("Alla platser")), *((one, one) for one in places)],
                    chosen=before.place or "")  # fmt: skip
        self.room.setVisible(bool(places))
        if self.chosen != before:
            self._on_change()
