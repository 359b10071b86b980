"""A meeting's two forms: agenda with notes and all the rest, or for a pulsmöte and an avstämning its rows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.short_forms import not_called_for
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.short_view import ShortView
from app.ui.widgets.controls import button


class MeetingForms(QStackedWidget):
    """Shows the form that fits the meeting; what is written as rows is shown whole on demand."""

    def __init__(
        self, editor: MeetingEditor, *, show: Callable[[], object], attendance: Callable[[], object]
    ) -> None:  # fmt: skip
        super().__init__()
        self._editor, self._show = editor, show
        self._stood = ""
        self.wanted = ""
        """The point on whose row one is to stand."""
        self.wide = False
        """Whether a meeting of rows is shown whole."""
        self.short = ShortView(editor, whole=self.show_whole, attendance=attendance)
        self.as_rows = button(self.tr("Visa som rader"), self.show_rows, kind="quiet", icon_name="list-todo")

    def lay_out(self, whole: QWidget) -> None:
        """Take in the form of agenda and notes."""
        self.addWidget(whole)
        self.addWidget(self.short)

    @property
    def shows_rows(self) -> bool:
        """Whether the meeting is shown as its rows."""
        return self.short.fits and not self.wide

    def show_meeting(self, *, begins: bool) -> bool:
        """Show the meeting as rows where it is to be; stands where one types when it is new here or `begins`."""
        rows, meeting = self.shows_rows, self._editor.meeting
        self.as_rows.setVisible(self.short.fits and self.wide)
        self.setCurrentIndex(1 if rows else 0)
        if not rows or meeting is None:
            self._stood = ""
            return False
        self.short.show_meeting()
        if begins or self.wanted or meeting.key != self._stood:
            self.short.stand(self.wanted)
        self._stood, self.wanted = meeting.key, ""
        return True

    def show_whole(self) -> None:
        """Show agenda, notes and all the rest of a meeting of rows."""
        self.wide = True
        self._show()

    def show_rows(self) -> None:
        """Show the meeting as its rows again."""
        self.wide = False
        self._show()


def status_words(editor: MeetingEditor) -> str:
    """Where the meeting stands; one that is held only when needed, and was not, is no missed meeting."""
    meeting, around = editor.meeting, editor.around
    if meeting is None:
        return ""
    when_needed = around is not None and around.when_needed
    if not_called_for(meeting, when_needed=when_needed, today=editor.place.desk.today):
        return editor.tr("Behövdes inte")
    return meeting.status.label
