"""Samordning: every case on a board by where it stands, or as a list; who waits for whom, and what is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from app.domain.coordination.cases import Direction, RequestKind
from app.domain.coordination.lists import RequestRow
from app.domain.coordination.states import RequestStatus
from app.domain.coordination.views import ContactRow
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import near_day
from app.domain.units import Unit
from app.services.coordination_lists import count_requests, list_requests
from app.services.coordination_parts import list_care_contacts
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.coordination.board import Board
from app.ui.coordination.book_dialog import BookDialog
from app.ui.coordination.new_case import NewCase
from app.ui.widgets.controls import button, chip, label
from app.ui.widgets.fields import SearchLine, choice, chosen, fill_choice
from app.ui.widgets.pages import Choices, Nothing, Page
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_BEGINS = (Right.WRITE_REQUESTS, Right.DRAFT_REQUESTS, Right.PREPARE_REQUESTS)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the page is narrowed by."""

    unit: str | None
    kind: RequestKind | None
    direction: Direction | None
    ours: bool
    late: bool
    text: str

    def read(self, desk: Desk) -> tuple[RequestRow, ...]:
        """The cases."""
        rows = list_requests(
            desk, unit=self.unit, kind=self.kind, direction=self.direction, late_only=self.late, text=self.text
        )
        return tuple(one for one in rows if not self.ours or any(wait.ours for wait in one.waits))


