"""Who is on the meeting and in hospital that day: the convenor lets her turn pass, or takes her up all the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.carrying import untouched
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.turn_list import TurnNote
from app.services.turns import change_turn
from app.ui.meetings.around import Around
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.controls import box, button, column, empty, label, row


def reasons_of(around: Around) -> Mapping[str, str]:
    """Why each customer is on the meeting, in words."""
    return {key: "på sjukhus" if one.hospital else one.why for key, one in around.notes.items()}


class Skips(QWidget):
    """A question for each customer in hospital, while the meeting is planned."""

    def __init__(self, editor: MeetingEditor, on_change: Callable[[], object]) -> None:
        super().__init__()
        self.editor, self._on_change = editor, on_change
        self._rows = column(space=4)
        self.setLayout(column(box(self._rows)))
        self.hide()

    def show_meeting(self) -> None:
        """Ask about those who are on the meeting as it stands."""
        meeting, around = self.editor.meeting, self.editor.around
        empty(self._rows)
        desk = self.editor.place.desk
        may = desk.may(Right.WRITE_REGISTERS) or desk.may(Right.WRITE_CUSTOMERS)
        asked = meeting is not None and meeting.status is MeetingStatus.PLANNED and self.editor.may_call and may
        notes = around.notes.values() if asked and around is not None else ()
        for one in notes:
            if one.hospital and meeting is not None and one.customer in meeting.customers:
                words = self.tr("{0} är på sjukhus – hoppa över?").format(one.label)
                go = button(self.tr("Hoppa över, turen sparas"), partial(self.skip, one), icon_name="redo-2")
                go.setAccessibleName(self.tr("Hoppa över {0}, turen sparas").format(one.label))
                self._rows.addWidget(box(row(label(words, role="due"), go, None)))
        self.setVisible(self._rows.count() > 0)

    def skip(self, note: TurnNote) -> None:
        """Take her off the meeting; her turn is kept, and she comes first again."""
        meeting, place = self.editor.meeting, self.editor.place
        if meeting is None:
            return
        turn = replace(note.turn, passed_on=meeting.date, passed_why=self.tr("på sjukhus"))
        back = place.way_back(
            self.tr("Spara turen"),
            lambda desk: change_turn(desk, turn=note.turn, expected=turn), changed="customers",
        )  # fmt: skip
        items = tuple(one for one in meeting.items if not (one.customer == note.customer and untouched(one)))
        customers = tuple(key for key in meeting.customers if key != note.customer)
        self.editor.change(replace(meeting, customers=customers, items=items), self.tr("Hoppa över kund"))
        place.act(
            self, lambda desk: change_turn(desk, turn=turn, expected=note.version), changed="customers",
            said=self.tr("Turen är sparad. Kunden går först nästa gång."), undo=back,
        )  # fmt: skip
        self._on_change()
