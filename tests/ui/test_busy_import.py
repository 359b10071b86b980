"""A calendar file read in on a member's page: what comes in is seen first, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.services import planning_records as records
from app.services.desk import Desk
from app.ui.planning.busy_import import BusyImport
from app.ui.registers.team import TeamPage
from app.ui.shell import MainWindow
from tests.exchange.test_busy_file import calendar, event
from tests.support import past_the_desk


def team(window: MainWindow, member: str) -> BusyImport:
    assert window.frame is not None
    window.frame.visit("team", member)
    page = window.frame.page
    assert isinstance(page, TeamPage)
    return page.busy


def kept(desk: Desk) -> int:
    with past_the_desk(desk) as work:
        return len(records.load(work.session, records.ABSENCES))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The calendar that the person chooses."""
    path = tmp_path / "kalender.ics"
    weekly = ("DTSTART;TZID=Europe/Stockholm:20260303T080000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=12")
    free = event("DTSTART:20260310T080000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT", uid="ledig")
    path.write_bytes(calendar(event(*weekly), event("DTSTART;VALUE=DATE:20260706", uid="s"), free))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def test_what_comes_in_is_seen_kept_and_taken_back(window: MainWindow, file: Path) -> None:
    busy = team(window, "bo-ek")
    assert busy.isVisible()
    busy.button.click()
    question = busy.question
    assert question is not None
    assert question.accept_button.text() == "Läs in 13 tider"
    assert question.times.rows_model.rowCount() == 13
    assert question.times.rows_model.index(0, 1).data() == "08.00–09.00"
    assert question.times.rows_model.index(12, 1).data() == "hela dagen"
    assert not question.gone.isVisible()
    desk = busy.place.desk
    assert kept(desk) == 0
    question.accept_button.click()
    assert kept(desk) == 13
    busy.button.click()
    again = busy.question
    assert again is not None
    assert not again.accept_button.isEnabled()
    again.reject()
    busy.place.undo()
    assert kept(desk) == 0


def test_a_file_that_is_no_calendar_is_told_of_and_nothing_is_asked(window: MainWindow, file: Path) -> None:
    busy = team(window, "bo-ek")
    heard: list[str] = []
    busy.place.troubled.connect(heard.append)
    file.write_text("Schema för våren", encoding="utf-8")
    busy.button.click()
    assert heard == ["Filen är ingen kalender. Exportera kalendern som en .ics-fil och välj den."]
    assert busy.question is None


def test_each_is_offered_her_own_calendar_alone(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("bo")
    assert team(window, "bo-ek").isVisible()
    assert not team(window, "gun-holm").isVisible()
    window = as_user("lena")
    assert not team(window, "bo-ek").isVisible()
