"""Möten: every meeting in a list that opens at once however long it is, and the panel that begins a new one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QPushButton

from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import near_day, short_date, span
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.meeting_lists import count_meetings, list_meetings
from app.services.units import list_units
from app.ui.meetings.new_meeting import NewMeetingPanel
from app.ui.widgets.controls import button, chip
from app.ui.widgets.fields import SearchLine, choice, chosen, fill_choice
from app.ui.widgets.pages import Choices, Nothing, Page, side_by_side
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_PAGE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows."""

    period: str
    unit: str | None
    forum: str | None
    text: str
    member: str | None

    def read(self, desk: Desk, *, offset: int = 0) -> tuple[tuple[MeetingRow, ...], int]:
        """One page of rows, and how many there are in all."""
        from_, to, status = self._bounds(desk.today)
        rows = list_meetings(
            desk, unit=self.unit, forum=self.forum, from_=from_, to=to, status=status, member=self.member,
            text=self.text, newest_first=self.period != "coming", offset=offset, limit=_PAGE_ROWS,
        )  # fmt: skip
        if offset or len(rows) < _PAGE_ROWS:
            return rows, offset + len(rows)
        total = count_meetings(
            desk, unit=self.unit, forum=self.forum, from_=from_, to=to, status=status, member=self.member,
            text=self.text,
        )  # fmt: skip
        return rows, total

    def _bounds(self, today: dt.date) -> tuple[dt.date | None, dt.date | None, MeetingStatus | None]:
        if self.period == "coming":
            return today, None, None
        if self.period == "held":
            return None, today, None
        if self.period == "drafts":
            return None, None, MeetingStatus.DRAFT
        return None, None, None


