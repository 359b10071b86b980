"""Section Export och kontroll: the exchange file, and the check of the database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QFrame

from app.domain.errors import KnownError
from app.domain.roles import Right
from app.domain.wording import wording
from app.exchange.files import write_file
from app.exchange.json_file import write_document
from app.services.checks import Report, check_open
from app.services.desk import Desk
from app.services.transfer import read_document
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, card, column, label, row, scrolled, set_role
from app.ui.workplace import Workplace


class Task(QFrame):
    """A card for one long piece of work: what it does, the button that begins it, and what came of it."""

    def __init__(self, title: str, about: str, action: str, icon_name: str, on_start: Callable[[], None]) -> None:
        super().__init__()
        self.button = button(action, on_start, icon_name=icon_name)
        self.result = label(role="muted", wrap=True)
        self.result.setAccessibleName(title)
        self.result.hide()
        inside = card(label(title, role="label"), label(about, wrap=True), row(self.button, None), self.result)
        self.setLayout(column(inside))

    def begin(self, text: str) -> None:
        """Say that it is under way."""
        self.button.setEnabled(False)
        self._tell(text, "muted")

    def end(self, text: str) -> None:
        """Say what came of it."""
        self.button.setEnabled(True)
        self._tell(text, "ok")

    def fail(self, error: Exception) -> bool:
        """Say what went wrong, if it is something known."""
        self.button.setEnabled(True)
        self.result.hide()
        if not isinstance(error, KnownError):
            return False
        self._tell(wording(error), "overdue")
        return True

    def _tell(self, text: str, role: str) -> None:
        self.result.setText(text)
        set_role(self.result, role)
        self.result.show()


class DataSection(Section):
    """Two pieces of work, each told when it is done."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Export och kontroll"))
        self.check = Task(
            self.tr("Kontroll"),
            self.tr("Läser igenom hela databasen och loggen och säger om något är skadat. Inget skrivet ändras."),
            self.tr("Kontrollera databasen"), "shield-check", self.check_database,
        )  # fmt: skip
        self.export = Task(
            self.tr("Export"),
            self.tr(
                "Allt du får se, i en utväxlingsfil. Filen är inte krypterad: vem som helst som får tag i den kan läsa "
                "om kunderna. Spara den bara där enheten får ha sådana uppgifter, och radera den när den är använd. "
                "Exporten skrivs i loggen."
            ),
            self.tr("Exportera allt …"), "file-down", self.choose_export_file,
        )  # fmt: skip
        everything = place.desk.may(Right.RESTORE) and place.desk.actor.units is None
        shown = [self.check] if everything else []
        if place.desk.may(Right.EXCHANGE):
            shown.append(self.export)
        inside = column(*shown, None, space=16)
        inside.setContentsMargins(0, 0, 14, 0)
        self.body.addWidget(scrolled(box(inside), name=self.tr("Export och kontroll")), 1)

    def check_database(self) -> None:
        """Check everything."""
        self.check.begin(self.tr("Databasen läses igenom …"))
        self.place.ask(self, check_open, self._checked, otherwise=self.check.fail)

    def _checked(self, report: Report) -> None:
        said = self.tr("{0} är hel: nycklar, kryptering, innehåll, hänvisningar och {1} loggrader stämmer.").format(
            report.file, report.audit_rows
        )
        made = self.tr("Sökregistret stämde inte och är gjort på nytt. Inget skrivet saknades.")
        self.check.end(f"{said} {made}" if report.search_wrong else said)

    def choose_export_file(self) -> None:
        """Ask where the exchange file is to lie."""
        usual = Path.home() / f"teamforum-{self.place.desk.today.isoformat()}.json"
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Exportera till okrypterad fil"), str(usual), self.tr("Utväxlingsfil (*.json)")
        )
        if name:
            self.export_to(Path(name) if name.lower().endswith(".json") else Path(f"{name}.json"))

    def export_to(self, path: Path) -> None:
        """Write the exchange file."""

        def work(desk: Desk) -> int:
            document = read_document(desk)
            write_file(path, write_document(document))
            return len(document.meetings)

        self.export.begin(self.tr("Filen skrivs …"))
        self.place.ask(self, work, lambda meetings: self._exported(path, meetings), otherwise=self.export.fail)

    def _exported(self, path: Path, meetings: int) -> None:
        said = self.tr("{0} är sparad i {1}, med {2} möten. Den är inte krypterad.")
        self.export.end(said.format(path.name, path.parent, meetings))
