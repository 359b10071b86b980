"""Kalender: a month or a week of meetings, forums told apart by colour and letter, the chosen day beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout

from app.domain.holidays import holiday_names
from app.domain.meetings import MeetingRow
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import long_date, month_name
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.services.units import list_units
from app.ui.calendar.days import Days
from app.ui.calendar.drawing import MonthDelegate, WeekDelegate
from app.ui.widgets.controls import box, button, chip, column, empty, icon_button, label, row, scrolled
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import Page, side_by_side
from app.ui.widgets.rows import meeting_row
from app.ui.workplace import Workplace

_NARROW = 800
"""The page's width in pixels below which the day's meetings stand below the days."""
_LOWEST_DAYS = 440
_LOWEST_LIST = 150


class DayTable(QTableView):
    """The days; arrows go from day to day, Page keys to the next month or week, Enter to the day's meetings."""

    def __init__(self, page: CalendarPage) -> None:
        super().__init__()
        self._page = page
        self.setAccessibleName(self.tr("Kalenderns dagar"))
        self.horizontalHeader().setAccessibleName(self.tr("Veckodagar"))
        self.verticalHeader().setAccessibleName(self.tr("Veckor"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionsClickable(False)
        self.setCornerButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._page.turn(1 if key == Qt.Key.Key_PageDown else -1)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._page.enter_day()
            return
        super().keyPressEvent(event)


class CalendarPage(Page):
    """Days left, the chosen day right."""

    name = "calendar"
    refreshed_by = frozenset({"meetings", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Kalender"))
        self.day = place.desk.today
        self.days = Days()
        self._names: dict[int, dict[dt.date, str]] = {}
        self.table = DayTable(self)
        self.table.setModel(self.days)
        self.setFocusProxy(self.table)
        self._month_drawing = MonthDelegate(place.theme, place.desk.today)
        self._week_drawing = WeekDelegate(place.theme, place.desk.today)
        self.table.selectionModel().currentChanged.connect(self._choose)
        self.month = chip(self.tr("Månad"), partial(self._switch, True), checked=True)
        self.week = chip(self.tr("Vecka"), partial(self._switch, False))
        self._unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self._unit.currentIndexChanged.connect(lambda _: self.refresh())
        for made in (self.month, self.week, self._unit):
            self.add_filter(made)
        self._make_buttons()
        self._day_title = label(role="heading", wrap=True)
        self._day_list = QVBoxLayout()
        side = column(self._day_title, self._day_list, None)
        side.setContentsMargins(0, 0, 8, 0)
        day = scrolled(box(side), name=self.tr("Dagens möten"))
        day.setMinimumWidth(230)
        day.setMinimumHeight(_LOWEST_LIST)
        self.parts = side_by_side(self.table, day, sizes=(780, 300))
        self.body.addWidget(self.parts)
        place.ask(self, list_units, self._offer_units)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        below = event.size().width() < _NARROW
        wanted = Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal
        if self.parts.orientation() is wanted:
            return
        # The days have the whole width, so that all seven are seen; the page scrolls where the window is low too.
        self.parts.setOrientation(wanted)
        self.table.setMinimumHeight(_LOWEST_DAYS if below else 0)
        self.parts.setSizes([440, 180] if below else [780, 300])

    def _make_buttons(self) -> None:
        turn = row(
            icon_button("chevron-left", self.tr("Tidigare"), lambda: self.turn(-1)),
            button(self.tr("I dag"), self.go_to_today),
            icon_button("chevron-right", self.tr("Senare"), lambda: self.turn(1)),
        )
        self.buttons.addLayout(turn)
        if self.place.desk.may(Right.WRITE_MEETINGS):
            plan = self.tr("Planera månaden")
            self.add_button(
                button(plan, lambda: self.place.visit.emit("plan", ""), kind="primary", icon_name="calendar-range")
            )

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in units]
        fill_choice(self._unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self._unit))
        self._unit.setVisible(len(rows) > 1)

    def _switch(self, month: bool, on: bool) -> None:
        for made, wanted in ((self.month, month == on), (self.week, month != on)):
            made.blockSignals(True)
            made.setChecked(wanted)
            made.blockSignals(False)
        self.refresh()

    def show_key(self, key: str) -> None:
        """Go to a day given as YYYY-MM-DD."""
        if key:
            self.day = dt.date.fromisoformat(key)
            self.refresh()

    def refresh(self) -> None:
        """Read the shown days anew."""
        month = self.month.isChecked()
        if month:
            self.days.show_month(self.day)
            self.subtitle.setText(month_name(self.day).capitalize())
        else:
            self.days.show_week(self.day)
            self.subtitle.setText(self.tr("Vecka {0}, {1}").format(self.day.isocalendar().week, month_name(self.day)))
        self.table.setItemDelegate(self._month_drawing if month else self._week_drawing)
        self.table.setCurrentIndex(self.days.cell_of(self.day))
        first, last, unit = self.days.first, self.days.last, chosen(self._unit) or None

        def work(desk: Desk) -> tuple[tuple[MeetingRow, ...], Mapping[dt.date, str]]:
            names = {year: self._names.get(year) or holiday_names(year) for year in {first.year, last.year}}
            self._names.update(names)
            free = {day: name for year in names.values() for day, name in year.items()}
            return list_meetings(desk, unit=unit, from_=first, to=last), free

        self.place.ask(self, work, lambda found: self._show(first, *found))

    def _show(self, first: dt.date, meetings: tuple[MeetingRow, ...], free: Mapping[dt.date, str]) -> None:
        if first == self.days.first:
            self.days.fill(meetings, free)
            self._show_day()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.day = self.days.day_at(index)
            self._show_day()

    def _show_day(self) -> None:
        empty(self._day_list)
        self._day_title.setText(long_date(self.day).capitalize())
        meetings = self.days.meetings_on(self.day)
        for one in meetings:
            self._day_list.addWidget(
                meeting_row(self.place.theme, one, partial(self.place.visit.emit, "meeting", one.key))
            )
        if not meetings:
            self._day_list.addWidget(label(self.tr("Inga möten den här dagen."), role="muted"))

    def enter_day(self) -> None:
        """Go to the first of the day's meetings with the keyboard."""
        item = self._day_list.itemAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None and self.days.meetings_on(self.day):
            widget.setFocus()

    def turn(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) month or week."""
        if self.week.isChecked():
            self.day += dt.timedelta(weeks=by)
        else:
            first = self.day.replace(day=1)
            other = first + dt.timedelta(days=31) if by > 0 else first - dt.timedelta(days=1)
            self.day = other.replace(day=1)
        self.refresh()

    def go_to_today(self) -> None:
        """Show today."""
        self.day = self.place.desk.today
        self.refresh()
