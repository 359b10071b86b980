"""The time of the meeting under way: begun when it is first seen to be, kept among the person's own values."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.domain.meetings import MeetingStatus
from app.domain.pace import Pace, around_the_table, from_text, goes_round, to_text
from app.services.desk import Desk
from app.services.preferences import set_preference
from app.ui.meetings.around import PACE
from app.ui.meetings.editor import MeetingEditor

_KEEP_MS = 1500


class PaceKeeper(QObject):
    """Follows which point is under way and who has the word; survives that the page is left, or the program."""

    changed = Signal()

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.pace: Pace | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_MS)
        self._timer.timeout.connect(self.keep)

    @property
    def live(self) -> bool:
        """Whether the meeting is under way."""
        return self.editor.meeting is not None and self.editor.meeting.status is MeetingStatus.OPEN

    def meet(self) -> None:
        """A meeting is shown: go on with its time, or begin it."""
        meeting, around = self.editor.meeting, self.editor.around
        if meeting is None or around is None or not self.live:
            self._pause()
            return
        if self.pace is not None and self.pace.meeting == meeting.key:
            return
        now = self.editor.place.desk.clock.now()
        kept = from_text(around.pace) if around.pace else None
        same = kept is not None and kept.meeting == meeting.key and kept.began.date() == now.date()
        self.pace = kept if same else Pace(meeting=meeting.key, began=now, since=now)
        if not same:
            self._timer.start()

    def _pause(self) -> None:
        """The meeting is over, or another is shown: if it is taken up again the time between counts for no point."""
        meeting = self.editor.meeting
        if self.pace is not None and meeting is not None and meeting.key == self.pace.meeting:
            self.pace = self.pace.at("", self.editor.place.desk.clock.now())
            self.keep()
        self.pace = None

    def begin_item(self, key: str) -> None:
        """The point is under way from now."""
        if self.pace is not None and key and self.live:
            self._put(self.pace.at(key, self.editor.place.desk.clock.now()))

    def seconds(self, key: str) -> int:
        """How long the point has taken."""
        return self.pace.seconds(key, self.editor.place.desk.clock.now()) if self.pace is not None else 0

    # who has the word

    def people(self, key: str) -> tuple[str, ...]:
        """Who is asked in turn on that point, in order; nobody where it does not go round."""
        meeting = self.editor.meeting
        item = meeting.item(key) if meeting is not None else None
        if meeting is None or item is None or not self.live or not goes_round(meeting, item):
            return ()
        return around_the_table(meeting)

    def next_speaker(self, key: str) -> None:
        """The word goes on."""
        self._turn(key, lambda pace: pace.next_speaker(key, self.people(key)))

    def back(self, key: str) -> None:
        """The word goes back to whoever had it before."""
        self._turn(key, lambda pace: pace.back(key))

    def give_word(self, key: str, person: str) -> None:
        """The word goes to somebody out of her turn."""
        self._turn(key, lambda pace: pace.give_word(key, person))

    def _turn(self, key: str, change: Callable[[Pace], Pace]) -> None:
        if self.pace is not None and self.people(key):
            self._put(change(self.pace))

    def _put(self, pace: Pace) -> None:
        if pace != self.pace:
            self.pace = pace
            self._timer.start()
            self.changed.emit()

    def keep(self) -> None:
        """Keep it now."""
        self._timer.stop()
        if self.pace is None:
            return
        text = to_text(self.pace)

        def work(desk: Desk) -> None:
            set_preference(desk, name=PACE, value=text)

        self.editor.place.ask(self, work, lambda _: None)

    def settle(self) -> None:
        """The page is left: what is not kept yet is kept now."""
        if self._timer.isActive():
            self.keep()
