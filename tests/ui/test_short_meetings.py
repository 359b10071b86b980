"""Pulsmöte and avstämning in the window: by keys alone, opened and closed in seconds, and round the wards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.customers import CustomerStatus
from app.domain.meetings import ActionStatus, AttendanceStatus, ItemKind, Meeting, MeetingStatus
from app.services import customers, meetings
from app.services.meeting_lists import list_meetings
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.short_start import ShortStart
from app.ui.meetings.short_view import ShortView
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from tests.support import FixedClock
from tests.ui.test_live_minutes import CTRL, Keys, Mouse, mouse

__all__ = ["mouse"]
KEY = Qt.Key


@pytest.fixture
def seen(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window, with the keys."""
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def today_page(window: MainWindow) -> TodayPage:
    assert window.frame is not None
    window.frame.visit("today", "")
    assert isinstance(window.frame.page, TodayPage)
    return window.frame.page


def short_of(window: MainWindow) -> ShortView:
    assert window.frame is not None
    assert isinstance(window.frame.page, MeetingPage)
    return window.frame.page.forms.short


def shown(view: ShortView) -> list[tuple[str, str, str, str]]:
    model = view.table.rows_model
    return [tuple(of.text(one) for of in model.columns) for one in model.rows]  # type: ignore[misc]


def kept(view: ShortView) -> Meeting:
    assert view.editor.meeting is not None
    return meetings.get_meeting(view.editor.place.desk, key=view.editor.meeting.key).value


def open_puls(window: MainWindow) -> tuple[ShortView, Keys]:
    today_page(window)
    keys = Keys(window)
    keys.press(KEY.Key_F6)
    return short_of(window), keys


def test_a_pulsmote_is_opened_written_and_closed_by_few_keys(seen: MainWindow, mouse: Mouse) -> None:
    view, keys = open_puls(seen)
    assert view.isVisible()
    assert view.here.text() == "Alla 2 kallade är här."
    texts = ("1101", "Ring dottern @an", "1201", "Hjälpmedel hem @dan", "Halka", "Sanda entren")
    for about, text in zip(texts[::2], texts[1::2], strict=True):
        keys.type(about)
        keys.press(KEY.Key_Return)
        keys.type(text)
        keys.press(KEY.Key_Return)
    keys.press(KEY.Key_M, CTRL)
    assert keys.count - sum(map(len, texts)) <= 12
    assert mouse.used == 0
    assert shown(view) == [
        ("1101 AB", "Ring dottern", "Anna Berg", "Öppen"), ("1201 GH", "Hjälpmedel hem", "Dan Falk", "Öppen"),
        ("Halka", "Sanda entren", "", "Öppen"),
    ]  # fmt: skip
    meeting = kept(view)
    assert meeting.status is MeetingStatus.DRAFT
    rows = [item for item in meeting.items if item.kind is not ItemKind.STANDING]
    assert [(item.kind, item.customer) for item in rows] == [
        (ItemKind.CUSTOMER, "kund-1"), (ItemKind.CUSTOMER, "kund-4"), (ItemKind.ADDED, None),
    ]  # fmt: skip
    assert {one.status for one in meeting.attendance} == {AttendanceStatus.PRESENT}


def test_what_was_not_done_stands_first_the_next_day_and_is_done_there(seen: MainWindow, clock: FixedClock) -> None:
    view, keys = open_puls(seen)
    for text in ("Ring dottern @bo", "Boka taxi"):
        keys.type("1101")
        keys.press(KEY.Key_Return)
        keys.type(text)
        keys.press(KEY.Key_Return, CTRL if text == "Boka taxi" else Qt.KeyboardModifier.NoModifier)
    keys.press(KEY.Key_M, CTRL)
    first = kept(view)
    clock.moment = clock.moment.replace(day=3)
    view, keys = open_puls(seen)
    assert shown(view) == [("1101 AB", "Ring dottern", "Bo Ek", "Kvar sedan mån 2 mars")]
    view.table.setFocus()
    view.table.selectRow(0)
    keys.press(KEY.Key_Space)
    assert [row[3] for row in shown(view)] == ["Klar"]
    desk = view.editor.place.desk
    action = next(item for item in meetings.get_meeting(desk, key=first.key).value.items if item.actions).actions[0]
    assert (action.status, action.done_on) == (ActionStatus.DONE, clock.today())
    assert [item.notes for item in kept(view).items if item.carried_from] == ["Klart: Ring dottern"]
    keys.press(KEY.Key_Space)
    assert [item.notes for item in kept(view).items if item.carried_from] == [None]
    keys.press(KEY.Key_Space)
    keys.press(KEY.Key_M, CTRL)
    clock.moment = clock.moment.replace(day=4)
    view, _ = open_puls(seen)
    assert shown(view) == [], "what was done is not taken up again"


def test_a_row_is_changed_taken_away_and_brought_back(seen: MainWindow) -> None:
    view, keys = open_puls(seen)
    keys.type("11")
    keys.press(KEY.Key_Down)
    keys.press(KEY.Key_Return)
    keys.type("Duscha @bo")
    keys.press(KEY.Key_Return)
    assert shown(view) == [("1102 CD", "Duscha", "Bo Ek", "Öppen")]
    view.table.setFocus()
    view.table.selectRow(0)
    keys.press(KEY.Key_Return)
    keys.type("anna")
    keys.press(KEY.Key_Escape)
    assert view.entry.text.text() == ""
    keys.press(KEY.Key_Return)
    view.entry.text.setText("Duscha och frukost @anna")
    keys.press(KEY.Key_Return)
    assert shown(view) == [("1102 CD", "Duscha och frukost", "Anna Berg", "Öppen")]
    view.table.setFocus()
    view.table.selectRow(0)
    keys.press(KEY.Key_Delete)
    assert shown(view) == []
    keys.press(KEY.Key_Z, CTRL)
    assert shown(view) == [("1102 CD", "Duscha och frukost", "Anna Berg", "Öppen")]
    assert kept(view).items[-1].actions[0].responsible == "anna-berg"


