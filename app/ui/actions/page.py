"""Åtgärder: everything that is to be done, wherever it was decided; done with Space, changed in the panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton

from app.domain.action_lists import CHOSEN_ORDERS, ActionView, Gathered
from app.domain.action_papers import ActionSheet
from app.domain.meetings import ActionRow, ActionStatus
from app.domain.point_start import PointStart
from app.domain.stored import Stored
from app.domain.units import Unit
from app.services.action_papers import export_actions, print_actions
from app.services.action_rows import ActionFilters
from app.services.actions import count_actions, list_actions
from app.services.desk import Desk
from app.services.preferences import get_preference, set_preference
from app.services.units import list_units
from app.ui.actions.done import complete, follow_up
from app.ui.actions.done_strip import DoneStrip
from app.ui.actions.gathered import ActionTable
from app.ui.actions.panel import ActionPanel
from app.ui.widgets.controls import box, button, chip, column
from app.ui.widgets.fields import SearchLine, choice, chosen, fill_choice
from app.ui.widgets.pages import Choices, Nothing, Page, side_by_side
from app.ui.workplace import Workplace

_PAGE_ROWS = 200
_ORDER = "actions_order"
"""What the person's own order of the list is kept as."""
_OPEN_VIEWS = (ActionView.MINE, ActionView.UNIT, ActionView.LATE, ActionView.WAITING)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows, and how it is gathered."""

    view: ActionView
    unit: str | None
    text: str
    gathered: Gathered

    def filters(self, desk: Desk) -> ActionFilters:
        """The same as filters of the services."""
        status = ActionStatus.OPEN if self.view in _OPEN_VIEWS else None
        return {
            "unit": self.unit, "text": self.text, "overdue_only": self.view is ActionView.LATE,
            "responsible": desk.actor.member if self.view is ActionView.MINE else None,
            "waiting_for": desk.actor.member if self.view is ActionView.WAITING else None,
            "to_follow_up": self.view is ActionView.FOLLOW_UP,
            "status": ActionStatus.DONE if self.view is ActionView.DONE else status,
        }  # fmt: skip

    def read(self, desk: Desk, *, offset: int = 0) -> tuple[tuple[ActionRow, ...], int]:
        """One page of rows, and how many there are in all."""
        wanted = self.filters(desk)
        rows = list_actions(desk, gathered=self.gathered, offset=offset, limit=_PAGE_ROWS, **wanted)
        return rows, count_actions(desk, **wanted)

    @property
    def about(self) -> str:
        """What the list is called outside the program: `Försenade, sökt efter rollator`."""
        return ", ".join(part for part in (self.view.label, f"sökt efter {self.text}" if self.text else "") if part)

    def export(self, desk: Desk) -> ActionSheet:
        """All of it, for a file."""
        return export_actions(desk, about=self.about, gathered=self.gathered, **self.filters(desk))

    def on_paper(self, desk: Desk) -> ActionSheet:
        """All of it, for paper."""
        return print_actions(desk, about=self.about, gathered=self.gathered, **self.filters(desk))


class ActionsPage(Page):
    """The list, chosen by chips, and what is chosen beside it."""

    name = "actions"
    refreshed_by = frozenset({"actions", "meetings", "members", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Åtgärder"))
        self._wanted = self._next = ""
        self._begun = self._awaited = False
        self._shown: Shown | None = None
        self.chips: dict[ActionView, QPushButton] = {}
        self._make_chips()
        self._make_filters()
        self.add_button(
            button(self.tr("Frågor och lyft"), lambda: place.visit.emit("waiting", ""), icon_name="message-square")
        )
        self.print_button = self.add_button(button(self.tr("Skriv ut"), self._open_print_menu, icon_name="printer"))
        self.export_button = self.add_button(
            button(
                self.tr("Exportera …"), self.export, icon_name="file-down", tip=self.tr("Spara listan som kalkylblad"),
            )
        )  # fmt: skip
        self.table = ActionTable(place.theme, today=place.desk.today, name=self.tr("Åtgärder"))
        self.table.opened.connect(lambda one: self.place.visit.emit("meeting", f"{one.meeting}#{one.item}"))
        self.table.space_pressed.connect(self._toggle)
        self.table.rows_model.wanted.connect(self._read_more)
        self.strip = DoneStrip(place)
        self.strip.left.connect(self.table.setFocus)
        self.panel = ActionPanel(place)
        self.table.chosen.connect(self._show_chosen)
        self.setFocusProxy(self.table)
        self._nothing = Nothing("", self.tr("Visa enhetens"), self._show_units)
        self._choices = Choices(side_by_side(self.table, self.panel, sizes=(760, 330)), self._nothing)
        inside = column(self.strip, self._choices)
        inside.setStretch(1, 1)
        self.body.addWidget(box(inside))
        self.setTabOrder(self.table, self.strip.result)
        self.place.ask(self, list_units, self._offer_units)
        usual = Gathered.BY_DUE.value
        self.place.ask(self, lambda desk: get_preference(desk, name=_ORDER, default=usual), self._begin)

    def _make_chips(self) -> None:
        member = self.place.desk.actor.member
        for view in ActionView:
            if view.of_a_person and not member:
                continue
            made = chip(view.label, partial(self._press, view), checked=view is self._usual())
            self.chips[view] = made
            self.add_filter(made)

    def _make_filters(self) -> None:
        self._unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self._gathered = choice([(one.value, one.label) for one in CHOSEN_ORDERS], name=self.tr("Ordning"))
        self._search = SearchLine(self.tr("Sök i åtgärder"))
        self._gathered.setMinimumContentsLength(8)
        self._unit.currentIndexChanged.connect(lambda _: self.refresh())
        self._gathered.currentIndexChanged.connect(lambda _: self._keep_order())
        self.add_filter(self._unit)
        self.add_filter(self._gathered)
        self._search.paused.connect(self.refresh)
        self.add_filter(self._search)

    def _usual(self) -> ActionView:
        """One's own first; the whole unit's where nobody sits at the desk who has any."""
        return ActionView.MINE if self.place.desk.actor.member else ActionView.UNIT

    @property
    def view(self) -> ActionView:
        """The view that is chosen."""
        return next((view for view, made in self.chips.items() if made.isChecked()), ActionView.UNIT)

    def choose(self, view: ActionView) -> None:
        """Show another view."""
        self._press(view, True)

    def _show_units(self) -> None:
        self._search.clear()
        self.choose(ActionView.UNIT)

    def _press(self, view: ActionView, _on: bool) -> None:
        for other, made in self.chips.items():
            made.blockSignals(True)
            made.setChecked(other is view)
            made.blockSignals(False)
        self.refresh()

    def gather(self, gathered: Gathered) -> None:
        """Put the list in another order."""
        self._gathered.setCurrentIndex(self._gathered.findData(gathered.value))

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in units]
        fill_choice(self._unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self._unit))
        self._unit.setVisible(len(rows) > 1)

    def _now(self) -> Shown:
        view, order = self.view, Gathered(chosen(self._gathered))
        if view is ActionView.FOLLOW_UP and order is Gathered.BY_DUE:
            order = Gathered.BY_FOLLOW_UP
        return Shown(view, chosen(self._unit) or None, self._search.text().strip(), order)

    def _begin(self, order: object) -> None:
        """The order that the person chose last is known: now the list is read."""
        self._begun = True
        self._gathered.blockSignals(True)
        self._gathered.setCurrentIndex(max(self._gathered.findData(order), 0))
        self._gathered.blockSignals(False)
        if self._awaited:
            self.refresh()

    def _keep_order(self) -> None:
        order = chosen(self._gathered)
        self.place.ask(self, lambda desk: set_preference(desk, name=_ORDER, value=order), lambda _: self.refresh())

    # showing

    def refresh(self) -> None:
        """Read the first page of the list anew."""
        if not self._begun:
            self._awaited = True
            return
        shown = self._now()
        self.place.ask(self, shown.read, lambda found: self._show(shown, *found))

    def show_key(self, key: str) -> None:
        """Stand on one action; `#follow_up` behind its key, or alone, is the view of what is to be followed up."""
        key, _, view = key.partition("#")
        self._wanted = key
        if view == ActionView.FOLLOW_UP.value and self.view is not ActionView.FOLLOW_UP:
            self._search.clear()
            self.choose(ActionView.FOLLOW_UP)
            return
        if not key or self.table.select_key(key):
            self._wanted = ""
        elif self._shown is not None and self.view is not ActionView.ALL:
            self._look_among_all()

    def _look_among_all(self) -> None:
        """What is not among the rows of this view may be in the list of all."""
        self._search.clear()
        self.choose(ActionView.ALL)

    def _show(self, shown: Shown, rows: tuple[ActionRow, ...], total: int) -> None:
        if shown != self._now():
            return  # another view was asked for meanwhile
        before, self._shown = self._shown, shown
        one = self.table.action() if before is None or before.gathered is shown.gathered else None
        standing = self._wanted or self._next or (one.key if one else "")
        wanted, self._wanted, self._next = self._wanted, "", ""
        followed = shown.view is ActionView.FOLLOW_UP
        self.table.show_actions(rows, total=total, gathered=shown.gathered, followed=followed)
        self.strip.forget_open(rows)
        self._tell_nothing(shown)
        self._choices.show_content(bool(rows))
        space = self.tr("följt upp") if followed else self.tr("klar")
        count = self.tr("{0} i listan. Mellanslag: {1}. Enter: öppna mötet.").format(total, space)
        self.subtitle.setText(count if rows else "")
        if wanted and not self.table.select_key(wanted) and shown.view is not ActionView.ALL:
            self._wanted = wanted
            self._look_among_all()
            return
        if rows and not (standing and self.table.select_key(standing)):
            self.table.select_first()

    def _tell_nothing(self, shown: Shown) -> None:
        if shown.text:
            said = self.tr("Ingen åtgärd passar till det du söker. Sök på annat, eller välj Alla.")
        elif shown.view is ActionView.MINE:
            said = self.tr("Du har ingenting att göra just nu.")
        elif shown.view is ActionView.LATE:
            said = self.tr("Ingenting är försenat.")
        elif shown.view is ActionView.WAITING:
            said = self.tr("Du väntar inte på någon. Här står det andra ska göra från möten du leder och dina punkter.")
        elif shown.view is ActionView.FOLLOW_UP:
            said = self.tr("Ingenting väntar på uppföljning. Sätt en dag under Följs upp där ni vill se effekten.")
        else:
            said = self.tr("Inga åtgärder här. De skrivs under mötets punkter och samlas på den här sidan.")
        self._nothing.sentence.setText(said)
        self._nothing.button.setVisible(shown.view not in (ActionView.UNIT, ActionView.ALL))

    def _show_chosen(self, one: object) -> None:
        if isinstance(one, ActionRow):
            self.panel.show_action(one)

    def _read_more(self, offset: int) -> None:
        shown = self._now()
        self.place.ask(self, lambda desk: shown.read(desk, offset=offset)[0], self.table.rows_model.add_rows)

    @property
    def point_start(self) -> PointStart:
        """A point begun here takes up the action that one stands on."""
        return self.panel.point_start

    # doing

    def _toggle(self, one: ActionRow) -> None:
        if self.view is ActionView.FOLLOW_UP:
            self._stand_on_next(one)
            follow_up(self, self.place, one, then=self.strip.show_followed)
            return
        if one.status is not ActionStatus.OPEN:
            self.strip.forget(one.key)
            self.panel.reopen(one)
            return
        self._stand_on_next(one)
        complete(self, self.place, one, then=self.strip.show_done)

    def _stand_on_next(self, one: ActionRow) -> None:
        """The next action takes its place in the list, and is stood on."""
        rows = [row for row in self.table.rows_model.rows if isinstance(row, ActionRow)]
        place = next((n for n, row in enumerate(rows) if row.key == one.key), 0)
        after = rows[place + 1 :] or rows[:place][-1:]
        if after and self.view in (*_OPEN_VIEWS, ActionView.FOLLOW_UP):
            self._next = after[0].key

    def export(self) -> None:
        """Save what is shown as a workbook."""
        from app.ui.papers.actions import save_workbook  # noqa: PLC0415 - loaded when first used

        save_workbook(self, self.place, self._now().export)

    def print_list(self) -> None:
        """Show the list on paper as it is shown."""
        from app.ui.papers.actions import list_preview  # noqa: PLC0415 - loaded when first used

        list_preview(self, self.place, self._now().on_paper)

    def print_slips(self) -> None:
        """Show the slips of those without an account."""
        from app.ui.papers.actions import slips_preview  # noqa: PLC0415 - loaded when first used

        slips_preview(self, self.place, unit=chosen(self._unit) or None)

    def _print_handover(self) -> None:
        self.place.visit.emit("handover", "")

    def _open_print_menu(self) -> None:
        menu = QMenu(self.print_button)
        menu.setAccessibleName(self.print_button.accessibleName())
        entries: tuple[tuple[str, Callable[[], object]], ...] = (
            (self.tr("Listan som den visas"), self.print_list),
            (self.tr("Uppgiftslappar till dem utan konto"), self.print_slips),
            (self.tr("Sedan förra passet …"), self._print_handover),
        )
        for text, action in entries:
            menu.addAction(text).triggered.connect(lambda _checked=False, action=action: action())
        menu.popup(self.print_button.mapToGlobal(QPoint(0, self.print_button.height())))

    def settle(self) -> None:
        """Keep what was changed in the panel, and what was told of the latest action done."""
        self.strip.settle()
        self.panel.settle()
