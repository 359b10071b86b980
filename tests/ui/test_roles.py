"""The window as each role meets it: nothing enabled is refused, and a läsare reads nothing of any customer."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.errors import KnownError, NotAllowed
from app.services.access import Surroundings
from app.ui.application import make_window
from app.ui.commands import commands_of
from app.ui.finder import Finder
from app.ui.frame import Frame
from app.ui.operations import DirectRunner, Done, Failed, Work
from app.ui.rail import Rail
from app.ui.settings.page import SettingsPage
from app.ui.shell import MainWindow
from app.ui.walk import walk
from app.ui.walk_steps import settle_down
from app.ui.widgets.fields import DateField
from tests import support
from tests.services.calls import SECRET

MEETINGS = ("teammote-1", "hallet", "justerat", "installt")
PAGES = [
    *((page, "") for page in ("today", "calendar", "meetings", "plan", "customers", "team", "actions", "settings")),
    *((page, "") for page in ("away", "rooms", "sick", "handover")), ("away", "new"),
    *(("meeting", key) for key in MEETINGS),
    ("meetings", "new"), ("team", "bo-ek"), ("team", "new"), ("customers", "kund-1"), ("customers", "new"),
    ("actions", "att-gora"),
]  # fmt: skip


class NotingRunner(DirectRunner):
    """Runs work at once, and notes what was refused to the person and by which of her gestures."""

    def __init__(self) -> None:
        self.gesture = ""
        self.refused: list[str] = []

    def start(self, work: Work, *, done: Done, failed: Failed) -> None:
        """Run `work` now."""

        def noted(error: Exception) -> None:
            if isinstance(error, NotAllowed):
                self.refused.append(self.gesture)
            assert isinstance(error, KnownError), f"{self.gesture}: {error!r}"
            failed(error)

        super().start(work, done=done, failed=noted)


@pytest.fixture
def enter(
    qtbot: QtBot, furnished_template: Path, tmp_path: Path, around: Callable[[], Surroundings],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[str], tuple[MainWindow, NotingRunner]]]:  # fmt: skip
    """A window on the furnished unit in which a user is logged in."""
    database = tmp_path / "data" / support.FILE
    shutil.copytree(furnished_template, database.parent)
    for name in ("getSaveFileName", "getOpenFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(DateField, "_open_calendar", lambda _: None)  # it waits for somebody to choose a day
    runner = NotingRunner()
    window = make_window(database, user="", around=around, runner=runner)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.entrance.prepare()

    def go_in(user: str) -> tuple[MainWindow, NotingRunner]:
        window.entrance.try_log_in(user, support.PASSWORD)
        assert window.frame is not None
        settle_down()
        return window, runner

    yield go_in
    window.close()


def stops(frame: Frame) -> list[tuple[str, str]]:
    """Every page and what lies there, the sections of the settings that the person has among them."""
    frame.visit("settings", "")
    page = frame.page
    assert isinstance(page, SettingsPage)
    return [*PAGES, *(("settings", key) for key in page._entries)]


def buttons(window: QWidget) -> list[QAbstractButton]:
    """What can be pressed now, in order; the rail apart."""
    found = window.findChildren(QAbstractButton)
    return [
        one for one in found
        if one.isVisible() and one.isEnabled() and not (isinstance(one.parent(), Rail) or one.objectName()[:3] == "qt_")
    ]  # fmt: skip


def named(found: list[QAbstractButton]) -> list[str]:
    """What each of them is called."""
    return [one.text().strip() or one.accessibleName() for one in found]


def close_others(window: QWidget) -> None:
    """Close the dialogs and menus that a press has opened."""
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            other.close()


def choose_all(runner: NotingRunner) -> None:
    """Choose everything in the menu that a press has opened, if it has."""
    menu, pressed = QApplication.activePopupWidget(), runner.gesture
    for action in [one for one in menu.actions() if one.isEnabled()] if isinstance(menu, QMenu) else []:
        runner.gesture = f"{pressed}: {action.text()}"
        action.trigger()


@pytest.mark.parametrize("user", ["chef", "anna", "bo", "siv", "lena"])
def test_nothing_that_can_be_pressed_is_refused(
    enter: Callable[[str], tuple[MainWindow, NotingRunner]], user: str
) -> None:
    window, runner = enter(user)
    frame = window.frame
    assert frame is not None
    pressed = set()
    own: dict[str, list[str]] = {}
    for page, key in stops(frame):
        runner.gesture = f"visit {page} {key}"
        frame.visit(page, key)
        settle_down()
        there = buttons(window)
        names = named(there)
        if not key:
            own[page] = names
        for number, name in enumerate(names):
            if key and name in own.get(page, ()):
                continue  # the list's own, pressed before a row was chosen
            if frame._here != (page, key) or named(there) != names:  # an earlier press led away or changed it
                runner.gesture = f"visit {page} {key}"
                frame.visit(page, key)
                settle_down()
                there = buttons(window)
            if named(there[number : number + 1]) != [name]:
                continue  # an earlier press has changed what there is
            runner.gesture = f"{page} {key}: {name}"
            pressed.add(runner.gesture)
            there[number].click()
            choose_all(runner)
            close_others(window)
            if window.frame is None:
                window, _ = enter(user)
                assert window.frame is not None
                frame = window.frame
            there = buttons(window)
    for command in commands_of(frame):
        runner.gesture = f"Ctrl+K: {command.text}"
        if command.run != frame.lock:
            command.run()
            close_others(window)
    assert len(pressed) > 40
    assert sorted(set(runner.refused)) == []


def texts(shown: QWidget) -> Iterator[str]:
    """Every text of a window: what is read, hovered, heard, typed or chosen, in models too."""
    for one in [shown, *shown.findChildren(QWidget)]:
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle())
        yield from (one.whatsThis(), one.statusTip())
        if isinstance(one, QLabel | QAbstractButton | QLineEdit):
            yield one.text()
        if isinstance(one, QLineEdit):
            yield one.placeholderText()
        if isinstance(one, QPlainTextEdit | QTextBrowser):
            yield one.toPlainText()
        if isinstance(one, QComboBox):
            yield from cells(one.model())
        if isinstance(one, QAbstractItemView) and one.model() is not None:
            yield from cells(one.model())
    for action in shown.findChildren(QAction):
        yield from (action.text(), action.toolTip())


ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole, Qt.ItemDataRole.UserRole, Qt.ItemDataRole.EditRole,
)  # fmt: skip


def cells(model: QAbstractItemModel) -> Iterator[str]:
    """What a model says in each of its cells."""
    root = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(root)
    for number in range(model.rowCount(root)):
        for column in range(columns):
            index = model.index(number, column, root)
            yield from (str(model.data(index, role) or "") for role in ROLES)


def in_sight(frame: Frame) -> list[QWidget]:
    """The page one is at and what stands around it; the pages behind it were looked at when they were in sight."""
    assert frame.page is not None
    return [frame.page, frame.bar, frame.rail]


def secrets(*shown: QWidget) -> list[str]:
    """Texts of widgets, and of the dialogs over the window, that say something of a customer."""
    over = [one for one in QApplication.topLevelWidgets() if one.isVisible() and not isinstance(one, MainWindow)]
    told = {text for one in (*shown, *over) for text in texts(one)}
    return sorted(text for text in told if SECRET in text.casefold() or "kund-" in text.casefold())


def test_a_reader_is_told_nothing_of_any_customer(enter: Callable[[str], tuple[MainWindow, NotingRunner]]) -> None:
    window, _ = enter("lena")
    frame = window.frame
    assert frame is not None
    found: dict[str, list[str]] = {}
    for page, key in stops(frame):
        frame.visit(page, key)
        settle_down()
        if told := secrets(*in_sight(frame)):
            found[f"{page} {key}"] = told
    if told := secrets(window):
        found["all of them, as they lie behind each other"] = told
    for name, shown in walk(window):
        if told := secrets(*(in_sight(frame) if shown is window else [shown])):
            found[name] = told
    frame.seek()
    settle_down()
    for one in window.findChildren(Finder):
        one.line.setText(SECRET)
        settle_down()
        hits = list(cells(one.hits.model()))
        found["hits"] = [hit for hit in hits if SECRET in hit.casefold() or "kund-" in hit]
        one.line.setText("")
    if told := secrets(window):
        found["finder"] = told
    close_others(window)
    assert {name: told for name, told in found.items() if told} == {}
    assert "hits" in found


def test_the_search_finds_secrets_where_there_are_some(
    enter: Callable[[str], tuple[MainWindow, NotingRunner]],
) -> None:
    window, _ = enter("chef")
    assert window.frame is not None
    for page, key in (("customers", "kund-1"), ("meeting", "hallet"), ("actions", "")):
        window.frame.visit(page, key)
        settle_down()
        assert secrets(window), page
