"""The board: a column for each station of a case, with how many stand there; a press opens one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.coordination.lists import RequestRow
from app.domain.coordination.states import RequestStatus as S
from app.ui.theme import GRID
from app.ui.widgets.controls import box, column, empty, label, row, scrolled
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace

COLUMNS: tuple[tuple[str, tuple[S, ...]], ...] = (
    ("Utkast", (S.DRAFT,)), ("Skickad", (S.SENT,)), ("Väntar på svar", (S.ACKNOWLEDGED, S.COMPLETION_GIVEN)),
    ("Komplettering", (S.COMPLETION_ASKED,)), ("Samordning", (S.ACCEPTED, S.COORDINATING)),
    ("Avslutade", (S.CLOSED, S.DECLINED, S.MISDIRECTED, S.CANCELLED)),
)  # fmt: skip
_MOST_ENDED = 12
_COLUMN_WIDTH = 150
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Board(QWidget):
    """Left and Right go between the columns, Up and Down within one, Enter opens."""

    def __init__(self, place: Workplace, open_case: Callable[[str], object]) -> None:
        super().__init__()
        self._place, self._open = place, open_case
        self._lists: list[QVBoxLayout] = []
        self._heads = [label(title, role="heading") for title, _ in COLUMNS]
        parts = []
        for number, (title, _) in enumerate(COLUMNS):
            inside = QVBoxLayout()
            inside.setSpacing(4)
            inside.setContentsMargins(0, 0, 4, 0)
            self._lists.append(inside)
            made = column(self._heads[number], space=4)
            made.addWidget(scrolled(box(inside), name=title), 1)
            held = box(made)
            held.setMinimumWidth(_COLUMN_WIDTH)
            parts.append(held)
        lanes = box(row(*parts, space=GRID))
        outer = column(scrolled(lanes, name=self.tr("Tavla")))
        self.setLayout(outer)

    def show_rows(self, rows: Sequence[RequestRow]) -> None:
        """Show the cases, those that are late first in each column."""
        today = self._place.desk.today
        for number, (title, statuses) in enumerate(COLUMNS):
            there = [one for one in rows if one.status in statuses]
            self._heads[number].setText(f"{title}  {len(there)}")
            empty(self._lists[number])
            there.sort(key=lambda one: not one.is_late(today))
            for one in there[: _MOST_ENDED if statuses[0].ended else None]:
                self._lists[number].addWidget(self._row(one))
            self._lists[number].addStretch(1)

    def _row(self, one: RequestRow) -> OpenRow:
        late = one.is_late(self._place.desk.today)
        arrow = "→" if one.direction.value == "out" else "←"
        waiting = one.waiting_words if not one.status.ended else one.status.label
        mark = self.tr("Försenat: ") if late else ""
        made = OpenRow(
            self._place.theme, left="", upper=f"{arrow} {one.label}", lower=f"{mark}{waiting or one.counterparts}",
            right="!" if late else "", state="overdue" if late else "muted", on_open=partial(self._open, one.key),
        )  # fmt: skip
        made.setMinimumWidth(120)
        made.installEventFilter(self)
        whole = ", ".join((one.direction.label, one.label, one.kind.label, one.counterparts, f"{mark}{waiting}"))
        made.setAccessibleName(whole)
        made.setToolTip(f"{one.kind.label}\n{one.counterparts}\n{mark}{waiting}")
        return made

    def rows(self, column_number: int) -> list[OpenRow]:
        """The cases of one column, from above."""
        found = [self._lists[column_number].itemAt(n) for n in range(self._lists[column_number].count())]
        return [one for item in found if item and isinstance(one := item.widget(), OpenRow)]

    def first(self) -> OpenRow | None:
        """The first case there is."""
        return next((one for number in range(len(COLUMNS)) for one in self.rows(number)), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the arrows before the row does: the toolkit would only go to the next button."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            across, down = _STEPS.get(Qt.Key(event.key()), (0, 0))
            if (across or down) and self._go(watched, across, down):
                return True
        return super().eventFilter(watched, event)

    def _go(self, here: QObject, across: int, down: int) -> bool:
        lanes = [self.rows(number) for number in range(len(COLUMNS))]
        place = next(((x, y) for x, lane in enumerate(lanes) for y, one in enumerate(lane) if one is here), None)
        if place is None:
            return False
        x, y = place[0] + across, place[1] + down
        while across and 0 <= x < len(lanes) and not lanes[x]:
            x += across
        if 0 <= x < len(lanes) and lanes[x]:
            lanes[x][max(0, min(y, len(lanes[x]) - 1))].setFocus()
        return True
