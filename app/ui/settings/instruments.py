"""Section Bedömningsinstrument: which instruments a unit assesses risks with, their limits and words, and its own."""

from __future__ import annotations

import json

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.errors import KnownError
from app.domain.instruments import Instrument, Instruments
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.units import Unit
from app.domain.wording import wording
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, read_draft
from app.services.instruments import keep_instrument, remove_instrument, unit_instruments
from app.services.units import list_units
from app.ui.drafts import DraftKeeper, Typed
from app.ui.settings.foot import SaveFoot
from app.ui.settings.instrument_form import InstrumentForm
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, column, label, row, scrolled
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import side_by_side
from app.ui.workplace import Workplace

_DRAFT = "instrument"
_TWO_LINES = 52
_NEW = ""


class InstrumentsSection(Section):
    """The unit's instruments left, the chosen one's scale and limits right; each change can be taken back."""

    refreshed_by = frozenset({"units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            place, self.tr("Bedömningsinstrument"),
            self.tr("Gränserna vägleder. Den som bedömer kan alltid skriva sitt eget ord."),
        )  # fmt: skip
        self._may_write = place.desk.may(Right.WRITE_REGISTERS) or place.desk.may(Right.WRITE_CUSTOMERS)
        self.found = Instruments(())
        self._key: str | None = None
        self._unit_shown = self._wanted = ""
        self.unit = choice((), name=self.tr("Enhet"))
        self.unit.setMinimumWidth(200)
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        self.new_button = button(self.tr("Eget instrument"), self.begin, icon_name="plus")
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Instrument"))
        self.list.setMinimumWidth(150)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._choose)
        self.form = InstrumentForm(may_write=self._may_write)
        self.keeper = DraftKeeper(self, place, _DRAFT, self._typed)
        self.form.changed.connect(self._mark)
        self.form.changed.connect(self.keeper.touch)
        self.back_button = button(self.tr("Som programmets"), self.go_back, kind="quiet", icon_name="undo-2")
        self.remove_button = button(self.tr("Ta bort"), self.remove, kind="quiet", icon_name="trash-2")
        self.foot = SaveFoot(self.save, self.drop)
        self.body.addWidget(box(row(self.unit, None, self.new_button)))
        self.body.addWidget(side_by_side(self.list, self._detail(), sizes=(230, 600), stretch=1), 1)
        self.new_button.setVisible(self._may_write)
        self.foot.setVisible(self._may_write)

    def _detail(self) -> QWidget:
        self.title = label(role="heading", wrap=True)
        inside = box(column(self.title, self.form, row(self.back_button, self.remove_button, None), None))
        whole = column(scrolled(inside, name=self.tr("Instrumentet")), self.foot)
        whole.setStretch(0, 1)
        return box(whole)

    # reading

    def refresh(self) -> None:
        """Read units and instruments anew; an unsaved form stays as it is."""
        self.place.ask(self, list_units, self._offer)

    def _offer(self, found: tuple[Stored[Unit], ...]) -> None:
        own = [one.value for one in found if self.place.desk.actor.works_in(one.value.key)]
        wanted, self._wanted = self._wanted or chosen(self.unit), ""
        if wanted != self._unit_shown:
            self.settle()
            self._key = None
        fill_choice(self.unit, [(one.key, one.name) for one in own], chosen=wanted)
        self.unit.setVisible(len(own) > 1)
        self._read()

    def _choose_unit(self) -> None:
        self.settle()
        self._key = None
        self._read()

    def _read(self) -> None:
        unit = chosen(self.unit)
        if unit:
            self.place.ask(
                self, lambda desk: unit_instruments(desk, unit=unit), lambda found: self._show_list(unit, found)
            )

    def _show_list(self, unit: str, found: Instruments) -> None:
        if unit != chosen(self.unit):
            return
        stays = self.dirty and unit == self._unit_shown
        self._unit_shown, self.found = unit, found
        keys = [one.key for one in found.all]
        self.list.blockSignals(True)
        self.list.clear()
        for one in found.all:
            item = QListWidgetItem(f"{one.name}\n{self._state(one)}")
            item.setSizeHint(QSize(0, _TWO_LINES))
            self.list.addItem(item)
        number = keys.index(self._key) if self._key in keys else 0
        self.list.setCurrentRow(-1 if stays and self._key == _NEW else number)
        self.list.blockSignals(False)
        if not stays:
            self._key = None
            self._choose(number)

    def _state(self, one: Instrument) -> str:
        parts = [one.area, self.tr("används inte") if one.unused else ""]
        if self.found.is_own(one.key):
            parts.append(self.tr("eget"))
        elif one not in self.found.shipped:
            parts.append(self.tr("ändrat"))
        return ", ".join(part for part in parts if part)

    # choosing

    def _choose(self, number: int) -> None:
        if not 0 <= number < len(self.found.all):
            return
        self.settle()
        self._show(self.found.all[number].key)

    def begin(self) -> None:
        """Empty fields for an instrument of the unit's own."""
        self.settle()
        self.list.blockSignals(True)
        self.list.setCurrentRow(-1)
        self.list.blockSignals(False)
        self._show(_NEW)
        self.form.name.setFocus()

    def _show(self, key: str) -> None:
        self._key = key
        draft = self._draft_key
        self.form.fill(self._standing)
        self._mark()
        self.place.ask(
            self, lambda desk: read_draft(desk, kind=_DRAFT, key=draft), lambda found: self._take_draft(draft, found)
        )

    def _take_draft(self, key: str, draft: Draft | None) -> None:
        if draft is not None and key == self._draft_key and not self.dirty:
            self.keeper.took(draft)
            self.form.show_state(json.loads(draft.content))
            self._mark()

    @property
    def _standing(self) -> Instrument | None:
        return next((one for one in self.found.all if one.key == self._key), None)

    @property
    def _draft_key(self) -> str:
        return f"{self._unit_shown}/{self._key or ''}"

    @property
    def dirty(self) -> bool:
        """Whether the form holds anything unsaved."""
        return self._key is not None and self._may_write and self.form.dirty

    def _mark(self) -> None:
        one = self._standing
        self.title.setText(one.name if one is not None else self.tr("Nytt eget instrument"))
        self.foot.mark(dirty=self.dirty)
        changed = one is not None and not self.found.is_own(one.key) and one not in self.found.shipped
        self.back_button.setVisible(changed and self._may_write)
        self.remove_button.setVisible(one is not None and self.found.is_own(one.key) and self._may_write)

    # keeping

    def save(self) -> None:
        """Keep the instrument as the form has it."""
        if not self.dirty:
            return
        fault = self.form.fault
        if fault:
            self.foot.show_fault(fault)
            return
        new = self.form.value(self._standing)
        self._keep(new, self._standing, self.tr("Ändra {0}").format(new.name))

    def go_back(self) -> None:
        """Have the instrument as the program ships it."""
        one = self._standing
        shipped = next((each for each in self.found.shipped if one is not None and each.key == one.key), None)
        if one is not None and shipped is not None:
            self._keep(shipped, one, self.tr("Återgå till programmets {0}").format(shipped.name))

    def _keep(self, new: Instrument, before: Instrument | None, phrase: str) -> None:
        unit, draft = self._unit_shown, self._draft_key
        self.keeper.hold()

        def work(desk: Desk) -> Instrument:
            kept = keep_instrument(desk, unit=unit, instrument=new, expected=before)
            drop_draft(desk, kind=_DRAFT, key=draft)
            return kept

        def kept(found: Instrument) -> None:
            self.keeper.release(saved=True)
            self.form.is_clean()
            self._key = found.key

            def back(desk: Desk) -> object:
                if before is None:
                    return remove_instrument(desk, unit=unit, expected=found)
                return keep_instrument(desk, unit=unit, instrument=before, expected=found)

            self.place.remember(self.place.way_back(phrase, back, changed="units"))

        self.place.act(
            self, work, kept, changed="units", said=self.tr("{0} är sparat. Ångra med Ctrl+Z.").format(new.name),
            otherwise=self._refused,
        )  # fmt: skip

    def remove(self) -> None:
        """Take the unit's own instrument away; what was assessed with it stays."""
        one, unit = self._standing, self._unit_shown
        if one is None:
            return
        back = self.place.way_back(
            self.tr("Ta bort {0}").format(one.name),
            lambda desk: keep_instrument(desk, unit=unit, instrument=one, expected=None), changed="units",
        )  # fmt: skip
        self.form.is_clean()
        self.place.act(
            self, lambda desk: remove_instrument(desk, unit=unit, expected=one), changed="units", undo=back,
            said=self.tr("{0} är borttaget. Ångra med Ctrl+Z.").format(one.name), otherwise=self._refused,
        )  # fmt: skip

    def _refused(self, error: Exception) -> bool:
        self.keeper.release(saved=False)
        if isinstance(error, KnownError):
            self.foot.show_fault(wording(error))
            return True
        return False

    def drop(self) -> None:
        """Show the instrument as it is kept."""
        draft = self._draft_key
        self.form.fill(self._standing)
        self._mark()
        self.keeper.drop(draft)

    def _typed(self) -> Typed | None:
        if not self.dirty:
            return None
        return Typed(self._draft_key, 0, json.dumps(self.form.state, ensure_ascii=False))

    def settle(self) -> None:
        """Keep what is unsaved as a draft: it is shown again when the instrument is."""
        self.keeper.leave()

    def show_unit(self, key: str) -> None:
        """Go to a unit's instruments by its key, at once or when the units are read."""
        self._wanted = key
        if (index := self.unit.findData(key)) >= 0:
            self.unit.setCurrentIndex(index)