class MeetingsPage(Page):
    """The list; a new meeting is begun in the panel at its right."""

    name = "meetings"
    refreshed_by = frozenset({"meetings", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Möten"))
        self._chips: dict[str, QPushButton] = {}
        self._make_filters()
        writes = place.desk.may(Right.WRITE_MEETINGS)
        self.add_button(button(self.tr("Skriv ut en period"), self._print_period, icon_name="printer"))
        if writes:
            plan = button(self.tr("Planera"), lambda: place.visit.emit("plan", ""), icon_name="calendar-range")
            self.add_button(plan)
            self.add_button(
                button(
                    self.tr("Nytt möte"), self.begin_meeting, kind="primary", icon_name="plus", shortcut="Ctrl+Shift+N"
                )
            )
        self.table = self._table()
        self.new = NewMeetingPanel(place)
        self.new.left.connect(self.new.hide)
        self.new.hide()
        nothing = Nothing(
            self.tr("Inga möten här än. Planera ur rutinen, eller lägg in ett möte i taget."),
            self.tr("Planera"), (lambda: place.visit.emit("plan", "")) if writes else None,
        )  # fmt: skip
        self.setFocusProxy(self.table)
        self._choices = Choices(self.table, nothing)
        self.body.addWidget(side_by_side(self._choices, self.new, sizes=(700, 340)))
        place.ask(self, list_units, self._offer_units)

    def _make_filters(self) -> None:
        for name, text in (
            ("coming", self.tr("Kommande")), ("held", self.tr("Hållna")), ("drafts", self.tr("Ej justerade")),
            ("all", self.tr("Alla")),
        ):  # fmt: skip
            made = chip(text, partial(self._choose_period, name), checked=name == "coming")
            self._chips[name] = made
            self.add_filter(made)
        if self.place.desk.actor.member:
            self._mine = chip(self.tr("Jag är kallad"), lambda _: self.refresh())
            self.add_filter(self._mine)
        self._unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self._forum = choice([("", self.tr("Alla forum"))], name=self.tr("Mötesforum"))
        forums = {one.key: one.name for one in self.place.desk.catalogue.all}
        fill_choice(self._forum, [("", self.tr("Alla forum")), *forums.items()])
        self._search = SearchLine(self.tr("Sök möte"))
        self._search.paused.connect(self.refresh)
        for box in (self._unit, self._forum):
            box.currentIndexChanged.connect(lambda _: self.refresh())
            self.add_filter(box)
        self.add_filter(self._search)

    def _choose_period(self, name: str, _on: bool) -> None:
        for other, made in self._chips.items():
            made.blockSignals(True)
            made.setChecked(other == name)
            made.blockSignals(False)
        self.refresh()

    def _table(self) -> Table[MeetingRow]:
        today = self.place.desk.today
        color = self.place.theme.color
        roles = {MeetingStatus.DRAFT: "due", MeetingStatus.OPEN: "info", MeetingStatus.APPROVED: "ok"}
        table: Table[MeetingRow] = Table(
            (
                Column(
                    self.tr("Datum"), lambda one: near_day(one.date, today=today), width=128,
                    hover=lambda one: f"{short_date(one.date)} {one.date.year}",
                ),
                Column(self.tr("Tid"), lambda one: span(one.start, one.end), width=104),
                Column(self.tr("Möte"), lambda one: one.heading),
                Column(self.tr("Enhet"), lambda one: one.unit_name, width=150, drop_below=600),
                Column(self.tr("Plats"), lambda one: one.place or "", width=140, drop_below=860),
                Column(
                    self.tr("Läge"), lambda one: one.status.label, width=100,
                    color=lambda one: color(roles[one.status]) if one.status in roles else color("muted"),
                ),
            ),
            name=self.tr("Möten"),
        )  # fmt: skip
        table.opened.connect(lambda one: self.place.visit.emit("meeting", one.key))
        table.rows_model.wanted.connect(self._read_more)
        return table

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in units]
        fill_choice(self._unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self._unit))
        self._unit.setVisible(len(rows) > 1)

    def _filter(self) -> Filter:
        period = next(name for name, made in self._chips.items() if made.isChecked())
        actor = self.place.desk.actor
        mine = actor.member if actor.member and self._mine.isChecked() else None
        return Filter(period, chosen(self._unit) or None, chosen(self._forum) or None, self._search.text(), mine)

    def refresh(self) -> None:
        """Read the first page of the list anew."""
        wanted = self._filter()
        self.place.ask(self, wanted.read, lambda found: self._show(*found))

    def show_key(self, key: str) -> None:
        """`new` begins a meeting, `new 2026-03-03T10:15 solgarden` then and there; `drafts` shows what waits."""
        if key == "new" or key.startswith("new "):
            when, unit = (*key.split(" "), "", "")[1:3]
            self.begin_meeting(at=dt.datetime.fromisoformat(when) if when else None, unit=unit)
        elif key in self._chips:
            self._chips[key].setChecked(True)

    def _show(self, rows: tuple[MeetingRow, ...], total: int) -> None:
        current = self.table.current_row()
        self.table.rows_model.show_rows(rows, total=total)
        self.subtitle.setText(self.tr("{0} möten").format(total))
        searching = bool(self._search.text() or chosen(self._forum))
        self._choices.show_content(bool(rows) or searching)
        if rows and not (current and self.table.select_where(lambda one: one.key == current.key)):
            self.table.selectRow(0)

    def _read_more(self, offset: int) -> None:
        wanted = self._filter()
        self.place.ask(self, lambda desk: wanted.read(desk, offset=offset)[0], self.table.rows_model.add_rows)

    def begin_meeting(self, *, at: dt.datetime | None = None, unit: str = "") -> None:
        """Show the panel in which a meeting is begun."""
        if self.place.desk.may(Right.WRITE_MEETINGS):
            date, start = (at.date(), at.time()) if at else (None, None)
            self.new.begin(unit=unit or chosen(self._unit), date=date, start=start)
            self.new.show()

    def _print_period(self) -> None:
        from app.ui.papers.period import PeriodPrint  # noqa: PLC0415 - loaded when first used

        PeriodPrint(self, self.place).open()
