"""A damaged database and no good backup: what can be read goes into a new file, and it is said what was lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.backups import Rescued, rescued_in_words
from app.domain.errors import KnownError
from app.domain.wording import wording
from app.faultlog import note_fault
from app.services.access import Surroundings
from app.services.doors import ASK_FOR_KEY
from app.services.rescuing import rescue_database
from app.ui.access.login import password_field
from app.ui.access.proof_fields import ProofFields
from app.ui.operations import Runner
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label
from app.ui.widgets.fields import field, line
from app.ui.widgets.flow import Flow
from app.ui.widgets.texts import ShownText


class RescuePage(QWidget):
    """Ask who it is, read what can be read, and tell; `accepted` carries the new file when she wants to use it."""

    accepted = Signal(object)
    left = Signal()

    def __init__(self, database: Path, *, user: str, around: Callable[[], Surroundings], runner: Runner) -> None:
        super().__init__()
        self._database, self._around, self._runner = database, around, runner
        self.rescued: Rescued | None = None
        self.setAccessibleName(self.tr("Rädda det som går"))
        self._fault = label(role="overdue", wrap=True)
        self._fault.hide()
        self._steps = QStackedWidget()
        self._steps.addWidget(self._asking(user))
        self._steps.addWidget(self._telling())
        title = label(self.tr("Rädda det som går"), role="title", wrap=True)
        self.setLayout(column(title, GRID, self._steps, self._fault, None))

    def _asking(self, user: str) -> QWidget:
        self.user, self.password = line(user), password_field()
        self.password.returnPressed.connect(self.begin)
        self.proof = ProofFields(self.begin)
        self.begin_button = button(self.tr("Rädda det som går"), self.begin, kind="primary")
        about = label(
            self.tr(
                "Det här är för en skadad databas utan säkerhetskopia. Allt som går att läsa skrivs till en ny fil "
                "bredvid, och du får veta vad som saknas. Den skadade filen är kvar. Har du en säkerhetskopia är det "
                "bättre att återställa den."
            ),
            role="muted", wrap=True,
        )  # fmt: skip
        return box(
            column(
                about, field(self.tr("Enhetschef"), self.user), field(self.tr("Lösenord"), self.password),
                self.proof,
                box(Flow(self.begin_button, button(self.tr("Tillbaka"), self.left.emit))), None,
            )
        )  # fmt: skip

    def _telling(self) -> QWidget:
        self.result = ShownText()
        self.result.set_most(12)
        self.result.setAccessibleName(self.tr("Det som räddades"))
        self.use_button = button(self.tr("Använd den räddade databasen …"), self._accept, kind="primary")
        return box(
            column(self.result, box(Flow(self.use_button, button(self.tr("Till inloggningen"), self.left.emit))), None)
        )

    def begin(self) -> None:
        """Read what can be read; it takes a while with much damage."""
        user, password = self.user.text().strip(), self.password.text()
        if not user or not password:
            self._say(self.tr("Skriv både användare och lösenord."))
            return
        around, database, proof = self._around, self._database, self.proof.given()
        self._fault.hide()
        self.begin_button.setEnabled(False)

        def work() -> Rescued:
            given = around()
            out = _beside(database, given.clock.now())
            return rescue_database(given, database, out=out, user=user, password=password, proof=proof)

        self._runner.start(work, done=self._show, failed=self._refuse)

    def _show(self, result: object) -> None:
        self.begin_button.setEnabled(True)
        self.password.clear()
        self.proof.clear()
        if isinstance(result, Rescued):
            self.rescued = result
            self.result.setText("\n".join(rescued_in_words(result)))
            self._steps.setCurrentIndex(1)
            self.use_button.setFocus()

    def _accept(self) -> None:
        if self.rescued is not None:
            self.accepted.emit(self.rescued.path)

    def _refuse(self, error: Exception) -> None:
        self.begin_button.setEnabled(True)
        if not isinstance(error, KnownError):
            note_fault(error)
            error = KnownError("unexpected")
        if error.code in ASK_FOR_KEY:
            self.proof.ask(password=False)
        self._say(wording(error))

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()


def _beside(database: Path, now: dt.datetime) -> Path:
    return database.with_name(f"{database.stem}-räddad-{now:%Y%m%d-%H%M%S}{database.suffix}")
