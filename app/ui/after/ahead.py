"""What of the meeting goes where, shown before it goes: each point may be left out, and lifted ones say where to."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.swedish import long_date, short_date
from app.services.desk import Desk
from app.services.looking_ahead import Ahead, LiftAhead, PointAhead, leave_out, look_ahead
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, column, empty, label

_LINES = 3


class AheadPart(QWidget):
    """A box to tick for each point that goes on; lifted points below."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self.where = label(wrap=True)
        self.boxes: dict[str, QCheckBox] = {}
        self._points, self._lifts = QVBoxLayout(), QVBoxLayout()
        for part in (self._points, self._lifts):
            part.setContentsMargins(0, 0, 0, 0)
            part.setSpacing(4)
        self._lifted = label(self.tr("Lyfts"), role="label")
        editor.place.changed.connect(self._after_change)
        self.setLayout(column(self.where, box(self._points), self._lifted, box(self._lifts), space=GRID))

    def show_meeting(self) -> None:
        """Read what goes on from the meeting as it is kept."""
        meeting = self.editor.meeting
        begun = meeting is not None and meeting.status is not MeetingStatus.PLANNED
        may = self.editor.may(Right.WRITE_MEETINGS) or self.editor.may(Right.WRITE_MINUTES)
        self.setVisible(begun and may)
        if meeting is None or not begun or not may:
            return
        key = meeting.key

        def shown(found: Ahead) -> None:
            if self.editor.meeting is not None and self.editor.meeting.key == key:
                self._show(found)

        self.editor.place.ask(self, lambda desk: look_ahead(desk, key=key), shown)

    def _after_change(self, kind: str) -> None:
        if kind == "minutes" and self.isVisible():
            self.show_meeting()

    def _show(self, found: Ahead) -> None:
        empty(self._points)
        empty(self._lifts)
        self.boxes = {}
        self.where.setText(self._sentence(found))
        for one in found.points:
            self._points.addWidget(self._point(one))
        for lift in found.lifts:
            self._lifts.addWidget(label(self._lift(lift), wrap=True))
        self._lifted.setVisible(bool(found.lifts))

    def _sentence(self, found: Ahead) -> str:
        if not found.points:
            return self.tr("Ingen punkt behöver följa med till nästa möte.")
        if found.next_date is None:
            return self.tr("Nästa möte är inte bokat. Det här väntar och kommer med när det bokas:")
        day = long_date(found.next_date)
        if found.next_begun:
            return self.tr("Nästa möte ({0}) har redan börjat. Det här går inte att föra dit:").format(day)
        return self.tr("Det här följer med till nästa möte, {0}:").format(day)

    def _point(self, one: PointAhead) -> QWidget:
        made = QCheckBox(one.heading.replace("&", "&&"))
        made.setAccessibleName(one.heading)
        made.setChecked(not one.left_out)
        made.toggled.connect(partial(self._leave, one))
        self.boxes[one.item] = made
        why = self.tr("Togs inte upp") if one.undealt else "\n".join(one.text.splitlines()[:_LINES])
        if one.there:
            why += self.tr(" (står redan på nästa möte)") if one.undealt else self.tr("\nStår redan på nästa möte")
        return box(column(made, label(why, role="muted", wrap=True), space=0))

    def _leave(self, one: PointAhead, goes: bool) -> None:
        place = self.editor.place

        def work(desk: Desk) -> None:
            leave_out(desk, item=one.item, left_out=not goes)

        phrase = self.tr("Ta med punkten") if goes else self.tr("Lämna punkten")
        back = place.way_back(
            phrase, lambda desk: leave_out(desk, item=one.item, left_out=goes), changed="minutes"
        )  # fmt: skip
        said = self.tr("Punkten följer med.") if goes else self.tr("Punkten stannar vid det här mötet.")
        place.act(self, work, changed="minutes", said=said, undo=back)

    def _lift(self, one: LiftAhead) -> str:
        if one.outward:
            return self.tr("{0}: fråga till {1}. Svaret bevakas under Åtgärder.").format(one.heading, one.to)
        if one.date is None:
            return self.tr("{0}: till {1}, väntar på att det bokas.").format(one.heading, one.to.lower())
        return self.tr("{0}: till {1} {2}.").format(one.heading, one.to.lower(), short_date(one.date))
