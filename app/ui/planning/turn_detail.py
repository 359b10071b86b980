"""One customer's turn: what the team decided, what is booked, and the two ways out of the order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QFrame, QSpinBox, QStackedWidget, QWidget

from app.domain.customers import CustomerStatus
from app.domain.swedish import brief_date, plain_date, short_date
from app.domain.turn_list import TurnRow, mark_words
from app.domain.turns import Turn
from app.services.turns import change_turn
from app.ui.planning.turn_table import color_role
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row, scrolled
from app.ui.widgets.fields import field, line
from app.ui.widgets.pages import Nothing
from app.ui.workplace import Workplace

_MOST_WEEKS = 104


class TurnDetail(QFrame):
    """The chosen customer's turn. Each gesture is kept at once and can be taken back."""

    def __init__(self, place: Workplace, *, may_write: bool) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setMinimumWidth(300)
        self.setAccessibleName(self.tr("Kundens tur"))
        self.place, self._may_write = place, may_write
        self.row: TurnRow | None = None
        self.title = label(role="heading", wrap=True)
        self._marks, self._facts, self._ways = column(space=4), column(space=4), column(space=0)
        self.months: int | None = None
        self.weeks = QSpinBox()
        self.weeks.setRange(0, _MOST_WEEKS)
        self.weeks.setSuffix(self.tr(" veckor"))
        self.weeks.setMaximumWidth(180)
        self.weeks.setKeyboardTracking(False)
        self.weeks.editingFinished.connect(self.keep_interval)
        self._interval = field(
            self.tr("Längst mellan gångerna"), self.weeks, hint=self.tr("Det som teamet har bestämt för kunden.")
        )
        self._acts = column()
        inside = column(
            self.title, box(self._marks), box(self._facts), self._interval, box(self._acts), box(self._ways), None,
            space=2 * GRID,
        )  # fmt: skip
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._stack = QStackedWidget()
        self._stack.addWidget(Nothing(self.tr("Välj en kund i listan.")))
        self._stack.addWidget(scrolled(box(inside), name=self.tr("Kundens tur")))
        self.setLayout(column(self._stack))

    def show_row(self, shown: TurnRow | None) -> None:
        """Show a customer's turn, or none."""
        self.row = shown
        self._stack.setCurrentIndex(int(shown is not None))
        for made in (self._marks, self._facts, self._acts, self._ways):
            empty(made)
        if shown is None:
            return
        self.title.setText(shown.label)
        for mark in shown.marks:
            self._marks.addWidget(label(mark_words(mark, shown, today=self.place.desk.today), role=color_role(mark)))
        self._show_facts(shown)
        self.weeks.blockSignals(True)
        self.weeks.setSpecialValueText(self.tr("Som rutinen") if self.months else self.tr("Inget bestämt"))
        self.weeks.setValue(shown.turn.weeks or 0)
        self.weeks.blockSignals(False)
        self._interval.setVisible(self._may_write)
        if self._may_write:
            self._show_acts(shown)
        go = self.place.visit.emit
        for text, page, key in (
            (self.tr("Öppna senaste mötet"), "meeting", shown.last_meeting),
            (self.tr("Öppna nästa möte"), "meeting", shown.next.key if shown.next else None),
            (self.tr("Öppna kunden"), "customers", shown.customer),
        ):
            if key:
                self._ways.addWidget(row_of(button(text, partial(go, page, key), kind="quiet")))

    def _show_facts(self, shown: TurnRow) -> None:
        today, turn = self.place.desk.today, shown.turn
        last = f"{plain_date(shown.last)}, {shown.last_where}" if shown.last else self.tr("inte upptagen än")
        lines = [self.tr("Senast: {0}").format(last)]
        if shown.latest is not None:
            lines.append(self.tr("Senaste dag: {0}").format(plain_date(shown.latest)))
        following = shown.next
        lines.append(
            self.tr("Nästa: {0}").format(short_date(following.date)) if following else self.tr("Nästa: inte bokad")
        )
        if turn.is_put_in(shown.last) and turn.put_in_on:
            since = brief_date(turn.put_in_on, today=today)
            lines.append(self.tr("Insatt {0}: {1}").format(since, turn.put_in_why or ""))
        if turn.is_kept(shown.last) and turn.passed_on:
            passed = brief_date(turn.passed_on, today=today)
            why = f" ({turn.passed_why})" if turn.passed_why else ""
            lines.append(self.tr("Turen gick förbi {0}{1}. Kunden går först nästa gång.").format(passed, why))
        for text in lines:
            self._facts.addWidget(label(text, wrap=True))

    # the two ways out of the order

    def _show_acts(self, shown: TurnRow) -> None:
        turn = shown.turn
        self.why = line(placeholder=self.tr("Vad har hänt? t.ex. fall 12 feb"), longest=200)
        self.why.returnPressed.connect(self.put_in)
        self.put_in_button = button(self.tr("Sätt in först"), self.put_in, icon_name="arrow-up")
        if turn.is_put_in(shown.last):
            self._acts.addWidget(row_of(button(self.tr("Ta bort insättningen"), self.take_out)))
        else:
            self._acts.addWidget(field(self.tr("Oförutsedd händelse"), self.why))
            self._acts.addWidget(row_of(self.put_in_button))
        if turn.is_kept(shown.last):
            self._acts.addWidget(row_of(button(self.tr("Spara inte turen"), self.take_pass_back)))
        if shown.next is not None and shown.next.date != turn.passed_on:
            if shown.status is CustomerStatus.HOSPITAL:
                asked = self.tr("Kunden är på sjukhus. Ska turen gå förbi på mötet {0}?")
                self._acts.addWidget(label(asked.format(short_date(shown.next.date)), role="due", wrap=True))
            self.pass_button = button(
                self.tr("Låt turen gå förbi"), self.let_pass, icon_name="redo-2",
                tip=self.tr("Kunden tas av mötet. Turen sparas, och kunden går först nästa gång."),
            )  # fmt: skip
            self._acts.addWidget(row_of(self.pass_button))

    def keep_interval(self) -> None:
        """Keep how often, where it is another."""
        weeks = self.weeks.value() or None
        if self.row is not None and self._may_write and weeks != self.row.turn.weeks:
            self._change(replace(self.row.turn, weeks=weeks), self.tr("Ändra hur ofta"))

    def put_in(self) -> None:
        """An unforeseen event puts her first: on the next booked meeting, or the next that is planned."""
        shown, why = self.row, self.why.text().strip()
        if shown is None:
            return
        turn = replace(shown.turn, put_in_on=self.place.desk.today, put_in_why=why or None)
        first = next(iter(shown.coming), None)
        self._change(turn, self.tr("Sätt in först"), put_on=first.key if first and not first.due else None)

    def take_out(self) -> None:
        """She is not first any more; meetings stay as they are."""
        if self.row is not None:
            turn = replace(self.row.turn, put_in_on=None, put_in_why=None)
            self._change(turn, self.tr("Ta bort insättningen"))

    def let_pass(self) -> None:
        """Take her off the next meeting; she comes first at the one after."""
        shown = self.row
        if shown is None or shown.next is None:
            return
        later = [one for one in shown.coming if one.date > shown.next.date and not one.due]
        why = shown.status.label.lower() if shown.status is CustomerStatus.HOSPITAL else None
        turn = replace(shown.turn, passed_on=shown.next.date, passed_why=why)
        self._change(
            turn, self.tr("Låt turen gå förbi"), take_off=shown.next.key, put_on=later[0].key if later else None
        )

    def take_pass_back(self) -> None:
        """The turn that passed is not kept after all."""
        if self.row is not None:
            self._change(replace(self.row.turn, passed_on=None, passed_why=None), self.tr("Spara inte turen"))

    def _change(self, turn: Turn, phrase: str, *, put_on: str | None = None, take_off: str | None = None) -> None:
        shown = self.row
        if shown is None:
            return
        before, version = shown.turn, shown.version
        kind = "meetings" if put_on or take_off else "customers"
        back = self.place.way_back(
            phrase,
            lambda desk: change_turn(
                desk, turn=before, expected=turn, put_on=take_off, take_off=put_on
            ),
            changed=kind,
        )  # fmt: skip
        self.place.act(
            self,
            lambda desk: change_turn(desk, turn=turn, expected=version, put_on=put_on, take_off=take_off),
            changed=kind, said=self.tr("Sparat. Ångra med Ctrl+Z."), undo=back,
        )  # fmt: skip


def row_of(made: QWidget) -> QWidget:
    """The widget at its own width."""
    return box(row(made, None))
