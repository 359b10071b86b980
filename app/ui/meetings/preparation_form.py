"""The line in which somebody says what is to be ready before a meeting, about whom, and who sees to it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.preparations import Preparation, PreparationKind
from app.ui.meetings.around import Around
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import PersonField, choice, chosen, field, line
from app.ui.widgets.seeking import SeekChoice

_MOST_USED = (
    PreparationKind.ASSESSMENT, PreparationKind.PARTICIPATION, PreparationKind.READ, PreparationKind.OTHER,
)  # fmt: skip


class PreparationForm(QWidget):
    """A new preparation, or one that stands in the list."""

    wanted = Signal(object)
    """The preparation as it is to stand: without a key it is a new one."""
    left = Signal()
    """What stands in the list is left as it is."""

    def __init__(self) -> None:
        super().__init__()
        self._meeting = ""
        self.old: Preparation | None = None
        self.heading = label(role="label")
        self.kind = choice([(kind.value, kind.label) for kind in _MOST_USED])
        self.text, self.instrument = line(), line(placeholder=self.tr("t.ex. ROAG"))
        self.customer, self.who = SeekChoice(), PersonField({})
        self.keep_button = button(self.tr("Lägg till"), self.keep, icon_name="plus")
        self.leave_button = button(self.tr("Avbryt"), self.leave, kind="quiet")
        self._text = field(self.tr("Vad?"), self.text)
        self._instrument = field(self.tr("Instrument"), self.instrument)
        upper = row(field(self.tr("Slag"), self.kind), self._instrument, self._text)
        upper.setStretch(1, 1)
        upper.setStretch(2, 2)
        lower = row(
            field(self.tr("Kund"), self.customer), field(self.tr("Vem?"), self.who),
            column(None, row(self.keep_button, self.leave_button)),
        )  # fmt: skip
        lower.setStretch(0, 1)
        lower.setStretch(1, 1)
        self.setLayout(column(self.heading, box(upper), box(lower)))
        self.kind.currentIndexChanged.connect(lambda _: self._fit())
        for typed in (self.text, self.instrument):
            typed.returnPressed.connect(self.keep)
        self.begin(None)

    def meet(self, meeting: str, around: Around, *, due: tuple[str, ...]) -> None:
        """Another meeting: its customers first, its team first."""
        self._meeting = meeting
        rest = sorted((key for key in around.customers if key not in due), key=lambda key: around.customers[key])
        known = [(key, around.customers[key]) for key in (*due, *rest) if key in around.customers]
        self.customer.offer([("", self.tr("Ingen")), *known])
        self.who.offer(around.names, first=around.own_team)
        self.begin(None)

    def begin(self, old: Preparation | None) -> None:
        """Begin a new one, or change one that stands in the list."""
        self.old = old
        one = old or Preparation(key="", meeting=self._meeting, kind=PreparationKind(chosen(self.kind)))
        self.heading.setText(self.tr("Ändra") if old else self.tr("Lägg till"))
        self.keep_button.setText(self.tr("Spara ändringen") if old else self.tr("Lägg till"))
        self.keep_button.setAccessibleName(self.keep_button.text())
        self.leave_button.setVisible(old is not None)
        self.kind.setCurrentIndex(self.kind.findData(one.kind.value))
        self.text.setText(one.text or "")
        self.instrument.setText(one.instrument or "")
        self.customer.choose(one.customer or "")
        self.who.set_person(one.responsible)
        self._fit()

    def _fit(self) -> None:
        kind = PreparationKind(chosen(self.kind))
        self._instrument.setVisible(kind is PreparationKind.ASSESSMENT)
        self._text.setVisible(not kind.about_customer)

    def value(self) -> Preparation:
        """What stands in the form."""
        kind = PreparationKind(chosen(self.kind))
        base = self.old or Preparation(key="", meeting=self._meeting, kind=kind)
        return replace(
            base, kind=kind, text=None if kind.about_customer and not self.old else self.text.text().strip() or None,
            instrument=self.instrument.text().strip() or None if kind is PreparationKind.ASSESSMENT else None,
            customer=self.customer.value or None, responsible=self.who.person,
        )  # fmt: skip

    def keep(self) -> None:
        """Ask for it to be kept as it stands."""
        self.wanted.emit(self.value())

    def leave(self) -> None:
        """Change nothing."""
        self.begin(None)
        self.left.emit()
