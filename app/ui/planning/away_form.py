"""The form of one absence: who is away, which days or hours, why, and who comes instead; below, where she is called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout

from app.domain.availability import Absence, AbsenceKind
from app.domain.presence import Called
from app.domain.swedish import clock, short_date
from app.services.desk import Desk
from app.ui.registers.kept_form import KeptForm
from app.ui.theme import Theme
from app.ui.widgets.controls import box, column, empty, label, row
from app.ui.widgets.fields import DateField, PersonField, TimeField, choice, chosen, field
from app.ui.widgets.rows import OpenRow

_WHY = (AbsenceKind.HOLIDAY, AbsenceKind.TRAINING, AbsenceKind.SICK, AbsenceKind.OTHER)
_OTHER = "Annat"


class AwayForm(KeptForm):
    """All that is kept of an absence."""

    def __init__(self, desk: Desk, theme: Theme, *, for_others: bool, on_open: Callable[[str], object]) -> None:
        super().__init__()
        self._desk, self._theme, self._on_open = desk, theme, on_open
        self.for_others = for_others
        self.names: dict[str, str] = {}
        self.member = PersonField({})
        self.first, self.last = DateField(lambda: desk.today, required=True), DateField(lambda: desk.today)
        self.since, self.until = TimeField(), TimeField()
        words = {one: _OTHER if one is AbsenceKind.OTHER else one.label for one in _WHY}
        self.kind = choice([(one.value, words[one]) for one in _WHY])
        self.substitute = PersonField({})
        self.told = label(wrap=True)
        self._called = QVBoxLayout()
        self._called.setSpacing(4)
        self._below = box(column(self.told, self._called, space=4))
        self._below.hide()
        days = row(field(self.tr("Från och med"), self.first), field(self.tr("Till och med"), self.last), space=12)
        hours = row(field(self.tr("Från kl."), self.since), field(self.tr("Till kl."), self.until), None, space=12)
        part = label(self.tr("Klockslag behövs bara när det inte är hela dagar."), role="muted", wrap=True)
        self.lay_out(
            field(self.tr("Vem"), self.member), box(days), box(column(hours, part, space=4)),
            field(self.tr("Varför"), self.kind, hint=self.tr("Att någon är sjuk visas bara för den som planerar.")),
            field(self.tr("Ersättare"), self.substitute), self._below,
        )  # fmt: skip
        for name in ("member", "first", "last", "since", "until", "kind", "substitute"):
            self.keep(name, getattr(self, name))

    def offer(self, names: Mapping[str, str]) -> None:
        """Offer these members."""
        self.names = dict(names)
        own = self._desk.actor.member
        self.member.offer(names if self.for_others else {key: one for key, one in names.items() if key == own})
        self.substitute.offer(names)

    def fill(self, absence: Absence | None) -> None:
        """Show an absence, or an empty form: of the person herself where she may put in no other's."""
        own = None if self.for_others else self._desk.actor.member
        self.member.set_person(absence.member if absence else own)
        self.member.setEnabled(absence is None and self.for_others)
        first, last = (absence.from_, absence.to) if absence else (None, None)
        self.first.set_day(_day(first))
        self.last.set_day(_day(last) if _day(last) != _day(first) else None)
        self.since.set_moment(first.time() if isinstance(first, dt.datetime) else None)
        self.until.set_moment(last.time() if isinstance(last, dt.datetime) else None)
        kind = (absence.kind or AbsenceKind.OTHER) if absence else AbsenceKind.HOLIDAY
        self.kind.setCurrentIndex(self.kind.findData(kind.value))
        self.substitute.set_person(absence.substitute if absence else None)
        self._below.hide()

    def fault(self) -> str:
        """Why it cannot be saved as it stands, or empty."""
        if not isinstance(self.member.person, str):
            return self.tr("Välj vem i teamet som är borta.")
        if self.first.day is None or not self.last.readable:
            return self.tr("Skriv vilka dagar, till exempel 12/3.")
        if not (self.since.readable and self.until.readable):
            return self.tr("Ett klockslag går inte att läsa. Skriv till exempel 13.00.")
        return ""

    def value(self, old: Absence | None) -> Absence:
        """The absence as the form has it."""
        first = self.first.day or self._desk.today
        last = self.last.day or first
        member = self.member.person
        return Absence(
            key=old.key if old else "", member=member if isinstance(member, str) else "",
            from_=_moment(first, self.since.moment), to=_moment(last, self.until.moment),
            kind=AbsenceKind(chosen(self.kind)), substitute=self.substitute.person,
        )  # fmt: skip

    def show_called(self, name: str, found: Sequence[Called]) -> None:
        """Say which meetings she is called to meanwhile; each leads there."""
        empty(self._called)
        self._below.show()
        if not found:
            self.told.setText(self.tr("{0} är inte kallad till något möte under tiden.").format(name))
            return
        self.told.setText(self.tr("{0} är kallad till möten under tiden. Öppna och ordna en ersättare:").format(name))
        for one in found:
            words = one.words[:1].upper() + one.words[1:]
            when = f"{short_date(one.start.date())} {clock(one.start.time())}"
            shown = OpenRow(
                self._theme, left="", upper=words or self.tr("Ett möte på en annan enhet"), lower=when,
                on_open=lambda key=one.meeting: self._on_open(key) if key else None,  # type: ignore[misc]
            )  # fmt: skip
            shown.setAccessibleName(one.sentence(name))
            shown.setEnabled(bool(one.meeting))
            self._called.addWidget(shown)


def _day(moment: dt.date | dt.datetime | None) -> dt.date | None:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _moment(day: dt.date, at: dt.time | None) -> dt.date | dt.datetime:
    return dt.datetime.combine(day, at) if at else day
