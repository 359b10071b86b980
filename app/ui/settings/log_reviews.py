"""Samples of the log: drawn at random, gone through row by row with remarks, signed; signed ones are only read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.errors import KnownError
from app.domain.log_review import LARGEST, USUAL_SIZE, Review, ReviewFacts, ReviewRow
from app.domain.log_words import gesture_words, period_words
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import brief_date, clock, long_date, number_word, plain_date
from app.domain.units import Unit
from app.domain.wording import wording
from app.services import log_review, units
from app.services.desk import Desk
from app.services.drafts import Draft, drop_draft, read_draft, save_draft
from app.ui.settings.log_list import in_full
from app.ui.settings.section import Number
from app.ui.widgets.controls import box, button, column, label, row, set_role
from app.ui.widgets.fields import DateField, choice, chosen, field, fill_choice, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.widgets.pages import Choices, Nothing, side_by_side
from app.ui.widgets.tables import Column, Table
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

_ALL = ""
_MONTH_DAYS = 30
_PAUSE_MS = 1000
_DRAFT = "log_review"


class DrawReview(Question):
    """Asks of which unit and days the sample is to be, and how large."""

    def __init__(self, parent: QWidget, place: Workplace, on_draw: Callable[[DrawReview], object]) -> None:
        today = place.desk.today
        self.unit = choice([(_ALL, parent.tr("Alla mina enheter"))])
        self.first = DateField(lambda: place.desk.today, today - dt.timedelta(days=_MONTH_DAYS), required=True)
        self.last = DateField(lambda: place.desk.today, today, required=True)
        self.size_ = Number(1, LARGEST, suffix=parent.tr(" rader"), one=parent.tr(" rad"))
        self.size_.setValue(USUAL_SIZE)
        super().__init__(
            parent, parent.tr("Ta fram ett stickprov"),
            parent.tr("Raderna väljs slumpvis bland det andra än du har läst och skrivit ut om kunder."),
            field(parent.tr("Enhet"), self.unit),
            box(row(field(parent.tr("Från och med"), self.first), field(parent.tr("Till och med"), self.last))),
            field(parent.tr("Antal"), self.size_), accept=parent.tr("Ta fram"),
        )  # fmt: skip
        self.check = self._wrong
        self.accepted.connect(lambda: on_draw(self))
        place.closing.connect(self.reject)
        place.ask(self, units.list_units, self._offer)

    def _offer(self, found: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in found]
        fill_choice(self.unit, [(_ALL, self.tr("Alla mina enheter")), *rows], chosen=chosen(self.unit))

    def _wrong(self) -> str:
        if self.first.day is None or self.last.day is None:
            return self.tr("Skriv båda datumen, till exempel 1/3 och 31/3.")
        return self.tr("Slutdatumet ligger före startdatumet.") if self.last.day < self.first.day else ""


class LogReviews(QWidget):
    """The samples left; right the chosen one with its rows, remarks and signature."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._review: Review | None = None
        self._remarked: ReviewRow | None = None
        self._wanted = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._keep_note)
        self.draw_button = button(
            self.tr("Ta fram stickprov …"), self.ask_draw, kind="primary", icon_name="list-checks"
        )
        self.list: Table[ReviewFacts] = Table(
            (
                Column(self.tr("Period"), self._days_of, hover=lambda one: period_words(one.since, one.until)),
                Column(self.tr("Läge"), self._state_of, width=116, hover=self._state_in_full),
            ),
            name=self.tr("Stickprov"),
        )
        self.list.setMinimumWidth(230)
        self.list.chosen.connect(self._open)
        nothing = Nothing(
            self.tr("Här samlas stickproven. Ta fram ett varje månad och se efter att varje läsning hade ett skäl."),
        )
        self._choices = Choices(side_by_side(self.list, self._detail(), sizes=(250, 610), stretch=1), nothing)
        whole = column(row(self.draw_button, None), self._choices)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _detail(self) -> QWidget:
        self.heading = label(role="heading", wrap=True)
        self.facts = label(role="muted", wrap=True)
        self.rows: Table[ReviewRow] = Table(
            (
                Column(self.tr("När"), self._when, width=108, hover=lambda one: long_date(one.row.at.date())),
                Column(self.tr("Vem"), lambda one: one.row.name, width=104),
                Column(self.tr("Vad"), lambda one: gesture_words((one.row,)), hover=lambda one: in_full((one.row,))),
                Column(self.tr("Kund"), lambda one: one.row.label or one.row.customer or "", width=88),
                Column(self.tr("Anmärkning"), lambda one: one.remark or "", width=128, drop_below=520),
            ),
            name=self.tr("Stickprovets rader"),
        )
        self.rows.chosen.connect(self._choose_row)
        self.remark = line(longest=2000)
        self.remark.editingFinished.connect(self.keep_remark)
        self.remark_field = field(self.tr("Anmärkning på den valda raden"), self.remark)
        self.note = TextField(name=self.tr("Omdöme"), lines=2, most=5)
        self.note.edited.connect(lambda _: self._pause.start())
        self.sign_button = button(self.tr("Signera stickprovet"), self.sign, icon_name="check-check")
        self.note_fault = label(role="overdue", wrap=True)
        self.note_fault.hide()
        self.note.edited.connect(lambda _: self.note_fault.hide())
        said = column(field(self.tr("Omdöme"), self.note), self.note_fault, space=4)
        self.sign_part = box(column(box(said), box(Flow(self.sign_button)), space=8))
        inside = column(self.heading, self.facts, self.rows, self.remark_field, self.sign_part)
        inside.setStretch(2, 1)
        inside.setContentsMargins(8, 0, 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(Nothing(self.tr("Välj ett stickprov i listan.")))
        self._stack.addWidget(box(inside))
        return self._stack

    def _when(self, one: ReviewRow) -> str:
        return f"{brief_date(one.row.at.date(), today=self.place.desk.today)} {clock(one.row.at.time())}"

    def _days_of(self, one: ReviewFacts) -> str:
        today = self.place.desk.today
        return f"{brief_date(one.since, today=today)} – {brief_date(one.until, today=today)}"

    def _state_of(self, one: ReviewFacts) -> str:
        if one.signed_by is None:
            return self.tr("Att gå igenom")
        return self.tr("Signerat") if one.intact else self.tr("Ändrat efteråt")

    def _state_in_full(self, one: ReviewFacts) -> str:
        parts = [one.unit_name or self.tr("Alla enheter"), number_word(one.rows, "rad", "rader")]
        if one.signed_by and one.signed_at:
            parts.append(self.tr("signerat {0} av {1}").format(plain_date(one.signed_at.date()), one.signed_name))
        return ", ".join(parts)

    def refresh(self) -> None:
        """Read the list anew; the sample that is shown stays."""
        if self.place.desk.may(Right.OVERSEE_LOG):
            self.place.ask(self, log_review.list_reviews, self._offer)

    def _offer(self, found: tuple[ReviewFacts, ...]) -> None:
        before = self._wanted or (self._review.facts.id if self._review else 0)
        self._choices.show_content(bool(found))
        self.list.blockSignals(True)
        self.list.rows_model.show_rows(found)
        self.list.blockSignals(False)
        if self._wanted or self._review is None:
            self.list.stand_on(lambda one: one.id == before)
        else:
            self.list.blockSignals(True)
            self.list.stand_on(lambda one: one.id == before)
            self.list.blockSignals(False)
        self._wanted = 0

    def ask_draw(self) -> None:
        """Ask what the sample is to be of."""
        self.question = DrawReview(self, self.place, self._draw)
        self.question.open()

    def _draw(self, asked: DrawReview) -> None:
        first, last = asked.first.day, asked.last.day
        unit, size = chosen(asked.unit) or None, asked.size_.value()
        if first is not None and last is not None:
            self.draw(first, last, unit=unit, size=size)

    def draw(self, first: dt.date, last: dt.date, *, unit: str | None = None, size: int = USUAL_SIZE) -> None:
        """Draw a sample and show it."""

        def work(desk: Desk) -> int:
            return log_review.draw_review(desk, from_=first, to=last, unit=unit, size=size)

        self.place.ask(self, work, self._drawn)

    def _drawn(self, number: int) -> None:
        self._wanted = number
        self.refresh()

    def _open(self, one: ReviewFacts) -> None:
        self.settle()

        def work(desk: Desk) -> tuple[Review, Draft | None]:
            return log_review.open_review(desk, review=one.id), read_draft(desk, kind=_DRAFT, key=str(one.id))

        self.place.ask(self, work, lambda found: self._opened(*found))

    def _opened(self, review: Review, draft: Draft | None) -> None:
        self._remarked = None
        self.remark.clear()
        self.note_fault.hide()
        self.note.show_text(draft.content if draft else "")
        self._show(review)

    def _show(self, review: Review) -> None:
        self._review = review
        facts = review.facts
        self.heading.setText(f"{facts.unit_name or self.tr('Alla enheter')}, {period_words(facts.since, facts.until)}")
        self.facts.setText(self._told(facts))
        set_role(self.facts, "muted" if facts.intact else "overdue")
        standing = self.rows.current_row()
        self.rows.rows_model.show_rows(review.rows)
        self.rows.stand_on(lambda one: standing is not None and one.row.sequence == standing.row.sequence)
        open_still = facts.signed_by is None
        self.remark_field.setVisible(open_still)
        self.sign_part.setVisible(open_still)
        self.remark.setEnabled(self.rows.current_row() is not None)
        self._stack.setCurrentIndex(1)

    def _told(self, facts: ReviewFacts) -> str:
        drawn = self.tr("Framtaget {0} av {1}.").format(plain_date(facts.drawn_at.date()), facts.drawn_name)
        if facts.signed_by is None or facts.signed_at is None:
            return drawn
        signed = self.tr("Signerat {0} av {1}: {2}").format(
            plain_date(facts.signed_at.date()), facts.signed_name, facts.note or ""
        )
        if not facts.intact:
            signed += "\n" + self.tr("Det har ändrats efter signeringen, utanför programmet.")
        return f"{drawn}\n{signed}"

    def _choose_row(self, one: ReviewRow) -> None:
        self.keep_remark()
        self._remarked = one
        self.remark.setText(one.remark or "")
        self.remark.setEnabled(True)

    def keep_remark(self) -> None:
        """Keep what is typed about the row that was chosen."""
        review, one = self._review, self._remarked
        text = self.remark.text().strip()
        if review is None or one is None or review.facts.signed_by or text == (one.remark or ""):
            return
        number, sequence = review.facts.id, one.row.sequence
        self._remarked = changed = ReviewRow(row=one.row, remark=text or None)
        self.place.ask(
            self, lambda desk: log_review.remark_row(desk, review=number, sequence=sequence, remark=text),
            lambda _: self._remark_kept(number, changed),
        )  # fmt: skip

    def _remark_kept(self, number: int, changed: ReviewRow) -> None:
        """Show the remark in the list; the sample is not opened again, which would be logged as reading it again."""
        review = self._review
        if review is not None and review.facts.id == number:
            rows = (changed if one.row.sequence == changed.row.sequence else one for one in review.rows)
            self._show(replace(review, rows=tuple(rows)))

    def sign(self) -> None:
        """Sign the sample with what is written under it."""
        review = self._review
        if review is None:
            return
        self.keep_remark()
        number, note = review.facts.id, self.note.written or ""
        self._pause.stop()

        def work(desk: Desk) -> ReviewFacts:
            facts = log_review.sign_review(desk, review=number, note=note)
            drop_draft(desk, kind=_DRAFT, key=str(number))
            return facts

        self.place.act(
            self, work, self._signed, changed="log", otherwise=self._not_signed,
            said=self.tr("Stickprovet är signerat och kan inte ändras mer."),
        )  # fmt: skip

    def _not_signed(self, error: Exception) -> bool:
        """What is wrong with the words is said under them; anything else in the bar."""
        if not isinstance(error, KnownError) or error.code != "review_note_missing":
            return False
        self.note_fault.setText(wording(error))
        self.note_fault.show()
        self.note.setFocus()
        return True

    def _signed(self, facts: ReviewFacts) -> None:
        self.note.show_text("")
        if self._review is not None and self._review.facts.id == facts.id:
            self._show(replace(self._review, facts=facts))

    def settle(self) -> None:
        """Keep the remark and the words that are being typed."""
        self.keep_remark()
        if self._pause.isActive():
            self._pause.stop()
            self._keep_note()

    def _keep_note(self) -> None:
        review, note = self._review, self.note.written or ""
        if review is not None and review.facts.signed_by is None:
            key = str(review.facts.id)
            self.place.ask(
                self, lambda desk: save_draft(desk, kind=_DRAFT, key=key, started_from=1, content=note), lambda _: None
            )
