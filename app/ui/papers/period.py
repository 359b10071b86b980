"""The papers of a whole period in one file: a month of agendas or calls goes to the printer in one step."""

from __future__ import annotations

import datetime as dt

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownError
from app.domain.minutes_forms import MinutesForm
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import month_name
from app.domain.units import Unit
from app.domain.wording import wording
from app.services import units
from app.services.papers import Purpose
from app.ui.papers.calls import draw_calls, make_calendar, mark_called, save_calendar, when_taken_out
from app.ui.papers.drawing import Paper, draw_papers
from app.ui.papers.preview import PreviewWindow
from app.ui.widgets.controls import box, button, row
from app.ui.widgets.fields import DateField, choice, chosen, field, fill_choice
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace

_ALL = ""
CALLS, CALENDAR, MINE = "call", "calendar", "mine"
"""What is taken out besides papers with agendas or minutes: calls on paper, as a calendar file, one's own calendar."""
_FILES = (CALENDAR, MINE)
_WIDTH = 560


class PeriodPrint(Question):
    """Asks which papers, of which unit, from when to when; shows them in the preview."""

    def __init__(self, parent: QWidget, place: Workplace, *, unit: str = _ALL, kind: str = "") -> None:
        today = place.desk.today
        what, unit_choice = choice(()), choice(())
        usual = usual_period(Purpose.AGENDA, today=today)
        first = DateField(lambda: place.desk.today, usual[0], required=True)
        last = DateField(lambda: place.desk.today, usual[1], required=True)
        months = Flow()
        where = row(
            field(parent.tr("Enhet"), unit_choice), field(parent.tr("Från och med"), first),
            field(parent.tr("Till och med"), last),
        )  # fmt: skip
        where.setStretch(0, 1)
        super().__init__(
            parent, parent.tr("Skriv ut en period"), "",
            field(parent.tr("Vad"), what), box(where), box(months), accept=parent.tr("Visa och skriv ut"),
        )  # fmt: skip
        self.place, self._home = place, parent
        self.kind, self.unit, self.first, self.last, self._months = what, unit_choice, first, last, months
        fill_choice(
            self.kind,
            (
                (Purpose.AGENDA.value, self.tr("Dagordningar")),
                (Purpose.POSTER.value, self.tr("Dagordningar att sätta upp, utan kunduppgifter")),
                (Purpose.MINUTES.value, self.tr("Minnesanteckningar")),
                (MinutesForm.NO_CUSTOMERS.value, self.tr("Minnesanteckningar utan kunduppgifter")),
                (MinutesForm.DECISIONS.value, self.tr("Bara besluten ur minnesanteckningarna")),
                (CALLS, self.tr("Kallelser, utan kunduppgifter")),
                (CALENDAR, self.tr("Kallelser som kalenderfil (.ics)")),
                *(((MINE, self.tr("Min egen kalender (.ics)")),) if place.desk.actor.member else ()),
            ),
            chosen=kind,
        )
        self.kind.currentIndexChanged.connect(lambda _: self._offer_period())
        self.kind.currentIndexChanged.connect(lambda _: self._tell_way())
        self._tell_way()
        self._usual = usual
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

    @property
    def _purpose(self) -> Purpose:
        """The kind of papers; calls are taken out for the days that agendas are."""
        kind = chosen(self.kind)
        if kind in set(MinutesForm):
            return Purpose.MINUTES
        return Purpose(kind) if kind in set(Purpose) else Purpose.AGENDA

    @property
    def _form(self) -> MinutesForm:
        kind = chosen(self.kind)
        return MinutesForm(kind) if kind in set(MinutesForm) else MinutesForm.FULL

    def _tell_way(self) -> None:
        """The button says what it does: papers are looked at first, a calendar file is saved."""
        as_file = chosen(self.kind) in _FILES
        text = self.tr("Spara kalenderfil …") if as_file else self.tr("Visa och skriv ut")
        self.accept_button.setText(text)
        self.accept_button.setAccessibleName(text)
        self.accept_button.setToolTip("" if as_file else self.tr("Visar papperen först. Därifrån skriver du ut dem."))

    def _offer_period(self) -> None:
        """Another paper is wanted for other days, unless the person has chosen them."""
        if (self.first.day, self.last.day) == self._usual:
            self._usual = usual_period(self._purpose, today=self.place.desk.today)
            self.first.set_day(self._usual[0])
            self.last.set_day(self._usual[1])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def show_fault(self, text: str) -> None:
        """Say why there are no papers, and make room for the sentence."""
        super().show_fault(text)
        self._fit()

    def _fit(self) -> None:
        """Take the height that the wrapped lines need; the toolkit asks only for that of one line each."""
        layout = self.layout()
        if layout is None:
            return
        width = max(self.width(), _WIDTH, layout.totalMinimumSize().width())
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        self.setMinimumSize(width, height)
        self.resize(width, height)

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
        kind, purpose, form, unit = chosen(self.kind), self._purpose, self._form, chosen(self.unit) or None
        self.accept_button.setEnabled(False)
        if kind == CALLS:
            self.place.ask(
                self, lambda desk: draw_calls(desk, period=(first, last), unit=unit), self._calls_drawn,
                otherwise=self._refused,
            )  # fmt: skip
            return
        if kind in _FILES:
            self._save_calendar((first, last), unit, member=self.place.desk.actor.member if kind == MINE else None)
            return
        self.place.ask(
            self, lambda desk: draw_papers(desk, purpose=purpose, period=(first, last), unit=unit, form=form),
            self._drawn, otherwise=self._refused,
        )  # fmt: skip

    def _drawn(self, paper: Paper) -> None:
        PreviewWindow(self._home, self.place, title=paper.title, make=lambda _: paper).show()
        super().accept()

    def _calls_drawn(self, found: tuple[Paper, tuple[str, ...]]) -> None:
        paper, keys = found
        window = PreviewWindow(self._home, self.place, title=paper.title, make=lambda _: paper)
        if self._marks:
            home, place = self._home, self.place
            when_taken_out(window, lambda: mark_called(home, place, keys))
        window.show()
        super().accept()

    @property
    def _marks(self) -> bool:
        """Whether meetings whose calls the person takes out are called by it."""
        return self.place.desk.may(Right.WRITE_MEETINGS)

    def _save_calendar(self, period: tuple[dt.date, dt.date], unit: str | None, *, member: str | None) -> None:
        marks, home, place = self._marks and member is None, self._home, self.place

        def saved(keys: tuple[str, ...]) -> None:
            self.done(1)
            if marks:
                mark_called(home, place, keys)

        save_calendar(
            self, place, lambda desk: make_calendar(desk, period=period, unit=unit, member=member), then=saved,
            otherwise=self._refused,
        )  # fmt: skip
        self.accept_button.setEnabled(True)

    def _refused(self, error: Exception) -> bool:
        self.accept_button.setEnabled(True)
        if not isinstance(error, KnownError):
            return False
        self.show_fault(wording(error))
        return True


def usual_period(purpose: Purpose, *, today: dt.date) -> tuple[dt.date, dt.date]:
    """The month to come for agendas, which are printed before; this month for minutes."""
    first = today.replace(day=1)
    if purpose is not Purpose.MINUTES:
        first = last_of_month(first) + dt.timedelta(days=1)
    return first, last_of_month(first)


def last_of_month(day: dt.date) -> dt.date:
    """The last day of the day's month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
