"""The first set-up by the keyboard, and that a recovery key nobody has on paper is neither forgotten nor left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.services import envelope
from app.services.access import Surroundings
from app.ui.access.wizard import Wizard
from app.ui.application import make_window
from app.ui.operations import DirectRunner, Done, Failed, Work
from app.ui.papers.preview import PreviewWindow
from app.ui.recovery_card import read_key_waits
from app.ui.settings.security import SecuritySection
from app.ui.shell import MainWindow
from app.ui.widgets.messages import Question
from tests import support

CARD = "Ingen har bekräftat återställningsnyckeln"


class SlowRunner(DirectRunner):
    """Does nothing before it is told to go on, as a machine on which it takes seconds."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def start(self, work: Work, *, done: Done, failed: Failed) -> None:
        begin = super().start
        self.waiting.append(lambda: begin(work, done=done, failed=failed))

    def go_on(self) -> None:
        self.waiting.pop(0)()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, around: Callable[[], Surroundings]) -> Iterator[MainWindow]:
    """A machine without any database."""
    made = make_window(tmp_path / "ny.tfdb", user="", around=around, runner=DirectRunner())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.entrance.prepare()
    yield made
    made.lock()
    made.close()


def wizard_of(window: MainWindow) -> Wizard:
    QApplication.processEvents()  # the log-in takes the keyboard once, before
    wizard = window.entrance.wizard
    assert wizard is not None
    return wizard


def enter(line: QWidget) -> None:
    QTest.keyClick(line, Qt.Key.Key_Return)


def at_the_key(window: MainWindow) -> Wizard:
    """Typed through to step 3, never a button pressed."""
    wizard = wizard_of(window)
    wizard.unit_name.setText("Björkgården")
    enter(wizard.unit_name)
    assert wizard._steps.currentIndex() == 1
    QTest.keyClicks(wizard.full_name, "Eva Lind")
    enter(wizard.full_name)
    assert window.focusWidget() is wizard.password, "the user name is there already"
    wizard.password.setText(support.PASSWORD)
    enter(wizard.password)
    assert window.focusWidget() is wizard.again
    wizard.again.setText(support.PASSWORD)
    enter(wizard.again)
    assert wizard._steps.currentIndex() == 2, wizard._fault.text()
    assert wizard.shown_key.text()
    return wizard


def seen(inside: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in inside.findChildren(QLabel) if one.isVisible())


def press(inside: QWidget, text: str) -> None:
    QApplication.processEvents()
    found = [one for one in inside.findChildren(QPushButton) if one.isVisible() and one.text().strip() == text]
    assert len(found) == 1, f"{text}: {len(found)}"
    found[0].click()


def come_in(window: MainWindow) -> None:
    window.entrance.try_log_in("eva", support.PASSWORD)
    assert window.frame is not None


class TestTheKeyboard:
    def test_enter_goes_through_all_three_steps(self, window: MainWindow) -> None:
        wizard = at_the_key(window)
        wizard.typed_key.setText(wizard.shown_key.text().lower())
        enter(wizard.typed_key)
        assert window.frame is not None
        assert CARD not in seen(window)

    def test_an_error_leaves_when_the_next_try_begins_and_the_keyboard_stays(self, window: MainWindow) -> None:
        wizard = wizard_of(window)
        wizard.unit_name.setText("Björkgården")
        enter(wizard.unit_name)
        wizard.full_name.setText("Eva")
        wizard.user.setText("eva")
        for line in (wizard.password, wizard.again):
            line.setText("kort")
        wizard.again.setFocus()
        enter(wizard.again)
        assert "för kort" in seen(wizard)
        assert window.focusWidget() is wizard.again
        for line in (wizard.password, wizard.again):
            line.setText(support.PASSWORD)
        slow = SlowRunner()
        wizard._runner = slow
        enter(wizard.again)
        assert "för kort" not in seen(wizard)
        assert "Skapar databasen …" in seen(wizard)
        assert not wizard._back.isEnabled()
        enter(wizard.again)
        assert len(slow.waiting) == 1, "nothing is begun twice"
        slow.go_on()
        assert wizard._steps.currentIndex() == 2
        assert "Skapar databasen …" not in seen(wizard)
        assert window.focusWidget() is wizard.typed_key

    def test_enter_works_where_the_password_was_forgotten(self, window: MainWindow) -> None:
        wizard = at_the_key(window)
        key = wizard.shown_key.text()
        window.lock()
        window.entrance.show_recovery()
        page = window.entrance._parts.currentWidget()
        page.user.setText("eva")  # type: ignore[union-attr]
        page.key.setText(key)  # type: ignore[union-attr]
        for line in (page.password, page.again):  # type: ignore[union-attr]
            line.setText("nio granar i en park")
        enter(page.again)  # type: ignore[union-attr]
        assert window.frame is not None


