"""The lock: nothing open holds it back, nor work under way, and the next user finds nothing of the one before."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QInputDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from app.domain.errors import StorageFault
from app.services import accounts
from app.services.access import Surroundings
from app.services.desk import Desk
from app.services.drafts import read_draft
from app.services.papers import Purpose
from app.services.preferences import get_live_minutes, set_live_minutes, set_preference
from app.ui.application import make_window
from app.ui.finder import Finder
from app.ui.machine import watch_machine
from app.ui.meetings.page import MeetingPage
from app.ui.operations import DirectRunner, ThreadRunner
from app.ui.papers.preview import papers_preview
from app.ui.registers.team import TeamPage
from app.ui.shell import MainWindow
from app.ui.toolkit import make_application
from app.ui.widgets.messages import Question
from app.ui.windows_session import (
    POWER_BROADCAST,
    REMOTE_DISCONNECT,
    SESSION_CHANGE,
    SESSION_LOCK,
    SUSPEND,
    leaves_machine,
    read_message,
    register_session,
)
from tests import support

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
PATIENT = 2.5
"""Seconds: the promise is one, and a machine that runs other tests beside this one may take longer to write a page."""
TYPED = "Sover bättre sedan i tisdags"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def shown_windows(window: QWidget) -> list[QWidget]:
    """Everything on the screen but the main window."""
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]


def only_the_way_in(window: MainWindow) -> bool:
    return window.frame is None and window.entrance.isVisible() and not shown_windows(window)


def is_in(window: MainWindow) -> bool:
    """Whether somebody is logged in."""
    return window.frame is not None


def meeting_page(window: MainWindow) -> MeetingPage:
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    window.runner.wait()
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    return page


def menu(window: MainWindow) -> None:
    made = QMenu(window)
    made.addAction("1101 AB")
    made.popup(window.mapToGlobal(window.rect().center()))


def drop_down(window: MainWindow) -> None:
    made = QComboBox(window)
    made.addItems(["1101 AB", "1102 CD"])
    made.show()
    made.showPopup()


def print_dialog(window: MainWindow) -> None:
    assert window.frame is not None
    papers_preview(window.frame, window.frame.place, purpose=Purpose.AGENDA, meeting="teammote-1").print_out()


def preview(window: MainWindow) -> None:
    assert window.frame is not None
    papers_preview(window.frame, window.frame.place, purpose=Purpose.AGENDA, meeting="teammote-1")


def finder_over_question(window: MainWindow) -> None:
    assert window.frame is not None
    question = Question(window.frame, "Avsluta?", "Om 1101 AB", accept="Avsluta")
    question.open()
    Finder(question, window.frame.place).open()


OPENINGS: dict[str, Callable[[MainWindow], object]] = {
    "file dialog": lambda window: QFileDialog(window, "Öppna").open(),
    "message box": lambda window: QMessageBox(QMessageBox.Icon.Question, "1101", "AB?", parent=window).open(),
    "input dialog": lambda window: QInputDialog(window).open(),
    "menu": menu,
    "drop-down list": drop_down,
    "preview": preview,
    "print dialog over a preview": print_dialog,
    "finder over a question": finder_over_question,
}


@pytest.mark.parametrize("what", OPENINGS)
def test_nothing_open_stays_open_or_holds_the_lock_back(window: MainWindow, qtbot: QtBot, what: str) -> None:
    OPENINGS[what](window)
    qtbot.waitUntil(lambda: bool(shown_windows(window)))
    began = time.monotonic()
    window.lock()
    assert time.monotonic() - began < 1.0
    assert only_the_way_in(window)
    assert QApplication.activeModalWidget() is None
    assert QApplication.activePopupWidget() is None


def test_a_dialog_that_waits_in_a_loop_of_its_own_is_ended_too(window: MainWindow, qtbot: QtBot) -> None:
    locked: list[bool] = []

    def lock() -> None:
        window.lock()
        locked.append(only_the_way_in(window))

    QTimer.singleShot(200, lock)
    name, _ = QFileDialog.getOpenFileName(window, "Öppna", "", options=QFileDialog.Option.DontUseNativeDialog)
    assert (name, locked) == ("", [True])


@pytest.fixture
def busy_window(qtbot: QtBot, database: Path, around: Callable[[], Surroundings]) -> Iterator[tuple[MainWindow, Desk]]:
    """A window with a real worker, in which text is being typed at a meeting."""
    window = make_window(database, user="chef", around=around, runner=ThreadRunner(make_application()))
    qtbot.addWidget(window)
    window.show()
    window.entrance.try_log_in("chef", support.PASSWORD)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=20_000)
    page = meeting_page(window)
    page.steps.start()
    window.runner.wait()
    page.agenda.choose("punkt-4")
    page.point.note.setPlainText(TYPED)
    yield window, page.place.desk
    window.close()


def notes(database: Path, key: bytes) -> str | None:
    """What was typed at the meeting, as a new log-in reads it."""
    with contextlib.closing(support.quick_desk(database, key)) as again, again.reading() as work:
        found: str | None = work.session.scalar(text("SELECT notes FROM items WHERE notes IS NOT NULL"))
        return found


def sleeping(_: Desk) -> None:
    """As a year's papers being drawn."""
    time.sleep(4)


