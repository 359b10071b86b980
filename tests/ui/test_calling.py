"""Calling to a meeting as people do it: from its page, for a period, from Idag; and a point that comes late."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import icalendar
import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from app.domain.catalogue import Setting
from app.domain.meetings import Meeting
from app.services import meetings, units
from app.services.desk import Desk
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.quick_point import QuickPoint
from app.ui.papers.period import PeriodPrint
from app.ui.papers.preview import PreviewWindow
from app.ui.settings.forums import ForumsSection
from app.ui.settings.page import SettingsPage
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.walk_steps import settle_down
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY


@pytest.fixture
def page(window: MainWindow) -> MeetingPage:
    """The teammöte of Norr."""
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    found.show_part(found.details)
    return found


@pytest.fixture
def saved_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the person says that the file is to lie."""
    path = tmp_path / "kallelse"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    return path.with_suffix(".ics")


def stored(desk: Desk) -> Meeting:
    return meetings.get_meeting(desk, key="teammote-1").value


def adjusted(desk: Desk, **own: object) -> None:
    forum = desk.catalogue.forum(Setting.SARSKILT_BOENDE, "teammote")
    assert forum is not None
    units.adjust_forum(desk, unit="solgarden", own=replace(forum, **own))  # type: ignore[arg-type]


def test_a_call_that_is_looked_at_is_not_sent_but_one_that_is_saved_is(
    window: MainWindow, page: MeetingPage, tmp_path: Path
) -> None:
    assert page._call.text() == page.details.calling.state.text() == "Inte kallad än"
    page.details.calling.paper_button.click()
    (preview,) = window.findChildren(PreviewWindow)
    assert preview.windowTitle() == "Kallelse: Teammöte Norr, tisdag 3 mars 2026"
    assert stored(page.place.desk).announced_on is None
    preview.save_as(tmp_path / "kallelse.pdf")
    assert stored(page.place.desk).announced_on == TODAY
    assert page._call.text() == "Kallad mån 2 mars"
    assert not page.details.calling.mark_button.isVisibleTo(page.details.calling)
    page.place.undo()
    assert stored(page.place.desk).announced_on is None
    assert page._call.text() == "Inte kallad än"
    preview.close()


def test_a_calendar_file_is_saved_and_the_meeting_called(page: MeetingPage, saved_at: Path) -> None:
    page.details.calling.file_button.click()
    (event,) = icalendar.Calendar.from_ical(saved_at.read_bytes()).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Teammöte Norr"
    assert stored(page.place.desk).announced_on == TODAY
    page.details.where.setText("Sal B")
    page.details.where.editingFinished.emit()
    assert page._call.text() == "Ändrad sedan kallelsen mån 2 mars. Kalla igen."
    page.details.calling.mark_button.click()
    assert page._call.text() == "Kallad mån 2 mars"
    assert page.editor.meeting is not None
    assert page.editor.meeting.place == "Sal B"


def test_a_period_of_calls_is_one_paper_and_one_file(window: MainWindow, saved_at: Path) -> None:
    frame = window.frame
    assert frame is not None
    for kind in ("call", "calendar"):
        frame.print_period(kind)
        (question,) = [one for one in window.findChildren(PeriodPrint) if one.isVisible()]
        question.set_month(dt.date(2026, 3, 1))
        question.accept_button.click()
        if kind == "call":
            (preview,) = window.findChildren(PreviewWindow)
            assert stored(frame.place.desk).announced_on is None
            preview.close()
    assert saved_at.read_bytes().count(b"BEGIN:VEVENT") == 1
    assert stored(frame.place.desk).announced_on == TODAY
    frame.print_period("calendar")
    (question,) = [one for one in window.findChildren(PeriodPrint) if one.isVisible()]
    question.set_month(dt.date(2026, 5, 1))
    question.accept_button.click()
    assert question.fault.text() == "Det finns inga sådana möten i perioden. Välj andra datum."
    question.reject()


def buttons(page: QWidget, text: str) -> list[QPushButton]:
    settle_down()  # what was taken off the page is gone, what came is shown
    return [one for one in page.findChildren(QPushButton) if one.text().strip() == text and one.isVisibleTo(page)]


def test_idag_tells_what_to_send_and_one_press_does_it(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    desk = frame.place.desk
    adjusted(desk, closes_days=3)
    frame.visit("today", "")
    page = frame.page
    assert isinstance(page, TodayPage)
    page.refresh()
    told = [one.accessibleName() for one in page.findChildren(OpenRow)]
    assert any(name.startswith("Publicera dagordningen till Teammöte Norr 3 mars: den har stängt") for name in told)
    (button,) = buttons(page, "Publicera")
    button.click()
    assert (stored(desk).published_version, stored(desk).announced_on) == (1, TODAY)
    page.refresh()
    assert buttons(page, "Publicera") == []
    frame.place.undo()
    assert (stored(desk).published_at, stored(desk).published_version, stored(desk).announced_on) == (None, 0, None)


def test_a_late_point_comes_with_and_whoever_adds_it_knows(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    dialog = QuickPoint(window, frame.place)
    assert not dialog.late.isVisibleTo(dialog)
    dialog.reject()
    adjusted(frame.place.desk, closes_days=3)
    dialog = QuickPoint(window, frame.place)
    assert dialog.late.text() == "Dagordningen stängde lör 28 feb. Punkten kommer med som sent anmäld."
    dialog.heading.setText("Nycklar")
    dialog.accept()
    assert stored(frame.place.desk).items[-1].heading == "Nycklar"
    frame.visit("meeting", "teammote-1")
    page = frame.page
    assert isinstance(page, MeetingPage)
    assert page.agenda.closing.text().startswith("Dagordningen stängde lör 28 feb.")


def test_closing_and_notice_are_set_in_the_forums_form_and_a_draft_keeps_them(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    frame.visit("settings", "forums")
    page = frame.page
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, ForumsSection)
    keys = list(section._forums)
    section.list.setCurrentRow(keys.index("apt"))
    assert (section.form.closes.value(), section.form.notice.text()) == (7, "med de andra")
    section.form.closes.setValue(0)
    section.form.notice.setValue(14)
    section.keeper.keep()
    section.list.setCurrentRow(0)
    section.list.setCurrentRow(keys.index("apt"))
    assert (section.form.closes.text(), section.form.notice.value()) == ("vid mötet", 14)
    section.save()
    (own,) = units.get_unit(frame.place.desk, key="solgarden").value.forums
    assert (own.closes_days, own.notice_days) == (0, 14)
