"""Inställningar: sections left, the chosen one right; each is made when it is first visited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStackedWidget

from app.domain.roles import Right
from app.ui.settings.about import AboutSection
from app.ui.settings.accounts import AccountsSection
from app.ui.settings.backups import BackupsSection
from app.ui.settings.data import DataSection
from app.ui.settings.disposal import DisposalSection
from app.ui.settings.emergencies import EmergenciesSection
from app.ui.settings.forums import ForumsSection
from app.ui.settings.imports import ImportSection
from app.ui.settings.instruments import InstrumentsSection
from app.ui.settings.log import LogSection
from app.ui.settings.look import LookSection
from app.ui.settings.section import Section
from app.ui.settings.security import SecuritySection
from app.ui.settings.templates import TemplatesSection
from app.ui.settings.units import UnitsSection
from app.ui.settings.writing import WritingSection
from app.ui.theme import ROW_HEIGHT
from app.ui.widgets.fields import choice, chosen, fill_choice
from app.ui.widgets.pages import Page, side_by_side
from app.ui.workplace import Workplace

_NARROW = 860
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    title: str
    make: Callable[[Workplace], Section]
    rights: frozenset[Right]
    """One of them is enough to see the section; none means everybody."""


class SettingsPage(Page):
    """Units, forums, accounts, security, look, files in and out."""

    name = "settings"
    refreshed_by = frozenset({"units", "accounts", "members", "emergency", "log", "backups", "disposal", "templates"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Inställningar"))
        self._entries = {
            one.key: one
            for one in self._offered()
            if not one.rights or any(place.desk.may(right) for right in one.rights)
        }
        self.sections: dict[str, Section] = {}
        self._stale: set[str] = set()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Inställningar"))
        self.list.setFixedWidth(184)
        self.narrow_choice = choice([(one.key, one.title) for one in self._entries.values()], name=self.tr("Avsnitt"))
        for one in self._entries.values():
            item = QListWidgetItem(one.title)
            item.setData(_KEY, one.key)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self.list.addItem(item)
        self._stack = QStackedWidget()
        self.body.addWidget(self.narrow_choice)
        # A splitter keeps the sections' wrapped texts from asking the window for all the height they would like.
        self.body.addWidget(side_by_side(self.list, self._stack, sizes=(184, 900), stretch=1), 1)
        self.list.currentRowChanged.connect(lambda number: self._go(str(self.list.item(number).data(_KEY))))
        self.narrow_choice.currentIndexChanged.connect(lambda _: self._go(chosen(self.narrow_choice)))
        self._current = ""
        self.setFocusProxy(self.list)
        self._fit()
        self.list.setCurrentRow(0)

    def _offered(self) -> tuple[_Entry, ...]:
        everybody: frozenset[Right] = frozenset()
        return (
            _Entry("units", self.tr("Enheter"), UnitsSection, frozenset({Right.READ_REGISTERS})),
            _Entry("forums", self.tr("Mötesforum"), ForumsSection, frozenset({Right.READ_REGISTERS})),
            _Entry("templates", self.tr("Mötesmallar"), TemplatesSection, frozenset({Right.WRITE_MEETINGS})),
            _Entry(
                "instruments", self.tr("Bedömningsinstrument"), InstrumentsSection, frozenset({Right.READ_REGISTERS})
            ),
            _Entry("accounts", self.tr("Konton"), AccountsSection, frozenset({Right.MANAGE_ACCOUNTS})),
            _Entry("security", self.tr("Säkerhet"), SecuritySection, everybody),
            _Entry("emergencies", self.tr("Nödöppningar"), EmergenciesSection, frozenset({Right.SEE_EMERGENCIES})),
            _Entry("writing", self.tr("Skrivande"), WritingSection, everybody),
            _Entry("look", self.tr("Utseende"), LookSection, everybody),
            _Entry("import", self.tr("Läs in från fil"), ImportSection, frozenset({Right.EXCHANGE})),
            _Entry("backups", self.tr("Säkerhetskopior"), BackupsSection, frozenset({Right.RESTORE})),
            _Entry("data", self.tr("Export och kontroll"), DataSection, frozenset({Right.EXCHANGE, Right.RESTORE})),
            _Entry("log", self.tr("Logg"), LogSection, frozenset({Right.SEE_OWN_LOG})),
            _Entry("disposal", self.tr("Gallring"), DisposalSection, frozenset({Right.DISPOSE})),
            _Entry("about", self.tr("Om Teamforum"), AboutSection, everybody),
        )

    @property
    def section(self) -> Section:
        """The section that is shown."""
        return self.sections[self._current]

    def show_key(self, key: str) -> None:
        """Go to a section; after a colon may follow what lies there, such as a unit's key."""
        name, _, inner = key.partition(":")
        if name not in self._entries:
            return
        self._go(name)
        found = self.section
        if inner and isinstance(found, UnitsSection | ForumsSection | InstrumentsSection):
            found.show_unit(inner)
        elif inner and isinstance(found, LogSection):
            what, _, which = inner.partition(":")
            if what == "emergency":
                found.show_emergency(which)
            else:
                found.show_reviews()

    def _go(self, name: str) -> None:
        if name == self._current or name not in self._entries:
            return
        if self._current:
            self.place.part_left.emit()
            self.section.settle()
        fresh = name not in self.sections
        if fresh:
            self.sections[name] = self._entries[name].make(self.place)
            self.sections[name].show_head(self.width() >= _NARROW)
            self._stack.addWidget(self.sections[name])
        self._current = name
        self._stack.setCurrentWidget(self.section)
        self._mark(name)
        if fresh or name in self._stale:
            self._stale.discard(name)
            self.section.refresh()

    def _mark(self, name: str) -> None:
        keys = list(self._entries)
        self.list.blockSignals(True)
        self.list.setCurrentRow(keys.index(name))
        self.list.blockSignals(False)
        fill_choice(self.narrow_choice, [(one.key, one.title) for one in self._entries.values()], chosen=name)

    def refresh(self) -> None:
        """Read the section anew, the others when they are visited."""
        self._stale = set(self.sections) - {self._current}
        self.section.refresh()

    def settle(self) -> None:
        """Keep what is being typed in the section."""
        self.section.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < _NARROW
        self.list.setVisible(not narrow)
        self.narrow_choice.setVisible(narrow)
        for one in self.sections.values():
            one.show_head(not narrow)
