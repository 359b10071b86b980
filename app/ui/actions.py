"""Åtgärder: everything that is to be done, wherever it was decided; done with Space, changed in the panel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.meetings import ActionRow, ActionStatus
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import long_date, near_day, short_date
from app.domain.units import Unit
from app.services.actions import as_action, count_actions, list_actions, reopen_action, set_action
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, read_draft
from app.services.team import member_names
from app.services.units import list_units
from app.ui.drafts import DraftKeeper, Typed
from app.ui.today import complete
from app.ui.widgets.controls import box, button, chip, column, label, row, scrolled, set_role
from app.ui.widgets.fields import DateField, Form, PersonField, SearchLine, choice, chosen, field, fill_choice
from app.ui.widgets.pages import Choices, Nothing, Page, side_by_side
from app.ui.widgets.tables import Column, Table
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

_PAGE_ROWS = 200
_STATES = ("open", "late", "done", "all")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows."""

    mine: bool
    status: ActionStatus | None
    late: bool
    unit: str | None
    text: str

    def read(self, desk: Desk, *, offset: int = 0) -> tuple[tuple[ActionRow, ...], int]:
        """One page of rows, and how many there are in all."""
        whose = desk.actor.member if self.mine else None
        rows = list_actions(
            desk, unit=self.unit, responsible=whose, status=self.status, overdue_only=self.late, text=self.text,
            offset=offset, limit=_PAGE_ROWS,
        )  # fmt: skip
        total = count_actions(
            desk, unit=self.unit, responsible=whose, status=self.status, overdue_only=self.late, text=self.text
        )
        return rows, total


class ActionsPage(Page):
    """The list, filtered by chips, and what is chosen beside it."""

    name = "actions"
    refreshed_by = frozenset({"actions", "meetings", "members", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Åtgärder"))
        self._wanted = ""
        self._chips: dict[str, QPushButton] = {}
        self._unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self._unit.currentIndexChanged.connect(lambda _: self.refresh())
        self._search = SearchLine(self.tr("Sök i åtgärder"))
        self._search.paused.connect(self.refresh)
        self._make_chips()
        self.add_filter(self._unit)
        self.add_filter(self._search)
        self.table = self._table()
        self.panel = ActionPanel(place)
        self.table.chosen.connect(self.panel.show_action)
        self.setFocusProxy(self.table)
        self._choices = Choices(
            side_by_side(self.table, self.panel, sizes=(720, 330)),
            Nothing(self.tr("Inga åtgärder här. De skrivs under mötets punkter och samlas på den här sidan.")),
        )
        self.body.addWidget(self._choices)
        self.place.ask(self, list_units, self._offer_units)

    def _make_chips(self) -> None:
        titles = (self.tr("Öppna"), self.tr("Försenade"), self.tr("Klara"), self.tr("Alla"))
        names = list(zip(_STATES, titles, strict=True))
        if self.place.desk.actor.member:
            mine = chip(self.tr("Mina"), lambda _: self.refresh(), checked=False)
            self._chips["mine"] = mine
            self.add_filter(mine)
        for name, text in names:
            made = chip(text, partial(self._choose_chip, name), checked=name == "open")
            self._chips[name] = made
            self.add_filter(made)

    def _choose_chip(self, name: str, _on: bool) -> None:
        for other in _STATES:
            self._chips[other].blockSignals(True)
            self._chips[other].setChecked(other == name)
            self._chips[other].blockSignals(False)
        self.refresh()

    def _table(self) -> Table[ActionRow]:
        day = self.place.desk.today
        color = self.place.theme.color
        table: Table[ActionRow] = Table(
            (
                Column(self.tr("Åtgärd"), lambda one: one.text),
                Column(self.tr("Ansvarig"), lambda one: one.responsible_name, width=140),
                Column(
                    self.tr("Klart senast"), lambda one: _state_text(one, day), width=172,
                    hover=lambda one: one.due.isoformat() if one.due else "",
                    color=lambda one: color("overdue") if _late(one, day) else None,
                ),
                Column(self.tr("Möte"), lambda one: one.meeting_heading, width=120, drop_below=640),
            ),
            name=self.tr("Åtgärder"),
        )  # fmt: skip
        table.opened.connect(lambda one: self.place.visit.emit("meeting", f"{one.meeting}#{one.item}"))
        table.space_pressed.connect(self._toggle)
        table.rows_model.wanted.connect(self._read_more)
        return table

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in units]
        fill_choice(self._unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self._unit))

    def _filter(self) -> Filter:
        on = {name for name, made in self._chips.items() if made.isChecked()}
        status = ActionStatus.DONE if "done" in on else ActionStatus.OPEN if "open" in on else None
        return Filter("mine" in on, status, "late" in on, chosen(self._unit) or None, self._search.text())

    def refresh(self) -> None:
        """Read the first page of the list anew."""
        chosen_filter = self._filter()
        self.place.ask(self, chosen_filter.read, lambda found: self._show(*found))

    def show_key(self, key: str) -> None:
        """Stand on one action."""
        self._wanted = key
        if key and self.table.select_where(lambda one: one.key == key):
            self._wanted = ""

    def _show(self, rows: tuple[ActionRow, ...], total: int) -> None:
        standing = self._wanted or (one.key if (one := self.table.current_row()) else "")
        self.table.rows_model.show_rows(rows, total=total)
        self._choices.show_content(bool(rows))
        self.subtitle.setText(self.tr("{0} i listan").format(total))
        if rows and not (standing and self.table.select_where(lambda one: one.key == standing)):
            self.table.selectRow(0)
        self._wanted = ""

    def _read_more(self, offset: int) -> None:
        chosen_filter = self._filter()
        self.place.ask(self, lambda desk: chosen_filter.read(desk, offset=offset)[0], self.table.rows_model.add_rows)

    def _toggle(self, one: ActionRow) -> None:
        if one.status is ActionStatus.OPEN:
            complete(self, self.place, one)
        else:
            self.panel.reopen(one)

    def settle(self) -> None:
        """Keep what was changed in the panel."""
        self.panel.settle()