class CoordinationPage(Page):
    """Board or list of cases; who reads only numbers gets those."""

    name = "coordination"
    refreshed_by = frozenset({"requests", "customers", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Samordning"))
        may = place.desk.may
        self.counts_only = not any(may(one) for one in (Right.READ_REQUESTS, *_BEGINS))
        self._may_begin = any(may(one) for one in _BEGINS)
        self.new_dialog: NewCase | None = None
        self.rows: tuple[RequestRow, ...] = ()
        self.counts = label(wrap=True)
        if self.counts_only:
            self.body.addWidget(self.counts)
            self.body.addStretch(1)
            return
        self._make_filters()
        self._make_buttons()
        self.board = Board(place, self._open)
        self.table = self._make_table()
        self.contacts = self._make_contacts()
        self.views = QStackedWidget()
        for one in (self.board, self.table, self.contacts):
            self.views.addWidget(one)
        sentence = self.tr("Inga ärenden här. Ett ärende är det ni skickar till eller får från en annan vårdgivare.")
        nothing = Nothing(sentence, self.tr("Börja ett ärende"), self.begin)
        self._choices = Choices(self.views, nothing)
        self.body.addWidget(self._choices, 1)
        place.ask(self, list_units, self._offer_units)

    def _make_filters(self) -> None:
        again = lambda _on: self.refresh()  # noqa: E731 - the chips' one handler
        self.out, self.in_ = chip(self.tr("Utgående"), again), chip(self.tr("Inkommande"), again)
        self.ours, self.late = chip(self.tr("Väntar på oss"), again), chip(self.tr("Försenade"), again)
        self.as_list = chip(self.tr("Lista"), lambda _on: self._show_view())
        self.out.toggled.connect(lambda on: self.in_.setChecked(False) if on else None)
        self.in_.toggled.connect(lambda on: self.out.setChecked(False) if on else None)
        self._kind = choice(
            [("", self.tr("Alla slag")), *[(one.value, one.label) for one in RequestKind]], name=self.tr("Slag")
        )
        self._unit = choice([("", self.tr("Alla enheter"))], name=self.tr("Enhet"))
        self._search = SearchLine(self.tr("Sök i ärenden"))
        for box in (self._kind, self._unit):
            box.currentIndexChanged.connect(lambda _: self.refresh())
        self._search.paused.connect(self.refresh)
        for made in (self.out, self.in_, self.ours, self.late, self._kind, self._unit, self._search, self.as_list):
            self.add_filter(made)

    def _make_buttons(self) -> None:
        self.contacts_button = self.add_button(
            button(self.tr("Fasta vårdkontakter"), self.show_contacts, icon_name="user-check")
        )
        self.contacts_button.setVisible(self.place.desk.may(Right.READ_REQUESTS))
        self.book_button = self.add_button(button(self.tr("Adressbok"), self.open_book, icon_name="book-open"))
        self.new_button = self.add_button(
            button(self.tr("Nytt ärende"), self.begin, kind="primary", icon_name="plus", shortcut="Ctrl+Shift+N")
        )
        self.new_button.setVisible(self._may_begin)

    def _make_table(self) -> Table[RequestRow]:
        day, color = self.place.desk.today, self.place.theme.color
        table: Table[RequestRow] = Table(
            (
                Column(self.tr("Gäller"), lambda one: one.label, width=150),
                Column(self.tr("Slag"), lambda one: one.kind.label, width=180, drop_below=900),
                Column(self.tr("Riktning"), lambda one: one.direction.label, width=92),
                Column(self.tr("Motpart"), lambda one: one.counterparts),
                Column(self.tr("Läge"), lambda one: one.status.label, width=150),
                Column(
                    self.tr("Väntar på"), lambda one: _waiting(one, late=one.is_late(day)),
                    color=lambda one: color("overdue") if one.is_late(day) else None,
                ),
                Column(
                    self.tr("Ändrat"), lambda one: near_day(one.changed.date(), today=day) if one.changed else "",
                    width=110, drop_below=760,
                ),
            ),
            name=self.tr("Ärenden"),
        )  # fmt: skip
        table.opened.connect(lambda one: self._open(one.key))
        return table

    def _make_contacts(self) -> Table[ContactRow]:
        table: Table[ContactRow] = Table(
            (
                Column(self.tr("Fast vårdkontakt"), lambda one: one.contact.name),
                Column(self.tr("Verksamhet"), lambda one: one.contact.organisation or ""),
                Column(self.tr("För"), lambda one: one.label, width=160),
                Column(self.tr("Enhet"), lambda one: one.unit_name, width=160, drop_below=800),
                Column(self.tr("Huvudansvarig"), lambda one: self.tr("Ja") if one.contact.main else "", width=120),
                Column(self.tr("Ärendet"), lambda one: self.tr("Slut") if one.ended else self.tr("Pågår"), width=90),
            ),
            name=self.tr("Fasta vårdkontakter"),
        )  # fmt: skip
        table.opened.connect(lambda one: self._open(f"{one.request}#contacts"))
        return table

    def _offer_units(self, units: tuple[Stored[Unit], ...]) -> None:
        rows = [(one.value.key, one.value.name) for one in units]
        fill_choice(self._unit, [("", self.tr("Alla enheter")), *rows], chosen=chosen(self._unit))
        self._unit.setVisible(len(rows) > 1)

    def _now(self) -> _Wanted:
        kind = chosen(self._kind)
        direction = Direction.OUT if self.out.isChecked() else Direction.IN if self.in_.isChecked() else None
        return _Wanted(
            chosen(self._unit) or None, RequestKind(kind) if kind else None, direction, self.ours.isChecked(),
            self.late.isChecked(), self._search.text().strip(),
        )  # fmt: skip

    def refresh(self) -> None:
        """Read the cases anew, or how many there are."""
        if self.counts_only:
            self.place.ask(self, count_requests, self._show_counts)
            return
        if self.views.currentWidget() is self.contacts:
            self._read_contacts()
            return
        wanted = self._now()
        self.place.ask(self, wanted.read, lambda rows: self._show(wanted, rows))

    def _show_counts(self, counts: Mapping[RequestStatus, int]) -> None:
        lines = [f"{one.label}: {counts[one]}" for one in RequestStatus if counts.get(one)]
        self.counts.setText("\n".join(lines) or self.tr("Det finns inga ärenden."))

    def _show(self, wanted: _Wanted, rows: tuple[RequestRow, ...]) -> None:
        if wanted != self._now():
            return
        self.rows = rows
        self.board.show_rows(rows)
        self.table.rows_model.show_rows(rows)
        late = sum(1 for one in rows if one.is_late(self.place.desk.today))
        going = sum(1 for one in rows if not one.status.ended)
        told = self.tr("{0} pågår").format(going) + (self.tr(", {0} försenade").format(late) if late else "")
        self.subtitle.setText(told)
        narrowed = wanted != _Wanted(None, None, None, False, False, "")
        self._choices.show_content(bool(rows) or narrowed or not self._may_begin)
        self._show_view()

    def _show_view(self) -> None:
        if self.views.currentWidget() is self.contacts and not self.as_list.isChecked():
            return
        self.views.setCurrentWidget(self.table if self.as_list.isChecked() else self.board)
        first = self.board.first()
        self.setFocusProxy(self.table if self.as_list.isChecked() or first is None else first)

    def show_contacts(self) -> None:
        """Show whose permanent health-care contact each is, or the cases again."""
        if self.views.currentWidget() is self.contacts:
            self.views.setCurrentWidget(self.board)
            self.refresh()
            return
        self.views.setCurrentWidget(self.contacts)
        self._read_contacts()

    def _read_contacts(self) -> None:
        name = self._search.text().strip()
        self.place.ask(self, lambda desk: list_care_contacts(desk, name=name), self._show_contacts)

    def _show_contacts(self, rows: tuple[ContactRow, ...]) -> None:
        self.contacts.rows_model.show_rows(rows)
        self._choices.show_content(True)
        self.subtitle.setText(self.tr("Vem som är fast vårdkontakt för vem. Sök på ett namn. Enter: öppna ärendet."))

    def show_key(self, key: str) -> None:
        """`new`, `new:customer:item`, `contacts`, `book`; empty is the board."""
        if self.counts_only:
            return
        what, _, rest = key.partition(":")
        if what == "new":
            customer, _, item = rest.partition(":")
            self.begin(customer=customer, item=item)
        elif what == "contacts" and self.views.currentWidget() is not self.contacts:
            self.show_contacts()
        elif what == "book":
            self.open_book()
        elif not what and self.views.currentWidget() is self.contacts:
            self.show_contacts()

    def begin(self, customer: str = "", item: str = "") -> None:
        """Ask what a new case is about."""
        if self._may_begin:
            self.new_dialog = NewCase(self, self.place, customer=customer, item=item, then=self._open)
            self.new_dialog.open()

    def open_book(self) -> None:
        """Show the address book."""
        self.book = BookDialog(self, self.place)
        self.book.open()

    def _open(self, key: str) -> None:
        self.place.visit.emit("case", key)


def _waiting(one: RequestRow, *, late: bool) -> str:
    words = "" if one.status.ended else one.waiting_words
    return f"Försenat: {words}" if late else words
