"""What is done to a whole series: its meetings booked until a day, or a rest from one day to another."""

from __future__ import annotations

import datetime as dt

from app.domain.meeting_templates import MeetingTemplate
from app.domain.series import Series
from app.domain.stored import Stored
from app.domain.swedish import number_word, plain_date
from app.services.desk import Desk
from app.services.meeting_templates import list_meeting_templates
from app.services.series import pause_series, take_back_series
from app.services.series_booking import book_series
from app.services.series_meetings import SeriesChange
from app.ui.registers.unsaved import Tool
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import DateField, choice, chosen, field, fill_choice, line
from app.ui.widgets.flow import Flow
from app.ui.workplace import Workplace


class _SeriesTool(Tool):
    """A heading, fields, the button that does it, and the way back to the series."""

    def __init__(self, place: Workplace, series: Series) -> None:
        super().__init__()
        self.place, self.series = place, series

    def done(self, change: SeriesChange, *, phrase: str, said: str) -> None:
        """Remember the way back, tell what became of it, and give way to the form."""
        back = self.place.way_back(phrase, lambda desk: take_back_series(desk, change=change), changed="meetings")
        if change != SeriesChange():
            self.place.remember(back)
        self.place.told.emit(said)
        self.finished.emit()


class Booking(_SeriesTool):
    """Book every day of the series that has no meeting yet."""

    def __init__(self, place: Workplace, series: Series) -> None:
        super().__init__(place, series)
        self.setAccessibleName(self.tr("Boka seriens möten"))
        self.until = DateField(lambda: place.desk.today, self._usual(), required=True)
        self.go = button(self.tr("Boka mötena"), self._book, kind="primary", icon_name="calendar-check")
        what = self.tr("Varje dag i serien som inte har något möte får ett, med dem som ska vara med och dagordning.")
        self.template = choice([("", self.tr("Ingen, dagordning ur rutinen"))])
        self._template_field = field(self.tr("Mall"), self.template)
        self._template_field.hide()
        place.ask(
            self, lambda desk: list_meeting_templates(desk, unit=series.unit, forum=series.forum), self._offer
        )  # fmt: skip
        inside = column(
            label(self.tr("Boka seriens möten"), role="heading"), label(what, wrap=True),
            field(self.tr("Till och med"), self.until), self._template_field, self.fault,
            box(Flow(self.go, button(self.tr("Avbryt"), self.finished.emit))), None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        self.setFocusProxy(self.until)

    def _offer(self, found: tuple[Stored[MeetingTemplate], ...]) -> None:
        """Offer the unit's templates of the forum, where it has any."""
        none = ("", self.tr("Ingen, dagordning ur rutinen"))
        fill_choice(self.template, [none, *((one.value.key, one.value.name) for one in found)])
        self._template_field.setVisible(bool(found))

    def _usual(self) -> dt.date:
        """Half a year on, or the series' own end."""
        ahead = self.place.desk.today + dt.timedelta(days=182)
        return min(ahead, self.series.until) if self.series.until else ahead

    def _book(self) -> None:
        until, key = self.until.day, self.series.key
        if until is None:
            self.say(self.tr("Skriv till och med vilken dag, till exempel 30/6."))
            return
        self.go.setEnabled(False)

        template = chosen(self.template) or None

        def work(desk: Desk) -> SeriesChange:
            return book_series(desk, key=key, until=until, template=template)

        def refused(error: Exception) -> bool:
            self.go.setEnabled(True)
            return self.refused(error)

        self.place.act(self, work, self._tell, changed="meetings", otherwise=refused)

    def _tell(self, change: SeriesChange) -> None:
        count = len(change.booked)
        said = self.tr("{0} är bokade.").format(number_word(count, self.tr("möte"), self.tr("möten")))
        if not count:
            said = self.tr("Alla dagar är redan bokade.")
        if change.clashing:
            said += " " + self.tr("{0} krockar. De är streckade i kalendern.").format(change.clashing)
        self.done(change, phrase=self.tr("Boka seriens möten"), said=said)


class Pausing(_SeriesTool):
    """Let the series rest: a summer, a rebuilding."""

    def __init__(self, place: Workplace, series: Series, version: int) -> None:
        super().__init__(place, series)
        self._version = version
        self.setAccessibleName(self.tr("Uppehåll"))
        self.first = DateField(lambda: place.desk.today, required=True)
        self.last = DateField(lambda: place.desk.today, required=True)
        self.reason = line(longest=200)
        self.reason.setPlaceholderText(self.tr("t.ex. sommaruppehåll"))
        self.go = button(self.tr("Gör uppehåll"), self._pause, kind="primary")
        what = self.tr(
            "Möten som är bokade de dagarna ställs in. Det sista mötets kunder tas upp först efter uppehållet."
        )
        inside = column(
            label(self.tr("Uppehåll"), role="heading"), label(what, wrap=True),
            box(row(field(self.tr("Från och med"), self.first), field(self.tr("Till och med"), self.last), space=12)),
            field(self.tr("Varför"), self.reason), self.fault,
            box(Flow(self.go, button(self.tr("Avbryt"), self.finished.emit))), None, space=12,
        )  # fmt: skip
        inside.setContentsMargins(2, 2, 14, 2)
        self.setLayout(inside)
        self.setFocusProxy(self.first)

    def _pause(self) -> None:
        first, last, reason = self.first.day, self.last.day, self.reason.text()
        if first is None or last is None:
            self.say(self.tr("Skriv första och sista dagen, till exempel 22/6 och 16/8."))
            return
        key, version = self.series.key, self._version

        def work(desk: Desk) -> SeriesChange:
            return pause_series(desk, key=key, first=first, last=last, reason=reason, expected_version=version)

        def tell(change: SeriesChange) -> None:
            said = self.tr("Uppehåll {0} – {1}.").format(plain_date(first), plain_date(last))
            if change.cancelled:
                said += " " + self.tr("{0} är inställda.").format(
                    number_word(len(change.cancelled), self.tr("möte"), self.tr("möten"))
                )
            self.done(change, phrase=self.tr("Uppehåll"), said=said)

        self.place.act(self, work, tell, changed="meetings", otherwise=self.refused)
