"""Processes that are killed, come twice or find their file gone: real ones, on a real file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.domain.errors import AccessDenied, StorageFault
from app.services import checks, drafts
from app.services.access import Surroundings
from app.services.desk import Desk
from app.storage import key_file
from app.ui.application import make_window
from app.ui.operations import DirectRunner
from app.ui.shell import MainWindow
from tests.support import PASSWORD, files_of, log_in, surroundings

ROOT = Path(__file__).resolve().parents[2]
PROMISED_SECONDS = 2.0

TYPING = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from app.ui.application import make_window
from app.ui.toolkit import make_application
from tests import support
app = make_application()
window = make_window(Path(sys.argv[1]), user="chef", around=support.surroundings)
window.show()
number = 0
def type_on():
    global number
    number += 1
    page.point.text.insertPlainText(f" ord{number}.")
    print(number, time.monotonic(), flush=True)
def begin():
    global page
    if window.frame is None or window.runner.busy:
        return QTimer.singleShot(50, begin)
    window.frame.visit("meeting", "teammote-1")
    window.runner.wait()
    page = window.frame.page
    page.agenda.choose("punkt-4")
    timer.start(100)
timer = QTimer()
timer.timeout.connect(type_on)
window.entrance.try_log_in("chef", support.PASSWORD)
begin()
app.exec()
"""
HALF_DONE = """
import os, sys
from pathlib import Path
from app.storage.engine import raw_connection
from tests.storage.tools import key_of
path = Path(sys.argv[1])
connection = raw_connection(path, key_of(path))
connection.execute("PRAGMA cache_size = 10")
connection.execute("PRAGMA cache_spill = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE members SET name = name || ' halv'")
connection.execute("UPDATE items SET notes = hex(randomblob(200000))")
connection.execute("UPDATE meetings SET version = version + 1")
connection.execute("DELETE FROM audit")
print("mitt i", flush=True)
sys.stdin.read()
"""


def environment() -> dict[str, str]:
    return {**os.environ, "TEAMFORUM_USER": "chef", "TEAMFORUM_PASSWORD": PASSWORD, "TEAMFORUM_TODAY": "2026-03-02"}


def command(database: Path, *words: str) -> tuple[int, str, str]:
    """A command as somebody types it: its status, what it printed, what it said."""
    ended = subprocess.run(
        [sys.executable, "-m", "app", "-d", str(database), *words],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stdout, ended.stderr


def test_kill_while_typing_leaves_a_draft_at_most_two_seconds_old(database: Path) -> None:
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(database)], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment()
    )
    typed: list[tuple[int, float]] = []
    try:
        assert typing.stdout is not None
        while len(typed) < 40:
            number, at = typing.stdout.readline().split()
            typed.append((int(number), float(at)))
        typing.send_signal(signal.SIGKILL)
        typed += [(int(line.split()[0]), float(line.split()[1])) for line in typing.stdout if len(line.split()) == 2]
    finally:
        typing.kill()
        typing.communicate()
    killed = typed[-1][1]
    promised = max(number for number, at in typed if at <= killed - PROMISED_SECONDS)
    desk = log_in(database)
    try:
        draft = drafts.read_draft(desk, kind="meeting", key="teammote-1")
    finally:
        desk.close()
    assert draft is not None
    assert f" ord{promised}." in draft.content
    assert checks.check_file(surroundings(), database, user="chef", password=PASSWORD).rows["drafts"] == 1


def test_a_second_command_waits_five_seconds_and_says_who_holds_the_file(desk: Desk, database: Path) -> None:
    before = files_of(database.parent)
    began = time.monotonic()
    status, out, err = command(database, "members")
    assert time.monotonic() - began >= 5
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert f"process {os.getpid()}" in err
    assert "Stäng det fönstret" in err
    assert files_of(database.parent) == before


