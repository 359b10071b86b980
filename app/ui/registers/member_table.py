"""The list of members: name, profession with its licence, wards, night work and the time she is active."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from app.domain.stored import Stored
from app.domain.swedish import brief_date, short_date
from app.domain.team import Member
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

Row = Stored[Member]


class MemberTable(Table[Row]):
    """One row a member; those who have left are grey and say so."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self.ward_names: dict[str, str] = {}
        super().__init__(self._columns(), name=QCoreApplication.translate("MemberTable", "Medarbetare"))
        self.setMinimumWidth(200)

    def _columns(self) -> tuple[Column[Row], ...]:
        return (
            Column(self.tr("Namn"), lambda row: row.value.name, color=self._color_of),
            Column(self.tr("Yrke"), self._profession_of, width=168),
            Column(self.tr("Avdelningar"), self._wards_of, width=104),
            Column(self.tr("Natt"), lambda row: self.tr("Natt") if row.value.night else "", width=52),
            Column(self.tr("Aktiv"), self._period_of, width=116),
        )

    def _color_of(self, row: Row) -> QColor | None:
        return None if row.value.active_on(self._place.desk.today) else self._place.theme.color("muted")

    def _profession_of(self, row: Row) -> str:
        licensed = self._place.desk.professions.is_licensed(row.value.profession)
        return self.tr("{0}, leg.").format(row.value.profession) if licensed else row.value.profession

    def _wards_of(self, row: Row) -> str:
        if not row.value.wards:
            return self.tr("Alla")
        return ", ".join(self.ward_names.get(key, key) for key in row.value.wards)

    def _period_of(self, row: Row) -> str:
        today, start, end = self._place.desk.today, row.value.from_, row.value.to
        if end is not None:
            words = self.tr("Slutade {0}") if end < today else self.tr("Till {0}")
            return words.format(_day(end, today))
        if start is None:
            return ""
        words = self.tr("Från {0}") if start > today else self.tr("Sedan {0}")
        return words.format(_day(start, today))


def _day(day: dt.date, today: dt.date) -> str:
    """A day of this year with its weekday; one of another year with its year instead."""
    return short_date(day) if day.year == today.year else brief_date(day, today=today)
