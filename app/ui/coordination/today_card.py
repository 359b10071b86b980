"""On Idag: cases that wait for us or that we wait for, late ones first, and the person's own tasks in cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.coordination.lists import RequestRow
from app.domain.coordination.views import OwnTask
from app.domain.coordination.waiting import Awaited
from app.domain.roles import Right
from app.domain.swedish import near_day
from app.services.coordination_lists import list_requests
from app.services.coordination_tasks import own_tasks
from app.services.desk import Desk
from app.ui.theme import GRID
from app.ui.widgets.controls import button, column, label
from app.ui.widgets.rows import OpenRow
from app.ui.workplace import Workplace

_MOST = 5
_ANSWERS = frozenset({Awaited.ACKNOWLEDGEMENT, Awaited.ANSWER, Awaited.COMPLETION})
_AHEAD = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CaseNews:
    """What Idag shows of coordination."""

    waiting: tuple[RequestRow, ...]
    tasks: tuple[OwnTask, ...]


class CasesToday(QWidget):
    """Reads for itself, beside what else the page reads; takes no room while nothing waits."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._list = column()
        self.setLayout(self._list)
        self.hide()
        place.ask(self, read_cases, self._show, long=True)

    def _show(self, news: CaseNews) -> None:
        made = case_rows(self, self._place, news)
        if made:
            self._list.addSpacing(2 * GRID)
        for one in made:
            self._list.addWidget(one)
        self.setVisible(bool(made))


def read_cases(desk: Desk) -> CaseNews:
    """The cases that wait for an answer, late ones first, then those that wait for us; one's own tasks of the week."""
    may = desk.may
    waiting: tuple[RequestRow, ...] = ()
    if may(Right.READ_REQUESTS) or may(Right.DRAFT_REQUESTS):
        rows = [one for one in list_requests(desk, open_only=True) if any(w.awaited in _ANSWERS for w in one.waits)]
        rows.sort(key=lambda one: (not one.is_late(desk.today), not any(wait.ours for wait in one.waits)))
        waiting = tuple(rows)
    tasks = own_tasks(desk, until=desk.today + _AHEAD) if may(Right.READ_REQUESTS) or may(Right.DRAFT_REQUESTS) else ()
    return CaseNews(waiting, tasks)


def case_rows(owner: QWidget, place: Workplace, news: CaseNews) -> tuple[QWidget, ...]:
    """A heading and rows for each of the two; nothing when nothing waits."""
    day, made = place.desk.today, list[QWidget]()
    if news.waiting:
        made.append(label(owner.tr("Väntar på svar"), role="heading"))
    for one in news.waiting[:_MOST]:
        late = one.is_late(day)
        made.append(
            OpenRow(
                place.theme, left="", upper=f"{one.label}, {one.kind.label.lower()}", lower=one.waiting_words,
                right=owner.tr("Försenat") if late else "", state="overdue" if late else "due",
                on_open=partial(place.visit.emit, "case", one.key),
            )
        )  # fmt: skip
    if len(news.waiting) > _MOST:
        more = button(owner.tr("Visa alla"), lambda: place.visit.emit("coordination", ""), kind="quiet")
        more.setAccessibleName(owner.tr("Visa alla ärenden som väntar på svar"))
        made.append(more)
    if news.tasks:
        made.append(label(owner.tr("Mina uppgifter i samordning"), role="heading"))
    for task in news.tasks[:_MOST]:
        late = task.due is not None and task.due < day
        made.append(
            OpenRow(
                place.theme, left="", upper=task.words, lower=task.label,
                right=near_day(task.due, today=day) if task.due else "", state="overdue" if late else "due",
                on_open=partial(place.visit.emit, "case", f"{task.request}#tasks"),
            )
        )  # fmt: skip
    return tuple(made)
