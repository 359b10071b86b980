"""The way into today's pulsmöten and avstämningar: one button for each, and F6 for the first."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.meetings import Meeting, MeetingStatus
from app.domain.roles import Right
from app.domain.short_forms import PULS, ShortDay, ShortStop
from app.domain.stored import Stored
from app.services.desk import Desk
from app.services.short_meetings import open_short, short_days
from app.ui.widgets.controls import box, button, column, empty
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace

_MOST = 4


class ShortStart(QWidget):
    """Buttons that open what is to be held now, booking it where it is not booked."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.days: tuple[ShortDay, ...] = ()
        self._buttons = Flow()
        self.setLayout(column(box(self._buttons)))
        self.setAccessibleName(self.tr("Pulsmöte och avstämning"))
        key = QShortcut(QKeySequence("F6"), self)
        key.activated.connect(self.open_first)
        self.hide()

    def refresh(self) -> None:
        """Read what the day has."""
        self.place.ask(self, short_days, self.show_days)

    def show_days(self, days: tuple[ShortDay, ...]) -> None:
        """Show a button for each that the person may open, or go to."""
        self.days = tuple(one for one in days if self._may(one))[:_MOST]
        empty(self._buttons)
        several = len({one.unit for one in self.days}) > 1
        for number, one in enumerate(self.days):
            words = self._words(one, several=several)
            tip = f"{words} (F6)" if number == 0 else words
            icon = "play" if one.next is not None else "check"
            self._buttons.addWidget(button(words, partial(self.open, one), icon_name=icon, tip=tip))
        self.setVisible(bool(self.days))

    def _may(self, one: ShortDay) -> bool:
        stop = one.next
        if self.place.desk.may(Right.WRITE_MINUTES):
            return True
        return stop is not None and bool(stop.meeting)

    def _words(self, one: ShortDay, *, several: bool) -> str:
        stop, unit = one.next, f", {one.unit_name}" if several else ""
        if one.goes_round:
            done, of = one.held, len(one.stops)
            if stop is None:
                return self.tr("Ronden är klar ({0} av {1}){2}").format(done, of, unit)
            begin = self.tr("Gå ronden: {0} ({1} av {2}){3}")
            return begin.format(stop.ward_name, one.stops.index(stop) + 1, of, unit)
        if stop is None:
            return self.tr("{0} är hållet{1}").format(one.forum_name, unit)
        if stop.status is MeetingStatus.OPEN or not self.place.desk.may(Right.WRITE_MINUTES):
            return self.tr("Gå till {0}{1}").format(self._definite(one), unit)
        return self.tr("Öppna {0}{1}").format(self._definite(one), unit)

    def _definite(self, one: ShortDay) -> str:
        return self.tr("pulsmötet") if one.forum == PULS else self.tr("avstämningen")

    def open_first(self) -> None:
        """Open what is first not over."""
        first = next((one for one in self.days if one.next is not None), None)
        if first is not None:
            self.open(first)

    def open(self, one: ShortDay) -> None:
        """Open what is to be held now, or go to what was held."""
        stop: ShortStop = one.next or one.stops[-1]
        go = self.place.visit.emit
        if stop.meeting and (stop.status is not MeetingStatus.PLANNED or not self.place.desk.may(Right.WRITE_MINUTES)):
            go("meeting", stop.meeting)
            return

        def work(desk: Desk) -> Stored[Meeting]:
            return open_short(desk, unit=one.unit, forum=one.forum, ward=stop.ward)

        self.place.act(self, work, lambda stored: go("meeting", stored.value.key), changed="meetings")


def open_now(owner: QWidget, place: Workplace) -> None:
    """From anywhere: open the first pulsmöte or avstämning of the day that is not over."""

    def opened(days: tuple[ShortDay, ...]) -> None:
        start = ShortStart(place)
        start.setParent(owner)
        start.show_days(days)
        start.hide()
        if any(one.next is not None for one in start.days):
            start.open_first()
        else:
            place.told.emit(owner.tr("Det finns inget pulsmöte eller avstämning att öppna i dag."))

    place.ask(owner, short_days, opened)
