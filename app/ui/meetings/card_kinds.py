"""One card for each thing a point led to: a decision, an action, a question, the customer's own part."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Protocol

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from app.domain.meetings import Action, ActionStatus, Participation, Question
from app.domain.roles import Right
from app.ui.actions.repeat_choice import RepeatChoice
from app.ui.meetings.around import Around
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, icon_button, label, row
from app.ui.widgets.fields import DateField, PersonField, choice, chosen
from app.ui.widgets.texts import TextField

NO_INSTRUMENT = "Instrument ej angivet"
"""What stands where a risk is noted before anyone says with what it was assessed."""


class CardList(Protocol):
    """What a card needs of the list it lies in."""

    editor: MeetingEditor

    def text_field(self, text: str, name: str, placeholder: str) -> TextField:
        """A growing text that tells when it is edited."""

    def tell(self, phrase: str = "") -> None:
        """Something in a card changed."""

    def take_up(self, question: str) -> None:
        """Begin a point to a coming meeting that takes up a question."""

    def take_away(self, gone: QWidget) -> None:
        """Remove a card."""

    def tr(self, text: str) -> str:
        """The text in the person's language."""


class LedCard(QFrame):
    """A box with a small cross; `gather` tells what stands in it."""

    def __init__(self, cards: CardList, *parts: QWidget, remove: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._cards = cards
        cross = icon_button("x", remove, self._remove)
        for part in (*parts, cross):  # the order of the Tab key: the cross comes last
            part.setParent(self)
        cross.setVisible(cards.editor.may_write)  # only now: without a parent it would be a window of its own
        upper = row(parts[0], cross, space=4)
        upper.setStretch(0, 1)
        inside = column(upper, *parts[1:], space=6)
        inside.setContentsMargins(GRID, GRID, GRID, GRID)
        self.setLayout(inside)

    def _remove(self) -> None:
        self._cards.take_away(self)


class DecisionCard(LedCard):
    """One decision."""

    def __init__(self, cards: CardList, text: str) -> None:
        self.text = cards.text_field(text, cards.tr("Beslut"), cards.tr("Vad beslutades?"))
        super().__init__(cards, self.text, remove=cards.tr("Ta bort beslutet"))


class ActionCard(LedCard):
    """One action: what, who, by when."""

    def __init__(self, cards: CardList, around: Around, action: Action) -> None:
        self._action = action
        today = cards.editor.place.desk.clock.today
        self.text = cards.text_field(action.text, cards.tr("Åtgärd"), cards.tr("Vad ska göras?"))
        self.who = PersonField(around.names, action.responsible, name=cards.tr("Ansvarig"), first=around.own_team)
        self.due = DateField(today, action.due, name=cards.tr("Klart senast"), deadline=True)
        self.due.setPlaceholderText(cards.tr("t.ex. fre"))
        self.follow_up = DateField(today, action.follow_up, name=cards.tr("Följs upp"), deadline=True)
        self.follow_up.setPlaceholderText(cards.tr("t.ex. +14"))
        self.repeat = RepeatChoice(action.repeat)
        self.repeat.currentIndexChanged.connect(lambda _: cards.tell())
        self.repeat.setEnabled(cards.editor.may_write)
        self.done = QCheckBox(cards.tr("Klar"))
        self.done.setAccessibleName(cards.tr("Klar"))
        self.done.setChecked(action.status is ActionStatus.DONE)
        self.done.setEnabled(action.status is not ActionStatus.DROPPED and cards.editor.may_write)
        self.who.picked.connect(cards.tell)
        self.due.picked.connect(cards.tell)
        self.follow_up.picked.connect(cards.tell)
        self.done.toggled.connect(lambda _: cards.tell())
        for editor in (self.due, self.follow_up):
            editor.setReadOnly(not cards.editor.may_write)
        self.who.setEnabled(cards.editor.may_write)
        dates = row(_under(cards.tr("Klart senast"), self.due), _under(cards.tr("Följs upp"), self.follow_up), space=4)
        super().__init__(
            cards, self.text, self.who, box(dates), box(row(self.done, None, self.repeat)),
            remove=cards.tr("Ta bort åtgärden"),
        )  # fmt: skip

    def gather(self, today: dt.date) -> Action:
        """The action as it stands."""
        was = self._action
        status, done_on = was.status, was.done_on
        if self.done.isChecked() != (was.status is ActionStatus.DONE):
            status = ActionStatus.DONE if self.done.isChecked() else ActionStatus.OPEN
            done_on = today if self.done.isChecked() else None
        due = self.due.day if self.due.readable else was.due
        follow_up = self.follow_up.day if self.follow_up.readable else was.follow_up
        return replace(
            was, text=self.text.written or "", responsible=self.who.person, due=due, follow_up=follow_up,
            status=status, done_on=done_on, repeat=self.repeat.rule,
        )  # fmt: skip


class QuestionCard(LedCard):
    """One question, its answer and who gave it."""

    def __init__(self, cards: CardList, around: Around, question: Question) -> None:
        self._question = question
        self._today = cards.editor.place.desk.today
        self.text = cards.text_field(question.question, cards.tr("Fråga"), cards.tr("Vad undrades?"))
        self.asker = PersonField(around.names, question.asked_by, name=cards.tr("Ställd av"), first=around.own_team)
        self.answer = cards.text_field(question.answer or "", cards.tr("Svar"), cards.tr("Svar, om det finns"))
        self.answerer = PersonField(around.names, question.answered_by, name=cards.tr("Svarar"), first=around.own_team)
        self.by = DateField(
            cards.editor.place.desk.clock.today, question.answer_by, name=cards.tr("Svar senast"), deadline=True
        )
        self.by.setPlaceholderText(cards.tr("t.ex. fre"))
        self.by.picked.connect(cards.tell)
        self.by.setReadOnly(not cards.editor.may_write)
        for person in (self.asker, self.answerer):
            person.picked.connect(cards.tell)
            person.setEnabled(cards.editor.may_write)
        take_up = button(
            cards.tr("Ta upp på möte …"), self._take_up, kind="quiet", icon_name="list-plus",
            tip=cards.tr("Lägg frågan som en punkt på ett kommande möte"),
        )  # fmt: skip
        super().__init__(
            cards, self.text, box(row(label(cards.tr("Ställd av"), role="muted"), self.asker, space=4)), self.answer,
            box(row(_under(cards.tr("Svarar"), self.answerer), _under(cards.tr("Svar senast"), self.by), space=4)),
            take_up,
            remove=cards.tr("Ta bort frågan"),
        )  # fmt: skip

        take_up.setVisible(not question.answer and cards.editor.place.desk.may(Right.PROPOSE_ITEMS))

    def _take_up(self) -> None:
        self._cards.take_up(self.text.written or "")

    def gather(self) -> Question:
        """The question as it stands; an answer just written is dated today. Who is to answer may be named before."""
        answer = self.answer.written
        on = self._question.answered_on if answer else None
        if answer and not self._question.answer:
            on = self._today
        return replace(
            self._question, question=self.text.written or "", asked_by=self.asker.person, answer=answer,
            answered_by=self.answerer.person, answered_on=on,
            answer_by=self.by.day if self.by.readable else self._question.answer_by,
        )  # fmt: skip


class ParticipationCard(LedCard):
    """The customer's own part: asked before, present, and told afterwards (routine 2)."""

    def __init__(self, cards: CardList, around: Around, one: Participation) -> None:
        self._one = one
        today = cards.editor.place.desk.clock.today
        self.customer = choice(customer_choices(around), chosen=one.customer, name=cards.tr("Kund"))
        self.text = cards.text_field(one.wish or "", cards.tr("Önskan"), cards.tr("Vad vill kunden?"))
        self.asker = PersonField(around.names, one.asked_by, name=cards.tr("Tillfrågad av"), first=around.own_team)
        self.asked = DateField(today, one.asked_on, name=cards.tr("Tillfrågad den"))
        self.present = QCheckBox(cards.tr("Var med på mötet"))
        self.present.setAccessibleName(self.present.text())
        self.present.setChecked(one.present)
        self.teller = PersonField(
            around.names, one.reported_by, name=cards.tr("Återrapporterat av"), first=around.own_team
        )
        self.told = DateField(today, one.reported_on, name=cards.tr("Återrapporterat den"))
        self.customer.currentIndexChanged.connect(lambda _: cards.tell())
        self.present.toggled.connect(lambda _: cards.tell())
        for editor in (self.asker, self.asked, self.teller, self.told):
            editor.picked.connect(cards.tell)
        for part in (self.customer, self.asker, self.asked, self.present, self.teller, self.told):
            part.setEnabled(cards.editor.may_write)
        super().__init__(
            cards, self.customer, self.text, label(cards.tr("Tillfrågad av, den"), role="muted"),
            box(row(self.asker, self.asked, space=4)), self.present,
            label(cards.tr("Återrapporterat av, den"), role="muted"), box(row(self.teller, self.told, space=4)),
            remove=cards.tr("Ta bort delaktigheten"),
        )  # fmt: skip

    def gather(self) -> Participation | None:
        """The participation as it stands; None until the customer is chosen."""
        if not chosen(self.customer):
            return None
        return replace(
            self._one, customer=chosen(self.customer), wish=self.text.written, asked_by=self.asker.person,
            asked_on=self.asked.day if self.asked.readable else self._one.asked_on,
            present=self.present.isChecked(), reported_by=self.teller.person,
            reported_on=self.told.day if self.told.readable else self._one.reported_on,
        )  # fmt: skip


def _under(title: str, editor: QWidget) -> QWidget:
    return box(column(label(title, role="muted"), editor, space=0))


def customer_choices(around: Around) -> list[tuple[str, str]]:
    """The customers that a card may be about."""
    return [("", "Välj kund"), *sorted(around.customers.items(), key=lambda pair: pair[1])]
