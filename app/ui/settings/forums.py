"""Section Mötesforum: each forum of a unit beside the routine's, and where the two depart."""

from __future__ import annotations

import json

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.catalogue import Difference, Forum, Setting, differences, forum_from_dict, plain
from app.domain.errors import KnownError
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import number_word
from app.domain.units import Unit
from app.domain.wording import wording
from app.services import units
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, read_draft
from app.services.units import UnitForum
from app.ui.drafts import DraftKeeper, Typed
from app.ui.settings.foot import SaveFoot
from app.ui.settings.forum_form import ForumForm
from app.ui.settings.section import Section
from app.ui.widgets.controls import as_plain, box, button, column, label, row, scrolled
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import side_by_side
from app.ui.workplace import Workplace

_DRAFT = "forum"
_TWO_LINES = 52


class ForumsSection(Section):
    """Choose unit and forum, adjust the unit's own copy, or go back to the routine."""

    refreshed_by = frozenset({"units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            place, self.tr("Mötesforum"),
            self.tr("Forumen kommer ur rutinen. Enheten kan ha sin egen variant; det som avviker märks ut."),
        )  # fmt: skip
        self._may_write = place.desk.may(Right.WRITE_REGISTERS)
        self._forums: dict[str, UnitForum] = {}
        self._key = ""
        self._unit_shown = self._wanted = ""
        self.unit = choice((), name=self.tr("Enhet"))
        self.unit.setMinimumWidth(200)
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Mötesforum"))
        self.list.setMinimumWidth(150)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(lambda _: self._choose())
        self.summary = label(role="due", wrap=True)
        self.back_button = button(self.tr("Återgå till rutinen"), self.go_back, icon_name="undo-2")
        self.form = ForumForm()
        self.keeper = DraftKeeper(self, place, _DRAFT, self._typed)
        self.form.changed.connect(self._mark)
        self.form.changed.connect(self.keeper.touch)
        self.foot = SaveFoot(self.save, self.drop)
        self.body.addWidget(box(row(self.unit, None)))
        self.body.addWidget(side_by_side(self.list, self._detail(), sizes=(230, 600), stretch=1), 1)

    def _detail(self) -> QWidget:
        inside = box(column(self.summary, row(self.back_button, None), self.form))
        whole = column(scrolled(inside, name=self.tr("Forumet")), self.foot)
        whole.setStretch(0, 1)
        return box(whole)

    @property
    def dirty(self) -> bool:
        """Whether the form holds anything unsaved."""
        found = self._forums.get(self._key)
        return found is not None and self.form.value is not None and self.form.value != found.own

    @property
    def _draft_key(self) -> str:
        return f"{self._unit_shown}/{self._key}"

    def refresh(self) -> None:
        """Read units and forums anew; an unsaved form stays as it is."""
        self.place.ask(self, units.list_units, self._offer)

    def _offer(self, found: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in found]
        wanted, self._wanted = self._wanted or chosen(self.unit), ""
        if wanted != self._unit_shown:
            self.settle()
            self._key = ""
        fill_choice(self.unit, rows, chosen=wanted)
        self._read()

    def _choose_unit(self) -> None:
        self.settle()
        self._key = ""
        self._read()

    def _read(self) -> None:
        unit = chosen(self.unit)
        if unit:
            self.place.ask(self, lambda desk: _forums_of(desk, unit), lambda found: self._show_list(unit, found))

    def _show_list(self, unit: str, found: tuple[UnitForum, ...]) -> None:
        if unit != chosen(self.unit):
            return
        typed = self.form.value if self.dirty and unit == self._unit_shown else None
        self._unit_shown = unit
        self._forums = {one.own.key: one for one in found}
        keys = list(self._forums)
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(f"{one.own.name}\n{self._state(one)}")
            item.setSizeHint(QSize(0, _TWO_LINES))
            item.setToolTip(as_plain("\n".join(difference.sentence for difference in one.differences)))
            self.list.addItem(item)
        self.list.setCurrentRow(keys.index(self._key) if self._key in keys else 0)
        self.list.blockSignals(False)
        if typed is None:
            self._key = ""  # what the form shows was read before: nothing of it is to be kept
            self._choose()

    def _state(self, one: UnitForum) -> str:
        if one.routine.setting is Setting.LEDNING:
            return self.tr("Ledning")
        if not one.differences:
            return self.tr("Som i rutinen")
        return self.tr("Avviker på {0}").format(number_word(len(one.differences), "ställe", "ställen"))

    def _choose(self) -> None:
        number = self.list.currentRow()
        if number < 0 or number >= len(self._forums):
            return
        self.settle()
        self._key = list(self._forums)[number]
        found, key = self._forums[self._key], self._draft_key
        self._show(found.own)
        self.place.ask(
            self, lambda desk: read_draft(desk, kind=_DRAFT, key=key), lambda draft: self._take_draft(key, draft)
        )

    def _take_draft(self, key: str, draft: Draft | None) -> None:
        if draft is not None and key == self._draft_key and not self.dirty:
            self.keeper.took(draft)
            self._show(forum_from_dict(json.loads(draft.content)))

    def _show(self, own: Forum) -> None:
        found = self._forums[self._key]
        led = found.routine.setting is Setting.LEDNING
        why = self.tr("Ledningens forum är gemensamma och ändras inte här.") if led else ""
        if not self._may_write:
            why = self.tr("Enhetschefen ändrar forumen.")
        self.form.set_editable(not why, why)
        self.form.show_forum(own, found.routine)
        self._tell_differences(found.differences, why)
        self._mark()

    def _tell_differences(self, found: tuple[Difference, ...], why: str) -> None:
        texts = [one.sentence for one in found]
        self.summary.setText("\n".join([self.tr("Avviker från rutinen"), *texts]) if texts else why)
        self.summary.setVisible(bool(texts or why))
        self.back_button.setVisible(bool(texts) and not why)
        self.foot.setVisible(not why)

    def _mark(self) -> None:
        self.foot.mark(dirty=self.dirty)

    def save(self) -> None:
        """Keep the unit's own copy as the form has it."""
        new = self.form.value
        if new is not None:
            self._keep(new, self.tr("Ändra {0}").format(new.name), self.tr("{0} är sparat.").format(new.name))

    def go_back(self) -> None:
        """Put the routine's forum back in place of the unit's own copy."""
        routine = self._forums[self._key].routine
        self._keep(
            routine, self.tr("Återgå till rutinen för {0}").format(routine.name),
            self.tr("{0} följer rutinen igen. Ångra med Ctrl+Z.").format(routine.name),
        )  # fmt: skip

    def _keep(self, new: Forum, phrase: str, said: str) -> None:
        unit, draft, old = self._unit_shown, self._draft_key, self._forums[self._key].own
        self.keeper.hold()

        def work(desk: Desk) -> Stored[Unit]:
            kept = units.adjust_forum(desk, unit=unit, own=new)
            drop_draft(desk, kind=_DRAFT, key=draft)
            return kept

        step = self.place.way_back(phrase, lambda desk: units.adjust_forum(desk, unit=unit, own=old), changed="units")
        self.place.act(
            self, work, lambda _: self._kept(new), changed="units", said=said, undo=step, otherwise=self._refused
        )

    def _kept(self, new: Forum) -> None:
        """What is saved is no longer unsaved, though the list is read again only after this."""
        self.keeper.release(saved=True)
        found = self._forums[self._key]
        self._forums[self._key] = UnitForum(new, found.routine, differences(found.routine, new))
        self._show(new)

    def _refused(self, error: Exception) -> bool:
        self.keeper.release(saved=False)
        if isinstance(error, KnownError):
            self.foot.show_fault(wording(error))
            return True
        return False

    def drop(self) -> None:
        """Show the forum as it is kept."""
        key = self._draft_key
        self._show(self._forums[self._key].own)
        self.keeper.drop(key)

    def _typed(self) -> Typed | None:
        value = self.form.value
        if value is None or not self.dirty:
            return None
        return Typed(self._draft_key, 0, json.dumps(plain(value), ensure_ascii=False))

    def settle(self) -> None:
        """Keep what is unsaved as a draft: it is shown again when the forum is."""
        self.keeper.leave()

    def show_unit(self, key: str) -> None:
        """Go to a unit's forums by its key, at once or when the units are read."""
        self._wanted = key
        if (index := self.unit.findData(key)) >= 0:
            self.unit.setCurrentIndex(index)


def _forums_of(desk: Desk, unit: str) -> tuple[UnitForum, ...]:
    """The unit's own forums, then those of the management, which every unit may hold."""
    own = units.unit_forums(desk, unit=unit)
    if any(one.routine.setting is Setting.LEDNING for one in own):
        return own
    return own + tuple(UnitForum(one, one, ()) for one in desk.catalogue.forums(Setting.LEDNING))
