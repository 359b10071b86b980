"""Gallring: how many months each kind of record is kept, and how long backups that hold what is gone may stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.domain.disposal import KINDS, LONGEST_MONTHS, Period
from app.domain.swedish import number_word, plain_date
from app.services.expiry import MOST_DAYS, OldBackups
from app.ui.settings.section import Number
from app.ui.widgets.controls import box, card, column, label, row
from app.ui.widgets.fields import field


class PeriodsCard(QFrame):
    """A number of months for each kind; nothing is for ever."""

    def __init__(self, on_change: Callable[[Period, int | None], object]) -> None:
        super().__init__()
        self._on_change = on_change
        self._periods: dict[str, Period] = {}
        self.months: dict[str, Number] = {}
        self._states = {}
        rows = QVBoxLayout()
        rows.setSpacing(12)
        rows.setContentsMargins(0, 0, 0, 0)
        for kind in KINDS:
            number = Number(
                0, LONGEST_MONTHS, suffix=self.tr(" månader"), one=self.tr(" månad"), nothing=self.tr("gallras inte")
            )
            number.setKeyboardTracking(False)
            number.setMinimumWidth(150)
            number.setAccessibleName(kind.name)
            number.valueChanged.connect(lambda months, key=kind.key: self._changed(key, months))
            state = label(role="muted", wrap=True)
            self.months[kind.key], self._states[kind.key] = number, state
            beside = row(column(label(kind.name, role="label", wrap=True), state, space=2), number)
            beside.setStretch(0, 1)
            rows.addWidget(box(beside))
        about = self.tr(
            "Tiderna bestäms i kommunens informationshanteringsplan. Det som inte är valt här är bara ett förslag."
        )
        self.setLayout(
            column(card(label(self.tr("Hur länge det sparas"), role="label"), label(about, wrap=True), box(rows)))
        )

    def show_periods(self, periods: Sequence[Period]) -> None:
        """Show the periods as they stand."""
        self._periods = {one.kind.key: one for one in periods}
        for one in periods:
            number = self.months[one.kind.key]
            if not number.hasFocus() or number.value() == (one.months or 0):
                number.blockSignals(True)
                number.setValue(one.months or 0)
                number.blockSignals(False)
            counted = self.tr("Räknas från {0}. {1}").format(one.kind.ends, one.kind.about)
            suggested = self.tr(" Förslag, inte valt än.")
            self._states[one.kind.key].setText(counted if one.chosen else counted + suggested)

    def restore(self) -> None:
        """Show again what is kept: a change was refused."""
        for one in self._periods.values():
            number = self.months[one.kind.key]
            number.blockSignals(True)
            number.setValue(one.months or 0)
            number.blockSignals(False)

    def _changed(self, key: str, months: int) -> None:
        self._on_change(self._periods[key], months or None)


class OldBackupsCard(QFrame):
    """Which backups still hold what is gone, when they go, and what the program cannot reach."""

    def __init__(self, on_change: Callable[[int], object]) -> None:
        super().__init__()
        self.days = Number(0, MOST_DAYS, suffix=self.tr(" dagar"), one=self.tr(" dag"))
        self.days.setKeyboardTracking(False)
        self.days.valueChanged.connect(on_change)
        self.state = label(wrap=True)
        self.setLayout(
            column(
                card(
                    label(self.tr("Säkerhetskopior från tiden före gallringen"), role="label"), self.state,
                    field(
                        self.tr("Behåll dem efter en gallring i"), self.days,
                        hint=self.tr("Sedan tas de bort vid nästa inloggning."),
                    ),
                )
            )
        )  # fmt: skip

    def show_state(self, found: OldBackups) -> None:
        """Show how many there are."""
        self.days.blockSignals(True)
        self.days.setValue(found.days)
        self.days.blockSignals(False)
        beyond = self.tr("Kopior som du har lagt någon annanstans tar du bort själv.")
        if not found.count or found.gone_on is None:
            self.state.setText(
                self.tr("Inga kopior i programmets mappar har kvar det som är gallrat. {0}").format(beyond)
            )
            return
        copies = number_word(found.count, self.tr("kopia"), self.tr("kopior"))
        self.state.setText(
            self.tr("{0} i {1} har kvar det som är gallrat. De är borta senast {2}. {3}").format(
                copies, self.tr(" och ").join(str(one) for one in found.folders), plain_date(found.gone_on), beyond
            )
        )
