"""A month's activities as a list with one's fields under it: written, repeated every week, changed, taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox

from app.domain.activities import Activity, repeated
from app.domain.customers import Customer
from app.domain.people import person_name
from app.domain.stored import Stored
from app.domain.swedish import short_date
from app.domain.units import Unit
from app.services import activities as services
from app.services.customers import get_customer
from app.services.desk import Desk
from app.ui.planning.short_list import Keeping, ShortList
from app.ui.widgets.fields import (
    DateField,
    PersonField,
    TimeField,
    choice,
    chosen,
    field,
    fill_choice,
    line,
    offer_words,
)
from app.ui.widgets.tables import Column
from app.ui.workplace import Workplace

Row = Stored[Activity]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ActivityMonth", text)


class ActivityMonth(ShortList[Activity]):
    """The list of a month, common and individual."""

    def __init__(self, place: Workplace) -> None:
        today = place.desk.clock.today
        self._unit: Unit | None = None
        self._names: Mapping[str, str] = {}
        self._customers: Mapping[str, str] = {}
        self.text = line(longest=200, placeholder=_tr("t.ex. Gympa i samlingssalen"))
        self.text.setMinimumWidth(260)
        self.day = DateField(today, required=True)
        self.start, self.end = TimeField(), TimeField()
        self.where = line(longest=120)
        self.leader = PersonField({})
        self.whose = choice([], name=_tr("För"))
        self.whose.setMinimumContentsLength(18)
        self.ward = choice([], name=_tr("Avdelning"))
        self.weekly = QCheckBox(_tr("Varje vecka månaden ut"))
        self._ward_field = field(_tr("Avdelning"), self.ward)
        super().__init__(
            place, _tr("Månadens aktiviteter"), _tr("Gemensamma är för alla. En egen aktivitet är en kunds."),
            (
                Column(_tr("Dag"), lambda one: short_date(one.value.date), width=104),
                Column(_tr("Tid"), lambda one: one.value.when, width=110),
                Column(_tr("Aktivitet"), lambda one: one.value.text),
                Column(_tr("Plats"), lambda one: one.value.place or "", width=140, drop_below=760),
                Column(_tr("Leds av"), self._leader, width=150, drop_below=680),
                Column(_tr("För"), self._whose, width=150),
            ),
            Keeping(
                keep=_keep, remove=lambda desk, one, version: _remove(desk, [Stored(one, version)]),
                named=lambda one: one.text, changed="activities", fill=self.fill, value=self.value,
                why_not=self.why_not,
            ),
            field(_tr("Vad"), self.text), field(_tr("Dag"), self.day), field(_tr("Börjar"), self.start),
            field(_tr("Slutar"), self.end), field(_tr("Plats"), self.where), field(_tr("Leds av"), self.leader),
            field(_tr("För"), self.whose), self._ward_field, self.weekly, new=_tr("Ny aktivitet"),
        )  # fmt: skip
        self.text.returnPressed.connect(self.save)
        self.whose.activated.connect(lambda _: self._suggest_leader())

    def _leader(self, one: Row) -> str:
        return person_name(one.value.leader, self._names)

    def _whose(self, one: Row) -> str:
        if one.value.customer:
            return self._customers.get(one.value.customer, _tr("Kund"))
        ward = self._unit.ward(one.value.ward) if self._unit and one.value.ward else None
        return ward.name if ward else _tr("Alla")

    def _suggest_leader(self) -> None:
        """A customer's own activity is with her fast omsorgskontakt, unless somebody else is named (routine 3.1)."""
        customer = chosen(self.whose)
        if not customer or self.leader.person is not None:
            return

        def show(found: Stored[Customer]) -> None:
            contacts = found.value.contacts
            if contacts is not None and chosen(self.whose) == customer and self.leader.person is None:
                self.leader.set_person(contacts.permanent_care_contact)

        self.place.ask(self, lambda desk: get_customer(desk, key=customer), show)

    def offer(self, unit: Unit, *, names: Mapping[str, str], team: Sequence[str], customers: Mapping[str, str]) -> None:
        """Offer the unit's people, customers and wards; what stands in the fields stays."""
        self._unit, self._names, self._customers = unit, names, customers
        self.leader.offer(names, first=tuple(team))
        rows = [("", _tr("Alla (gemensam)")), *customers.items()]
        fill_choice(self.whose, rows, chosen=chosen(self.whose))
        wards = [(one.key, one.name) for one in unit.wards]
        fill_choice(self.ward, [("", _tr("Hela enheten")), *wards], chosen=chosen(self.ward))
        self._ward_field.setVisible(bool(wards))

    def show_activities(self, rows: Sequence[Row], *, ward: str) -> None:
        """Show these; a new one is of that ward."""
        self.show_rows(rows, lambda one: one.key)
        offer_words(self.text, tuple(dict.fromkeys(one.value.text for one in rows)))
        offer_words(self.where, tuple(dict.fromkeys(one.value.place for one in rows if one.value.place)))
        if self.standing is None and ward:
            self.ward.setCurrentIndex(max(self.ward.findData(ward), 0))

    def fill(self, value: Activity | None) -> None:
        """Show an activity in the fields; for a new one day, place and ward stay as they were."""
        self.weekly.setChecked(False)
        self.weekly.setVisible(value is None)
        self.text.setText(value.text if value else "")
        if value is None:
            return
        self.day.set_day(value.date)
        self.start.set_moment(value.start)
        self.end.set_moment(value.end)
        self.where.setText(value.place or "")
        self.leader.set_person(value.leader)
        self.whose.setCurrentIndex(max(self.whose.findData(value.customer or ""), 0))
        self.ward.setCurrentIndex(max(self.ward.findData(value.ward or ""), 0))

    def value(self, old: Activity | None) -> Activity | None:
        """The activity as the fields have it."""
        if self.why_not() or self._unit is None or self.day.day is None:
            return None
        return Activity(
            key=old.key if old else "", unit=self._unit.key, ward=chosen(self.ward) or None, date=self.day.day,
            start=self.start.moment, end=self.end.moment, text=self.text.text().strip(),
            place=self.where.text().strip() or None, leader=self.leader.person, customer=chosen(self.whose) or None,
            meeting=old.meeting if old else None,
        )  # fmt: skip

    def why_not(self) -> str:
        """What is missing."""
        if not self.text.text().strip():
            return _tr("Skriv vad som ska göras.")
        if self.day.day is None:
            return _tr("Välj en dag, till exempel tor eller 12/3.")
        if not (self.start.readable and self.end.readable):
            return _tr("Skriv tiderna så här: 10.00.")
        return ""

    def begin_on(self) -> None:
        """Begin a new one and stand where it is typed."""
        self.begin()
        self.text.setFocus()

    def save(self) -> None:
        """Keep the activity; a new one on every week's same day of the month where that is asked for."""
        new = self.value(None) if self.standing is None and self.weekly.isChecked() else None
        if new is None:
            super().save()
            return
        found = repeated(new)

        def kept(stored: tuple[Row, ...]) -> None:
            phrase = self.tr("Lägg till {0}").format(new.text)
            back = self.place.way_back(phrase, lambda desk: _remove(desk, stored), changed="activities")
            self.place.remember(back)
            self.begin()

        self.place.act(
            self, lambda desk: services.add_activities(desk, activities=found), kept, changed="activities",
            said=self.tr("{0} är inlagt {1} gånger.").format(new.text, len(found)), otherwise=self._refused,
        )  # fmt: skip


def _keep(desk: Desk, one: Activity, version: int | None) -> Row:
    if version is None:
        return services.add_activities(desk, activities=[one])[0]
    return services.save_activity(desk, activity=one, expected_version=version)


def _remove(desk: Desk, rows: Sequence[Row]) -> None:
    services.remove_activities(desk, activities=rows)
