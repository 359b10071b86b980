"""On Idag: whom the person herself is to ask before a meeting, and to tell after it (routine 2)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.participation import ParticipationWait, Wait
from app.domain.roles import Right
from app.domain.swedish import near_day, when
from app.services.meetings import get_meeting
from app.services.participation_waits import participation_waits
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, empty, label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace

_MOST = 6


class ParticipationRows(QWidget):
    """Two short lists; neither is there where nobody waits."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self._rows = column(space=4)
        self.setLayout(self._rows)
        self._all = False
        if place.desk.may(Right.READ_CUSTOMERS) and place.desk.actor.member is not None:
            place.ask(self, participation_waits, self.show_waits, long=True)

    def show_waits(self, found: Sequence[ParticipationWait]) -> None:
        """Show whom to ask and whom to tell."""
        empty(self._rows)
        for wait, title in ((Wait.ASK, self.tr("Fråga inför mötet")), (Wait.REPORT, self.tr("Återrapportera"))):
            mine = [one for one in found if one.wait is wait]
            if not mine:
                continue
            self._rows.addSpacing(GRID)
            self._rows.addWidget(label(title, role="heading"))
            shown = mine if self._all else mine[:_MOST]
            for one in shown:
                self._rows.addWidget(self._row(one))
            if len(shown) < len(mine):
                more = button(self.tr("Visa alla"), partial(self._show_all, found), kind="quiet")
                more.setAccessibleName(f"{more.text()}: {title}")
                self._rows.addWidget(more)

    def _show_all(self, found: Sequence[ParticipationWait]) -> None:
        self._all = True
        self.show_waits(found)

    def _row(self, one: ParticipationWait) -> OpenRow:
        today = self.place.desk.today
        asks = one.wait is Wait.ASK
        day = when(one.date, one.start, today=today) if asks else near_day(one.date, today=today)
        return OpenRow(
            self.place.theme, left="", upper=one.label, lower=f"{one.heading}, {day}",
            right=self.tr("Fråga") if asks else self.tr("Berätta"), state="due" if asks else "info",
            on_open=partial(self.ask, one),
        )  # fmt: skip

    def ask(self, one: ParticipationWait) -> None:
        """Open the question about one of them, with what stands in the point now."""
        from app.ui.meetings.participation_question import question  # noqa: PLC0415 - loaded when first used

        self.place.ask(
            self, lambda desk: get_meeting(desk, key=one.meeting),
            lambda stored: question(self.window(), self.place, one, stored).open(),
        )  # fmt: skip
