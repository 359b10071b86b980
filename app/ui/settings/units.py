"""Section Enheter: each unit's name, wards and apartments, and new units."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.catalogue import Setting
from app.domain.errors import KnownError
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.units import Unit, Ward
from app.domain.wording import wording
from app.exchange.json_file import unit_from_text, unit_text
from app.services import units
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, read_draft
from app.ui.drafts import DraftKeeper, Typed
from app.ui.settings.foot import SaveFoot
from app.ui.settings.section import Section
from app.ui.settings.unit_form import UnitForm
from app.ui.widgets.controls import box, button, scrolled
from app.ui.widgets.fields import choice, chosen, field, fill_choice, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace

_DRAFT = "unit"


class UnitsSection(Section):
    """Choose a unit, change it, save it; or add one."""

    refreshed_by = frozenset({"units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            place, self.tr("Enheter"),
            self.tr("Enhetens avdelningar och lägenheter. Mötena och kundernas plats bygger på dem."),
        )  # fmt: skip
        may_write = place.desk.may(Right.WRITE_REGISTERS)
        why = "" if may_write else self.tr("Enhetschefen ändrar enheterna.")
        self.unit = choice((), name=self.tr("Enhet"))
        self.unit.setMinimumWidth(200)
        self.unit.currentIndexChanged.connect(lambda _: self._choose())
        self.add_button = button(self.tr("Ny enhet …"), self.ask_new, icon_name="plus")
        if place.desk.actor.units is not None:
            self.add_button.setEnabled(False)
            self.add_button.setToolTip(self.tr("Ditt konto gäller bara vissa enheter."))
        self.add_button.setVisible(may_write)
        self.form = UnitForm()
        self.form.set_editable(may_write, why)
        self.keeper = DraftKeeper(self, place, _DRAFT, self._typed)
        self.form.changed.connect(self._mark)
        self.form.changed.connect(self.keeper.touch)
        self.form.ward_wanted.connect(self._new_ward)
        self.foot = SaveFoot(self.save, self.drop)
        self.foot.setVisible(may_write)
        self.body.addWidget(box(Flow(self.unit, self.add_button)))
        self.body.addWidget(scrolled(self.form, name=self.tr("Enheten")), 1)
        self.body.addWidget(self.foot)
        self._stored: Stored[Unit] | None = None
        self._version = 0
        self._wanted = ""

    @property
    def dirty(self) -> bool:
        """Whether the form holds anything unsaved."""
        return self._stored is not None and self.form.value != self._stored.value

    def refresh(self) -> None:
        """Read the units anew; an unsaved form stays as it is."""
        self.place.ask(self, units.list_units, self._offer)

    def _offer(self, found: tuple[Stored[Unit], ...]) -> None:
        now = self._stored.value.key if self._stored else ""
        wanted, self._wanted = self._wanted or chosen(self.unit), ""
        if wanted != now:
            self.settle()
            self._stored = None
        fill_choice(self.unit, [(one.value.key, one.value.name) for one in found], chosen=wanted)
        if not self.dirty and chosen(self.unit):
            self._load(chosen(self.unit))

    def _choose(self) -> None:
        if self._stored is None or chosen(self.unit) != self._stored.value.key:
            self.settle()
            self._stored = None
            self._load(chosen(self.unit))

    def _load(self, key: str) -> None:
        def work(desk: Desk) -> tuple[Stored[Unit], Draft | None]:
            return units.get_unit(desk, key=key), read_draft(desk, kind=_DRAFT, key=key)

        self.place.ask(self, work, lambda found: self._show(*found))

    def _show(self, stored: Stored[Unit], draft: Draft | None) -> None:
        if stored.value.key != chosen(self.unit) or self.dirty:
            return
        self._stored, self._version = stored, stored.version
        self.form.show_unit(stored.value)
        if draft is not None:
            self._version = draft.started_from
            self.keeper.took(draft)
            self.form.show_unit(unit_from_text(draft.content))
        self._mark()

    def _mark(self) -> None:
        self.foot.mark(dirty=self.dirty)

    def save(self) -> None:
        """Keep the unit as the form has it."""
        old, new, version = self._stored, self.form.value, self._version
        if old is None or new is None:
            return
        self.keeper.hold()

        def work(desk: Desk) -> Stored[Unit]:
            kept = units.save_unit(desk, unit=new, expected_version=version)
            drop_draft(desk, kind=_DRAFT, key=new.key)
            return kept

        def back(desk: Desk) -> object:
            return units.save_unit(desk, unit=old.value, expected_version=version + 1)

        self.place.act(
            self, work, self._saved, changed="units", said=self.tr("{0} är sparad.").format(new.name),
            undo=self.place.way_back(self.tr("Ändra {0}").format(new.name), back, changed="units"),
            otherwise=self._refused,
        )  # fmt: skip

    def _saved(self, kept: Stored[Unit]) -> None:
        self._stored, self._version = kept, kept.version
        self.keeper.release(saved=True)
        self._mark()

    def _refused(self, error: Exception) -> bool:
        self.keeper.release(saved=False)
        if isinstance(error, KnownError):
            self.foot.show_fault(wording(error))
            return True
        return False

    def drop(self) -> None:
        """Show the unit as it is kept."""
        if self._stored is None:
            return
        key = self._stored.value.key
        self.form.show_unit(self._stored.value)
        self.keeper.drop(key)
        self._load(key)

    def _typed(self) -> Typed | None:
        unit = self.form.value
        return Typed(unit.key, self._version, unit_text(unit)) if unit is not None and self.dirty else None

    def settle(self) -> None:
        """Keep what is unsaved as a draft: it is shown again when the unit is."""
        self.keeper.leave()

    def _new_ward(self, name: str) -> None:
        unit, beside = self.form.value, self.form.known_wards
        if unit is not None:

            def made(ward: Ward) -> None:
                self.form.add_ward(ward)

            self.place.ask(
                self, lambda desk: units.new_ward(desk, unit=unit.key, name=name, beside=beside), made,
                otherwise=self._refused,
            )  # fmt: skip

    def ask_new(self) -> None:
        """Ask for a new unit's name and setting."""
        self.question = NewUnit(self)
        self.question.accepted.connect(self.add)
        self.question.open()

    def add(self) -> None:
        """Add the unit that the question asks about, and show it."""
        name, setting = self.question.name.text(), Setting(chosen(self.question.setting))
        self.settle()
        self.place.act(
            self, lambda desk: units.add_unit(desk, name=name, setting=setting), self._added, changed="units",
            said=self.tr("{0} är tillagd. Lägg nu till avdelningar.").format(name.strip()),
        )  # fmt: skip

    def _added(self, kept: Stored[Unit]) -> None:
        self.unit.blockSignals(True)
        self.unit.addItem(kept.value.name, kept.value.key)
        self.unit.setCurrentIndex(self.unit.count() - 1)
        self.unit.blockSignals(False)
        self._stored, self._version = kept, kept.version
        self.form.show_unit(kept.value)
        self._mark()
        self.form.wards.line.setFocus()

    def show_unit(self, key: str) -> None:
        """Go to a unit by its key, at once or when the units are read."""
        self._wanted = key
        if (index := self.unit.findData(key)) >= 0:
            self.unit.setCurrentIndex(index)


class NewUnit(Question):
    """Asks what the new unit is called and which setting it works in."""

    def __init__(self, parent: QWidget) -> None:
        name = line(longest=120)
        setting = choice([(one.value, one.label) for one in Setting])
        super().__init__(
            parent, parent.tr("Ny enhet"), "",
            field(parent.tr("Enhetens namn"), name),
            field(
                parent.tr("Verksamhetsform"), setting,
                hint=parent.tr("Den avgör vilka mötesforum enheten får ur rutinen och ändras inte senare."),
            ),
            accept=parent.tr("Lägg till enheten"),
        )  # fmt: skip
        self.name, self.setting = name, setting
        self.accept_button.setEnabled(False)
        name.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
