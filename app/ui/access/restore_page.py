"""Restoring a backup: which one, whose password, what is in it beside what is there now, and then it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QStackedWidget, QWidget

from app.domain.address import Address
from app.domain.backups import Backup, Contents, Preview, Restored, notes_on, why_label
from app.domain.clock import to_wall_clock
from app.domain.errors import KnownError
from app.domain.swedish import clock, short_date
from app.domain.wording import wording
from app.faultlog import note_fault
from app.services.access import Surroundings
from app.services.doors import ASK_FOR_KEY, ASK_FOR_PASSWORD, Proof
from app.services.restoring import find_backups, preview_restore, restore_backup
from app.ui.access.login import password_field
from app.ui.access.proof_fields import ProofFields
from app.ui.operations import Runner
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, empty, label, row
from app.ui.widgets.fields import choice, chosen, fill_choice, line
from app.ui.widgets.fields import field as titled
from app.ui.widgets.flow import Flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A restore that somebody has decided on."""

    backup: Path
    user: str
    password: str = field(repr=False)
    reason: str
    proof: Proof


class RestorePage(QWidget):
    """Four steps on one page: ask, show, do, tell. `decided` carries a `Wanted` when the person says yes."""

    decided = Signal(object)
    rescue_wanted = Signal()
    left = Signal()

    def __init__(
        self, database: Address, *, user: str, around: Callable[[], Surroundings], runner: Runner,
        backup: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._database, self._around, self._runner = database, around, runner
        self._first = backup
        self.setAccessibleName(self.tr("Återställ från säkerhetskopia"))
        self._fault = label(role="overdue", wrap=True)
        self._fault.hide()
        self._steps = QStackedWidget()
        for step in (self._asking(user), self._showing(), self._telling()):
            self._steps.addWidget(step)
        title = label(self.tr("Återställ från säkerhetskopia"), role="title", wrap=True)
        self.setLayout(column(title, GRID, self._steps, self._fault, None))
        self._offer(())
        runner.start(lambda: find_backups(database), done=self._found, failed=self._refuse)

    def _asking(self, user: str) -> QWidget:
        self.backup = choice((), name=self.tr("Säkerhetskopia"))
        self.user, self.password = line(user), password_field()
        self.password.returnPressed.connect(self.show_preview)
        self.proof = ProofFields(self.show_preview)
        self.look_button = button(self.tr("Visa vad som finns i den"), self.show_preview, kind="primary")
        self.rescue_button = button(self.tr("Ingen kopia? Rädda det som går …"), self.rescue_wanted.emit, kind="quiet")
        self.rescue_button.hide()
        about = label(
            self.tr(
                "Databasen blir som den var när kopian gjordes. Du ser vad som finns i kopian innan något ändras, och "
                "det som finns nu behålls."
            ),
            role="muted", wrap=True,
        )  # fmt: skip
        return box(
            column(
                about,
                titled(self.tr("Säkerhetskopia"), self.backup),
                box(Flow(button(self.tr("Välj en annan fil …"), self.choose_file, kind="quiet"), self.rescue_button)),
                titled(self.tr("Enhetschef"), self.user),
                titled(self.tr("Lösenord när kopian gjordes"), self.password),
                self.proof,
                box(Flow(self.look_button, button(self.tr("Tillbaka"), self.left.emit))),
                None,
            )
        )

    def _showing(self) -> QWidget:
        self.heading = label(role="label", wrap=True)
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(2 * GRID)
        self._table.setVerticalSpacing(GRID // 2)
        self._table.setColumnStretch(1, 1)
        self._table.setColumnStretch(2, 1)
        self.notes = label(wrap=True)
        self.notes.setAccessibleName(self.tr("Att veta innan"))
        self.reason = line(placeholder=self.tr("t.ex. databasen var skadad"), longest=200)
        self.restore_button = button(self.tr("Återställ databasen"), self._decide, kind="danger")
        return box(
            column(
                self.heading, self._table, GRID, self.notes, GRID,
                titled(self.tr("Varför återställs den? Skrivs i loggen."), self.reason),
                box(Flow(self.restore_button, button(self.tr("Tillbaka"), self._ask_again))), None,
            )
        )  # fmt: skip

    def _telling(self) -> QWidget:
        self.told = label(self.tr("Databasen återställs. Stäng inte fönstret …"), wrap=True)
        self.told.setAccessibleName(self.tr("Resultat"))
        self.done_button = button(self.tr("Till inloggningen"), self.left.emit, kind="primary")
        self.done_button.hide()
        return box(column(self.told, row(self.done_button, None), None))

    def offer_rescue(self) -> None:
        """Offer the other way, where there is a file that may be damaged and nobody is logged in."""
        self.rescue_button.show()

    def _found(self, result: object) -> None:
        if isinstance(result, tuple):
            self._offer(result)

    def _offer(self, found: tuple[Backup, ...]) -> None:
        options = [(str(one.path), _named(one)) for one in found]
        first = self._first
        if first is not None and str(first) not in [path for path, _ in options]:
            options.insert(0, (str(first), first.name))
        fill_choice(self.backup, options or [("", self.tr("Ingen hittades. Välj en fil."))], chosen=str(first or ""))

    def choose_file(self) -> None:
        """Ask for a backup that lies somewhere else."""
        start = chosen(self.backup) or str(Path.home())
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Välj säkerhetskopia"), start, self.tr("Teamforums databaser (*.tfdb)")
        )
        if name:
            self.choose(Path(name))

    def choose(self, backup: Path) -> None:
        """Take this file."""
        self._first = backup
        known = [(self.backup.itemData(n), self.backup.itemText(n)) for n in range(self.backup.count())]
        rest = [(path, text) for path, text in known if path and path != str(backup)]
        fill_choice(self.backup, [(str(backup), backup.name), *rest], chosen=str(backup))

    def show_preview(self) -> None:
        """Open the backup and show what is in it; nothing is changed."""
        path, user, password = chosen(self.backup), self.user.text().strip(), self.password.text()
        if not path:
            self._say(self.tr("Välj en säkerhetskopia."))
            return
        if not user or not password:
            self._say(self.tr("Skriv både användare och lösenord."))
            return
        around, database, proof = self._around, self._database, self.proof.given()
        self._fault.hide()
        self.look_button.setEnabled(False)
        self._runner.start(
            lambda: preview_restore(
                around(), database, backup=Path(path), user=user, password=password, proof=proof
            ),
            done=self._show, failed=self._refuse,
        )  # fmt: skip

    def _show(self, result: object) -> None:
        self.look_button.setEnabled(True)
        if not isinstance(result, Preview):
            return
        made = result.name
        if result.at is not None:
            made = self.tr("{0} {1}, {2}").format(
                short_date(result.at.date()), clock(result.at.time()), why_label(result.why)
            )
        self.heading.setText(self.tr("Kopian: {0}").format(made))
        self._fill(result)
        self.notes.setText("\n".join(notes_on(result)))
        self._steps.setCurrentIndex(1)
        self.reason.setFocus()

    def _fill(self, shown: Preview) -> None:
        empty(self._table)
        names = (
            "", self.tr("Enheter"), self.tr("Medarbetare"), self.tr("Kunder"), self.tr("Möten"), self.tr("Justerade"),
            self.tr("Senast ändrad"), self.tr("Loggrader"), self.tr("Loggens slut"),
        )  # fmt: skip
        there = (self.tr("I kopian"), *_cells(shown.there))
        here: tuple[str, ...] = ("",) * len(names)
        if shown.here is not None:
            here = (self.tr("Nu"), *_cells(shown.here))
        for number, texts in enumerate(zip(names, there, here, strict=True)):
            for place, text in enumerate(texts):
                self._table.addWidget(_cell(text, heading=number == 0, name=place == 0), number, place)

    def _ask_again(self) -> None:
        self._fault.hide()
        self._steps.setCurrentIndex(0)

    def _decide(self) -> None:
        if not self.reason.text().strip():
            self._say(self.tr("Skriv varför den återställs."))
            self.reason.setFocus()
            return
        self._fault.hide()
        self.decided.emit(
            Wanted(
                backup=Path(chosen(self.backup)), user=self.user.text().strip(), password=self.password.text(),
                reason=self.reason.text(), proof=self.proof.given(),
            )
        )  # fmt: skip

    def begin(self, wanted: Wanted) -> None:
        """Do it; nobody may have the database open."""
        around, database = self._around, self._database
        self._steps.setCurrentIndex(2)
        self._runner.start(
            lambda: restore_backup(
                around(), database, backup=wanted.backup, user=wanted.user, password=wanted.password,
                reason=wanted.reason, proof=wanted.proof,
            ),
            done=self._tell, failed=self._refuse,
        )  # fmt: skip

    def _tell(self, result: object) -> None:
        self.password.clear()
        self.proof.clear()
        if not isinstance(result, Restored):
            return
        said = [self.tr("Databasen är återställd. Logga in med lösenordet från den tiden.")]
        if result.kept is not None:
            said.append(self.tr("Det som fanns förut är kvar i {0}.").format(result.kept.name))
        self.told.setText("\n".join(said))
        self.done_button.show()
        self.done_button.setFocus()

    def _refuse(self, error: Exception) -> None:
        self.look_button.setEnabled(True)
        if self._steps.currentIndex() == 2:
            self._steps.setCurrentIndex(0)
        if not isinstance(error, KnownError):
            note_fault(error)
            error = KnownError("unexpected")
        if error.code in ASK_FOR_KEY:
            self.proof.ask(password=error.code in ASK_FOR_PASSWORD)
        self._say(wording(error))

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()


def _named(one: Backup) -> str:
    checked = "" if one.verified else ", utan kvitto"
    return f"{_moment(one.at)}, {why_label(one.why)}{checked}"


def _moment(at: dt.datetime) -> str:
    return f"{short_date(at.date())} {at.year} {clock(at.time())}"


def _cells(contents: Contents) -> tuple[str, ...]:
    newest = to_wall_clock(contents.newest) if contents.newest else None
    return (
        ", ".join(contents.units), str(contents.members), str(contents.customers), str(contents.meetings),
        str(contents.approved), _moment(newest) if newest else "", str(contents.log_rows), contents.head,
    )  # fmt: skip


def _cell(text: str, *, heading: bool, name: bool) -> QLabel:
    return label(text, role="label" if heading else "muted" if name else "", wrap=not name)
