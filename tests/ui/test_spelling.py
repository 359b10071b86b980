"""Words that are in no dictionary are marked after a pause, mended by a key, and added to one's own list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.paths import resource
from app.services import meetings
from app.services.access import Surroundings
from app.services.spelling import own_words
from app.services.text_modules import get_text_modules
from app.ui.meetings.note import NoteField
from app.ui.meetings.page import MeetingPage
from app.ui.settings.page import SettingsPage
from app.ui.settings.writing import WritingSection
from app.ui.shell import MainWindow
from app.ui.widgets.texts import TextField
from tests import support

TEXT = "Kunden har ny rolator. Anna Berg gör en läkemedelsgenomgång, Downton 3."
PATIENCE = 20_000


@pytest.fixture
def around(clock: support.FixedClock) -> Callable[[], Surroundings]:
    """What a window is given when it ships with its dictionary."""
    return lambda: replace(support.surroundings(clock), dictionary=resource("spelling", "sv_SE"))


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MeetingPage:
    assert window.frame is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=PATIENCE)
    meetings.open_meeting(window.frame.place.desk, key="teammote-1", expected_version=1)
    window.frame.visit("meeting", "teammote-1")
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    found.agenda.choose("punkt-2")
    return found


@pytest.fixture
def note(page: MeetingPage, qtbot: QtBot) -> Iterator[NoteField]:
    """A note in which a word is wrong, the cursor at its end."""
    field = page.point.note
    QApplication.processEvents()
    field.setFocus()
    assert field.hasFocus()
    field.insertPlainText(TEXT)
    qtbot.waitUntil(lambda: field.spelling.marked == ("rolator",), timeout=PATIENCE)
    yield field
    for one in menus():
        one.close()


def menus() -> list[QMenu]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible()]


def entries() -> list[str]:
    return [one.text() for one in menus()[0].actions() if one.text()]


def test_a_slip_is_marked_and_names_compounds_and_instruments_are_not(note: NoteField) -> None:
    assert note.spelling.marked == ("rolator",)
    assert not note.document().isModified() or note.document().availableUndoSteps() > 0, "the text is not touched"
    assert note.toPlainText() == TEXT


def test_the_word_that_is_being_written_is_left_alone(note: NoteField, qtbot: QtBot) -> None:
    note.moveCursor(QTextCursor.MoveOperation.End)
    note.insertPlainText(" Sovr")
    QTest.qWait(700)
    assert note.spelling.marked == ("rolator",)
    note.insertPlainText(" gott")
    qtbot.waitUntil(lambda: note.spelling.marked == ("rolator", "Sovr"), timeout=PATIENCE)


def test_f7_stands_on_the_word_and_enter_takes_what_was_meant(note: NoteField, qtbot: QtBot) -> None:
    QTest.keyClick(note, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(menus()) and "rollator" in entries(), timeout=PATIENCE)
    assert note.textCursor().selectedText() == "rolator"
    QTest.keyClick(menus()[0], Qt.Key.Key_Return)
    assert note.toPlainText() == TEXT.replace("rolator", "rollator")
    qtbot.waitUntil(lambda: note.spelling.marked == (), timeout=PATIENCE)
    note.undo()
    assert note.toPlainText() == TEXT


def test_the_menu_adds_the_word_to_ones_own_list_and_that_is_taken_back(
    window: MainWindow, note: NoteField, qtbot: QtBot
) -> None:
    assert window.frame is not None
    place = window.frame.place
    cursor = note.textCursor()
    cursor.setPosition(TEXT.index("rolator") + 3)
    note.setTextCursor(cursor)
    middle = note.cursorRect().center()
    QApplication.sendEvent(
        note.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, note.viewport().mapToGlobal(middle))
    )
    add = next(one for one in menus()[0].actions() if one.text() == "Lägg till rolator i ordlistan")
    add.trigger()
    assert own_words(place.desk) == ("rolator",)
    qtbot.waitUntil(lambda: note.spelling.marked == (), timeout=PATIENCE)
    menus()[0].close()
    place.undo()
    assert own_words(place.desk) == ()
    qtbot.waitUntil(lambda: note.spelling.marked == ("rolator",), timeout=PATIENCE)


def test_cards_are_looked_at_too(page: MeetingPage, note: NoteField, qtbot: QtBot) -> None:
    page.cards.add_decision()
    made = [one for one in page.cards.findChildren(TextField) if one.isVisible() and not one.toPlainText()][-1]
    made.insertPlainText("Upföljning om två veckor")
    qtbot.waitUntil(lambda: made.spelling.marked == ("Upföljning",), timeout=PATIENCE)
    assert note.spelling.marked == ("rolator",)


def test_who_wants_no_marks_has_none(window: MainWindow, page: MeetingPage, note: NoteField, qtbot: QtBot) -> None:
    assert window.frame is not None
    writing = section(window)
    writing.on.click()
    window.frame.go_back()
    page.agenda.choose("punkt-2")
    assert note.toPlainText() == TEXT
    qtbot.waitUntil(lambda: note.spelling.marked == (), timeout=PATIENCE)
    section(window).on.click()
    window.frame.go_back()
    page.agenda.choose("punkt-2")
    assert note.toPlainText() == TEXT
    qtbot.waitUntil(lambda: note.spelling.marked == ("rolator",), timeout=PATIENCE)


def test_the_lock_ends_the_dictionary(window: MainWindow, note: NoteField, database: Path) -> None:
    assert window.frame is not None
    assert note.isVisible()
    speller = window.frame.speller
    assert speller.wrong(["rolator"]) == frozenset({"rolator"})
    window.frame.lock()
    assert speller.wrong(["rolator"]) == frozenset()
    assert database.exists()


def section(window: MainWindow) -> WritingSection:
    assert window.frame is not None
    window.frame.visit("settings", "writing")
    found = window.frame.page
    assert isinstance(found, SettingsPage)
    assert isinstance(found.section, WritingSection)
    return found.section


def test_the_units_own_sentences_complete_the_note(window: MainWindow) -> None:
    assert window.frame is not None
    place = window.frame.place
    modules = section(window).modules
    assert modules is not None
    before = get_text_modules(place.desk, unit="solgarden")
    modules.any.line.setText("Vi tar upp det på nästa APT.")
    modules.any.add_written()
    assert get_text_modules(place.desk, unit="solgarden")["any"] == (*before["any"], "Vi tar upp det på nästa APT.")
    meetings.open_meeting(place.desk, key="teammote-1", expected_version=1)
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.agenda.choose("punkt-4")
    note = page.point.note
    note.setFocus()
    QTest.keyClicks(note, "Vi t")
    assert note.offers.first.shown == "Vi tar upp det på nästa APT."
    place.undo()
    assert get_text_modules(place.desk, unit="solgarden") == before