def reading_for_ever(desk: Desk) -> None:
    with desk.reading() as work:
        work.session.execute(text(ENDLESS))


def writing_for_ever(desk: Desk) -> None:
    with desk.writing() as work:
        work.session.execute(text("UPDATE members SET name = 'borta'"))
        work.session.execute(text(ENDLESS))
        work.commit()


def closed(desk: Desk) -> bool:
    try:
        return not desk.store.key
    except StorageFault:
        return True


@pytest.mark.parametrize("job", [sleeping, reading_for_ever, writing_for_ever])
def test_work_under_way_does_not_hold_the_lock_back(
    busy_window: tuple[MainWindow, Desk], qtbot: QtBot, database: Path, database_key: bytes, job: Callable[[Desk], None]
) -> None:
    window, desk = busy_window
    assert window.frame is not None
    window.frame.place.act(window.frame, job, changed="meetings")
    qtbot.wait(50)
    began = time.monotonic()
    window.lock()
    assert time.monotonic() - began < 1.0
    assert only_the_way_in(window)
    qtbot.waitUntil(lambda: closed(desk), timeout=5000)
    assert time.monotonic() - began < PATIENT
    window.runner.wait()
    assert notes(database, database_key) == TYPED
    with contextlib.closing(support.quick_desk(database, database_key)) as again, again.reading() as work:
        assert work.session.scalar(text("SELECT count(*) FROM members WHERE name = 'borta'")) == 0
    if job is not sleeping:
        assert "inte bli klart" in window.entrance.bar.text.text()


def test_an_idle_worker_saves_everything_before_the_lock(
    busy_window: tuple[MainWindow, Desk], database: Path, database_key: bytes
) -> None:
    window, _ = busy_window
    window.runner.wait()
    window.lock()
    window.runner.wait()
    assert window.entrance.bar.isHidden()
    assert notes(database, database_key) == TYPED


