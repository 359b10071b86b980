"""Serier: each forum's rule on a ward or in a unit, and what is done to its days and its booked meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtGui import QColor

from app.domain.roles import Right
from app.domain.series import Series, in_words
from app.domain.stored import Stored
from app.domain.swedish import brief_date, number_word
from app.domain.units import Unit
from app.services import series as services
from app.services.desk import Desk
from app.services.proposals import own_forum_of
from app.services.rooms import room_names
from app.services.series_meetings import SeriesChange
from app.services.units import list_units
from app.ui.planning.series_days import SeriesDays
from app.ui.planning.series_form import SeriesForm
from app.ui.planning.series_tools import Booking, Pausing
from app.ui.planning.ways import PlanningPage
from app.ui.registers.beside import ListBesideDetail
from app.ui.registers.detail import Detail
from app.ui.registers.place_filter import PlaceFilter
from app.ui.registers.register import Register
from app.ui.registers.register_page import RegisterPage
from app.ui.widgets.controls import box, button, chip
from app.ui.widgets.flow import Flow
from app.ui.widgets.pages import Choices, Nothing
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

Row = Stored[Series]


@dataclass(frozen=True, slots=True)
class SeriesList:
    """The units to choose among, the series that are there, and what rooms each unit has."""

    units: tuple[Unit, ...]
    series: tuple[Row, ...]
    rooms: Mapping[str, tuple[str, ...]]


class SeriesPage(RegisterPage, PlanningPage):
    """Series left, the chosen one right."""

    name = "series"
    refreshed_by = frozenset({"meetings", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Serier"))
        self._may_write = place.desk.may(Right.WRITE_MEETINGS)
        self._rows: tuple[Row, ...] = ()
        self._change = SeriesChange()
        self._from = place.desk.today
        self.ended = chip(self.tr("Visa avslutade"), lambda _: self._show_rows())
        self.filter = PlaceFilter(self.ended, search=self.tr("Sök forum"))
        self.filter.changed.connect(self._show_rows)
        self.filter.typed.connect(self._show_rows)
        self.add_filter(self.filter)
        self.new_button = self.add_button(
            button(self.tr("Ny serie"), self.begin, kind="primary", icon_name="plus", shortcut="Ctrl+Shift+N")
        )
        self.new_button.setVisible(self._may_write)
        self.new_button.setEnabled(self._may_write)
        self.form = SeriesForm(place.desk)
        self.table = self._make_table()
        self.detail: Detail[Series, Row] = self._make_detail()
        self.beside = ListBesideDetail(self.table, self.detail, key=lambda one: one.key, sizes=(600, 400))
        words = self.tr("Här finns inga serier än. En serie säger när ett forum hålls, till exempel varannan tisdag.")
        nothing = Nothing(words, self.tr("Lägg till en serie"), self.begin) if self._may_write else Nothing(words)
        self.choices = Choices(self.beside, nothing)
        self.body.addWidget(self.choices)
        self._make_acts()
        self.setFocusProxy(self.table)

    def _make_table(self) -> Table[Row]:
        table: Table[Row] = Table(
            (
                Column(self.tr("Möte"), self._name_of, color=self._color_of),
                Column(self.tr("När"), lambda row: in_words(row.value), width=232, color=self._color_of),
                Column(self.tr("Till"), self._end_of, width=104, drop_below=520, color=self._color_of),
                Column(
                    self.tr("Fast"), lambda row: self.tr("Fast") if row.value.pinned else "", width=48, drop_below=560,
                    hover=lambda row: self.tr("Ligger fast när året planeras om") if row.value.pinned else "",
                ),
            ),
            name=self.tr("Serier"),
        )  # fmt: skip
        table.setMinimumWidth(220)
        table.opened.connect(lambda _: self.form.pace.setFocus())
        return table

    def _make_detail(self) -> Detail[Series, Row]:
        form = self.form
        register: Register[Series, Row] = Register(
            kind="meetings", read=lambda desk, key: services.get_series(desk, key=key), stored=lambda row: row,
            add=lambda desk, one: services.add_series(desk, series=one), save=self._save, key=lambda one: one.key,
            title=lambda one: self._title_of(one) if one else self.tr("Ny serie"), show=self._show_series,
            value=self._value, fault=form.fault, delete=self._remove_new, undo=self._undo, told=self._told,
        )  # fmt: skip
        detail: Detail[Series, Row] = Detail(
            self.place, form, register, name=self.tr("Serien"), may_write=self._may_write,
            nothing=self.tr("Välj en serie i listan."),
        )  # fmt: skip
        detail.moved.connect(self._follow)
        why = self.tr("Din roll ({0}) får inte ändra serier.").format(self.place.desk.actor.role.label)
        form.set_editable(self._may_write, why)
        return detail

    def _make_acts(self) -> None:
        self.days_button = button(self.tr("Dagarna…"), self._days, icon_name="calendar-days")
        self.book_button = button(self.tr("Boka mötena…"), self._book, icon_name="calendar-check")
        self.pause_button = button(self.tr("Uppehåll…"), self._pause, icon_name="pause")
        self.remove_button = button(
            self.tr("Ta bort"), self._remove, kind="quiet", icon_name="trash-2",
            tip=self.tr("Går bara för en serie utan bokade möten."),
        )  # fmt: skip
        self.acts = box(Flow(self.days_button, self.book_button, self.pause_button, self.remove_button))
        layout = self.form.layout()
        if layout is not None:
            layout.insertWidget(0, self.acts)  # type: ignore[attr-defined] # the form's column

    # what is shown

    def refresh(self) -> None:
        """Read the series anew, and the one that is shown."""

        def work(desk: Desk) -> SeriesList:
            units = tuple(one.value for one in list_units(desk))
            rooms = {one.key: room_names(desk, unit=one.key) for one in units}
            return SeriesList(units, services.list_series(desk), rooms)

        self.place.ask(self, work, self._show)
        self.detail.reread()
        if isinstance(self.detail.tool, SeriesDays):
            self.detail.tool.refresh()

    def _show(self, found: SeriesList) -> None:
        self._rows = found.series
        self.filter.offer(found.units)
        self.form.rooms = found.rooms
        self.form.offer(found.units)
        self._show_rows()

    def _show_rows(self) -> None:
        unit, ward, words = self.filter.unit, self.filter.ward, self.filter.words
        shown = [
            row for row in self._rows
            if unit in (None, row.value.unit) and ward in (None, row.value.ward)
            and words in self._title_of(row.value).casefold() and (self.ended.isChecked() or not self._is_over(row))
        ]  # fmt: skip
        self.table.rows_model.show_rows(shown)
        self.subtitle.setText(number_word(len(shown), self.tr("serie"), self.tr("serier")).capitalize())
        self.choices.show_content(bool(self._rows) or self.detail.key is not None)
        self.table.stand_on(lambda row: row.value.key == self.detail.key)

    def _is_over(self, row: Row) -> bool:
        return row.value.until is not None and row.value.until < self.place.desk.today

    def _unit_of(self, one: Series) -> Unit | None:
        return next((unit for unit in self.filter.units if unit.key == one.unit), None)

    def _title_of(self, one: Series) -> str:
        unit = self._unit_of(one)
        forum = own_forum_of(self.place.desk.catalogue, unit, one.forum) if unit else None
        ward = unit.ward(one.ward) if unit and one.ward else None
        where = ward.name if ward else unit.name if unit else ""
        return f"{one.title or (forum.name if forum else one.forum)} {where}".strip()

    def _name_of(self, row: Row) -> str:
        unit = self._unit_of(row.value)
        title = self._title_of(row.value)
        several = self.filter.unit is None and len(self.filter.units) > 1 and row.value.ward and unit
        return f"{title}, {unit.name}" if several and unit else title

    def _end_of(self, row: Row) -> str:
        until = row.value.until
        return brief_date(until, today=self.place.desk.today) if until else self.tr("tills vidare")

    def _color_of(self, row: Row) -> QColor | None:
        return self.place.theme.color("muted") if self._is_over(row) else None

    def _show_series(self, row: Row | None) -> None:
        self.choices.show_content(True)
        self.form.fill(row.value if row else None, unit=self.filter.unit, ward=self.filter.ward)
        self.acts.setVisible(row is not None)
        for made in (self.book_button, self.pause_button, self.remove_button):
            made.setVisible(self._may_write)
        if row is None:
            self.form.unit.setFocus()

    def _follow(self, key: str) -> None:
        if self.detail.key is None:
            self._show_rows()
        else:
            self.table.stand_on(lambda row: row.value.key == key)

    # what is done

    def _value(self, old: Series | None) -> Series:
        self._from = self.form.from_.day or self.place.desk.today  # saving is done by a worker, which reads no field
        return self.form.value(old)

    def _save(self, desk: Desk, series: Series, version: int) -> Row:
        self._change = services.change_series(desk, series=series, from_=self._from, expected_version=version)
        return services.get_series(desk, key=self._change.series[-1][1].key)

    def _undo(self, _kept: Row) -> Callable[[Desk], object]:
        change = self._change
        return lambda desk: services.take_back_series(desk, change=change)

    def _told(self, kept: Row) -> str:
        change, self._change = self._change, replace(self._change)
        said = self.tr("{0} är sparad.").format(self._title_of(kept.value))
        if not change.series or change.series[-1][1] != kept.value:
            return said  # a new one: nothing was booked of it
        for count, words in (
            (len(change.moved), self.tr("{0} flyttas med.")),
            (len(change.cancelled), self.tr("{0} ställs in.")),
        ):
            if count:
                said += " " + words.format(number_word(count, self.tr("möte"), self.tr("möten")).capitalize())
        return said

    def _remove_new(self, desk: Desk, key: str, version: int) -> None:
        services.remove_series(desk, key=key, expected_version=version)

    def _days(self) -> None:
        one = self.detail.value
        if one is not None and not self.detail.unsaved_first():
            self.detail.show_tool(SeriesDays(self.place, one, self.detail.version))

    def _book(self) -> None:
        one = self.detail.value
        if one is not None and not self.detail.unsaved_first():
            self.detail.show_tool(Booking(self.place, one))

    def _pause(self) -> None:
        one = self.detail.value
        if one is not None and not self.detail.unsaved_first():
            self.detail.show_tool(Pausing(self.place, one, self.detail.version))

    def _remove(self) -> None:
        one, version = self.detail.value, self.detail.version
        if one is None or self.detail.unsaved_first():
            return
        name = self._title_of(one)
        back = self.place.way_back(
            self.tr("Ta bort {0}").format(name), lambda desk: services.add_series(desk, series=one), changed="meetings"
        )
        self.place.act(
            self, lambda desk: services.remove_series(desk, key=one.key, expected_version=version),
            lambda _: self.detail.clear(), changed="meetings", undo=back,
            said=self.tr("{0} är borttagen.").format(name),
        )  # fmt: skip
