"""Two workstations on one server: each sees what the other does, both texts are kept, lost contact loses nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.domain.address import ServerAddress
from app.services.access import Surroundings
from app.services.meetings import get_meeting
from app.ui.application import make_window
from app.ui.meetings.clash import ClashDialog
from app.ui.meetings.page import MeetingPage
from app.ui.operations import ThreadRunner
from app.ui.shell import MainWindow
from tests import support
from tests.support import log_in

SOON_MS = 15000
"""Within which the other window shows a change."""


def open_window(qtbot: QtBot, address: ServerAddress, around: Callable[[], Surroundings], user: str) -> MainWindow:
    """A window of its own, with a worker of its own, on the teammöte."""
    window = make_window(address, user=user, around=around, runner=ThreadRunner())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.entrance.try_log_in(user, support.PASSWORD)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    window.runner.wait()
    return window


def page_of(window: MainWindow) -> MeetingPage:
    assert window.frame is not None
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    return found


@pytest.fixture
def around(clock: support.FixedClock) -> Callable[[], Surroundings]:
    """What a window is given, with the test's clock."""
    return lambda: support.surroundings(clock)


@pytest.fixture
def two(
    qtbot: QtBot, server_address: ServerAddress, around: Callable[[], Surroundings]
) -> Iterator[tuple[MainWindow, MainWindow]]:
    """The enhetschef's and the nurse's workstations."""
    windows = tuple(open_window(qtbot, server_address, around, user) for user in ("chef", "anna"))
    listening(server_address, 2)
    yield windows  # type: ignore[misc] # two of them
    for window in windows:
        window.close()


def listening(address: ServerAddress, count: int) -> None:
    """Wait until so many workstations are listening."""
    with boss(address) as admin:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        for _ in range(200):
            found = admin.execute(query).fetchone()
            if found is not None and found[0] == count:
                return
            time.sleep(0.02)
    raise AssertionError("nobody listens")


def boss(address: ServerAddress) -> psycopg.Connection[tuple[int, ...]]:
    return psycopg.connect(address.url.replace("+psycopg", ""), autocommit=True)


def dialogs() -> list[ClashDialog]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ClashDialog) and one.isVisible()]


def headings(page: MeetingPage) -> list[str]:
    assert page.editor.meeting is not None
    return [item.heading for item in page.editor.meeting.items]


def test_a_point_added_at_one_is_seen_at_the_other(two: tuple[MainWindow, MainWindow], qtbot: QtBot) -> None:
    one, other = two
    page_of(one).editor.add_item("Nycklar till förrådet")
    qtbot.waitUntil(lambda: "Nycklar till förrådet" in headings(page_of(other)), timeout=SOON_MS)
    page_of(other).editor.add_item("Handskar är slut")
    qtbot.waitUntil(lambda: "Handskar är slut" in headings(page_of(one)), timeout=SOON_MS)
    assert headings(page_of(one)) == headings(page_of(other))


def test_both_write_the_same_minutes_and_no_text_is_lost(two: tuple[MainWindow, MainWindow], qtbot: QtBot) -> None:
    one, other = two
    for window, text in ((one, "Den ena texten"), (other, "Den andra texten")):
        page_of(window).agenda.choose("punkt-1")
        page_of(window).point.note.setPlainText(text)
    page_of(one).editor.save()
    one.runner.wait()
    assert page_of(other).point.note.toPlainText() == "Den andra texten", "what is being typed stays"
    page_of(other).editor.save()
    qtbot.waitUntil(lambda: bool(dialogs()), timeout=SOON_MS)
    (asked,) = dialogs()
    words = [one.text() for one in asked.findChildren(QLabel)]
    words += [one.toPlainText() for one in asked.findChildren(QPlainTextEdit)]
    assert any("Den ena texten" in text for text in words)
    assert any("Den andra texten" in text for text in words)
    asked.accept_button.click()
    qtbot.waitUntil(lambda: not page_of(other).editor.dirty, timeout=SOON_MS)
    both = "Den ena texten\nDen andra texten"
    assert page_of(other).point.note.toPlainText() == both
    qtbot.waitUntil(lambda: page_of(one).point.note.toPlainText() == both, timeout=SOON_MS)
    assert not dialogs()


def test_a_broken_contact_keeps_the_text_and_saves_it_when_it_is_back(
    two: tuple[MainWindow, MainWindow], qtbot: QtBot, server_address: ServerAddress
) -> None:
    one, _ = two
    page = page_of(one)
    page.agenda.choose("punkt-1")
    name = server_address.url.rpartition("/")[2]
    with boss(replace(server_address, url=server_address.url.replace(name, "postgres"))) as admin:
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        page.point.note.setPlainText("Skrivet utan nät")
        page.editor.save()
        assert one.frame is not None
        frame = one.frame
        qtbot.waitUntil(lambda: frame.bar.is_fault, timeout=60_000)
        assert page.point.note.toPlainText() == "Skrivet utan nät"
        assert page.editor.dirty
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    qtbot.waitUntil(lambda: not page.editor.dirty, timeout=60_000)
    desk = log_in(server_address)
    notes = [item.notes for item in get_meeting(desk, key="teammote-1").value.items]
    assert notes.count("Skrivet utan nät") == 1
    assert desk.store.first_broken_audit_row() is None
    desk.close()
