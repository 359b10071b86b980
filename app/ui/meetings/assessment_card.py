"""One risk assessment: the instrument, its score, the risk that follows by its limits, and earlier values beside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCompleter

from app.domain.instruments import Instrument, bands_words, number, read_number, risk_of, score_fault
from app.domain.meetings import Assessment
from app.domain.review import Earlier
from app.domain.swedish import brief_date, in_sentence
from app.ui.meetings.around import Around
from app.ui.meetings.card_kinds import NO_INSTRUMENT, CardList, LedCard, customer_choices
from app.ui.widgets.controls import box, column, label, mark_wrong, row, set_role
from app.ui.widgets.fields import DateField, choice, chosen, line, offer_words
from app.ui.widgets.sparkline import Sparkline

_MOST_TOLD = 3


class AssessmentCard(LedCard):
    """One risk assessment of a customer; the risk is the instrument's until somebody writes her own word."""

    def __init__(self, cards: CardList, around: Around, one: Assessment, *, fixed: bool = False) -> None:
        """`fixed` where the point is one customer's, so that nobody has to choose her."""
        self._one, self._around = one, around
        self._earlier: tuple[Earlier, ...] = ()
        may_write, today = cards.editor.may_write, cards.editor.place.desk.clock.today
        self.customer = choice(customer_choices(around), chosen=one.customer, name=cards.tr("Kund"))
        self.instrument = line(
            "" if one.instrument == NO_INSTRUMENT else one.instrument,
            placeholder=cards.tr("Instrument, t.ex. Downton"), name=cards.tr("Instrument"),
        )  # fmt: skip
        offer_words(self.instrument, [found.name for found in around.instruments.used])
        if (offered := self.instrument.completer()) is not None:
            offered.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.date = DateField(today, one.date, name=cards.tr("Bedömd den"))
        self.score = line("" if one.score is None else number(one.score), placeholder=cards.tr("Poäng"))
        self.score.setMaximumWidth(84)
        self.risk = line(one.risk or "", placeholder=cards.tr("Risk"))
        self.said = label(role="muted", wrap=True)
        self.guidance = label(role="muted", wrap=True)
        self.trend, self.before = Sparkline(cards.editor.place.theme), label(role="muted", wrap=True)
        self.text = cards.text_field(
            one.note or "", cards.tr("Kommentar"), cards.tr("Din bedömning, resultatet med kunden")
        )
        for editor in (self.instrument, self.score, self.risk):
            editor.setReadOnly(not may_write)
        self.date.setReadOnly(not may_write)
        self.customer.setEnabled(may_write)
        history = row(self.trend, self.before)
        history.setStretch(1, 1)
        super().__init__(
            cards, *(() if fixed else (self.customer,)), self.instrument, box(row(self.score, self.risk, space=4)),
            box(column(self.said, self.guidance, space=2)), box(history), self.text, self.date,
            remove=cards.tr("Ta bort riskbedömningen"),
        )  # fmt: skip
        self._connect(cards)
        self._computed = self._rule_says()
        self._tell_rule()

    def _connect(self, cards: CardList) -> None:
        self.customer.currentIndexChanged.connect(lambda _: cards.tell())
        self.date.picked.connect(cards.tell)
        self.instrument.textChanged.connect(lambda _: self._typed())
        self.score.textChanged.connect(lambda _: self._typed())
        self.risk.textEdited.connect(lambda _: self._changed())

    @property
    def found(self) -> Instrument | None:
        """The instrument that is meant, where the unit has it."""
        return self._around.instruments.find(self.instrument.text())

    def show_earlier(self, earlier: Sequence[Earlier]) -> None:
        """Have these earlier values of the customer at hand."""
        self._earlier = tuple(earlier)
        self._tell_rule()

    def _rule_says(self) -> str | None:
        score = read_number(self.score.text())
        return risk_of(self.found, score) if self.found is not None and score is not None else None

    def _typed(self) -> None:
        """A score or an instrument was typed: the risk follows, unless the person has said her own."""
        says, own = self._rule_says(), self.risk.text().strip()
        if own in ("", self._computed or ""):
            self.risk.setText(says or "")
        self._computed = says
        self._changed()

    def _changed(self) -> None:
        self._tell_rule()
        self._cards.tell()

    def _tell_rule(self) -> None:
        """What is wrong with the score, else what the limits say where the person says otherwise, and the guidance."""
        found, score = self.found, read_number(self.score.text())
        unreadable = bool(self.score.text().strip()) and score is None
        fault = self.tr("inget tal") if unreadable else score_fault(found, score) if found and score is not None else ""
        mark_wrong(self.score, bool(fault))
        own = self.risk.text().strip()
        says = self._rule_says()
        if fault:
            self.said.setText(self.tr("Poäng: {0}.").format(fault))
        elif says and own and own != says:
            self.said.setText(self.tr("Gränserna säger {0}. Din bedömning gäller.").format(in_sentence(says)))
        else:
            self.said.setText("")
        set_role(self.said, "due" if fault else "muted")
        self.said.setVisible(bool(self.said.text()))
        told = [f"{bands_words(found)}." if found.bands else "", found.guidance or ""] if found is not None else []
        self.guidance.setText(" ".join(part[:1].upper() + part[1:] for part in told if part))
        self.guidance.setVisible(bool(self.guidance.text()))
        self._tell_trend(score)

    def _tell_trend(self, score: float | None) -> None:
        name = self.instrument.text().strip()
        same = [
            one for one in self._earlier
            if name and one.identity == self._around.instruments.identity(name) and one.score is not None
        ]  # fmt: skip
        values = [one.score for one in same if one.score is not None] + ([score] if score is not None else [])
        today = self._cards.editor.place.desk.today
        told = [f"{number(one.score or 0)} ({brief_date(one.date, today=today)})" for one in same]
        latest = ", ".join(reversed(told[-_MOST_TOLD:]))
        self.before.setText(self.tr("Förut: {0}").format(latest) if latest else "")
        self.before.setVisible(bool(latest))
        limits = [band.from_ for band in self.found.bands[1:]] if self.found is not None else []
        now = [self.tr("nu {0}").format(number(score))] if score is not None else []
        words = ", ".join([*told, *now])
        self.trend.show_values(values, limits=limits, words=self.tr("{0} över tid: {1}").format(name, words))

    def gather(self) -> Assessment | None:
        """The assessment as it stands; None until customer and instrument are there."""
        customer, instrument = chosen(self.customer) or self._one.customer, self.instrument.text().strip()
        written = instrument or self.score.text().strip() or self.risk.text().strip() or self.text.written
        if not customer or not written:
            return None
        typed = self.score.text().strip()
        score = read_number(typed) if typed else None
        day: dt.date | None = self.date.day if self.date.readable else None
        found = self.found
        return replace(
            self._one, customer=customer, instrument=(found.name if found else instrument) or NO_INSTRUMENT,
            date=day or self._one.date, score=self._one.score if typed and score is None else score,
            risk=self.risk.text().strip() or None, note=self.text.written,
        )  # fmt: skip
