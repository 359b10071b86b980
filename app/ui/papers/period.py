"""The papers of a whole period in one file: a month of agendas goes to the printer in one step."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownError
from app.domain.stored import Stored
from app.domain.swedish import month_name
from app.domain.units import Unit
from app.domain.wording import wording
from app.services import units
from app.services.papers import Purpose
from app.ui.papers.drawing import Paper, draw_papers
from app.ui.papers.preview import PreviewWindow
from app.ui.widgets.controls import box, button, row
from app.ui.widgets.fields import DateField, choice, chosen, field, fill_choice
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace

_ALL = ""


class PeriodPrint(Question):
    """Asks which papers, of which unit, from when to when; shows them in the preview."""

    def __init__(self, parent: QWidget, place: Workplace, *, unit: str = _ALL) -> None:
        today = place.desk.today
        kind, unit_choice = choice(()), choice(())
        first = DateField(lambda: place.desk.today, today.replace(day=1), required=True)
        last = DateField(lambda: place.desk.today, last_of_month(today), required=True)
        months = Flow()
        super().__init__(
            parent, parent.tr("Skriv ut en period"), "",
            field(parent.tr("Vad"), kind), field(parent.tr("Enhet"), unit_choice),
            box(row(field(parent.tr("Från och med"), first), field(parent.tr("Till och med"), last))),
            box(months), accept=parent.tr("Visa"),
        )  # fmt: skip
        self.place, self._home = place, parent
        self.kind, self.unit, self.first, self.last, self._months = kind, unit_choice, first, last, months
        self.accept_button.setToolTip(self.tr("Visar papperen. Därifrån skriver du ut dem."))
        fill_choice(
            self.kind,
            (
                (Purpose.AGENDA.value, self.tr("Dagordningar")),
                (Purpose.POSTER.value, self.tr("Dagordningar att sätta upp, utan kunduppgifter")),
                (Purpose.MINUTES.value, self.tr("Minnesanteckningar")),
            ),
        )
        self._offer_months(today)
        self._wanted_unit = unit
        place.closing.connect(self.reject)
        place.ask(self, units.list_units, self._offer_units)

    def _offer_units(self, found: tuple[Stored[Unit], ...]) -> None:
        options = [(_ALL, self.tr("Alla enheter"))] if len(found) != 1 else []
        options += [(one.value.key, one.value.name) for one in found]
        fill_choice(self.unit, options, chosen=self._wanted_unit)

    def _offer_months(self, today: dt.date) -> None:
        month = (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
        for _ in range(4):
            self._months.addWidget(
                button(month_name(month).capitalize(), lambda first=month: self.set_month(first), kind="chip")  # type: ignore[misc]
            )
            month = last_of_month(month) + dt.timedelta(days=1)

    def set_month(self, first: dt.date) -> None:
        """Fill in a whole month."""
        self.first.set_day(first)
        self.last.set_day(last_of_month(first))

    def accept(self) -> None:
        """Draw the papers; the question stays with a sentence when there are none."""
        first, last = self.first.day, self.last.day
        if first is None or last is None:
            self.show_fault(self.tr("Skriv båda datumen, till exempel 1/3 och 31/3."))
            return
        purpose, unit = Purpose(chosen(self.kind)), chosen(self.unit) or None
        self.accept_button.setEnabled(False)
        self.place.ask(
            self, lambda desk: draw_papers(desk, purpose=purpose, period=(first, last), unit=unit), self._drawn,
            otherwise=self._refused,
        )  # fmt: skip

    def _drawn(self, paper: Paper) -> None:
        PreviewWindow(self._home, self.place, title=paper.title, make=lambda _: paper).show()
        super().accept()

    def _refused(self, error: Exception) -> bool:
        self.accept_button.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        self.show_fault(wording(error))
        return True


def last_of_month(day: dt.date) -> dt.date:
    """The last day of the day's month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
