"""The customer's own part, both halves: asked beforehand or present, and told afterwards (routine 2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.meetings import Participation
from app.domain.people import Person
from app.services.meetings import myself
from app.ui.meetings.around import Around
from app.ui.meetings.editor import MeetingEditor
from app.ui.meetings.review.answers import AnswerField
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, column, label, row
from app.ui.widgets.fields import DateField, PersonField


@dataclass(frozen=True, slots=True, kw_only=True)
class May:
    """What the person may here: write with the minutes, by a press of its own, or as an addition once approved."""

    write: bool
    by_itself: bool = False
    add: bool = False


def _tr(text: str) -> str:
    return QCoreApplication.translate("CustomerPart", text)


def _named(title: str, person: PersonField, day: DateField) -> QWidget:
    both = row(person, day, space=4)
    both.setStretch(0, 1)
    return box(column(label(title, role="muted"), both, space=0))


class _Half(QWidget):
    """Fields that tell when they change, and a button where they are kept by themselves."""

    changed = Signal()
    entered = Signal()
    kept = Signal()

    def _finish(self, may: May, *parts: QWidget) -> None:
        self.save = button(_tr("Spara"), self.kept.emit, kind="primary")
        whole = column(*parts, row(self.save, None), space=6)
        whole.setContentsMargins(GRID, 0, GRID, GRID)
        self.setLayout(whole)
        self.save.setVisible(may.by_itself)  # only now: without a parent it would be a window of its own
        if may.by_itself:
            self.entered.connect(self.kept)


class AskedPart(_Half):
    """What the customer wishes, who asked her and when, or that she is there herself."""

    def __init__(self, editor: MeetingEditor, around: Around, part: Participation, *, may: May) -> None:
        super().__init__()
        self._editor = editor
        self.contact: str | None = None
        """Her fast omsorgskontakt, who else asked where nobody is named."""
        today = editor.place.desk.clock.today
        able = may.write or may.by_itself
        self.wish = AnswerField(
            part.wish or "", name=_tr("Kundens önskemål"), placeholder=_tr("Vad vill kunden ta upp?"), most=6
        )
        self.wish.setReadOnly(not able)
        self.asker = PersonField(around.names, part.asked_by, name=_tr("Tillfrågad av"), first=around.own_team)
        self.asked = DateField(today, part.asked_on, name=_tr("Tillfrågad den"))
        self.asked.setPlaceholderText(_tr("t.ex. i dag"))
        self.present = QCheckBox(_tr("Kunden är med på mötet"))
        self.present.setAccessibleName(self.present.text())
        self.present.setChecked(part.present)
        for one in (self.asker, self.asked, self.present):
            one.setEnabled(able)
        self.wish.edited.connect(self._typed)
        self.wish.entered.connect(self.entered)
        self.asker.picked.connect(self.changed)
        self.asked.picked.connect(self.changed)
        self.present.toggled.connect(lambda _: self.changed.emit())
        self._finish(may, self.wish, _named(_tr("Tillfrågad av, den"), self.asker, self.asked), self.present)

    def _typed(self, text: str) -> None:
        """A wish was asked for by somebody: her contact or whoever writes, today, until somebody says otherwise."""
        if text.strip() and self.asker.person is None and self.asked.day is None:
            mine: Person = myself(self._editor.place.desk)
            self.asker.set_person(self.contact or mine)
            self.asked.set_day(self._editor.place.desk.today)
        self.changed.emit()

    def gather(self, part: Participation) -> Participation:
        """The part with this half as it stands."""
        return replace(
            part, wish=self.wish.written, asked_by=self.asker.person, present=self.present.isChecked(),
            asked_on=self.asked.day if self.asked.readable else part.asked_on,
        )  # fmt: skip

    def focus_first(self) -> None:
        """Stand where one begins."""
        self.wish.setFocus()


class ToldPart(_Half):
    """Who told the customer afterwards, and when; as an addition once the minutes are approved."""

    def __init__(
        self, editor: MeetingEditor, around: Around, part: Participation, *, may: May,
        add: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._editor = editor
        today = editor.place.desk.clock.today
        able = may.write or may.by_itself
        self.teller = PersonField(around.names, part.reported_by, name=_tr("Återrapporterat av"), first=around.own_team)
        self.told = DateField(today, part.reported_on, name=_tr("Återrapporterat den"))
        self.told.setPlaceholderText(_tr("t.ex. i dag"))
        for one in (self.teller, self.told):
            one.setEnabled(able)
            one.picked.connect(self.changed)
        self.now = button(_tr("Jag har berättat i dag"), self._now, icon_name="check")
        self.said = AnswerField(
            name=_tr("Vad kunden fick veta"), placeholder=_tr("Vad kunden fick veta, om du vill"), most=4
        )
        self.add = button(_tr("Återrapporterat, skriv tillägg"), lambda: add(self.said.toPlainText()), kind="primary")
        adding = box(column(self.said, row(self.add, None), space=4))
        named = _named(_tr("Återrapporterat av, den"), self.teller, self.told)
        self._finish(may, box(row(self.now, None)), named, adding)
        self.save.hide()
        self.now.setVisible(able and part.reported_on is None)
        adding.setVisible(may.add)
        named.setVisible(not may.add or part.reported_on is not None)
        if may.by_itself:
            self.changed.connect(self.kept)

    def _now(self) -> None:
        self.teller.set_person(myself(self._editor.place.desk))
        self.told.set_day(self._editor.place.desk.today)
        self.now.hide()
        self.changed.emit()

    def gather(self, part: Participation) -> Participation:
        """The part with this half as it stands."""
        return replace(
            part, reported_by=self.teller.person,
            reported_on=self.told.day if self.told.readable else part.reported_on,
        )  # fmt: skip

    def focus_first(self) -> None:
        """Stand where one begins."""
        for one in (self.now, self.said, self.teller):
            if one.isVisibleTo(self):
                one.setFocus()
                return