def test_the_next_user_finds_nothing_of_the_one_before(window: MainWindow, qtbot: QtBot) -> None:
    frame = window.frame
    assert frame is not None
    page = meeting_page(window)
    page.agenda.choose("punkt-4")
    page.point.note.setPlainText(TYPED)
    page.editor.keep_draft()
    page.editor.add_item("Ångras")
    assert frame.place.undo_phrase
    frame.visit("team", "")
    team = frame.page
    assert isinstance(team, TeamPage)
    team.filter.search.setText("Anna")
    frame.seek()
    finder = next(one for one in window.findChildren(Finder) if one.isVisible())
    finder.line.setText("Sommarfest")
    QGuiApplication.clipboard().setText(TYPED)
    QTest.keyClick(finder, Qt.Key.Key_Escape)
    QTest.keyClick(window, Qt.Key.Key_L, CTRL | SHIFT)
    assert not is_in(window)
    log_in = window.entrance.log_in
    assert log_in.user == ""
    assert log_in.password.text() == ""
    popup = QApplication.activePopupWidget()
    assert popup is not None, "the list of users is open"
    popup.close()
    window.entrance.try_log_in("anna", support.PASSWORD)
    frame = window.frame
    assert frame is not None
    assert frame.where == ("today", "")
    assert frame.place.undo_phrase == ""
    assert QGuiApplication.clipboard().text() == ""
    frame.go_back()
    assert frame.where == ("today", "")
    frame.visit("team", "")
    team = frame.page
    assert isinstance(team, TeamPage)
    assert team.filter.search.text() == ""
    frame.seek()
    finder = next(one for one in window.findChildren(Finder) if one.isVisible())
    assert finder.line.text() == ""
    finder.close()
    assert not meeting_page(window)._offer.isVisible()
    assert read_draft(frame.place.desk, kind="meeting", key="teammote-1") is None
    texts = [one for one in window.findChildren(QWidget) if one.accessibleName() == "Eva Chef"]
    assert texts == []


