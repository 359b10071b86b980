"""The questions of a decision aid: those that were answered, the one to answer now, and what it came to."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QFrame, QPushButton

from app.domain.checklist_runs import RunView, outcome_words
from app.domain.checklists import Branch, next_question, walked
from app.services.checklist_runs import answer_run
from app.ui.checklists.gestures import Gestures
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label
from app.ui.widgets.flow import Flow


class Questions(QFrame):
    """One question at a time, its answers as buttons; an answer can be changed by going back."""

    def __init__(self, gestures: Gestures) -> None:
        super().__init__()
        self.setObjectName("card")
        self._gestures = gestures
        self._inside = column(space=GRID)
        self._inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        self.setLayout(self._inside)

    def show_run(self, view: RunView) -> None:
        """Show where the answers have come."""
        run = view.run
        self.setVisible(run.tree is not None and not run.hidden)
        empty(self._inside)
        if run.tree is None or run.hidden:
            return
        told = [
            f"{number}. {one.question.text} {one.choice.text}."
            for number, one in enumerate(walked(run.tree, run.answers), start=1)
        ]
        if told:
            self._inside.addWidget(label("\n".join(told), role="muted", wrap=True))
        if (outcome := run.outcome) is not None:
            self._inside.addWidget(label(outcome_words(run), role="due" if run.limit else "ok", wrap=True))
            if outcome.guidance:
                self._inside.addWidget(label(outcome.guidance, wrap=True))
        buttons = self._ask(next_question(run.tree, run.answers), run.answers)
        if buttons and view.may_write and run.status == "open":
            self._inside.addWidget(box(Flow(*buttons)))

    def _ask(self, asked: Branch | None, answers: tuple[int, ...]) -> list[QPushButton]:
        """The question to answer now, and its buttons with the way back to the one before."""
        buttons = []
        if asked is not None:
            self._inside.addWidget(label(asked.text, role="heading", wrap=True))
            if asked.guidance:
                self._inside.addWidget(label(asked.guidance, wrap=True))
            for number, choice in enumerate(asked.choices):
                made = button(choice.text, partial(self._answer, (*answers, number)))
                made.setAccessibleName(f"{asked.text} {choice.text}")
                buttons.append(made)
        if answers:
            text = self.tr("Ändra förra svaret")
            buttons.append(button(text, partial(self._answer, answers[:-1]), kind="quiet", icon_name="undo-2"))
        return buttons

    def _answer(self, answers: tuple[int, ...]) -> None:
        self._gestures.do(
            lambda desk, key, version: answer_run(desk, key=key, answers=answers, expected_version=version),
            phrase=self.tr("Svar i beslutsstödet"),
        )  # fmt: skip
