"""A customer's follow-up in one column: each step says how far it has come, the next one is open (routine 3.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.meetings import Assessment, Item, Meeting, MeetingStatus, Participation, Presentation
from app.domain.participation import addition_text
from app.domain.review import (
    Review,
    ReviewStep,
    next_step,
    part_of,
    professions_round,
    states,
    with_part,
)
from app.domain.roles import Right
from app.domain.stored import Stored
from app.services.desk import Desk
from app.services.meetings import add_addition
from app.services.participation import write_participation
from app.services.review import read_review
from app.ui.meetings.around import Around
from app.ui.meetings.assessment_card import AssessmentCard
from app.ui.meetings.card_kinds import CardList
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.review.customer_part import AskedPart, May, ToldPart
from app.ui.meetings.review.fold import Fold
from app.ui.meetings.review.interval_part import IntervalPart
from app.ui.meetings.review.round_part import RoundPart
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, row

_LOCKED = (MeetingStatus.APPROVED, MeetingStatus.CANCELLED)


class Host(CardList, Protocol):
    """The list of cards that the column lies in, with what adds to its decisions and actions."""

    def add_decision(self) -> None:
        """Begin a decision."""

    def add_action(self) -> None:
        """Begin an action."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the column holds of the point."""

    assessments: tuple[Assessment, ...]
    participation: tuple[Participation, ...]
    presentations: tuple[Presentation, ...]


