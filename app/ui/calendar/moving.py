"""Moving a meeting in the calendar: kept by the service, taken back as a named step, tried before it is let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.errors import NotAllowed, Refused
from app.domain.meetings import MeetingRow
from app.domain.swedish import short_date, span
from app.domain.wording import wording
from app.services.clashes import clashes_if_moved
from app.services.desk import Desk
from app.services.meeting_times import move_meeting
from app.ui.calendar.hours import may_move
from app.ui.calendar.span import Span
from app.ui.workplace import UndoStep, Workplace


class MeetingMover(QObject):
    """One meeting at a time: what is pressed before the last move is kept has nothing to start from."""

    def __init__(self, place: Workplace, parent: QObject) -> None:
        super().__init__(parent)
        self._place = place
        self._busy = False
        self._stands_for: dict[tuple[str, int], int] = {}
        """A version of a meeting, and the later one that a taken-back move left it at: nothing else differs."""

    def move(self, row: MeetingRow, wanted: Span, then: Callable[[], object]) -> None:
        """Hold the meeting then; `then` is called when it is kept."""
        if self._busy:
            return
        self._busy = True
        was = Span.of(row)
        same = (wanted.day, wanted.start) == (was.day, was.start)
        phrase = self.tr("Ändra mötets längd") if same else self.tr("Flytta mötet")

        def kept(version: int) -> None:
            self._busy = False
            self._place.remember(UndoStep(phrase, lambda: self._take_back(phrase, row, version)))
            then()

        when = f"{short_date(wanted.day)} {span(wanted.start_time, wanted.end_time)}"
        self._place.act(
            self, _moving(row.key, wanted, row.version), kept, changed="meetings",
            said=self.tr("Mötet hålls {0}.").format(when), otherwise=self._failed,
        )  # fmt: skip

    def _failed(self, error: Exception) -> bool:
        self._busy = False
        refused = isinstance(error, NotAllowed) and error.code == "not_allowed"
        if refused:
            self._say_whose()
        return refused

    def _say_whose(self) -> None:
        self._place.told.emit(self.tr("Den som kallar till mötet flyttar det. Din roll kan inte flytta möten."))

    def _take_back(self, phrase: str, row: MeetingRow, version: int) -> None:
        """Move it back, unless somebody has changed it since."""
        expected = self._stands_for.pop((row.key, version), version)

        def kept(found: int) -> None:
            self._stands_for[row.key, row.version] = found

        place = self._place
        place.act(
            place, _moving(row.key, Span.of(row), expected), kept, changed="meetings",
            said=self.tr("Ångrat: {0}").format(phrase),
        )  # fmt: skip

    def try_out(self, row: MeetingRow, wanted: Span, then: Callable[[Span, list[str]], object]) -> None:
        """Ask what the meeting would clash with there; nothing is changed."""

        def work(desk: Desk) -> list[str]:
            found = clashes_if_moved(desk, key=row.key, date=wanted.day, start=wanted.start_time, end=wanted.end_time)
            return [clash.sentence for clash in found]

        self._place.ask(self, work, lambda sentences: then(wanted, sentences))

    def why_not(self, row: MeetingRow) -> None:
        """Say why the meeting stays where it is."""
        if may_move(row):
            self._say_whose()
            return
        self._place.told.emit(wording(Refused("meeting_not_planned")))


def _moving(key: str, wanted: Span, version: int) -> Callable[[Desk], int]:
    day: dt.date = wanted.day
    start, end = wanted.start_time, wanted.end_time
    return lambda desk: move_meeting(desk, key=key, date=day, start=start, end=end, expected_version=version)
