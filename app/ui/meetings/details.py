"""About the meeting: when, where, who is called, which customers are due."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.domain.agenda import with_added
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.roles import Right
from app.services.following import new_key
from app.ui.meetings.calling import CallPanel
from app.ui.meetings.clashing import Clashing
from app.ui.meetings.covers import CoversPanel
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.name_list import CustomerList, NameList
from app.ui.meetings.skips import reasons_of
from app.ui.widgets.controls import box, column, label, row, scrolled
from app.ui.widgets.fields import DateField, Form, PersonField, TimeField, field, line, offer_words


class DetailsPanel(QWidget):
    """The form of the meeting itself."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        today = editor.place.desk.clock.today
        self._facts = label(role="muted", wrap=True)
        self.title = line(placeholder=self.tr("Egen rubrik, om mötet behöver en"))
        self.date = DateField(today, required=True)
        self.start, self.end = TimeField(required=True), TimeField(required=True)
        self.where = line(placeholder=self.tr("t.ex. Personalrummet"))
        self.link = line(placeholder=self.tr("Länk till SEFOS eller annat digitalt möte"))
        self._fault = label(role="overdue", wrap=True)
        self._fault.hide()
        self.clashing = Clashing(editor.place)
        self.covers = CoversPanel(editor)
        self.new_person = PersonField({}, name=self.tr("Kalla en medarbetare"))
        self.new_person.picked.connect(self._add_person)
        self.called = NameList(self.tr("Kallade"), self.new_person, self._keep)
        self.due = CustomerList(self.tr("Kunder på mötet"), on_add=self._add_customer, on_change=self._keep)
        self.calling = CallPanel(editor)
        self._customers = field(self.tr("Kunder på mötet"), self.due)
        for editor_line in (self.title, self.where, self.link):
            editor_line.editingFinished.connect(self._keep)
        for picked in (self.date, self.start, self.end):
            picked.picked.connect(self._keep)
        times = row(
            field(self.tr("Datum"), self.date),
            field(self.tr("Från"), self.start),
            field(self.tr("Till"), self.end),
            None,
        )
        form = Form(
            self._facts,
            box(times),
            self._fault, self.clashing.label, field(self.tr("Kallelse"), self.calling),
            field(self.tr("Plats"), self.where), field(self.tr("Länk"), self.link),
            field(self.tr("Rubrik"), self.title), field(self.tr("Kallade"), self.called), self._customers,
            self.covers,
        )  # fmt: skip
        form.setMaximumWidth(720)
        self.setLayout(column(scrolled(form, name=self.tr("Om mötet"))))

    def show_meeting(self) -> None:
        """Show the meeting."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        self._facts.setText(", ".join(filter(None, (around.forum_name, around.ward_name, around.unit_name))))
        self.title.setText(meeting.title or "")
        self.date.set_day(meeting.date)
        self.start.set_moment(meeting.start)
        self.end.set_moment(meeting.end)
        self.where.setText(meeting.place or "")
        self.link.setText(meeting.link or "")
        self.called.show_names(meeting.participants, around.names)
        self.calling.show_meeting()
        self.due.show_customers(meeting.customers, around.customers, reasons_of(around))
        self._customers.setVisible(self.editor.may(Right.READ_CUSTOMERS))
        self.new_person.offer(around.names, first=around.own_team)
        self.new_person.set_person(None)
        offer_words(self.where, around.rooms)
        self.clashing.check(meeting)
        self.covers.read()
        self._lock(self.editor.may_call)

    def _lock(self, may: bool) -> None:
        for editor_line in (self.title, self.date, self.start, self.end, self.where, self.link):
            editor_line.setReadOnly(not may)
        self.called.set_editable(may)
        self.due.set_editable(may)

    def _add_person(self) -> None:
        meeting, person = self.editor.meeting, self.new_person.person
        if meeting is None or person is None:
            return
        if not isinstance(person, str):
            self._say(self.tr("Den som inte finns i teamet läggs till under Närvaro."))
            return
        if person not in meeting.participants:
            called = (*meeting.participants, person)
            self.editor.change(replace(meeting, participants=called), self.tr("Kalla medarbetare"))
        self.show_meeting()

    def _add_customer(self, key: str) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        items = meeting.items
        if all(item.customer != key for item in items):
            heading = around.customers[key]
            items = with_added(
                items, Item(key=new_key(near=meeting.key), heading=heading, kind=ItemKind.CUSTOMER, customer=key)
            )
        self.editor.change(
            replace(meeting, customers=(*meeting.customers, key), items=items), self.tr("Lägg till kund")
        )
        self.show_meeting()

    def _keep(self) -> None:
        meeting = self.editor.meeting
        if meeting is None or not self.editor.may_call:
            return
        fault = self._fault_of()
        self._say(fault)
        if not fault:
            changed = self._gathered(meeting)
            self.editor.change(changed, self.tr("Ändra mötet"))
            self.clashing.check(changed)

    def _fault_of(self) -> str:
        if not (self.date.readable and self.start.readable and self.end.readable):
            return self.tr("Datum och tider behövs, till exempel 12/3, 13.00 och 14.00.")
        if self.start.moment is not None and self.end.moment is not None and self.end.moment <= self.start.moment:
            return self.tr("Mötet slutar före det börjar. Rätta tiderna.")
        return ""

    def _gathered(self, meeting: Meeting) -> Meeting:
        return replace(
            meeting, title=self.title.text().strip() or None, date=self.date.day or meeting.date,
            start=self.start.moment or meeting.start, end=self.end.moment or meeting.end,
            place=self.where.text().strip() or None, link=self.link.text().strip() or None,
            participants=self.called.shown_keys(), customers=self.due.shown_keys(),
        )  # fmt: skip

    def _say(self, fault: str) -> None:
        self._fault.setText(fault)
        self._fault.setVisible(bool(fault))
