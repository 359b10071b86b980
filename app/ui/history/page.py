"""Uppföljning över tid: all that meetings have said of one customer, newest first, and how assessments have gone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QPushButton

from app.domain.customer_history import History, HistoryEntry, HistoryKind, Trend
from app.domain.errors import NotAllowed, NotFound
from app.domain.roles import Right
from app.domain.swedish import brief_date, number_word, plain_date, sort_key
from app.domain.wording import wording
from app.services.customer_history import customer_history
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, chip, column, empty, label, row, scrolled
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import Choices, Nothing, Page, side_by_side
from app.ui.widgets.sparkline import Sparkline
from app.ui.widgets.tables import Column, Table
from app.ui.widgets.texts import ShownText
from app.ui.workplace import Workplace

_SHOWN = (
    HistoryKind.MEETING, HistoryKind.PART, HistoryKind.PRESENTED, HistoryKind.ASSESSED, HistoryKind.DECIDED,
    HistoryKind.ACTION, HistoryKind.JOURNAL,
)  # fmt: skip


class HistoryPage(Page):
    """The entries left, the chosen one whole and the assessments over time right."""

    name = "history"
    refreshed_by = frozenset({"meetings", "actions", "customers", "emergency"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Uppföljning över tid"))
        self._key = ""
        self._history: History | None = None
        self._following: int | None = None
        self._asked = 0
        self.who = choice([], name=self.tr("Kund"))
        self.who.setMinimumContentsLength(16)
        self.who.currentIndexChanged.connect(lambda _: self.show_key(chosen(self.who)))
        self.add_filter(self.who)
        self.customer_button = self.add_button(
            button(self.tr("Till kunden"), lambda: place.visit.emit("customers", self._key), icon_name="bed")
        )
        self.print_button = self.add_button(
            button(self.tr("Skriv ut"), self.print_out, kind="primary", icon_name="printer", shortcut="Ctrl+P")
        )
        self.print_button.setVisible(place.desk.may(Right.PRINT))
        self.chips: dict[HistoryKind, QPushButton] = {}
        for kind in _SHOWN:
            made = chip(kind.several, lambda _: self._filter())
            self.chips[kind] = made
            self.add_filter(made)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.refresh)
        self._lay_out()
        if place.desk.may(Right.READ_CUSTOMERS):
            place.ask(self, customer_labels, self._offer)

    def _lay_out(self) -> None:
        today = self.place.desk.today
        self.table: Table[HistoryEntry] = Table(
            (
                Column(
                    self.tr("När"), lambda one: brief_date(one.date, today=today), width=108,
                    hover=lambda one: one.date.isoformat(),
                ),
                Column(self.tr("Vad"), lambda one: one.kind.label, width=128),
                Column(self.tr("Innehåll"), lambda one: one.line),
                Column(self.tr("Möte"), lambda one: one.where, width=150, drop_below=620),
            ),
            name=self.tr("Vad som har sagts"),
        )  # fmt: skip
        self.table.chosen.connect(self._show_entry)
        self.table.opened.connect(self._open)
        self.table.rows_model.wanted.connect(lambda _: self._read_more())
        self.setFocusProxy(self.table)
        self.detail = QFrame()
        self.detail.setObjectName("panel")
        self.detail.setMinimumWidth(280)
        self.detail.setAccessibleName(self.tr("Det valda"))
        self.what, self.when = label(role="heading", wrap=True), label(role="muted", wrap=True)
        self.text, self.more = ShownText(most=14), label(role="muted", wrap=True)
        self.text.setAccessibleName(self.tr("Innehåll"))
        self.open_button = button(self.tr("Öppna mötet"), self._open_current, icon_name="clipboard-list")
        self._chosen = box(column(self.what, self.when, self.text, self.more, row(self.open_button, None)))
        self._trends = column(space=GRID)
        inside = column(self._chosen, box(self._trends), None, space=3 * GRID)
        inside.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self.detail.setLayout(column(scrolled(box(inside), name=self.tr("Det valda"))))
        self._nothing = Nothing(self.tr("Välj en kund i listan ovan."))
        self._choices = Choices(side_by_side(self.table, self.detail, sizes=(760, 360)), self._nothing)
        self.body.addWidget(self._choices, 1)
        self._choices.show_content(False)

    # going there

    def _offer(self, labels: dict[str, str]) -> None:
        """The customers to choose among; who is shown stays chosen."""
        rows = sorted(labels.items(), key=lambda pair: sort_key(pair[1]))
        fill_choice(self.who, [("", self.tr("Välj kund")), *rows], chosen=self._key)

    def show_key(self, key: str) -> None:
        """Show a customer's history by her key."""
        if key and key != self._key:
            self._key, self._history = key, None
            self.who.blockSignals(True)
            self.who.setCurrentIndex(max(self.who.findData(key), 0))
            self.who.blockSignals(False)
            for made in self.chips.values():
                made.blockSignals(True)
                made.setChecked(False)
                made.blockSignals(False)
            self._blank(self.tr("Läser …"))
            self.refresh()

    @property
    def standing(self) -> str:
        """Whose history is shown."""
        return self._key

    @property
    def kinds(self) -> frozenset[HistoryKind]:
        """What is chosen to be shown; nothing chosen is everything."""
        return frozenset(kind for kind, made in self.chips.items() if made.isChecked())

    def _filter(self) -> None:
        self._wait.start(0)

    def refresh(self) -> None:
        """Read it anew from its beginning."""
        if self._key:
            self._ask(0, self._show)

    def _read_more(self) -> None:
        if self._following is not None:
            self._ask(self._following, self._show_more)

    def _ask(self, after: int, then: Callable[[History], object]) -> None:
        key, kinds = self._key, self.kinds
        self._asked += 1
        number = self._asked

        def work(desk: Desk) -> History:
            return customer_history(desk, key=key, kinds=kinds, after=after)

        self.place.ask(
            self, work, lambda found: then(found) if number == self._asked else None,
            otherwise=self._not_read,
        )  # fmt: skip

    def _not_read(self, error: Exception) -> bool:
        if not isinstance(error, NotFound | NotAllowed):
            return False
        self._key, self._history = "", None
        self._blank(wording(error))
        return True

    def _blank(self, why: str) -> None:
        """Nothing of a customer before is left on the screen."""
        self.title.setText(self.tr("Uppföljning över tid"))
        self.subtitle.clear()
        self.table.rows_model.show_rows([])
        self._nothing.sentence.setText(why)
        self._choices.show_content(False)
        for made in (self.print_button, self.customer_button):
            made.setEnabled(False)

    # showing

    def _show(self, found: History) -> None:
        self._history, self._following = found, found.following
        self.title.setText(self.tr("Uppföljning över tid: {0}").format(found.label))
        self.subtitle.setText(f"{found.unit_name}, {number_word(found.meetings, 'möte', 'möten')}")
        stands = self.table.current_row()
        more = 1 if found.following is not None else 0
        self.table.rows_model.show_rows(found.entries, total=len(found.entries) + more)
        if found.trends:
            self._show_trends(found.trends)
        elif not self.kinds:
            empty(self._trends)
        there = bool(found.entries) or bool(self.kinds)
        self._nothing.sentence.setText(self.tr("Inga möten har sagt något om kunden än."))
        self._choices.show_content(there)
        for made in (self.print_button, self.customer_button):
            made.setEnabled(True)
        if stands is None or not self.table.select_where(lambda one: one == stands):
            self.table.selectRow(0)
        if not found.entries:
            self._show_entry(None)

    def _show_more(self, found: History) -> None:
        self._following = found.following
        model = self.table.rows_model
        model.add_rows(found.entries)
        if found.following is None:
            model.add_rows([])

    def _show_entry(self, one: HistoryEntry | None) -> None:
        self._chosen.setVisible(one is not None)
        if one is None:
            return
        self.what.setText(one.kind.label)
        self.when.setText(f"{plain_date(one.date)}, {one.where}")
        self.text.setText(one.text)
        self.text.setVisible(bool(one.text))
        self.more.setText(one.more[:1].upper() + one.more[1:])
        self.more.setVisible(bool(one.more))

    def _show_trends(self, found: tuple[Trend, ...]) -> None:
        empty(self._trends)
        self._trends.addWidget(label(self.tr("Riskbedömningar över tid"), role="label"))
        for trend in found:
            words = trend.words(today=self.place.desk.today)
            line = Sparkline(self.place.theme)
            risk = trend.values[-1].risk or ""
            upper = label(
                ", ".join(part for part in (trend.instrument, risk[:1].lower() + risk[1:]) if part), wrap=True
            )
            self._trends.addWidget(box(column(upper, line, label(words, role="muted", wrap=True), space=2)))
            line.show_values(trend.scores, words=self.tr("{0} över tid: {1}").format(trend.instrument, words))

    def _open_current(self) -> None:
        if (one := self.table.current_row()) is not None:
            self._open(one)

    def _open(self, one: HistoryEntry) -> None:
        self.place.visit.emit("meeting", f"{one.meeting}#{one.item}" if one.item else one.meeting)

    def print_out(self) -> None:
        """Show it as a paper, of the kinds that are chosen."""
        from app.ui.papers.history import history_preview  # noqa: PLC0415 - loaded when first used

        if self._key and self.place.desk.may(Right.PRINT):
            history_preview(self, self.place, customer=self._key, kinds=self.kinds)
