"""The form of a series: whose forum, how often, when and where, and from which day a change counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.catalogue import Catalogue, Setting
from app.domain.holidays import named_days
from app.domain.repeat import WORKING_DAYS, Pace, Repeat, repeat_of, rule_from
from app.domain.series import WEEKDAY_CODES, Series, expand, in_words, is_daily, rule_of
from app.domain.swedish import WEEKDAYS, clock, short_date
from app.domain.units import Unit
from app.services.desk import Desk
from app.services.proposals import meeting_end, meeting_place, own_forum_of
from app.ui.registers.kept_form import KeptForm
from app.ui.widgets.controls import box, chip, label, row
from app.ui.widgets.fields import (
    DateField,
    TimeField,
    choice,
    chosen,
    field,
    fill_choice,
    line,
    name_editor,
    offer_words,
)
from app.ui.widgets.flow import Flow

_OWN = "own"
_SHOWN_DAYS = 3
_LOOK_AHEAD = dt.timedelta(days=400)
_USUAL = dt.time(13)


class Weekdays(QWidget):
    """The seven days of the week as chips, of which several may be on."""

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips = [chip(name[:3].capitalize(), partial(self._turn, n)) for n, name in enumerate(WEEKDAYS)]
        for made, name in zip(self.chips, WEEKDAYS, strict=True):
            made.setAccessibleName(name.capitalize())
        self.single = False
        flow = Flow(*self.chips, space=4)
        self.setLayout(flow)

    def _turn(self, number: int, on: bool) -> None:
        if on and self.single:
            self.show_kept([number])
        self.touched.emit()

    @property
    def days(self) -> tuple[int, ...]:
        """The days that are on, Monday 0."""
        return tuple(n for n, made in enumerate(self.chips) if made.isChecked())

    @property
    def kept(self) -> object:
        """The days as a list."""
        return list(self.days)

    def show_kept(self, value: object) -> None:
        """Turn exactly these days on."""
        wanted = set(value) if isinstance(value, list | tuple) else set()
        for number, made in enumerate(self.chips):
            made.blockSignals(True)
            made.setChecked(number in wanted)
            made.blockSignals(False)

    def allow_one(self, single: bool) -> None:
        """Let one day be chosen, or several."""
        self.single = single
        if single and len(self.days) > 1:
            self.show_kept([self.days[0]])


class SeriesForm(KeptForm):
    """All that is kept of a series but its single days."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._catalogue: Catalogue = desk.catalogue
        self._today = desk.today
        self._units: Mapping[str, Unit] = {}
        self._old: Series | None = None
        self.rooms: Mapping[str, tuple[str, ...]] = {}
        """The rooms of each unit, which the place is completed from."""
        self.unit, self.ward, self.forum = choice([]), choice([]), choice([])
        self.heading = line(longest=120)
        self.pace = choice(_paces(self), name=self.tr("Hur ofta"))
        self.weekdays = Weekdays()
        self.number = choice(_numbers(self), name=self.tr("Vilken i månaden"))
        self.start, self.end = TimeField(required=True), TimeField(required=True)
        self.again = choice([], name=self.tr("Även samma dag"))
        self.where, self.link = line(longest=200), line(longest=500)
        self.first, self.until = DateField(lambda: desk.today, required=True), DateField(lambda: desk.today)
        self.pinned = QCheckBox(self.tr("Ligger fast när året planeras om"))
        name_editor(self.pinned, self.tr("Ligger fast när året planeras om"))
        self.from_ = DateField(lambda: desk.today, required=True)
        self.words = label(role="muted", wrap=True)
        self._lay_out()
        for name in ("unit", "ward", "forum", "heading", "pace", "weekdays", "number", "start", "end", "again",
                     "where", "link", "first", "until", "pinned", "from_"):  # fmt: skip
            self.keep(name, getattr(self, name))
        self.unit.currentIndexChanged.connect(lambda _: self._choose_unit())
        self.forum.currentIndexChanged.connect(lambda _: self._follow_routine())
        self.pace.currentIndexChanged.connect(lambda _: self._fit())
        self.start.picked.connect(self._offer_again)
        self.touched.connect(self._tell)

    def _lay_out(self) -> None:
        self._ward_field = field(self.tr("Avdelning"), self.ward)
        self._days_field = field(self.tr("Veckodag"), self.weekdays)
        self._number_field = field(self.tr("Vilken i månaden"), self.number)
        self._again_field = field(self.tr("Även samma dag"), self.again)
        self._from_field = field(
            self.tr("Ändringen gäller från och med"), self.from_,
            hint=self.tr("Bokade möten från den dagen följer med. Det som varit eller är kallat till står kvar."),
        )  # fmt: skip
        self.lay_out(
            field(self.tr("Enhet"), self.unit), field(self.tr("Mötesforum"), self.forum), self._ward_field,
            field(self.tr("Hur ofta"), self.pace), self._number_field, self._days_field,
            box(row(field(self.tr("Börjar"), self.start), field(self.tr("Slutar"), self.end), None, space=12)),
            self._again_field, self.words,
            field(self.tr("Plats"), self.where), field(self.tr("Länk till SEFOS"), self.link),
            field(self.tr("Rubrik, om den ska vara en annan än forumets"), self.heading),
            box(row(field(self.tr("Första dag"), self.first), field(self.tr("Sista dag"), self.until), space=12)),
            self.pinned, self._from_field,
        )  # fmt: skip

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer these units; what is chosen stays chosen while it is there."""
        if list(self._units.values()) == list(units):
            return
        self._units = {one.key: one for one in units}
        before = chosen(self.unit)
        fill_choice(self.unit, [(one.key, one.name) for one in units], chosen=before)
        self._choose_unit()

    def _choose_unit(self) -> None:
        unit = self._units.get(chosen(self.unit))
        if unit is None:
            return
        offer_words(self.where, self.rooms.get(unit.key, ()))
        forums = [(one.key, one.name) for one in self._catalogue.forums(unit.setting)]
        if unit.setting is not Setting.LEDNING:
            forums += [(one.key, one.name) for one in self._catalogue.forums(Setting.LEDNING)]
        fill_choice(self.forum, forums, chosen=chosen(self.forum))
        wards = [(ward.key, ward.name) for ward in unit.wards]
        fill_choice(self.ward, [("", self.tr("Hela enheten")), *wards], chosen=chosen(self.ward))
        self._ward_field.setVisible(bool(wards))
        self.touched.emit()

    def _follow_routine(self) -> None:
        """A new series begins as the routine, or the unit's own forum, has it: how often, how long and where."""
        unit = self._units.get(chosen(self.unit))
        if unit is None or self._old is not None or not chosen(self.forum):
            return
        forum = own_forum_of(self._catalogue, unit, chosen(self.forum))
        interval = forum.interval if forum else None
        if forum is None or interval is None or interval.when_needed:
            return
        on = self.first.day or self._today
        start = forum.start or self.start.moment or _USUAL
        self.start.set_moment(start)
        self.end.set_moment(meeting_end(start, forum.minutes))
        self._offer_again()
        rule = rule_of(interval, on=on, round_the_clock=unit.setting.round_the_clock)
        self._fill_rule(replace(_blank(unit.key, None, on), rrule=rule, start=start))
        if forum.weekday is not None and interval.frequency != "daily":
            self.weekdays.show_kept([forum.weekday])
        self.where.setText(meeting_place(forum, unit, chosen(self.ward) or None) or "")
        self._fit()
        self.touched.emit()

    def _fit(self) -> None:
        pace = chosen(self.pace)
        self._days_field.setVisible(pace.startswith(("weekly", "monthly")))
        self._number_field.setVisible(pace.startswith("monthly"))
        self.weekdays.allow_one(pace.startswith("monthly"))
        self._again_field.setVisible(pace != _OWN)

    def _offer_again(self) -> None:
        start = self.start.moment
        later = [start.replace(hour=hour) for hour in range(start.hour + 1, 22)] if start else []
        options = [("", self.tr("Nej")), *((str(one.hour), self.tr("Ja, {0}").format(clock(one))) for one in later)]
        fill_choice(self.again, options, chosen=chosen(self.again))
        self.touched.emit()

    def fill(self, series: Series | None, *, unit: str | None = None, ward: str | None = None) -> None:
        """Show a series, or an empty form for one of `unit`."""
        self._old = series
        one = series or _blank(unit or next(iter(self._units), ""), ward, self._today)
        for made, key in ((self.unit, one.unit), (self.forum, one.forum), (self.ward, one.ward or "")):
            made.setCurrentIndex(max(made.findData(key), 0))
        for made in (self.unit, self.forum, self.ward):
            made.setEnabled(series is None)  # another forum is another series
        self.heading.setText(one.title or "")
        self.where.setText(one.place or "")
        self.link.setText(one.link or "")
        self.start.set_moment(one.start)
        self.end.set_moment(one.end)
        self._offer_again()
        self._fill_rule(one)
        self.first.set_day(one.first)
        self.first.setEnabled(series is None)
        self.until.set_day(one.until)
        self.pinned.setChecked(one.pinned)
        self.from_.set_day(max(one.first, self._today))
        self._from_field.setVisible(series is not None)
        self._fit()
        if series is None:
            self._follow_routine()
        self._tell()

    def _fill_rule(self, series: Series) -> None:
        repeat = repeat_of(series.rrule)
        if self.pace.findData(_OWN) >= 0:
            self.pace.removeItem(self.pace.findData(_OWN))
        if repeat is None or self.pace.findData(_pace_of(repeat)) < 0:
            self.pace.addItem(self.tr("Egen regel: {0}").format(series.rrule), _OWN)
            self.pace.setCurrentIndex(self.pace.findData(_OWN))
            return
        self.pace.setCurrentIndex(self.pace.findData(_pace_of(repeat)))
        self.weekdays.show_kept(list(repeat.weekdays) if repeat.pace is not Pace.DAILY else [])
        self.number.setCurrentIndex(max(self.number.findData(str(repeat.number or 1)), 0))
        later = [hour for hour in repeat.hours if hour != series.start.hour]
        self.again.setCurrentIndex(max(self.again.findData(str(later[0]) if later else ""), 0))

    def fault(self) -> str:
        """Why it cannot be saved as it stands, or empty."""
        if not all(one.readable for one in (self.first, self.until, self.start, self.end)):
            return self.tr("Skriv första dagen och när mötet börjar och slutar, till exempel 12/3, 13.00 och 13.30.")
        if self._old is not None and not self.from_.readable:
            return self.tr("Skriv från vilken dag ändringen gäller, till exempel 12/3.")
        if not self._days_field.isHidden() and not self.weekdays.days:
            return self.tr("Välj minst en veckodag.")
        return ""

    def value(self, old: Series | None) -> Series:
        """The series as the form has it; its single days come from `old`."""
        start, end = self.start.moment or dt.time(9), self.end.moment or dt.time(10)
        first = self.first.day or self._today
        base = old or _blank(chosen(self.unit), None, first)
        return replace(
            base, unit=chosen(self.unit), forum=chosen(self.forum), ward=chosen(self.ward) or None,
            title=self.heading.text().strip() or None, rrule=self._rule(base, start), first=first,
            until=self.until.day, start=start, end=end, place=self.where.text().strip() or None,
            link=self.link.text().strip() or None, pinned=self.pinned.isChecked(),
        )  # fmt: skip

    def _rule(self, base: Series, start: dt.time) -> str:
        pace = chosen(self.pace)
        if pace == _OWN:
            return base.rrule
        again = chosen(self.again)
        hours = (start.hour, int(again)) if again else ()
        if pace in ("daily", "working"):
            days = WORKING_DAYS if pace == "working" else ()
            return rule_from(Repeat(pace=Pace.DAILY, weekdays=days, hours=hours))
        kind, _, every = pace.partition(":")
        number = int(chosen(self.number)) if kind == "monthly" else None
        return rule_from(
            Repeat(pace=Pace(kind), every=int(every), weekdays=self.weekdays.days, number=number, hours=hours)
        )

    def _tell(self) -> None:
        """Say the rule in words, with the next days it gives."""
        if self.fault() or not chosen(self.unit):
            self.words.setText("")
            return
        one = self.value(self._old)
        first = max(one.first, self._today)
        last = first + _LOOK_AHEAD
        setting = self._units[one.unit].setting if one.unit in self._units else Setting.LEDNING
        red_days = is_daily(one.rrule) and setting.round_the_clock
        days = expand(one, first=first, last=last, free=named_days(first, last), red_days=red_days)[:_SHOWN_DAYS]
        listed = ", ".join(short_date(day.date) for day in days)
        rule = in_words(one)
        text = self.tr("{0}. Nästa: {1}.").format(rule[:1].upper() + rule[1:], listed) if days else ""
        self.words.setText(text or self.tr("Regeln ger inga dagar. Titta på första och sista dag."))


