"""A point's note with what its lines lead to: commands are carried out, and what came of them is said under it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.completing import Words
from app.domain.errors import Refused
from app.domain.meetings import Item
from app.domain.named import People
from app.domain.note_lines import LIFTS, OUTSIDE, Known, Line, read_line, with_line
from app.domain.people import Outsider, person_name
from app.domain.swedish import short_date
from app.domain.wording import wording
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.note import NoteField
from app.ui.widgets.controls import column, label, set_role


class NoteEditor(QWidget):
    """The field and the line under it. `whole` is False where nobody but the point's own customer may be offered."""

    led = Signal(str)
    """A line became a decision, an action, a question or a lift of the point with this key."""

    def __init__(self, editor: MeetingEditor, *, whole: bool = True) -> None:
        super().__init__()
        self.editor = editor
        self._whole = whole
        self._key = ""
        self._refused = ""
        self._sentences: tuple[str, ...] = ()
        self.field = NoteField(
            name=self.tr("Anteckning"), placeholder=self.tr("Skriv anteckningen här"),
            offers_name=self.tr("Förslag"),
        )  # fmt: skip
        self.field.words = self._words
        self.field.enter = self._enter
        self.field.edited.connect(self._type)
        self.field.way_back.connect(editor.place.undo)
        self.said = label(wrap=True)
        self.said.setAccessibleName(self.tr("Om raden"))
        self.said.hide()
        whole_layout = column(self.field, self.said, space=4)
        whole_layout.setStretch(0, 1)
        self.setLayout(whole_layout)

    def show_item(self, key: str) -> None:
        """Show the note of a point."""
        item = self._item_of(key)
        if item is None:
            return
        if key != self._key:
            self._say("")
        self._key = key
        may = self.editor.may_write
        self.field.show_text(item.notes)
        self.field.setReadOnly(not may)
        hint = self.tr("Skriv anteckningen här, eller / för beslut och åtgärder")
        self.field.setPlaceholderText(hint if may else self.tr("Ingen anteckning"))

    def _item_of(self, key: str) -> Item | None:
        return self.editor.meeting.item(key) if self.editor.meeting is not None else None

    def _type(self, text: str) -> None:
        item = self._item_of(self._key)
        if item is not None and self.editor.may_write:
            self._say("")
            self.editor.change_item(replace(item, notes=text.rstrip() or None))

    # what is known

    def _people(self) -> People:
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return People(names={})
        here = tuple(one.member for one in meeting.attendance if one.member)
        return People(names=around.names, called=(*here, *meeting.participants), team=around.own_team)

    def _customers(self) -> dict[str, str]:
        around, item = self.editor.around, self._item_of(self._key)
        if around is None:
            return {}
        if self._whole:
            return around.customers
        own = item.customer if item is not None else None
        return {own: around.customers[own]} if own in around.customers and own else {}

    def _words(self) -> Words | None:
        around, item = self.editor.around, self._item_of(self._key)
        if around is None or item is None or not self.editor.may_write:
            return None
        sentences = (*(around.modules.get("customer", ()) if item.customer else ()), *around.modules.get("any", ()))
        return Words(
            people=self._people(), professions=around.professions, customers=self._customers(), sentences=sentences
        )

    # a line that is entered

    def _enter(self, number: int) -> bool:
        """Carry out the line; what is unclear is said, and Enter once more leaves it as the text it is."""
        item = self._item_of(self._key)
        lines = self.field.toPlainText().split("\n")
        if item is None or not self.editor.may_write or number >= len(lines):
            return False
        typed = lines[number]
        if typed == self._refused:
            self._say("")
            return False
        known = Known(people=self._people(), customers=self._customers(), today=self.editor.place.desk.today)
        try:
            line = read_line(typed, known=known)
        except Refused as error:
            self._refused = typed
            self._say(wording(error), role="overdue")
            return True
        left = [line.text] if line.command == "/lyft" and line.text else []
        rest = [*lines[:number], *left, *lines[number + 1 :]]
        last = number == len(lines) - 1
        shown = "\n".join([*rest, ""] if last and rest else rest)
        at = len(rest) if last else number if left else max(number - 1, 0)
        self._carry_out(item, line, shown=shown, at=at)
        return True

    def _carry_out(self, item: Item, line: Line, *, shown: str, at: int) -> None:
        changed = with_line(item, line, notes=shown.rstrip() or None, action_key=self.editor.new_action_key())
        self.editor.change_item(changed, self._phrase(line))
        self.field.put_text(shown, line=at)
        self._say(self._told(line))
        self.led.emit(item.key)

    def _phrase(self, line: Line) -> str:
        return {
            "/beslut": self.tr("Beslut"), "/åtgärd": self.tr("Åtgärd"), "/fråga": self.tr("Fråga"),
            "/lyft": self.tr("Lyft punkten"),
        }[line.command]  # fmt: skip

    def _told(self, line: Line) -> str:
        """What came of the line, and that somebody named in it is nobody of the team."""
        names = self.editor.around.names if self.editor.around is not None else {}
        who = person_name(line.person, names)
        if line.command == "/lyft":
            where = who if line.lifted_to == OUTSIDE else LIFTS.get(line.lifted_to or "", "")
            told = self.tr("Punkten lyfts till {0}.").format(where)
        else:
            due = self._day(line)
            facts = ", ".join(part for part in (line.text.rstrip("."), who, due) if part)
            told = f"{self._phrase(line)}: {facts}."
        if line.command == "/åtgärd" and isinstance(line.person, Outsider):
            told += self.tr(" {0} finns inte i teamet och står som en person utifrån.").format(who)
        return told

    def _day(self, line: Line) -> str:
        if line.due is None:
            return ""
        year = "" if line.due.year == self.editor.place.desk.today.year else f" {line.due.year}"
        return self.tr("senast {0}").format(short_date(line.due) + year)

    def _say(self, text: str, *, role: str = "muted") -> None:
        if not text:
            self._refused = ""
            if self.said.isHidden():
                return
        set_role(self.said, role)
        self.said.setText(text)
        self.said.setVisible(bool(text))
