"""When the machine itself is locked or put to sleep: told by the desktop over D-Bus, or by Windows to the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtWidgets import QWidget

_DESKTOPS = ("freedesktop", "gnome", "cinnamon", "mate")


class Watch(Protocol):
    """Somebody who is told that the machine locks or falls asleep."""

    def on_turned(self, on: bool) -> None:
        """The machine was locked or is going to sleep; off again asks for nothing."""


def watch_machine(window: QWidget, on_lock: Callable[[], None]) -> Watch:
    """Call `on_lock` whenever the machine is locked or about to sleep, in the way this system tells it."""
    if sys.platform == "win32":
        from app.ui.windows_session import SessionWatch  # noqa: PLC0415 - there is nothing of it elsewhere

        return SessionWatch(window, on_lock)
    return MachineWatch(window, on_lock)


class MachineWatch(QObject):
    """Calls `on_lock` when the screen is locked or the machine is about to sleep."""

    def __init__(self, parent: QObject, on_lock: Callable[[], None]) -> None:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not where there is no such bus

        super().__init__(parent)
        self._on_lock = on_lock
        session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
        turned = SLOT("on_turned(bool)").encode()
        if session.isConnected():
            for name in _DESKTOPS:
                session.connect("", "", f"org.{name}.ScreenSaver", "ActiveChanged", self, turned)
        if system.isConnected():
            login = "org.freedesktop.login1"
            system.connect(login, "/org/freedesktop/login1", f"{login}.Manager", "PrepareForSleep", self, turned)
            system.connect(login, "", f"{login}.Session", "Lock", self, SLOT("on_locked()").encode())

    @Slot(bool)
    def on_turned(self, on: bool) -> None:
        """The screen saver came on, or the machine is going to sleep; off again asks for nothing."""
        if on:
            self._on_lock()

    @Slot()
    def on_locked(self) -> None:
        """The session was locked."""
        self._on_lock()
