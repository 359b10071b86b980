"""After the meeting in the window: leaving out, lifting, comments beside the point, versions, reading, answering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.domain.lifting import OUTSIDE
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.people import Outsider
from app.services import circulation, meetings
from app.services.desk import Desk
from app.services.looking_ahead import look_ahead
from app.services.questions import open_questions
from app.ui.after.today_card import _ReadRow
from app.ui.after.waiting_page import WaitingPage
from app.ui.meetings.card_kinds import QuestionCard
from app.ui.meetings.page import MeetingPage
from app.ui.shell import MainWindow
from app.ui.widgets.messages import Question
from app.ui.widgets.texts import TextField
from tests.support import sit_down

W = TypeVar("W", bound=QWidget)


def held(desk: Desk) -> Meeting:
    """The teammöte is held: one customer taken up, one point not."""
    stored = meetings.get_meeting(desk, key="teammote-1")
    opened = meetings.open_meeting(desk, key="teammote-1", expected_version=stored.version)
    items = tuple(replace(one, notes="Togs upp." if one.key == "punkt-2" else None) for one in opened.value.items)
    saved = meetings.save_meeting(
        desk, meeting=replace(opened.value, items=items, secretary="anna-berg"), expected_version=opened.version
    )
    return meetings.close_meeting(desk, key="teammote-1", expected_version=saved.version).value


def press(within: QWidget, name: str) -> None:
    """Press the visible button whose name begins so."""
    QApplication.processEvents()
    found = [
        one for one in within.findChildren(QAbstractButton)
        if one.accessibleName().startswith(name) and one.isVisible()
    ]  # fmt: skip
    assert found, f"no button {name}"
    found[0].click()
    QApplication.processEvents()


def visit(window: MainWindow, kind: type[W], page: str, key: str = "") -> W:
    assert window.frame is not None
    window.frame.visit(page, key)
    QApplication.processEvents()
    found = window.frame.page
    assert isinstance(found, kind)
    return found


def desk_of(window: MainWindow) -> Desk:
    assert window.frame is not None
    return window.frame.place.desk


def write(within: QWidget, text: str) -> None:
    """Write in the small question that is open, and say yes."""
    dialog = next(one for one in within.window().findChildren(Question) if one.isVisible())
    dialog.findChildren(TextField)[0].setPlainText(text)
    dialog.accept_button.click()
    QApplication.processEvents()


def undo(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.place.undo()
    QApplication.processEvents()


def test_a_point_is_left_out_by_its_box_and_taken_along_again(window: MainWindow) -> None:
    held(desk_of(window))
    page = visit(window, MeetingPage, "meeting", "teammote-1")
    page.show_part(page.closing)
    assert set(page.closing.ahead.boxes) == {"punkt-3", "punkt-4"}
    assert "inte bokat" in page.closing.ahead.where.text()
    page.closing.ahead.boxes["punkt-4"].click()
    QApplication.processEvents()
    left = {one.item: one.left_out for one in look_ahead(desk_of(window), key="teammote-1").points}
    assert left == {"punkt-3": False, "punkt-4": True}
    undo(window)
    assert not any(one.left_out for one in look_ahead(desk_of(window), key="teammote-1").points)


def test_lifted_outward_a_question_stands_among_the_cards_and_is_answered_later(window: MainWindow) -> None:
    held(desk_of(window))
    page = visit(window, MeetingPage, "meeting", "teammote-1#punkt-2")
    assert page.cards.lift is not None
    page.cards.lift.setCurrentIndex(page.cards.lift.findData(OUTSIDE))
    (card,) = page.cards._shown(QuestionCard)
    page.cards.recipient.setEditText("God man Karin Ek")
    page.cards.recipient._tell()
    assert card.answerer.person == Outsider("God man Karin Ek")
    card.text.setPlainText("Kan glasögon köpas?")
    page.editor.save()
    waiting = visit(window, WaitingPage, "waiting")
    press(waiting, "Svara: Kan glasögon köpas?")
    write(waiting, "Ja, efter den 25.")
    assert open_questions(desk_of(window)) == ()
    undo(window)
    assert [one.question for one in open_questions(desk_of(window))] == ["Kan glasögon köpas?"]


def test_comments_stand_beside_the_point_and_are_settled_there(window: MainWindow) -> None:
    desk = desk_of(window)
    held(desk)
    page = visit(window, MeetingPage, "meeting", "teammote-1")
    page.show_part(page.after)
    press(page.after, "Skicka ut för synpunkter")
    anna = sit_down(desk, "anna")
    circulation.write_comment(anna, meeting="teammote-1", item="punkt-2", text="Fel rum.")
    page.refresh()
    assert "1 väntar" in page.after.state.text()
    page.agenda.choose("punkt-2")
    assert page.cards.comments.isVisible()
    press(page.cards.comments, "Ordnat: Fel rum.")
    assert circulation.afterwards_of(desk, meeting="teammote-1").open_comments() == 0
    undo(window)
    press(page.cards.comments, "Svara på: Fel rum.")
    write(page, "Rättat till 1102.")
    assert window.frame is not None
    assert not window.frame.bar.is_fault, window.frame.bar.text.text()
    (one,) = circulation.afterwards_of(desk, meeting="teammote-1").comments
    assert one.answer == "Rättat till 1102."
    press(page.cards.comments, "Lämna synpunkt")
    write(page, "Tack.")
    assert len(circulation.afterwards_of(desk, meeting="teammote-1").comments) == 2


def test_who_approves_is_told_what_is_not_settled(window: MainWindow) -> None:
    desk = desk_of(window)
    held(desk)
    page = visit(window, MeetingPage, "meeting", "teammote-1")
    page.after.circulate()
    circulation.write_comment(sit_down(desk, "anna"), meeting="teammote-1", text="Vem ringer?")
    page.refresh()
    press(page, "Justera anteckningarna")
    dialog = next(one for one in page.findChildren(Question) if one.isVisible())
    told = [one.text() for one in dialog.findChildren(QWidget) if hasattr(one, "text") and "synpunkt" in one.text()]
    assert told == ["1 synpunkter har inte fått svar än."]
    dialog.accept_button.click()
    QApplication.processEvents()
    assert page.editor.meeting is not None
    assert page.editor.meeting.status is MeetingStatus.APPROVED


def test_a_row_on_idag_leads_to_what_is_said_of_the_minutes(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("chef")
    held(desk_of(window))
    visit(window, MeetingPage, "meeting", "teammote-1").after.circulate()
    window = as_user("bo")
    today = visit(window, QWidget, "today")
    press(today, "Teammöte Norr, ")
    assert window.frame is not None
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    assert page.after.isVisible()
    assert page.after.whole.add.isVisible()
    assert not page.after.send.isVisible(), "who writes the minutes sends them out"
    today = visit(window, QWidget, "today")
    press(today, "Inga synpunkter på Teammöte Norr")
    assert not [one for one in today.findChildren(QAbstractButton) if one.accessibleName().startswith("Inga synp")
                and one.isVisible()]  # fmt: skip


def test_two_versions_stand_side_by_side(window: MainWindow) -> None:
    held(desk_of(window))
    page = visit(window, MeetingPage, "meeting", "teammote-1#punkt-2")
    page.after.circulate()
    page.agenda.choose("punkt-2")
    page.point.note.setPlainText("Togs upp igen.")
    page.show_part(page.after)
    press(page.after, "Jämför med nu")
    told = page.after.compared.text.toPlainText()
    assert "Version 1" in told
    assert "Togs upp igen." in told
    assert page.after.compared.said.text().startswith("1 punkt") or "En punkt" in page.after.compared.said.text()
    press(page.after, "Tillbaka")
    assert page.after.state.isVisible()


@pytest.mark.parametrize("user", ["anna", "bo"])
def test_space_on_idag_says_that_the_minutes_are_read(as_user: Callable[[str], MainWindow], user: str) -> None:
    window = as_user("chef")
    desk = desk_of(window)
    held(desk)
    stored = meetings.get_meeting(desk, key="teammote-1")
    meetings.approve_minutes(desk, key="teammote-1", expected_version=stored.version)
    window = as_user(user)
    today = visit(window, QWidget, "today")
    (row,) = [one for one in today.findChildren(_ReadRow) if one.isVisible()]
    QTest.keyClick(row, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert [one for one in today.findChildren(_ReadRow) if one.isVisible()] == []
    page = visit(window, MeetingPage, "meeting", "teammote-1")
    page.show_part(page.after)
    assert "har läst" in page.after.read_state.text()
    assert not page.after.read.isVisible()
