"""The round of professions: each says need, problem and wish of its field, one open at a time (routine 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.meetings import Presentation
from app.domain.people import person_name
from app.domain.review import has_presented
from app.ui.icons import icon
from app.ui.meetings.around import Around
from app.ui.meetings.review.answers import AnswerField
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import PersonField


class ProfessionPart(QWidget):
    """One profession: its name and who presents, and the three fields when it is open."""

    changed = Signal()
    asked = Signal()
    """Its line was pressed."""
    done = Signal()
    """Enter in the last field."""

    def __init__(self, around: Around, one: Presentation, *, may_write: bool) -> None:
        super().__init__()
        self._around, self._one = around, one
        self.line = button(one.profession, self.asked.emit, kind="rail")
        self.line.setCheckable(True)
        self.need = self._field(one.need, self.tr("Behov"), may_write)
        self.problem = self._field(one.problem, self.tr("Problem"), may_write)
        self.wish = self._field(one.wish, self.tr("Önskemål"), may_write)
        self.by = PersonField(around.names, one.by, name=self.tr("Presenterat av"), first=around.own_team)
        self.by.setEnabled(may_write)
        self.by.picked.connect(self.changed)
        self.need.entered.connect(self.problem.setFocus)
        self.problem.entered.connect(self.wish.setFocus)
        self.wish.entered.connect(self.done)
        by = row(label(self.tr("Presenterat av"), role="muted"), self.by, space=4)
        by.setStretch(1, 1)
        inside = column(self.need, self.problem, self.wish, by, space=4)
        inside.setContentsMargins(3 * GRID, 0, 0, GRID)
        self.fields = box(inside)
        self.fields.hide()
        self.setLayout(column(self.line, self.fields, space=2))
        self._tell()

    def _field(self, text: str | None, name: str, may_write: bool) -> AnswerField:
        made = AnswerField(text or "", name=f"{self._one.profession}, {name.lower()}", placeholder=name, most=5)
        made.setReadOnly(not may_write)
        made.edited.connect(lambda _: self._edited())
        return made

    def _edited(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Say on the line whether the profession has had its say, and by whom."""
        one = self.gather()
        said = has_presented(one)
        self.line.setIcon(icon("check" if said else "minus"))
        name = person_name(one.by, self._around.names)
        text = ", ".join(part for part in (one.profession, name) if part)
        self.line.setText(f" {text}".replace("&", "&&"))
        state = self.tr("har sagt sitt") if said else self.tr("väntar")
        self.line.setAccessibleName(f"{text}, {state}")

    def gather(self) -> Presentation:
        """What the profession presents as it stands; whoever does is named once it says anything."""
        return replace(
            self._one, by=self.by.person, need=self.need.written, problem=self.problem.written, wish=self.wish.written
        )

    def set_open(self, shown: bool) -> None:
        """Show its fields, or its line alone."""
        self.line.setChecked(shown)
        self.fields.setVisible(shown)


class RoundPart(QWidget):
    """The professions in the order in which they are asked."""

    changed = Signal()
    done = Signal()
    """Enter after the last."""

    def __init__(self, around: Around, found: Sequence[Presentation], *, may_write: bool) -> None:
        super().__init__()
        self._around = around
        self.parts = [ProfessionPart(around, one, may_write=may_write) for one in found]
        for number, part in enumerate(self.parts):
            part.changed.connect(self.changed)
            part.asked.connect(partial(self._press, number))
            part.done.connect(partial(self._after, number))
        nobody = label(self.tr("Inget yrke är kallat. Kalla dem under Om mötet."), role="muted", wrap=True)
        whole = column(nobody, *self.parts, space=0)
        whole.setContentsMargins(GRID, 0, GRID, GRID)
        self.setLayout(whole)
        nobody.setVisible(not self.parts)
        self._open_at(self._first())

    @property
    def lines(self) -> list[QPushButton]:
        """The professions' lines."""
        return [part.line for part in self.parts]

    def _first(self) -> int:
        return next((n for n, part in enumerate(self.parts) if not has_presented(part.gather())), -1)

    def _open_at(self, number: int) -> None:
        for n, part in enumerate(self.parts):
            part.set_open(n == number)

    def _press(self, number: int) -> None:
        open_ = not self.parts[number].fields.isVisibleTo(self.parts[number])
        self._open_at(number if open_ else -1)
        if open_:
            self.parts[number].need.setFocus()

    def _after(self, number: int) -> None:
        if number + 1 < len(self.parts):
            self.stand_on(number + 1)
        else:
            self._open_at(-1)
            self.done.emit()

    def stand_on(self, number: int) -> None:
        """Open a profession and stand in its first field."""
        self._open_at(number)
        self.parts[number].need.setFocus()

    def follow(self, person: str) -> None:
        """Somebody has the word: open her profession, without taking the keyboard from anybody."""
        profession = self._around.professions.get(person, "")
        number = next((n for n, part in enumerate(self.parts) if part.gather().profession == profession), None)
        if number is not None:
            self._open_at(number)

    @property
    def holds_keyboard(self) -> bool:
        """Whether somebody is writing in it."""
        return any(one.hasFocus() for part in self.parts for one in (part.need, part.problem, part.wish))

    def focus_first(self) -> None:
        """Stand where one begins."""
        if self.parts:
            self.stand_on(max(self._first(), 0))

    def gather(self) -> tuple[Presentation, ...]:
        """What is presented, of those who say anything."""
        return tuple(one for part in self.parts if has_presented(one := part.gather()))
