"""Coming in, going about, and the lock."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.errors import StorageFault
from app.services import access
from app.services.access import Surroundings
from app.ui.application import make_window
from app.ui.commands import commands_of
from app.ui.finder import Finder
from app.ui.operations import DirectRunner, ThreadRunner
from app.ui.places import PLACES
from app.ui.shell import IdleWatch, MainWindow
from app.ui.today import TodayPage
from app.ui.toolkit import make_application
from tests import support

FIRST_PAINT = """
import sys
from pathlib import Path
from app.ui.application import make_window
from app.ui.toolkit import make_application
app = make_application()
window = make_window(Path(sys.argv[1]), user="", around=lambda: None)
window._preload = lambda: None
window.show()
app.processEvents()
heavy = {"sqlalchemy", "reportlab", "pydantic", "openpyxl", "pypdfium2", "alembic", "holidays", "sqlcipher3"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_first_page_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    missing = str(tmp_path / "ingen.tfdb")
    command = [sys.executable, "-c", FIRST_PAINT, missing]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_wrong_password_says_so_and_lets_nobody_in(closed_window: MainWindow) -> None:
    log_in = closed_window.entrance.log_in
    log_in.password.setText("fel lösenord alldeles")
    QTest.keyClick(log_in.password, Qt.Key.Key_Return)
    assert closed_window.frame is None
    assert "Fel användare eller lösenord" in log_in._fault.text()
    assert log_in.password.text() == ""


def test_the_user_names_are_offered(closed_window: MainWindow) -> None:
    box = closed_window.entrance.log_in._user
    assert [box.itemText(number) for number in range(box.count())] == ["anna", "bo", "chef", "lena", "siv"]
    assert closed_window.entrance.log_in.user == "chef"


def test_ctrl_and_a_number_goes_to_each_page_and_alt_left_back(window: MainWindow, qtbot: QtBot) -> None:
    frame = window.frame
    assert frame is not None
    with_keys = PLACES[:9]
    for number, place in enumerate(with_keys, start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0.value + number), Qt.KeyboardModifier.ControlModifier)
        assert frame.where[0] == place.name
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert frame.where[0] == with_keys[-2].name


@pytest.mark.parametrize("user", ["lena", "siv"])
def test_who_sees_no_customers_has_no_way_to_an_empty_page_of_them(closed_window: MainWindow, user: str) -> None:
    closed_window.entrance.try_log_in(user, support.PASSWORD)
    frame = closed_window.frame
    assert frame is not None
    texts = [one.text().strip() for one in frame.rail.findChildren(QPushButton)]
    assert "Kunder" not in texts
    assert texts[:4] == ["Idag", "Kalender", "Möten", "Team"]
    for number, name in ((4, "today"), (5, "team"), (4, "team")):
        QTest.keyClick(closed_window, Qt.Key(Qt.Key.Key_0.value + number), Qt.KeyboardModifier.ControlModifier)
        assert frame.where[0] == name
    finder = Finder(frame, frame.place)
    assert "Kunder" not in [finder.hits.item(number).text() for number in range(finder.hits.count())]


