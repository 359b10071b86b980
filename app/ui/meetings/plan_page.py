"""Planera månaden: the meetings that the routine asks for, ticked and moved, then booked in one step."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.catalogue import Forum
from app.domain.holidays import holiday_names
from app.domain.meetings import Meeting
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import month_name, number_word
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.planning import book_all, propose_month
from app.services.preferences import get_preference, set_preference
from app.services.proposals import own_forum
from app.services.units import list_units
from app.ui.widgets.controls import box, button, column, empty, icon_button, label, row, scrolled
from app.ui.widgets.fields import DateField, TimeField, choice, chosen, field, fill_choice
from app.ui.widgets.pages import Page
from app.ui.workplace import Workplace

_LATEST = "planned_unit"
"""The preference that keeps which unit was planned latest."""


class _PlannedRow(QWidget):
    """One proposed meeting: wanted or not, and when."""

    def __init__(self, page: PlanPage, meeting: Meeting, name: str) -> None:
        super().__init__()
        self._meeting = meeting
        self.wanted = QCheckBox(name)
        self.wanted.setChecked(True)
        self.wanted.setAccessibleName(page.tr("Boka {0}").format(name))
        self.wanted.toggled.connect(lambda _: page.count())
        today = page.place.desk.clock.today
        self.date = DateField(today, meeting.date, name=page.tr("Datum för {0}").format(name), required=True)
        self.date.setMaximumWidth(180)
        self.start = TimeField(meeting.start, name=page.tr("Tid för {0}").format(name), required=True)
        self.note = label(role="due")
        self.date.picked.connect(lambda: self.check(page.free))
        self.setLayout(row(self.wanted, None, self.note, self.date, self.start))
        self.check(page.free)

    def check(self, free: dict[dt.date, str]) -> None:
        """Say when the day is a holiday or a weekend."""
        day = self.date.day
        weekend = day is not None and day.weekday() >= 5
        self.note.setText(free.get(day, "Helg" if weekend else "") if day else "")

    @property
    def meeting(self) -> Meeting | None:
        """The meeting as it is to be booked, None when it is not wanted or has no day."""
        day, start = self.date.day, self.start.moment
        if not self.wanted.isChecked() or day is None or start is None:
            return None
        end = dt.datetime.combine(day, start) + dt.timedelta(minutes=self._meeting.length)
        if end.date() != day:
            return None
        return replace(self._meeting, date=day, start=start, end=end.time())


class PlanPage(Page):
    """A unit and a month; the proposal below."""

    name = "plan"
    refreshed_by = frozenset({"units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Planera månaden"))
        self.free: dict[dt.date, str] = {}
        self._month = _after(place.desk.today)
        self._units: dict[str, Unit] = {}
        self.unit = choice([], name=self.tr("Enhet"))
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        self._shown_month = label(role="heading")
        self.add_filter(field(self.tr("Enhet"), self.unit))
        self.setFocusProxy(self.unit)
        month = row(
            icon_button("chevron-left", self.tr("Föregående månad"), lambda: self._turn(-1)), self._shown_month,
            icon_button("chevron-right", self.tr("Nästa månad"), lambda: self._turn(1)),
        )  # fmt: skip
        self.add_filter(box(month))
        self._book = button(self.tr("Boka mötena"), self.book, kind="primary", icon_name="calendar-check")
        self._book.setVisible(place.desk.may(Right.WRITE_MEETINGS))
        self.add_button(self._book)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        inside = column(self._rows, None)
        inside.setContentsMargins(0, 0, 8, 0)
        self.body.addWidget(scrolled(box(inside), name=self.tr("Föreslagna möten")))
        place.ask(self, _read_units, lambda found: self._offer_units(*found))

    def _offer_units(self, units: tuple[Stored[Unit], ...], latest: str) -> None:
        self._units = {one.value.key: one.value for one in units}
        fill_choice(self.unit, [(key, one.name) for key, one in self._units.items()], chosen=latest)
        self.refresh()

    def _choose_unit(self) -> None:
        unit = chosen(self.unit)
        self.place.ask(self, lambda desk: set_preference(desk, name=_LATEST, value=unit), lambda _: None)
        self.refresh()

    def _turn(self, by: int) -> None:
        first = self._month.replace(day=1)
        self._month = _after(first) if by > 0 else (first - dt.timedelta(days=1)).replace(day=1)
        self.refresh()

    def refresh(self) -> None:
        """Propose the month anew."""
        self._shown_month.setText(month_name(self._month).capitalize())
        unit, month = self._units.get(chosen(self.unit)), self._month
        if unit is None or not self.place.desk.may(Right.WRITE_MEETINGS):
            return

        def work(desk: Desk) -> tuple[tuple[Meeting, ...], dict[str, Forum], dict[dt.date, str]]:
            found = propose_month(desk, unit=unit.key, month=month)
            forums = {one.forum: own_forum(desk, unit=unit, forum=one.forum) for one in found}
            return found, forums, holiday_names(month.year)

        self.place.ask(self, work, lambda found: self._show(unit, *found))

    def _show(
        self, unit: Unit, meetings: tuple[Meeting, ...], forums: dict[str, Forum], free: dict[dt.date, str]
    ) -> None:
        self.free = free
        empty(self._rows)
        for one in meetings:
            ward = unit.ward(one.ward) if one.ward else None
            name = " ".join(filter(None, (forums[one.forum].name, ward.name if ward else "")))
            self._rows.addWidget(_PlannedRow(self, one, name))
        if not meetings:
            last = calendar.monthrange(self._month.year, self._month.month)[1]
            text = self.tr("Allt som rutinen kräver den här månaden är redan bokat, till och med den {0}.").format(last)
            day = self._month.isoformat()
            see = button(self.tr("Öppna i kalendern"), lambda: self.place.visit.emit("calendar", day))
            self._rows.addWidget(label(text, wrap=True))
            self._rows.addLayout(row(see, None))
        self._rows.addWidget(
            label(
                self.tr("Pulsmöten, dagliga avstämningar och möten vid behov bokas inte i förväg."),
                role="muted",
                wrap=True,
            )
        )
        self.count()

    def _planned(self) -> list[_PlannedRow]:
        items = [self._rows.itemAt(number) for number in range(self._rows.count())]
        return [one for item in items if item is not None and isinstance(one := item.widget(), _PlannedRow)]

    def count(self) -> None:
        """Say how many will be booked."""
        wanted = sum(1 for one in self._planned() if one.wanted.isChecked())
        self._book.setEnabled(wanted > 0)
        text = (
            self.tr("Boka {0}").format(number_word(wanted, self.tr("möte"), self.tr("möten")))
            if wanted
            else self.tr("Boka mötena")
        )
        self._book.setText(text)
        self._book.setAccessibleName(text)

    def book(self) -> None:
        """Book what is ticked, all or none."""
        rows = [one for one in self._planned() if one.wanted.isChecked()]
        meetings = tuple(found for one in rows if (found := one.meeting) is not None)
        if len(meetings) != len(rows):
            self.place.troubled.emit(self.tr("Ett datum eller en tid går inte att läsa. Rätta det som är markerat."))
            return

        def work(desk: Desk) -> int:
            return book_all(desk, meetings=meetings)

        self.place.act(
            self, work, lambda _: self.place.visit.emit("calendar", meetings[0].date.isoformat()), changed="meetings",
            said=self.tr("{0} är bokade.").format(number_word(len(meetings), self.tr("möte"), self.tr("möten"))),
        )  # fmt: skip


def _after(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


def _read_units(desk: Desk) -> tuple[tuple[Stored[Unit], ...], str]:
    return list_units(desk), str(get_preference(desk, name=_LATEST, default=""))
