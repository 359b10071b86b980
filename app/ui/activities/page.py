"""Aktiviteter: the month that a boråd draws up, common and individual, as a list or week by week."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QStackedWidget

from app.domain.activities import Activity, month_after, month_days
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import month_name
from app.domain.units import Unit
from app.services import activities as services
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.services.team import list_members, member_names
from app.services.units import list_units
from app.ui.activities.month import ActivityMonth
from app.ui.activities.week import ActivityWeek
from app.ui.widgets.controls import button, chip, icon_button, scrolled
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import Page
from app.ui.workplace import Workplace

_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class _Read:
    units: tuple[Unit, ...]
    unit: Unit | None
    names: dict[str, str]
    team: tuple[str, ...]
    customers: dict[str, str]
    rows: tuple[Stored[Activity], ...]


def _read(desk: Desk, *, unit: str, ward: str, month: dt.date) -> _Read:
    units = tuple(one.value for one in list_units(desk))
    here = next((one for one in units if one.key == unit), None) or _first(desk, units)
    if here is None:
        return _Read(units, None, {}, (), {}, ())
    first, last = month_days(month)
    first, last = first - dt.timedelta(days=first.weekday()), last + dt.timedelta(days=6 - last.weekday())
    wanted = ward if here.ward(ward) else None
    rows = services.list_activities(desk, unit=here.key, ward=wanted, from_=first, to=last)
    team = tuple(one.value.key for one in list_members(desk, unit=here.key))
    sees = desk.may(Right.READ_CUSTOMERS)
    customers = customer_labels(desk, unit=here.key) if sees else {}
    return _Read(units, here, member_names(desk), team, customers, rows)


def _first(desk: Desk, units: tuple[Unit, ...]) -> Unit | None:
    """The unit one works in, else the first."""
    hers = [one.value for one in list_members(desk) if one.value.key == desk.actor.member]
    homes = hers[0].units if hers else ()
    return next((one for one in units if one.key in homes), units[0] if units else None)


class ActivitiesPage(Page):
    """The month's list, or its weeks; papers for the wall and for one customer's room."""

    name = "activities"
    refreshed_by = frozenset({"activities", "units", "members", "customers"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Aktiviteter"))
        self.month = place.desk.today.replace(day=1)
        self.monday = place.desk.today - dt.timedelta(days=place.desk.today.weekday())
        self._unit: Unit | None = None
        self._wanted = ("", "")
        self._shown: _Read | None = None
        may = place.desk.may(Right.KEEP_ACTIVITIES)
        self.unit, self.ward = choice([], name=self.tr("Enhet")), choice([], name=self.tr("Avdelning"))
        self.unit.currentIndexChanged.connect(lambda _: self._choose(chosen(self.unit), ""))
        self.ward.currentIndexChanged.connect(lambda _: self._choose(chosen(self.unit), chosen(self.ward)))
        self.list_chip = chip(self.tr("Månad"), lambda _: self.show_weeks(False), checked=True)
        self.week_chip = chip(self.tr("Vecka"), lambda _: self.show_weeks(True))
        self.own = chip(self.tr("Bara gemensamma"), lambda _: self._fill())
        for made in (self.list_chip, self.week_chip, self.unit, self.ward, self.own):
            self.add_filter(made)
        self.buttons.addWidget(icon_button("chevron-left", self.tr("Tidigare"), lambda: self.turn(-1)))
        self.buttons.addWidget(icon_button("chevron-right", self.tr("Senare"), lambda: self.turn(1)))
        self.print_button = self.add_button(
            button(self.tr("Skriv ut"), self._open_print_menu, icon_name="printer", shortcut="Ctrl+P")
        )  # fmt: skip
        self.month_list = ActivityMonth(place)
        if may:
            self.add_button(button(self.tr("Kopiera förra månaden"), self.copy, icon_name="copy"))
            self.add_button(
                button(self.tr("Ny aktivitet"), self.begin, kind="primary", icon_name="plus", shortcut="Ctrl+Shift+N")
            )  # fmt: skip
        for made in (self.month_list.save_button, self.month_list.new_button, self.month_list.remove_button):
            made.setEnabled(may)
        self.weeks = ActivityWeek(self.open_activity)
        self._views = QStackedWidget()
        self._month_part = scrolled(self.month_list, name=self.tr("Månadens aktiviteter"))
        for view in (self._month_part, self.weeks):
            self._views.addWidget(view)
        self.body.addWidget(self._views)
        self.setFocusProxy(self.month_list.table)

    def show_key(self, key: str) -> None:
        """`solgarden norr 2026-12` is that ward's month; any part may be missing."""
        if key:
            unit, ward, month = (*key.split(" "), "", "")[:3]
            self._wanted = (unit, "" if ward == "-" else ward)
            if month:
                self.month = dt.date.fromisoformat(f"{month}-01")
            self.refresh()

    def turn(self, step: int) -> None:
        """Go a month or a week on or back."""
        if self._views.currentWidget() is self.weeks:
            self.monday += step * _WEEK
            self.month = (self.monday + dt.timedelta(days=3)).replace(day=1)
        else:
            self.month = month_after(self.month, step)
            self.monday = self.month - dt.timedelta(days=self.month.weekday())
        self.refresh()

    def show_weeks(self, weeks: bool) -> None:
        """Show week by week, or the month's list."""
        for made, on in ((self.list_chip, not weeks), (self.week_chip, weeks)):
            made.blockSignals(True)
            made.setChecked(on)
            made.blockSignals(False)
        self._views.setCurrentWidget(self.weeks if weeks else self._month_part)
        self._fill()

    def _choose(self, unit: str, ward: str) -> None:
        self._wanted = (unit, ward)
        self.refresh()

    def refresh(self) -> None:
        """Read the month anew."""
        (unit, ward), month = self._wanted, self.month
        self.place.ask(self, lambda desk: _read(desk, unit=unit, ward=ward, month=month), self._show)

    def _show(self, found: _Read) -> None:
        self._shown, self._unit = found, found.unit
        if found.unit is None:
            return
        fill_choice(self.unit, [(one.key, one.name) for one in found.units], chosen=found.unit.key)
        self.unit.setVisible(len(found.units) > 1)
        wards = [(one.key, one.name) for one in found.unit.wards]
        fill_choice(self.ward, [("", self.tr("Alla avdelningar")), *wards], chosen=self._wanted[1])
        self.ward.setVisible(bool(wards))
        self.month_list.offer(found.unit, names=found.names, team=found.team, customers=found.customers)
        self._fill()

    def _fill(self) -> None:
        found = self._shown
        if found is None:
            return
        rows = [one for one in found.rows if not (self.own.isChecked() and one.value.customer)]
        in_month = [one for one in rows if one.value.date.replace(day=1) == self.month]
        self.month_list.show_activities(in_month, ward=self._wanted[1])
        wards = {one.key: one.name for one in found.unit.wards} if found.unit and not chosen(self.ward) else {}
        self.weeks.show_week(self.monday, rows, customers=found.customers, wards=wards)
        weeks = self._views.currentWidget() is self.weeks
        when = self.tr("Vecka {0}").format(self.monday.isocalendar().week) if weeks else month_name(self.month)
        self.subtitle.setText(f"{when.capitalize()}, {found.unit.name}" if found.unit else when)

    def begin(self) -> None:
        """A new activity."""
        self.show_weeks(False)
        self.month_list.begin_on()

    def open_activity(self, key: str) -> None:
        """Stand on an activity in the list."""
        self.show_weeks(False)
        self.month_list.table.select_where(lambda one: one.value.key == key)

    def copy(self) -> None:
        """Put last month's activities in this one."""
        unit = self._unit
        if unit is None:
            return
        to, ward = self.month, chosen(self.ward) or None

        def work(desk: Desk) -> tuple[Stored[Activity], ...]:
            return services.copy_activities(desk, unit=unit.key, ward=ward, month=month_after(to, -1), to=to)

        def kept(rows: tuple[Stored[Activity], ...]) -> None:
            phrase = self.tr("Kopiera månaden")
            self.place.remember(self.place.way_back(
                phrase, lambda desk: services.remove_activities(desk, activities=rows), changed="activities"
            ))  # fmt: skip
            self.place.told.emit(self.tr("{0} aktiviteter kopierades. Ångra med Ctrl+Z.").format(len(rows)))

        self.place.act(self, work, kept, changed="activities")

    def _open_print_menu(self) -> None:
        menu = QMenu(self.print_button)
        menu.setAccessibleName(self.tr("Skriv ut"))
        menu.addAction(self.tr("Att sätta upp: gemensamma")).triggered.connect(lambda _=False: self.print_month())
        standing = self.month_list.standing
        customer = standing.value.customer if standing is not None else None
        if customer is not None and self.place.desk.may(Right.PRINT) and self._shown is not None:
            words = self.tr("Till {0}: egna och gemensamma").format(self._shown.customers.get(customer, ""))
            menu.addAction(words).triggered.connect(lambda _=False: self.print_month(customer))
        menu.popup(self.print_button.mapToGlobal(QPoint(0, self.print_button.height())))

    def print_month(self, customer: str | None = None) -> None:
        """Look at the paper for the wall, or at a customer's own."""
        from app.ui.papers.activities import activities_preview  # noqa: PLC0415 - loaded when first used

        if self._unit is not None:
            activities_preview(
                self, self.place, unit=self._unit.key, ward=chosen(self.ward) or None, month=self.month,
                customer=customer,
            )  # fmt: skip
