"""What has happened in a case, latest first: when, what, with whom, by whom and how; it is read, never changed."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.coordination.events import CaseEvent
from app.domain.coordination.fields import fields_of
from app.domain.coordination.views import CaseView
from app.domain.people import person_name
from app.domain.swedish import clock, short_date
from app.ui.theme import GRID
from app.ui.widgets.controls import box, column, empty, label


class Timeline(QWidget):
    """One block for each event."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("body")
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        self._list.setContentsMargins(2, 2, GRID, 2)
        self.setLayout(self._list)

    def show_case(self, view: CaseView) -> None:
        """Show the case's events."""
        empty(self._list)
        for event in reversed(view.case.events):
            self._list.addWidget(self._block(event, view))
        self._list.addStretch(1)

    def _block(self, event: CaseEvent, view: CaseView) -> QWidget:
        head = f"{short_date(event.at.date())} {clock(event.at.time())}  {event.kind.label}"
        parts = []
        if event.party and (party := view.case.party(event.party)) is not None:
            parts.append(party.name)
        if event.person:
            parts.append(person_name(event.person, view.names))
        if event.channel:
            parts.append(event.channel.label)
        if event.recorded_at is not None:
            entered = f"{short_date(event.recorded_at.date())} {clock(event.recorded_at.time())}"
            parts.append(self.tr("infört i efterhand {0}").format(entered))
        made: list[QWidget] = [label(head, role="label", wrap=True)]
        if parts:
            made.append(label(", ".join(parts), role="muted", wrap=True))
        if event.fields:
            names = {one.key: one.label for one in fields_of(view.case.kind)}
            made.append(label(", ".join(names.get(key, key) for key in event.fields), wrap=True))
        if event.text:
            made.append(label(event.text, wrap=True))
        return box(column(*made, space=0))
