"""Kalender: a day, a week, a month, a year or a list of meetings; the chosen day beside it, with what clashes."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout

from app.domain.meetings import MeetingRow
from app.domain.roles import Right
from app.domain.swedish import long_date, month_name
from app.ui.calendar.days import Days
from app.ui.calendar.filters import CalendarFilters
from app.ui.calendar.hours_view import HoursView
from app.ui.calendar.month import MonthTable
from app.ui.calendar.moving import MeetingMover
from app.ui.calendar.shown import Found, View, Wanted
from app.ui.calendar.span import Span
from app.ui.calendar.views import HoursPart, MeetingTable
from app.ui.calendar.year import YearView
from app.ui.meetings.short_start import ShortStart
from app.ui.widgets.controls import box, button, chip, column, empty, icon_button, label, row, scrolled
from app.ui.widgets.pages import Page, side_by_side
from app.ui.widgets.rows import meeting_row
from app.ui.workplace import Workplace

_NARROW = 800
"""The page's width in pixels below which the day's meetings stand below the days."""
_LOWEST_DAYS = 440
_LOWEST_YEAR = 540
"""Lower, the marks of the forums would lie on the days' numbers."""
_LOWEST_LIST = 150


class CalendarPage(Page):
    """Days left, the chosen day right."""

    name = "calendar"
    refreshed_by = frozenset({"meetings", "units", "members", "absences", "rooms"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Kalender"))
        self.day = place.desk.today
        self.view = View.MONTH
        self._found = Found(free={})
        self._writes = place.desk.may(Right.WRITE_MEETINGS)
        self.mover = MeetingMover(place, self)
        self._make_views()
        self.chips: dict[View, QPushButton] = {}
        for view, words in (
            (View.DAY, self.tr("Dag")), (View.WORK_WEEK, self.tr("Arbetsvecka")), (View.WEEK, self.tr("Vecka")),
            (View.MONTH, self.tr("Månad")), (View.YEAR, self.tr("År")), (View.LIST, self.tr("Lista")),
        ):  # fmt: skip
            self.chips[view] = chip(words, partial(self._switch, view), checked=view is self.view)
            self.add_filter(self.chips[view])
        self.month, self.week = self.chips[View.MONTH], self.chips[View.WEEK]
        self.filters_chosen = CalendarFilters(place, self.refresh)
        of = self.filters_chosen
        for made in (of.unit, of.ward, of.member, of.room):
            self.add_filter(made)
        self._make_buttons()
        self._day_title = label(role="heading", wrap=True)
        self._day_list = QVBoxLayout()
        side = column(self._day_title, self._day_list, None)
        side.setContentsMargins(0, 0, 8, 0)
        self.beside = scrolled(box(side), name=self.tr("Dagens möten"))
        self.beside.setMinimumWidth(230)
        self.beside.setMinimumHeight(_LOWEST_LIST)
        self.parts = side_by_side(self.views, self.beside, sizes=(780, 300))
        self.body.addWidget(self.parts)

    def _make_views(self) -> None:
        place = self.place
        self.days = Days()
        # Who is a member may be the convenor of a meeting, and then moves it whatever her role: the service knows.
        moves = self._writes or place.desk.actor.member is not None
        self.table = MonthTable(self.days, place.theme, place.desk.today, moves=moves)
        self.table.moved.connect(self._move)
        self.table.stays.connect(self.mover.why_not)
        self.table.tried.connect(lambda row, at: self.mover.try_out(row, at, self.table.show_trial))
        self.table.selectionModel().currentChanged.connect(self._choose)
        self.table.turned.connect(self.turn)
        self.table.entered.connect(self.enter_day)
        self.table.doubleClicked.connect(lambda _: self.show_view(View.DAY))
        self.hours = HoursView(place.theme, place.desk.today, writes=self._writes, moves=moves)
        self.hours.day_chosen.connect(self._choose_day)
        self.hours.opened.connect(self._open)
        self.hours.begun.connect(self._begin)
        self.hours.moved.connect(self._move)
        self.hours.stays.connect(self.mover.why_not)
        self.hours.tried.connect(lambda row, at: self.mover.try_out(row, at, self.hours.show_trial))
        self.hours.turned.connect(self.turn)
        self.hours.crowded.connect(lambda _: self.show_view(View.DAY))
        self.by_hours = HoursPart(self.hours)
        self.year = YearView(place.theme, place.desk.today, place.desk.catalogue)
        self.year.turned.connect(self.turn)
        self.year.month_chosen.connect(self._go_to)
        self.year.month_opened.connect(self._open_month)
        self.list = MeetingTable(place.theme)
        self.list.opened.connect(self._open)
        self.views = QStackedWidget()
        for made in (self.table, self.by_hours, self.year, self.list):
            self.views.addWidget(made)
        self.setFocusProxy(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        below = event.size().width() < _NARROW
        wanted = Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal
        if self.parts.orientation() is wanted:
            return
        # The days have the whole width, so that all seven are seen; the page scrolls where the window is low too.
        self.parts.setOrientation(wanted)
        self._fit_height()
        self.parts.setSizes([440, 180] if below else [780, 300])

    def _fit_height(self) -> None:
        below = self.parts.orientation() is Qt.Orientation.Vertical
        lowest = _LOWEST_DAYS if below else 0
        self.views.setMinimumHeight(_LOWEST_YEAR if self.view is View.YEAR else lowest)

    def _make_buttons(self) -> None:
        self.short = ShortStart(self.place)
        self.add_filter(self.short)
        go = self.place.visit.emit
        self.add_filter(
            button(self.tr("Aktiviteter"), lambda: go("activities", ""), kind="quiet", icon_name="calendar-days")
        )  # fmt: skip
        turn = row(
            icon_button("chevron-left", self.tr("Tidigare"), lambda: self.turn(-1)),
            button(self.tr("I dag"), self.go_to_today),
            icon_button("chevron-right", self.tr("Senare"), lambda: self.turn(1)),
        )
        self.buttons.addLayout(turn)
        self.print_button = self.add_button(
            button(self.tr("Månadens dagordningar"), self._print_shown, icon_name="printer")
        )
        self.more_prints = icon_button("chevron-down", self.tr("Skriv ut annat"), self._open_print_menu)
        self.buttons.addWidget(self.more_prints)
        if self._writes:
            plan = self.tr("Planera")
            self.add_button(
                button(plan, lambda: self.place.visit.emit("plan", ""), kind="primary", icon_name="calendar-range")
            )

    # what is shown

    def show_view(self, view: View) -> None:
        """Show the chosen day in another view."""
        self._switch(view, True)

    def _switch(self, view: View, _on: bool) -> None:
        self.view = view
        for one, made in self.chips.items():
            made.blockSignals(True)
            made.setChecked(one is view)
            made.blockSignals(False)
        part = {View.MONTH: self.table, View.YEAR: self.year, View.LIST: self.list}.get(view, self.by_hours)
        self.views.setCurrentWidget(part)
        self.setFocusProxy(self.hours if part is self.by_hours else part)
        self.beside.setVisible(view not in (View.YEAR, View.LIST))
        self._offer_print()
        self._fit_height()
        self.refresh()

    def show_key(self, key: str) -> None:
        """Go to a day given as YYYY-MM-DD."""
        if key:
            self.day = dt.date.fromisoformat(key)
            self.refresh()

    @property
    def wanted(self) -> Wanted:
        """What is to be read."""
        return Wanted(view=self.view, day=self.day, filters=self.filters_chosen.chosen)

    def refresh(self) -> None:
        """Read the shown days anew."""
        wanted = self.wanted
        first, last = wanted.view.days(self.day)
        self.subtitle.setText(self._when())
        self.short.refresh()
        if self.view is View.MONTH:
            day = self.day  # showing another month tells of its first cell
            self.days.show_month(day)
            self.table.setCurrentIndex(self.days.cell_of(day))
        elif self.view is View.YEAR:
            self.year.show_year(self.day)
        elif self.view.by_hours:
            shown = tuple(first + dt.timedelta(days=number) for number in range((last - first).days + 1))
            self.day = min(max(self.day, first), last)
            self.hours.show_days(shown, self.day)
            self.by_hours.head.fill(self._found.free)
        self.place.ask(self, wanted.read, lambda found: self._show(wanted, found))

    def _when(self) -> str:
        week = self.tr("vecka {0}").format(self.day.isocalendar().week)
        if self.view is View.DAY:
            return f"{long_date(self.day)}, {week}".capitalize()
        if self.view.by_hours:
            return f"{week}, {month_name(self.day)}".capitalize()
        return str(self.day.year) if self.view is View.YEAR else month_name(self.day).capitalize()

    def _show(self, wanted: Wanted, found: Found) -> None:
        now = self.wanted
        same_days = now.view.days(now.day) == wanted.view.days(wanted.day)
        if now.view is not wanted.view or now.filters != wanted.filters or not same_days:
            return
        self._found = found
        if self.view is View.MONTH:
            self.days.fill(found.meetings, found.free, found.clashes)
        elif self.view is View.YEAR:
            self.year.fill(found.forums, found.free)
        elif self.view is View.LIST:
            self.list.fill(found.meetings, found.clashes)
        else:
            self.hours.fill(found.meetings, found.free, found.clashes)
            self.by_hours.head.fill(found.free)
            self.by_hours.show_chosen()
        self._show_day()

    def _choose(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self._choose_day(self.days.day_at(index))

    def _choose_day(self, day: dt.date) -> None:
        self.day = day
        self.by_hours.head.update()
        self._show_day()

    def _show_day(self) -> None:
        empty(self._day_list)
        holiday = self._found.free.get(self.day)
        self._day_title.setText(", ".join(filter(None, (long_date(self.day).capitalize(), holiday))))
        meetings = [one for one in self._found.meetings if one.date == self.day]
        for one in meetings:
            self._day_list.addWidget(meeting_row(self.place.theme, one, partial(self._open, one)))
            if told := self._found.clashes.get(one.key):
                krock = label(
                    "\n".join(self.tr("Krock: {0}.").format(text) for text in told), role="overdue", wrap=True
                )
                self._day_list.addWidget(krock)
        if not meetings:
            self._day_list.addWidget(label(self.tr("Inga möten den här dagen."), role="muted"))

    # what a person does

    def enter_day(self) -> None:
        """Go to the first of the day's meetings with the keyboard."""
        item = self._day_list.itemAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None and any(one.date == self.day for one in self._found.meetings):
            widget.setFocus()

    def turn(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) day, week, month or year."""
        self._go_to(self.view.turned(self.day, by))

    def _go_to(self, day: dt.date) -> None:
        self.day = day
        self.refresh()

    def go_to_today(self) -> None:
        """Show today."""
        self._go_to(self.place.desk.today)

    def _open_month(self, month: dt.date) -> None:
        self.day = month
        self.show_view(View.MONTH)

    def _open(self, one: MeetingRow) -> None:
        self.place.visit.emit("meeting", one.key)

    def _begin(self, at: dt.datetime) -> None:
        unit = self.filters_chosen.chosen.unit or ""
        self.place.visit.emit("meetings", f"new {at.isoformat(timespec='minutes')} {unit}".rstrip())

    def _move(self, one: MeetingRow, at: Span) -> None:
        self.mover.move(one, at, lambda: self._follow(at.day))

    def _follow(self, day: dt.date) -> None:
        self.day = day

    def _offer_print(self) -> None:
        """One step prints what is looked at: the month's agendas, or the week for the noticeboard."""
        weekly = self.view.by_hours
        text = self.tr("Skriv ut veckan") if weekly else self.tr("Månadens dagordningar")
        tip = self.tr("Veckans möten på en sida, för anslagstavlan") if weekly else self.tr("Visas innan de skrivs ut")
        self.print_button.setText(text)
        self.print_button.setAccessibleName(text)
        self.print_button.setToolTip(tip)

    def _print_shown(self) -> None:
        (self.print_week if self.view.by_hours else self.print_month)()

    def print_month(self) -> None:
        """The agendas of the month that is shown, before they are printed."""
        from app.ui.papers.month import month_preview  # noqa: PLC0415 - loaded when first used

        month_preview(self, self.place, day=self.day, unit=self.filters_chosen.chosen.unit)

    def _open_print_menu(self) -> None:
        from app.ui.papers.month import print_menu  # noqa: PLC0415 - loaded when first used

        print_menu(self.more_prints, self.place, day=self.day, unit=self.filters_chosen.chosen.unit)

    def print_week(self) -> None:
        """The week for the noticeboard, before it is printed."""
        from app.ui.papers.week import week_preview  # noqa: PLC0415 - loaded when first used

        week_preview(self, self.place, day=self.day, unit=self.filters_chosen.chosen.unit)
