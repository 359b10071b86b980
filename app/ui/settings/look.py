"""Section Utseende: light or dark, and how wide the rail is; each person has her own."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton

from app.services.desk import Desk
from app.services.preferences import get_preference, set_preference
from app.ui.settings.section import Section
from app.ui.widgets.controls import card, label
from app.ui.workplace import Workplace


class LookSection(Section):
    """What is chosen is in force at once."""

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Utseende"), self.tr("Gäller bara dig, och direkt."))
        self.looks = {
            "system": QRadioButton(self.tr("Som datorn är inställd")), "light": QRadioButton(self.tr("Ljust")),
            "dark": QRadioButton(self.tr("Mörkt")),
        }  # fmt: skip
        group = QButtonGroup(self)
        for name, one in self.looks.items():
            one.setAccessibleName(one.text())
            group.addButton(one)
            one.clicked.connect(partial(self._keep, "look", name))
        self.narrow = QCheckBox(self.tr("Visa bara symboler i menyn till vänster"))
        self.narrow.setAccessibleName(self.narrow.text())
        self.narrow.clicked.connect(lambda on: self._keep("rail", "narrow" if on else "wide"))
        self.body.addWidget(card(label(self.tr("Färger"), role="label"), *self.looks.values()))
        self.body.addWidget(card(label(self.tr("Meny"), role="label"), self.narrow))
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Read what the person has chosen."""

        def work(desk: Desk) -> tuple[str, str]:
            look = get_preference(desk, name="look", default="system")
            return str(look), str(get_preference(desk, name="rail", default="wide"))

        self.place.ask(self, work, lambda found: self._show(*found))

    def _show(self, look: str, rail: str) -> None:
        self.looks.get(look, self.looks["system"]).setChecked(True)
        self.narrow.setChecked(rail == "narrow")

    def _keep(self, name: str, value: str, _checked: bool = False) -> None:
        self.place.act(self, lambda desk: set_preference(desk, name=name, value=value), changed="preferences")
