"""The form of one letter: whose, of which week, to whom, and what it collects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from app.domain.errors import Refused
from app.domain.letters import Letter, LetterPart, this_week, week_days
from app.domain.swedish import short_date
from app.domain.units import Unit
from app.services.desk import Desk
from app.ui.letters.parts import PartsEditor
from app.ui.registers.kept_form import KeptForm
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import choice, chosen, field, fill_choice, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.texts import TextField


class _Prose(TextField):
    """A field of several lines that a form can keep."""

    touched = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder=placeholder, lines=2, most=8)
        self.textChanged.connect(self.touched.emit)

    @property
    def kept(self) -> object:
        """The text."""
        return self.toPlainText()

    def show_kept(self, value: object) -> None:
        """Put the text back."""
        self.setPlainText(str(value))


class LetterForm(KeptForm):
    """All that is kept of a letter, and above it what can be done with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.unit = choice([])
        self.week, self.year = line(longest=2), line(longest=4)
        for one in (self.week, self.year):
            one.setMaximumWidth(84)
        self.days = label(role="muted")
        self.title = line(longest=200)
        self.recipients = line(longest=300, placeholder=self.tr("t.ex. alla medarbetare"))
        self.intro = _Prose(self.tr("En eller ett par meningar som inleder brevet"))
        self.parts = PartsEditor(desk)
        self.show_button = button(self.tr("Visa brevet"), lambda: None, icon_name="eye")
        self.send_button = button(self.tr("Märk som skickat …"), lambda: None, icon_name="send")
        self.copy_button = button(self.tr("Kopiera till nytt brev"), lambda: None, icon_name="copy")
        self.remove_button = button(self.tr("Ta bort brevet"), lambda: None, kind="quiet", icon_name="trash-2")
        self.tools = box(Flow(self.show_button, self.send_button, self.copy_button))
        self._unit_field = field(self.tr("Enhet"), self.unit)
        when = row(field(self.tr("Vecka"), self.week), field(self.tr("År"), self.year), self._unit_field, space=12)
        when.setStretch(2, 1)
        self.lay_out(
            self.tools, box(column(box(when), self.days, space=4)), field(self.tr("Inledning"), self.intro), self.parts,
            field(self.tr("Går till"), self.recipients), field(self.tr("Brevets rubrik"), self.title),
            box(Flow(self.remove_button)),
        )  # fmt: skip
        for name in ("unit", "week", "year", "title", "recipients", "intro", "parts"):
            self.keep(name, getattr(self, name))
        self.week.textChanged.connect(lambda _: self._tell_days())
        self.year.textChanged.connect(lambda _: self._tell_days())

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer these units."""
        fill_choice(self.unit, [(one.key, one.name) for one in units], chosen=chosen(self.unit))
        self._unit_field.setVisible(len(units) > 1)

    def fill(self, letter: Letter | None) -> None:
        """Show a letter, or begin one of this week."""
        year, week = (letter.year, letter.week) if letter else this_week(self._desk.today)
        if letter is not None:
            self.unit.setCurrentIndex(max(self.unit.findData(letter.unit), 0))
        self.unit.setEnabled(letter is None)
        self.week.setText(str(week))
        self.year.setText(str(year))
        self.title.setText(letter.title or "" if letter else "")
        self.recipients.setText(letter.recipients or "" if letter else "")
        self.intro.show_text(letter.intro if letter else None)
        self.parts.show_parts(letter.parts if letter else ())
        self._tell_days()

    def set_editable(self, editable: bool, why: str) -> None:
        """Let everything be changed, or only read: what went out is still easy to look through."""
        for one in (self.week, self.year, self.title, self.recipients):
            one.setReadOnly(not editable)
            one.setToolTip("" if editable else why)
        self.intro.setReadOnly(not editable)
        self.parts.set_editable(editable)

    def _tell_days(self) -> None:
        days = self._days()
        if days is None:
            self.days.setText(self.tr("Skriv veckans nummer och år, till exempel 49 och 2026."))
            return
        self.title.setPlaceholderText(self.tr("Informationsbrev vecka {0}").format(int(self.week.text())))
        self.days.setText(f"{short_date(days[0])} – {short_date(days[1])}")

    def _days(self) -> tuple[dt.date, dt.date] | None:
        week, year = self.week.text().strip(), self.year.text().strip()
        if not (week.isascii() and week.isdigit() and year.isascii() and year.isdigit()):
            return None
        try:
            return week_days(int(year), int(week))
        except Refused:
            return None

    @property
    def written_week(self) -> tuple[int, int] | None:
        """The year and week, where they can be read."""
        return (int(self.year.text()), int(self.week.text())) if self._days() is not None else None

    def fault(self) -> str:
        """Why it cannot be saved as it stands, or empty."""
        if self._days() is None:
            return self.tr("Skriv veckans nummer och år, till exempel 49 och 2026.")
        if self.parts.fields.unreadable:
            return self.tr("En dag eller tid går inte att läsa. Skriv till exempel 12/3 och 13.00.")
        if any(not part.heading.strip() for part in self.parts.parts):
            return self.tr("En del av brevet saknar rubrik. Skriv en.")
        return ""

    def value(self, old: Letter | None) -> Letter:
        """The letter as the form has it."""
        year, week = self.written_week or this_week(self._desk.today)
        return Letter(
            key=old.key if old else "", unit=old.unit if old else chosen(self.unit), year=year, week=week,
            title=self.title.text().strip() or None, intro=self.intro.written,
            recipients=self.recipients.text().strip() or None, parts=tuple(map(_trimmed, self.parts.parts)),
        )  # fmt: skip


def _trimmed(part: LetterPart) -> LetterPart:
    return replace(part, heading=part.heading.strip())
