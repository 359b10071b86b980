"""Comments on minutes where they are read: each with who and when, and the writer's way to settle it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.minutes import Afterwards, Comment, out_for_comments
from app.domain.people import person_name
from app.domain.roles import Right
from app.domain.swedish import brief_date, clock
from app.ui.after.asking import ask_comment, ask_settlement, settle
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, card, column, empty, label
from app.ui.widgets.flow import Flow


class CommentsPart(QWidget):
    """The comments on one point, or with an empty key on the whole; hidden where there is nothing to say or do."""

    def __init__(self, editor: MeetingEditor, *, title: str = "") -> None:
        super().__init__()
        self.editor = editor
        self._item: str | None = None
        self._title = label(title or self.tr("Synpunkter"), role="label")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(GRID)
        self.add = button(self.tr("Lämna synpunkt"), self._ask, kind="quiet", icon_name="message-square")
        self.setLayout(column(self._title, box(self._list), self.add, space=4))
        self.hide()

    def show_comments(self, found: Afterwards | None, item: str | None) -> None:
        """Show those on a point, or on the whole."""
        self._item = item
        empty(self._list)
        meeting = self.editor.meeting
        if found is None or meeting is None:
            self.hide()
            return
        there = [one for one in found.comments if one.item == item]
        for one in there:
            self._list.addWidget(self._card(one))
        may_add = found.may_comment and out_for_comments(meeting)
        self.add.setVisible(may_add)
        self.setVisible(bool(there) or may_add)

    def _card(self, one: Comment) -> QWidget:
        around = self.editor.around
        names = around.names if around is not None else {}
        today = self.editor.place.desk.today
        at = f"{brief_date(one.at.date(), today=today)} {clock(one.at.time())}"
        parts: list[QWidget] = [
            label(f"{person_name(one.by, names)}, {at}", role="muted", wrap=True), label(one.text, wrap=True),
        ]  # fmt: skip
        if one.open and self.editor.may(Right.WRITE_MINUTES):
            done = button(self.tr("Ordnat"), partial(settle, self, self.editor.place, one), icon_name="check")
            done.setAccessibleName(self.tr("Ordnat: {0}").format(one.text))
            answer = button(self.tr("Svara …"), partial(self._answer, one), kind="quiet")
            answer.setAccessibleName(self.tr("Svara på: {0}").format(one.text))
            parts.append(box(Flow(done, answer)))
        elif one.open:
            parts.append(label(self.tr("Väntar på sekreteraren"), role="due"))
        else:
            who = person_name(one.settled_by, names)
            said = self.tr("Ordnat av {0}").format(who) + (f": {one.answer}" if one.answer else "")
            parts.append(label(said, role="ok", wrap=True))
        return card(*parts, margin=GRID)

    def _ask(self) -> None:
        meeting = self.editor.meeting
        if meeting is None:
            return
        point = meeting.item(self._item) if self._item else None
        about = point.heading if point is not None else self.tr("Hela anteckningarna")
        ask_comment(self, self.editor.place, meeting=meeting.key, item=self._item, about=about)

    def _answer(self, one: Comment) -> None:
        if self.editor.meeting is not None:
            ask_settlement(self, self.editor.place, meeting=self.editor.meeting.key, comment=one)
