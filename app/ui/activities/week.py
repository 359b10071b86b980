"""A week of activities as seven columns; pressing one opens it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.stored import Stored
from app.domain.swedish import short_date
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row, scrolled

_DAYS = 7


class ActivityWeek(QWidget):
    """Monday to Sunday."""

    def __init__(self, on_open: Callable[[str], object]) -> None:
        super().__init__()
        self._open = on_open
        self._days = [column(space=4) for _ in range(_DAYS)]
        columns = row(*(box(one) for one in self._days), space=GRID)
        for number in range(_DAYS):
            columns.setStretch(number, 1)
        self.setLayout(column(scrolled(box(columns), name=self.tr("Veckans aktiviteter"))))

    def show_week(
        self, monday: dt.date, rows: Sequence[Stored[Activity]], *, customers: Mapping[str, str],
        wards: Mapping[str, str],
    ) -> None:  # fmt: skip
        """Show the week that begins that day, each activity with whose it is: a customer's, or a ward's of `wards`."""
        for number, place in enumerate(self._days):
            empty(place)
            day = monday + dt.timedelta(days=number)
            place.addWidget(label(short_date(day).capitalize(), role="label"))
            for one in (one.value for one in rows if one.value.date == day):
                whose = customers.get(one.customer or "", "") if one.customer else wards.get(one.ward or "", "")
                words = "\n".join(part for part in (one.when, one.text, whose) if part)
                made = button(words, partial(self._open, one.key), tip=words)
                made.setAccessibleName(words.replace("\n", ", "))
                place.addWidget(made)
            place.addStretch(1)
