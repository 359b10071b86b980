"""The calendar's month as a model: weeks of days, each with its meetings, its holiday and what clashes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.domain.meetings import MeetingRow
from app.domain.swedish import WEEKDAYS, clock, long_date
from app.ui.widgets.controls import as_plain
from app.ui.widgets.tables import Index

DAY = Qt.ItemDataRole.UserRole
MEETINGS = Qt.ItemDataRole.UserRole + 1
HOLIDAY = Qt.ItemDataRole.UserRole + 2
IN_MONTH = Qt.ItemDataRole.UserRole + 3
CLASHES = Qt.ItemDataRole.UserRole + 4
_NO_INDEX = QModelIndex()
_NONE: Mapping[str, Sequence[str]] = MappingProxyType({})


class Days(QAbstractTableModel):
    """Weeks as rows, Monday to Sunday as columns."""

    def __init__(self) -> None:
        super().__init__()
        self.first = dt.date(2026, 1, 5)
        self.weeks = 1
        self._month = self.first
        self._clashes: Mapping[str, Sequence[str]] = {}
        self._meetings: dict[dt.date, list[MeetingRow]] = {}
        self._holidays: Mapping[dt.date, str] = {}

    def show_month(self, month: dt.date) -> None:
        """The weeks that the month lies in."""
        first = month.replace(day=1)
        after = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        start = first - dt.timedelta(days=first.weekday())
        self._begin(start, ((after - start).days + 6) // 7, first)

    def _begin(self, first: dt.date, weeks: int, month: dt.date) -> None:
        self.beginResetModel()
        self.first, self.weeks, self._month = first, weeks, month
        self._meetings, self._clashes = {}, {}
        self.endResetModel()

    @property
    def last(self) -> dt.date:
        """The last day shown."""
        return self.first + dt.timedelta(days=7 * self.weeks - 1)

    def fill(
        self,
        meetings: Iterable[MeetingRow],
        holidays: Mapping[dt.date, str],
        clashes: Mapping[str, Sequence[str]] = _NONE,
    ) -> None:
        """Put meetings and holidays on the days, with the sentences about clashes by the meetings' keys."""
        found: dict[dt.date, list[MeetingRow]] = {}
        for one in meetings:
            found.setdefault(one.date, []).append(one)
        self._meetings, self._holidays, self._clashes = found, holidays, clashes
        self.dataChanged.emit(self.index(0, 0), self.index(self.weeks - 1, 6))

    def day_at(self, index: Index) -> dt.date:
        """The day of a cell."""
        return self.first + dt.timedelta(days=7 * index.row() + index.column())

    def cell_of(self, day: dt.date) -> QModelIndex:
        """The cell of a day, not valid when the day is not shown."""
        number = (day - self.first).days
        return self.index(number // 7, number % 7) if 0 <= number < 7 * self.weeks else QModelIndex()

    def meetings_on(self, day: dt.date) -> tuple[MeetingRow, ...]:
        """The day's meetings."""
        return tuple(self._meetings.get(day, ()))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else self.weeks

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 7

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return WEEKDAYS[section][:3].capitalize()
        return f"v. {(self.first + dt.timedelta(days=7 * section)).isocalendar().week}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows: a day with its meetings and holiday, under the roles above."""
        if not index.isValid():
            return None
        day = self.day_at(index)
        if role == DAY:
            return day
        if role == MEETINGS:
            return self._meetings.get(day, [])
        if role == HOLIDAY:
            return self._holidays.get(day, "")
        if role == IN_MONTH:
            return day.month == self._month.month
        if role == CLASHES:
            return self._clashes
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            lines: list[str] = []
            for one in self._meetings.get(day, []):
                lines += [f"{clock(one.start)} {one.heading}, {one.unit_name}", *self._clashes.get(one.key, ())]
            head = ", ".join(filter(None, (long_date(day), self._holidays.get(day))))
            text = "\n".join([head, *lines])
            return as_plain(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None
