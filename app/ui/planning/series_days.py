"""The days of a series: what is booked, called off and moved, and what is done to a single day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.series import Series
from app.domain.swedish import short_date, span
from app.services.desk import Desk
from app.services.series import SeriesDay, get_series, hold_day, move_day, pause_series, series_days, take_back_series
from app.services.series_meetings import SeriesChange
from app.ui.registers.unsaved import Tool
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import DateField, TimeField, field, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_SHOWN = dt.timedelta(days=366)


class SeriesDays(Tool):
    """A year of days; the one that is stood on can be opened, moved, called off or held after all."""

    def __init__(self, place: Workplace, series: Series, version: int) -> None:
        super().__init__()
        self.place, self.series, self.version = place, series, version
        self.setAccessibleName(self.tr("Seriens dagar"))
        self.table: Table[SeriesDay] = Table(
            (
                Column(self.tr("Dag"), lambda one: short_date(one.date), width=100, color=self._color),
                Column(self.tr("Tid"), lambda one: span(one.start, one.end), width=108, color=self._color),
                Column(self.tr("Läge"), self._state, hover=self._state, color=self._color),
            ),
            name=self.tr("Seriens dagar"),
        )
        self.table.chosen.connect(lambda _: self._fit())
        self.table.opened.connect(lambda _: self._open())
        self.table.setMinimumHeight(260)
        self.open_button = button(self.tr("Öppna mötet"), self._open)
        self.move_button = button(self.tr("Flytta…"), lambda: self._show(self._moving))
        self.off_button = button(self.tr("Ställ in…"), lambda: self._show(self._calling_off))
        self.hold_button = button(self.tr("Håll mötet ändå"), self._hold)
        self._acts = box(Flow(self.open_button, self.move_button, self.off_button, self.hold_button))
        self._moving, self._calling_off = self._make_moving(), self._make_calling_off()
        back = button(self.tr("Till serien"), self.finished.emit, icon_name="arrow-left", kind="quiet")
        inside = column(
            row(back, None), label(self.tr("Kommande dagar"), role="heading"), self.table, self._acts, self._moving,
            self._calling_off, self.fault, None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        self._show(None)
        self.refresh()

    def _make_moving(self) -> QWidget:
        self.to = DateField(lambda: self.place.desk.today, required=True)
        self.start, self.end = TimeField(required=True), TimeField(required=True)
        go = button(self.tr("Flytta mötet"), self._move, kind="primary")
        return box(column(
            box(row(field(self.tr("Till"), self.to), field(self.tr("Börjar"), self.start),
                    field(self.tr("Slutar"), self.end), space=12)),
            row(go, button(self.tr("Avbryt"), lambda: self._show(None)), None),
        ))  # fmt: skip

    def _make_calling_off(self) -> QWidget:
        self.reason = line(longest=200)
        go = button(self.tr("Ställ in mötet"), self._call_off, kind="primary")
        self.reason.returnPressed.connect(self._call_off)
        return box(column(
            field(self.tr("Varför"), self.reason, hint=self.tr("Syns i kalendern. Kunderna tas upp först nästa gång.")),
            row(go, button(self.tr("Avbryt"), lambda: self._show(None)), None),
        ))  # fmt: skip

    def refresh(self) -> None:
        """Read the days anew; the day that was stood on is stood on again."""
        key, first = self.series.key, self.place.desk.today

        def work(desk: Desk) -> tuple[tuple[SeriesDay, ...], int]:
            return series_days(desk, key=key, first=first, last=first + _SHOWN), get_series(desk, key=key).version

        self.place.ask(self, work, lambda found: self._fill(*found))

    def _fill(self, days: tuple[SeriesDay, ...], version: int) -> None:
        self.version = version
        before = self.table.current_row()
        self.table.rows_model.show_rows(days)
        if before is None or not self.table.select_where(lambda one: one.was == before.was):
            self.table.selectRow(0)
        self._fit()

    def _fit(self) -> None:
        one, may = self.table.current_row(), self.place.desk.may(Right.WRITE_MEETINGS)
        held = one is not None and one.status not in (None, MeetingStatus.PLANNED, MeetingStatus.CANCELLED)
        self.open_button.setVisible(one is not None and one.meeting is not None)
        self.move_button.setVisible(may and one is not None and one.off is None and not held)
        self.off_button.setVisible(may and one is not None and one.off is None and not held)
        self.hold_button.setVisible(may and one is not None and one.off is not None)
        if self.dirty:
            self._show(None)

    def _show(self, part: QWidget | None) -> None:
        one = self.table.current_row()
        for made in (self._moving, self._calling_off):
            made.setVisible(made is part)
        self.fault.hide()
        self.dirty = part is not None
        if part is self._moving and one is not None:
            self.to.set_day(one.date)
            self.start.set_moment(one.start)
            self.end.set_moment(one.end)
            self.to.setFocus()
        elif part is self._calling_off:
            self.reason.clear()
            self.reason.setFocus()

    def _open(self) -> None:
        one = self.table.current_row()
        if one is not None and one.meeting:
            self.place.visit.emit("meeting", one.meeting)

    def _move(self) -> None:
        one, date, start, end = self.table.current_row(), self.to.day, self.start.moment, self.end.moment
        if one is None or date is None or start is None or end is None:
            self.say(self.tr("Skriv dag och tider, till exempel 12/3, 13.00 och 13.30."))
            return
        key, version, day, at = self.series.key, self.version, one.was, one.start
        self._act(
            lambda desk: move_day(
                desk, key=key, day=day, date=date, start=start, end=end, expected_version=version, at=at
            ),
            said=self.tr("Mötet är flyttat till {0}.").format(short_date(date)), phrase=self.tr("Flytta mötet"),
        )  # fmt: skip

    def _call_off(self) -> None:
        one, reason = self.table.current_row(), self.reason.text()
        if one is None:
            return
        key, version, day = self.series.key, self.version, one.was
        self._act(
            lambda desk: pause_series(desk, key=key, first=day, last=day, reason=reason, expected_version=version),
            said=self.tr("Mötet {0} är inställt.").format(short_date(one.date)), phrase=self.tr("Ställ in mötet"),
        )  # fmt: skip

    def _hold(self) -> None:
        one = self.table.current_row()
        if one is None:
            return
        key, version, day = self.series.key, self.version, one.was
        self._act(
            lambda desk: hold_day(desk, key=key, day=day, expected_version=version),
            said=self.tr("Mötet {0} hålls.").format(short_date(one.date)), phrase=self.tr("Håll mötet ändå"),
        )  # fmt: skip

    def _act(self, work: Callable[[Desk], SeriesChange], *, said: str, phrase: str) -> None:
        def done(change: SeriesChange) -> None:
            self._show(None)
            back = self.place.way_back(phrase, lambda desk: take_back_series(desk, change=change), changed="meetings")
            self.place.remember(back)
            self.refresh()

        self.place.act(self, work, done, changed="meetings", said=said, otherwise=self.refused)

    def _state(self, one: SeriesDay) -> str:
        if one.off is not None:
            return self.tr("Inställt: {0}").format(one.off) if one.off else self.tr("Inställt")
        words = one.status.label if one.status else self.tr("Inte bokat")
        if one.date == one.was:
            return words
        return f"{words}, {one.reason or self.tr('flyttat')} {short_date(one.was)}"

    def _color(self, one: SeriesDay) -> QColor | None:
        return self.place.theme.color("muted") if one.off is not None else None