def test_a_trigger_begins_the_row_and_says_where_the_customer_is(seen: MainWindow) -> None:
    view, keys = open_puls(seen)
    keys.type("1102")
    keys.press(KEY.Key_3, Qt.KeyboardModifier.AltModifier)
    assert view.entry.text.text() == "På sjukhus: "
    keys.type("larm avstängt")
    keys.press(KEY.Key_Return)
    assert shown(view)[0][:2] == ("1102 CD", "På sjukhus: larm avstängt")
    desk = view.editor.place.desk
    assert customers.get_customer(desk, key="kund-2").value.status_on(desk.today) is CustomerStatus.HOSPITAL
    view.show_meeting()
    assert [one.label for one in view._around.moving] == ["1102 CD"]
    assert seen.frame is not None
    seen.frame.undo()
    seen.frame.undo()
    assert customers.get_customer(desk, key="kund-2").value.status_on(desk.today) is CustomerStatus.HOME


def test_everybody_is_here_but_whom_one_names(seen: MainWindow) -> None:
    view, _ = open_puls(seen)
    view.away.set_person("anna-berg")
    view.away._told = None
    view._turn()
    assert view.here.text() == "Alla är här utom Anna Berg."
    assert {one.member: one.status for one in kept(view).attendance}["anna-berg"] is AttendanceStatus.ABSENT


def test_the_round_goes_from_ward_to_ward_by_one_key(seen: MainWindow, clock: FixedClock) -> None:
    page = today_page(seen)
    start: ShortStart = page.short
    day = next(one for one in start.days if one.goes_round)
    start.open(day)
    view, keys = short_of(seen), Keys(seen)
    assert [stop.ward for stop in day.stops] == ["norr", "soder"]
    assert view.round._words.text() == "0 av 2 avdelningar klara"
    keys.type("1101")
    keys.press(KEY.Key_Return)
    keys.type("Feber")
    keys.press(KEY.Key_Return)
    keys.press(KEY.Key_F6)
    assert view.editor.meeting is not None
    assert (view.editor.meeting.ward, view.editor.meeting.status) == ("soder", MeetingStatus.OPEN)
    assert view.round._words.text() == "1 av 2 avdelningar klara"
    keys.press(KEY.Key_F6)
    desk = view.editor.place.desk
    held = list_meetings(desk, forum="daglig-avstamning", from_=clock.today(), to=clock.today())
    assert [(one.ward, one.status) for one in held] == [
        ("norr", MeetingStatus.DRAFT), ("soder", MeetingStatus.DRAFT)
    ]  # fmt: skip
    clock.moment = clock.moment.replace(hour=14)
    page = today_page(seen)
    afternoon = next(one for one in page.short.days if one.goes_round)
    assert afternoon.held == 0, "the afternoon has a round of its own"


def test_the_whole_meeting_is_one_press_away(seen: MainWindow) -> None:
    view, keys = open_puls(seen)
    keys.type("1101")
    keys.press(KEY.Key_Return)
    keys.type("Feber")
    keys.press(KEY.Key_Return)
    assert seen.frame is not None
    page = seen.frame.page
    assert isinstance(page, MeetingPage)
    page.forms.show_whole()
    assert not view.isVisible()
    assert page.agenda.points.isVisible()
    page.forms.show_rows()
    assert view.isVisible()


def test_care_staff_puts_a_matter_on_and_opens_nothing(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("chef")
    today_page(window)
    Keys(window).press(KEY.Key_F6)
    view = short_of(window)
    key = kept(view).key
    window = as_user("bo")
    assert window.frame is not None
    window.frame.visit("meeting", key)
    view = short_of(window)
    view.entry.about.setText("1101")
    view.entry.text.setText("Sover dåligt")
    view.entry._enter(False)
    item = kept(view).items[-1]
    assert (item.customer, item.text, item.actions) == ("kund-1", "Sover dåligt", ())
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    assert not page.steps.primary.isVisible()


def test_who_leads_it_closes_and_approves_at_once(seen: MainWindow) -> None:
    view, keys = open_puls(seen)
    keys.type("Halka")
    keys.press(KEY.Key_Return)
    keys.type("Sanda")
    keys.press(KEY.Key_Return)
    assert seen.frame is not None
    page = seen.frame.page
    assert isinstance(page, MeetingPage)
    page.steps.second.click()
    assert kept(view).status is MeetingStatus.APPROVED


def test_a_day_without_a_trigger_is_no_missed_meeting(seen: MainWindow, clock: FixedClock) -> None:
    view, keys = open_puls(seen)
    desk = view.editor.place.desk
    booked = meetings.book_meeting(
        desk, meeting=replace(kept(view), key="", items=(), attendance=(), status=MeetingStatus.PLANNED)
    )
    clock.moment = clock.moment.replace(day=5)
    assert seen.frame is not None
    seen.frame.visit("meeting", booked.value.key)
    page = seen.frame.page
    assert isinstance(page, MeetingPage)
    assert page._status.text() == "Behövdes inte"
    assert keys.count == 1
