"""What a meeting clashes with, said at once wherever its time, place or people are chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from app.domain.meetings import Meeting, MeetingStatus
from app.services.clashes import clashes_with
from app.services.desk import Desk
from app.ui.widgets.controls import label
from app.ui.workplace import Workplace

_MOST_SAID = 6


class Clashing:
    """A label that says who is busy, away or off duty; hidden where nobody is."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._asked: Meeting | None = None
        self.label: QLabel = label(role="overdue", wrap=True)
        self.label.hide()

    def check(self, meeting: Meeting) -> None:
        """Ask what the meeting, as it stands now, would clash with."""
        if meeting.status is not MeetingStatus.PLANNED:
            self.label.hide()
            return
        self._asked = meeting

        def work(desk: Desk) -> list[str]:
            return [one.sentence for one in clashes_with(desk, meeting=meeting)]

        self._place.ask(self.label, work, lambda found: self._say(found) if meeting is self._asked else None)

    def _say(self, found: list[str]) -> None:
        said = [self.label.tr("Krock: {0}.").format(one) for one in found[:_MOST_SAID]]
        if len(found) > _MOST_SAID:
            said.append(self.label.tr("Och {0} till.").format(len(found) - _MOST_SAID))
        self.label.setText("\n".join(said))
        self.label.setVisible(bool(said))