class ReviewColumn(QWidget):
    """The steps of one customer's follow-up; decisions and actions are put into `led` by the list of cards."""

    def __init__(self, host: Host, around: Around, meeting: Meeting, item: Item) -> None:
        super().__init__()
        self._host, self._around = host, around
        self.editor: MeetingEditor = host.editor
        self._item, self._customer = item.key, item.customer or ""
        self.review: Review | None = None
        self._folds: dict[ReviewStep, Fold] = {}
        self._list = column(space=6)
        self.led = QVBoxLayout()
        self.led.setContentsMargins(GRID, 0, GRID, GRID)
        self._build(meeting, item)
        self.setLayout(self._list)
        self._renew(meeting, item)
        self._open_next(meeting, item)
        self.editor.changed.connect(self.renew)
        self.read()

    # making the steps

    def _build(self, meeting: Meeting, item: Item) -> None:
        writes = self.editor.may_write
        part = part_of(item, self._customer)
        self._told_parts(part, may=May(write=writes))
        found = professions_round(
            meeting, item, professions=self._around.professions,
            first=(note.contact if (note := self._around.notes.get(self._customer)) else None,),
        )  # fmt: skip
        self.round = RoundPart(self._around, found, may_write=writes)
        self.round.changed.connect(self._tell)
        self.round.done.connect(partial(self._after, ReviewStep.ROUND))
        self._cards = column(space=GRID)
        self._cards.setContentsMargins(GRID, 0, GRID, GRID)
        for one in item.assessments:
            self._cards.addWidget(AssessmentCard(self._host, self._around, one, fixed=True))
        self.assess = button(self._host.tr("Lägg till riskbedömning"), self.add_assessment, icon_name="plus")
        self.risks = box(column(self._cards, row(GRID, self.assess, None), space=4))
        self.assess.setVisible(writes)
        self.interval = IntervalPart(self.editor.place, meeting, reread=self.read)
        self.interval.done.connect(partial(self._after, ReviewStep.INTERVAL))
        parts = {
            ReviewStep.PARTICIPATION: self.asked_box, ReviewStep.ROUND: self.round, ReviewStep.RISKS: self.risks,
            ReviewStep.MEASURES: box(self.led), ReviewStep.INTERVAL: self.interval, ReviewStep.REPORT: self.told_box,
        }  # fmt: skip
        for step, made in parts.items():
            fold = Fold(self.editor.place.theme, step, made)
            fold.opened.connect(self._opened)
            self._folds[step] = fold
            self._list.addWidget(fold)
        over_time = button(
            self._host.tr("Uppföljning över tid"), self._show_over_time, kind="quiet", icon_name="history"
        )
        over_time.setEnabled(self.editor.may(Right.READ_CUSTOMERS))
        self._list.addWidget(box(row(over_time, None)))

    def _told_parts(self, part: Participation, *, may: May) -> None:
        """Both halves of the customer's part; made anew where it turns out that the person may write them."""
        self.asked = AskedPart(self.editor, self._around, part, may=replace(may, add=False))
        self.told = ToldPart(self.editor, self._around, part, may=may, add=self._add_told)
        for half in (self.asked, self.told):
            half.changed.connect(self._part_changed)
            half.kept.connect(self._keep_part)
        self.asked.entered.connect(partial(self._after, ReviewStep.PARTICIPATION))
        if not hasattr(self, "asked_box"):
            self._asked_place, self._told_place = column(), column()
            self.asked_box, self.told_box = box(self._asked_place), box(self._told_place)
        for place, half in ((self._asked_place, self.asked), (self._told_place, self.told)):
            while (old := place.takeAt(0)) is not None:
                if (gone := old.widget()) is not None:
                    gone.hide()
                    gone.deleteLater()
            place.addWidget(half)

    def _show_over_time(self) -> None:
        self.editor.place.visit.emit("history", self._customer)

    # what stands there

    def read(self) -> None:
        """Read what is beside the point: her turn, earlier assessments, what the person may."""
        meeting, customer = self.editor.meeting, self._customer
        if meeting is not None:
            key = meeting.key
            self.editor.place.ask(self, lambda desk: read_review(desk, meeting=key, customer=customer), self._show)

    def _show(self, review: Review) -> None:
        first, self.review = self.review is None, review
        meeting, item = self._now()
        if meeting is None or item is None:
            return
        if first and review.may_participate and not self.editor.may_write:
            approved = meeting.status is MeetingStatus.APPROVED
            may = May(write=False, by_itself=meeting.status not in _LOCKED, add=approved)
            self._told_parts(part_of(item, self._customer), may=may)
        self.asked.contact = review.contact
        self.interval.show_review(review)
        for card in self.assessment_cards:
            card.show_earlier(review.earlier)
        self._renew(meeting, item)
        if first:
            self._open_next(meeting, item)

    def _now(self) -> tuple[Meeting | None, Item | None]:
        meeting = self.editor.meeting
        return meeting, meeting.item(self._item) if meeting is not None else None

    def renew(self) -> None:
        """Something was written: say anew how far each step has come."""
        meeting, item = self._now()
        if meeting is not None and item is not None:
            self._renew(meeting, item)

    def _renew(self, meeting: Meeting, item: Item) -> None:
        found = states(
            meeting, item, round_=[part.gather() for part in self.round.parts], review=self.review,
            names=self._around.names, today=self.editor.place.desk.today,
        )  # fmt: skip
        following = next_step(found, meeting) if meeting.status not in _LOCKED else None
        told = {one.step: one for one in found}
        for step, fold in self._folds.items():
            fold.setVisible(step in told)
            if step in told:
                fold.line.show_state(told[step], is_next=step is following)
        self._following = following

    def _open_next(self, meeting: Meeting, item: Item) -> None:
        """Open the step that is next; where none is, what was decided."""
        measures = ReviewStep.MEASURES if item.decisions or item.actions or item.questions else None
        wanted = self._following or (None if meeting.status is MeetingStatus.PLANNED else measures)
        for step, fold in self._folds.items():
            fold.set_open(step is wanted)

    def _opened(self, step: ReviewStep) -> None:
        """One step at a time; whoever opened it stands in it."""
        for one, fold in self._folds.items():
            if one is not step:
                fold.set_open(False)
        self._stand_in(step)

    def _stand_in(self, step: ReviewStep) -> None:
        begin: dict[ReviewStep, Callable[[], object]] = {
            ReviewStep.PARTICIPATION: self.asked.focus_first, ReviewStep.ROUND: self.round.focus_first,
            ReviewStep.RISKS: self._stand_in_risks, ReviewStep.MEASURES: self._stand_in_measures,
            ReviewStep.INTERVAL: self.interval.focus_first, ReviewStep.REPORT: self.told.focus_first,
        }  # fmt: skip
        begin[step]()

    def _stand_in_risks(self) -> None:
        cards = self.assessment_cards
        (cards[0].instrument if cards else self.assess).setFocus()

    def _stand_in_measures(self) -> None:
        if self.led.count() == 0 and self.editor.may_write:
            self._host.add_decision()

    def show_led(self) -> None:
        """A decision, action or question was begun: its step is open."""
        if not self._folds[ReviewStep.MEASURES].is_open:
            for one, fold in self._folds.items():
                fold.set_open(one is ReviewStep.MEASURES)

    def go_on(self, by: int = 1) -> None:
        """Open the next step (1) or the one before (-1), and stand in it."""
        shown = [step for step, fold in self._folds.items() if fold.isVisibleTo(self)]
        open_ = next((n for n, step in enumerate(shown) if self._folds[step].is_open), -1 if by > 0 else len(shown))
        if 0 <= open_ + by < len(shown):
            self.open_step(shown[open_ + by])

    def open_step(self, step: ReviewStep) -> None:
        """Open a step and stand in it."""
        self._folds[step].set_open(True)
        self._opened(step)

    def _after(self, step: ReviewStep) -> None:
        """Enter in the last field of a step: on to the next."""
        if self._folds[step].is_open:
            self.go_on()

    def follow(self, person: str) -> None:
        """Somebody has the word: open what her profession presents."""
        fold = self._folds[ReviewStep.ROUND]
        if fold.is_open and not self.round.holds_keyboard:
            self.round.follow(person)

    # what the person does

    @property
    def assessment_cards(self) -> list[AssessmentCard]:
        """The cards of the assessments, in order."""
        items = (self._cards.itemAt(number) for number in range(self._cards.count()))
        return [one for item in items if item is not None and isinstance(one := item.widget(), AssessmentCard)]

    def add_assessment(self) -> None:
        """Begin a risk assessment."""
        today = self.editor.place.desk.today
        made = AssessmentCard(
            self._host, self._around, Assessment(customer=self._customer, instrument="", date=today), fixed=True
        )
        made.show_earlier(self.review.earlier if self.review is not None else ())
        self._cards.addWidget(made)
        if not self._folds[ReviewStep.RISKS].is_open:
            self.open_step(ReviewStep.RISKS)
        made.show()
        made.instrument.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_away(self, gone: QWidget) -> bool:
        """Remove an assessment's card; False where it is none of them."""
        if gone not in self.assessment_cards:
            return False
        self._cards.removeWidget(gone)
        return True

    def _part(self, item: Item) -> Participation:
        return self.told.gather(self.asked.gather(part_of(item, self._customer)))

    def _tell(self) -> None:
        self._host.tell()

    def _part_changed(self) -> None:
        if self.editor.may_write:
            self._host.tell()

    def _keep_part(self) -> None:
        """Keep her part by itself, for who writes nothing else here: her fast omsorgskontakt."""
        _, item = self._now()
        if item is not None and (part := self._part(item)) != part_of(item, self._customer):
            self.editor.step(partial(_keep, item=item.key, part=part), self._host.tr("Sparat."))

    def _add_told(self, said: str) -> None:
        self.editor.step(add_addition, self._host.tr("Tillägget är sparat."), text=addition_text(said), item=self._item)

    def written(self, item: Item) -> Written:
        """What the column holds, to be kept with the point; others' parts in it stay."""
        return Written(
            assessments=tuple(found for card in self.assessment_cards if (found := card.gather())),
            participation=with_part(item, self._part(item)).participation, presentations=self.round.gather(),
        )  # fmt: skip


def _keep(desk: Desk, *, key: str, expected_version: int, item: str, part: Participation) -> Stored[Meeting]:
    return write_participation(desk, meeting=key, item=item, participation=part, expected_version=expected_version)
