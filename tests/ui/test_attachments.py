"""Files in the meeting's window: added, dropped, looked at, opened in a private folder, saved, gone at lock."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from sqlalchemy import func, select

from app import models as m
from app.services import meetings
from app.services.desk import Desk
from app.services.papers import Purpose
from app.ui.attachments.opened import OpenedFiles, wipe_left_behind
from app.ui.meetings.page import MeetingPage
from app.ui.papers.preview import PreviewWindow, papers_preview
from app.ui.shell import MainWindow
from tests.support import audit_rows


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "Trasig lampa.png"
    Image.new("RGB", (60, 40), "orange").save(path)
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, window: MainWindow, tmp_path: Path) -> list[Path]:
    """The copies that were handed to other programs; they lie in a folder of the test's."""
    found: list[Path] = []

    def open_url(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert window.frame is not None
    monkeypatch.setattr(window.frame.place.opened, "_root", tmp_path / "opened")
    return found


@pytest.fixture
def page(window: MainWindow) -> MeetingPage:
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    return found


def desk_of(window: MainWindow) -> Desk:
    assert window.frame is not None
    return window.frame.place.desk


def told(window: MainWindow) -> str:
    assert window.frame is not None
    return window.frame.bar.text.text()


def kept(window: MainWindow) -> int:
    with desk_of(window).reading() as work:
        return work.session.scalar(select(func.count()).select_from(m.AttachmentContent)) or 0


def rows(page: MeetingPage) -> list[tuple[int, str]]:
    return [(one.number, one.text) for one in page.closing.appendix_list.table.rows_model.rows]


def test_a_file_is_chosen_listed_and_taken_back(
    window: MainWindow, page: MeetingPage, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(picture)], ""))
    page.show_part(page.closing)
    page.closing.appendices.setPlainText("Riktlinje för larm")
    page.closing.appendix_list.add_button.click()
    assert rows(page) == [(1, "Riktlinje för larm"), (2, "Trasig lampa")]
    assert told(window) == "Trasig lampa.png är bifogad som bilaga 2."
    page.closing.appendix_list.table.selectRow(1)
    page.closing.appendix_list.remove_button.click()
    assert (rows(page), kept(window)) == ([(1, "Riktlinje för larm")], 0)
    assert window.frame is not None
    window.frame.undo()
    assert rows(page) == [(1, "Riktlinje för larm"), (2, "Trasig lampa")]
    window.frame.undo()
    assert kept(window) == 0


def test_a_file_is_renamed_by_keyboard(window: MainWindow, page: MeetingPage, picture: Path) -> None:
    page.show_part(page.closing)
    page.files.add([picture])
    table = page.closing.appendix_list.table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert page.files.question.isVisible()
    page.files.question.reject()
    page.files.retitle(table.rows_model.rows[0].key, "Lampan i hallen")
    assert rows(page) == [(1, "Lampan i hallen")]
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert rows(page) == []


def drop(widget: MeetingPage, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(300, 300), copy, data, left, none)
    QApplication.sendEvent(widget, entered)
    if entered.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(300, 300), copy, data, left, none))
    return entered.isAccepted()


def test_dropped_on_a_point_it_belongs_to_the_point_and_its_customers_record(
    window: MainWindow, page: MeetingPage, picture: Path
) -> None:
    page.agenda.choose("punkt-2")
    assert drop(page, picture)
    assert [one.item for one in page.files.listed] == ["punkt-2"]
    assert ("add_attachment", "kund-1") in [(one[0], one[2]) for one in audit_rows(desk_of(window))]
    assert [one.text() for one in page.point.files.shown] == [" Bilaga 1: Trasig lampa"]
    assert not drop(page, picture.parent)
    page.show_part(page.details)
    drop(page, picture)
    assert [one.item for one in page.files.listed] == ["punkt-2", None]


def test_what_is_refused_is_told_with_the_files_name(window: MainWindow, page: MeetingPage, tmp_path: Path) -> None:
    program = tmp_path / "kalkyl.pdf"
    program.write_bytes(b"MZ" + b"\0" * 100)
    page.files.add([program])
    assert told(window).startswith("kalkyl.pdf: Filen är ett program")
    word = tmp_path / "brev.pdf"
    word.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 30)
    page.files.add([word])
    assert "Filen heter .pdf men är en bild (PNG)." in told(window)
    assert kept(window) == 1


