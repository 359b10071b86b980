"""The planning pages belong together: a row of ways on each of them leads to the others."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtWidgets import QTabBar, QVBoxLayout

from app.domain.roles import Right
from app.ui.widgets.pages import Page
from app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Way:
    """A planning page: its name, its word, and the right without which nobody is led there."""

    name: str
    title: str
    right: Right


WAYS = (
    Way("plan", str(QT_TRANSLATE_NOOP("Planning", "Förslag")), Right.WRITE_MEETINGS),
    Way("series", str(QT_TRANSLATE_NOOP("Planning", "Serier")), Right.READ_MEETINGS),
    Way("turns", str(QT_TRANSLATE_NOOP("Planning", "Turordning")), Right.READ_CUSTOMERS),
    Way("wheel", str(QT_TRANSLATE_NOOP("Planning", "Årshjul")), Right.READ_REGISTERS),
    Way("away", str(QT_TRANSLATE_NOOP("Planning", "Frånvaro")), Right.TELL_ABSENCE),
    Way("rooms", str(QT_TRANSLATE_NOOP("Planning", "Rum och restid")), Right.WRITE_REGISTERS),
)
"""In the order in which an enhetschef sets up a year."""


class PlanningPage(Page):
    """A page of planning, with the ways to the others under its title."""

    def __init__(self, place: Workplace, title: str) -> None:
        super().__init__(place, title)
        self._ways = [way for way in WAYS if place.desk.may(way.right)]
        self.ways = QTabBar()
        self.ways.setDrawBase(False)
        self.ways.setExpanding(False)
        self.ways.setAccessibleName(self.tr("Planeringens sidor"))
        for way in self._ways:
            self.ways.addTab(self.tr(way.title))
        self.ways.setVisible(len(self._ways) > 1)
        self._stand_here()
        self.ways.currentChanged.connect(self._lead)
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.insertWidget(1, self.ways)
            whole.setStretch(2, 0)
            whole.setStretch(3, 1)

    def _stand_here(self) -> None:
        here = next((n for n, way in enumerate(self._ways) if way.name == self.name), -1)
        self.ways.blockSignals(True)
        self.ways.setCurrentIndex(here)
        self.ways.blockSignals(False)

    def _lead(self, number: int) -> None:
        self._stand_here()
        if 0 <= number < len(self._ways) and self._ways[number].name != self.name:
            self.place.visit.emit(self._ways[number].name, "")
