"""Planera: what the routine asks of a month or a year, proposed without clashes, ticked line by line, then booked."""

from __future__ import annotations

import datetime as dt
from functools import partial
from threading import Event

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar

from app.domain.catalogue import Setting
from app.domain.errors import Refused
from app.domain.proposed_year import ProposedYear
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import month_name, number_word
from app.domain.units import Unit
from app.domain.wording import wording
from app.services.desk import Desk
from app.services.plan_process import solve_apart
from app.services.preferences import get_preference, set_preference
from app.services.series import take_back_series
from app.services.series_meetings import SeriesChange
from app.services.units import list_units
from app.services.year_plan import Solver, apply_year
from app.ui.planning.proposal import SECONDS, Line, Proposal, ProposalTable, propose
from app.ui.planning.ways import PlanningPage
from app.ui.widgets.controls import box, button, chip, column, icon_button, label, row
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.workplace import Workplace

_LATEST = "planned_unit"
"""The preference that keeps which unit was planned latest."""


class PlanPage(PlanningPage):
    """Units and a period; the proposal below, each line wanted or not."""

    name = "plan"
    refreshed_by = frozenset({"units"})
    heard = Signal(int)
    """A plan on the way has so many meetings; told from the worker."""
    solver: Solver = staticmethod(solve_apart)

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Planera"))
        self._first = _next_month(place.desk.today)
        self._units: dict[str, Unit] = {}
        self._found: Proposal | None = None
        self._stop = Event()
        self.heard.connect(self._tell_progress)
        place.leaving.connect(self.stop)
        self._make_filters()
        self._cancel = button(self.tr("Avbryt"), self.stop, icon_name="x")
        self._cancel.hide()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setRange(0, int(SECONDS))
        self.progress.setAccessibleName(self.tr("Hur länge sökningen pågått"))
        self.progress.hide()
        self._beat = QTimer(self)
        self._beat.setInterval(1000)
        self._beat.timeout.connect(lambda: self.progress.setValue(self.progress.value() + 1))
        self.book_button = button(self.tr("Boka mötena"), self.book, kind="primary", icon_name="calendar-check")
        self.book_button.setVisible(place.desk.may(Right.WRITE_MEETINGS))
        for made in (self._cancel, self.book_button):
            self.add_button(made)
        self.told = label(wrap=True)
        self.conflicts = label(role="overdue", wrap=True)
        self.conflicts.hide()
        self.table = ProposalTable(place.theme)
        self.table.space_pressed.connect(self.turn)
        self.table.opened.connect(self.turn)
        marks = row(
            button(self.tr("Markera alla"), partial(self.mark_all, wanted=True)),
            button(self.tr("Markera inga"), partial(self.mark_all, wanted=False)),
            None,
        )
        self.marks = box(marks)
        inside = column(self.told, self.progress, self.conflicts, self.table, self.marks, None)
        inside.setStretch(3, 100)
        self.body.addLayout(inside)
        place.ask(self, _read_units, lambda found: self._offer_units(*found))

    def _make_filters(self) -> None:
        self.unit = choice([], name=self.tr("Enhet"))
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        self.add_filter(self.unit)
        self.setFocusProxy(self.unit)
        self.month = chip(self.tr("Månad"), lambda _: self._choose_span(year=False), checked=True)
        self.year = chip(self.tr("År"), lambda _: self._choose_span(year=True))
        self.daily = chip(self.tr("Dagliga möten"), lambda _: self._fill())
        for made in (self.month, self.year):
            self.add_filter(made)
        self._period = label(role="heading")
        self.add_filter(box(row(
            icon_button("chevron-left", self.tr("Tidigare"), lambda: self._turn(-1)), self._period,
            icon_button("chevron-right", self.tr("Senare"), lambda: self._turn(1)),
        )))  # fmt: skip
        self.add_filter(self.daily)

    # units and period

    @property
    def _last(self) -> dt.date:
        if self.year.isChecked():
            return self._first.replace(year=self._first.year + 1) - dt.timedelta(days=1)
        return _next_month(self._first) - dt.timedelta(days=1)

    def _offer_units(self, units: tuple[Stored[Unit], ...], latest: str) -> None:
        self._units = {one.value.key: one.value for one in units if one.value.setting is not Setting.LEDNING}
        rows = [(key, one.name) for key, one in self._units.items()]
        if len(rows) > 1:
            rows.insert(0, ("", self.tr("Alla enheter")))
        fill_choice(self.unit, rows, chosen=latest)
        self.refresh()

    def _choose_unit(self) -> None:
        unit = chosen(self.unit)
        self.place.ask(self, lambda desk: set_preference(desk, name=_LATEST, value=unit), lambda _: None)
        self.refresh()

    def _choose_span(self, *, year: bool) -> None:
        for made, wanted in ((self.month, not year), (self.year, year)):
            made.blockSignals(True)
            made.setChecked(wanted)
            made.blockSignals(False)
        self.refresh()

    def _turn(self, by: int) -> None:
        if self.year.isChecked():
            self._first = self._first.replace(year=self._first.year + by)
        else:
            self._first = _next_month(self._first) if by > 0 else (self._first - dt.timedelta(days=1)).replace(day=1)
        self.refresh()

    def _period_words(self) -> str:
        first = month_name(self._first)
        return (f"{first} – {month_name(self._last)}" if self.year.isChecked() else first).capitalize()

    # the proposal

    def refresh(self) -> None:
        """Propose the period anew, beside the person's own gestures."""
        self.stop()
        self._period.setText(self._period_words())
        if not self._units or not self.place.desk.may(Right.WRITE_MEETINGS):
            return
        wanted = (chosen(self.unit),) if chosen(self.unit) else tuple(self._units)
        self._stop = stop = Event()
        self._show_search(under_way=True)
        self.book_button.setEnabled(False)
        self.told.setText(self.tr("Tar fram ett förslag …"))
        self.conflicts.hide()

        def done(found: Proposal) -> None:
            if stop is self._stop:
                self._show(found)

        def failed(error: Exception) -> bool:
            stopped = isinstance(error, Refused) and error.code == "plan_stopped"
            if stop is self._stop:
                self._show_search(under_way=False)
                self.told.setText(wording(error) if stopped and isinstance(error, Refused) else "")
            return stopped

        self.place.ask(
            self, partial(propose, units_wanted=wanted, first=self._first, last=self._last, stopped=stop.is_set,
                          heard=self.heard.emit, solver=self.solver), done, otherwise=failed, long=True,
        )  # fmt: skip

    def stop(self) -> None:
        """End the search: what was found by then is shown."""
        self._stop.set()

    def _tell_progress(self, count: int) -> None:
        if not self._stop.is_set() and self._cancel.isVisible():
            found = number_word(count, self.tr("möte"), self.tr("möten"))
            self.told.setText(self.tr("Ett förslag med {0} är klart, söker ett bättre …").format(found))
            self._cancel.setText(" " + self.tr("Visa förslaget nu"))
            self._cancel.setAccessibleName(self.tr("Visa förslaget nu"))

    def _show_search(self, *, under_way: bool) -> None:
        self._cancel.setVisible(under_way)
        self._cancel.setText(" " + self.tr("Avbryt"))
        self._cancel.setAccessibleName(self.tr("Avbryt"))
        self.progress.setVisible(under_way)
        self.progress.setValue(0)
        if under_way:
            self._beat.start()
        else:
            self._beat.stop()

    def _show(self, found: Proposal) -> None:
        self._found = found
        self._show_search(under_way=False)
        self.conflicts.setText("\n".join(found.year.conflicts))
        self.conflicts.setVisible(bool(found.year.conflicts))
        self._fill()

    def _fill(self) -> None:
        if self._found is None:
            return
        lines = [one for one in self._found.lines if self.daily.isChecked() or not one.daily]
        self.table.rows_model.show_rows(lines)
        self.table.setVisible(bool(lines))
        self.marks.setVisible(bool(lines))
        if lines:
            self.table.selectRow(0)
        self._count()

    @property
    def wanted(self) -> list[Line]:
        """The lines to be booked or moved."""
        return [one for one in self.table.rows_model.rows if one.wanted]

    def turn(self, line: Line) -> None:
        """Want a line, or want it no more."""
        self.table.turn(line)
        self._count()

    def mark_all(self, *, wanted: bool) -> None:
        """Want every line that is shown, or none."""
        self.table.mark_all(wanted=wanted)
        self._count()

    def _count(self) -> None:
        found, wanted = self._found, len(self.wanted)
        self.book_button.setEnabled(wanted > 0)
        words = number_word(wanted, self.tr("möte"), self.tr("möten"))
        text = self.tr("Boka {0}").format(words) if wanted else self.tr("Boka mötena")
        self.book_button.setText(text)
        self.book_button.setAccessibleName(text)
        if found is not None:
            self.told.setText(self._summary(found.year, daily=sum(one.daily for one in found.lines)))

    def _summary(self, year: ProposedYear, *, daily: int) -> str:
        new = sum(one.is_new for one in year.meetings)
        moved = sum(one.is_moved for one in year.meetings)
        if not new and not moved:
            return self.tr("Allt som rutinen kräver den här perioden är redan bokat.")
        words = self.tr("{0} nya, {1} flyttas, {2} står kvar.").format(new, moved, len(year.meetings) - new - moved)
        if daily and not self.daily.isChecked():
            words += " " + self.tr("Av dem är {0} dagliga och visas inte.").format(daily)
        return words

    def book(self) -> None:
        """Book and move what is ticked, all or none."""
        proposed = tuple(one.proposed for one in self.wanted)
        if not proposed:
            return
        first = min(one.meeting.date for one in proposed)

        series = self._found.year.series_of(proposed) if self._found else ()

        def work(desk: Desk) -> SeriesChange:
            return apply_year(desk, proposed=proposed, series=series)

        def done(change: SeriesChange) -> None:
            count = number_word(len(proposed), self.tr("möte"), self.tr("möten"))
            said = self.tr("{0} är bokade.").format(count)
            if change.clashing:
                said += " " + self.tr("{0} krockar. De är streckade i kalendern.").format(change.clashing)
            self.place.remember(self.place.way_back(
                self.tr("Boka {0}").format(count), lambda desk: take_back_series(desk, change=change),
                changed="meetings",
            ))  # fmt: skip
            self.place.visit.emit("calendar", first.isoformat())
            self.place.told.emit(said)

        self.place.act(self, work, done, changed="meetings")


def _next_month(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _read_units(desk: Desk) -> tuple[tuple[Stored[Unit], ...], str]:
    return list_units(desk), str(get_preference(desk, name=_LATEST, default=""))
