"""A point to a coming meeting in ten seconds, from any page: what, where, about whom, and what one's field says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.errors import KnownError
from app.domain.meetings import Item, Meeting, MeetingRow, MeetingStatus, Presentation
from app.domain.point_start import NOWHERE, PointStart, best_first, is_offered
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import in_sentence, short_date, sort_key, when
from app.domain.wording import wording
from app.services.call_reminders import AgendaState, agenda_states
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.services.following import new_key
from app.services.meeting_lists import list_meetings
from app.services.meetings import propose_item
from app.services.points import take_back_item
from app.services.presenting import own_profession
from app.ui.drafts import NEW, FieldDrafts
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import field, line
from app.ui.widgets.messages import Question
from app.ui.widgets.seeking import SeekChoice
from app.ui.widgets.texts import TextField
from app.ui.workplace import Workplace

_DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What the dialog offers: coming meetings, those she is called to, customers, and what she speaks for."""

    meetings: tuple[MeetingRow, ...]
    mine: frozenset[str]
    customers: Mapping[str, str]
    states: Mapping[str, AgendaState]
    profession: str


class QuickPoint(Question):
    """Heading and meeting; a customer, background and one's own field when there is more to say."""

    def __init__(self, parent: QWidget, place: Workplace, start: PointStart = NOWHERE) -> None:
        self._place, self._start = place, start
        self.heading = line(start.heading)
        self.meeting, self.customer = SeekChoice(), SeekChoice()
        self._states: Mapping[str, AgendaState] = {}
        self._names: dict[str, str] = {}
        self.late = label(role="due", wrap=True)
        self.late.hide()
        self.text = TextField(start.text, lines=1, most=4)
        self.need, self.problem, self.wish = TextField(most=3), TextField(most=3), TextField(most=3)
        more = button("Underlag, behov och önskemål", self.show_more, kind="quiet", icon_name="chevron-down")
        self.more_button = more
        self._about = field("Om en kund?", self.customer)
        super().__init__(
            parent, "Lägg till en punkt", "", field("Vad ska tas upp?", self.heading),
            field("På vilket möte?", self.meeting), self.late, self._about, more, self._make_more(),
            accept="Lägg till punkten",
        )  # fmt: skip
        self.setMinimumWidth(560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.accept)
        self.meeting.currentIndexChanged.connect(lambda _: self._tell_late())
        place.ask(self, _read, self._offer)
        self.drafts = FieldDrafts(
            self, place, "point", NEW, heading=self.heading, meeting=self.meeting, customer=self.customer,
            text=self.text, need=self.need, problem=self.problem, wish=self.wish,
        )  # fmt: skip
        self.finished.connect(self.drafts.left)
        place.closing.connect(self.reject)
        self.heading.setFocus()

    def _make_more(self) -> QWidget:
        self._field = label("", role="label")
        hers = row(field("Behov", self.need), field("Problem", self.problem), field("Önskemål", self.wish))
        self._more = box(column(field("Underlag", self.text), self._field, hers))
        self._more.setVisible(bool(self._start.text or self._start.customer))
        self.more_button.setVisible(self._more.isHidden())
        return self._more

    def show_more(self) -> None:
        """Show where background and one's own field's need, problem and wish are written."""
        self._more.show()
        self.more_button.hide()
        self.text.setFocus()

    def _tell_late(self) -> None:
        """A point after the agenda has closed or gone out comes with all the same, and who adds it knows it is late."""
        state = self._states.get(str(self.meeting.currentData() or ""))
        closed = state.closes_on if state is not None else None
        if state is not None and state.is_published:
            self.late.setText(self.tr("Dagordningen är utskickad. Punkten märks som tillagd efter utskick."))
        elif closed is not None and closed < self._place.desk.today:
            said = self.tr("Dagordningen stängde {0}. Punkten kommer med som sent anmäld.")
            self.late.setText(said.format(short_date(closed)))
        else:
            self.late.clear()
        self.late.setVisible(bool(self.late.text()))

    def _offer(self, found: _Offer) -> None:
        self._states = found.states
        today = self._place.desk.today
        ahead = best_first(found.meetings, self._start, mine=found.mine, now=self._place.desk.clock.now())
        self._names = {one.key: f"{one.heading} {when(one.date, one.start, today=today)}" for one in ahead}
        self.meeting.offer([(one.key, f"{self._names[one.key]}, {one.unit_name}") for one in ahead])
        self._tell_late()
        about = sorted(found.customers.items(), key=lambda pair: sort_key(pair[1]))
        self.customer.offer([("", self.tr("Nej")), *about], chosen=self._start.customer)
        self._about.setVisible(bool(about))
        self._field.setText(self.tr("Ur ditt yrke ({0})").format(in_sentence(found.profession)))
        if not ahead:
            self.show_fault(self.tr("Det finns inget kommande möte. Boka ett först."))
        self.accept_button.setEnabled(bool(ahead))

    def _item(self, heading: str) -> Item:
        told = Presentation(
            profession="", need=self.need.written, problem=self.problem.written, wish=self.wish.written
        )  # fmt: skip
        said = (told,) if told.need or told.problem or told.wish else ()
        return Item(
            key=new_key(near=self.meeting.value),
            heading=heading,
            customer=self.customer.value or None,
            text=self.text.written,
            presentations=said,
        )

    def accept(self) -> None:
        """Add the point; the dialog stays open when it is refused."""
        heading, meeting = self.heading.text().strip(), self.meeting.value
        if not heading:
            self.show_fault(self.tr("Skriv vad som ska tas upp."))
            self.heading.setFocus()
            return
        item = self._item(heading)
        self._place.act(
            self, lambda desk: propose_item(desk, meeting=meeting, item=item),
            lambda stored: self._added(item.key, stored), changed="meetings",
            said=self.tr("Punkten är tillagd: {0}. Ångra med Ctrl+Z.").format(self._names.get(meeting, "")),
            otherwise=self._refused,
        )  # fmt: skip

    def _added(self, item: str, stored: Stored[Meeting]) -> None:
        meeting, version = stored.value.key, stored.version
        self._place.remember(self._place.way_back(
            self.tr("Lägg till punkt"),
            lambda desk: take_back_item(desk, meeting=meeting, item=item, expected_version=version),
            changed="meetings",
        ))  # fmt: skip
        self.done(1)
        self.drafts.done()

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, KnownError):
            self.show_fault(wording(error))
            return True
        return False


def _read(desk: Desk) -> _Offer:
    last = desk.today + dt.timedelta(days=_DAYS_AHEAD)
    live = (MeetingStatus.PLANNED, MeetingStatus.OPEN)
    usable = tuple(
        one for one in list_meetings(desk, from_=desk.today, to=last)
        if one.status in live and is_offered(one, today=desk.today)
    )  # fmt: skip
    member = desk.actor.member
    mine = list_meetings(desk, from_=desk.today, to=last, member=member) if member else ()
    return _Offer(
        meetings=usable, mine=frozenset(one.key for one in mine),
        customers=customer_labels(desk) if desk.may(Right.READ_CUSTOMERS) else {}, states=agenda_states(desk, to=last),
        profession=own_profession(desk),
    )  # fmt: skip
