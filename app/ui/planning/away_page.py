"""Frånvaro: who is away, when and why; put in, changed, taken away, and told which meetings are touched."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.availability import Absence, AbsenceKind
from app.domain.people import person_name
from app.domain.presence import Called, period_words
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.units import Unit
from app.services import absences
from app.services.desk import Desk
from app.services.team import list_members, member_names
from app.services.units import list_units
from app.ui.planning.away_form import AwayForm
from app.ui.planning.busy_import import BusyImport
from app.ui.planning.ways import PlanningPage
from app.ui.registers.beside import ListBesideDetail
from app.ui.registers.detail import Detail
from app.ui.registers.register import Register
from app.ui.registers.register_page import RegisterPage
from app.ui.widgets.controls import button, chip
from app.ui.widgets.fields import SearchLine, choice, chosen, fill_choice
from app.ui.widgets.pages import Choices, Nothing
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

Row = Stored[Absence]


@dataclass(frozen=True, slots=True)
class Opened:
    """One absence, and the meetings that the member is called to meanwhile; None where that is not hers to see."""

    row: Row
    called: tuple[Called, ...] | None


@dataclass(frozen=True, slots=True)
class AwayList:
    """What the list shows, and what the form offers."""

    units: tuple[Unit, ...]
    rows: tuple[Row, ...]
    names: dict[str, str]
    team: dict[str, str]


class AwayPage(RegisterPage, PlanningPage):
    """The absences left, the chosen one right."""

    name = "away"
    refreshed_by = frozenset({"absences", "members", "units", "meetings"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Frånvaro"))
        desk = place.desk
        self._plans = desk.may(Right.WRITE_MEETINGS)
        self._may_write = self._plans or desk.actor.member is not None
        self._rows: tuple[Row, ...] = ()
        self._names: dict[str, str] = {}
        self._make_filters()
        if self._plans:
            self.add_button(
                button(self.tr("Sjukanmälan"), lambda: place.visit.emit("sick", ""), icon_name="heart-pulse")
            )
        self.add_button_ = self.add_button(
            button(
                self.tr("Lägg till frånvaro") if self._plans else self.tr("Jag är borta"), self.begin, kind="primary",
                icon_name="calendar-x", shortcut="Ctrl+Shift+N",
            )
        )  # fmt: skip
        self.add_button_.setVisible(self._may_write)
        self.add_button_.setEnabled(self._may_write)  # its keys press it where it is hidden too
        self.form = AwayForm(
            desk, place.theme, for_others=self._plans, on_open=lambda key: place.visit.emit("meeting", key)
        )  # fmt: skip
        self.table = self._table()
        self.table.opened.connect(lambda _: self.form.first.setFocus())
        self.detail: Detail[Absence, Opened] = self._make_detail()
        self.delete_button = button(self.tr("Ta bort frånvaron"), self._delete, kind="quiet", icon_name="trash-2")
        self.busy = BusyImport(place)
        if (layout := self.form.layout()) is not None:
            layout.addWidget(self.delete_button)
            layout.addWidget(self.busy)
        self.beside = ListBesideDetail(self.table, self.detail, key=lambda one: one.key, sizes=(620, 380))
        nothing = Nothing(
            self.tr("Ingen är borta. Lägg in semester, utbildning och annan frånvaro, så planeras mötena efter den."),
            self.tr("Lägg till frånvaro"), self.begin if self._may_write else None,
        )  # fmt: skip
        self.choices = Choices(self.beside, nothing)
        self.body.addWidget(self.choices)
        self.setFocusProxy(self.table)

    def _make_filters(self) -> None:
        self.unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self.unit.currentIndexChanged.connect(lambda _: self.refresh())
        self.search = SearchLine(self.tr("Sök namn"))
        self.search.paused.connect(self._show_rows)
        self.past = chip(self.tr("Visa tidigare"), lambda _: self.refresh())
        for made in (self.unit, self.search, self.past):
            self.add_filter(made)

    def _table(self) -> Table[Row]:
        return Table(
            (
                Column(self.tr("Vem"), lambda one: self._names.get(one.value.member, one.value.member)),
                Column(self.tr("När"), lambda one: period_words(one.value), width=210),
                Column(self.tr("Varför"), lambda one: _why(one.value), width=100),
                Column(
                    self.tr("Ersättare"), lambda one: person_name(one.value.substitute, self._names), width=150,
                    drop_below=560,
                ),
            ),
            name=self.tr("Frånvaro"),
        )  # fmt: skip

    def _make_detail(self) -> Detail[Absence, Opened]:
        form = self.form
        register: Register[Absence, Opened] = Register(
            kind="absences",
            read=_open,
            stored=lambda found: found.row,
            add=lambda desk, one: absences.keep_absence(desk, absence=one, expected_version=None),
            save=lambda desk, one, version: absences.keep_absence(desk, absence=one, expected_version=version),
            key=lambda one: one.key,
            title=self._title,
            show=self._show_absence,
            value=form.value,
            fault=form.fault,
            delete=_remove,
            locked=self._locked,
            spoken=lambda one: self.tr("Frånvaron för {0}").format(self._names.get(one.member, one.member)),
        )
        detail: Detail[Absence, Opened] = Detail(
            self.place, form, register, name=self.tr("Frånvaron"), may_write=self._may_write,
            nothing=self.tr("Välj en rad i listan."),
        )  # fmt: skip
        detail.moved.connect(self._follow)
        return detail

    def _title(self, one: Absence | None) -> str:
        if one is None:
            return self.tr("Ny frånvaro")
        return f"{self._names.get(one.member, one.member)}, {period_words(one)}"

    def _locked(self, one: Absence) -> str:
        if self._plans or one.member == self.place.desk.actor.member:
            return ""
        return self.tr("Den som planerar ändrar andras frånvaro.")

    def refresh(self) -> None:
        """Read the list anew, and the absence that is shown."""
        unit, past = chosen(self.unit) or None, self.past.isChecked()

        def work(desk: Desk) -> AwayList:
            team = {one.value.key: one.value.name for one in list_members(desk)}
            rows = absences.list_absences(desk, unit=unit, past=past)
            return AwayList(tuple(one.value for one in list_units(desk)), rows, member_names(desk), team)

        self.place.ask(self, work, self._show)
        self.detail.reread()

    def _show(self, found: AwayList) -> None:
        self._rows, self._names = found.rows, found.names
        self.form.offer(found.team)
        units = [(unit.key, unit.name) for unit in found.units]
        fill_choice(self.unit, [("", self.tr("Alla enheter")), *units], chosen=chosen(self.unit))
        self.unit.setVisible(len(units) > 1)
        self._show_rows()

    def _show_rows(self) -> None:
        words = self.search.text().strip().casefold()
        shown = [one for one in self._rows if words in self._names.get(one.value.member, "").casefold()]
        self.table.rows_model.show_rows(shown)
        filtered = bool(words or self.past.isChecked() or chosen(self.unit))
        self.choices.show_content(bool(shown) or filtered or self.detail.key is not None)
        self.table.stand_on(lambda one: one.value.key == self.detail.key)

    @property
    def may_begin(self) -> bool:
        """Her own absence, or anybody's whom she plans for."""
        return self._may_write

    def _show_absence(self, found: Opened | None) -> None:
        self.form.fill(found.row.value if found else None)
        may = self.detail.may_write
        self.form.set_editable(may, self.detail.only_read.text())
        self.form.member.setEnabled(may and found is None and self._plans)
        self.delete_button.setVisible(may and found is not None)
        whose = found.row.value.member if found else self.place.desk.actor.member or ""
        self.busy.show_member(whose, self._names.get(whose, ""))
        if found is None:
            (self.form.member if self._plans else self.form.first).setFocus()
        elif found.called is not None:
            self.form.show_called(self._names.get(found.row.value.member, ""), found.called)

    def _follow(self, key: str) -> None:
        if self.detail.key is None:
            self._show_rows()
        else:
            self.table.stand_on(lambda one: one.value.key == key)

    def _delete(self) -> None:
        one, version = self.detail.value, self.detail.version
        if one is None or self.detail.unsaved_first():
            return
        said = self._names.get(one.member, one.member)
        back = self.place.way_back(
            self.tr("Ta bort frånvaron för {0}").format(said),
            lambda desk: absences.keep_absence(desk, absence=one, expected_version=None), changed="absences",
        )  # fmt: skip
        self.place.act(
            self, lambda desk: _remove(desk, one.key, version), lambda _: self.detail.clear(), changed="absences",
            undo=back, said=self.tr("Frånvaron är borttagen."),
        )  # fmt: skip


def _why(one: Absence) -> str:
    return (one.kind or AbsenceKind.OTHER).label


def _open(desk: Desk, key: str) -> Opened:
    row = absences.get_absence(desk, key=key)
    hers = desk.may(Right.WRITE_MEETINGS) or row.value.member == desk.actor.member
    return Opened(row, absences.called_meanwhile(desk, absence=row.value) if hers else None)


def _remove(desk: Desk, key: str, version: int) -> None:
    absences.remove_absence(desk, key=key, expected_version=version)
