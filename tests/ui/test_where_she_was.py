"""What is there before a meeting is read, where one comes back to after the lock, and what Idag and the rail offer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from app.domain.catalogue import Setting
from app.domain.document import Document
from app.domain.units import Unit
from app.services import transfer
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.quick_point import QuickPoint
from app.ui.shell import MainWindow
from tests import support


@pytest.fixture
def database(database: Path) -> Path:
    """The small unit with another teammöte the week after."""
    desk = support.log_in(database)
    other = replace(
        support.team_meeting(), key="teammote-2", date=dt.date(2026, 3, 10), title="Det andra mötet",
        items=tuple(replace(item, key=f"{item.key}-b") for item in support.team_meeting().items),
    )  # fmt: skip
    transfer.take_in(desk, document=Document(meetings=(other,)))
    desk.close()
    return database


def meeting(window: MainWindow, key: str) -> MeetingPage:
    assert window.frame is not None
    window.frame.visit("meeting", key)
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    return page


def offered(page: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text().strip() for one in page.findChildren(QPushButton) if one.isVisible()]


def test_after_the_lock_the_meeting_opens_where_she_was_writing(window: MainWindow) -> None:
    page = meeting(window, "teammote-1")
    page.agenda.choose("punkt-3")
    window.lock()
    window.entrance.try_log_in("chef", support.PASSWORD)
    assert window.frame is not None
    again = window.frame.page
    assert isinstance(again, MeetingPage)
    assert again is not page
    assert again.point.heading.text() == "1102 CD"
    assert again.agenda.points.currentRow() == 2


def test_while_a_meeting_is_read_nothing_of_another_and_no_step_is_offered(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = meeting(window, "teammote-1")
    assert "Starta mötet" in offered(page)
    wanted: list[str] = []
    monkeypatch.setattr(page.editor, "load", wanted.append)
    meeting(window, "teammote-2")
    assert wanted == ["teammote-2"]
    assert offered(page) == []
    assert not page.point.isVisible()
    assert page.title.text() == "Möte"
    assert any(one.text() == "Öppnar mötet …" and one.isVisible() for one in page.findChildren(QLabel))
    monkeypatch.undo()
    page.editor.load("teammote-2")
    assert page.title.text() == "Det andra mötet"
    assert "Starta mötet" in offered(page)
    assert page.point.isVisible()


def test_a_meeting_that_is_gone_says_so_and_offers_nothing(window: MainWindow) -> None:
    page = meeting(window, "inget-mote")
    assert offered(page) == []
    assert any("finns inte" in one.text() and one.isVisible() for one in page.findChildren(QLabel))


@pytest.mark.parametrize(
    ("user", "may"), [("bo", True), ("anna", True), ("siv", True), ("chef", True), ("lena", False)]
)
def test_idag_offers_a_point_to_whoever_may_propose_one(
    as_user: Callable[[str], MainWindow], user: str, may: bool
) -> None:
    window = as_user(user)
    assert window.frame is not None
    page = window.frame.page
    assert page is not None
    assert ("Lägg till punkt" in offered(page)) is may
    if may:
        next(one for one in page.findChildren(QPushButton) if one.text().strip() == "Lägg till punkt").click()
        dialogs = [one for one in page.findChildren(QuickPoint) if one.isVisible()]
        assert len(dialogs) == 1
        dialogs[0].reject()


def test_the_rail_names_the_unit_or_how_many_there_are(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("chef")
    assert window.frame is not None
    assert window.frame.rail._units.text() == "Solgården"
    assert window.frame.rail._units.isVisible()
    for number, said in ((1, "Enhet 1, Solgården"), (2, "3 enheter")):
        unit = Unit(key=f"enhet-{number}", name=f"Enhet {number}", setting=Setting.SARSKILT_BOENDE)
        transfer.take_in(window.frame.place.desk, document=Document(units=(unit,)))
        window.frame.place.changed.emit("units")
        assert window.frame.rail._units.text() == said
