"""What is coming for a customer: open actions and meetings, each opened by a press."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.swedish import near_day, when
from app.services.customer_view import CustomerView
from app.ui.widgets.controls import column, empty, label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace


class Coming(QWidget):
    """Two short lists; an empty one says so."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.setLayout(column(self._rows))

    def show_view(self, view: CustomerView) -> None:
        """Show the customer's open actions and coming meetings."""
        today = self._place.desk.today
        empty(self._rows)
        self._rows.addWidget(label(self.tr("Öppna åtgärder"), role="heading"))
        if not view.actions:
            self._rows.addWidget(label(self.tr("Inga öppna åtgärder."), role="muted"))
        for action in view.actions:
            late = action.due is not None and action.due < today
            due = near_day(action.due, today=today) if action.due else ""
            words = self.tr("försenad, {0}").format(due) if late else due
            self._add(
                OpenRow(
                    self._place.theme, left="", upper=action.text,
                    lower=action.responsible or self.tr("Ingen ansvarig"),
                    right=words, state="overdue" if late else "muted",
                    on_open=partial(self._open, f"{action.meeting}#{action.item}"),
                )
            )  # fmt: skip
        self._rows.addWidget(label(self.tr("Kommande möten"), role="heading"))
        if not view.meetings:
            self._rows.addWidget(label(self.tr("Inga kommande möten."), role="muted"))
        for meeting in view.meetings:
            self._add(
                OpenRow(
                    self._place.theme, left="", upper=meeting.heading,
                    lower=when(meeting.date, meeting.start, today=today), on_open=partial(self._open, meeting.key),
                )
            )  # fmt: skip

    def _add(self, made: OpenRow) -> None:
        self._rows.addWidget(made)

    def _open(self, to: str) -> None:
        self._place.visit.emit("meeting", to)
