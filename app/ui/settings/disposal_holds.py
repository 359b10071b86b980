"""Gallring: the holds that stand, who placed them and why; a new one for a customer; lifting one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.disposal import HoldRow
from app.domain.swedish import plain_date, sort_key
from app.ui.settings.disposal_due import Keep
from app.ui.widgets.controls import box, button, card, column, empty, label, row
from app.ui.widgets.fields import choice, chosen, field, fill_choice, line
from app.ui.widgets.messages import Question


class HoldsCard(QFrame):
    """What is kept whatever its period, and why."""

    def __init__(self, *, on_keep: Keep, on_lift: Callable[[int], object]) -> None:
        super().__init__()
        self._on_keep, self._on_lift = on_keep, on_lift
        self._names: Mapping[str, str] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._list.setContentsMargins(0, 0, 0, 0)
        self.customer = choice([], name=self.tr("Kund"))
        self.reason = line(placeholder=self.tr("Till exempel: pågående skadeståndsärende"))
        self.keep_button = button(self.tr("Håll kvar allt om kunden"), self._keep, icon_name="lock")
        about = self.tr(
            "Ett stopp på en kund håller kvar varje möte som nämner kunden. Ett stopp på ett enda möte sätter du i "
            "listan ovan."
        )
        fields = column(
            field(self.tr("Kund"), self.customer), field(self.tr("Varför?"), self.reason), row(self.keep_button, None)
        )
        self.setLayout(
            column(
                card(
                    label(self.tr("Stopp för gallring"), role="label"), label(about, wrap=True), box(self._list),
                    box(fields),
                )
            )
        )  # fmt: skip

    def show_holds(self, holds: Sequence[HoldRow], *, customers: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Show the holds that stand, and offer the customers."""
        self._names = names
        empty(self._list)
        for one in holds:
            self._list.addWidget(self._row(one))
        if not holds:
            self._list.addWidget(label(self.tr("Inget hålls kvar just nu."), role="muted"))
        held = {one.object for one in holds}
        free = ((key, text) for key, text in customers.items() if key not in held)
        options = sorted(free, key=lambda pair: sort_key(pair[1]))
        fill_choice(self.customer, [("", self.tr("Välj kund")), *options], chosen=chosen(self.customer))

    def _row(self, one: HoldRow) -> QWidget:
        by = self.tr("{0}, {1}").format(self._names.get(one.placed_by, one.placed_by), plain_date(one.placed_at.date()))
        lift = button(self.tr("Häv stoppet …"), lambda: self._ask_lift(one), kind="quiet")
        lift.setAccessibleName(self.tr("Häv stoppet för {0}").format(one.label))
        texts = column(label(one.label, wrap=True), label(f"{one.reason} ({by})", role="muted", wrap=True), space=2)
        made = row(texts, lift)
        made.setStretch(0, 1)
        return box(made)

    def _keep(self) -> None:
        key, reason = chosen(self.customer), self.reason.text()
        if key:
            self._on_keep("customer", key, reason)

    def clear(self) -> None:
        """The hold is placed: leave the fields empty."""
        self.reason.clear()

    def _ask_lift(self, one: HoldRow) -> None:
        self.question = Question(
            self, self.tr("Häva stoppet för {0}?").format(one.label),
            self.tr("Det kan sedan föreslås till gallring när tiden har gått ut. Skälet till stoppet sparas."),
            accept=self.tr("Häv stoppet"),
        )  # fmt: skip
        self.question.accepted.connect(lambda: self._on_lift(one.id))
        self.question.open()
