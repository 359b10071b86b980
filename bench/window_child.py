"""The program itself in a process of its own, started as the command does it and watched from outside its code.

`python -m bench.window_child STATION START DATABASE` goes as far as STATION and prints its seconds since START:
`paint` (the log-in page painted), `today` (Idag painted with data), `memory` (the same, after a rest),
`list` (Möten, all of them, painted; seconds since the click), `gap` (the longest silence of the GUI thread, in ms,
from log-in over Idag, Kalender, Möten, a search and a month's plan to a month of agendas).
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable

_REST_MS = 1500


class Watch:
    """Goes through the stations; each begins when the one before has been painted."""

    def __init__(self, station: str, start: float) -> None:
        self.station, self.start = station, start
        self.keys = 0.0
        self.asked = 0.0

    def first_paint(self) -> None:
        """The log-in page is on the screen."""
        if self.station == "paint":
            at, modules = time.monotonic(), sorted(sys.modules)
            from bench.window_floor import tell  # noqa: PLC0415 - after the clock was read

            tell(self.start, at=at, modules=modules)

    def log_in(self) -> None:
        """What the person does: the password, and Enter."""
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415

        from app.ui.shell import MainWindow  # noqa: PLC0415
        from app.ui.today import TodayPage  # noqa: PLC0415
        from bench.given import PASSWORD, USER  # noqa: PLC0415

        give_up_on_faults()
        self._apart_from_keys()
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow))
        self.window = window
        after(TodayPage, "_show", lambda page: on_paint(page, self.today))
        if self.station == "gap":
            from bench.heartbeat import Heartbeat  # noqa: PLC0415

            self.heart = Heartbeat(window)
            self.heart.begin("log-in and Idag")
        self.asked = time.monotonic()
        window.entrance.try_log_in(USER, PASSWORD)

    def today(self) -> None:
        """Idag is on the screen with its data."""
        from PySide6.QtCore import QTimer  # noqa: PLC0415

        at = time.monotonic()
        from bench.window_floor import tell  # noqa: PLC0415 - after the clock was read

        if self.station == "today":
            tell(self.start + self.keys, at=at, since_log_in=at - self.asked - self.keys)
        elif self.station == "memory":
            QTimer.singleShot(_REST_MS, lambda: tell(self.start))
        elif self.station == "gap":
            QTimer.singleShot(_REST_MS, self.heart.walk)
        else:
            QTimer.singleShot(_REST_MS, self.open_list)

    def open_list(self) -> None:
        """The click on Möten, with every meeting wanted."""
        from app.ui.meetings.list_page import MeetingsPage  # noqa: PLC0415
        from app.ui.widgets.tables import RowsModel  # noqa: PLC0415
        from bench.window_floor import tell  # noqa: PLC0415

        frame = self.window.frame
        if frame is None:
            raise RuntimeError("nobody is logged in")
        frame.visit("meetings", "")
        page = frame.page
        if not isinstance(page, MeetingsPage):
            raise RuntimeError("Möten is not the page that is shown")
        model = page.table.rows_model
        done = False

        def shown(of: object) -> None:
            nonlocal done
            if of is model and model.rows and not done:
                done = True
                on_paint(page.table.viewport(), lambda: tell(clicked, rows=float(model._total)))  # noqa: SLF001 - watched

        from PySide6.QtCore import QTimer  # noqa: PLC0415

        clicked = 0.0

        def click() -> None:
            nonlocal clicked
            after(RowsModel, "show_rows", shown)
            clicked = time.monotonic()
            page._chips["all"].click()  # noqa: SLF001 - the person's click

        QTimer.singleShot(_REST_MS, click)

    def _apart_from_keys(self) -> None:
        """Count what key derivation takes: it is slow on purpose and not part of the figure."""
        from app.storage import kdf  # noqa: PLC0415

        derive = kdf.derive

        def counted(password: str, *, salt: bytes, cost: kdf.Cost) -> bytes:
            start = time.monotonic()
            try:
                return derive(password, salt=salt, cost=cost)
            finally:
                self.keys += time.monotonic() - start

        kdf.derive = counted


def give_up_on_faults() -> None:
    """A fault ends the child at once and is told: nobody is here to read the window's words."""
    from app.ui import application, workplace  # noqa: PLC0415
    from app.ui.access.login import LogIn  # noqa: PLC0415

    def tell_fault(error: BaseException) -> None:
        traceback.print_exception(error)
        os._exit(3)

    def refuse(_: LogIn, sentence: str) -> None:
        print(sentence, file=sys.stderr)
        os._exit(3)

    for module in (application, workplace):
        module.note_fault = tell_fault  # type: ignore[attr-defined]
    LogIn.refuse = refuse  # type: ignore[method-assign,assignment]


def after(kind: type, name: str, then: Callable[[object], object]) -> None:
    """Call `then` with the object each time its method `name` has run."""
    before = getattr(kind, name)

    def run(self: object, *args: object, **kwargs: object) -> object:
        result = before(self, *args, **kwargs)
        then(self)
        return result

    setattr(kind, name, run)


def on_paint(widget: object, then: Callable[[], object]) -> None:
    """Call `then` once the next painting round in which `widget` takes part is over."""
    from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QWidget  # noqa: PLC0415

    if not isinstance(widget, QWidget):
        raise TypeError("only widgets are painted")
    app = QApplication.instance()
    if app is None:
        raise RuntimeError("there is no application")
    painted: QWidget = widget
    running: QCoreApplication = app

    class Filter(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            inside = isinstance(watched, QWidget) and (watched is painted or painted.isAncestorOf(watched))
            if inside and event.type() is QEvent.Type.Paint:
                running.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    made = Filter(app)
    app.installEventFilter(made)
    widget.update()


def main() -> int:
    """Start the program with a watch on the log-in page."""
    station, start, database = sys.argv[1], float(sys.argv[2]), sys.argv[3]
    from app.bootstrap import run  # noqa: PLC0415

    watch = Watch(station, start)
    from app.ui.access.entrance import Entrance  # noqa: PLC0415
    from app.ui.access.login import LogIn  # noqa: PLC0415

    painted = False
    before = LogIn.paintEvent

    def paint(self: LogIn, event: object) -> None:
        nonlocal painted
        before(self, event)  # type: ignore[arg-type]
        if not painted:
            painted = True
            watch.first_paint()

    LogIn.paintEvent = paint  # type: ignore[method-assign,assignment]
    after(Entrance, "_offer", lambda _: watch.log_in())
    return run(["-d", database])


if __name__ == "__main__":
    sys.exit(main())
