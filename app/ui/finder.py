"""Ctrl+K: find anything – pages, commands, meetings, checklists, people and customers – by a few letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from app.domain.roles import Right
from app.domain.swedish import short_date
from app.services.checklists import list_runs
from app.services.customers import find_customers
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.services.search import search as search_texts
from app.services.team import list_members
from app.ui.icons import icon
from app.ui.places import is_page, places_for
from app.ui.search.hit_list import ICONS, place_of
from app.ui.theme import GRID
from app.ui.widgets.controls import as_plain, column
from app.ui.widgets.fields import line
from app.ui.workplace import Workplace

_MOST = 12
_BESIDE_TEXT = 56
"""Pixels of a line that its icon and edges take."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing to go to."""

    text: str
    icon: str
    page: str
    key: str = ""
    customers: frozenset[str] = frozenset()
    """Whom it shows."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do, wherever one is; only what the person may do is offered."""

    text: str
    icon: str
    run: Callable[[], object]


class Finder(QDialog):
    """A line and what it finds; arrows choose, Enter goes."""

    def __init__(self, parent: QWidget, place: Workplace, commands: Sequence[Command] = ()) -> None:
        super().__init__(parent)
        self._commands = commands
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Sök"))
        self.setAccessibleName(self.windowTitle())
        self._place = place
        self._seen: set[str] = set()
        self.line = line(placeholder=self.tr("Sök sida, kommando, möte, checklista, medarbetare eller kund"))
        self.hits = QListWidget()
        self.hits.setAccessibleName(self.tr("Träffar"))
        self.line.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self._search)
        self.line.textChanged.connect(lambda _: self._timer.start())
        self.hits.itemActivated.connect(lambda _: self._go())
        self.hits.itemClicked.connect(lambda _: self._go())
        place.closing.connect(self.close)
        place.emergency_over.connect(self.close)
        inside = column(self.line, self.hits)
        inside.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.setLayout(inside)
        self.resize(560, 420)
        self._show(self._known(""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, self.hits.currentRow() + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go()
                return True
        return super().eventFilter(watched, event)

    def _search(self) -> None:
        words = self.line.text().strip()
        found = self._known(words)
        if len(words) > 1:
            search = _searcher(words, already=frozenset(self._seen))
            self._place.ask(self, search, lambda hits: self._found([*found, *hits]))
        else:
            self._show(found)

    def _found(self, hits: Sequence[Hit | Command]) -> None:
        for hit in hits:
            if isinstance(hit, Hit):
                self._seen |= hit.customers
        self._show(hits)

    def _known(self, words: str) -> list[Hit | Command]:
        """The pages and commands that the words fit."""
        places = places_for(self._place.desk.may).values()
        titles = [Hit(QCoreApplication.translate("Rail", one.title), one.icon, one.name) for one in places]
        offered: list[Hit | Command] = [*titles, *self._commands]
        return [one for one in offered if words.casefold() in one.text.casefold()]

    def _show(self, hits: Sequence[Hit | Command]) -> None:
        self.hits.clear()
        room = self.hits.viewport().width() - _BESIDE_TEXT
        for hit in hits:
            said = self.hits.fontMetrics().elidedText(hit.text, Qt.TextElideMode.ElideRight, room)
            item = QListWidgetItem(icon(hit.icon), said)
            item.setToolTip(as_plain(hit.text) if said != hit.text else "")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, hit.text)
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.hits.addItem(item)
        if not hits:
            item = QListWidgetItem(self.tr("Inget hittades. Pröva med färre bokstäver."))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.hits.addItem(item)
        self.hits.setCurrentRow(0)

    def _go(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._search()
        if self.hits.currentRow() < 0:
            return
        target = self.hits.currentItem().data(Qt.ItemDataRole.UserRole)
        if target is None:
            return
        self.close()
        if isinstance(target, Command):
            target.run()
        else:
            self._place.visit.emit(target.page, target.key)


def _written(desk: Desk, words: str, already: frozenset[str]) -> list[Hit]:
    """Where the words stand in what was written, the newest, and the way to all of it."""
    hits = search_texts(desk, words=words, limit=_MOST // 2, already=already).hits
    shown = [
        Hit(
            f"{hit.title}, {short_date(hit.date)} {hit.date.year}: {hit.snippet.text}", ICONS[hit.kind],
            *place_of(hit), hit.customers,
        )
        for hit in hits
        if is_page(place_of(hit)[0])
    ]  # fmt: skip
    more = QCoreApplication.translate("Finder", "Sök efter ”{0}” i allt som är skrivet").format(words)
    return [*shown, Hit(more, "search", "search", words)] if shown else []


def _searcher(words: str, *, already: frozenset[str]) -> Callable[[Desk], list[Hit]]:
    folded = words.casefold()

    def search(desk: Desk) -> list[Hit]:
        today = desk.today
        coming = list_meetings(desk, text=words, from_=today, limit=_MOST // 2)
        past = list_meetings(desk, text=words, to=today - dt.timedelta(days=1), newest_first=True, limit=_MOST // 2)
        meetings = (*coming, *past)
        found = [
            Hit(
                f"{row.heading}, {row.unit_name}, {short_date(row.date)} {row.date.year}",
                "clipboard-list",
                "meeting",
                row.key,
            )
            for row in meetings
        ]
        if desk.may(Right.READ_REGISTERS):
            found += [
                Hit(f"{one.value.name}, {one.value.profession.lower()}", "user", "team", one.value.key)
                for one in list_members(desk)
                if folded in one.value.name.casefold()
            ][:_MOST]
        if desk.may(Right.READ_CHECKLISTS):
            lists = list_runs(desk, text=words)[: _MOST // 2]
            found += [Hit(f"{one.title}, {one.unit_name}", "clipboard-check", "checklists", one.key) for one in lists]
        shown = already
        if desk.may(Right.READ_CUSTOMERS):
            hits = find_customers(desk, text=words, most=_MOST, already=already)
            found += [Hit(label, "bed", "customers", key, frozenset({key})) for key, label in hits.items()]
            shown |= hits.keys()
        return found + _written(desk, words, shown)

    return search