def test_what_to_begin_with_leads_to_accounts_and_a_second_place_for_copies(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    page = frame.page
    assert isinstance(page, TodayPage)
    beginning = page._beginning()
    steps = beginning.findChildren(QPushButton)
    assert [one.text()[:2] for one in steps] == [f"{number}." for number in range(1, 7)]
    found = {}
    for one in steps:
        one.click()
        found[one.text()[3:]] = frame.where
    assert found["Ge medarbetarna konton"] == ("settings", "accounts")
    assert found["Välj en andra plats för säkerhetskopior"] == ("settings", "backups")


def test_the_finder_goes_to_a_meeting_and_a_person(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    for words, where in (("team", ("team", "")), ("Norr", ("meeting", "teammote-1")), ("anna", ("team", "anna-berg"))):
        finder = Finder(frame, frame.place)
        finder.line.setText(words)
        finder._search()
        texts = [finder.hits.item(number).text() for number in range(finder.hits.count())]
        assert texts, words
        QTest.keyClick(finder.line, Qt.Key.Key_Return)
        assert frame.where == where, texts


def test_the_finder_gives_commands_and_only_those_allowed(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    texts = [one.text for one in commands_of(frame)]
    assert "Planera" in texts
    finder = Finder(frame, frame.place, commands_of(frame))
    finder.line.setText("planera")
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert frame.where == ("plan", "")
    window.lock()
    window.entrance.try_log_in("lena", support.PASSWORD)
    assert window.frame is not None
    theirs = [one.text for one in commands_of(window.frame)]
    assert "Hjälp" in theirs
    assert not {"Planera", "Lägg till punkt", "Läs in från fil"} & set(theirs)


def test_the_lock_leaves_only_the_way_in_and_closes_the_database(
    window: MainWindow, database: Path, clock: support.FixedClock
) -> None:
    frame = window.frame
    assert frame is not None
    desk = frame.place.desk
    frame.seek()
    QGuiApplication.clipboard().setText("1101 AB")
    window.lock()
    assert window.frame is None
    assert not window.entrance.isHidden()
    assert QApplication.activeModalWidget() is None
    assert QGuiApplication.clipboard().text() == ""
    assert window.windowTitle() == "Teamforum"
    with pytest.raises(StorageFault):
        desk.store.key.hex()
    support.log_in(database, clock=clock).close()


def test_the_window_locks_with_the_machine(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.machine is not None)
    assert window.machine is not None
    window.machine.on_turned(False)
    assert window.frame is not None
    window.machine.on_turned(True)
    assert window.frame is None


def test_the_same_person_comes_back_to_where_she_was(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    window.lock()
    window.entrance.try_log_in("chef", support.PASSWORD)
    assert window.frame is not None
    assert window.frame.where == ("meeting", "teammote-1#punkt-1")
    window.lock()
    window.entrance.try_log_in("anna", support.PASSWORD)
    assert window.frame.where == ("today", "")


def test_an_idle_window_locks_within_a_second(qtbot: QtBot) -> None:
    make_application()
    locked: list[float] = []
    watch = IdleWatch(QApplication.instance(), lambda: locked.append(time.monotonic()))  # type: ignore[arg-type]
    watch.minutes = 0.2 / 60
    watch.start()
    began = time.monotonic()
    qtbot.waitUntil(lambda: bool(locked), timeout=3000)
    watch.stop()
    assert locked[0] - began < 1.6


def touched_by_a_key(watch: IdleWatch, shown: QWidget) -> None:
    handle = shown.windowHandle()
    assert handle is not None
    watch._touched -= 100
    before = watch._touched
    QTest.keyClick(handle, Qt.Key.Key_A)
    assert watch._touched > before


def test_keys_in_the_window_and_in_its_dialogs_keep_it_open(window: MainWindow, qtbot: QtBot) -> None:
    watch = window._idle
    assert window.frame is not None
    window.frame.seek()
    dialog = window.frame.findChildren(Finder)[0]
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    touched_by_a_key(watch, dialog)
    dialog.close()  # while it is open the window behind it is dead
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    touched_by_a_key(watch, window)


def test_a_second_window_names_the_first(window: MainWindow, database: Path, clock: support.FixedClock) -> None:
    with pytest.raises(StorageFault) as refused:
        access.log_in(support.surroundings(clock), database, user="chef", password=support.PASSWORD)
    assert refused.value.code == "database_in_use"


def test_a_missing_database_opens_the_wizard_and_creates_nothing(
    qtbot: QtBot, tmp_path: Path, around: Callable[[], Surroundings]
) -> None:
    path = tmp_path / "ny.tfdb"
    window = make_window(path, user="", around=around, runner=DirectRunner())
    qtbot.addWidget(window)
    window.entrance.prepare()
    assert window.entrance.wizard is not None
    assert not list(tmp_path.glob("ny*"))


def test_the_recovery_key_gives_a_new_password(
    qtbot: QtBot, tmp_path: Path, around: Callable[[], Surroundings]
) -> None:
    path = tmp_path / "enhet.tfdb"
    made = access.create_database(
        around(), path, unit_name="Enheten", setting=support.solgarden().units[0].setting, user="eva",
        full_name="Eva", password=support.PASSWORD,
    )  # fmt: skip
    made.desk.close()
    window = make_window(path, user="eva", around=around, runner=DirectRunner())
    qtbot.addWidget(window)
    window.entrance.show_recovery()
    window.entrance._recover("eva", made.recovery_key.lower(), "nio granar i en park")
    assert window.frame is not None
    window.lock()
    window.entrance.try_log_in("eva", "nio granar i en park")
    assert window.frame is not None
    window.close()


def test_the_toolkit_speaks_swedish(qtbot: QtBot) -> None:
    make_application()
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    qtbot.addWidget(box)
    assert {button.text().replace("&", "") for button in box.findChildren(QPushButton)} == {"Avbryt", "Spara"}
    dialog = QFileDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    assert dialog.labelText(QFileDialog.DialogLabel.FileName).startswith("Fil")


def test_work_is_done_in_order_off_the_gui_thread(qtbot: QtBot) -> None:
    app = make_application()
    runner = ThreadRunner(app)
    seen: list[object] = []

    def fail() -> object:
        raise ValueError("nej")

    for number in range(20):
        runner.start(lambda number=number: number, done=seen.append, failed=seen.append)  # type: ignore[misc]
    runner.start(fail, done=seen.append, failed=lambda error: seen.append(type(error)))
    runner.wait()
    assert seen == [*range(20), ValueError]


def test_the_finder_begins_a_member_and_a_customer(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    for words, heading in (("lägg till medarbetare", "team"), ("lägg till kund", "customers")):
        finder = Finder(frame, frame.place, commands_of(frame))
        finder.line.setText(words)
        QTest.keyClick(finder.line, Qt.Key.Key_Return)
        assert frame.where == (heading, "new")
        assert not frame.bar.is_fault
