"""Rum och restid: rooms that hold one meeting at a time, and how long it takes between units."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent

from app.domain.availability import USUAL_TRAVEL, Room, Travel
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.units import Unit
from app.services import rooms
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.planning.short_list import Keeping, ShortList
from app.ui.planning.ways import PlanningPage
from app.ui.widgets.controls import scrolled
from app.ui.widgets.fields import choice, chosen, field, fill_choice, line
from app.ui.widgets.pages import side_by_side
from app.ui.widgets.tables import Column
from app.ui.workplace import Workplace

_NARROW = 720
_LOWEST_WIDTH = 320
"""Of a part with its scroll bar: narrower, its fields would be cut."""
_LONGEST = 600
_SHARED = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("RoomsPage", text)


class RoomList(ShortList[Room]):
    """The rooms, each of one unit or shared by all."""

    def __init__(self, place: Workplace) -> None:
        self._units: dict[str, str] = {}
        self._name = line(longest=120, name=_tr("Rummets namn"))
        self._unit = choice([], name=_tr("Enhet"))
        super().__init__(
            place, _tr("Rum"), _tr("Ett möte i taget. Namnet väljs som plats på mötet."),
            (
                Column(_tr("Rum"), lambda one: one.value.name),
                Column(_tr("Enhet"), lambda one: self._units.get(one.value.unit or "", _tr("Gemensamt")), width=170),
            ),
            Keeping(
                keep=lambda desk, room, version: rooms.keep_room(desk, room=room, expected_version=version),
                remove=lambda desk, room, version: rooms.remove_room(desk, key=room.key, expected_version=version),
                named=lambda room: room.name, changed="rooms", fill=self.fill,
                value=self.value, why_not=self.why_not,
            ),
            field(_tr("Namn"), self._name), field(_tr("Enhet"), self._unit), new=_tr("Nytt rum"),
        )  # fmt: skip

    def offer(self, units: Sequence[Unit], *, shared: bool) -> None:
        """Offer these units; the shared ones only to who reaches them all."""
        self._units = {unit.key: unit.name for unit in units}
        every = [(_SHARED, _tr("Gemensamt för alla"))] if shared else []
        first = chosen(self._unit) or (units[0].key if units else _SHARED)
        fill_choice(self._unit, [*self._units.items(), *every], chosen=first)

    def fill(self, value: Room | None) -> None:
        """Show a room, or empty fields."""
        self._name.setText(value.name if value else "")
        if value is not None:
            self._unit.setCurrentIndex(max(self._unit.findData(value.unit or _SHARED), 0))

    def value(self, old: Room | None) -> Room | None:
        """The room as the fields have it."""
        name = self._name.text().strip()
        return Room(key=old.key if old else "", name=name, unit=chosen(self._unit) or None) if name else None

    def why_not(self) -> str:
        """What is missing."""
        return _tr("Skriv vad rummet heter.")


class TravelList(ShortList[Travel]):
    """The ways that take another time than usual."""

    def __init__(self, place: Workplace) -> None:
        self._units: dict[str, str] = {}
        self._from, self._to = choice([], name=_tr("Från")), choice([], name=_tr("Till"))
        self._minutes = line(longest=3, name=_tr("Minuter"), placeholder=str(USUAL_TRAVEL))
        self._minutes.setMaximumWidth(96)
        super().__init__(
            place, _tr("Restid"),
            _tr("Mellan två enheter räknas {0} minuter. Lägg in det som tar annan tid.").format(USUAL_TRAVEL),
            (
                Column(_tr("Mellan"), lambda one: self._way(one.value)),
                Column(_tr("Minuter"), lambda one: str(one.value.minutes), width=90, right=True),
            ),
            Keeping(
                keep=lambda desk, way, version: rooms.keep_travel(desk, travel=way, expected_version=version),
                remove=lambda desk, way, version: rooms.remove_travel(desk, key=way.key, expected_version=version),
                named=self._way, changed="rooms", fill=self.fill,
                value=self.value, why_not=self.why_not,
            ),
            field(_tr("Mellan"), self._from), field(_tr("och"), self._to), field(_tr("Minuter"), self._minutes),
            new=_tr("Ny restid"),
        )  # fmt: skip

    def _way(self, one: Travel) -> str:
        return f"{self._units.get(one.from_, one.from_)} – {self._units.get(one.to, one.to)}"

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer these units."""
        self._units = {unit.key: unit.name for unit in units}
        rows = list(self._units.items())
        first, second = (rows[0][0], rows[1][0]) if len(rows) > 1 else ("", "")
        fill_choice(self._from, rows, chosen=chosen(self._from) or first)
        fill_choice(self._to, rows, chosen=chosen(self._to) or second)

    def fill(self, value: Travel | None) -> None:
        """Show a way, or empty fields."""
        self._minutes.setText(str(value.minutes) if value else "")
        if value is not None:
            self._from.setCurrentIndex(max(self._from.findData(value.from_), 0))
            self._to.setCurrentIndex(max(self._to.findData(value.to), 0))

    def value(self, old: Travel | None) -> Travel | None:
        """The way as the fields have it."""
        if self.why_not():
            return None
        return Travel(
            key=old.key if old else "", from_=chosen(self._from), to=chosen(self._to),
            minutes=int(self._minutes.text()),
        )  # fmt: skip

    def why_not(self) -> str:
        """What is missing."""
        text = self._minutes.text().strip()
        if not (text.isascii() and text.isdigit() and int(text) <= _LONGEST):
            return _tr("Skriv hur många minuter det tar, 0 till 600.")
        if chosen(self._from) == chosen(self._to):
            return _tr("Välj två olika enheter.")
        return ""


class RoomsPage(PlanningPage):
    """Rooms left, travel right."""

    name = "rooms"
    refreshed_by = frozenset({"rooms", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Rum och restid"))
        self.rooms, self.travel = RoomList(place), TravelList(place)
        self._way_part = scrolled(self.travel, name=self.tr("Restid"))
        room_part = scrolled(self.rooms, name=self.tr("Rum"))
        for scrolling in (room_part, self._way_part):
            scrolling.setMinimumWidth(_LOWEST_WIDTH)
        self.parts = side_by_side(room_part, self._way_part, sizes=(500, 500))
        self.body.addWidget(self.parts)
        self.setFocusProxy(self.rooms.table)
        may = place.desk.may(Right.WRITE_REGISTERS)
        for part in (self.rooms, self.travel):
            for made in (part.save_button, part.new_button, part.remove_button):
                made.setEnabled(may)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        upright = event.size().width() < _NARROW
        self.parts.setOrientation(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)

    def refresh(self) -> None:
        """Read both lists anew."""

        def work(desk: Desk) -> tuple[tuple[Unit, ...], tuple[Stored[Room], ...], tuple[Stored[Travel], ...]]:
            return tuple(one.value for one in list_units(desk)), rooms.list_rooms(desk), rooms.list_travel(desk)

        self.place.ask(self, work, lambda found: self._show(*found))

    def _show(
        self, units: tuple[Unit, ...], rooms_: tuple[Stored[Room], ...], travel: tuple[Stored[Travel], ...]
    ) -> None:  # fmt: skip
        self.rooms.offer(units, shared=self.place.desk.actor.units is None)
        self.travel.offer(units)
        self.rooms.show_rows(rooms_, lambda one: one.key)
        self.travel.show_rows(travel, lambda one: one.key)
        self._way_part.setVisible(len(units) > 1 or bool(travel))
