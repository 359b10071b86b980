"""What comes after: the next meeting, appendices, and dated additions to approved minutes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.journal import unmarked
from app.domain.meetings import Meeting, MeetingStatus, NextMeeting
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.swedish import clock, long_date, number_word
from app.services.handing_on import HandedOn, hand_on
from app.services.meetings import add_addition
from app.ui.after.ahead import AheadPart
from app.ui.attachments.appendices import AppendixList
from app.ui.attachments.files import MeetingFiles
from app.ui.meetings.editor import DRAFT_MS, MeetingEditor
from app.ui.meetings.name_list import CustomerList
from app.ui.widgets.controls import box, button, card, column, empty, label, row, scrolled
from app.ui.widgets.fields import DateField, Form, TimeField, field, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.texts import TextField


class ClosingPanel(QWidget):
    """Next meeting, appendices, additions."""

    point_wanted = Signal(str)
    """Go to the point with this key, and to its journal marks."""

    def __init__(self, editor: MeetingEditor, files: MeetingFiles) -> None:
        super().__init__()
        self.editor = editor
        self._begun = self._begun_in = ""
        today = editor.place.desk.clock.today
        self.date, self.start = DateField(today), TimeField()
        self.where = line(placeholder=self.tr("Samma plats om inget skrivs"))
        self.customers = CustomerList(
            self.tr("Kunder till nästa möte"), on_add=self._add_customer, on_change=self._keep
        )
        self.date.picked.connect(self._keep)
        self.start.picked.connect(self._keep)
        self.where.textEdited.connect(lambda _: self._keep())
        self._next = button(self.tr("För över till nästa möte"), self.make_next, icon_name="calendar-plus")
        self.appendices = TextField(lines=2, most=8)
        self.appendices.edited.connect(lambda _: self._keep_appendices())
        self.appendix_list = AppendixList(files)
        self._additions = QVBoxLayout()
        self.addition = TextField(placeholder=self.tr("Vad ska läggas till?"), lines=2)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(DRAFT_MS)
        self._typing.timeout.connect(self.settle)
        self.addition.edited.connect(lambda _: self._typing.start())
        self._add = button(self.tr("Lägg till daterat tillägg"), self._add_addition, kind="primary")
        self._adding = box(column(field(self.tr("Nytt tillägg"), self.addition), row(self._add, None)))
        self.ahead = AheadPart(editor)
        times = box(row(field(self.tr("Datum"), self.date), field(self.tr("Tid"), self.start), None))
        self.unmarked = label(wrap=True)
        self._unmarked_points = Flow()
        heading = label(self.tr("Att journalföra"), role="heading")
        self._journal = box(column(heading, self.unmarked, self._unmarked_points, space=4))
        form = Form(
            label(self.tr("Nästa möte"), role="heading"), times, field(self.tr("Plats"), self.where),
            field(self.tr("Kunder till nästa möte"), self.customers), self.ahead, box(row(self._next, None)),
            self._journal,
            label(self.tr("Bilagor"), role="heading"), self.appendix_list,
            field(self.tr("Bilagor på papper eller någon annanstans, en på varje rad"), self.appendices),
            label(self.tr("Tillägg"), role="heading"), box(self._additions), self._adding,
        )  # fmt: skip
        form.setMaximumWidth(720)
        self.setLayout(column(scrolled(form, name=self.tr("Nästa möte och bilagor"))))

    def show_meeting(self) -> None:
        """Show what the meeting agreed."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None:
            return
        agreed = meeting.next_meeting or NextMeeting()
        self.date.set_day(agreed.date)
        self.start.set_moment(agreed.start)
        self.where.setText(agreed.place or "")
        self.customers.show_customers(agreed.customers, around.customers)
        self.appendices.show_text("\n".join(meeting.appendices))
        self.appendix_list.show_files()
        may = self.editor.may_write
        self.customers.set_editable(may)
        for editor_line in (self.date, self.start, self.where, self.appendices):
            editor_line.setReadOnly(not may)
        held = meeting.status in (MeetingStatus.OPEN, MeetingStatus.DRAFT, MeetingStatus.APPROVED)
        self._next.setVisible(held and self.editor.place.desk.may(Right.WRITE_MEETINGS))
        self._adding.setVisible(meeting.status is MeetingStatus.APPROVED and self.editor.may(Right.WRITE_MINUTES))
        if not self._typing.isActive() and self._begun_in != meeting.key:
            self._begun, self._begun_in = around.addition, meeting.key
            self.addition.show_text(around.addition)
        self.ahead.show_meeting()
        self._show_unmarked(meeting)
        self._show_additions(meeting)

    def _show_unmarked(self, meeting: Meeting) -> None:
        """Say which points speak of a customer and are in no journal yet."""
        labels = self.editor.around.customers if self.editor.around is not None else {}
        waiting = unmarked(meeting)
        marked = any(item.journaled for item in meeting.items)
        self._journal.setVisible(bool(waiting) or marked)
        empty(self._unmarked_points)
        if not waiting:
            self.unmarked.setText(self.tr("Alla kundärenden med anteckningar är journalförda."))
            return
        self.unmarked.setText(
            self.tr("Inte journalfört ({0}). Tryck på en punkt för att kopiera den.").format(len(waiting))
        )
        for one in waiting:
            text = f"§ {one.number} {labels.get(one.customer, self.tr('Kund'))}"
            go = button(text, partial(self.point_wanted.emit, one.item.key), kind="chip")
            go.setAccessibleName(self.tr("Till punkten {0}").format(text))
            self._unmarked_points.addWidget(go)

    def settle(self) -> None:
        """Keep an addition that is being written."""
        if self._typing.isActive() or self.addition.toPlainText() != self._begun:
            self._typing.stop()
            self._begun = self.addition.toPlainText()
            self.editor.keep_addition(self._begun)

    def _show_additions(self, meeting: Meeting) -> None:
        empty(self._additions)
        names = self.editor.around.names if self.editor.around is not None else {}
        for one in meeting.additions:
            when = f"{long_date(one.at.date())} {clock(one.at.time())}, {person_name(one.by, names)}"
            self._additions.addWidget(card(label(when, role="muted"), label(one.text, wrap=True), margin=8))
        if not meeting.additions:
            waiting = self.tr("Tillägg kan göras när anteckningarna är justerade.")
            text = self.tr("Inga tillägg.") if meeting.status is MeetingStatus.APPROVED else waiting
            self._additions.addWidget(label(text, role="muted"))

    def _add_customer(self, key: str) -> None:
        if self.editor.around is not None:
            self.customers.show_customers((*self.customers.shown_keys(), key), self.editor.around.customers)
            self._keep()

    def _keep(self) -> None:
        meeting = self.editor.meeting
        if meeting is None or not self.editor.may_write or not (self.date.readable and self.start.readable):
            return
        agreed = NextMeeting(
            date=self.date.day, start=self.start.moment, place=self.where.text().strip() or None,
            customers=self.customers.shown_keys(),
        )  # fmt: skip
        self.editor.change(replace(meeting, next_meeting=agreed if agreed != NextMeeting() else None))

    def _keep_appendices(self) -> None:
        meeting = self.editor.meeting
        if meeting is not None and self.editor.may_write:
            lines = tuple(text.strip() for text in self.appendices.toPlainText().splitlines() if text.strip())
            self.editor.change(replace(meeting, appendices=lines))

    def _add_addition(self) -> None:
        text = self.addition.written
        if text:
            self.editor.step(add_addition, self.tr("Tillägget är gjort."), text=text)
            self.addition.show_text("")
            self.settle()

    def make_next(self) -> None:
        """See that the series' next meeting has what this one hands on, booking it where it is not, and go there."""

        def go() -> None:
            if self.editor.meeting is None:
                return
            key, place = self.editor.meeting.key, self.editor.place
            place.act(self, lambda desk: hand_on(desk, key=key), self._handed_on, changed="meetings")

        self.editor.save(go)

    def _handed_on(self, found: HandedOn) -> None:
        place = self.editor.place
        place.visit.emit("meeting", found.meeting)
        points = number_word(found.points, self.tr("punkt"), self.tr("punkter"))
        if found.booked:
            place.told.emit(self.tr("Nästa möte är bokat. {0} följde med.").format(points.capitalize()))
        elif found.points:
            place.told.emit(self.tr("{0} fördes över till nästa möte.").format(points.capitalize()))
        else:
            place.told.emit(self.tr("Nästa möte har redan det som ska följa med."))
