"""Section Om Teamforum: which version this is, where the database lies, and under which terms the parts are used."""

from __future__ import annotations

from importlib import metadata

from PySide6.QtWidgets import QPlainTextEdit

from app.paths import resource
from app.ui.settings.section import Section
from app.ui.widgets.controls import card, label
from app.ui.widgets.fields import choice, chosen, field, line
from app.ui.workplace import Workplace

_TERMS = {
    "all": ("legal", "notices.txt"), "fonts": ("fonts", "OFL.txt"), "icons": ("icons", "LICENSE.txt"),
    "words": ("passwords", "LICENSE.txt"), "spelling": ("spelling", "LICENSE.txt"),
}  # fmt: skip


class AboutSection(Section):
    """Read only."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Om Teamforum"))
        self.version = label(self.tr("Version {0}").format(_version()), role="label")
        about = label(
            self.tr(
                "Teamforum är fri programvara under licensen EUPL-1.2. Uppgifterna ligger i en krypterad fil på den "
                "här datorn eller i en mapp som enheten har valt, och lämnar den bara när någon skriver ut eller "
                "exporterar."
            ),
            wrap=True,
        )
        where = line(str(place.desk.store.address))
        where.setReadOnly(True)
        where.setCursorPosition(0)
        self.body.addWidget(card(self.version, about, field(self.tr("Databasen ligger här"), where)))
        self.part = choice(
            (
                ("all", self.tr("Alla delar och deras villkor")),
                ("fonts", self.tr("Typsnittet Source Sans 3")),
                ("icons", self.tr("Symbolerna Lucide")),
                ("words", self.tr("Listan över vanliga lösenord")),
                ("spelling", self.tr("Den svenska ordlistan")),
            )
        )
        self.terms = QPlainTextEdit()
        self.terms.setReadOnly(True)
        self.terms.setTabChangesFocus(True)
        self.terms.setMinimumHeight(120)
        self.part.currentIndexChanged.connect(lambda _: self._show_terms())
        self.body.addWidget(field(self.tr("Villkor för delar som andra har gjort"), self.part))
        self.body.addWidget(self.terms, 1)
        self._show_terms()

    def _show_terms(self) -> None:
        self.terms.setAccessibleName(self.tr("Villkor: {0}").format(self.part.currentText()))
        self.terms.setPlainText(resource(*_TERMS[chosen(self.part)]).read_text(encoding="utf-8"))


def _version() -> str:
    try:
        return metadata.version("teamforum")
    except metadata.PackageNotFoundError:
        return "0"
