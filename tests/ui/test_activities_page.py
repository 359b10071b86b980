"""Aktiviteter in the window: a month is drawn up by keys, repeated, copied, taken back, and read week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.activities import Activity
from app.domain.meetings import Item, ItemKind, MeetingStatus, Question
from app.services import activities, meetings
from app.ui.activities.page import ActivitiesPage
from app.ui.meetings.page import MeetingPage
from app.ui.shell import MainWindow
from tests.support import TODAY


@pytest.fixture
def page(window: MainWindow) -> ActivitiesPage:
    assert window.frame is not None
    window.frame.visit("activities", "")
    found = window.frame.page
    assert isinstance(found, ActivitiesPage)
    return found


def kept(page: ActivitiesPage) -> list[tuple[dt.date, str, str | None]]:
    found = activities.list_activities(
        page.place.desk, unit="solgarden", from_=dt.date(2026, 2, 1), to=dt.date(2026, 4, 30)
    )
    return [(one.value.date, one.value.text, one.value.customer) for one in found]


def write(page: ActivitiesPage, text: str, day: str, *, customer: str = "", weekly: bool = False) -> None:
    page.begin()
    part = page.month_list
    part.text.setText(text)
    part.day.setText(day)
    part.start.setText("10")
    part.whose.setCurrentIndex(part.whose.findData(customer))
    part.weekly.setChecked(weekly)
    QTest.keyClick(part.text, Qt.Key.Key_Return)


def test_one_is_written_and_repeated_and_taken_back_in_one_step(page: ActivitiesPage, window: MainWindow) -> None:
    write(page, "Gympa", "2026-03-03", weekly=True)
    assert [day.day for day, _, _ in kept(page)] == [3, 10, 17, 24, 31]
    write(page, "Baka", "2026-03-04", customer="kund-1")
    assert (dt.date(2026, 3, 4), "Baka", "kund-1") in kept(page)
    assert [one.value.text for one in page.month_list.table.rows_model.rows][:2] == ["Gympa", "Baka"]
    page.own.setChecked(True)
    assert "Baka" not in [one.value.text for one in page.month_list.table.rows_model.rows]
    assert window.frame is not None
    window.frame.undo()
    window.frame.undo()
    assert kept(page) == []


def test_a_customers_own_is_with_her_fast_omsorgskontakt(page: ActivitiesPage) -> None:
    page.begin()
    whose = page.month_list.whose
    whose.setCurrentIndex(whose.findData("kund-1"))
    whose.activated.emit(whose.currentIndex())
    assert page.month_list.leader.person == "bo-ek"


def test_a_name_on_the_wall_is_refused_where_it_was_typed(page: ActivitiesPage) -> None:
    write(page, "Promenad med 1101 AB", "2026-03-03")
    assert page.month_list.fault.isVisible()
    assert kept(page) == []


def test_last_month_is_copied_and_seen_week_by_week(page: ActivitiesPage, window: MainWindow) -> None:
    first = Activity(key="", unit="solgarden", date=dt.date(2026, 2, 3), start=dt.time(14), text="Bingo")
    activities.add_activities(page.place.desk, activities=[first])
    page.copy()
    assert (dt.date(2026, 3, 3), "Bingo", None) in kept(page)
    page.show_weeks(True)
    QApplication.processEvents()
    pressed = [one for one in page.weeks.findChildren(QPushButton) if "Bingo" in one.text() and one.isVisible()]
    assert [one.accessibleName() for one in pressed] == ["14.00, Bingo"]
    pressed[0].click()
    assert page.month_list.standing is not None
    page.turn(-1)
    assert page.subtitle.text().startswith("Februari 2026")
    assert window.frame is not None
    window.frame.undo()
    assert [day.month for day, _, _ in kept(page)] == [2]


def test_care_staff_writes_and_a_reader_only_reads(as_user: Callable[[str], MainWindow]) -> None:
    for user, may in (("bo", True), ("lena", False)):
        window = as_user(user)
        assert window.frame is not None
        window.frame.visit("activities", "")
        found = window.frame.page
        assert isinstance(found, ActivitiesPage)
        assert found.month_list.save_button.isEnabled() is may
        assert found.month_list.new_button.isEnabled() is may


def test_a_borad_begins_with_last_times_wishes_and_leads_to_the_month(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    desk = frame.place.desk
    asked = (Question(question="Kan vi gå ut oftare?", answer="På torsdagar.", answered_by="bo-ek"),)
    base = replace(
        meetings.get_meeting(desk, key="teammote-1").value, key="", forum="borad", customers=(),
        items=(
            Item(key="", heading="Sedan förra mötet", kind=ItemKind.STANDING),
            Item(key="", heading="Synpunkter", kind=ItemKind.STANDING, questions=asked),
        ),
    )  # fmt: skip
    meetings.book_meeting(desk, meeting=replace(base, date=TODAY - dt.timedelta(days=28), status=MeetingStatus.DRAFT))
    items = (replace(base.items[0]), replace(base.items[1], questions=()))
    now = meetings.book_meeting(desk, meeting=replace(base, items=items)).value
    frame.visit("meeting", now.key)
    page = frame.page
    assert isinstance(page, MeetingPage)
    assert page.wishes.isVisible()
    assert "Kan vi gå ut oftare?  –  På torsdagar." in page.wishes._said.text()
    page.wishes.put.click()
    QApplication.processEvents()
    page.editor.save()
    assert meetings.get_meeting(desk, key=now.key).value.items[0].notes == "- Kan vi gå ut oftare?: På torsdagar."
    assert not page.wishes.put.isVisible()
    page.wishes.activities.click()
    assert isinstance(frame.page, ActivitiesPage)
    assert chosen_ward(frame.page) == "norr"


def chosen_ward(page: ActivitiesPage) -> str:
    return str(page.ward.currentData())