def _blank(unit: str, ward: str | None, first: dt.date) -> Series:
    weekday = first.weekday() if first.weekday() in WORKING_DAYS else 0
    return Series(
        key="", unit=unit, ward=ward, forum="", rrule=f"FREQ=WEEKLY;BYDAY={WEEKDAY_CODES[weekday]}", first=first,
        start=_USUAL, end=_USUAL.replace(minute=30),
    )  # fmt: skip


def _pace_of(repeat: Repeat) -> str:
    if repeat.pace is Pace.DAILY:
        if repeat.every > 1:
            return _OWN
        return "working" if repeat.weekdays == WORKING_DAYS else "daily" if not repeat.weekdays else _OWN
    return f"{repeat.pace.value}:{repeat.every}"


def _paces(form: SeriesForm) -> list[tuple[str, str]]:
    return [
        ("weekly:1", form.tr("Varje vecka")), ("weekly:2", form.tr("Varannan vecka")),
        ("weekly:3", form.tr("Var tredje vecka")), ("weekly:4", form.tr("Var fjärde vecka")),
        ("monthly:1", form.tr("Varje månad")), ("monthly:2", form.tr("Varannan månad")),
        ("monthly:3", form.tr("Var tredje månad")), ("monthly:6", form.tr("Var sjätte månad")),
        ("daily", form.tr("Varje dag, även helger")), ("working", form.tr("Varje vardag")),
    ]  # fmt: skip


def _numbers(form: SeriesForm) -> list[tuple[str, str]]:
    return [
        ("1", form.tr("Den första")), ("2", form.tr("Den andra")), ("3", form.tr("Den tredje")),
        ("4", form.tr("Den fjärde")), ("-1", form.tr("Den sista")),
    ]  # fmt: skip