def test_a_command_that_waited_long_enough_is_let_in(database: Path) -> None:
    holder = log_in(database)
    waiting = subprocess.Popen(
        [sys.executable, "-m", "app", "-d", str(database), "members"],
        cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(2.5)
    holder.close()
    out, err = waiting.communicate(timeout=30)
    assert (waiting.returncode, err) == (0, "")
    assert "Anna Berg" in out


def half_done(database: Path) -> Path:
    """Kill a program in the middle of a large change that has reached the file, and give its journal."""
    killed = subprocess.Popen(
        [sys.executable, "-c", HALF_DONE, str(database)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "mitt i\n"
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    finally:
        killed.kill()
        killed.communicate()
    owner = database.with_name(database.name + ".lock-owner")
    owner.write_text('{"process": 1, "workstation": "x", "what": "Teamforum"}', encoding="utf-8")
    journal = database.with_name(database.name + "-journal")
    assert journal.stat().st_size > 0, "the change was under way in the file itself"
    return journal


def test_what_a_killed_program_left_half_done_is_taken_back(database: Path) -> None:
    whole = files_of(database.parent)[database.name]
    half_done(database)
    assert database.read_bytes() != whole
    log_in(database).close()
    assert checks.check_file(surroundings(), database, user="chef", password=PASSWORD).rows["members"] == 6


def test_a_journal_deleted_after_a_kill_is_noticed_before_anybody_is_let_in(database: Path) -> None:
    half_done(database).unlink()
    before = files_of(database.parent)
    with pytest.raises(StorageFault, match="database_damaged"):
        log_in(database)
    after = files_of(database.parent)
    assert after[database.name] == before[database.name], "nothing is mended by guessing"
    with pytest.raises(StorageFault):
        checks.check_file(surroundings(), database, user="chef", password=PASSWORD)


@pytest.mark.parametrize(
    "words",
    [("check",), ("units",), ("members",), ("customers",), ("meetings",), ("actions",), ("export", "ut.json"),
     ("import", "in.json"), ("agenda", "--meeting", "teammote-1", "-o", "ut.pdf"),
     ("minutes", "--meeting", "teammote-1", "-o", "ut.pdf")],
    ids=lambda words: words[0],
)  # fmt: skip
def test_no_command_makes_a_database_that_is_missing(
    tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from app import bootstrap  # noqa: PLC0415 - the command line, in this process: ten starts would take long

    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.json").write_text('{"format": "teamforum", "version": 1}', encoding="utf-8")
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    assert bootstrap.run(["-d", str(tmp_path / "borta.tfdb"), *words]) == 1
    assert "finns inte" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.json"]


def test_a_usb_stick_that_was_removed_leaves_no_new_empty_database(
    qtbot: QtBot, database: Path, around: Callable[[], Surroundings]
) -> None:
    window = make_window(database, user="chef", around=around, runner=DirectRunner())
    qtbot.addWidget(window)
    window.show()
    window.entrance.try_log_in("chef", PASSWORD)
    assert window.frame is not None
    folder = database.parent
    away = folder.with_name("urdraget")
    folder.rename(away)
    window.frame.visit("meeting", "teammote-1")
    window.frame.visit("customers", "kund-2")
    window.lock()
    assert not folder.exists(), "neither reading nor locking makes anything where the stick was"
    window.entrance.try_log_in("chef", PASSWORD)
    assert window.place is None
    assert not folder.exists()
    told = window.entrance.log_in.findChildren(type(window.entrance.bar.text))
    said = [window.entrance.bar.text.text(), *(one.text() for one in told)]
    assert any("finns inte" in text for text in said)
    window.close()
    away.rename(folder)
    log_in(database).close()


def test_a_stick_pulled_out_under_unsaved_text_keeps_the_text_on_the_screen(window: MainWindow, database: Path) -> None:
    from app.ui.meetings.page import MeetingPage  # noqa: PLC0415 - loaded with the page

    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.agenda.choose("punkt-4")
    page.point.text.setPlainText("Skrivet just innan stickan drogs ur")
    assert window.place is not None
    window.place.desk.store._engine.dispose()  # as after a pause: the next gesture opens the file anew
    folder = database.parent
    away = folder.with_name("urdraget")
    folder.rename(away)
    page.editor.save()
    assert window.frame.bar.is_fault
    assert "Kontrollera" in window.frame.bar.text.text()
    assert page.point.text.toPlainText() == "Skrivet just innan stickan drogs ur"
    assert not folder.exists()
    away.rename(folder)
    page.editor.save()
    assert not page.editor.dirty, "with the stick back, saving works"


def test_the_key_file_missing_is_told_and_nothing_is_made_in_its_place(database: Path) -> None:
    for copy in key_file.paths(database):
        copy.unlink()
    before = files_of(database.parent)
    with pytest.raises(StorageFault, match="key_file_missing"):
        log_in(database)
    assert files_of(database.parent) == before


def test_a_password_with_quote_umlaut_emoji_and_great_length_opens_what_it_made(tmp_path: Path) -> None:
    from app.domain.catalogue import Setting  # noqa: PLC0415
    from app.services import access  # noqa: PLC0415
    from tests.support import surroundings  # noqa: PLC0415

    for number, password in enumerate(
        ("citat'tecken\" ; --", "blåbärssörpling ö", "skog🌲och🙂hav🌊🐟", "x" * 200 + "å", "  blanka i ändarna  ")
    ):
        path = tmp_path / f"{number}.tfdb"
        access.create_database(
            surroundings(), path, unit_name="Enheten", setting=Setting.GRUPPBOSTAD, user="chef", full_name="Eva",
            password=password,
        ).desk.close()  # fmt: skip
        desk = access.log_in(surroundings(), path, user="chef", password=password)
        assert desk.actor.user == "chef"
        desk.close()
        with pytest.raises(AccessDenied, match="wrong_password"):
            access.log_in(surroundings(), path, user="chef", password=password + "x")


def test_the_lock_file_of_another_is_no_way_in(database: Path) -> None:
    """What lies beside the file may be anything: a note that cannot be read names nobody and stops nobody."""
    owner = database.with_name(database.name + ".lock-owner")
    for content in (b"", b"{", b"\xff\xfe", b'{"process": null}', b"[]" * 1000):
        owner.write_bytes(content)
        log_in(database).close()
    assert not owner.exists()
