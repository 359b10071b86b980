"""What the customers wished for last time and what came of it, on top of a boråd or aktivitetsråd; and its schedule."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.councils import Wish, is_council, told_again, wishes
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.stored import Stored
from app.domain.swedish import number_word, short_date
from app.services.proposals import previous_meeting
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, card, column, label
from app.ui.widgets.flow import Flow

_SINCE = "sedan förra"
_MOST = 4


class Wishes(QWidget):
    """A card with last time's wishes, the way to put them in the minutes, and the way to the activities."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.found: tuple[Wish, ...] = ()
        self._key = ""
        self._said = label(wrap=True)
        self._title = label(role="label")
        self.put = button(self.tr("Skriv in i anteckningen"), self.write, icon_name="pencil")
        self.activities = button(self.tr("Månadens aktiviteter"), self._go, icon_name="calendar-days")
        self._card = card(
            self._title, self._said, box(Flow(self.put, self.activities)), margin=GRID
        )  # fmt: skip
        self.setLayout(column(self._card))
        self.hide()

    def show_meeting(self) -> None:
        """Read last time's wishes of another meeting that is a council."""
        meeting = self.editor.meeting
        council = meeting is not None and is_council(meeting.forum)
        over = meeting is not None and meeting.status in (MeetingStatus.APPROVED, MeetingStatus.CANCELLED)
        self.setVisible(council and not over)
        if not council or meeting is None or over:
            return
        if meeting.key != self._key:
            self._key, self.found = meeting.key, ()
            key = meeting.key
            self.editor.place.ask(self, lambda desk: previous_meeting(desk, key=key), self._show_previous)
        self._tell()

    def _show_previous(self, found: Stored[Meeting] | None) -> None:
        around = self.editor.around
        if found is not None and around is not None:
            self.found = wishes(found.value, around.names)
            self._title.setText(
                self.tr("Önskemål från {0}").format(short_date(found.value.date))
            )  # fmt: skip
        self._tell()

    def _tell(self) -> None:
        self._title.setVisible(bool(self.found))
        self._said.setVisible(bool(self.found))
        lines = [f"{one.text}  –  {one.sentence}" for one in self.found[:_MOST]]
        rest = len(self.found) - _MOST
        if rest > 0:
            lines.append(self.tr("och {0} till").format(number_word(rest, self.tr("önskemål"), self.tr("önskemål"))))
        self._said.setText("\n".join(lines))
        self.put.setVisible(bool(self.found) and self.editor.may_write and not self._written)

    @property
    def _written(self) -> bool:
        meeting, text = self.editor.meeting, told_again(self.found)
        return meeting is None or any(text in (item.notes or "") for item in meeting.items)

    def write(self) -> None:
        """Put the wishes with their answers in the note of the point for what has happened since."""
        meeting = self.editor.meeting
        if meeting is None or not meeting.items:
            return
        item = next((one for one in meeting.items if one.heading.casefold().startswith(_SINCE)), meeting.items[0])
        notes = "\n".join(part for part in ((item.notes or "").strip(), told_again(self.found)) if part)
        self.editor.change_item(replace(item, notes=notes), self.tr("Skriv in önskemålen"))
        self.editor.loaded.emit()
        self._tell()

    def _go(self) -> None:
        meeting = self.editor.meeting
        if meeting is not None:
            self.editor.place.visit.emit("activities", f"{meeting.unit} {meeting.ward or '-'} {meeting.date:%Y-%m}")
