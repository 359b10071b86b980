"""The main window: the way in, the frame once somebody is in, and the lock when nobody has touched it for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from app.domain.address import Address
from app.domain.errors import KnownError
from app.domain.wording import wording
from app.faultlog import note_fault
from app.ui.access.entrance import Entrance
from app.ui.operations import Runner, beside
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.services.access import Surroundings
    from app.ui.access.restore_page import Wanted
    from app.ui.daily import DailyBackup
    from app.ui.frame import Frame
    from app.ui.machine import MachineWatch
    from app.ui.workplace import Workplace

USUAL_IDLE_MINUTES = 5
_ASLEEP_SECONDS = 30
_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
})  # fmt: skip


def _load_frame() -> object:
    """Load what comes after log-in, so that log-in need not wait for it."""
    import app.ui.frame  # noqa: PLC0415 - after the first paint

    return app.ui.frame


def _load_pages() -> object:
    """Load the code of the first pages while the person types her password."""
    from app.ui.places import load_pages  # noqa: PLC0415 - after the first paint

    return load_pages()


class IdleWatch(QObject):
    """Calls `on_idle` when nobody has touched keyboard or mouse for a while, or when the machine has slept.

    It listens where the system delivers a window's keys and mouse, not to every event of every widget: that alone took
    an eighth of the time a page needs to be built.
    """

    def __init__(self, parent: QObject, on_idle: Callable[[], None]) -> None:
        super().__init__(parent)
        self.minutes: float = USUAL_IDLE_MINUTES
        self._on_idle = on_idle
        self._touched = time.monotonic()
        self._wall = time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self._touched = time.monotonic()
        self._wall = time.time()
        for window in QGuiApplication.allWindows():
            self._listen(window)
        QGuiApplication.instance().focusWindowChanged.connect(self._listen)  # type: ignore[union-attr]
        self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        self._timer.stop()
        QGuiApplication.instance().focusWindowChanged.disconnect(self._listen)  # type: ignore[union-attr]
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = time.monotonic()
        return super().eventFilter(watched, event)

    def _tick(self) -> None:
        wall = time.time()
        slept = wall - self._wall > _ASLEEP_SECONDS
        self._wall = wall
        if slept or time.monotonic() - self._touched >= self.minutes * 60:
            self._on_idle()


class MainWindow(QMainWindow):
    """Entrance or frame; never both, and no desk lives longer than the frame."""

    def __init__(
        self, database: Address, *, user: str, around: Callable[[], Surroundings], runner: Runner, theme: Theme
    ) -> None:
        super().__init__()
        self.runner = runner
        self.aside = beside(runner, self)
        """For what must not delay a gesture."""
        self.daily: DailyBackup | None = None
        self.theme = theme
        self._preloaded = False
        self.frame: Frame | None = None
        self.machine: MachineWatch | None = None
        self._last_visit: tuple[str, str, str] | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.entrance = Entrance(database, user=user, around=around, runner=runner, theme=theme)
        self.entrance.entered.connect(self._enter)
        self._stack.addWidget(self.entrance)
        self._idle = IdleWatch(self, self.lock)
        theme.dress(self)
        self.setWindowTitle("Teamforum")
        self.setMinimumSize(640, 360)
        self.resize(1280, 800)

    @property
    def place(self) -> Workplace | None:
        """The workplace of the person who is in, if anybody is."""
        return self.frame.place if self.frame else None

    def show_fault(self, text: str) -> None:
        """Say honestly that something went wrong."""
        (self.frame.bar if self.frame else self.entrance.bar).show_fault(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._preloaded:
            self._preloaded = True
            QTimer.singleShot(0, self._preload)

    def _preload(self) -> None:
        """Load what comes after log-in while the person types: the window is already on the screen."""
        self.entrance.log_in.dress()
        self.runner.start(_load_frame, done=lambda _: self.entrance.prepare(), failed=self._not_loaded)
        self.runner.start(_load_pages, done=lambda _: None, failed=self._not_loaded)

    def _not_loaded(self, error: Exception) -> None:
        note_fault(error)
        self.show_fault(wording(KnownError("unexpected")))

    def _enter(self, place: Workplace) -> None:
        from app.ui.daily import DailyBackup  # noqa: PLC0415 - the pages and the ORM are loaded after the first paint
        from app.ui.frame import Frame  # noqa: PLC0415

        self.frame = Frame(place, on_lock=self.lock, on_idle_minutes=self._set_idle)
        self.frame.titled.connect(lambda title: self.setWindowTitle(f"{title} – Teamforum"))
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        self._idle.minutes = USUAL_IDLE_MINUTES
        self._idle.start()
        QTimer.singleShot(0, self._watch_machine)
        page, key = "today", ""
        if self._last_visit and self._last_visit[0] == place.desk.actor.user:
            _, page, key = self._last_visit
        self.frame.begin(page, key)
        place.restore_wanted.connect(self.restore)
        self.daily = DailyBackup(place, self.aside)
        if self.aside is not self.runner:
            self.daily.begin_soon()

    def restore(self, wanted: Wanted) -> None:
        """Lock the window, so that nobody has the database open, and put a backup in its place."""
        self.lock()
        self.aside.wait()
        self.entrance.show_restore(wanted)

    def _watch_machine(self) -> None:
        if self.machine is None:
            from app.ui.machine import MachineWatch  # noqa: PLC0415 - after the first paint

            self.machine = MachineWatch(self, self.lock)

    def _set_idle(self, minutes: float) -> None:
        self._idle.minutes = minutes

    def lock(self) -> None:
        """Show only the way in: what is typed is kept, the database closed, its key dropped; no dialog holds it."""
        frame = self.frame
        if frame is None:
            return
        self._idle.stop()
        self.frame = None
        place = frame.place
        self._last_visit = (place.desk.actor.user, *frame.where)
        frame.settle()
        place.closing.emit()
        while (dialog := QApplication.activeModalWidget()) is not None and dialog is not self:
            dialog.close()
            if QApplication.activeModalWidget() is dialog:
                dialog.hide()
                dialog.deleteLater()
                break
        QApplication.clipboard().clear()
        self.entrance.show_log_in(user=place.desk.actor.user)
        self._stack.setCurrentWidget(self.entrance)
        self._stack.removeWidget(frame)
        self.setWindowTitle("Teamforum")
        desk = place.desk
        self.runner.start(desk.close, done=lambda _: None, failed=place.report)
        place.closed = True
        frame.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.frame is not None:
            self.lock()
        self.runner.wait()
        self.aside.wait()
        super().closeEvent(event)
