"""A new meeting: which forum and when; everything else comes from the routine, the team and the series."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.domain.catalogue import Setting
from app.domain.meeting_templates import MeetingTemplate, begun_from
from app.domain.meetings import Meeting
from app.domain.people import person_name
from app.domain.stored import Stored
from app.domain.swedish import long_date, number_word, span
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.meeting_templates import list_meeting_templates
from app.services.meetings import book_meeting
from app.services.rooms import room_names
from app.services.team import member_names
from app.services.turn_reasons import InTurn, propose_in_turn
from app.services.units import list_units
from app.ui.meetings.clashing import Clashing
from app.ui.meetings.due import DueList
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row, scrolled
from app.ui.widgets.fields import DateField, Form, TimeField, choice, chosen, field, fill_choice, line, offer_words
from app.ui.workplace import Workplace


class NewMeetingPanel(QFrame):
    """Unit, forum, ward, date and start; below, what the meeting becomes."""

    left = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.place = place
        self._units: dict[str, Unit] = {}
        self._proposal: Meeting | None = None
        self._names: dict[str, str] = {}
        self.unit, self.forum, self.ward = choice([]), choice([]), choice([])
        self.template = choice([])
        self._templates: dict[str, MeetingTemplate] = {}
        self._template_field = field(self.tr("Mall"), self.template)
        self._template_field.hide()
        self.template.currentIndexChanged.connect(lambda _: self.propose())
        self.date = DateField(place.desk.clock.today)
        self.start = TimeField()
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        for box_ in (self.forum, self.ward):
            box_.currentIndexChanged.connect(lambda _: self.propose(anew=True))
        self.date.picked.connect(self.propose)
        self.start.picked.connect(self.propose)
        self.where = line(longest=200)
        self.where.textEdited.connect(lambda _: self._check())
        self.clashing = Clashing(place)
        self._what = label(role="muted", wrap=True)
        self.due = DueList(self._choose_customers)
        self._ward_field = field(self.tr("Avdelning"), self.ward)
        self.book = button(self.tr("Boka mötet"), self.book_it, kind="primary")
        form = Form(
            label(self.tr("Nytt möte"), role="heading"), field(self.tr("Enhet"), self.unit),
            field(self.tr("Mötesforum"), self.forum), self._template_field, self._ward_field,
            box(row(field(self.tr("Datum"), self.date), field(self.tr("Börjar"), self.start))),
            field(self.tr("Plats"), self.where), self.clashing.label, self._what,
            self.due,
        )  # fmt: skip
        inside = column(
            scrolled(form, name=self.tr("Nytt möte")), row(self.book, button(self.tr("Stäng"), self.left.emit), None)
        )
        inside.setContentsMargins(2 * GRID, 0, 0, 0)
        self.setLayout(inside)
        self.setMinimumWidth(260)

    def begin(
        self, *, unit: str = "", forum: str = "", date: dt.date | None = None, start: dt.time | None = None
    ) -> None:
        """Begin anew, on a day and at a time where they are given."""
        self._wanted_forum = forum
        self._proposal = None
        self.date.set_day(date)
        self.start.set_moment(start)
        self.place.ask(self, list_units, lambda units: self._offer(units, unit))
        self.forum.setFocus()

    def _offer(self, units: tuple[Stored[Unit], ...], unit: str) -> None:
        self._units = {one.value.key: one.value for one in units}
        first = unit or chosen(self.unit) or (units[0].value.key if units else "")
        fill_choice(self.unit, [(key, one.name) for key, one in self._units.items()], chosen=first)
        self._choose_unit()

    def _choose_unit(self) -> None:
        unit = self._units.get(chosen(self.unit))
        if unit is None:
            return
        catalogue = self.place.desk.catalogue
        forums = [(one.key, one.name) for one in catalogue.forums(unit.setting)]
        if unit.setting is not Setting.LEDNING:
            forums += [(one.key, one.name) for one in catalogue.forums(Setting.LEDNING)]
        fill_choice(self.forum, forums, chosen=self._wanted_forum or chosen(self.forum))
        wards = [(ward.key, ward.name) for ward in unit.wards]
        fill_choice(self.ward, [("", self.tr("Hela enheten")), *wards], chosen=chosen(self.ward))
        self._ward_field.setVisible(bool(wards))
        self.propose(anew=True)

    def propose(self, *, anew: bool = False) -> None:
        """Ask what the meeting would become; `anew` lets the routine choose the day again."""
        unit, forum, ward = chosen(self.unit), chosen(self.forum), chosen(self.ward) or None
        if not unit or not forum:
            return
        if anew and self._proposal is not None and self.date.day == self._proposal.date:
            self.date.set_day(None)
            self.start.set_moment(None)
        day, start = self.date.day, self.start.moment

        def work(desk: Desk) -> tuple[InTurn, dict[str, str], tuple[str, ...], tuple[MeetingTemplate, ...]]:
            found = propose_in_turn(desk, unit=unit, forum=forum, ward=ward, date=day, start=start)
            templates = tuple(one.value for one in list_meeting_templates(desk, unit=unit, forum=forum))
            return found, member_names(desk), room_names(desk, unit=unit), templates

        self.book.setEnabled(False)
        self.place.ask(self, work, lambda found: self._show(*found))

    def _show(
        self, found: InTurn, names: dict[str, str], rooms: tuple[str, ...], templates: tuple[MeetingTemplate, ...]
    ) -> None:  # fmt: skip
        self._templates = {one.key: one for one in templates}
        rows = [("", self.tr("Ingen, dagordning ur rutinen")), *((one.key, one.name) for one in templates)]
        fill_choice(self.template, rows, chosen=chosen(self.template))
        self._template_field.setVisible(bool(templates))
        before, meeting = self._proposal, found.meeting
        if (template := self._templates.get(chosen(self.template))) is not None:
            meeting = begun_from(meeting, template, members=names)
        if before is None or self.where.text().strip() == (before.place or ""):
            self.where.setText(meeting.place or "")
        self._proposal, self._names = meeting, names
        offer_words(self.where, rooms)
        self.date.set_day(meeting.date)
        self.start.set_moment(meeting.start)
        self.due.show_notes(found)
        self._tell(meeting)
        self.book.setEnabled(True)

    def _choose_customers(self) -> None:
        """Who is on the meeting is for the convenor to say: put on or left out."""
        if self._proposal is not None:
            self._proposal = self.due.chosen_for(self._proposal)
            self._tell(self._proposal)

    def _tell(self, meeting: Meeting) -> None:
        names = self._names
        lines = [
            f"{long_date(meeting.date).capitalize()} {span(meeting.start, meeting.end)}",
            self.tr("Leds av {0}").format(person_name(meeting.chair, names)) if meeting.chair else "",
            self.tr("{0} kallade").format(len(meeting.participants)),
            number_word(len(meeting.customers), self.tr("kund"), self.tr("kunder")) if meeting.customers else "",
            self.tr("{0} punkter på dagordningen").format(len(meeting.items)),
        ]
        self._what.setText("\n".join(text for text in lines if text))
        self._check()

    @property
    def wanted(self) -> Meeting | None:
        """The meeting as it would be booked."""
        proposal = self._proposal
        return proposal and replace(proposal, place=self.where.text().strip() or None)

    def _check(self) -> None:
        if (meeting := self.wanted) is not None:
            self.clashing.check(meeting)

    def book_it(self) -> None:
        """Book the meeting and go to its agenda."""
        meeting = self.wanted
        if meeting is None:
            return
        self.place.act(
            self, lambda desk: book_meeting(desk, meeting=meeting), self._booked, changed="meetings",
            said=self.tr("Mötet är bokat. Fyll dagordningen."),
        )  # fmt: skip

    def _booked(self, stored: Stored[Meeting]) -> None:
        self._proposal = None
        self.left.emit()
        self.place.visit.emit("meeting", stored.value.key)
