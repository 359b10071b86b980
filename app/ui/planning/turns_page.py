"""Turordning: whose turn it is to be followed up, and who is about to miss it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.catalogue import Setting
from app.domain.roles import Right
from app.domain.swedish import number_word
from app.domain.turn_list import TurnList, TurnRow
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.preferences import get_preference, set_preference
from app.services.team import get_member
from app.services.turns import keep_turns, list_turns
from app.services.units import list_units
from app.ui.planning.turn_detail import TurnDetail
from app.ui.planning.turn_table import TurnTable
from app.ui.planning.ways import PlanningPage
from app.ui.widgets.controls import box, button, chip, column, icon_button, label, row
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import Choices, Nothing, side_by_side
from app.ui.workplace import Workplace

LATEST = "turns_unit"
"""The preference that keeps which unit was looked at latest."""


@dataclass(frozen=True, slots=True)
class _Read:
    units: tuple[Unit, ...]
    unit: Unit | None
    found: TurnList | None


class TurnsPage(PlanningPage):
    """The list left, the chosen customer right."""

    name = "turns"
    refreshed_by = frozenset({"meetings", "customers", "units", "emergency"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Turordning"))
        desk = place.desk
        self._may_read = desk.may(Right.READ_CUSTOMERS)
        self._may_write = desk.may(Right.WRITE_REGISTERS) or desk.may(Right.WRITE_CUSTOMERS)
        self._unit: Unit | None = None
        self._list: TurnList | None = None
        self._wanted = ""
        if not self._may_read:
            self.body.addWidget(Nothing(self.tr("Ditt konto ger inte rätt att se kunder. Be enhetschefen om hjälp.")))
            return
        self.unit = choice([], name=self.tr("Enhet"))
        self.unit.setMinimumContentsLength(18)
        self.ward = choice([], name=self.tr("Avdelning"))
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        self.ward.currentIndexChanged.connect(lambda _: self._fill())
        self.missing = chip(self.tr("Missar uppföljning"), lambda _: self._fill())
        for made in (self.unit, self.ward, self.missing):
            self.add_filter(made)
        self.print_button = button(self.tr("Skriv ut"), self.print_list, icon_name="printer", shortcut="Ctrl+P")
        self.print_button.setVisible(desk.may(Right.PRINT))
        self.add_button(self.print_button)
        self._make_body()

    def _make_body(self) -> None:
        self.table = TurnTable(self.place, self._ward_name)
        self.setFocusProxy(self.table)
        self.detail = TurnDetail(self.place, may_write=self._may_write)
        self.table.chosen.connect(self.detail.show_row)
        self.table.opened.connect(lambda _: self.detail.weeks.setFocus())
        self.table.moved.connect(self.reorder)
        self._told = label(role="due", wrap=True)
        self._tools = box(row(
            icon_button("arrow-up", self.tr("Större behov (Alt+Upp)"), lambda: self.table.move_current(-1)),
            icon_button("arrow-down", self.tr("Mindre behov (Alt+Ner)"), lambda: self.table.move_current(1)),
            label(self.tr("Dra kunden till rätt plats, störst behov först."), role="muted"), None,
        ))  # fmt: skip
        left = column(self._told, self.table, self._tools)
        left.setStretch(1, 1)
        nothing = Nothing(self.tr("Här finns ingen turordning. Den här verksamheten följer inte upp kunder i forum."))
        self._choices = Choices(side_by_side(box(left), self.detail, sizes=(760, 340)), nothing)
        self.body.addWidget(self._choices, 1)

    def refresh(self) -> None:
        """Read the chosen unit's list, or the latest one's."""
        if not self._may_read:
            return
        wanted, self._wanted = self._wanted or chosen(self.unit), ""

        def work(desk: Desk) -> _Read:
            units = tuple(one.value for one in list_units(desk) if one.value.setting is not Setting.LEDNING)
            asked = wanted or str(get_preference(desk, name=LATEST, default="")) or _home(desk)
            unit = next((one for one in units if one.key == asked), next(iter(units), None))
            return _Read(units, unit, list_turns(desk, unit=unit.key) if unit else None)

        self.place.ask(self, work, self._show)

    def _show(self, read: _Read) -> None:
        self._list = read.found
        fill_choice(
            self.unit, [(one.key, one.name) for one in read.units], chosen=read.unit.key if read.unit else ""
        )  # fmt: skip
        if read.unit != self._unit:
            self._unit = read.unit
            self._offer_wards()
        self._fill()

    def _offer_wards(self) -> None:
        unit = self._unit
        wards = [(one.key, one.name) for one in unit.wards] if unit else []
        several = len(wards) > 1
        # the team's list is a ward's own (grupper i gruppen): there is no order of the whole unit
        own = unit is not None and unit.setting is Setting.ORDINART_BOENDE and several
        fill_choice(self.ward, wards if own else [("", self.tr("Hela enheten")), *wards])
        self.ward.setVisible(several)

    def _choose_unit(self) -> None:
        unit = chosen(self.unit)
        self.place.ask(self, lambda desk: set_preference(desk, name=LATEST, value=unit), lambda _: None)
        self.detail.show_row(None)
        self.refresh()

    def show_key(self, key: str) -> None:
        """Show a unit's list; `unit!` shows only those who miss their follow-up."""
        if not self._may_read:
            return
        self._wanted = key.rstrip("!")
        self.missing.blockSignals(True)
        self.missing.setChecked(key.endswith("!"))
        self.missing.blockSignals(False)
        self.refresh()

    def _rows(self) -> list[TurnRow]:
        ward = chosen(self.ward)
        rows = self._list.rows if self._list else ()
        found = [one for one in rows if ward in ("", one.ward)]
        return [one for one in found if one.misses] if self.missing.isChecked() else found

    def _fill(self) -> None:
        found = self._list
        self._choices.show_content(found is not None and bool(found.forum_name))
        if found is None or self._unit is None:
            return
        rows = self._rows()
        self.table.months = self.detail.months = found.months
        several = len(self._unit.wards) > 1 and not chosen(self.ward)
        movable = found.of.by_need and self._may_write and not self.missing.isChecked() and not several
        stands = self.detail.row.customer if self.detail.row else ""
        self.table.show_turns(rows, by_need=found.of.by_need, several_wards=several, movable=movable)
        self._tools.setVisible(movable and len(rows) > 1)
        misses = sum(one.misses for one in self._list.rows) if self._list else 0
        self.subtitle.setText(self._rule_words(found))
        self._told.setText(
            self.tr("{0} på väg att missa sin uppföljning.").format(
                number_word(misses, self.tr("kund är"), self.tr("kunder är"))
            )
            if misses
            else ""
        )
        self._told.setVisible(bool(misses))
        self.table.stand_on(lambda one: one.customer == stands)
        self.detail.show_row(next((one for one in rows if one.customer == stands), None))
        if not stands and rows:
            self.table.selectRow(0)

    def _rule_words(self, found: TurnList) -> str:
        """How the setting takes its customers up (routine 3.1-3.6)."""
        of, forum = found.of, found.forum_name
        if found.months:
            return self.tr("{0}: alla följs upp inom {1} månader.").format(forum, found.months)
        if of.only_due:
            return self.tr("{0}: kunder tas upp när deras tid är inne.").format(forum)
        if of.by_need and of.least == of.most:
            return self.tr("{0}: alla tas upp, störst behov först och sedan längs lägenheterna.").format(forum)
        if of.by_need:
            words = self.tr("{0}: {1}–{2} kunder per möte, störst behov först när deras tid är inne.")
            return words.format(forum, of.least, of.most)
        return self.tr("{0}: {1} kunder per möte längs lägenheterna.").format(forum, of.most)

    def _ward_name(self, one: TurnRow) -> str:
        found = self._unit.ward(one.ward) if self._unit and one.ward else None
        return found.name if found else ""

    # the team's own order

    def reorder(self, number: int, target: int) -> None:
        """Give a customer another place on the team's list; those between move along."""
        rows = list(self.table.rows_model.rows)
        if not (0 <= number < len(rows) and 0 <= target < len(rows)) or number == target:
            return
        ordered = rows.copy()
        ordered.insert(target, ordered.pop(number))
        changed = [
            (one, place) for place, one in enumerate(ordered, start=1) if one.turn.priority != place
        ]  # fmt: skip
        new = tuple(replace(one.turn, priority=place) for one, place in changed)
        before = tuple(one.turn for one, _ in changed)
        versions = tuple(one.version for one, _ in changed)
        back = self.place.way_back(
            self.tr("Ändra ordningen"),
            lambda desk: keep_turns(desk, turns=before, expected=new),
            changed="customers",
        )  # fmt: skip
        self.place.act(
            self, lambda desk: keep_turns(desk, turns=new, expected=versions),
            lambda _: self.table.select_where(lambda one: one.customer == rows[number].customer), changed="customers",
            undo=back,
        )  # fmt: skip

    def print_list(self) -> None:
        """Look at the list on paper."""
        from app.ui.papers.turns import turns_preview  # noqa: PLC0415 - loaded when first used

        if self._unit is not None:
            turns_preview(self, self.place, unit=self._unit.key, ward=chosen(self.ward) or None)


def _home(desk: Desk) -> str:
    """The first unit that the person works in herself."""
    return get_member(desk, key=desk.actor.member).value.units[0] if desk.actor.member else ""
