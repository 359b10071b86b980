"""Short parts of a case: the plan within the unit, the patient contract's four parts, and the hospital's notices."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.domain.coordination.cases import Discharge, PatientContract
from app.domain.coordination.discharge import deadlines
from app.domain.coordination.views import CaseView
from app.domain.swedish import clock, short_date
from app.ui.coordination.kept import CasePart, KeptText
from app.ui.widgets.controls import box, button, empty, label, row
from app.ui.widgets.fields import DateField, TimeField, field
from app.ui.workplace import Workplace

_CONTRACT = (
    ("agreement", "Överenskommelse, med den enskildes egna ord"), ("contact", "Fast kontakt"),
    ("times", "Överenskomna tider"), ("plan", "Sammanhållen plan"),
)  # fmt: skip


class PlanPart(CasePart):
    """The plan made with the person within the unit: all there is when consent is refused (guideline 4)."""

    key = "plan"
    saved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.text = KeptText(lines=4, most=16)
        self.keep("text", self.text)
        self.save_button = button(self.tr("Spara planen"), lambda: self.saved.emit(self.text.toPlainText()))
        self.touched.connect(lambda: self.save_button.setEnabled(self.dirty))
        hint = label(self.tr("Stannar inom enheten. Här planeras det när samtycke är nekat."), role="muted", wrap=True)
        self.lay_out(hint, field(self.tr("Intern plan tillsammans med den enskilde"), self.text),
                     box(row(self.save_button, None)))  # fmt: skip

    def fill(self, view: CaseView) -> None:
        """Show the plan."""
        self.text.show_text(view.case.internal_plan)


class ContractPart(CasePart):
    """The patient contract."""

    key = "contract"
    saved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.texts = {name: KeptText(lines=2, most=8) for name, _ in _CONTRACT}
        for name, text in self.texts.items():
            self.keep(name, text)
        self.save_button = button(self.tr("Spara patientkontraktet"), lambda: self.saved.emit(self.value))
        self.touched.connect(lambda: self.save_button.setEnabled(self.dirty))
        fields = [field(title, self.texts[name]) for name, title in _CONTRACT]
        self.lay_out(*fields, box(row(self.save_button, None)))

    def fill(self, view: CaseView) -> None:
        """Show the four parts."""
        contract = view.case.patient_contract or PatientContract()
        for name, text in self.texts.items():
            text.show_text(getattr(contract, name))

    @property
    def value(self) -> PatientContract:
        """The contract as it stands."""
        return PatientContract(**{name: text.written for name, text in self.texts.items()})


class DischargePart(CasePart):
    """When the hospital's notices came, and what follows by when (2017:612)."""

    key = "discharge"
    saved = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.moments: dict[str, tuple[DateField, TimeField]] = {}
        parts = []
        for name, title in (
            ("admitted_at", self.tr("Inskriven på sjukhus")), ("ready_at", self.tr("Besked: utskrivningsklar")),
            ("discharged_at", self.tr("Utskriven")),
        ):  # fmt: skip
            day, time = DateField(place.desk.clock.today), TimeField()
            self.moments[name] = (day, time)
            self.keep(f"{name}.day", day)
            self.keep(f"{name}.time", time)
            parts.append(box(row(field(title, day), field(self.tr("Klockan"), time), None)))
        self.save_button = button(self.tr("Spara beskeden"), self.save)
        self.touched.connect(lambda: self.save_button.setEnabled(self.dirty))
        self.fault = label(role="overdue", wrap=True)
        self._deadlines = QVBoxLayout()
        hint = label(self.tr("Tiderna räknas efter lagen om samverkan vid utskrivning (2017:612)."), role="muted")
        hint.setWordWrap(True)
        self.lay_out(*parts, self.fault, box(row(self.save_button, None)), hint, box(self._deadlines))

    def fill(self, view: CaseView) -> None:
        """Show the notices and what follows."""
        discharge = view.case.discharge or Discharge()
        for name, (day, time) in self.moments.items():
            at: dt.datetime | None = getattr(discharge, name)
            day.set_day(at.date() if at else None)
            time.set_moment(at.time() if at else None)
        empty(self._deadlines)
        now = dt.datetime.combine(self._place.desk.today, self._place.desk.clock.now().time())
        for one in deadlines(view.case.discharge):
            at_words = short_date(one.at.date()) + ("" if one.day_only else f" {clock(one.at.time())}")
            text = f"{one.words}: {'senast ' if 'börjar' not in one.words else ''}{at_words} ({one.section})"
            self._deadlines.addWidget(label(text, role="overdue" if one.is_past(now) else "", wrap=True))

    def save(self) -> None:
        """Hand the notices on; each needs day and time."""
        found: dict[str, dt.datetime | None] = {}
        for name, (day, time) in self.moments.items():
            if (day.day is None) != (time.moment is None) or not (day.readable and time.readable):
                self.fault.setText(self.tr("Skriv både dag och klockslag."))
                return
            found[name] = dt.datetime.combine(day.day, time.moment) if day.day and time.moment else None
        self.fault.setText("")
        self.saved.emit(Discharge(**found))
