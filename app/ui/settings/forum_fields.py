"""The parts of a forum that are more than one field: how often, how long, how many customers, who takes part."""

from __future__ import annotations

import re
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.catalogue import CustomerCount, Frequency, Interval, Length, Participant, TimeOfDay
from app.ui.settings.ordered_list import OrderedList
from app.ui.settings.section import Number
from app.ui.widgets.controls import box, button, column
from app.ui.widgets.fields import choice, chosen, field, fill_choice
from app.ui.widgets.flow import Flow

_NEVER = ""
_WHEN_NEEDED = re.compile(r"[\s,(]+v\.?\s?b\.?\)?$", re.IGNORECASE)


def check(text: str) -> QCheckBox:
    """A box to tick, named by its text."""
    made = QCheckBox(text)
    made.setAccessibleName(text)
    return made


class IntervalField(QWidget):
    """How often: by day, week or month, how sparsely, and when on the day."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.frequency = choice(())
        self.every = choice([(str(number), self._nth(number)) for number in range(1, 13)])
        self.times = Number(1, 6)
        self.days: dict[TimeOfDay, QCheckBox] = {
            "morning": check(self.tr("Morgon")), "forenoon": check(self.tr("Förmiddag")),
            "afternoon": check(self.tr("Eftermiddag")),
        }  # fmt: skip
        self.when_needed = check(self.tr("Bara vid behov"))
        self._every = field(self.tr("Hur ofta"), self.every)
        self._times = field(self.tr("Gånger per dag"), self.times)
        upper = Flow(self._every, field(self.tr("Intervall"), self.frequency), self._times)
        self._lower = box(Flow(*self.days.values(), self.when_needed))
        self.setLayout(column(box(upper), self._lower, space=4))
        for one in (self.frequency, self.every):
            one.currentIndexChanged.connect(lambda _: self._tell())
        self.times.valueChanged.connect(lambda _: self._tell())
        for day in (*self.days.values(), self.when_needed):
            day.toggled.connect(lambda _: self._tell())

    def _nth(self, number: int) -> str:
        return {1: self.tr("varje"), 2: self.tr("varannan")}.get(number, self.tr("var {0}:e").format(number))

    def show_interval(self, interval: Interval | None, *, may_be_none: bool) -> None:
        """Show an interval; "without one" is offered where the routine has none."""
        options = [("daily", self.tr("dag")), ("weekly", self.tr("vecka")), ("monthly", self.tr("månad"))]
        if may_be_none:
            options.append((_NEVER, self.tr("inget fast")))
        of = interval or Interval(frequency="monthly")
        fill_choice(self.frequency, options, chosen=interval.frequency if interval else _NEVER)
        self.every.setCurrentIndex(max(self.every.findData(str(of.every)), 0))
        self.times.setValue(of.times_per_day)
        for name, one in self.days.items():
            one.setChecked(name in of.time_of_day)
        self.when_needed.setChecked(of.when_needed)
        self._fit()

    @property
    def interval(self) -> Interval | None:
        """The interval as it stands."""
        frequency = chosen(self.frequency)
        if frequency == _NEVER:
            return None
        times = tuple(name for name, one in self.days.items() if one.isChecked())
        return Interval(
            frequency=cast(Frequency, frequency), every=int(chosen(self.every)),
            times_per_day=self.times.value() if frequency == "daily" else 1, time_of_day=times,
            when_needed=self.when_needed.isChecked(),
        )  # fmt: skip

    def _fit(self) -> None:
        frequency = chosen(self.frequency)
        self._every.setVisible(frequency != _NEVER)
        self._times.setVisible(frequency == "daily")
        self._lower.setVisible(frequency != _NEVER)

    def _tell(self) -> None:
        self._fit()
        self.changed.emit()


class SpanField(QWidget):
    """From–to in whole numbers; the second is never below the first."""

    changed = Signal()

    def __init__(self, first: str, last: str, *, highest: int, suffix: str = "") -> None:
        super().__init__()
        self.first, self.last = Number(0, highest, suffix=suffix), Number(0, highest, suffix=suffix)
        self.setLayout(column(box(Flow(field(first, self.first), field(last, self.last)))))
        self.first.valueChanged.connect(self._raise_last)
        self.last.valueChanged.connect(lambda _: self.changed.emit())

    def show_span(self, first: int, last: int, *, lowest: int, nothing: str = "") -> None:
        """Show two numbers not below `lowest`; `nothing` is what 0 is called."""
        for number, value in ((self.first, first), (self.last, last)):
            number.setMinimum(lowest)
            number.setSpecialValueText(nothing if lowest == 0 else "")
            number.setValue(value)

    def _raise_last(self, value: int) -> None:
        if self.last.value() < value:
            self.last.setValue(value)
        self.changed.emit()

    @property
    def span(self) -> tuple[int, int]:
        """Both numbers, in order."""
        return self.first.value(), max(self.first.value(), self.last.value())


class LengthField(SpanField):
    """How long a meeting is, in minutes."""

    def __init__(self) -> None:
        super().__init__(self.tr("Minst"), self.tr("Högst"), highest=480, suffix=self.tr(" min"))
        self.extendable = check(self.tr("Mer tid vid behov"))
        self.per_ward = check(self.tr("Tiden gäller per avdelning"))
        layout = self.layout()
        if layout is not None:
            layout.addWidget(box(Flow(self.extendable, self.per_ward)))
        for one in (self.extendable, self.per_ward):
            one.toggled.connect(lambda _: self.changed.emit())
        self._approximate = False

    def show_length(self, length: Length) -> None:
        """Show a length."""
        self.show_span(length.min, length.max, lowest=1)
        self.extendable.setChecked(length.extendable)
        self.per_ward.setChecked(length.per_ward)
        self._approximate = length.approximate

    @property
    def length(self) -> Length:
        """The length as it stands."""
        first, last = self.span
        return Length(
            min=first, max=last, extendable=self.extendable.isChecked(), per_ward=self.per_ward.isChecked(),
            approximate=self._approximate and first == last,
        )  # fmt: skip


class CustomersField(SpanField):
    """How many customers a meeting takes; 0 where the routine names no number."""

    def __init__(self) -> None:
        super().__init__(self.tr("Minst"), self.tr("Högst"), highest=30)

    def show_count(self, count: CustomerCount | None, *, may_be_none: bool) -> None:
        """Show a number of customers, or none."""
        low = 0 if may_be_none else 1
        self.show_span(count.min if count else 0, count.max if count else 0, lowest=low, nothing=self.tr("efter behov"))

    @property
    def count(self) -> CustomerCount | None:
        """The number as it stands."""
        first, last = self.span
        return CustomerCount(min=first or 1, max=last) if last else None


class ParticipantsField(OrderedList):
    """The roles that take part, written as the routine writes them: `Dietist v.b.` is called when needed."""

    def __init__(self, name: str, *, placeholder: str) -> None:
        super().__init__(name, placeholder=placeholder)
        self.toggle = button(self.tr("Vid behov"), self.toggle_when_needed)
        self.toggle.setToolTip(self.tr("Rollen som är vald kallas alltid, eller bara vid behov (v.b.)"))
        self.extra.addWidget(self.toggle)

    def set_editable(self, editable: bool, why: str = "") -> None:
        """Offer the ways to change the roles, or not."""
        super().set_editable(editable, why)
        self.toggle.setVisible(editable)

    def toggle_when_needed(self) -> None:
        """Let the chosen role be called always, or only when needed."""
        number = self.list.currentRow()
        if number >= 0:
            one = read_participant(self.list.item(number).text())
            self.rewrite(number, one.role + ("" if one.when_needed else " v.b."))

    def show_participants(self, participants: tuple[Participant, ...]) -> None:
        """Show these roles."""
        self.show_texts([one.role + (" v.b." if one.when_needed else "") for one in participants])

    @property
    def participants(self) -> tuple[Participant, ...]:
        """The roles as they stand."""
        return tuple(read_participant(text) for text in self.texts)


def read_participant(text: str) -> Participant:
    """The role that a text names, and whether `v.b.` stands after it."""
    role = _WHEN_NEEDED.sub("", text).strip()
    return Participant(role=role or text, when_needed=bool(role) and role != text.strip())