class ActionPanel(QWidget):
    """One action: what, who, when, how it went, and where it was decided."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._row: ActionRow | None = None
        self._state = label(role="muted")
        self.text = label(wrap=True)
        self.who = PersonField({})
        self.due = DateField(lambda: place.desk.today)
        self.follow_up = DateField(lambda: place.desk.today)
        self.result = TextField(lines=2, most=4)
        self._from = label(role="muted", wrap=True)
        self._done = button(self.tr("Markera som klar"), self._complete, kind="primary", icon_name="check")
        self._reopen = button(self.tr("Öppna igen"), self._reopen_shown)
        self._drop = button(self.tr("Avskriv"), self._drop_action, kind="quiet")
        self._save = button(self.tr("Spara ändringen"), self.settle)
        form = Form(
            self._state, self.text, field(self.tr("Ansvarig"), self.who),
            field(self.tr("Klart senast"), self.due), field(self.tr("Följs upp"), self.follow_up),
            field(self.tr("Resultat"), self.result), self._from,
            box(row(button(self.tr("Öppna mötet"), self._open_meeting, kind="quiet"), None)),
        )  # fmt: skip
        buttons = column(row(self._done, self._reopen, None), row(self._save, self._drop, None))
        self.setLayout(column(scrolled(form, name=self.tr("Åtgärd")), buttons))
        self.keeper = DraftKeeper(self, place, "action", self._typed)
        self.result.edited.connect(lambda _: self.keeper.touch())
        place.ask(self, member_names, self._learn_names)
        self.setEnabled(False)

    def _learn_names(self, names: dict[str, str]) -> None:
        self.who.offer(names)
        if self._row is not None:
            self.who.set_person(self._row.responsible)

    def show_action(self, one: ActionRow) -> None:
        """Show another action; what was changed on the one before is saved first, and on this one stays."""
        before, mine = self._row, self._changed()
        if before is not None and before.key != one.key:
            self.settle()
        self._fill(one)
        if before is None or before.key != one.key:
            key = one.key
            self.place.ask(self, lambda desk: read_draft(desk, kind="action", key=key), self._take_draft)
        elif mine is not None:
            self._lay_on_top(before, mine, one)

    def _lay_on_top(self, before: ActionRow, mine: ActionRow, theirs: ActionRow) -> None:
        """Put back what was changed here and not saved; where both wrote how it went, both texts stand."""
        if mine.responsible != before.responsible:
            self.who.set_person(mine.responsible)
        if mine.due != before.due:
            self.due.set_day(mine.due)
        if mine.follow_up != before.follow_up:
            self.follow_up.set_day(mine.follow_up)
        if mine.result != before.result:
            both = theirs.result is not None and theirs.result not in (before.result, mine.result)
            self.result.show_text(f"{theirs.result}\n\n{mine.result or ''}".strip() if both else mine.result)

    def _take_draft(self, draft: Draft | None) -> None:
        if draft is None or self._row is None or draft.key != self._row.key or self._typed() is not None:
            return
        self.keeper.took(draft)
        self.result.show_text(draft.content)
        self.place.told.emit(self.tr("Det du skrev tidigare utan att spara står under Resultat."))

    def _typed(self) -> Typed | None:
        row, text = self._row, self.result.toPlainText()
        if row is None or self.result.isReadOnly() or text.strip() == (row.result or ""):
            return None
        return Typed(row.key, row.version, text)

    def _fill(self, one: ActionRow) -> None:
        self._row = one
        self.setEnabled(True)
        self.text.setText(one.text)
        self.who.set_person(one.responsible)
        self.due.set_day(one.due)
        self.follow_up.set_day(one.follow_up)
        self.result.show_text(one.result)
        day = self.place.desk.today
        self._state.setText(_state(one, day))
        set_role(self._state, "overdue" if _late(one, day) else "ok" if one.status is ActionStatus.DONE else "info")
        about = f"{one.customer_label}. " if one.customer_label else ""
        self._from.setText(
            about
            + self.tr("Bestämdes {0}: {1}, {2}").format(
                long_date(one.meeting_date), one.meeting_heading, one.item_heading
            )
        )
        desk = self.place.desk
        may_change = desk.may(Right.WRITE_MINUTES)
        may = desk.may(Right.COMPLETE_ACTIONS) and (may_change or one.responsible == desk.actor.member)
        is_open = one.status is ActionStatus.OPEN
        self._done.setVisible(is_open and may)
        self._drop.setVisible(is_open and may_change)
        self._reopen.setVisible(not is_open and may)
        self._save.setVisible(may)
        for part in (self.due, self.follow_up):
            part.setReadOnly(not may_change)
        self.who.setEnabled(may_change)
        self.result.setReadOnly(not may)

    def _changed(self) -> ActionRow | None:
        one = self._row
        if one is None or not (self.due.readable and self.follow_up.readable):
            return None
        changed = replace(
            one, responsible=self.who.person, due=self.due.day,
            follow_up=self.follow_up.day, result=self.result.toPlainText().strip() or None,
        )  # fmt: skip
        return changed if changed != one else None

    def settle(self) -> None:
        """Save what was changed, if anything."""
        self._keep(self._changed(), self.tr("Åtgärden är sparad."))

    def _keep(self, changed: ActionRow | None, said: str, then: Callable[[], object] | None = None) -> None:
        if changed is None or not self.place.desk.may(Right.COMPLETE_ACTIONS):
            return
        before, version = self._row, changed.version
        self._row = replace(changed, version=version + 1)
        self.keeper.hold()

        def work(desk: Desk) -> None:
            set_action(desk, action=as_action(changed), expected_version=version)
            drop_draft(desk, kind="action", key=changed.key)

        def kept(_: None) -> None:
            self.keeper.release(saved=True)
            if then is not None:
                then()

        def refused(_: Exception) -> bool:
            """What stands on the screen is still unsaved, and is a draft; the fault itself is told in the bar."""
            if before is not None and self._row is not None and self._row.key == before.key:
                self._row = before
            self.keeper.release(saved=False)
            return False

        self.place.act(self, work, kept, changed="actions", said=said, otherwise=refused)

    def _complete(self) -> None:
        if self._row is None:
            return
        result = self.result.toPlainText().strip() or None
        changed = self._changed()
        self._keep(changed, "")
        complete(self, self.place, self._row, result=result)

    def _drop_action(self) -> None:
        if self._row is not None:
            self._keep(
                replace(self._changed() or self._row, status=ActionStatus.DROPPED), self.tr("Åtgärden är avskriven.")
            )

    def _reopen_shown(self) -> None:
        if self._row is not None:
            self.reopen(self._row)

    def reopen(self, one: ActionRow) -> None:
        """Open the action again."""
        self.place.act(
            self, lambda desk: reopen_action(desk, key=one.key, expected_version=one.version), changed="actions",
            said=self.tr("Åtgärden är öppen igen."),
        )  # fmt: skip

    def _open_meeting(self) -> None:
        if self._row is not None:
            self.place.visit.emit("meeting", f"{self._row.meeting}#{self._row.item}")


def _late(one: ActionRow, day: dt.date) -> bool:
    return one.status is ActionStatus.OPEN and one.due is not None and one.due < day


def _state(one: ActionRow, day: dt.date) -> str:
    return "Försenad" if _late(one, day) else one.status.label


def _state_text(one: ActionRow, day: dt.date) -> str:
    if one.status is not ActionStatus.OPEN:
        return one.status.label.lower() + (f" {short_date(one.done_on)}" if one.done_on else "")
    if one.due is None:
        return ""
    return short_date(one.due) + ", försenad" if _late(one, day) else near_day(one.due, today=day)
