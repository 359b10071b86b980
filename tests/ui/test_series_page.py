"""The page Serier: a new series as the routine has it, a change from here on, single days, a pause, and booking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.meetings import MeetingStatus
from app.domain.roles import Role
from app.services import meeting_lists, series
from app.services.desk import Desk
from app.ui.planning.series_days import SeriesDays
from app.ui.planning.series_page import SeriesPage
from app.ui.planning.series_tools import Booking, Pausing
from tests.services.planning_calls import TEAM_SERIES
from tests.support import TODAY, seated

ShowPage = Callable[[type[SeriesPage], Desk], SeriesPage]


@pytest.fixture
def page(show_page: ShowPage, desk: Desk) -> SeriesPage:
    """The enhetschef's page with one series, chosen."""
    series.add_series(desk, series=TEAM_SERIES)
    page = show_page(SeriesPage, desk)
    page.table.selectRow(0)
    return page


def booked(desk: Desk) -> list[tuple[dt.date, dt.time, MeetingStatus]]:
    rows = meeting_lists.list_meetings(desk, from_=TODAY, to=TODAY + dt.timedelta(days=60), limit=100)
    return [(one.date, one.start, one.status) for one in rows if one.key != "teammote-1"]


def press(field: object, text: str) -> None:
    field.setText(text)  # type: ignore[attr-defined]
    field.editingFinished.emit()  # type: ignore[attr-defined]


def book(page: SeriesPage, until: str) -> None:
    page.book_button.click()
    assert isinstance(page.detail.tool, Booking)
    press(page.detail.tool.until, until)
    page.detail.tool.go.click()


def test_a_new_series_begins_as_the_routine_has_it_and_says_its_days(show_page: ShowPage, desk: Desk) -> None:
    page = show_page(SeriesPage, desk)
    page.new_button.click()
    form = page.form
    form.forum.setCurrentIndex(form.forum.findData("teammote"))
    assert form.words.text().startswith("Varannan")
    assert "Nästa:" in form.words.text()
    form.ward.setCurrentIndex(form.ward.findData("norr"))
    form.weekdays.chips[3].click()
    form.weekdays.chips[form.weekdays.days[0]].click()
    press(form.start, "14")
    press(form.end, "14.30")
    page.detail.save()
    [kept] = series.list_series(desk)
    assert (kept.value.rrule, kept.value.start, kept.value.ward) == (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", dt.time(14), "norr",
    )  # fmt: skip
    page.place.undo()
    assert series.list_series(desk) == ()


def test_what_cannot_be_read_is_said_and_nothing_is_lost(page: SeriesPage, desk: Desk) -> None:
    press(page.form.start, "kvart i")
    page.detail.save()
    assert "13.00" in page.detail.fault.text()
    assert page.form.start.text() == "kvart i"
    press(page.form.start, "13")
    page.form.weekdays.chips[1].click()
    page.detail.save()
    assert "veckodag" in page.detail.fault.text()
    page.form.weekdays.chips[1].click()
    press(page.form.end, "12")
    page.detail.save()
    assert "slutar före" in page.detail.fault.text()
    assert series.get_series(desk, key="serien").version == 1


def test_booking_and_a_change_from_here_on_take_the_meetings_along_and_are_undone(
    page: SeriesPage, desk: Desk, heard: list[str]
) -> None:
    book(page, "+40")
    before = booked(desk)
    assert len(before) == 6
    assert "6 möten är bokade" in heard[-1].replace("Sex", "6")
    later = before[2][0]
    press(page.form.start, "15")
    press(page.form.end, "15.30")
    press(page.form.from_, later.isoformat())
    page.detail.save()
    assert [start for _, start, _ in booked(desk)] == [dt.time(13)] * 2 + [dt.time(15)] * 4
    assert "flyttas med" in heard[-1]
    assert [row.value.until for row in series.list_series(desk)] == [later - dt.timedelta(days=1), None]
    page.place.undo()
    assert booked(desk) == before
    page.place.undo()
    assert booked(desk) == []


def test_a_single_day_is_called_off_with_a_reason_moved_and_held_after_all(page: SeriesPage, desk: Desk) -> None:
    book(page, "+40")
    page.days_button.click()
    days = page.detail.tool
    assert isinstance(days, SeriesDays)
    first = booked(desk)[0][0]
    days.off_button.click()
    QTest.keyClick(days.reason, Qt.Key.Key_Return)
    assert "varför" in days.fault.text()
    days.reason.setText("Planeringsdag")
    QTest.keyClick(days.reason, Qt.Key.Key_Return)
    assert booked(desk)[0] == (first, dt.time(13), MeetingStatus.CANCELLED)
    row = days.table.current_row()
    assert row is not None
    assert (row.was, row.off) == (first, "Planeringsdag")
    days.hold_button.click()
    assert booked(desk)[0][2] is MeetingStatus.PLANNED
    days.move_button.click()
    press(days.to, (first + dt.timedelta(days=1)).isoformat())
    press(days.start, "9")
    press(days.end, "9.30")
    next(one for one in days._moving.findChildren(type(days.open_button)) if one.text() == "Flytta mötet").click()
    assert booked(desk)[0][:2] == (first + dt.timedelta(days=1), dt.time(9))
    for _ in range(3):
        page.place.undo()
    assert booked(desk)[0] == (first, dt.time(13), MeetingStatus.PLANNED)


def test_a_pause_is_told_with_how_many_it_calls_off(page: SeriesPage, desk: Desk, heard: list[str]) -> None:
    book(page, "+40")
    page.pause_button.click()
    pausing = page.detail.tool
    assert isinstance(pausing, Pausing)
    pausing.go.click()
    assert "första och sista dagen" in pausing.fault.text()
    press(pausing.first, "+7")
    press(pausing.last, "+20")
    pausing.reason.setText("Sommar")
    pausing.go.click()
    assert "inställda" in heard[-1]
    assert [status for *_, status in booked(desk)].count(MeetingStatus.CANCELLED) == 2


def test_whoever_plans_nothing_reads_the_days_and_changes_nothing(show_page: ShowPage, desk: Desk) -> None:
    series.add_series(desk, series=TEAM_SERIES)
    page = show_page(SeriesPage, seated(desk, Role.CARE_STAFF))
    page.table.selectRow(0)
    assert not page.new_button.isVisible()
    assert not page.book_button.isVisible()
    page.days_button.click()
    days = page.detail.tool
    assert isinstance(days, SeriesDays)
    assert days.table.rows_model.rows
    assert not days.off_button.isVisible()
    assert not days.move_button.isVisible()
