"""The main window: the way in, the frame once somebody is in, and the lock when nobody has touched it for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QClipboard, QCloseEvent, QGuiApplication, QPaintEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QToolTip, QWidget

from app.domain.address import Address
from app.domain.errors import KnownError
from app.domain.idle import USUAL
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
    from app.ui.machine import Watch
    from app.ui.workplace import Workplace

_ASLEEP_SECONDS = 30
_BREATH = 600
"""Milliseconds that the first page has for itself after a log-in."""
_GRACE = 0.3
"""Seconds that work under way has to come to its end when the window locks."""
_TOUCHES = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
})  # fmt: skip


def close_others(window: QWidget) -> None:
    """Close every window but `window`, innermost first: menus, lists, questions, the toolkit's own dialogs.

    One that will not close is hidden, for none may be seen or hold the lock back.
    """
    while (popup := QApplication.activePopupWidget()) is not None:
        _put_away(popup)
    while (modal := QApplication.activeModalWidget()) is not None and modal is not window:
        _put_away(modal)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isWindow() and (other.isVisible() or isinstance(other, QDialog)):
            _put_away(other)


def _put_away(shown: QWidget) -> None:
    if isinstance(shown, QDialog):
        shown.reject()  # the toolkit's own dialogs of the system are hidden by it too
    else:
        shown.close()
    if shown.isVisible():
        shown.hide()


def _load_frame() -> object:
    """Load what comes after log-in, so that log-in need not wait for it."""
    import app.ui.frame  # noqa: PLC0415 - after the first paint

    return app.ui.frame


def _load_pages() -> object:
    """Load the code of the first pages while the person types her password."""
    from app.ui.places import load_pages  # noqa: PLC0415 - after the first paint

    return load_pages()


def _load_other_pages() -> object:
    """Load the code of the other pages while the person looks at the first."""
    from app.ui.places import load_other_pages  # noqa: PLC0415 - after the log-in

    return load_other_pages()


class IdleWatch(QObject):
    """Calls `on_idle` when nobody has touched keyboard or mouse for a while, or when the machine has slept.

    It listens where the system delivers a window's keys and mouse, not to every event of every widget: that alone took
    an eighth of the time a page needs to be built.
    """

    def __init__(self, parent: QObject, on_idle: Callable[[], None]) -> None:
        super().__init__(parent)
        self.minutes: float = USUAL
        self._on_idle = on_idle
        self._touched = time.monotonic()
        self._wall = time.time()
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch, anew where it watches already."""
        if self._timer.isActive():
            self.stop()
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
        self.machine: Watch | None = None
        self._last_visit: tuple[str, str, str] | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.entrance = Entrance(database, user=user, around=around, runner=runner, theme=theme)
        self.entrance.entered.connect(self._enter)
        self.entrance.opened.connect(self._watch_over)
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

        place.aside = self.aside
        self.frame = Frame(place, on_lock=self.lock, on_switch=self.switch_user, on_idle_minutes=self._set_idle)
        self.frame.titled.connect(lambda title: self.setWindowTitle(f"{title} – Teamforum"))
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        self._watch_over()
        page, key = "today", ""
        if self._last_visit and self._last_visit[0] == place.desk.actor.user:
            _, page, key = self._last_visit
        self.frame.begin(page, key)
        place.restore_wanted.connect(self.restore)
        self.daily = DailyBackup(place, self.aside)
        if self.aside is not self.runner:
            self.daily.begin_soon()
            QTimer.singleShot(_BREATH, self._load_other_pages)

    def _load_other_pages(self) -> None:
        """The first page is on the screen and has its data: what the others are made of can come now."""
        if self.frame is not None:
            self.aside.start(_load_other_pages, done=lambda _: None, failed=self._not_loaded)

    def _watch_over(self) -> None:
        """A database is open: lock when nobody is there, or when the machine is locked."""
        self._idle.minutes = USUAL
        self._idle.start()
        QTimer.singleShot(0, self._watch_machine)

    def restore(self, wanted: Wanted) -> None:
        """Lock the window, so that nobody has the database open, and put a backup in its place."""
        self.lock()
        self.aside.wait()
        self.entrance.show_restore(wanted)

    def _watch_machine(self) -> None:
        if self.machine is None:
            from app.ui.machine import watch_machine  # noqa: PLC0415 - after the first paint

            self.machine = watch_machine(self, self.lock)

    def _set_idle(self, minutes: float) -> None:
        self._idle.minutes = minutes

    def lock(self) -> None:
        """Show only the way in: what is typed is kept, the database closed, its key dropped; no dialog holds it.

        Work under way does not hold it either: it has `_GRACE` seconds and is then broken off and rolled back.
        """
        frame = self.frame
        if frame is None:
            self._leave_key()
            return
        self._idle.stop()
        self.frame = None
        place = frame.place
        if self.runner.turn_aside():
            self.runner.start(
                partial(place.desk.give_way, grace=_GRACE), done=lambda _: None, failed=self._not_closed
            )  # fmt: skip
        self._last_visit = (place.desk.actor.user, *frame.standing)
        place.leaving.emit()
        frame.settle()
        self._close(place)
        place.forget_undo()
        place.unfinished.connect(self.entrance.tell_unfinished)
        self._stack.setCurrentWidget(self.entrance)
        self._stack.removeWidget(frame)
        self.setWindowTitle("Teamforum")
        self._clear_screen(place)
        frame.deleteLater()
        self.entrance.show_log_in(user=place.desk.actor.user)

    def _leave_key(self) -> None:
        """The same where a database was made and its recovery key waits to be typed back; Idag will say so."""
        place = self.entrance.unconfirmed
        if place is None:
            return
        self._idle.stop()
        self._close(place)
        self._clear_screen(place)
        self.entrance.leave_key()

    def _close(self, place: Workplace) -> None:
        self.runner.start(place.desk.close, done=lambda _: None, failed=self._not_closed)
        place.closed = True

    def _clear_screen(self, place: Workplace) -> None:
        """Take what else is the person's off the screen: dialogs, menus, windows of their own, the clipboard."""
        close_others(self)
        place.closing.emit()
        QToolTip.hideText()
        clipboard = QApplication.clipboard()
        clipboard.clear()
        if clipboard.supportsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
        place.setParent(None)

    def _not_closed(self, error: Exception) -> None:
        self._not_loaded(error)

    def switch_user(self) -> None:
        """Lock, and let somebody else log in: the list of users is open."""
        if self.frame is not None:
            self.lock()
            self._last_visit = None
            self.entrance.show_log_in(inviting=True)

    def _ask_about_key(self) -> None:
        """Closing now loses the recovery key: that is to be meant."""
        from app.ui.widgets.messages import Question  # noqa: PLC0415 - seldom asked

        self.question = Question(
            self, self.tr("Stänga utan återställningsnyckel?"),
            self.tr(
                "Nyckeln visas bara nu, och du har inte skrivit av den. Stänger du får du göra en ny på sidan Idag när "
                "du har loggat in. Till dess finns ingen väg in om lösenordet glöms."
            ),
            accept=self.tr("Stäng ändå"), danger=True,
        )  # fmt: skip
        self.question.accepted.connect(self.lock)
        self.question.accepted.connect(self.close)
        self.question.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.entrance.unconfirmed is not None:
            event.ignore()
            self._ask_about_key()
            return
        self.lock()
        self.runner.wait()
        self.aside.wait()
        super().closeEvent(event)
