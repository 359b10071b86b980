"""One unit's form: its name, its wards in order, and each ward's apartments in the order of the rotation."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.units import Unit, Ward
from app.ui.settings.ordered_list import COMMAS, Entry, OrderedList
from app.ui.theme import GRID
from app.ui.widgets.controls import box, column, label, row
from app.ui.widgets.fields import field, line

_SIDE_BY_SIDE = 560


class UnitForm(QWidget):
    """Shows a unit and gives back what it was changed to."""

    changed = Signal()
    ward_wanted = Signal(str)
    """A ward with this name is to be added; it needs a key that is free."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("body")
        self._unit: Unit | None = None
        self._wards: dict[str, Ward] = {}
        self._shown_ward = ""
        self.name = line(longest=120)
        self.setting = label(role="muted")
        self.wards = OrderedList(self.tr("Avdelningar"), placeholder=self.tr("Ny avdelning, t.ex. Norr"), keyed=True)
        self.apartments = OrderedList(
            self.tr("Lägenheter"), placeholder=self.tr("Lägenheter, t.ex. 1101, 1102"), parted_by=COMMAS
        )
        self._ward_title = label(role="label", wrap=True)
        self._hint = label(
            self.tr("Ordningen är den som kunderna följs upp i. Klistra in flera på en gång om du vill."),
            role="muted", wrap=True,
        )  # fmt: skip
        self._keys = label(self.tr("F2 byter namn, Alt+Upp och Alt+Ner flyttar."), role="muted", wrap=True)
        left = column(
            label(self.tr("Avdelningar"), role="label"), self.wards,
            self._keys, None, space=4,
        )  # fmt: skip
        right = column(self._ward_title, self.apartments, self._hint, None, space=4)
        self._lists = row(box(left), box(right), space=3 * GRID)
        self._lists.setStretch(0, 1)
        self._lists.setStretch(1, 1)
        inside = column(field(self.tr("Enhetens namn"), self.name), self.setting, self._lists, None, space=12)
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        self.name.textChanged.connect(lambda _: self._tell())
        self.wards.changed.connect(self._wards_changed)
        self.wards.chosen.connect(self._choose)
        self.wards.added.connect(self.ward_wanted.emit)
        self.apartments.changed.connect(self._apartments_changed)

    def set_editable(self, editable: bool, why: str) -> None:
        """Let the unit be changed, or only read."""
        self.name.setReadOnly(not editable)
        self.name.setToolTip(why)
        for hint in (self._keys, self._hint):
            hint.setVisible(editable)  # of what she may not do there is nothing to learn
        self.wards.set_editable(editable, why)
        self.apartments.set_editable(editable, why)

    def show_unit(self, unit: Unit) -> None:
        """Show a unit; the ward that was looked at stays chosen where there is one."""
        self._unit = None
        self._wards = {ward.key: ward for ward in unit.wards}
        keys = [ward.key for ward in unit.wards]
        current = keys.index(self._shown_ward) if self._shown_ward in keys else (0 if keys else -1)
        self.name.setText(unit.name)
        self.setting.setText(unit.setting.label)
        self.wards.show_entries((Entry(ward.name, ward.key) for ward in unit.wards), current=current)
        self._unit = unit
        self._choose(current)

    @property
    def value(self) -> Unit | None:
        """The unit as the form has it."""
        if self._unit is None:
            return None
        wards = tuple(replace(self._wards[one.key], name=one.text) for one in self.wards.entries)
        return replace(self._unit, name=self.name.text().strip(), wards=wards)

    def add_ward(self, ward: Ward) -> None:
        """Put a new ward last and stand on it."""
        self._wards[ward.key] = ward
        self.wards.add_entry(Entry(ward.name, ward.key))
        self.apartments.line.setFocus()

    @property
    def known_wards(self) -> tuple[Ward, ...]:
        """Every ward of the form, those too that are not saved."""
        return tuple(self._wards.values())

    def _wards_changed(self) -> None:
        self._title()
        self._tell()

    def _choose(self, number: int) -> None:
        entries = self.wards.entries
        self._shown_ward = entries[number].key if 0 <= number < len(entries) else ""
        there = bool(self._shown_ward)
        self.apartments.setEnabled(there)
        self.apartments.show_texts(self._wards[self._shown_ward].apartments if there else ())
        self._title()

    def _title(self) -> None:
        name = next((one.text for one in self.wards.entries if one.key == self._shown_ward), "")
        self._ward_title.setText(
            self.tr("Lägenheter på {0}, i ordning").format(name)
            if self._shown_ward
            else self.tr("Lägg till en avdelning, så kan du skriva in dess lägenheter.")
        )

    def _apartments_changed(self) -> None:
        if self._shown_ward:
            self._wards[self._shown_ward] = replace(self._wards[self._shown_ward], apartments=self.apartments.texts)
            self._tell()

    def _tell(self) -> None:
        if self._unit is not None:
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        self._lists.setDirection(way.LeftToRight if self.width() >= _SIDE_BY_SIDE else way.TopToBottom)
