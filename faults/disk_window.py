"""A failing disk as the person meets it: the sentence in the window's bar, and her text still on the screen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

from app.services import meetings
from faults.ground import MEETING, PASSWORD, USER
from faults.window import Window, press

TYPED = "Det som just skrevs på mötet"


def tried(database: Path, *, vanished: bool, error: int) -> tuple[int, list[str]]:
    """Type, let the disk fail or its folder vanish, save, look; then save on a disk that is whole again."""
    disk = ctypes.CDLL(None)
    away = database.parent.with_name(f"{database.parent.name}-away")
    with Window(database, user=USER, password=PASSWORD) as window:
        page = window.meeting(MEETING)
        page.steps.start()
        page.agenda.choose("punkt-4")
        press(page.point.note, TYPED)
        if vanished:
            database.parent.rename(away)
        else:
            disk.fault_arm(str(database.parent).encode(), ctypes.c_long(1), error, 1)
        page.editor.save()
        calls = int(disk.fault_calls())
        disk.fault_disarm()
        faults = list(_told(window, page.point.note.toPlainText()))
        if vanished:
            if database.parent.exists():
                faults.append("something was made where the folder had been")
            else:
                away.rename(database.parent)
        page.editor.save()
        item = meetings.get_meeting(window.desk, key=MEETING).value.item("punkt-4")
        if item is None or item.notes != TYPED:
            faults.append("cannot be saved afterwards")
    return calls, faults


def _told(window: Window, shown: str) -> Iterator[str]:
    bar = window.frame.bar
    if not bar.is_fault or "Texten är kvar" not in bar.text.text():
        yield f"the bar says: {bar.text.text()}"
    if shown != TYPED:
        yield "the text is gone from the screen"
