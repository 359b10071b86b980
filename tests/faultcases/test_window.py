"""Faults while the window is open: what went wrong is said in Swedish, the text stays, and work goes on."""

from __future__ import annotations

import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRunnable, QThreadPool, QTimer
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app import faultlog, paths
from app.domain.errors import KnownError
from app.domain.location import Mount
from app.domain.roles import Role
from app.domain.wording import wording
from app.services import customers, drafts, endings, meeting_removal, meetings, team
from app.services.access import Surroundings
from app.storage import location
from app.ui.application import FaultBell, make_window
from app.ui.meetings.page import MeetingPage
from app.ui.operations import DirectRunner, ThreadRunner
from app.ui.registers.customers import CustomersPage
from app.ui.registers.team import TeamPage
from app.ui.settings.data import DataSection
from app.ui.settings.page import SettingsPage
from app.ui.shell import MainWindow
from app.ui.workplace import Workplace
from tests import support

SECRET = "1101 AB faller ofta på natten"
HONEST = wording(KnownError("unexpected"))


@pytest.fixture
def page(window: MainWindow) -> MeetingPage:
    """The teammöte of Norr, with a point chosen."""
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    found.agenda.choose("punkt-4")
    return found


@pytest.fixture
def hooks() -> Iterator[None]:
    """The interpreter's own hooks, put back afterwards."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


def place_of(window: MainWindow) -> Workplace:
    assert window.place is not None
    return window.place


def fault(window: MainWindow) -> str:
    assert window.frame is not None
    assert window.frame.bar.is_fault
    return window.frame.bar.text.text()


def quiet(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.bar.hide()


def full_disk(window: MainWindow, *, full: bool) -> None:
    """Let the file take no page more than it has, or let it grow again."""
    with place_of(window).desk.store._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if full else 1_000_000}")
        connection.rollback()


# exception in a slot


def break_things() -> None:
    raise RuntimeError(SECRET)


class Breaks(QRunnable):
    def run(self) -> None:
        break_things()


@pytest.mark.parametrize("where", ["slot", "thread", "pool", "unraisable", "worker"])
def test_an_exception_in_a_slot_or_on_any_thread_is_told_logged_without_content_and_costs_nothing(
    window: MainWindow, page: MeetingPage, hooks: None, where: str, qtbot: QtBot
) -> None:
    page.point.text.setPlainText("Det som just skrivs")
    with capture_exceptions() as elsewhere:
        faultlog.catch_all(FaultBell(window).ring)
        if where == "slot":
            QTimer.singleShot(0, break_things)
        elif where == "thread":
            thread = threading.Thread(target=break_things)
            thread.start()
            thread.join()
        elif where == "pool":
            QThreadPool.globalInstance().start(Breaks())
        elif where == "unraisable":
            dropped = type("Dropped", (), {"__del__": lambda _: break_things()})()
            del dropped
        else:
            place_of(window).ask(window, lambda _: break_things(), lambda _: None)
        qtbot.waitUntil(lambda: window.frame is not None and window.frame.bar.is_fault, timeout=3000)
    assert elsewhere == []
    assert fault(window) == HONEST
    logged = (paths.user_data_dir() / "fel.log").read_text(encoding="utf-8")
    assert "RuntimeError" in logged
    assert "break_things" in logged
    assert "faller" not in logged
    assert "1101" not in logged
    page.editor.save()
    assert page.point.text.toPlainText() == "Det som just skrivs"
    assert not page.editor.dirty, "the window still works"


def test_an_answer_that_breaks_its_slot_does_not_stop_the_next(qtbot: QtBot) -> None:
    runner = ThreadRunner()
    got: list[object] = []
    with capture_exceptions() as elsewhere:
        runner.start(lambda: 1, done=lambda _: break_things(), failed=got.append)
        runner.start(lambda: 2, done=got.append, failed=got.append)
        runner.start(lambda: sys.exit(3), done=got.append, failed=lambda error: got.append(type(error).__name__))
        runner.start(lambda: 4, done=got.append, failed=got.append)
        runner.wait()
    assert len(elsewhere) == 1
    assert got == [2, "BrokenOff", 4]
    assert not runner.busy


def test_what_caused_a_fault_is_logged_by_kind_and_place_and_the_log_stays_small() -> None:
    def cause() -> None:
        try:
            break_things()
        except RuntimeError as error:
            raise ValueError(SECRET) from error

    for _ in range(3):
        try:
            cause()
        except ValueError as error:
            faultlog.note_fault(error)
    log = paths.user_data_dir() / "fel.log"
    lines = log.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert "ValueError" in lines[0]
    assert "| RuntimeError" in lines[0]
    assert "faller" not in lines[0]
    assert str(Path.home()) not in lines[0], "no folder bears the person's name"
    log.write_text("x" * (faultlog.LARGEST + 1), encoding="utf-8")
    faultlog.note_fault(ValueError(SECRET))
    assert log.stat().st_size < 1000


# disks that fail under the window


def test_a_full_disk_leaves_the_text_on_the_screen_and_saving_works_again(
    window: MainWindow, page: MeetingPage
) -> None:
    long = "Skrivet när disken tog slut. " * 4000
    full_disk(window, full=True)
    page.point.text.setPlainText(long)
    page.editor.save()
    assert "Disken är full" in fault(window)
    assert "Texten är kvar" in fault(window)
    assert page.point.text.toPlainText() == long
    full_disk(window, full=False)
    quiet(window)
    page.editor.save()
    assert not page.editor.dirty
    found = meetings.get_meeting(place_of(window).desk, key="teammote-1").value.item("punkt-4")
    assert found is not None
    assert found.text == long.strip()


def test_a_full_disk_under_a_form_keeps_the_form(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.visit("team", "anna-berg")
    found = window.frame.page
    assert isinstance(found, TeamPage)
    form = found.detail.form
    long = "A" * 200
    form.name.setText(long)  # type: ignore[attr-defined]  # the team's form
    full_disk(window, full=True)
    place = place_of(window)
    place.ask(window, lambda desk: drafts.save_draft(
        desk, kind="members", key="x", started_from=0, content="å" * 400_000), lambda _: None)  # fmt: skip
    assert "Disken är full" in fault(window)
    full_disk(window, full=False)
    assert form.name.text() == long  # type: ignore[attr-defined]
    found.detail.save()
    assert team.get_member(place.desk, key="anna-berg").value.name == long


def test_a_read_only_folder_is_told_and_what_is_typed_stays(
    window: MainWindow, page: MeetingPage, database: Path
) -> None:
    place_of(window).desk.store._engine.dispose()
    files = list(database.parent.iterdir())
    for path in files:
        path.chmod(stat.S_IREAD)
    database.parent.chmod(stat.S_IREAD | stat.S_IEXEC)
    try:
        page.point.text.setPlainText("Skrivet i en skrivskyddad mapp")
        page.editor.save()
        if page.editor.dirty:  # whoever runs the tests as the system's owner may write anyway
            assert "Välj en annan mapp" in fault(window) or "Kontrollera" in fault(window)
        assert page.point.text.toPlainText() == "Skrivet i en skrivskyddad mapp"
    finally:
        database.parent.chmod(stat.S_IRWXU)
        for path in files:
            path.chmod(stat.S_IREAD | stat.S_IWRITE)
    page.editor.save()
    assert not page.editor.dirty


def test_a_refusal_of_the_disk_is_told_at_every_gesture_that_writes(
    window: MainWindow, page: MeetingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver says no, as a read-only folder makes it do, whatever the gesture: each is told, none is lost."""
    from sqlalchemy import event  # noqa: PLC0415

    engine = place_of(window).desk.store._engine

    assert page.editor.meeting is not None
    import sqlcipher3.dbapi2 as driver  # noqa: PLC0415

    def refused(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            raise driver.OperationalError("attempt to write a readonly database")

    event.listen(engine, "before_cursor_execute", refused)
    try:
        page.point.text.setPlainText("Skrivet i en skrivskyddad mapp")
        page.editor.save()
        assert "Texten är kvar" in fault(window)
        assert "Kontrollera" in fault(window)
        assert "readonly" not in fault(window), "the driver's English stays out of it"
        assert page.point.text.toPlainText() == "Skrivet i en skrivskyddad mapp"
    finally:
        event.remove(engine, "before_cursor_execute", refused)
    page.editor.save()
    assert not page.editor.dirty


@pytest.mark.parametrize("target", ["gone/ut.json", "."])
def test_an_export_that_cannot_be_written_says_so(window: MainWindow, tmp_path: Path, target: str) -> None:
    assert window.frame is not None
    window.frame.visit("settings", "data")
    found = window.frame.page
    assert isinstance(found, SettingsPage)
    section = found.section
    assert isinstance(section, DataSection)
    section.export_to(tmp_path / target)
    said = section.export.result.text()
    assert "gick inte att skriva" in said
    assert "Välj en annan plats" in said
    assert section.export.button.isEnabled()
    assert list(tmp_path.glob(".teamforum-*")) == []


# leaving with something unsaved


def test_logging_out_with_unsaved_text_loses_none_of_it(window: MainWindow, page: MeetingPage) -> None:
    assert window.frame is not None
    page.point.text.setPlainText("Inte sparat när hon loggade ut")
    window.frame.visit("customers", "kund-2")
    found = window.frame.page
    assert isinstance(found, CustomersPage)
    found.form.reference.setText("Osparade initialer")
    window.lock()
    assert window.place is None
    window.entrance.try_log_in("chef", support.PASSWORD)
    desk = place_of(window).desk
    item = meetings.get_meeting(desk, key="teammote-1").value.item("punkt-4")
    assert item is not None
    assert item.text == "Inte sparat när hon loggade ut"
    assert window.frame is not None
    again = window.frame.page
    assert isinstance(again, CustomersPage)
    assert again.form.reference.text() == "Osparade initialer"


def test_closing_the_window_with_unsaved_text_loses_none_of_it(
    window: MainWindow, page: MeetingPage, database: Path
) -> None:
    page.point.text.setPlainText("Inte sparat när fönstret stängdes")
    window.close()
    desk = support.log_in(database)
    try:
        item = meetings.get_meeting(desk, key="teammote-1").value.item("punkt-4")
        assert item is not None
        assert item.text == "Inte sparat när fönstret stängdes"
    finally:
        desk.close()


# somebody else at the same time


def test_a_meeting_deleted_while_another_writes_in_it(window: MainWindow, page: MeetingPage) -> None:
    page.point.text.setPlainText("Skrivet medan mötet togs bort")
    desk = place_of(window).desk
    found = meetings.get_meeting(support.seated(desk, Role.MANAGER), key="teammote-1")
    meeting_removal.delete_meeting(support.seated(desk, Role.MANAGER), key="teammote-1", expected_version=found.version)
    page.editor.save()
    assert "Det kan ha tagits bort" in fault(window)
    assert page.point.text.toPlainText() == "Skrivet medan mötet togs bort"
    kept = drafts.read_draft(desk, kind="meeting", key="teammote-1")
    assert kept is not None
    assert "Skrivet medan mötet togs bort" in kept.content


def test_a_customer_ended_while_her_form_is_open(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.visit("customers", "kund-2")
    found = window.frame.page
    assert isinstance(found, CustomersPage)
    found.form.reference.setText("Ändrad under tiden")
    desk = place_of(window).desk
    stored = customers.get_customer(desk, key="kund-2")
    colleague = support.seated(desk, Role.MANAGER)
    endings.end_customer(colleague, key="kund-2", on=desk.today, deceased=False, expected_version=stored.version)
    found.detail.save()
    said = found.detail.fault.text()
    assert "Någon annan har ändrat" in said
    assert found.form.reference.text() == "Ändrad under tiden"
    assert customers.get_customer(desk, key="kund-2").value.reference == "CD", "nothing is overwritten"


def test_a_member_removed_while_her_form_is_open(window: MainWindow) -> None:
    assert window.frame is not None
    desk = place_of(window).desk
    made = team.add_member(desk, member=support.solgarden().members[3].__class__(
        key="", name="Ny Person", profession="Kock", units=("solgarden",)))  # fmt: skip
    window.frame.visit("team", made.value.key)
    found = window.frame.page
    assert isinstance(found, TeamPage)
    name = found.detail.form.name  # type: ignore[attr-defined]  # the team's form
    name.setText("Ny Person-Berg")
    team.delete_member(support.seated(desk, Role.MANAGER), key=made.value.key, expected_version=made.version)
    found.detail.save()
    assert "finns inte" in found.detail.fault.text() or "Någon annan" in found.detail.fault.text()
    assert name.text() == "Ny Person-Berg"


# where the database may lie


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the machine says is a share."""
    folder = tmp_path / "gemensam"
    folder.mkdir()
    table = (Mount("/", "ext4", "rw"), Mount(str(folder), "cifs", "rw,vers=3.0"))
    monkeypatch.setattr(location, "read_mounts", lambda: table)
    return folder


@pytest.mark.parametrize("folder", ["gemensam", "OneDrive - Kommunen", "AppData/Roaming/teamforum"])
def test_a_database_on_a_network_share_onedrive_or_roaming_path_is_refused_in_the_window(
    qtbot: QtBot, database: Path, share: Path, around: Callable[[], Surroundings], folder: str
) -> None:
    there = share.parent / folder
    there.mkdir(parents=True, exist_ok=True)
    moved = there / database.name
    for path in database.parent.iterdir():
        path.rename(there / path.name)
    before = support.files_of(there)
    window = make_window(moved, user="chef", around=around, runner=DirectRunner())
    qtbot.addWidget(window)
    window.show()
    window.entrance.prepare()
    assert "Lägg den" in window.entrance.bar.text.text()
    window.entrance.try_log_in("chef", support.PASSWORD)
    assert window.place is None
    assert support.files_of(there) == before, "not even a lock is made there"
    window.close()


def test_the_wizard_refuses_a_share_kindly_before_anything_is_asked(
    qtbot: QtBot, share: Path, around: Callable[[], Surroundings]
) -> None:
    window = make_window(share / "ny.tfdb", user="", around=around, runner=DirectRunner())
    qtbot.addWidget(window)
    window.show()
    window.entrance.prepare()
    wizard = window.entrance.wizard
    assert wizard is not None
    wizard.unit_name.setText("Solgården")
    wizard.go_on()
    assert "Lägg den på datorns egen disk" in wizard._fault.text()
    assert wizard._steps.currentIndex() == 0
    wizard._database = share.parent / "egen.tfdb"
    wizard.go_on()
    assert wizard._steps.currentIndex() == 1
    assert list(share.iterdir()) == []
    window.close()


@pytest.mark.parametrize("words", [("members",), ("init", "--unit", "Enheten", "--setting", "gruppbostad"), ("demo",)])
def test_no_command_uses_a_database_on_a_share(
    share: Path, database: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from app import bootstrap  # noqa: PLC0415

    monkeypatch.setenv("TEAMFORUM_USER", "chef")
    monkeypatch.setenv("TEAMFORUM_PASSWORD", support.PASSWORD)
    target = share / "enhet.tfdb"
    if words == ("members",):
        database.rename(target)
    before = support.files_of(share)
    assert bootstrap.run(["-d", str(target), *words]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    assert "nätverksplats" in said.err
    assert support.files_of(share) == before


def test_a_link_to_a_share_is_the_share(share: Path, database: Path) -> None:
    link = database.parent / "genvag"
    link.symlink_to(share)
    with pytest.raises(KnownError, match="database_on_network"):
        location.require_own_disk(link / "enhet.tfdb")
    location.require_own_disk(database)


def test_a_folder_that_a_program_marks_as_its_own_is_refused(tmp_path: Path, database: Path) -> None:
    marked = tmp_path / "Moln" / "Enheten"
    marked.mkdir(parents=True)
    location.require_own_disk(marked / "enhet.tfdb")
    (tmp_path / "Moln" / ".dropbox").touch()
    with pytest.raises(KnownError, match="database_synced"):
        location.require_own_disk(marked / "enhet.tfdb")


def test_this_machines_own_table_lets_the_tests_in(database: Path) -> None:
    assert location.read_mounts()
    began = time.monotonic()
    location.require_own_disk(database)
    assert time.monotonic() - began < 1
