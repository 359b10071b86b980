"""A point added by keys alone: how many it takes, from where it may begin, and who may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus, Presentation, Question
from app.domain.point_start import PointStart, best_first
from app.services import meetings, publishing
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.ui.actions.page import ActionsPage
from app.ui.frame import Frame
from app.ui.meetings.card_kinds import QuestionCard
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.quick_point import QuickPoint
from app.ui.registers.customers import CustomersPage
from app.ui.shell import MainWindow
from app.ui.walk_steps import settle_down
from tests.support import TODAY, fill, solgarden, team_meeting

KEYS_IN_TEN_SECONDS = 35
"""As many as somebody who types slowly presses in ten seconds."""


def frame_of(window: MainWindow) -> Frame:
    assert window.frame is not None
    return window.frame


def press(keys: str) -> int:
    """Type it where the focus is, as a person does; how many keys that were."""
    for sign in keys:
        where = QApplication.focusWidget()
        assert where is not None
        if sign in "\t\n ":
            QTest.keyClick(where, {"\t": Qt.Key.Key_Tab, "\n": Qt.Key.Key_Return, " ": Qt.Key.Key_Space}[sign])
        else:
            QTest.keyClicks(where, sign)
    return len(keys)


def opened(window: MainWindow) -> QuickPoint:
    """The dialog that Ctrl+N opens."""
    window.activateWindow()
    settle_down()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle_down()
    (dialog,) = [one for one in window.findChildren(QuickPoint) if one.isVisible()]
    dialog.activateWindow()
    settle_down()
    return dialog


def stored(desk: Desk, key: str = "teammote-1") -> Meeting:
    return meetings.get_meeting(desk, key=key).value


def added(desk: Desk, heading: str, key: str = "teammote-1") -> Item:
    (found,) = [one for one in stored(desk, key).items if one.heading == heading]
    return found


def an_apt(day: int) -> Meeting:
    return replace(team_meeting(), key=f"apt-{day}", forum="apt", ward=None, date=dt.date(2026, 3, day), items=(),
                   customers=(), participants=("anna-berg",))  # fmt: skip


@pytest.mark.parametrize("user", ["chef", "anna", "bo", "siv"])
def test_a_point_takes_ten_seconds_of_keys_from_any_page(as_user: Callable[[str], MainWindow], user: str) -> None:
    window = as_user(user)
    frame = frame_of(window)
    for page in ("calendar", "team"):
        frame.visit(page, "")
        opened(window)
        keys = 1 + press(f"Nycklar {page}\n")
        settle_down()
        assert keys <= KEYS_IN_TEN_SECONDS
        assert added(frame.place.desk, f"Nycklar {page}").kind is ItemKind.ADDED
    assert not [one for one in window.findChildren(QuickPoint) if one.isVisible()]


def test_another_meeting_and_a_customer_are_found_by_typing(window: MainWindow) -> None:
    frame = frame_of(window)
    fill(frame.place.desk, replace(solgarden(), meetings=(team_meeting(), an_apt(9))))
    frame.visit("calendar", "")
    dialog = opened(window)
    assert dialog.meeting.value == "teammote-1", "the next one"
    keys = 1 + press("Larmet\tapt") + press("\t") + press("1102")
    dialog.customer.settle()
    assert (dialog.meeting.value, dialog.customer.value) == ("apt-9", "kund-2")
    dialog.accept()
    assert keys + 1 <= KEYS_IN_TEN_SECONDS
    assert added(frame.place.desk, "Larmet", "apt-9").customer == "kund-2"
    dialog = QuickPoint(window, frame.place)
    dialog.meeting.setEditText("finns inte")
    assert dialog.meeting.value == "teammote-1", "what names no meeting chooses none"
    dialog.reject()


def test_what_her_own_field_says_is_in_her_own_name_and_can_be_taken_back(
    as_user: Callable[[str], MainWindow],
) -> None:
    window = as_user("bo")
    frame = frame_of(window)
    desk = frame.place.desk
    frame.visit("customers", "kund-1")
    dialog = opened(window)
    assert dialog.customer.value == "kund-1"
    assert dialog.need.isVisible()
    assert dialog._field.text() == "Ur ditt yrke (undersköterska)"
    dialog.heading.setText("Natten")
    dialog.need.setPlainText("Tillsyn två gånger")
    dialog.wish.setPlainText("Vill ha lampan tänd")
    dialog.accept()
    point = added(desk, "Natten")
    said = Presentation(
        profession="Undersköterska", by="bo-ek", need="Tillsyn två gånger", wish="Vill ha lampan tänd"
    )  # fmt: skip
    assert (point.presentations, point.customer, point.raised_by) == ((said,), "kund-1", "bo-ek")
    frame.place.undo()
    assert [one.heading for one in stored(desk).items if one.heading == "Natten"] == []


def test_nothing_is_taken_back_once_somebody_wrote_in_the_meeting(window: MainWindow, heard: list[str]) -> None:
    frame = frame_of(window)
    desk = frame.place.desk
    frame.place.troubled.connect(heard.append)
    dialog = QuickPoint(window, frame.place)
    dialog.heading.setText("Nycklar")
    dialog.accept()
    meetings.propose_item(desk, meeting="teammote-1", item=Item(key="", heading="Larm"))
    frame.place.undo()
    assert len(heard) == 1
    assert added(desk, "Nycklar").raised_by


def test_a_point_after_the_agenda_went_out_is_told_and_marked(window: MainWindow) -> None:
    frame = frame_of(window)
    desk = frame.place.desk
    publishing.publish_agenda(desk, key="teammote-1")
    dialog = QuickPoint(window, frame.place)
    assert dialog.late.text() == "Dagordningen är utskickad. Punkten märks som tillagd efter utskick."
    dialog.heading.setText("Nycklar")
    dialog.accept()
    assert added(desk, "Nycklar").added_at is not None
    frame.visit("meeting", "teammote-1")
    page = frame.page
    assert isinstance(page, MeetingPage)
    told = [page.agenda.points.item(n).toolTip() for n in range(page.agenda.points.count())]
    assert told == ["", "", "", "", "Tillagd efter utskick"]


def test_an_action_and_a_question_are_where_points_begin(window: MainWindow) -> None:
    frame = frame_of(window)
    frame.visit("meeting", "teammote-1")
    page = frame.page
    assert isinstance(page, MeetingPage)
    meeting = page.editor.meeting
    assert meeting is not None
    asked = replace(meeting.items[1], questions=(Question(question="Vem ringer dottern?"),))
    page.editor.change(replace(meeting, items=(meeting.items[0], asked, *meeting.items[2:])), "Fråga")
    page.agenda.choose("punkt-2")
    page.cards.show_item("punkt-2")
    page.cards.findChildren(QuestionCard)[-1]._take_up()
    (dialog,) = window.findChildren(QuickPoint)
    assert (dialog.heading.text(), dialog.customer.value) == ("Vem ringer dottern?", "kund-1")
    assert dialog.text.toPlainText() == "Obesvarad fråga från tisdag 3 mars 2026, 1101 AB."
    dialog.reject()
    frame.visit("actions", "")
    assert isinstance(frame.page, ActionsPage)
    assert frame.page.point_start == PointStart(), "nothing is stood on"


def test_a_reader_is_told_that_she_reads(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("lena")
    frame_of(window).add_point()
    assert not window.findChildren(QuickPoint)
    assert frame_of(window).bar.text.text().startswith("Din roll kan läsa möten")


def test_a_customers_page_has_the_way_for_whoever_may(as_user: Callable[[str], MainWindow]) -> None:
    frame = frame_of(as_user("bo"))
    frame.visit("customers", "kund-1")
    page = frame.page
    assert isinstance(page, CustomersPage)
    assert page.point_button.isVisibleTo(page)
    assert page.point_start == PointStart(customer="kund-1", unit="solgarden", ward="norr")


def test_meetings_are_offered_by_whom_and_what_it_is_about(window: MainWindow) -> None:
    desk = frame_of(window).place.desk
    daily = replace(an_apt(3), key="puls", forum="pulsmote", start=dt.time(8), end=dt.time(8, 10))
    elsewhere = replace(team_meeting(), key="soder", ward="soder", items=(), start=dt.time(10), end=dt.time(10, 30))
    over = replace(an_apt(2), key="over", start=dt.time(7), end=dt.time(8))
    fill(desk, replace(solgarden(), meetings=(team_meeting(), an_apt(3), an_apt(9), daily, elsewhere, over)))
    rows = [one for one in list_meetings(desk, from_=TODAY) if one.status is MeetingStatus.PLANNED]
    now = desk.clock.now()

    def order(start: PointStart, mine: tuple[str, ...] = ()) -> list[str]:
        return [one.key for one in best_first(rows, start, mine=mine, now=now)]

    assert order(PointStart()) == ["soder", "apt-3", "teammote-1", "apt-9", "puls"]
    assert order(PointStart(), mine=("apt-9",))[0] == "apt-9"
    assert order(PointStart(customer="kund-1", unit="solgarden", ward="norr"))[0] == "teammote-1"
