"""Both texts side by side when two people changed the same point: nothing is overwritten unseen."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QPlainTextEdit, QRadioButton, QWidget

from app.domain.meetings import Item, Meeting
from app.domain.merging import Clash, Merged, together, with_mine
from app.ui.widgets.controls import box, column, label, row, scrolled
from app.ui.widgets.messages import Question


class ClashDialog(Question):
    """Each clashing point with my text and theirs; one of them is chosen."""

    def __init__(self, parent: QWidget, found: Merged) -> None:
        self._found = found
        self._mine: list[tuple[Clash, QRadioButton, QRadioButton]] = []
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
        both = QRadioButton("Båda texterna, den andras först")
        mine, theirs = QRadioButton("Bara min text"), QRadioButton("Bara den andras text")
        group = QButtonGroup(both)  # side by side they have no parent in common
        for choice in (both, mine, theirs):
            choice.setAccessibleName(f"{choice.text()}, {heading}")
            group.addButton(choice)
        joined = clash.mine is not None and clash.theirs is not None
        both.setVisible(joined)
        (both if joined else mine).setChecked(True)
        self._mine.append((clash, mine, both))
        sides = row(
            box(column(mine, _text(clash.mine, "Min text"))),
            box(column(theirs, _text(clash.theirs, "Den andras text"))),
        )
        return box(column(label(heading, role="heading", wrap=True), both, sides))

    @property
    def chosen(self) -> Meeting:
        """The meeting with what was chosen."""
        meeting = self._found.meeting
        for clash, mine, both in self._mine:
            if both.isChecked() and clash.mine is not None and clash.theirs is not None:
                meeting = with_mine(meeting, replace(clash, mine=together(clash.mine, clash.theirs)))
            elif mine.isChecked():
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
