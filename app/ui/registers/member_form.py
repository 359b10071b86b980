"""The form of one team member: who she is, where she works, how she is reached, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox

from app.domain.swedish import sort_key
from app.domain.team import Member, Professions
from app.domain.units import Unit
from app.services.desk import Desk
from app.ui.registers.hours_field import HoursField
from app.ui.registers.kept_form import CheckList, KeptForm
from app.ui.widgets.controls import box, column, label, row
from app.ui.widgets.fields import DateField, field, line, name_editor


class MemberForm(KeptForm):
    """All that is kept of a member."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._professions: Professions = desk.professions
        self._units: tuple[Unit, ...] = ()
        self.name = line(name=self.tr("Namn"), longest=200)
        self.profession = QComboBox()
        self.profession.setEditable(True)
        self.profession.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.profession.addItems(["", *sorted((one.name for one in self._professions.all), key=sort_key)])
        if (completer := self.profession.completer()) is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.licensed = label(role="muted", wrap=True)
        self.units, self.wards = CheckList(self.tr("Enheter")), CheckList(self.tr("Avdelningar"))
        self.email = line(longest=200)
        self.phone = line(longest=60, phone=True)
        self.night = QCheckBox(self.tr("Arbetar natt"))
        name_editor(self.night, self.tr("Arbetar natt"))
        self.first_day, self.last_day = DateField(lambda: desk.today), DateField(lambda: desk.today)
        self.hours = HoursField()
        self._lay_out()
        for name in (
            "name",
            "profession",
            "units",
            "wards",
            "email",
            "phone",
            "night",
            "first_day",
            "last_day",
            "hours",
        ):
            self.keep(name, getattr(self, name))
        self.profession.editTextChanged.connect(lambda _: self._tell_licence())
        self.units.ticked.connect(self._offer_wards)

    def _lay_out(self) -> None:
        profession = field(self.tr("Yrke"), self.profession)
        dates = row(
            field(self.tr("Från och med"), self.first_day), field(self.tr("Till och med"), self.last_day), space=12
        )
        self._wards_field = field(
            self.tr("Avdelningar"), self.wards, hint=self.tr("Ingen vald betyder alla enhetens avdelningar.")
        )
        self.lay_out(
            field(self.tr("Namn"), self.name),
            box(column(profession, self.licensed, space=4)),
            field(self.tr("Enheter"), self.units),
            self._wards_field,
            field(self.tr("E-post"), self.email),
            field(self.tr("Telefon"), self.phone),
            self.night,
            box(column(label(self.tr("Arbetstider"), role="label"), self.hours, space=4)),
            box(dates),
        )

    def offer(self, units: Sequence[Unit]) -> None:
        """Offer these units, and the wards of those that are ticked."""
        self._units = tuple(units)
        self.units.offer([(unit.key, unit.name) for unit in units])
        self._offer_wards()

    def _offer_wards(self) -> None:
        ticked = [unit for unit in self._units if unit.key in self.units.values()]
        several = len(ticked) > 1
        self.wards.offer(
            [
                (ward.key, f"{unit.name}: {ward.name}" if several else ward.name)
                for unit in ticked
                for ward in unit.wards
            ]
        )
        self._wards_field.setVisible(self.wards.count() > 0)

    def _tell_licence(self) -> None:
        text = self.profession.currentText().strip()
        if self._professions.is_licensed(text):
            self.licensed.setText(self.tr("Legitimerad"))
        elif text and self._professions.find(text) is None:
            self.licensed.setText(self.tr("Yrket finns inte på listan och räknas inte som legitimerat."))
        else:
            self.licensed.setText("")
        self.licensed.setVisible(bool(self.licensed.text()))

    def fill(self, member: Member | None, *, unit: str | None = None) -> None:
        """Show a member, or an empty form for one at `unit`."""
        self.name.setText(member.name if member else "")
        profession = member.profession if member else ""
        self.profession.setCurrentIndex(max(self.profession.findText(profession), 0))
        self.profession.setEditText(profession)
        self.units.set_values(member.units if member else (unit,) if unit else ())
        self._offer_wards()
        self.wards.set_values(member.wards if member else ())
        self.email.setText(member.email or "" if member else "")
        self.phone.setText(member.phone or "" if member else "")
        self.night.setChecked(bool(member and member.night))
        self.first_day.set_day(member.from_ if member else None)
        self.last_day.set_day(member.to if member else None)
        self.hours.show_hours(member.hours if member else ())
        self._tell_licence()

    def fault(self) -> str:
        """Why it cannot be saved as it stands, or empty."""
        if not (self.first_day.readable and self.last_day.readable):
            return self.tr("Ett datum går inte att läsa. Skriv till exempel 12/3.")
        return self.hours.fault()

    def value(self, old: Member | None) -> Member:
        """The member as the form has her; what the form does not show comes from `old`."""
        typed = self.profession.currentText().strip()
        known = self._professions.find(typed)
        start = old or Member(key="", name="", profession="", units=())
        hidden = [key for key in start.units if key not in {unit.key for unit in self._units}]
        kept = {ward.key for unit in self._units for ward in unit.wards}
        return replace(
            start,
            name=" ".join(self.name.text().split()),
            profession=known.name if known else typed,
            units=(*self.units.values(), *hidden),
            wards=(*self.wards.values(), *(key for key in start.wards if key not in kept)),
            email=self.email.text().strip() or None,
            phone=self.phone.text().strip() or None,
            night=self.night.isChecked(),
            from_=self.first_day.day,
            to=self.last_day.day,
            hours=self.hours.hours,
        )
