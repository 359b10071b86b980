"""The small questions about a run: why, on which meeting, and what it is about, whose, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.checklist_runs import Run
from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.people import Person
from app.domain.swedish import when
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.ui.widgets.fields import DateField, PersonField, choice, chosen, field, fill_choice, line
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

_DAYS_AHEAD = 60
_DAILY = ("pulsmote", "daglig-avstamning")


class Reason(Question):
    """Why something is left undone."""

    def __init__(
        self, parent: QWidget, place: Workplace, *, title: str, accept: str, then: Callable[[str], object]
    ) -> None:
        self.reason = TextField(lines=2, most=4)
        super().__init__(parent, title, "", field(parent.tr("Varför?"), self.reason), accept=accept)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.check = lambda: "" if self.reason.written else self.tr("Skriv varför, så att nästa person förstår.")
        self.accepted.connect(lambda: then(self.reason.written or ""))
        place.closing.connect(self.reject)


class WhichMeeting(Question):
    """The coming meeting that a step is to be taken up at."""

    def __init__(
        self, parent: QWidget, place: Workplace, *, text: str, unit: str, then: Callable[[str], object]
    ) -> None:
        self.meeting = choice([])
        super().__init__(
            parent, parent.tr("Ta upp på ett möte"), text, field(parent.tr("På vilket möte?"), self.meeting),
            accept=parent.tr("Lägg till punkten"),
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._today = place.desk.today
        self.accepted.connect(lambda: then(chosen(self.meeting)))
        self.check = lambda: "" if chosen(self.meeting) else self.tr("Det finns inget kommande möte. Boka ett först.")
        place.closing.connect(self.reject)
        place.ask(self, lambda desk: coming_meetings(desk, unit=unit), self._offer)

    def _offer(self, found: tuple[MeetingRow, ...]) -> None:
        fill_choice(self.meeting, meeting_choices(found, today=self._today))


def coming_meetings(desk: Desk, *, unit: str) -> tuple[MeetingRow, ...]:
    """The unit's meetings of the next two months that can be given points, the dailies last."""
    last = desk.today + dt.timedelta(days=_DAYS_AHEAD)
    coming = list_meetings(desk, unit=unit, from_=desk.today, to=last, limit=200)
    usable = [one for one in coming if one.status in (MeetingStatus.PLANNED, MeetingStatus.OPEN)]
    return tuple(sorted(usable, key=lambda one: one.forum in _DAILY))


def meeting_choices(found: tuple[MeetingRow, ...], *, today: dt.date) -> list[tuple[str, str]]:
    """Keys and words of meetings to choose among."""
    return [(one.key, f"{one.heading}, {when(one.date, one.start, today=today)}") for one in found]


class ChangeRun(Question):
    """What a run is about, whose it is, until when, and of which meeting."""

    def __init__(
        self, parent: QWidget, place: Workplace, run: Run, *, names: Mapping[str, str], meeting_heading: str,
        then: Callable[[str | None, Person | None, dt.date | None, str | None], object],
    ) -> None:  # fmt: skip
        self.about = line(run.about or "", longest=120)
        self.owner = PersonField(names, run.owner)
        self.due = DateField(lambda: place.desk.today, run.due)
        here = [(run.meeting, meeting_heading or run.meeting)] if run.meeting else []
        self.meeting = choice([("", parent.tr("Inget")), *here], chosen=run.meeting or "")
        self._today = place.desk.today
        super().__init__(
            parent, run.name, "", field(parent.tr("Gäller"), self.about), field(parent.tr("Vems lista"), self.owner),
            field(parent.tr("Klart senast"), self.due), field(parent.tr("Hör till ett möte"), self.meeting),
            accept=parent.tr("Spara"),
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.check = lambda: "" if self.due.readable else self.tr("Skriv datumet, till exempel 12/3.")
        self.accepted.connect(
            lambda: then(
                self.about.text().strip() or None, self.owner.person, self.due.day, chosen(self.meeting) or None
            )
        )
        place.closing.connect(self.reject)
        place.ask(self, lambda desk: coming_meetings(desk, unit=run.unit), lambda found: self._offer(found, here))

    def _offer(self, found: tuple[MeetingRow, ...], here: list[tuple[str, str]]) -> None:
        others = [one for one in meeting_choices(found, today=self._today) if one[0] not in dict(here)]
        fill_choice(self.meeting, [("", self.tr("Inget")), *here, *others], chosen=chosen(self.meeting))
