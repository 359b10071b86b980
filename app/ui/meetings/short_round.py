"""The round of the wards: how far one has come, and the way to the next ward's avstämning."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QWidget

from app.domain.meetings import Meeting, MeetingStatus
from app.domain.short_forms import ShortDay
from app.domain.stored import Stored
from app.services.desk import Desk
from app.services.meetings import close_meeting
from app.services.short_meetings import open_short
from app.ui.meetings.editor import MeetingEditor
from app.ui.widgets.controls import button, label, row


class ShortRound(QWidget):
    """`3 av 6 avdelningar`, and one button that closes this ward's and opens the next."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.day: ShortDay | None = None
        self._words = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setAccessibleName(self.tr("Hur långt ronden har kommit"))
        self.go = button(self.tr("Nästa avdelning"), self.go_on, icon_name="arrow-right")
        key = QShortcut(QKeySequence("F6"), self)
        key.activated.connect(self.go_on)
        inside = row(self._words, self._bar, self.go)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.hide()

    def show_day(self, day: ShortDay | None) -> None:
        """Show the round that the meeting belongs to; hidden where there is none."""
        meeting = self.editor.meeting
        belongs = day is not None and meeting is not None and any(one.meeting == meeting.key for one in day.stops)
        self.day = day if belongs and day is not None and day.goes_round else None
        self.setVisible(self.day is not None)
        if self.day is None or meeting is None:
            return
        self._words.setText(
            self.tr("{0} av {1} avdelningar klara").format(self.day.held, len(self.day.stops))
        )  # fmt: skip
        self._bar.setRange(0, len(self.day.stops))
        self._bar.setValue(self.day.held)
        after = self.day.after(meeting.key)
        words = self.tr("Nästa: {0}").format(after.ward_name) if after else self.tr("Avsluta ronden")
        self.go.setText(f" {words}")
        self.go.setAccessibleName(words)
        self.go.setToolTip(f"{words} (F6)")
        self.go.setVisible(self.editor.may_write and (after is not None or meeting.status is MeetingStatus.OPEN))

    def go_on(self) -> None:
        """Close this ward's avstämning and open the next; after the last one the round is over."""
        meeting, day = self.editor.meeting, self.day
        if meeting is None or day is None or not self.go.isVisibleTo(self):
            return
        after = day.after(meeting.key)
        place = self.editor.place

        def go() -> None:
            now = self.editor.meeting
            if now is None:
                return
            version = self.editor.version

            def work(desk: Desk) -> Stored[Meeting] | None:
                if now.status is MeetingStatus.OPEN:
                    close_meeting(desk, key=now.key, expected_version=version)
                if after is None:
                    return None
                return open_short(desk, unit=day.unit, forum=day.forum, ward=after.ward)

            place.act(self, work, self._gone_on, changed="meetings")

        self.editor.save(go)

    def _gone_on(self, stored: Stored[Meeting] | None) -> None:
        place = self.editor.place
        if stored is not None:
            place.visit.emit("meeting", stored.value.key)
            return
        place.visit.emit("today", "")
        place.told.emit(self.tr("Ronden är klar."))
