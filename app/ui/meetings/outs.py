"""Who takes no part in the point (jäv, or another reason): a line for each, and a row that adds one by keys alone."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.comings import CONFLICT_OF_INTEREST, absence_words, comes_back, goes_out, out_of, without
from app.domain.meetings import AttendanceStatus, Item, ItemAbsence, MeetingStatus
from app.domain.people import Person, person_name
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.controls import box, button, column, empty, icon_button, label, row
from app.ui.widgets.fields import PersonField, field, line


class OutRow(QWidget):
    """Shown where somebody is out, or is about to be entered as out (Ctrl+J); Ctrl+Shift+J brings everybody back."""

    settled = Signal()
    """Who is out was entered, or not after all: what is written next is the note."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self._key = ""
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.who = PersonField({}, name=self.tr("Vem deltar inte i punkten?"))
        self.why = line(name=self.tr("Varför"))
        self.why.returnPressed.connect(self.add)
        done = button(self.tr("Är ute"), self.add)
        inside = row(
            field(self.tr("Vem deltar inte?"), self.who), field(self.tr("Varför"), self.why), column(None, done)
        )
        inside.setStretch(0, 3)
        inside.setStretch(1, 2)
        self.adder = box(inside)
        self.adder.hide()
        self.setLayout(column(self._lines, self.adder, space=4))

    def show_item(self, key: str) -> None:
        """Show who is out of a point."""
        if key != self._key:
            self.adder.hide()
        self._key = key
        self._show()

    def _show(self) -> None:
        item, around = self._item(), self.editor.around
        empty(self._lines)
        if item is None or around is None:
            self.hide()
            return
        for one in item.absences:
            self._lines.addWidget(self._line(one, person_name(one.person, around.names)))
        self._fit(item)

    def _fit(self, item: Item) -> None:
        self.setVisible(bool(item.absences) or not self.adder.isHidden())

    def _line(self, one: ItemAbsence, name: str) -> QWidget:
        text = label(absence_words(one, name), wrap=True)
        if not self.editor.may_write:
            return text
        parts: list[QWidget] = [text]
        if one.to is None and self._live:
            back = button(self.tr("Tillbaka nu"), partial(self.back, one.person), kind="quiet")
            back.setAccessibleName(self.tr("{0} är tillbaka nu").format(name))
            parts.append(back)
        parts.append(icon_button("x", self.tr("Ta bort: {0}").format(text.text()), partial(self.remove, one)))
        made = row(*parts, space=4)
        made.setStretch(0, 1)
        return box(made)

    @property
    def _live(self) -> bool:
        return self.editor.meeting is not None and self.editor.meeting.status is MeetingStatus.OPEN

    def _item(self) -> Item | None:
        return self.editor.meeting.item(self._key) if self.editor.meeting is not None else None

    def _now(self) -> dt.time | None:
        """The minute it is; None where the meeting is written up afterwards."""
        now = self.editor.place.desk.clock.now().time().replace(second=0, microsecond=0)
        return now if self._live else None

    def begin(self) -> None:
        """Ask who is out, those who are here first."""
        meeting, around, item = self.editor.meeting, self.editor.around, self._item()
        if meeting is None or around is None or item is None or not self.editor.may_write:
            return
        if meeting.status is MeetingStatus.PLANNED:
            return
        here = [one.member for one in meeting.attendance if one.member and one.status is AttendanceStatus.PRESENT]
        self.who.offer(around.names, first=tuple(dict.fromkeys((*here, *meeting.participants))))
        self.who.set_person(None)
        self.why.setText(CONFLICT_OF_INTEREST)
        self.adder.show()
        self._fit(item)
        self.who.setFocus()

    def add(self) -> None:
        """Enter who was chosen."""
        self.who.settle()
        item, person = self._item(), self.who.person
        if item is None or person is None or not self.editor.may_write:
            self.who.setFocus()
            return
        self.adder.hide()
        self._change(goes_out(item, person, at=self._now(), reason=self.why.text().strip() or None), person)
        self.settled.emit()

    def back(self, person: Person) -> None:
        """She is back now."""
        item, at = self._item(), self._now()
        if item is not None and at is not None:
            self._change(comes_back(item, person, at=at), person, back=True)

    def everybody_back(self) -> None:
        """Whoever is out of the point is back now."""
        item = self._item()
        for person in out_of(item) if item is not None else ():
            self.back(person)

    def remove(self, one: ItemAbsence) -> None:
        """It was a mistake."""
        item = self._item()
        if item is not None:
            self.editor.change_item(without(item, one), self.tr("Ta bort frånvaro vid punkten"))
            self._show()

    def _change(self, item: Item, person: Person, *, back: bool = False) -> None:
        names = self.editor.around.names if self.editor.around is not None else {}
        said = self.tr("{0} är tillbaka") if back else self.tr("{0} deltar inte i punkten")
        told = said.format(person_name(person, names))
        self.editor.change_item(item, told)
        self._show()
        self.editor.place.told.emit(self.tr("{0}. Ångra med Ctrl+Z.").format(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.adder.isHidden():
            self.adder.hide()
            self._show()
            self.settled.emit()
            return
        super().keyPressEvent(event)
