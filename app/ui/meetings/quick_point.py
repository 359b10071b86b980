"""A point to a coming meeting in ten seconds, from any page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownError
from app.domain.meetings import Item, MeetingRow, MeetingStatus
from app.domain.roles import Right
from app.domain.swedish import short_date, sort_key, when
from app.domain.wording import wording
from app.services.call_reminders import agenda_closings
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.services.meetings import propose_item
from app.ui.drafts import NEW, FieldDrafts
from app.ui.widgets.controls import label
from app.ui.widgets.fields import choice, chosen, field, fill_choice, line
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace

_DAYS_AHEAD = 60
_DAILY = ("pulsmote", "daglig-avstamning")


class QuickPoint(Question):
    """Heading, meeting, and a customer when it is about one."""

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        self.heading = line()
        self.meeting = choice([])
        self.customer = choice([])
        self._place = place
        self._closings: Mapping[str, dt.date] = {}
        self.late = label(role="due", wrap=True)
        self.late.hide()
        super().__init__(
            parent, "Lägg till en punkt", "", field("Vad ska tas upp?", self.heading),
            field("På vilket möte?", self.meeting), self.late,
            field("Om en kund?", self.customer), accept="Lägg till punkten",
        )  # fmt: skip
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.meeting.currentIndexChanged.connect(lambda _: self._tell_late())
        place.ask(self, _read, lambda found: self._offer(*found))
        self.drafts = FieldDrafts(
            self, place, "point", NEW, heading=self.heading, meeting=self.meeting, customer=self.customer
        )
        self.finished.connect(self.drafts.left)
        place.closing.connect(self.reject)

    def _tell_late(self) -> None:
        """A point after the agenda has closed still comes with, and she who adds it knows that it is late."""
        closes_on = self._closings.get(chosen(self.meeting))
        late = closes_on is not None and closes_on < self._place.desk.today
        if closes_on is not None and late:
            said = self.tr("Dagordningen stängde {0}. Punkten kommer med som sent anmäld.")
            self.late.setText(said.format(short_date(closes_on)))
        self.late.setVisible(late)

    def _offer(
        self, meetings: tuple[MeetingRow, ...], customers: dict[str, str], closings: Mapping[str, dt.date]
    ) -> None:
        self._closings = closings
        today = self._place.desk.today
        now = self._place.desk.clock.now()
        ahead = [one for one in meetings if (one.date, one.end) > (now.date(), now.time())]
        ahead.sort(key=lambda one: one.forum in _DAILY)  # the dailies last: points seldom wait for them
        rows = [(one.key, f"{one.heading}, {one.unit_name}, {when(one.date, one.start, today=today)}") for one in ahead]
        fill_choice(self.meeting, rows)
        self._tell_late()
        about = sorted(customers.items(), key=lambda pair: sort_key(pair[1]))
        fill_choice(self.customer, [("", self.tr("Nej")), *about])
        if not rows:
            self.show_fault(self.tr("Det finns inget kommande möte. Boka ett först."))
        self.accept_button.setEnabled(bool(rows))

    def accept(self) -> None:
        """Add the point; the dialog stays open when it is refused."""
        heading, meeting = self.heading.text().strip(), chosen(self.meeting)
        if not heading:
            self.show_fault(self.tr("Skriv vad som ska tas upp."))
            self.heading.setFocus()
            return
        item = Item(key="", heading=heading, customer=chosen(self.customer) or None)
        self._place.act(
            self, lambda desk: propose_item(desk, meeting=meeting, item=item), lambda _: self._added(),
            changed="meetings", said=self.tr("Punkten är tillagd."), otherwise=self._refused,
        )  # fmt: skip

    def _added(self) -> None:
        self.done(1)
        self.drafts.done()

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, KnownError):
            self.show_fault(wording(error))
            return True
        return False


def _read(desk: Desk) -> tuple[tuple[MeetingRow, ...], dict[str, str], Mapping[str, dt.date]]:
    last = desk.today + dt.timedelta(days=_DAYS_AHEAD)
    coming = list_meetings(desk, from_=desk.today, to=last, limit=200)
    usable = tuple(one for one in coming if one.status in (MeetingStatus.PLANNED, MeetingStatus.OPEN))
    customers = customer_labels(desk) if desk.may(Right.READ_CUSTOMERS) else {}
    return usable, customers, agenda_closings(desk, to=last)
