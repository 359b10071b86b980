"""Journalförd in the window: one press at the point, at any time, and what is left is told after the meeting."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.domain.meetings import Journal, JournalMark
from app.domain.people import Outsider
from app.services import meetings
from app.ui.meetings.journal import JournalPart
from app.ui.meetings.page import MeetingPage
from app.ui.shell import MainWindow
from app.ui.walk_steps import settle_down
from app.ui.widgets.rows import OpenRow
from tests.services.test_journal import approved, marks, noted
from tests.support import TODAY


def opened(window: MainWindow) -> MeetingPage:
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.agenda.choose("punkt-2")
    settle_down()
    return page


def part(page: MeetingPage) -> JournalPart:
    return next(one for one in page.findChildren(JournalPart) if one.isVisibleTo(page))


def texts(place: QWidget) -> list[str]:
    return [one.text() for one in place.findChildren(QLabel) if one.isVisibleTo(place)]


def press(place: QWidget, name: str) -> None:
    next(one for one in place.findChildren(QAbstractButton) if one.accessibleName() == name).click()
    settle_down()


def test_a_point_of_approved_minutes_is_marked_and_the_mark_taken_back(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    noted(desk)
    approved(desk)
    page = opened(window)
    page.closing.show_meeting()
    assert page.closing.unmarked.text() == "Inte journalfört (1). Tryck på en punkt för att kopiera den."
    part(page).mark("kund-1", Journal.HSL)
    settle_down()
    assert "Journalfört: HSL, Eva Chef 2 mars" in texts(part(page))
    mark = JournalMark(customer="kund-1", journal=Journal.HSL, by=Outsider("Eva Chef"), on=TODAY)
    assert marks(desk) == (mark,)
    page.closing.show_meeting()
    assert page.closing.unmarked.text() == "Alla kundärenden med anteckningar är journalförda."
    press(part(page), "Ta bort märkningen HSL")
    assert marks(desk) == ()
    assert "Journalfört: HSL, Eva Chef 2 mars" not in texts(part(page))


def test_what_is_in_no_journal_is_said_under_the_note_and_in_the_list(window: MainWindow) -> None:
    assert window.frame is not None
    noted(window.frame.place.desk)
    approved(window.frame.place.desk)
    page = opened(window)
    points = page.agenda.points
    signs = {key: points.item(number).toolTip() for number, key in enumerate(points.keys())}
    assert {key for key, said in signs.items() if said == "Inte journalfört"} == {"punkt-2"}
    assert page.point.journal.isVisible()
    assert page.point.journal.text() == "Inte journalfört: 1101 AB."
    window.activateWindow()
    press(page.point, "Till journalen")
    focused = page.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Kopiera till HSL: 1101 AB"
    press(part(page), "Kopiera till HSL: 1101 AB")
    assert page.point.journal.text() == "Journalfört: 1101 AB (HSL)."
    assert points.item(points.keys().index("punkt-2")).toolTip() == ""
    page.agenda.choose("punkt-4")
    assert not page.point.journal.isVisible()


def test_what_is_being_typed_is_kept_by_the_mark(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    meetings.open_meeting(desk, key="teammote-1", expected_version=1)
    page = opened(window)
    page.point.note.setPlainText("Sover dåligt")
    part(page).mark("kund-1", Journal.SOL)
    item = meetings.get_meeting(desk, key="teammote-1").value.items[1]
    assert (item.notes, [one.journal for one in item.journaled]) == ("Sover dåligt", [Journal.SOL])
    page.point.note.setPlainText("Sover gott")
    page.editor.save()
    item = meetings.get_meeting(desk, key="teammote-1").value.items[1]
    assert (item.notes, [one.journal for one in item.journaled]) == ("Sover gott", [Journal.SOL])


def test_a_point_about_nobody_has_nothing_to_mark(window: MainWindow) -> None:
    assert window.frame is not None
    meetings.open_meeting(window.frame.place.desk, key="teammote-1", expected_version=1)
    page = opened(window)
    page.agenda.choose("punkt-4")
    settle_down()
    assert [one for one in page.findChildren(JournalPart) if one.isVisibleTo(page)] == []


def test_her_part_is_copied_by_keys_alone_and_the_lock_empties_the_clipboard(window: MainWindow, qtbot: QtBot) -> None:
    assert window.frame is not None
    place = window.frame.place
    heard: list[str] = []
    place.told.connect(heard.append)
    noted(place.desk, "Sover gott.\n1102 CD sover sämre.")
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=20_000)
    page = opened(window)
    page.closing.show_meeting()
    press(page, "Starta mötet")
    QTest.keyClick(
        page.point.note, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Kopiera till HSL: 1101 AB"
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Space)
    clipboard = QApplication.clipboard()
    assert clipboard.text() == "Teammöte Norr, tisdag 3 mars 2026\nSover gott."
    assert [one.journal for one in marks(place.desk)] == [Journal.SOL]
    assert heard[-1] == (
        "Texten är kopierad och märkt SoL. Klistra in den i journalen. 1 rad som nämner andra kunder är inte med."
    )
    assert page.point.journal.text() == "Journalfört: 1101 AB (SoL)."
    place.undo()
    assert marks(place.desk) == ()
    assert page.point.journal.text() == "Inte journalfört: 1101 AB."
    window.frame.lock()
    assert clipboard.text() == ""


def test_what_is_to_be_entered_is_on_idag_and_in_the_closing_part_and_leads_there(window: MainWindow) -> None:
    assert window.frame is not None
    frame = window.frame
    noted(frame.place.desk)
    approved(frame.place.desk)
    frame.visit("today", "")
    settle_down()
    today = frame.page
    assert today is not None
    row = next(one for one in today.findChildren(OpenRow) if one.accessibleName().startswith("1101 AB, Teammöte"))
    row.click()
    settle_down()
    page = frame.page
    assert isinstance(page, MeetingPage)
    assert page.agenda.points.keys()[page.agenda.points.currentRow()] == "punkt-2"
    page.show_part(page.closing)
    press(page.closing, "Till punkten § 2 1101 AB")
    press(part(page), "Kopiera till LSS: 1101 AB")
    frame.visit("today", "")
    settle_down()
    assert "Att journalföra" not in texts(today)


def test_what_was_entered_in_other_words_is_only_marked(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    noted(desk)
    approved(desk)
    page = opened(window)
    QApplication.clipboard().setText("något annat")
    press(part(page), "Märk utan att kopiera: 1101 AB")
    menu = next(one for one in part(page).findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.text() == "Märk LSS utan att kopiera").trigger()
    menu.close()
    assert [one.journal for one in marks(desk)] == [Journal.LSS]
    assert QApplication.clipboard().text() == "något annat"
