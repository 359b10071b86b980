"""What a point led to, at its right: cards of decisions, actions, questions and the rest, and where it is lifted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app.domain.lifting import asking
from app.domain.meeting_rules import customers_of
from app.domain.meetings import Action, Assessment, Item, MeetingStatus, Participation, Question
from app.domain.point_start import PointStart
from app.domain.review import is_review
from app.domain.roles import Right
from app.domain.swedish import long_date
from app.ui.after.comments import CommentsPart
from app.ui.after.lift_part import LiftPart
from app.ui.meetings.answering import AnswerPart
from app.ui.meetings.around import Around
from app.ui.meetings.assessment_card import AssessmentCard
from app.ui.meetings.card_kinds import ActionCard, DecisionCard, ParticipationCard, QuestionCard
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.journal import JournalPart
from app.ui.meetings.review.column import ReviewColumn
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row, scrolled
from app.ui.widgets.fields import PersonField, chosen
from app.ui.widgets.texts import TextField

C = TypeVar("C")


class Cards(QWidget):
    """The cards of the chosen point, and the buttons that add one."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self._key = ""
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, GRID, 0)
        self._list.setSpacing(GRID)
        self.review: ReviewColumn | None = None
        """The steps of a customer's follow-up, where the point is one."""
        inside = box(self._list)
        kinds: tuple[tuple[str, str, Callable[[], object]], ...] = (
            (self.tr("Beslut"), "Ctrl+B", self.add_decision),
            (self.tr("Åtgärd"), "Ctrl+T", self.add_action),
            (self.tr("Fråga"), "Ctrl+R", self.add_question),
        )
        self._adders = [button(text, action, icon_name="plus", shortcut=keys) for text, keys, action in kinds]
        seldom = (
            (self.tr("Riskbedömning"), self.add_assessment), (self.tr("Delaktighet"), self.add_participation),
        )  # fmt: skip
        self._adders += [button(text, action, kind="quiet", icon_name="plus") for text, action in seldom]
        self.lift: QComboBox | None = None
        self.recipient: PersonField
        self.comments = CommentsPart(editor)
        """What was said of the point in minutes that are out for comments; the page shows them."""
        self._seldom = box(row(*self._adders[3:], None, space=4))
        self._scroll = scrolled(inside, name=self.tr("Beslut och åtgärder"))
        whole = column(row(*self._adders[:3], space=4), self._seldom, self._scroll, self.comments)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setMinimumWidth(220)

    def text_field(self, text: str, name: str, placeholder: str) -> TextField:
        """A growing text of a card."""
        made = TextField(text, name=name, placeholder=placeholder, most=6)
        made.setReadOnly(not self.editor.may_write)
        made.edited.connect(lambda _: self.tell())
        return made

    def show_item(self, key: str) -> None:
        """Show what a point led to."""
        meeting, around = self.editor.meeting, self.editor.around
        item = meeting.item(key) if meeting is not None else None
        if item is None or around is None or meeting is None:
            return
        self._key = key
        reviewed = is_review(meeting, item, follow_up_forum=around.follow_up)
        before = reviewed and meeting.status is MeetingStatus.PLANNED
        for adder in self._adders:
            adder.setVisible(self.editor.may_write and not before)
        self._seldom.setVisible(self.editor.may_write and not reviewed)
        empty(self._list)
        self.lift, self.review = None, None
        if reviewed:
            self.review = ReviewColumn(self, around, meeting, item)
            self._list.addWidget(self.review)
        beside = () if reviewed else item.assessments
        parts = () if reviewed else item.participation
        groups: tuple[tuple[str, list[QWidget]], ...] = (
            (self.tr("Beslut"), [DecisionCard(self, text) for text in item.decisions]),
            (self.tr("Åtgärder"), [ActionCard(self, around, one) for one in item.actions]),
            (self.tr("Frågor"), self._questions(item, around)),
            (self.tr("Riskbedömningar"), [AssessmentCard(self, around, one) for one in beside]),
            (self.tr("Delaktighet"), [ParticipationCard(self, around, one) for one in parts]),
        )
        for title, made in groups:
            if made:
                self._led.addWidget(label(title, role="label"))
                for one in made:
                    self._led.addWidget(one)
        if meeting.status is not MeetingStatus.PLANNED and customers_of(item):
            self._list.addWidget(JournalPart(self.editor, item))
        if meeting.status is not MeetingStatus.PLANNED and (self.editor.may_write or item.lifted_to):
            self._list.addWidget(self._lifting(item, around))
        elif not item.dealt_with and not reviewed:
            self._list.addWidget(label(self.tr("Inga beslut eller åtgärder."), role="muted"))
        self._list.addStretch(1)

    def _questions(self, item: Item, around: Around) -> list[QWidget]:
        """The questions; where the minutes cannot be written in, each with its answer from after the meeting."""
        found: list[QWidget] = []
        for number, one in enumerate(item.questions):
            found.append(QuestionCard(self, around, one))
            if not self.editor.may_write:
                found.append(AnswerPart(self.editor, item, number))
        return found

    def take_up(self, question: str) -> None:
        """Begin a point to a coming meeting that takes up a question."""
        from app.ui.meetings.quick_point import QuickPoint  # noqa: PLC0415 - loaded when first used

        meeting, item = self.editor.meeting, self._item()
        if meeting is None or item is None:
            return
        told = self.tr("Obesvarad fråga från {0}, {1}.").format(long_date(meeting.date), item.heading)
        start = PointStart(
            heading=question.splitlines()[0] if question else "", text=told, customer=item.customer or "",
            unit=meeting.unit, ward=meeting.ward or "",
        )  # fmt: skip
        QuickPoint(self, self.editor.place, start).open()

    def show_led(self, key: str) -> None:
        """A line of the note added one thing to the point: show its card beside those that stand there."""
        item, around = self._item(), self.editor.around
        if key != self._key or item is None or around is None:
            return
        if len(item.decisions) > len(self._shown(DecisionCard)):
            self._insert(DecisionCard(self, item.decisions[-1]), DecisionCard)
        elif len(item.actions) > len(self._shown(ActionCard)):
            after = ActionCard if self._shown(ActionCard) else DecisionCard
            self._insert(ActionCard(self, around, item.actions[-1]), after)
        elif len(item.questions) > len(self._shown(QuestionCard)):
            after_those = QuestionCard if self._shown(QuestionCard) else ActionCard
            self._insert(QuestionCard(self, around, item.questions[-1]), after_those)
        else:
            self.show_item(key)

    def step(self, by: int) -> None:
        """Open the next step of a customer's follow-up (1), or the one before (-1)."""
        if self.review is not None:
            self.review.go_on(by)

    def show_journal(self) -> None:
        """Bring the journal's marks into sight, and stand on the first that can be set."""
        for part in self._shown(JournalPart):
            self._scroll.ensureWidgetVisible(part)
            part.stand()

    def _lifting(self, item: Item, around: Around) -> QWidget:
        may = self.editor.place.desk.may
        begins = any(may(one) for one in (Right.WRITE_REQUESTS, Right.DRAFT_REQUESTS, Right.PREPARE_REQUESTS))
        part = LiftPart(
            item, around, may_write=self.editor.may_write, on_change=self._lift,
            on_case=self._begin_case if begins else None,
        )  # fmt: skip
        self.lift, self.recipient = part.lift, part.recipient
        return part

    def _begin_case(self) -> None:
        """A case of the point's customer, from which the way leads back to the point."""
        if (item := self._item()) is not None:
            self.editor.place.visit.emit("coordination", f"new:{item.customer or ''}:{item.key}")

    def _lift(self, phrase: str) -> None:
        """The point is lifted elsewhere; outward something is asked, and the question stands among the cards."""
        self.tell(phrase)
        item = self._item()
        if item is None:
            return
        asked = asking(item)
        if asked == item:
            return
        self.editor.change_item(asked)
        if len(asked.questions) > len(item.questions):
            self.show_led(item.key)
        for one in self._shown(QuestionCard):
            if one.answerer.person is None:
                one.answerer.set_person(item.lifted_recipient)

    @property
    def _led(self) -> QVBoxLayout:
        """Where decisions, actions and questions lie."""
        return self.review.led if self.review is not None else self._list

    def _shown(self, kind: type[C]) -> list[C]:
        lists = (self._led, self._list) if self.review is not None else (self._list,)
        items = [one.itemAt(number) for one in lists for number in range(one.count())]
        return [one for item in items if item is not None and isinstance(one := item.widget(), kind)]

    def tell(self, phrase: str = "") -> None:
        """Take what stands in the cards into the meeting."""
        meeting = self.editor.meeting
        item = meeting.item(self._key) if meeting is not None else None
        if item is None or not self.editor.may_write:
            return
        today = self.editor.place.desk.today
        actions = tuple(one.gather(today) for one in self._shown(ActionCard))
        questions = tuple(one.gather() for one in self._shown(QuestionCard))
        assessments = tuple(found for one in self._shown(AssessmentCard) if (found := one.gather()))
        parts = tuple(part for one in self._shown(ParticipationCard) if (part := one.gather()))
        presentations = item.presentations
        if self.review is not None:
            written = self.review.written(item)
            assessments, parts, presentations = written.assessments, written.participation, written.presentations
        lifted = (chosen(self.lift) or None) if self.lift is not None else item.lifted_to
        changed = replace(
            item, decisions=tuple(text for one in self._shown(DecisionCard) if (text := one.text.written)),
            actions=tuple(one for one in actions if one.text),
            questions=tuple(one for one in questions if one.question),
            assessments=assessments, participation=parts, presentations=presentations, lifted_to=lifted,
            lifted_recipient=self.recipient.person if lifted and self.lift is not None else item.lifted_recipient,
        )  # fmt: skip
        self.editor.change_item(changed, phrase)

    def take_away(self, gone: QWidget) -> None:
        """Remove a card."""
        if self.review is None or not self.review.take_away(gone):
            self._led.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
        self.tell(self.tr("Ta bort"))
        self.editor.place.told.emit(self.tr("Borttaget. Ångra med Ctrl+Z."))

    def _insert(self, made: QWidget, after: type[QWidget]) -> None:
        places = [
            number for number in range(self._led.count())
            if isinstance(self._led.itemAt(number).widget(), after)  # type: ignore[union-attr]
        ]  # fmt: skip
        self._led.insertWidget(places[-1] + 1 if places else 0, made)
        if self.review is not None:
            self.review.show_led()
        made.show()

    def add_decision(self) -> None:
        """Begin a decision."""
        if self.editor.may_write and self._key:
            made = DecisionCard(self, "")
            self._insert(made, DecisionCard)
            made.text.setFocus()

    def add_action(self) -> None:
        """Begin an action."""
        around = self.editor.around
        if self.editor.may_write and self._key and around is not None:
            made = ActionCard(self, around, Action(key=self.editor.new_action_key(), text=""))
            self._insert(made, ActionCard if self._shown(ActionCard) else DecisionCard)
            made.text.setFocus()

    def add_question(self) -> None:
        """Begin a question."""
        around = self.editor.around
        if self.editor.may_write and self._key and around is not None:
            made = QuestionCard(self, around, Question(question=""))
            self._insert(made, QuestionCard if self._shown(QuestionCard) else ActionCard)
            made.text.setFocus()

    def add_assessment(self) -> None:
        """Begin a risk assessment of the point's customer."""
        around, item = self.editor.around, self._item()
        if self.review is not None:
            self.review.add_assessment()
        elif self.editor.may_write and around is not None and item is not None:
            today = self.editor.place.desk.today
            made = AssessmentCard(self, around, Assessment(customer=item.customer or "", instrument="", date=today))
            self._insert(made, AssessmentCard)
            made.instrument.setFocus()

    def add_participation(self) -> None:
        """Begin the customer's part."""
        around, item = self.editor.around, self._item()
        if self.editor.may_write and around is not None and item is not None:
            made = ParticipationCard(self, around, Participation(customer=item.customer or ""))
            self._insert(made, ParticipationCard)
            made.text.setFocus()

    def _item(self) -> Item | None:
        return self.editor.meeting.item(self._key) if self.editor.meeting is not None else None
