"""Under a question that cannot be written in any more: the answer that came later, or the field for it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.answers import answer_of, may_answer
from app.domain.meetings import Item, MeetingStatus
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.swedish import plain_date
from app.services.councils import answer_question
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.texts import TextField


class AnswerPart(QWidget):
    """One question's answer from after the meeting; of approved minutes it stands among the dated additions."""

    def __init__(self, editor: MeetingEditor, item: Item, number: int) -> None:
        super().__init__()
        self.editor, self._item, self._number = editor, item.key, number
        self.said = label(role="muted", wrap=True)
        self.text = TextField(name=self.tr("Svar på frågan"), placeholder=self.tr("Vad är svaret?"), lines=1, most=6)
        self.go = button(self.tr("Svara"), self.answer, kind="primary")
        self._field = row(self.text, self.go)
        self._field.setStretch(0, 1)
        self.setLayout(column(self.said, self._field, space=4))
        self._show(item, number)

    def _may(self, item: Item) -> bool:
        meeting = self.editor.meeting
        held = meeting is not None and meeting.status is not MeetingStatus.CANCELLED
        member, writes = self.editor.place.desk.actor.member, self.editor.may(Right.WRITE_MINUTES)
        return held and may_answer(item.questions[self._number], member=member, writes=writes)

    def _show(self, item: Item, number: int) -> None:
        meeting, around = self.editor.meeting, self.editor.around
        found = answer_of(meeting, item, item.questions[number]) if meeting is not None else None
        later = found is not None and item.questions[number].answer != found.text
        self.said.setVisible(later)
        if found is not None and around is not None and found.on is not None:
            words = self.tr("Svar {0}, {1}: {2}")
            self.said.setText(words.format(plain_date(found.on), person_name(found.by, around.names), found.text))
        for part in (self.text, self.go):
            part.setVisible(self._may(item) and found is None)

    def answer(self) -> None:
        """Keep the answer."""
        if self.text.written:
            self.editor.step(
                answer_question, self.tr("Svaret är sparat."), item=self._item, number=self._number,
                answer=self.text.written,
            )  # fmt: skip
