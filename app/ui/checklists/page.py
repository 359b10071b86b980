"""Checklistor: the runs left, the chosen one right, a new one in three keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton

from app.domain.checklist_runs import RunRow, RunStatus, RunView, progress_words
from app.domain.checklists import Template
from app.domain.errors import KnownError
from app.domain.roles import Right
from app.domain.swedish import near_day, short_date
from app.domain.units import Unit
from app.services.checklists import get_run, list_runs, list_templates
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.checklists.new_run import NewRun
from app.ui.checklists.run_panel import RunPanel
from app.ui.papers.checklists import blank_preview, run_preview
from app.ui.widgets.controls import button, chip, scrolled
from app.ui.widgets.fields import SearchLine, choice, chosen, fill_choice
from app.ui.widgets.pages import Choices, Nothing, Page, side_by_side
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_NARROW = 900
_LIST_HEIGHT, _PANEL_HEIGHT = 160, 420
_STATES = {"open": RunStatus.OPEN, "done": RunStatus.DONE, "all": None}
NEW = "new"
"""What `visit` asks for to begin a list; `new:KEY` begins one of that template."""


@dataclass(frozen=True, slots=True)
class _Filter:
    unit: str | None
    mine: bool
    status: RunStatus | None
    text: str

    def read(self, desk: Desk) -> tuple[tuple[RunRow, ...], bool]:
        """The rows, and whether there is any list at all."""
        rows = list_runs(desk, unit=self.unit, mine=self.mine, status=self.status, text=self.text)
        return rows, bool(rows) or bool(list_runs(desk))


class ChecklistsPage(Page):
    """The lists, and the one that is worked in."""

    name = "checklists"
    refreshed_by = frozenset({"checklists", "units", "members", "customers"})
    refreshed_by_others = frozenset({"meetings"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Checklistor"))
        self._may = place.desk.may(Right.RUN_CHECKLISTS)
        self._wanted = ""
        self._templates: tuple[Template, ...] = ()
        self._chips: dict[str, QPushButton] = {}
        self._make_filters()
        self.blank_button = self.add_button(
            button(
                self.tr("Tomt formulär"), self._offer_blank, icon_name="printer", tip=self.tr("Att fylla i för hand")
            )
        )
        self.new_button = self.add_button(
            button(self.tr("Ny checklista"), self.begin, kind="primary", icon_name="plus", shortcut="Ctrl+Shift+N")
        )
        self.new_button.setVisible(self._may)
        self.new_button.setEnabled(self._may)
        self.table = self._table()
        self.panel = RunPanel(place)
        self.panel.print_wanted.connect(lambda key: run_preview(self, place, key=key))
        self._area = scrolled(self.panel, name=self.tr("Checklistan"))
        self.parts = side_by_side(self.table, self._area, sizes=(430, 590), stretch=1)
        self._choices = Choices(self.parts, self._nothing())
        self.body.addWidget(self._choices)
        self.setFocusProxy(self.table)
        place.ask(self, _offers, lambda found: self._offer(*found))

    def _nothing(self) -> Nothing:
        sentence = self.tr(
            "Inga checklistor pågår. Börja på en när något ska göras i rätt ordning och av flera: ett nytt arbetssätt, "
            "ett möte att förbereda, ett 1177-moment att öppna."
        )
        return Nothing(sentence, self.tr("Ny checklista"), self.begin if self._may else None)

    def _make_filters(self) -> None:
        self.unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self.unit.currentIndexChanged.connect(lambda _: self.refresh())
        self.search = SearchLine(self.tr("Sök i checklistor"))
        self.search.paused.connect(self.refresh)
        self.mine = chip(self.tr("Mina"), lambda _: self.refresh())
        self.add_filter(self.mine)
        for name, text in (("open", self.tr("Pågår")), ("done", self.tr("Klara")), ("all", self.tr("Alla"))):
            made = chip(text, partial(self._choose, name), checked=name == "open")
            self._chips[name] = made
            self.add_filter(made)
        self.add_filter(self.unit)
        self.add_filter(self.search)

    def _choose(self, name: str, _on: bool) -> None:
        for other, made in self._chips.items():
            made.blockSignals(True)
            made.setChecked(other == name)
            made.blockSignals(False)
        self.refresh()

    def _table(self) -> Table[RunRow]:
        day, color = self.place.desk.today, self.place.theme.color
        table: Table[RunRow] = Table(
            (
                Column(self.tr("Lista"), lambda one: one.title, hover=lambda one: f"{one.title}\n{one.unit_name}"),
                Column(self.tr("Gjort"), lambda one: progress_words(one.settled, one.steps), width=78),
                Column(
                    self.tr("Senast"), lambda one: _when(one, self.place), width=112,
                    color=lambda one: color("overdue") if one.is_late(day) else None,
                ),
                Column(self.tr("Vems"), lambda one: one.owner_name, width=120, drop_below=480),
            ),
            name=self.tr("Checklistor"),
        )  # fmt: skip
        table.chosen.connect(lambda one: self._open(one.key))
        table.opened.connect(lambda _: self.panel.steps.setFocus())
        return table

    def _offer(self, units: tuple[Unit, ...], templates: tuple[Template, ...]) -> None:
        self._templates = templates
        rows = [(one.key, one.name) for one in units]
        fill_choice(self.unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self.unit))
        self.unit.setVisible(len(rows) > 1)

    def refresh(self) -> None:
        """Read the list anew, and the run that is shown."""
        status = next((_STATES[name] for name, made in self._chips.items() if made.isChecked()), RunStatus.OPEN)
        wanted = _Filter(chosen(self.unit) or None, self.mine.isChecked(), status, self.search.text())
        self.place.ask(self, wanted.read, lambda found: self._show(*found))

    def _show(self, rows: tuple[RunRow, ...], any_: bool) -> None:
        standing = self._wanted or (self.panel.view.run.key if self.panel.view is not None else "")
        self._tell(rows)
        self.table.blockSignals(True)
        self.table.rows_model.show_rows(rows)
        self._choices.show_content(any_)
        found = bool(standing) and self.table.select_where(lambda one: one.key == standing)
        if not found and rows and not self._wanted:
            self.table.selectRow(0)
            standing = rows[0].key
        self.table.blockSignals(False)
        if standing and any_:
            self._open(standing)
        else:
            self.panel.clear()

    def _tell(self, rows: tuple[RunRow, ...]) -> None:
        going = [one for one in rows if one.status is RunStatus.OPEN]
        late = sum(1 for one in going if one.is_late(self.place.desk.today))
        parts = [self.tr("{0} pågår").format(len(going)) if going else ""]
        parts.append(self.tr("{0} försenade").format(late) if late else "")
        self.subtitle.setText(", ".join(part for part in parts if part))

    def _open(self, key: str, *, step: int | None = None) -> None:
        self._wanted = key
        self.place.ask(
            self, lambda desk: get_run(desk, key=key), lambda view: self._opened(view, step),
            otherwise=lambda error: self._gone(key, error),
        )  # fmt: skip

    def _opened(self, view: RunView, step: int | None) -> None:
        if view.run.key == self._wanted:
            self._choices.show_content(True)
            self.panel.show_view(view, step=step)

    def _gone(self, key: str, error: Exception) -> bool:
        """A run that was taken away leaves the screen."""
        if key == self._wanted:
            self._wanted = ""
            self.panel.clear()
        return isinstance(error, KnownError) and error.code == "not_found"

    def show_key(self, key: str) -> None:
        """Show one run, `KEY/STEP` a step of it; `new` begins one, `new:TEMPLATE` one of that template."""
        if key == NEW or key.startswith(f"{NEW}:"):
            self.begin(key.partition(":")[2])
        elif key:
            run, _, step = key.partition("/")
            if (there := self.table.current_row()) is None or there.key != run:
                self.table.blockSignals(True)
                self.table.select_where(lambda one: one.key == run)
                self.table.blockSignals(False)
            self._open(run, step=int(step) if step.isdecimal() else None)

    @property
    def standing(self) -> str:
        """The run that is shown."""
        return self.panel.view.run.key if self.panel.view is not None else ""

    def begin(self, template: str = "") -> None:
        """Ask which list to begin."""
        if self._may:
            self.new_dialog = NewRun(self, self.place, template=template, unit=chosen(self.unit), then=self._open)
            self.new_dialog.open()

    def _offer_blank(self) -> None:
        self.menu = QMenu(self)
        self.menu.setAccessibleName(self.tr("Tomt formulär"))
        for one in self._templates:
            self.menu.addAction(one.name, partial(self._blank, one.key))
        self.menu.popup(self.blank_button.mapToGlobal(self.blank_button.rect().bottomLeft()))

    def _blank(self, template: str) -> None:
        unit = chosen(self.unit) or (self.panel.view.run.unit if self.panel.view is not None else "")
        unit = unit or str(self.unit.itemData(1) or "")
        blank_preview(self, self.place, template=template, unit=unit)

    def settle(self) -> None:
        """Keep what is written in the step."""
        self.panel.step_panel.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        upright = event.size().width() < _NARROW
        self.parts.setOrientation(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
        self.table.setMinimumHeight(_LIST_HEIGHT if upright else 0)
        self._area.setMinimumHeight(_PANEL_HEIGHT if upright else 0)  # the page scrolls then


def _offers(desk: Desk) -> tuple[tuple[Unit, ...], tuple[Template, ...]]:
    return tuple(one.value for one in list_units(desk)), list_templates(desk)


def _when(one: RunRow, place: Workplace) -> str:
    if one.status is not RunStatus.OPEN:
        return short_date(one.ended_on) if one.ended_on else one.status.label.lower()
    return near_day(one.due, today=place.desk.today) if one.due else ""
