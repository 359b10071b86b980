"""A member's own calendar read in as busy times: a button, what comes in, and the way back.

Complete in itself: place it wherever a member is shown, and tell it which by `show_member`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from app.domain.availability import Absence
from app.domain.busy import READ_DAYS, BusyChange, BusyFile
from app.domain.roles import Right
from app.domain.swedish import clock, short_date
from app.exchange.files import read_file
from app.services.busy_times import BusyKept, keep_busy_times, preview_busy_times, take_back_busy_times
from app.services.desk import Desk
from app.ui.theme import ROW_HEIGHT
from app.ui.widgets.controls import button, column, label
from app.ui.widgets.messages import Question
from app.ui.widgets.tables import Column, Table
from app.ui.workplace import Workplace

_MOST_ROWS = 7
Found = tuple[BusyFile, BusyChange]


class BusyImport(QWidget):
    """The button "Läs in upptagna tider"; hidden for a member whose calendar the person does not read in."""

    done = Signal()
    """Times were read in, or taken back."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._member, self._name = "", ""
        self.question: BusyQuestion | None = None
        self.button = button(
            self.tr("Läs in upptagna tider (.ics) …"), self.choose_file, kind="quiet", icon_name="calendar-plus",
            tip=self.tr("Ur Outlook eller en annan kalender. Bara tiderna sparas, aldrig vad de gäller."),
        )  # fmt: skip
        self.setLayout(column(self.button))
        self.hide()

    def show_member(self, key: str, name: str) -> None:
        """Offer it for a member; hide it where her calendar is another's to read in."""
        self._member, self._name = key, name
        desk = self.place.desk
        own = bool(key) and desk.actor.member == key and desk.may(Right.PROPOSE_ITEMS)
        self.setVisible(bool(key) and (own or desk.may(Right.WRITE_MEETINGS)))

    def choose_file(self) -> None:
        """Ask which file."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Välj kalenderfil"), str(Path.home()), self.tr("Kalender (*.ics)")
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read the file, and show what would come in."""
        member = self._member

        def work(desk: Desk) -> Found:
            from app.exchange.busy_file import LARGEST_CALENDAR, read_busy  # noqa: PLC0415 - loaded when used

            data = read_file(path, largest=10 * LARGEST_CALENDAR)
            found = read_busy(data, first=desk.today, last=desk.today + dt.timedelta(days=READ_DAYS))
            return found, preview_busy_times(desk, member=member, found=found)

        self.place.ask(self, work, lambda found: self._show(*found))

    def _show(self, found: BusyFile, change: BusyChange) -> None:
        self.question = BusyQuestion(self, self._name, found, change)
        self.question.accepted.connect(lambda: self._keep(found, change.member))
        self.place.closing.connect(self.question.reject)
        self.question.open()

    def _keep(self, found: BusyFile, member: str) -> None:
        remove = self.question is not None and self.question.gone.isChecked()
        place, phrase = self.place, self.tr("Läs in upptagna tider")

        def kept(done: BusyKept) -> None:
            place.remember(
                place.way_back(phrase, lambda desk: take_back_busy_times(desk, done=done), changed="members")
            )
            count = f"{len(done.kept)} {_times(len(done.kept))}"
            place.told.emit(self.tr("{0} inlästa. Ångra med Ctrl+Z.").format(count))
            self.done.emit()

        place.act(
            self, lambda desk: keep_busy_times(desk, member=member, found=found, remove_gone=remove), kept,
            changed="members",
        )  # fmt: skip


class BusyQuestion(Question):
    """Shows the times that would come in, and asks whether they shall."""

    def __init__(self, parent: QWidget, name: str, found: BusyFile, change: BusyChange) -> None:
        days = f"{short_date(found.first)} – {short_date(found.last)} {found.last.year}"
        self.times: Table[Absence] = Table(
            (
                Column(parent.tr("Dag"), _day, width=190),
                Column(parent.tr("Tid"), _span),
            ),
            name=parent.tr("Nya tider"),
        )
        gone = parent.tr("Ta bort tidigare inlästa tider som inte finns i filen ({0})").format(len(change.gone))
        self.gone = QCheckBox(gone)
        self.gone.setAccessibleName(self.gone.text())
        self.gone.setChecked(bool(change.gone))
        self.gone.setVisible(bool(change.gone))
        super().__init__(
            parent, parent.tr("Upptagna tider för {0}").format(name),
            parent.tr("{0}. Bara tiderna sparas, aldrig vad de gäller.").format(days), self.times,
            label(_counts(parent, found, change), role="muted", wrap=True), self.gone,
            accept=parent.tr("Läs in {0}").format(f"{len(change.new)} {_times(len(change.new))}"),
        )  # fmt: skip
        self.times.rows_model.show_rows(change.new)
        self.times.setVisible(bool(change.new))
        self.times.setFixedHeight(min(len(change.new), _MOST_ROWS) * ROW_HEIGHT + 42)
        nothing = not change.new and not change.gone
        self.accept_button.setEnabled(not nothing)
        if not change.new and change.gone:
            self.accept_button.setText(self.tr("Ta bort dem som är borta"))
            self.gone.setEnabled(False)


def _counts(parent: QWidget, found: BusyFile, change: BusyChange) -> str:
    """What is not among the new times, and why, in as few words as that takes."""
    parts = [
        parent.tr("Det finns inga nya upptagna tider i filen.") if not change.new else "",
        parent.tr("{0} finns redan.").format(change.same) if change.same else "",
        parent.tr("{0} är lediga eller preliminära och läses inte in.").format(found.free) if found.free else "",
        parent.tr("{0} är Teamforums egna möten.").format(found.ours) if found.ours else "",
        parent.tr("{0} gick inte att läsa. Lägg in dem för hand.").format(found.unread) if found.unread else "",
        parent.tr("Filen har en okänd tidszon ({0}); tiderna är lästa som svenska.").format(found.unknown_zones[0])
        if found.unknown_zones else "",
    ]  # fmt: skip
    return " ".join(part for part in parts if part)


def _times(count: int) -> str:
    return "tid" if count == 1 else "tider"


def _day(one: Absence) -> str:
    first, last = one.begins.date(), (one.ends - dt.timedelta(minutes=1)).date()
    return short_date(first) if first == last else f"{short_date(first)} – {short_date(last)}"


def _span(one: Absence) -> str:
    if not isinstance(one.from_, dt.datetime):
        return "hela dagen" if one.from_ == one.to else "hela dagarna"
    return f"{clock(one.begins.time())}–{clock(one.ends.time())}"
