"""Sedan förra passet: what meetings decided since one was last here, or since a moment one types; read and printed."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QPushButton

from app.domain.errors import KnownError
from app.domain.handover import ShiftHandover, read_since, since_words
from app.domain.stored import Stored
from app.domain.units import Unit
from app.domain.wording import wording
from app.services.desk import Desk
from app.services.handover import shift_handover
from app.services.units import list_units
from app.ui.handover.text import HandoverText
from app.ui.widgets.controls import box, button, chip, label, row
from app.ui.widgets.fields import choice, chosen, fill_choice, line
from app.ui.widgets.pages import Choices, Nothing, Page
from app.ui.workplace import Workplace

_YESTERDAY = "i går 16.00"
_FIRST = 100
"""The text takes the room it needs before anything is left empty beside it."""


class HandoverPage(Page):
    """The moment at the top, what came since below."""

    name = "handover"
    refreshed_by = frozenset({"meetings", "actions", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Sedan förra passet"))
        self._since: dt.datetime | None = None
        self.board_button = self.add_button(
            button(
                self.tr("Anslag utan kunder"), partial(self.print_out, without_customers=True), icon_name="printer",
                tip=self.tr("Samma sak på papper, utan något om kunder"),
            )
        )  # fmt: skip
        self.print_button = self.add_button(
            button(self.tr("Skriv ut"), self.print_out, kind="primary", icon_name="printer", shortcut="Ctrl+P")
        )
        self._make_filters()
        self.text = HandoverText(place.theme)
        self.text.opened.connect(lambda key: place.visit.emit("meeting", key))
        self._nothing = Nothing("")
        inside = row(self.text, None, space=0)
        inside.setStretch(0, _FIRST)
        self._choices = Choices(box(inside), self._nothing)
        self.body.addWidget(self._choices)
        self.setFocusProxy(self.text)
        place.ask(self, list_units, self._offer_units)

    def _make_filters(self) -> None:
        self.last_shift: QPushButton = chip(self.tr("Mitt förra pass"), lambda _: self._since_last(), checked=True)
        self.yesterday: QPushButton = chip(self.tr("I går 16.00"), lambda _: self._since_yesterday())
        self.when = line(placeholder=self.tr("Sedan när? Till exempel fre 7"), watched=False)
        self.when.setFixedWidth(240)
        self.when.returnPressed.connect(self.read_typed)
        self._unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self._unit.currentIndexChanged.connect(lambda _: self.refresh())
        self.fault = label(role="overdue", wrap=True)
        self.fault.hide()
        for made in (self.last_shift, self.yesterday, self.when, self._unit, self.fault):
            self.add_filter(made)

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in units]
        fill_choice(self._unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self._unit))
        self._unit.setVisible(len(rows) > 1)

    # from when

    def _since_last(self) -> None:
        self.when.clear()
        self._choose(None, self.last_shift)

    def _since_yesterday(self) -> None:
        self.when.clear()
        self._choose(read_since(_YESTERDAY, now=self.place.desk.clock.now()), self.yesterday)

    def read_typed(self) -> None:
        """Show what was decided since the moment that is typed."""
        if not self.when.text().strip():
            self._since_last()
            return
        try:
            moment = read_since(self.when.text(), now=self.place.desk.clock.now())
        except KnownError as error:
            self.fault.setText(wording(error))
            self.fault.show()
            return
        self._choose(moment, None)

    def _choose(self, since: dt.datetime | None, pressed: QPushButton | None) -> None:
        self.fault.hide()
        for made in (self.last_shift, self.yesterday):
            made.blockSignals(True)
            made.setChecked(made is pressed)
            made.blockSignals(False)
        self._since = since
        self.refresh()

    # showing

    def refresh(self) -> None:
        """Read it anew."""
        since, unit = self._since, chosen(self._unit) or None

        def work(desk: Desk) -> ShiftHandover:
            return shift_handover(desk, since=since, unit=unit)

        self.place.ask(self, work, self._show)

    def _show(self, found: ShiftHandover) -> None:
        moment = since_words(found.since, today=self.place.desk.today)
        what = found.counted().words
        if self._since is None and not found.of_last_shift:
            self.subtitle.setText(self.tr("Senaste tre dagarna: {0}").format(what))
        else:
            self.subtitle.setText(self.tr("Sedan {0}: {1}").format(moment, what))
        self.text.show_handover(found)
        said = self.tr("Inget möte som du får läsa har bestämt något sedan {0}. Skriv en tidigare tid ovan.")
        self._nothing.sentence.setText(said.format(moment))
        self._choices.show_content(bool(found.places))
        for made in (self.print_button, self.board_button):
            made.setEnabled(bool(found.places))

    def print_out(self, *, without_customers: bool = False) -> None:
        """Show it as a paper, a page for each unit."""
        from app.ui.papers.handover import handover_preview  # noqa: PLC0415 - loaded when first used

        handover_preview(
            self, self.place, since=self._since, unit=chosen(self._unit) or None, without_customers=without_customers
        )
