"""Choosing a database that lies on a server and is shared by several workstations."""

from __future__ import annotations

from urllib.parse import quote

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.address import SCHEME, ServerAddress
from app.ui.access.login import password_field
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, label, row
from app.ui.widgets.fields import field, line


class ServerPage(QWidget):
    """Server, database, and the workstation's own way in there; kept until the program is closed and never written."""

    chosen = Signal(object)
    """A ServerAddress."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.server, self.database, self.login = line(), line("teamforum"), line()
        self.password = password_field()
        self._fault = label(role="overdue", wrap=True)
        self._fault.hide()
        about = self.tr(
            "Fråga den som sköter kommunens servrar vad som ska stå här. Förbindelsen är krypterad och servern måste "
            "visa vem den är. Sedan loggar du in med ditt eget konto i Teamforum."
        )
        hint = self.tr("Lämna båda tomma om servern redan känner datorn.")
        self.setLayout(
            column(
                label(self.tr("Gemensam databas"), role="title"),
                label(about, role="muted", wrap=True),
                GRID,
                field(self.tr("Server"), self.server, hint=self.tr("Till exempel teamforum.kommunen.se")),
                field(self.tr("Databas"), self.database),
                field(self.tr("Datorns inloggning på servern"), self.login, hint=hint),
                field(self.tr("Lösenord till servern"), self.password),
                self._fault,
                row(
                    button(self.tr("Anslut"), self._choose, kind="primary"),
                    button(self.tr("Tillbaka"), self.left.emit),
                    None,
                ),
            )
        )

    def _choose(self) -> None:
        server, database = self.server.text().strip(), self.database.text().strip()
        if not server or not database:
            self._fault.setText(self.tr("Skriv både server och databas."))
            self._fault.show()
            return
        login, password = quote(self.login.text().strip(), safe=""), quote(self.password.text(), safe="")
        person = f"{login}:{password}@" if login and password else f"{login}@" if login else ""
        self.chosen.emit(ServerAddress(f"{SCHEME}{person}{server}/{quote(database, safe='')}"))
