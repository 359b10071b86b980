"""Help: the user guide in a window of its own, opened at the chapter of the page one is on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QTextBrowser, QWidget

from app.paths import resource
from app.ui.theme import GRID
from app.ui.widgets.controls import column
from app.ui.widgets.pages import side_by_side
from app.ui.workplace import Workplace

_WORD_OF = {
    "today": "kom i gång", "calendar": "planera", "meetings": "dagordning", "meeting": "under mötet", "plan": "planera",
    "away": "frånvaro", "rooms": "frånvaro", "sick": "frånvaro",
    "customers": "kunder", "team": "team", "actions": "åtgärder", "handover": "sedan förra",
    "checklists": "checklistor", "search": "sök", "coordination": "samordning", "case": "samordning",
    "settings": "inställningar",
}  # fmt: skip


class Guide(QDialog):
    """Chapters left, the chapter's text right."""

    def __init__(self, parent: QWidget, place: Workplace, *, chapter: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Hjälp"))
        self.setAccessibleName(self.windowTitle())
        self.resize(900, 640)
        place.closing.connect(self.close)
        text = resource("help", "anvandarguide.md").read_text(encoding="utf-8")
        self._chapters = _chapters(text)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Kapitel"))
        self._list.addItems([title for title, _ in self._chapters])
        self._text = QTextBrowser()
        self._text.setAccessibleName(self.tr("Hjälptext"))
        self._text.setOpenLinks(False)
        self._text.document().setDocumentMargin(GRID)
        self._list.currentRowChanged.connect(self._show)
        inside = column(side_by_side(self._list, self._text, sizes=(240, 660), stretch=1))
        inside.setContentsMargins(16, 16, 16, 16)
        self.setLayout(inside)
        word = _WORD_OF.get(chapter, "")
        titles = [title.lower() for title, _ in self._chapters]
        self._list.setCurrentRow(next((n for n, title in enumerate(titles) if word and word in title), 0))

    def _show(self, number: int) -> None:
        self._text.setMarkdown(self._chapters[number][1])


def _chapters(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in ("\n" + text).split("\n## "):
        title, _, rest = part.partition("\n")
        if found or title.strip():
            found.append((title.strip().lstrip("# "), f"## {title.strip()}\n{rest}"))
        elif rest.strip():
            first, _, body = rest.strip().partition("\n")
            found.append((first.lstrip("# "), f"## {first.lstrip('# ')}\n{body}"))
    return found
