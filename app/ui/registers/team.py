"""Team: who works here, on which wards and until when; and each ward's fixed team."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QTabWidget

from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.team import Member
from app.domain.units import Unit
from app.services import endings, team
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.planning.busy_import import BusyImport
from app.ui.registers.beside import ListBesideDetail
from app.ui.registers.detail import Detail
from app.ui.registers.leaving import Leaving
from app.ui.registers.member_form import MemberForm
from app.ui.registers.member_table import MemberTable
from app.ui.registers.merging import MergeQuestion
from app.ui.registers.place_filter import PlaceFilter
from app.ui.registers.register import Register
from app.ui.registers.register_page import RegisterPage
from app.ui.registers.ward_teams import WardTeams
from app.ui.widgets.controls import box, button, chip
from app.ui.widgets.flow import Flow
from app.ui.widgets.pages import Choices, Nothing, Page
from app.ui.workplace import Workplace

Row = Stored[Member]


@dataclass(frozen=True, slots=True)
class TeamList:
    """What the list shows: the units to choose among and the members of the chosen one."""

    units: tuple[Unit, ...]
    members: tuple[Row, ...]


class TeamPage(RegisterPage, Page):
    """Members left, the chosen one right; in the second tab the wards' teams."""

    name = "team"
    refreshed_by = frozenset({"members", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Team"))
        self._may_write = place.desk.may(Right.WRITE_REGISTERS)
        self._rows: tuple[Row, ...] = ()
        self.ended = chip(self.tr("Visa avslutade"), lambda _: self.refresh())
        self.filter = PlaceFilter(self.ended, search=self.tr("Sök namn eller yrke"))
        self.filter.changed.connect(self.refresh)
        self.filter.typed.connect(self._show_rows)
        self.add_filter(self.filter)
        self._make_buttons()
        self.form = MemberForm(place.desk)
        self.table = MemberTable(place)
        self.table.opened.connect(lambda _: self.form.name.setFocus())
        self.detail: Detail[Member, Row] = self._make_detail()
        self.beside = ListBesideDetail(self.table, self.detail, key=lambda one: one.key, sizes=(620, 380))
        self.choices = Choices(self.beside, self._nothing())
        self.wards = WardTeams(place)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Team"))
        self.tabs.tabBar().setAccessibleName(self.tr("Vad som visas"))
        self.tabs.addTab(self.choices, self.tr("Medarbetare"))
        self.tabs.addTab(self.wards, self.tr("Avdelningarnas team"))
        self.tabs.currentChanged.connect(self._change_tab)
        self.body.addWidget(self.tabs)
        self._make_acts()
        self.setFocusProxy(self.table)

    def _make_buttons(self) -> None:
        why = self.tr("Din roll ({0}) får inte ändra teamet.").format(self.place.desk.actor.role.label)
        away = self.tr("Frånvaro")
        self.add_button(button(away, lambda: self.place.visit.emit("away", ""), icon_name="calendar-x"))
        self.import_button = self.add_button(
            button(self.tr("Läs in från fil …"), lambda: self.place.visit.emit("settings", "import"))
        )
        self.import_button.setVisible(self.place.desk.may(Right.EXCHANGE))
        self.add_button_ = self.add_button(
            button(
                self.tr("Lägg till medarbetare"), self.begin, kind="primary", icon_name="user-plus",
                shortcut="Ctrl+Shift+N",
            )
        )  # fmt: skip
        self.add_button_.setVisible(self._may_write)
        self.add_button_.setEnabled(self._may_write)  # its keys press it where it is hidden too
        self._why = why

    def _nothing(self) -> Nothing:
        if not self._may_write:
            return Nothing(self.tr("Inga medarbetare att visa här."))
        return Nothing(
            self.tr(
                "Här finns ingen medarbetare än. Lägg till dem som arbetar på enheten, eller ta in en lista från fil."
            ),
            self.tr("Lägg till den första medarbetaren"),
            self.begin,
        )

    def _make_detail(self) -> Detail[Member, Row]:
        form = self.form
        register: Register[Member, Row] = Register(
            kind="members",
            read=lambda desk, key: team.get_member(desk, key=key),
            stored=lambda row: row,
            add=lambda desk, member: team.add_member(desk, member=member),
            save=lambda desk, member, version: team.save_member(desk, member=member, expected_version=version),
            key=lambda member: member.key,
            title=lambda member: member.name if member else self.tr("Ny medarbetare"),
            show=self._show_member,
            value=form.value,
            fault=form.fault,
            delete=lambda desk, key, version: team.delete_member(desk, key=key, expected_version=version),
        )
        detail: Detail[Member, Row] = Detail(
            self.place, form, register, name=self.tr("Medarbetaren"), may_write=self._may_write,
            nothing=self.tr("Välj en medarbetare i listan."),
        )  # fmt: skip
        detail.moved.connect(self._follow)
        form.set_editable(self._may_write, self._why)
        return detail

    def _make_acts(self) -> None:
        self.leave_button = button(self.tr("Avsluta medarbetare…"), self._leave, kind="quiet", icon_name="door-open")
        self.merge_button = button(self.tr("Slå ihop…"), self._merge, kind="quiet", icon_name="merge")
        self.delete_button = button(
            self.tr("Ta bort"), self._delete, kind="quiet", icon_name="trash-2",
            tip=self.tr("Går bara för den som inte nämns i möten, åtgärder eller hos kunder."),
        )  # fmt: skip
        self.busy = BusyImport(self.place)
        self._acts = box(Flow(self.leave_button, self.merge_button, self.delete_button))
        layout = self.form.layout()
        if layout is not None:
            layout.addWidget(self._acts)
            layout.addWidget(self.busy)

    def refresh(self) -> None:
        """Read the list anew, and the member that is shown."""
        unit, ward, ended = self.filter.unit, self.filter.ward, self.ended.isChecked()

        def work(desk: Desk) -> TeamList:
            units = tuple(one.value for one in list_units(desk))
            wanted = unit if unit in {one.key for one in units} else None
            only = units[0].key if len(units) == 1 else None
            rows = team.list_members(desk, unit=wanted or only, ward=ward, include_ended=ended)
            return TeamList(units, rows)

        self.place.ask(self, work, self._show)
        self.detail.reread()

    def _show(self, found: TeamList) -> None:
        self._rows = found.members
        self.table.ward_names = {ward.key: ward.name for unit in found.units for ward in unit.wards}
        self.filter.offer(found.units)
        self.form.offer(found.units)
        self._show_rows()
        if self.tabs.currentWidget() is self.wards:
            self.wards.show_unit(self.filter.unit, self.filter.ward)

    def _show_rows(self) -> None:
        words = self.filter.words
        shown = [row for row in self._rows if words in f"{row.value.name} {row.value.profession}".casefold()]
        self.table.rows_model.show_rows(shown)
        self.subtitle.setText(self.tr("%n medarbetare", "", len(shown)))
        empty = not self._rows and not self.ended.isChecked() and self.filter.ward is None
        self.choices.show_content(not empty or self.detail.key is not None)
        self.table.stand_on(lambda row: row.value.key == self.detail.key)

    def show_list(self) -> None:
        """The members, not the wards' teams."""
        self.tabs.setCurrentIndex(0)
        super().show_list()

    def _change_tab(self, _: int) -> None:
        teams = self.tabs.currentWidget() is self.wards
        self.filter.show_more(not teams)
        if teams:
            if self.filter.unit is None and self.filter.units:
                first = next((unit.key for unit in self.filter.units if unit.wards), self.filter.units[0].key)
                self.filter.choose(first)
                self.refresh()
            else:
                self.wards.show_unit(self.filter.unit, self.filter.ward)

    def _show_member(self, row: Row | None) -> None:
        self.choices.show_content(True)
        only = self.filter.units[0].key if len(self.filter.units) == 1 else None
        self.form.fill(row.value if row else None, unit=self.filter.unit or only)
        sees = self.place.desk.actor.sees
        within = row is None or all(sees(unit) for unit in row.value.units)
        self.busy.show_member(row.value.key if row else "", row.value.name if row else "")
        self._acts.setVisible(row is not None and self._may_write and within)
        elsewhere = self.tr("Arbetar även på en enhet som ditt konto inte når. En enhetschef som når alla ändrar här.")
        self.form.set_editable(self._may_write and within, elsewhere if self._may_write else self._why)
        if row is None:
            self.form.name.setFocus()
        else:
            left = row.value.to is not None and row.value.to < self.place.desk.today
            self.leave_button.setVisible(not left)

    def _follow(self, key: str) -> None:
        if self.detail.key is None:
            self._show_rows()
        else:
            self.table.stand_on(lambda row: row.value.key == key)

    def _leave(self) -> None:
        member = self.detail.value
        if member is None or self.detail.unsaved_first():
            return

        def opened(found: tuple[Row, ...]) -> None:
            today = self.place.desk.today
            takers = [row.value for row in found if row.value.active_on(today)]
            if self.detail.value == member:
                self.detail.show_tool(Leaving(self.place, member, takers))

        self.place.ask(self, team.list_members, opened)

    def _merge(self) -> None:
        member = self.detail.value
        if member is None or self.detail.unsaved_first():
            return

        def opened(found: tuple[Row, ...]) -> None:
            sees = self.place.desk.actor.sees
            others = [
                (row.value.key, f"{row.value.name}, {row.value.profession.lower()}")
                for row in found
                if row.value.key != member.key and all(sees(unit) for unit in row.value.units)
            ]
            MergeQuestion(
                self, kept=member.name, others=others, on_merge=lambda drop: self._do_merge(member, drop)
            ).open()

        self.place.ask(self, lambda desk: team.list_members(desk, include_ended=True), opened)

    def _do_merge(self, member: Member, drop: str) -> None:
        self.place.act(
            self, lambda desk: endings.merge_members(desk, keep=member.key, drop=drop), changed="members",
            said=self.tr("Raderna är nu en: {0}.").format(member.name),
        )  # fmt: skip

    def _delete(self) -> None:
        member, version = self.detail.value, self.detail.version
        if member is None or self.detail.unsaved_first():
            return
        back = self.place.way_back(
            self.tr("Ta bort {0}").format(member.name), lambda desk: team.add_member(desk, member=member),
            changed="members",
        )  # fmt: skip
        self.place.act(
            self, lambda desk: team.delete_member(desk, key=member.key, expected_version=version),
            lambda _: self.detail.clear(), changed="members", undo=back,
            said=self.tr("{0} är borttagen.").format(member.name),
        )  # fmt: skip
