"""Somebody types in the real window, in a process that is killed; and looks there afterwards for what was kept."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from faults.ground import COST, MEETING, PASSWORD

ITEM = "punkt-4"
WORDS = "Vi talade om sommarfesten, om vem som köper jordgubbar och om när musiken ska börja. "


def type_on(database: Path, user: str, told: Connection, every: float) -> None:
    """Type into a note a key at a time; each is told with its moment right after it was pressed."""
    _offscreen()
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - only in the child
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from app.paths import resource  # noqa: PLC0415
    from app.services.access import Surroundings  # noqa: PLC0415
    from app.ui.application import make_window  # noqa: PLC0415
    from app.ui.meetings.page import MeetingPage  # noqa: PLC0415
    from faults.window import press  # noqa: PLC0415
    from tests import support  # noqa: PLC0415

    def around() -> Surroundings:
        return replace(support.surroundings(), dictionary=resource("spelling", "sv_SE"))

    window = make_window(database, user=user, around=around)
    window.show()
    window.entrance.prepare()
    window.runner.wait()
    window.entrance.try_log_in(user, PASSWORD)
    window.runner.wait()
    if window.frame is None:
        raise RuntimeError("nobody is in")
    window.frame.visit("meeting", MEETING)
    window.runner.wait()
    page = window.frame.page
    if not isinstance(page, MeetingPage):
        raise TypeError("the meeting's page is not shown")
    page.agenda.choose(ITEM)
    page.point.note.setFocus()
    typed = ""

    def press_one() -> None:
        nonlocal typed
        sign = WORDS[len(typed) % len(WORDS)]
        press(page.point.note, sign)
        typed += sign
        told.send((time.monotonic(), typed))

    timer = QTimer()
    timer.timeout.connect(press_one)
    timer.start(int(every * 1000))
    sys.exit(QApplication.exec())


def look(database: Path, user: str, told: Connection) -> None:
    """Log in, go to the meeting, and tell whether text is offered, and what is on the screen once it is taken."""
    _offscreen()
    from faults.window import Window  # noqa: PLC0415 - only in the child

    with Window(database, user=user, password=PASSWORD) as window:
        page = window.meeting(MEETING)
        offered = not page._offer.isHidden()  # noqa: SLF001 - what the person sees
        before = page.point.note.toPlainText()
        if offered:
            page._offer.take()  # noqa: SLF001 - what the person presses
        page.agenda.choose(ITEM)
        told.send((offered, before, page.point.note.toPlainText()))


def _offscreen() -> None:
    os.environ.update({"QT_QPA_PLATFORM": "offscreen", COST: "lowest"})
