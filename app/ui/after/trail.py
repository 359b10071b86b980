"""Väg: the stations of a matter beside its point, each one press away, with what came of it there."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.swedish import brief_date
from app.domain.trail import Station, Trail
from app.services.lifting import return_item
from app.services.trails import trail_of
from app.ui.meetings.editor import MeetingEditor
from app.ui.theme import GRID
from app.ui.widgets.controls import box, button, card, column, empty, label, row

_MOST_LINES = 4


class TrailStrip(QWidget):
    """One line that says how long the way is; pressed it shows the stations, which it does at once after a meeting."""

    def __init__(self, editor: MeetingEditor) -> None:
        super().__init__()
        self.editor = editor
        self._item = ""
        self._trail: Trail | None = None
        self.toggle = button("", self._toggle, kind="quiet", icon_name="history")
        self._list = QVBoxLayout()
        self._list.setContentsMargins(GRID, 0, 0, 0)
        self._list.setSpacing(4)
        self._stations = box(self._list)
        self.setLayout(column(row(self.toggle, None), self._stations, space=0))
        room = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        room.setHeightForWidth(True)
        self.setSizePolicy(room)
        self.hide()

    def show_item(self, key: str) -> None:
        """Read the way of a point; nothing is shown where it has been nowhere else."""
        meeting = self.editor.meeting
        item = meeting.item(key) if meeting is not None else None
        if key != self._item:
            self.hide()
        self._item = key
        if item is None:
            self.hide()
            return
        self.editor.place.ask(
            self, lambda desk: trail_of(desk, item=key),
            lambda found: self._show(found) if key == self._item else None,
            otherwise=lambda _: True,  # a point so new that it is not kept has been nowhere
        )  # fmt: skip

    def _show(self, found: Trail) -> None:
        fresh = found != self._trail
        self._trail = found
        self.setVisible(found.has_way)
        if not found.has_way or not fresh:
            return
        waiting = sum(1 for one in found.stations if one.open)
        said = self.tr("Väg: {0} möten").format(len(found.stations))
        self.toggle.setText(said + (self.tr(", {0} väntar på något").format(waiting) if waiting else ""))
        self.toggle.setAccessibleName(self.toggle.text())
        empty(self._list)
        for one in found.stations:
            self._list.addWidget(self._station(one))
        meeting = self.editor.meeting
        live = meeting is not None and meeting.status is MeetingStatus.OPEN
        self._stations.setVisible(not live)

    def _station(self, one: Station) -> QWidget:
        day = brief_date(one.date, today=self.editor.place.desk.today)
        name = f"{day}  {one.meeting_heading}"
        if one.here:
            head: QWidget = label(self.tr("{0} (här)").format(name), role="label", wrap=True)
        elif one.hidden or not one.meeting:
            head = label(self.tr("{0}: {1}").format(name, one.heading), role="muted", wrap=True)
        else:
            head = button(name, partial(self._open, one), kind="quiet", icon_name="arrow-right")
            head.setAccessibleName(self.tr("Gå till {0}").format(name))
        # What came of the point one stands on is seen beside it.
        lines = [line for line in (one.how, *(() if one.here else one.came)) if line][:_MOST_LINES]
        told = label("\n".join(lines), role="muted", wrap=True)
        parts: list[QWidget] = [head, told] if lines else [head]
        if self._may_return(one):
            back = button(self.tr("Ta upp svaret på nästa möte"), partial(self.take_back, one), kind="quiet")
            parts.append(back)
        return card(*parts, margin=4) if one.here else box(column(*parts, space=0))

    def _may_return(self, one: Station) -> bool:
        """Whether another forum has dealt with what this meeting lifted, and nobody has taken the answer up again."""
        found, meeting = self._trail, self.editor.meeting
        if found is None or meeting is None or one.kind.value != "lifted" or one.hidden or one.here:
            return False
        here = next((number for number, station in enumerate(found.stations) if station.here), 0)
        place = found.stations.index(one)
        held = one.status in (MeetingStatus.DRAFT, MeetingStatus.APPROVED)
        source = meeting.item(self._item)
        lifted_hence = source is not None and bool(source.lifted_to) and place > here
        may = self.editor.may(Right.WRITE_MEETINGS) or self.editor.may(Right.WRITE_MINUTES)
        return held and lifted_hence and place == len(found.stations) - 1 and may

    def take_back(self, one: Station) -> None:
        """Take up what the other forum came to on this forum's next meeting."""
        place, item = self.editor.place, one.item
        place.act(
            self, lambda desk: return_item(desk, item=item), lambda _: self.show_item(self._item), changed="meetings",
            said=self.tr("Svaret står på nästa mötes dagordning."),
        )  # fmt: skip

    def _open(self, one: Station) -> None:
        self.editor.place.visit.emit("meeting", f"{one.meeting}#{one.item}")

    def _toggle(self) -> None:
        self._stations.setVisible(self._stations.isHidden())
