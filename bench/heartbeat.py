"""The heartbeat of the GUI thread: how long the window was deaf at most, and during what."""

from __future__ import annotations

import calendar
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer

from bench.given import TODAY
from bench.window_floor import tell

if TYPE_CHECKING:
    from app.ui.shell import MainWindow

_BEAT_MS = 2
_STEP_MS = 2500


class Heartbeat(QObject):
    """Beats every few milliseconds and notes the longest gap of each step."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._gaps: dict[str, float] = {}
        self._step = ""
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self, step: str) -> None:
        """The gaps from here on belong to `step`."""
        self._step = step
        self._gaps[step] = 0.0

    def walk(self) -> None:
        """Go through the pages, search, plan and draw a month of agendas; then tell and leave."""
        steps: list[tuple[str, Callable[[], None]]] = [
            ("Kalender", lambda: self._visit("calendar")),
            ("Möten", lambda: self._visit("meetings")),
            ("a search", self._search),
            ("a month's plan", lambda: self._visit("plan")),
            ("a month of PDF", self._draw),
        ]
        for number, (name, act) in enumerate(steps):
            QTimer.singleShot(number * _STEP_MS, self, lambda name=name, act=act: self._act(name, act))

    def _act(self, name: str, act: Callable[[], None]) -> None:
        self.begin(name)
        act()

    def _visit(self, page: str) -> None:
        frame = self._window.frame
        if frame is None:
            raise RuntimeError("nobody is logged in")
        frame.visit(page, "")

    def _search(self) -> None:
        from app.ui.meetings.list_page import MeetingsPage  # noqa: PLC0415 - loaded by the page before

        page = self._window.frame.page if self._window.frame else None
        if not isinstance(page, MeetingsPage):
            raise RuntimeError("Möten is not the page that is shown")
        page._search.setText("reflektion")  # noqa: SLF001 - what the person types

    def _draw(self) -> None:
        from app.services.papers import Purpose  # noqa: PLC0415 - loaded at first need, as the window does
        from app.ui.papers.drawing import draw_papers  # noqa: PLC0415

        place = self._window.place
        if place is None:
            raise RuntimeError("nobody is logged in")
        first = TODAY.replace(day=1)
        last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        place.ask(
            self,
            lambda desk: draw_papers(desk, purpose=Purpose.AGENDA, period=(first, last), unit=None),
            lambda _: self._tell(),
        )

    def _tell(self) -> None:
        worst = max(self._gaps, key=lambda step: self._gaps[step])
        every = [f"{step} {gap:.0f}" for step, gap in self._gaps.items()]
        tell(time.monotonic(), gap=self._gaps[worst], steps=every)

    def _beat(self) -> None:
        now = time.monotonic()
        self._gaps[self._step] = max(self._gaps.get(self._step, 0.0), (now - self._last) * 1000)
        self._last = now
