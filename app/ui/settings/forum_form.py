"""One forum's form: the unit's own copy, and under each part what the routine says."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.catalogue import UNITS_OWN, Forum, differences, field_text
from app.ui.settings.forum_fields import (
    CustomersField,
    IntervalField,
    LengthField,
    ParticipantsField,
    check,
)
from app.ui.settings.ordered_list import OrderedList
from app.ui.settings.section import Number
from app.ui.widgets.controls import column, label, set_role
from app.ui.widgets.fields import field, line


class ForumForm(QWidget):
    """Shows a forum beside the routine's and gives back what it was changed to."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("body")
        self._routine: Forum | None = None
        self._own: Forum | None = None
        self._states = {name: label(role="muted", wrap=True) for name in _PARTS}
        self.name, self.place = line(longest=120), line(longest=200)
        self.interval, self.minutes, self.customers = IntervalField(), LengthField(), CustomersField()
        self.digital = check(self.tr("Mötet hålls digitalt"))
        self.review = Number(0, 36, suffix=self.tr(" månader"), one=self.tr(" månad"))
        before, day_before = self.tr(" dagar före mötet"), self.tr(" dag före mötet")
        self.closes = Number(0, 60, suffix=before, one=day_before, nothing=self.tr("vid mötet"))
        self.notice = Number(0, 90, suffix=before, one=day_before, nothing=self.tr("med de andra"))
        self.participants = ParticipantsField(
            self.tr("Medverkande"), placeholder=self.tr("Ny roll, t.ex. Dietist v.b.")
        )
        self.responsible = OrderedList(self.tr("Mötesansvarig"), placeholder=self.tr("Ny ansvarig roll"))
        self.topics = OrderedList(self.tr("Innehåll"), placeholder=self.tr("Nytt ämne"))
        self.agenda = OrderedList(self.tr("Stående punkter"), placeholder=self.tr("Ny stående punkt"))
        inside = column(*self._parts(), None, space=14)
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        self._connect()

    def _parts(self) -> list[QWidget]:
        return [
            self._part("name", field(self.tr("Namn"), self.name)),
            self._part("interval", self.interval),
            self._part("minutes", self.minutes, title=self.tr("Hur länge")),
            self._part("place", field(self.tr("Plats"), self.place)),
            self._part("digital", self.digital),
            self._part("agenda", self.agenda, title=self.tr("Stående punkter på dagordningen")),
            self._part("closes_days", field(self.tr("Dagordningen stänger"), self.closes)),
            self._part("participants", self.participants, title=self.tr("Medverkande")),
            self._part("notice_days", field(self.tr("Adjungerade och de som medverkar vid behov kallas"), self.notice)),
            self._part("responsible", self.responsible, title=self.tr("Mötesansvarig")),
            self._part("topics", self.topics, title=self.tr("Innehåll enligt rutinen")),
            self._part("customers_per_meeting", self.customers, title=self.tr("Kunder per möte")),
            self._part("review_every_months", field(self.tr("Uppföljning av varje kund, med högst"), self.review)),
        ]

    def _part(self, name: str, editor: QWidget, *, title: str = "") -> QWidget:
        made = QWidget()
        heading = [label(title, role="label")] if title else []
        made.setLayout(column(*heading, editor, self._states[name], space=4))
        return made

    def _connect(self) -> None:
        for text in (self.name, self.place):
            text.textChanged.connect(lambda _: self._tell())
        for one in (self.interval, self.minutes, self.customers):
            one.changed.connect(self._tell)
        for many in (self.participants, self.responsible, self.topics, self.agenda):
            many.changed.connect(self._tell)
        self.digital.toggled.connect(lambda _: self._tell())
        for number in (self.review, self.closes, self.notice):
            number.valueChanged.connect(lambda _: self._tell())

    def set_editable(self, editable: bool, why: str) -> None:
        """Let the forum be changed, or only read."""
        for many in (self.participants, self.responsible, self.topics, self.agenda):
            many.set_editable(editable, why)
        for text in (self.name, self.place):
            text.setReadOnly(not editable)
            text.setToolTip(why)
        for one in (
            self.interval, self.minutes, self.customers, self.digital, self.review, self.closes, self.notice,
        ):  # fmt: skip
            one.setEnabled(editable)
            one.setToolTip(why)

    def show_forum(self, own: Forum, routine: Forum) -> None:
        """Show a forum as the unit runs it."""
        self._own = None
        self._routine = routine
        _write(self.name, own.name)
        _write(self.place, own.place)
        self.interval.show_interval(own.interval, may_be_none=routine.interval is None)
        self.minutes.show_length(own.minutes)
        self.customers.show_count(own.customers_per_meeting, may_be_none=routine.customers_per_meeting is None)
        self.digital.setChecked(own.digital)
        none_allowed = routine.review_every_months is None
        self.review.setMinimum(0 if none_allowed else 1)
        self.review.setSpecialValueText(self.tr("efter behov") if none_allowed else "")
        self.review.setValue(own.review_every_months or 0)
        self.closes.setValue(own.closes_days or 0)
        self.notice.setValue(own.notice_days or 0)
        self.participants.show_participants(own.participants)
        self.responsible.show_texts(own.responsible)
        self.topics.show_texts(own.topics)
        self.agenda.show_texts(own.agenda)
        self._own = own
        self._tell_states()

    @property
    def value(self) -> Forum | None:
        """The forum as the form has it."""
        if self._own is None:
            return None
        return replace(
            self._own, name=self.name.text().strip() or self._own.name, place=self.place.text().strip(),
            interval=self.interval.interval, minutes=self.minutes.length, digital=self.digital.isChecked(),
            customers_per_meeting=self.customers.count, review_every_months=self.review.value() or None,
            participants=self.participants.participants, responsible=self.responsible.texts, topics=self.topics.texts,
            agenda=self.agenda.texts, closes_days=self._days(self.closes, "closes_days"),
            notice_days=self._days(self.notice, "notice_days"),
        )  # fmt: skip

    def _days(self, number: Number, name: str) -> int | None:
        """A number of days; nought only where the suggestion is another, since nothing means the suggestion."""
        return number.value() or (0 if getattr(self._routine, name) else None)

    def _tell_states(self) -> None:
        own, routine = self.value, self._routine
        if own is None or routine is None:
            return
        departed = {one.field for one in differences(routine, own)}
        for name, shown in self._states.items():
            theirs = field_text(routine, name)
            if name in departed:
                shown.setText(self._departing(name).format(field_text(own, name), theirs))
                set_role(shown, "due")
            else:
                shown.setText(self._following(name).format(theirs))
                set_role(shown, "muted")

    def _departing(self, name: str) -> str:
        if name in UNITS_OWN:
            return self.tr("Enhetens eget: {0}. Förslag: {1}")
        return self.tr("Avviker: {0}. Rutinen: {1}")

    def _following(self, name: str) -> str:
        return self.tr("Förslag: {0}") if name in UNITS_OWN else self.tr("Som i rutinen: {0}")

    def _tell(self) -> None:
        if self._own is not None:
            self._tell_states()
            self.changed.emit()


_PARTS = (
    "name", "interval", "minutes", "place", "digital", "agenda", "closes_days", "participants", "notice_days",
    "responsible", "topics", "customers_per_meeting", "review_every_months",
)  # fmt: skip


def _write(editor: QLineEdit, text: str) -> None:
    if editor.text() != text:
        editor.setText(text)
        editor.setCursorPosition(0)
