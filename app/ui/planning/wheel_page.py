"""Årshjul: which themes a forum takes up in which month, as a list and a wheel; they become agenda points."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.catalogue import Forum
from app.domain.roles import Right
from app.domain.swedish import MONTHS
from app.domain.units import Unit
from app.domain.year_wheel import Themes, Wheel, WheelPaper
from app.services.desk import Desk
from app.services.preferences import get_preference, set_preference
from app.services.units import list_units
from app.services.year_wheel import get_wheel, keep_wheel, wheel_paper
from app.ui.planning.ways import PlanningPage
from app.ui.planning.wheel_view import WheelView
from app.ui.settings.ordered_list import OrderedList
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import side_by_side
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_LATEST = "wheel_unit"
"""The preference that keeps which unit was looked at latest."""
_FIRST = "apt"
_ROW = 30
"""Lower than elsewhere, so that all twelve months are seen; the wheel has larger places to press."""


@dataclass(frozen=True, slots=True)
class _Row:
    month: int
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    units: tuple[Unit, ...]
    unit: Unit
    forum: str
    wheel: Wheel
    paper: WheelPaper


class WheelPage(PlanningPage):
    """The months and the chosen month's themes left, the wheel right."""

    name = "wheel"
    refreshed_by = frozenset({"units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Årshjul"))
        self._may_write = place.desk.may(Right.WRITE_MEETINGS)
        self._units: tuple[Unit, ...] = ()
        self._wanted = ""
        self.wheel: Wheel | None = None
        self._paper: WheelPaper | None = None
        self.month = place.desk.today.month
        self.unit = choice([], name=self.tr("Enhet"))
        self.unit.setMinimumContentsLength(18)
        self.forum = choice([], name=self.tr("Mötesforum"))
        self.forum.setMinimumContentsLength(16)
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        self.forum.currentIndexChanged.connect(lambda _: self.refresh())
        self.add_filter(self.unit)
        self.add_filter(self.forum)
        self.add_button(button(self.tr("Skriv ut"), self.print_wheel, icon_name="printer", shortcut="Ctrl+P"))
        self.use_button = self.add_button(
            button(self.tr("Använd förslaget"), self.use_suggestion, kind="primary", icon_name="check")
        )
        self.use_button.hide()
        self._make_body()

    def _make_body(self) -> None:
        self.told = label(role="info", wrap=True)
        self.table: Table[_Row] = Table(
            (
                Column(self.tr("Månad"), lambda one: MONTHS[one.month - 1].capitalize(), width=104),
                Column(self.tr("Teman"), lambda one: ", ".join(one.themes)),
            ),
            name=self.tr("Månader"),
        )  # fmt: skip
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.table.chosen.connect(lambda one: self.choose_month(one.month))
        self.setFocusProxy(self.table)
        self._of = label(role="heading")
        self.themes = OrderedList(self.tr("Månadens teman"), placeholder=self.tr("Nytt tema, t.ex. Brandskydd"))
        self.table.opened.connect(lambda _: self.themes.line.setFocus())
        self.themes.changed.connect(self.keep_month)
        self.themes.set_editable(self._may_write)
        self.view = WheelView(self.place)
        self.view.month_chosen.connect(self._stand_on)
        left = column(self.told, self.table, self._of, self.themes)
        left.setStretch(1, 1)
        self.body.addWidget(side_by_side(box(left), self.view, sizes=(480, 560), stretch=1), 1)

    # reading

    def refresh(self) -> None:
        """Read the wheel of the chosen unit and forum."""
        wanted, self._wanted = self._wanted or chosen(self.unit), ""
        forum = chosen(self.forum) or _FIRST

        def work(desk: Desk) -> _Read | None:
            units = tuple(one.value for one in list_units(desk))
            asked = wanted or str(get_preference(desk, name=_LATEST, default=""))
            if not units:
                return None
            unit = next((one for one in units if one.key == asked), units[0])
            keys = [one.key for one in _forums(desk, unit)]
            of = forum if forum in keys else (_FIRST if _FIRST in keys else keys[0])
            wheel = get_wheel(desk, unit=unit.key, forum=of)
            return _Read(units, unit, of, wheel, wheel_paper(desk, unit=unit.key, forum=of))

        self.place.ask(self, work, self._show)

    def _show(self, read: _Read | None) -> None:
        if read is None:
            self.told.setText(self.tr("Ditt konto har ingen enhet att visa årshjulet för."))
            self.told.show()
            return
        self._units, self.wheel = read.units, read.wheel
        fill_choice(self.unit, [(one.key, one.name) for one in read.units], chosen=read.unit.key)
        forums = _forums(self.place.desk, read.unit)
        fill_choice(self.forum, [(one.key, one.name) for one in forums], chosen=read.forum)
        self.unit.setVisible(len(read.units) > 1)
        suggested = read.wheel.suggested
        self.use_button.setVisible(suggested and self._may_write)
        if suggested:
            text = self.tr("Det här är ett förslag. Ändra det eller använd det som det är.")
            told = text if self._may_write else self.tr("Det här är ett förslag.")
        else:
            told = "" if any(read.wheel.months) else self.tr("Inga teman än. Välj en månad och skriv det första.")
        self.told.setText(told)
        self.told.setVisible(bool(told))
        rows = [_Row(month, themes) for month, themes in enumerate(read.wheel.months, start=1)]
        self.table.rows_model.show_rows(rows)
        self._paper = read.paper
        self._stand_on(self.month)

    def _choose_unit(self) -> None:
        unit = chosen(self.unit)
        self.place.ask(self, lambda desk: set_preference(desk, name=_LATEST, value=unit), lambda _: None)
        self.refresh()

    def show_key(self, key: str) -> None:
        """Show a unit's wheel."""
        self._wanted = key
        self.refresh()

    def _stand_on(self, month: int) -> None:
        if not self.table.select_where(lambda one: one.month == month):
            return
        self.choose_month(month)

    def choose_month(self, month: int) -> None:
        """Show a month's themes, and frame it on the wheel."""
        if self.wheel is None or self._paper is None:
            return
        self.month = month
        self._of.setText(self.tr("Teman i {0}").format(MONTHS[month - 1]))
        self.themes.show_texts(self.wheel.months[month - 1])
        self.view.show_wheel(self._paper, month=month)

    # keeping

    def keep_month(self) -> None:
        """Keep the month as the list has it, and the other eleven with it where they were only suggested."""
        wheel = self.wheel
        if wheel is None or not self._may_write or self.themes.texts == wheel.months[self.month - 1]:
            return
        months = tuple(
            self.themes.texts if n == self.month else themes for n, themes in enumerate(wheel.months, start=1)
        )
        self._keep(months, self.tr("Ändra årshjulet"), said="")

    def use_suggestion(self) -> None:
        """The program's suggestion becomes the unit's own."""
        if self.wheel is not None:
            self._keep(self.wheel.months, self.tr("Använd förslaget"), said=self.tr("Årshjulet är enhetens eget nu."))

    def _keep(self, months: Themes, phrase: str, *, said: str) -> None:
        wheel = self.wheel
        if wheel is None:
            return
        unit, forum = wheel.unit, wheel.forum
        before: Themes = ((),) * 12 if wheel.suggested else wheel.months

        def kept(new: Wheel) -> None:
            self.place.remember(self.place.way_back(
                phrase,
                lambda desk: keep_wheel(desk, unit=unit, forum=forum, months=before, expected=new),
                changed="units",
            ))  # fmt: skip
            self.place.changed.emit("meetings")

        self.place.act(
            self, lambda desk: keep_wheel(desk, unit=unit, forum=forum, months=months, expected=wheel.versions), kept,
            changed="units", said=said, otherwise=self._refused,
        )  # fmt: skip

    def _refused(self, error: Exception) -> bool:
        """What could not be kept leaves the list: it shows what stands."""
        self.place.report(error)
        self.refresh()
        return True

    def print_wheel(self) -> None:
        """Look at the wheel on paper."""
        from app.ui.papers.wheel import wheel_preview  # noqa: PLC0415 - loaded when first used

        if self.wheel is not None:
            wheel_preview(self, self.place, unit=self.wheel.unit, forum=self.wheel.forum)


def _forums(desk: Desk, unit: Unit) -> list[Forum]:
    """The unit's forums that have themes, APT first; those held every day have none."""
    found = [one for one in desk.catalogue.forums(unit.setting) if one.interval is None or _seldom(one)]
    return sorted(found, key=lambda one: one.key != _FIRST)


def _seldom(forum: Forum) -> bool:
    return forum.interval is not None and forum.interval.frequency != "daily"