def test_a_user_who_is_switched_away_from_begins_on_the_first_page(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.visit("team", "")
    switch = next(one for one in window.frame.rail._icons if one.accessibleName() == "Byt användare")
    switch.click()
    window.entrance.try_log_in("chef", support.PASSWORD)
    assert window.frame is not None
    assert window.frame.where == ("today", "")


class TestHandedOverPassword:
    def test_she_chooses_her_own_before_anything_else_is_shown(
        self, closed_window: MainWindow, database: Path, database_key: bytes
    ) -> None:
        desk = support.quick_desk(database, database_key)
        accounts.reset_password(desk, support.surroundings(), user="bo", password="dadada-bebebe-fififi")
        desk.close()
        entrance = closed_window.entrance
        entrance.try_log_in("bo", "dadada-bebebe-fififi")
        page = entrance.own_password
        assert page is not None
        assert page.isVisible()
        assert not is_in(closed_window)
        for first, second, why in (
            ("ett eget långt", "ett annat långt", "olika"), ("kort", "kort", "för kort"),
            ("dadada-bebebe-fififi", "dadada-bebebe-fififi", "samma som det gamla"),
        ):  # fmt: skip
            page.password.setText(first)
            page.again.setText(second)
            page.choose_button.click()
            assert why in page.fault.text()
            assert not is_in(closed_window)
        page.password.setText("ett eget långt")
        page.again.setText("ett eget långt")
        QTest.keyClick(page.again, Qt.Key.Key_Return)
        assert is_in(closed_window)
        assert closed_window.place is not None
        assert closed_window.place.desk.actor.user == "bo"
        assert not page.isVisible()

    def test_she_can_go_back_and_somebody_else_come_in(
        self, closed_window: MainWindow, database: Path, database_key: bytes
    ) -> None:
        desk = support.quick_desk(database, database_key)
        accounts.reset_password(desk, support.surroundings(), user="bo", password="dadada-bebebe-fififi")
        desk.close()
        entrance = closed_window.entrance
        entrance.try_log_in("bo", "dadada-bebebe-fififi")
        page = entrance.own_password
        assert page is not None
        page.left.emit()
        assert not entrance.log_in.isHidden()
        entrance.try_log_in("anna", support.PASSWORD)
        assert is_in(closed_window)


class TestLiveMeeting:
    def test_a_meeting_under_way_keeps_the_window_open_for_as_long_as_its_unit_lets_it(
        self, window: MainWindow
    ) -> None:
        assert window.frame is not None
        desk = window.frame.place.desk
        set_live_minutes(desk, unit="solgarden", minutes=20)
        page = meeting_page(window)
        assert window._idle.minutes == 5
        page.steps.start()
        assert window._idle.minutes == 20
        window.frame.visit("team", "")
        assert window._idle.minutes == 5
        window.frame.visit("meeting", "teammote-1")
        assert window._idle.minutes == 20
        set_preference(desk, name="idle_minutes", value=45)
        window.frame.place.changed.emit("preferences")
        assert window._idle.minutes == 45
        set_preference(desk, name="idle_minutes", value=1)
        window.frame.place.changed.emit("preferences")
        assert window._idle.minutes == 20
        page.steps.close()
        assert window._idle.minutes == 1

    @pytest.mark.parametrize("kept", [0, -3, 1_000_000, "evigt", None, True])
    def test_ones_own_minutes_are_never_absurd(self, window: MainWindow, kept: object) -> None:
        assert window.frame is not None
        set_preference(window.frame.place.desk, name="idle_minutes", value=kept)
        window.frame.place.changed.emit("preferences")
        assert 1 <= window._idle.minutes <= 60

    def test_the_enhetschef_of_the_unit_sets_it_in_the_window(self, window: MainWindow) -> None:
        from app.ui.settings.security import SecuritySection  # noqa: PLC0415 - loaded with the page

        assert window.frame is not None
        window.frame.visit("settings", "security")
        section = window.frame.page.section  # type: ignore[union-attr]
        assert isinstance(section, SecuritySection)
        assert section.live is not None
        section.live.minutes.setValue(30)
        assert get_live_minutes(window.frame.place.desk, unit="solgarden") == 30
        assert section.live.minutes.maximum() == 30
        section.live.minutes.setValue(0)
        assert get_live_minutes(window.frame.place.desk, unit="solgarden") is None


class TestWindowsSession:
    def test_lock_disconnection_and_sleep_leave_the_machine_and_nothing_else_does(self) -> None:
        assert leaves_machine(SESSION_CHANGE, SESSION_LOCK)
        assert leaves_machine(SESSION_CHANGE, REMOTE_DISCONNECT)
        assert leaves_machine(POWER_BROADCAST, SUSPEND)
        unlock, resume, mouse = 0x8, 0x12, 0x0200
        assert not leaves_machine(SESSION_CHANGE, unlock)
        assert not leaves_machine(POWER_BROADCAST, resume)
        assert not leaves_machine(mouse, SESSION_LOCK)

    def test_the_systems_message_is_read_where_it_lies(self) -> None:
        import ctypes  # noqa: PLC0415 - only here
        from ctypes import wintypes  # noqa: PLC0415

        told = wintypes.MSG()
        told.message, told.wParam, told.lParam = SESSION_CHANGE, SESSION_LOCK, 99
        assert read_message(ctypes.addressof(told)) == (SESSION_CHANGE, SESSION_LOCK)

    def test_the_window_locks_when_the_session_does(self, window: MainWindow, qtbot: QtBot) -> None:
        import ctypes  # noqa: PLC0415 - only here
        from ctypes import wintypes  # noqa: PLC0415

        from app.ui.windows_session import SessionWatch  # noqa: PLC0415

        watch = SessionWatch(window, window.lock)
        told = wintypes.MSG()
        told.message, told.wParam = SESSION_CHANGE, 0x8
        assert watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told)) == (False, 0)
        qtbot.wait(10)
        assert window.frame is not None
        told.wParam = SESSION_LOCK
        assert watch.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(told)) == (False, 0)
        qtbot.wait(10)
        assert window.frame is not None
        watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told))
        qtbot.waitUntil(lambda: window.frame is None)

    def test_elsewhere_the_desktop_is_listened_to(self, window: MainWindow) -> None:
        locked: list[int] = []
        watch = watch_machine(window, lambda: locked.append(1))
        watch.on_turned(False)
        watch.on_turned(True)
        assert locked == [1]
        assert register_session(0) is False


def test_a_direct_runner_has_nothing_to_turn_aside_from() -> None:
    assert DirectRunner().turn_aside() is False
