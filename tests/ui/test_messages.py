"""The notices that lie over a page and the small question: where they stand, and what Enter does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.settings.page import SettingsPage
from app.ui.shell import MainWindow
from app.ui.theme import Theme, load_fonts
from app.ui.toolkit import make_application
from app.ui.widgets.messages import FloatingBar, Question

LONG = "Bo Ek slutar torsdag 12 mars 2026. Allt är överlämnat, och de som tar över ser det på sin sida Idag i morgon."


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    load_fonts()
    Theme(dark=False).apply(make_application())
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("width", "height"), [(1060, 720), (623, 384), (360, 300)])
@pytest.mark.parametrize("text", ["Sparat.", LONG])
def test_a_notice_stands_small_in_the_lower_right_corner(over: QWidget, width: int, height: int, text: str) -> None:
    bar = FloatingBar(over)
    over.resize(width, height)
    bar.show_notice(text)
    QApplication.processEvents()
    place = bar.geometry()
    assert place.width() <= 420
    assert over.rect().contains(place)
    assert over.rect().right() - place.right() <= 24
    assert place.bottom() > height * 2 // 3
    words = bar.text.mapTo(bar, QPoint(0, bar.text.height()))
    assert bar.text.height() >= bar.text.heightForWidth(bar.text.width())
    assert words.y() <= bar.height()


def test_it_follows_the_corner_when_the_window_grows(over: QWidget) -> None:
    bar = FloatingBar(over)
    over.resize(700, 400)
    bar.show_fault(LONG)
    over.resize(1200, 800)
    QApplication.processEvents()
    assert bar.geometry().left() > 600
    assert bar.geometry().bottom() > 600
    over.resize(500, 400)
    QApplication.processEvents()
    assert over.rect().contains(bar.geometry())


@pytest.mark.parametrize(("danger", "done"), [(True, False), (False, True)])
def test_enter_does_nothing_that_cannot_be_undone(over: QWidget, danger: bool, done: bool) -> None:
    asked = Question(over, "Avsluta kontot?", "Det kan inte öppnas igen.", accept="Avsluta kontot", danger=danger)
    asked.open()
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert not asked.isVisible()
    assert bool(asked.result()) is done


def test_who_goes_to_the_dangerous_button_presses_it_with_enter(over: QWidget) -> None:
    asked = Question(over, "Avsluta kontot?", "Det kan inte öppnas igen.", accept="Avsluta kontot", danger=True)
    asked.open()
    asked.activateWindow()
    QApplication.processEvents()
    asked.accept_button.setFocus()
    QTest.keyClick(asked.accept_button, Qt.Key.Key_Return)
    assert asked.result()


def test_a_question_with_a_field_is_answered_by_no_enter(over: QWidget) -> None:
    reason = QLineEdit()
    asked = Question(over, "Ställ in mötet", "", reason, accept="Ställ in mötet", danger=True)
    asked.open()
    assert asked.focusWidget() is not asked.leave_button
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert not asked.result()


def test_a_fault_leaves_with_its_page_or_section_and_not_before(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    frame.visit("settings", "log")
    said = "Skriv vad du såg."

    def told_after(gesture: Callable[[], object]) -> bool:
        frame.place.troubled.emit(said)
        gesture()
        return frame.bar.is_fault

    assert told_after(lambda: frame.visit("settings", "log"))
    assert not told_after(lambda: frame.visit("settings", "look"))
    page = frame.page
    assert isinstance(page, SettingsPage)
    assert not told_after(lambda: page.list.setCurrentRow(0))
    assert not told_after(lambda: frame.visit("team", ""))
    assert not told_after(frame.go_back)


def test_what_is_about_more_than_a_page_stays_until_it_is_closed(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    frame.bar.show_fault("Loggen är kortare än sist.", stays=True)
    frame.visit("team", "")
    assert frame.bar.is_fault
    frame.place.shut_out.emit("Kontot är avslutat.")
    frame.visit("settings", "look")
    assert frame.bar.is_fault
