"""Windows tells the window that the session was locked or left, or that the machine falls asleep; loaded only there.

The session has to be asked for (WTSRegisterSessionNotification), sleep is told to every window.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

SESSION_CHANGE, POWER_BROADCAST = 0x02B1, 0x0218
CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SESSION_LOGOFF, SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
SUSPEND = 0x4
_LEAVING = {
    SESSION_CHANGE: frozenset({CONSOLE_DISCONNECT, REMOTE_DISCONNECT, SESSION_LOGOFF, SESSION_LOCK}),
    POWER_BROADCAST: frozenset({SUSPEND}),
}
_THIS_SESSION = 0
_MESSAGES = frozenset({b"windows_generic_MSG", b"windows_dispatcher_MSG"})


def leaves_machine(message: int, what: int) -> bool:
    """Whether a message of that kind and word parameter says that the person left, or that the machine sleeps."""
    return what in _LEAVING.get(message, frozenset())


def read_message(address: int) -> tuple[int, int]:
    """The kind and the word parameter of the MSG at an address."""
    found = wintypes.MSG.from_address(address)
    return int(found.message), int(found.wParam)


class SessionWatch(QAbstractNativeEventFilter):
    """Calls `on_lock` when the session is locked, left or about to sleep."""

    def __init__(self, window: QWidget, on_lock: Callable[[], None]) -> None:
        super().__init__()
        self._on_lock = on_lock
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)
        register_session(int(window.winId()))

    def nativeEventFilter(self, kind: object, message: int) -> tuple[bool, int]:
        """Look at what the system tells; it goes on to the toolkit whatever it is."""
        if bytes(kind) in _MESSAGES and leaves_machine(*read_message(int(message))):  # type: ignore[call-overload]  # Qt's bytes
            QTimer.singleShot(0, self._on_lock)  # not inside the system's own call
        return False, 0

    def on_turned(self, on: bool) -> None:
        """The machine was locked or is going to sleep; off again asks for nothing."""
        if on:
            self._on_lock()


def register_session(window: int) -> bool:
    """Ask Windows to tell this window of its session; False where there is no such system, or it does not."""
    load = getattr(ctypes, "WinDLL", None)
    if load is None:
        return False
    return bool(load("wtsapi32").WTSRegisterSessionNotification(wintypes.HWND(window), _THIS_SESSION))
