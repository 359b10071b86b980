"""Journalförd in the window: one press at the point, at any time, and what is left is told after the meeting."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from app.domain.meetings import Journal, JournalMark
from app.domain.people import Outsider
from app.services import meetings
from app.ui.meetings.journal import JournalPart
from app.ui.meetings.page import MeetingPage
from app.ui.shell import MainWindow
from app.ui.walk import settle_down
from tests.services.test_journal import approved, marks, noted
from tests.support import TODAY


def opened(window: MainWindow) -> MeetingPage:
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.agenda.choose("punkt-2")
    settle_down()
    return page


def part(page: MeetingPage) -> JournalPart:
    return next(one for one in page.findChildren(JournalPart) if one.isVisibleTo(page))


def texts(place: QWidget) -> list[str]:
    return [one.text() for one in place.findChildren(QLabel) if one.isVisibleTo(place)]


def press(place: QWidget, name: str) -> None:
    next(one for one in place.findChildren(QAbstractButton) if one.accessibleName() == name).click()
    settle_down()


def test_a_point_of_approved_minutes_is_marked_and_the_mark_taken_back(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    noted(desk)
    approved(desk)
    page = opened(window)
    page.closing.show_meeting()
    assert page.closing.unmarked.text() == "Inte journalfört (1): § 2 1101 AB."
    press(part(page), "Märk som journalfört i HSL: 1101 AB")
    assert "HSL, Eva Chef 2 mars" in texts(part(page))
    mark = JournalMark(customer="kund-1", journal=Journal.HSL, by=Outsider("Eva Chef"), on=TODAY)
    assert marks(desk) == (mark,)
    page.closing.show_meeting()
    assert page.closing.unmarked.text() == "Alla kundärenden med anteckningar är journalförda."
    press(part(page), "Ta bort märkningen HSL")
    assert marks(desk) == ()
    assert "HSL, Eva Chef 2 mars" not in texts(part(page))


def test_what_is_in_no_journal_is_said_under_the_note_and_in_the_list(window: MainWindow) -> None:
    assert window.frame is not None
    noted(window.frame.place.desk)
    approved(window.frame.place.desk)
    page = opened(window)
    points = page.agenda.points
    signs = {key: points.item(number).toolTip() for number, key in enumerate(points.keys())}
    assert {key for key, said in signs.items() if said == "Inte journalfört"} == {"punkt-2"}
    assert page.point.journal.isVisible()
    assert page.point.journal.text() == "Inte journalfört: 1101 AB."
    window.activateWindow()
    press(page.point, "Till märkningen")
    focused = page.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Märk som journalfört i HSL: 1101 AB"
    press(part(page), "Märk som journalfört i HSL: 1101 AB")
    assert page.point.journal.text() == "Journalfört: 1101 AB (HSL)."
    assert points.item(points.keys().index("punkt-2")).toolTip() == ""
    page.agenda.choose("punkt-4")
    assert not page.point.journal.isVisible()


def test_what_is_being_typed_is_kept_by_the_mark(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    meetings.open_meeting(desk, key="teammote-1", expected_version=1)
    page = opened(window)
    page.point.note.setPlainText("Sover dåligt")
    press(part(page), "Märk som journalfört i SoL: 1101 AB")
    item = meetings.get_meeting(desk, key="teammote-1").value.items[1]
    assert (item.notes, [one.journal for one in item.journaled]) == ("Sover dåligt", [Journal.SOL])
    page.point.note.setPlainText("Sover gott")
    page.editor.save()
    item = meetings.get_meeting(desk, key="teammote-1").value.items[1]
    assert (item.notes, [one.journal for one in item.journaled]) == ("Sover gott", [Journal.SOL])


def test_a_point_about_nobody_has_nothing_to_mark(window: MainWindow) -> None:
    assert window.frame is not None
    meetings.open_meeting(window.frame.place.desk, key="teammote-1", expected_version=1)
    page = opened(window)
    page.agenda.choose("punkt-4")
    settle_down()
    assert [one for one in page.findChildren(JournalPart) if one.isVisibleTo(page)] == []
