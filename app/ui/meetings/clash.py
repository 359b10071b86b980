"""Both texts side by side when two people changed the same point: nothing is overwritten unseen."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QRadioButton, QWidget

from app.domain.meetings import Item, Meeting
from app.domain.merging import Clash, Merged, with_mine
from app.ui.widgets.controls import box, column, label, row, scrolled
from app.ui.widgets.messages import Question


class ClashDialog(Question):
    """Each clashing point with my text and theirs; one of them is chosen."""

    def __init__(self, parent: QWidget, found: Merged) -> None:
        self._found = found
        self._mine: list[tuple[Clash, QRadioButton]] = []
        parts = [self._part(clash) for clash in found.clashes]
        inside = box(column(*parts, None))
        super().__init__(
            parent, "Någon annan har skrivit samtidigt",
            "Båda texterna finns kvar tills du har valt. Det ni skrev på olika ställen är redan sammanfört.",
            scrolled(inside, name="Texterna"), accept="Spara valda texter",
        )  # fmt: skip
        self.resize(860, 520)

    def _part(self, clash: Clash) -> QWidget:
        heading = (clash.mine or clash.theirs or Item(key="", heading="")).heading
        mine, theirs = QRadioButton("Min text"), QRadioButton("Den andras text")
        for choice in (mine, theirs):
            choice.setAccessibleName(f"{choice.text()}, {heading}")
        mine.setChecked(True)
        self._mine.append((clash, mine))
        sides = row(
            box(column(mine, _text(clash.mine, "Min text"))),
            box(column(theirs, _text(clash.theirs, "Den andras text"))),
        )
        return box(column(label(heading, role="heading", wrap=True), sides))

    @property
    def chosen(self) -> Meeting:
        """The meeting with what was chosen."""
        meeting = self._found.meeting
        for clash, mine in self._mine:
            if mine.isChecked():
                meeting = with_mine(meeting, clash)
        return meeting


def _text(item: Item | None, name: str) -> QPlainTextEdit:
    shown = QPlainTextEdit(_words(item))
    shown.setReadOnly(True)
    shown.setAccessibleName(name)
    shown.setMinimumHeight(140)
    return shown


def _words(item: Item | None) -> str:
    if item is None:
        return "(punkten är borttagen)"
    parts = [item.text or "", item.notes or ""]
    parts += [f"Beslut: {text}" for text in item.decisions]
    parts += [f"Åtgärd: {action.text}" for action in item.actions]
    parts += [f"Fråga: {one.question} {one.answer or ''}" for one in item.questions]
    return "\n".join(part for part in parts if part)