class TestAKeyThatIsNotTypedBack:
    def test_closing_asks_first_and_can_be_thought_better_of(self, window: MainWindow) -> None:
        wizard = at_the_key(window)
        assert not window.close()
        question = window.question
        assert isinstance(question, Question)
        assert "inte skrivit av den" in seen(question)
        question.reject()
        assert window.isVisible()
        assert wizard.shown_key.text()
        wizard.typed_key.setText(wizard.shown_key.text())
        enter(wizard.typed_key)
        assert window.frame is not None

    def test_closing_all_the_same_closes_the_database_and_idag_says_so(
        self, window: MainWindow, qtbot: QtBot, around: Callable[[], Surroundings]
    ) -> None:
        wizard = at_the_key(window)
        place = wizard.unconfirmed
        assert place is not None
        window.close()
        window.question.accept_button.click()
        assert not window.isVisible()
        assert place.closed
        again = make_window(place.desk.store.address, user="eva", around=around, runner=DirectRunner())
        qtbot.addWidget(again)
        again.show()
        come_in(again)
        assert CARD in seen(again)
        again.close()

    def test_the_card_leads_to_a_new_key_and_goes_when_that_is_typed_back(self, window: MainWindow) -> None:
        old = at_the_key(window).shown_key.text()
        window.lock()
        come_in(window)
        frame = window.frame
        assert frame is not None
        press(window, "Skapa ny återställningsnyckel")
        section = frame.page.section  # type: ignore[union-attr]
        assert isinstance(section, SecuritySection)
        assert CARD in section.key_state.text()
        section.issue_button.click()
        section.question.accept_button.click()
        new = section.shown_key.text()
        assert new != old
        section.typed_key.setText(old)
        enter(section.typed_key)
        assert "stämmer inte" in section.key_state.text()
        frame.visit("today", "")
        assert CARD in seen(window)
        frame.visit("settings", "security")
        section.typed_key.setText(new)
        enter(section.typed_key)
        assert "förseglat kuvert" in section.key_state.text()
        frame.visit("today", "")
        assert CARD not in seen(window)

    def test_only_an_enhetschef_of_every_unit_is_told(self, window: MainWindow) -> None:
        at_the_key(window)
        window.lock()
        come_in(window)
        assert window.place is not None
        desk = window.place.desk
        assert read_key_waits(desk)
        unit = frozenset({"bjorkgarden"})
        assert not read_key_waits(support.seated(desk, Role.MANAGER, units=unit))
        assert not read_key_waits(support.seated(desk, Role.LICENSED))
        assert envelope.recovery_key_waits(desk)


class TestNobodyIsThere:
    def test_the_idle_lock_takes_the_key_off_the_screen_and_closes_the_database(self, window: MainWindow) -> None:
        wizard = at_the_key(window)
        place, key = wizard.unconfirmed, wizard.shown_key.text()
        assert place is not None
        QApplication.clipboard().setText(key)
        wizard._print.click()
        assert any(isinstance(one, PreviewWindow) and one.isVisible() for one in QApplication.topLevelWidgets())
        window._idle.minutes = 0
        window._idle._tick()
        assert place.closed
        assert wizard.shown_key.text() == ""
        assert window.entrance.wizard is None
        assert key not in seen(window)
        assert QApplication.clipboard().text() == ""
        assert not any(isinstance(one, PreviewWindow) and one.isVisible() for one in QApplication.topLevelWidgets())
        assert window.entrance.log_in.isVisible()
        assert window.entrance.log_in.user == "eva"
        assert "inte bekräftad" in window.entrance.bar.text.text()
        come_in(window)
        assert CARD in seen(window)

    def test_the_machines_own_lock_too(self, window: MainWindow) -> None:
        wizard = at_the_key(window)
        QApplication.processEvents()
        assert window.machine is not None
        window.machine.on_turned(True)
        assert wizard.shown_key.text() == ""
        assert window.entrance.log_in.isVisible()

    def test_it_goes_on_watching_once_she_is_in(self, window: MainWindow) -> None:
        wizard = at_the_key(window)
        wizard.typed_key.setText(wizard.shown_key.text())
        enter(wizard.typed_key)
        assert window.place is not None
        window._idle.minutes = 0
        window._idle._tick()
        assert wizard.unconfirmed is None
        assert not window._idle._timer.isActive()
        assert window.entrance.bar.isHidden()


def test_a_folder_that_does_not_exist_is_told_at_the_first_step(
    qtbot: QtBot, tmp_path: Path, around: Callable[[], Surroundings]
) -> None:
    made = make_window(tmp_path / "borta" / "ny.tfdb", user="", around=around, runner=DirectRunner())
    qtbot.addWidget(made)
    made.entrance.prepare()
    wizard = wizard_of(made)
    wizard.unit_name.setText("Björkgården")
    enter(wizard.unit_name)
    assert wizard._steps.currentIndex() == 0
    assert "borta finns inte" in wizard._fault.text()
    made.close()
