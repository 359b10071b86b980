"""Under a question that cannot be written in any more: the field for an answer that comes later."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.meetings import Item
from app.domain.roles import Right
from app.domain.sight import HELD
from app.services.questions import answer_question
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.controls import button, row
from app.ui.widgets.texts import TextField


class AnswerPart(QWidget):
    """One question's answer from after the meeting, also of approved minutes."""

    def __init__(self, editor: MeetingEditor, item: Item, number: int) -> None:
        super().__init__()
        self.editor, self._item, self._question = editor, item.key, item.questions[number].question
        self.text = TextField(name=self.tr("Svar på frågan"), placeholder=self.tr("Vad är svaret?"), lines=1, most=6)
        self.go = button(self.tr("Svara"), self.answer, kind="primary")
        inside = row(self.text, self.go)
        inside.setStretch(0, 1)
        self.setLayout(inside)
        meeting = editor.meeting
        held = meeting is not None and meeting.status in HELD
        may = editor.may(Right.WRITE_MINUTES) or editor.place.desk.may(Right.COMPLETE_ACTIONS)
        self.setVisible(held and may and not item.questions[number].answer)

    def answer(self) -> None:
        """Keep the answer."""
        text, item, question = self.text.written, self._item, self._question
        if text:
            self.editor.place.act(
                self, lambda desk: answer_question(desk, item=item, question=question, answer=text),
                changed="meetings", said=self.tr("Svaret är sparat."),
            )  # fmt: skip
