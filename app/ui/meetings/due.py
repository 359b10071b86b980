"""The customers of a meeting that is proposed, each with the reason; who is in hospital keeps her turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.agenda import with_added
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.turn_list import TurnNote
from app.services.turn_reasons import InTurn
from app.ui.widgets.controls import box, column, empty, label


class DueList(QWidget):
    """A box to tick for each; `on_change` is told that another choice was made."""

    def __init__(self, on_change: Callable[[], object]) -> None:
        super().__init__()
        self._on_change = on_change
        self.boxes: dict[str, QCheckBox] = {}
        self._notes: dict[str, TurnNote] = {}
        self._rows = column(space=0)
        self._title = label(self.tr("Kunder på mötet"), role="label")
        self.setLayout(column(self._title, box(self._rows), space=4))
        self.hide()

    def show_notes(self, found: InTurn) -> None:
        """Show who is due, and who would be if she were not in hospital."""
        empty(self._rows)
        self.boxes = {}
        self._notes = {one.customer: one for one in (*found.due, *found.waiting)}
        due = {one.customer for one in found.due}
        for key, note in self._notes.items():
            made = QCheckBox(f"{note.label}, {self.words(note)}".replace("&", "&&"))
            made.setAccessibleName(note.label)
            made.setChecked(key in due)
            made.toggled.connect(lambda _: self._on_change())
            self.boxes[key] = made
            self._rows.addWidget(made)
        self.setVisible(bool(self._notes))

    def words(self, note: TurnNote) -> str:
        """Why she is on the list; in hospital the convenor is asked whether her turn passes."""
        return self.tr("på sjukhus – hoppa över?") if note.hospital else note.why

    def chosen_for(self, meeting: Meeting) -> Meeting:
        """The meeting with those who are ticked, and a point about each."""
        wanted = tuple(key for key, made in self.boxes.items() if made.isChecked())
        left_out = set(self.boxes) - set(wanted)
        items = tuple(one for one in meeting.items if one.customer not in left_out)
        there = {one.customer for one in items}
        new = [
            Item(key="", heading=self._notes[key].label, kind=ItemKind.CUSTOMER, customer=key)
            for key in wanted
            if key not in there
        ]
        others = tuple(key for key in meeting.customers if key not in self.boxes)
        return replace(meeting, customers=(*wanted, *others), items=with_added(items, *new))