def test_a_picture_is_looked_at_here_and_logged(window: MainWindow, page: MeetingPage, picture: Path) -> None:
    page.agenda.choose("punkt-2")
    page.files.add([picture], item="punkt-2")
    page.point.files.shown[0].click()
    shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible())
    assert shown.pages is not None
    assert len(shown.pages.sizes) == 1
    assert not shown.print_button.isVisible()
    assert not shown.save_button.isVisible()
    assert ("show_attachment", "kund-1") in [(one[0], one[2]) for one in audit_rows(desk_of(window))]
    window.lock()
    assert not shown.isVisible()


def test_a_copy_for_another_program_is_private_and_gone_when_the_window_locks(
    window: MainWindow, page: MeetingPage, tmp_path: Path, opened: list[Path]
) -> None:
    words = tmp_path / "Fru Ek 1101.txt"
    words.write_text("larmet i natt", encoding="utf-8")
    page.files.add([words], item="punkt-2")
    page.files.open(page.files.listed[0].key)
    [copy] = opened
    assert copy.name == "bilaga-1.txt"
    assert "Ek" not in str(copy.relative_to(tmp_path / "opened"))
    assert copy.read_text(encoding="utf-8") == "larmet i natt"
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    window.lock()
    assert [path for path in (tmp_path / "opened").rglob("*") if path.is_file()] == []


def test_a_copy_is_saved_outside_as_a_gesture_of_its_own(
    window: MainWindow, page: MeetingPage, picture: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page.files.add([picture], item="punkt-2")
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(tmp_path / "ut.png"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.files.choose_place(page.files.listed[0].key)
    assert offered == ["bilaga-1.png"]
    assert (tmp_path / "ut.png").read_bytes() == picture.read_bytes()
    assert ("save_attachment", "kund-1") in [(one[0], one[2]) for one in audit_rows(desk_of(window))]


def test_what_a_cut_off_program_left_is_removed_at_the_next_start(tmp_path: Path) -> None:
    root = tmp_path / "opened"
    alive = OpenedFiles(root)
    at_work = alive.put(b"annan", ending="txt")
    left = root / "0123456789abcdef"
    left.mkdir(mode=0o700)
    (left / "bilaga-1.pdf").write_bytes(b"hemligt")
    assert wipe_left_behind(root) == 1
    assert at_work.exists()
    assert not left.exists()
    assert alive.wipe()
    assert wipe_left_behind(root) == 0
    assert wipe_left_behind(tmp_path / "finns-inte") == 0


def test_approved_minutes_are_shown_with_their_files_and_take_no_more(
    window: MainWindow, page: MeetingPage, picture: Path
) -> None:
    page.files.add([picture])
    desk = desk_of(window)
    stored = meetings.get_meeting(desk, key="teammote-1")
    named = meetings.save_meeting(
        desk, meeting=replace(stored.value, secretary="dan-falk"), expected_version=stored.version
    )
    closed = meetings.close_meeting(desk, key="teammote-1", expected_version=named.version)
    meetings.approve_minutes(desk, key="teammote-1", expected_version=closed.version)
    page.refresh()
    page.show_part(page.closing)
    listing = page.closing.appendix_list
    listing.table.selectRow(0)
    assert rows(page) == [(1, "Trasig lampa")]
    assert not listing.add_button.isVisible()
    assert not listing.remove_button.isVisible()
    assert listing.show_button.isVisible()
    assert not drop(page, picture)


def test_a_reader_is_offered_nothing_that_she_may_not(
    as_user: Callable[[str], MainWindow], database: Path, picture: Path
) -> None:
    window = as_user("lena")
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.show_part(page.closing)
    assert not page.closing.appendix_list.add_button.isVisible()
    assert not drop(page, picture)


def test_minutes_are_shown_with_their_files_behind(window: MainWindow, page: MeetingPage, picture: Path) -> None:
    page.files.add([picture])
    assert window.frame is not None
    shown = papers_preview(window, window.frame.place, purpose=Purpose.AGENDA, meeting="teammote-1")
    assert shown.pages is not None
    before = len(shown.pages.sizes)
    assert shown.files_chip.isVisible()
    shown.files_chip.click()
    assert len(shown.pages.sizes) == before + 1
    assert "Bilaga 1" in shown.pages.text(before)
    shown.files_chip.click()
    assert len(shown.pages.sizes) == before
    shown.close()
