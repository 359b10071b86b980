"""A pulsmöte or an avstämning on one page: who is here, one line to type in, a row for each customer or matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain import short_rows as rows
from app.domain.meeting_rules import customers_named
from app.domain.meetings import ItemKind, Meeting, MeetingStatus
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.short_forms import ShortAround, ShortDay, Trigger, here_words, is_short, triggers, turned
from app.domain.short_rows import Row, Typed
from app.services import meetings as services
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.services.following import new_key
from app.services.short_meetings import settle_left, short_around, short_days
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.short_entry import ShortEntry
from app.ui.meetings.short_round import ShortRound
from app.ui.meetings.short_status import set_status
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import PersonField
from app.ui.widgets.tables import Column, Table

_NARROW = 720


@dataclass(frozen=True, slots=True)
class _Read:
    """What the view reads beside the meeting."""

    around: ShortAround
    customers: dict[str, str]
    days: tuple[ShortDay, ...]


def _read(desk: Desk, *, key: str, already: frozenset[str]) -> _Read:
    return _Read(
        short_around(desk, key=key, already=already), customer_labels(desk, meeting=key, there_only=True),
        short_days(desk),
    )  # fmt: skip


class ShortView(QWidget):
    """Rows instead of an agenda with notes; the whole meeting is one press away."""

    chosen = Signal(str)
    """A row was stood on: the key of its point."""

    def __init__(self, editor: MeetingEditor, *, whole: Callable[[], object], attendance: Callable[[], object]) -> None:
        super().__init__()
        self.editor = editor
        self._around, self._shown, self._key = ShortAround(), frozenset[str](), ""
        self._customers: dict[str, str] = {}
        self.here = label(wrap=True)
        self.away = PersonField({}, name=self.tr("Vem saknas eller kom till?"))
        self.away.setMaximumWidth(220)
        if (typed := self.away.lineEdit()) is not None:
            typed.setPlaceholderText(self.tr("Vem saknas?"))
        self.away.picked.connect(self._turn)
        self._prompts = label(role="muted", wrap=True)
        self.round = ShortRound(editor)
        self.entry = ShortEntry(self)
        self.entry.typed.connect(self._typed)
        self.entry.called_for.connect(self._called_for)
        self.table = self._table()
        self.entry.left.connect(self.table.setFocus)
        self._hint = label(
            self.tr("Enter: nästa rad. Ctrl+Enter: klar direkt. I listan: mellanslag klar, Enter ändra, Del ta bort."),
            role="muted", wrap=True,
        )  # fmt: skip
        who = row(
            self.here, self.away, button(self.tr("Närvaro …"), attendance, kind="quiet"),
            button(self.tr("Hela mötet"), whole, kind="quiet", icon_name="list"),
        )  # fmt: skip
        who.setStretch(0, 1)
        inside = column(self.round, box(who), self._prompts, self.entry, self.table, self._hint, space=GRID)
        inside.setStretch(4, 1)
        self.setLayout(inside)
        self.setFocusProxy(self.entry.about)
        self.editor.changed.connect(self.renew)

    def _table(self) -> Table[Row]:
        color = self.editor.place.theme.color

        def state_color(one: Row) -> str:
            left = one.left is not None and not one.done
            return "ok" if one.done else "due" if left else "muted"

        table: Table[Row] = Table(
            (
                Column(self.tr("Kund eller ärende"), self._matter, width=170),
                Column(self.tr("Vad"), lambda one: one.text),
                Column(self.tr("Vem"), self._who, width=150, drop_below=_NARROW),
                Column(self.tr("Läge"), self._state, width=150, color=lambda one: color(state_color(one))),
            ),
            name=self.tr("Rader på mötet"),
        )  # fmt: skip
        table.space_pressed.connect(self.settle)
        table.opened.connect(self.open_row)
        table.chosen.connect(lambda one: self.chosen.emit(one.item.key))
        gone = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), table)
        gone.setContext(Qt.ShortcutContext.WidgetShortcut)
        gone.activated.connect(self.remove)
        return table

    def _matter(self, one: Row) -> str:
        around = self.editor.around
        return (around.customers.get(one.item.customer or "") if around else None) or one.matter

    def _who(self, one: Row) -> str:
        if one.left is not None:
            return one.left.responsible_name
        return person_name(one.responsible, self.editor.around.names) if self.editor.around else ""

    def _state(self, one: Row) -> str:
        return rows.since(one, today=self.editor.place.desk.today)

    # showing

    @property
    def fits(self) -> bool:
        """Whether the meeting is one that is written as rows."""
        return self.editor.meeting is not None and is_short(self.editor.meeting.forum)

    def show_meeting(self) -> None:
        """Show the meeting, then read what stands beside it."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        if meeting.key != self._key:
            self._around, self._shown = ShortAround(), customers_named(meeting)
            self._customers = {}
            self.entry.clear()
        self._key = meeting.key
        self.entry.meet(around, called=meeting.participants, customers=self._customers or around.customers)
        self.away.offer(around.names, first=tuple(dict.fromkeys((*meeting.participants, *around.own_team))))
        self.renew()
        key, already = meeting.key, self._shown | customers_named(meeting)
        self.editor.place.ask(
            self, lambda desk: _read(desk, key=key, already=already),
            lambda found: self._show_beside(found) if key == self._key else None,
        )  # fmt: skip

    def _show_beside(self, found: _Read) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        self._around, self._customers = found.around, found.customers
        left = (one.customer for kept in found.around.left.values() for one in kept if one.customer)
        self._shown = self._shown.union(customers_named(meeting), left, (one.customer for one in found.around.moving))
        self.entry.meet(around, called=meeting.participants, customers=found.customers)
        self.entry.offer_moving(found.around.moving)
        unit = next((one for one in found.days if one.unit == meeting.unit and one.forum == meeting.forum), None)
        self.round.show_day(unit)
        self.entry.offer_triggers(triggers(around.setting))
        self.renew()

    def renew(self) -> None:
        """Show the rows as they stand."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None or not self.fits:
            return
        before = self.table.current_row()
        self.table.rows_model.show_rows(rows.rows_of(meeting, self._around.left))
        if before is not None:
            self.table.stand_on(lambda one: one.key == before.key)
        held = meeting.status not in (MeetingStatus.PLANNED, MeetingStatus.CANCELLED)
        self.here.setVisible(held)
        self.here.setText(here_words(meeting, around.names))
        self.away.setVisible(held and self.editor.may_write)
        self.entry.setVisible(self._may_type(meeting))
        self._hint.setVisible(self.editor.may_write)
        waiting = [one.heading for one in meeting.items if one.kind is ItemKind.STANDING and not one.dealt_with]
        self._prompts.setText(self.tr("Gå igenom: {0}").format(" · ".join(waiting)))
        self._prompts.setVisible(bool(waiting) and self._may_type(meeting))

    def _may_type(self, meeting: Meeting) -> bool:
        proposable = meeting.status in (MeetingStatus.PLANNED, MeetingStatus.OPEN)
        may_propose = self.editor.place.desk.may(Right.PROPOSE_ITEMS) and proposable
        return (self.editor.may_call and self.editor.may_write) or may_propose

    def stand(self, item: str = "") -> None:
        """Stand where one types, or on the row of a point."""
        if item and self.table.select_where(lambda one: one.item.key == item):
            self.table.setFocus()
        elif self.entry.isVisibleTo(self):
            self.entry.about.setFocus()
        else:
            self.table.setFocus()

    # gestures

    def _typed(self, typed: Typed, done: bool) -> None:
        meeting, standing = self.editor.meeting, self.entry.standing
        if meeting is None:
            return
        if not (self.editor.may_call and self.editor.may_write):
            self._propose(typed)
        elif standing is not None:
            key = self.editor.new_action_key()
            self.editor.change(rows.rewritten(meeting, standing, typed, action_key=key), self.tr("Ändra raden"))
        else:
            self._add(meeting, typed, done)
        self.entry.begin()

    def _add(self, meeting: Meeting, typed: Typed, done: bool) -> None:
        item_key, action_key = new_key(near=meeting.key), self.editor.new_action_key()
        me = services.myself(self.editor.place.desk)
        new = rows.with_row(meeting, typed, item_key=item_key, action_key=action_key, raised_by=me)
        if done:
            new = replace(new, items=tuple(
                rows.settled(one, next(iter(one.actions), None), done=True, today=self.editor.place.desk.today)
                if one.key == item_key else one
                for one in new.items
            ))  # fmt: skip
        self.editor.change(new, self.tr("Lägg till rad"))
        self.table.scrollToBottom()

    def _propose(self, typed: Typed) -> None:
        """Who writes no minutes puts a point on: what is to be done, and by whom, is its text."""
        around = self.editor.around
        who = person_name(typed.person, around.names) if around else ""
        text = f"{typed.text} ({who})" if who and typed.text else typed.text or None
        self.editor.propose(typed.heading, customer=typed.customer, text=text)

    def settle(self, one: Row) -> None:
        """The row is done, or open again."""
        meeting, done = self.editor.meeting, not one.done
        if meeting is None or not self.editor.may_write:
            return
        phrase = self.tr("Klar") if done else self.tr("Öppna igen")
        if one.left is None:
            today = self.editor.place.desk.today
            self.editor.change_item(rows.settled(one.item, one.action, done=done, today=today), phrase)
            return
        item, action = one.item.key, one.left
        self.editor.step(
            settle_left, self.tr("Klart: {0}").format(action.text) if done else self.tr("Öppen igen."),
            lambda: self.editor.place.changed.emit("actions"), item=item, action=action, done=done,
        )  # fmt: skip

    def open_row(self, one: Row) -> None:
        """Type the row anew; what an earlier meeting decided is changed among the actions."""
        if one.left is not None:
            self.editor.place.visit.emit("actions", one.left.key)
        elif self.editor.may_call and self.editor.may_write:
            self.entry.take_up(one)

    def remove(self) -> None:
        """Take the row that is stood on away."""
        one, meeting = self.table.current_row(), self.editor.meeting
        if one is None or meeting is None or not (self.editor.may_call and self.editor.may_write):
            return
        self.editor.change(rows.without_row(meeting, one), self.tr("Ta bort raden"))
        self.editor.place.told.emit(self.tr("Raden är borttagen. Ångra med Ctrl+Z."))

    def _called_for(self, trigger: Trigger, customer: str) -> None:
        if trigger.status is not None:
            set_status(self, self.editor.place, customer=customer, status=trigger.status)

    def _turn(self) -> None:
        meeting, person = self.editor.meeting, self.away.person
        if meeting is not None and person is not None:
            self.editor.change(turned(meeting, person), self.tr("Närvaro"))
            self.away.set_person(None)
