"""The call of a meeting on its page: how far it has come, and the ways to send it."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from app.domain import publishing
from app.domain.calls import is_changed, state_words, waits_for_call
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.controls import box, button, column, label, set_role
from app.ui.widgets.flow import Flow

_CALLED = (MeetingStatus.PLANNED, MeetingStatus.CANCELLED)


class CallPanel(QWidget):
    """State in words and three buttons; nothing of a customer goes out by any of them."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.state = label()
        self.paper_button = button(self.tr("Kallelse (PDF) …"), self.show_paper, icon_name="printer")
        self.file_button = button(
            self.tr("Kalenderfil (.ics) …"), self.save_file, icon_name="calendar-plus",
            tip=self.tr("För Outlook och andra kalendrar. Inga kunduppgifter följer med."),
        )  # fmt: skip
        self.mark_button = button(
            self.tr("Märk som kallad"), self.mark, kind="quiet", icon_name="check",
            tip=self.tr("Om du har kallat på annat sätt"),
        )  # fmt: skip
        self._buttons = box(Flow(self.paper_button, self.file_button, self.mark_button))
        self.setLayout(column(self.state, self._buttons, space=4))

    @property
    def offered(self) -> bool:
        """Whether the meeting is one that is called to, or that it is not held."""
        return self.editor.meeting is not None and self.editor.meeting.status in _CALLED

    @property
    def may_mark(self) -> bool:
        """Whether the person calls, and it waits for that."""
        meeting = self.editor.meeting
        return meeting is not None and waits_for_call(meeting) and self.editor.may(Right.WRITE_MEETINGS)

    def show_meeting(self) -> None:
        """Say how far the call has come."""
        meeting = self.editor.meeting
        if meeting is None:
            return
        tell(self.state, self.editor)
        self._buttons.setVisible(self.offered)
        self.mark_button.setVisible(self.may_mark)

    def show_paper(self) -> None:
        """Show the call as it is printed."""
        from app.ui.papers.calls import call_preview  # noqa: PLC0415 - loaded when first used

        def go() -> None:
            if self.editor.meeting is not None:
                key = self.editor.meeting.key
                call_preview(self.window(), self.editor.place, meeting=key, on_taken=lambda: self._taken_out(key))

        self.editor.save(go)

    def save_file(self) -> None:
        """Save the call as a calendar file."""
        from app.ui.papers.calls import make_calendar, save_calendar  # noqa: PLC0415 - as above

        def go() -> None:
            if self.editor.meeting is not None:
                key = self.editor.meeting.key
                save_calendar(
                    self, self.editor.place, lambda desk: make_calendar(desk, meeting=key),
                    then=lambda _: self._taken_out(key),
                )  # fmt: skip

        self.editor.save(go)

    def mark(self) -> None:
        """The call went out some other way."""
        self.editor.save(lambda: self._taken_out(self.editor.meeting.key if self.editor.meeting else ""))

    def _taken_out(self, key: str) -> None:
        """The meeting is called, where it is the person's to call to; who only reads it has a paper."""
        from app.ui.papers.calls import mark_called  # noqa: PLC0415 - as above

        meeting = self.editor.meeting
        planned = meeting is not None and meeting.key == key and meeting.status is MeetingStatus.PLANNED
        if planned and self.editor.may(Right.WRITE_MEETINGS):
            mark_called(self, self.editor.place, (key,), then=lambda: self._reread(key))

    def _reread(self, key: str) -> None:
        meeting = self.editor.meeting
        if meeting is not None and meeting.key == key and not self.editor.dirty:
            self.editor.load(key)


def tell(shown: QLabel, editor: MeetingEditor) -> None:
    """Put a planned meeting's state in words on a label; of any other there is nothing to tell."""
    meeting = editor.meeting
    planned = meeting is not None and meeting.status is MeetingStatus.PLANNED
    shown.setVisible(planned)
    if meeting is not None and planned:
        shown.setText(state_words(meeting))
        stale = is_changed(meeting) or publishing.is_changed(meeting)
        set_role(shown, "due" if stale else "ok" if meeting.announced_on else "muted")
