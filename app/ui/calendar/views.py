"""The parts that the calendar page shows by turns beside the month: days along their hours, a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.domain.meetings import MeetingRow
from app.domain.swedish import short_date, span
from app.ui.calendar.hours import FIRST_HOUR, LAST_HOUR, HoursHead
from app.ui.calendar.hours_view import HoursView
from app.ui.theme import Theme
from app.ui.widgets.controls import column
from app.ui.widgets.tables import Column, Table


class HoursPart(QWidget):
    """The days' names, and below them the hours, of which the working day's are seen first."""

    def __init__(self, hours: HoursView) -> None:
        super().__init__()
        self.hours = hours
        self.head = HoursHead(hours)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._area.setAccessibleName(self.tr("Timmar"))
        self._area.setWidget(hours)
        self.setLayout(column(self.head, self._area, space=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hours.set_hour((event.size().height() - self.head.height()) // (LAST_HOUR - FIRST_HOUR))
        self._area.verticalScrollBar().setRange(0, max(self.hours.minimumHeight() - self._area.viewport().height(), 0))
        self._area.verticalScrollBar().setValue(self.hours.morning)

    def show_chosen(self) -> None:
        """Scroll to the chosen meeting where it lies outside."""
        spot = self.hours.spot_of(self.hours.chosen_key) if self.hours.chosen_key else None
        if spot is not None:
            self._area.ensureVisible(spot.center().x(), spot.center().y(), 0, spot.height())


class MeetingTable(Table[MeetingRow]):
    """The month as a list, with what clashes in words."""

    def __init__(self, theme: Theme) -> None:
        self._clashes: Mapping[str, Sequence[str]] = {}
        super().__init__(
            (
                Column(self.tr("Dag"), lambda one: short_date(one.date), width=110),
                Column(self.tr("Tid"), lambda one: span(one.start, one.end), width=110),
                Column(self.tr("Möte"), lambda one: one.heading),
                Column(self.tr("Enhet"), lambda one: one.unit_name, width=150, drop_below=760),
                Column(self.tr("Plats"), lambda one: one.place or "", width=150, drop_below=900),
                Column(
                    self.tr("Krockar"), lambda one: ". ".join(self._clashes.get(one.key, ())), width=260,
                    color=lambda _: theme.color("overdue"),
                ),
            ),
            name=self.tr("Möten i månaden"),
        )  # fmt: skip

    def fill(self, meetings: Sequence[MeetingRow], clashes: Mapping[str, Sequence[str]]) -> None:
        """Show these meetings."""
        self._clashes = clashes
        current = self.current_row()
        self.rows_model.show_rows(meetings)
        if meetings and not (current and self.select_where(lambda one: one.key == current.key)):
            self.selectRow(0)
