"""The page Planera: a proposal, lines ticked and left, booking, what moves, and a search that is ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.availability import Absence, AbsenceKind
from app.domain.meetings import Meeting
from app.domain.year_plan.solve import solve
from app.services import absences, meeting_lists, meetings, series
from app.services.desk import Desk
from app.ui.planning.plan_page import PlanPage
from app.ui.workplace import Workplace


@pytest.fixture
def page(
    show_page: Callable[[type[PlanPage], Desk], PlanPage], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> PlanPage:
    """The enhetschef's page, on the month after March 2026; the plan is solved here, without a process of its own."""
    monkeypatch.setattr(PlanPage, "solver", staticmethod(solve))
    return show_page(PlanPage, desk)


def booked(desk: Desk, month: int) -> list[Meeting]:
    first = dt.date(2026, month, 1)
    rows = meeting_lists.list_meetings(desk, from_=first, to=dt.date(2026, month + 1, 1) - dt.timedelta(days=1))
    return [meetings.get_meeting(desk, key=one.key).value for one in rows]


def test_the_month_ahead_is_proposed_without_daily_forums_and_booked_but_for_what_was_left(
    page: PlanPage, desk: Desk
) -> None:
    names = {one.name for one in page.wanted}
    assert {"Teammöte Norr", "APT", "Kvalitetsmöte", "Reflektionsmöte"} <= names
    assert "Daglig avstämning" not in " ".join(names)
    page.table.select_where(lambda one: one.name == "APT")
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    left = len(page.wanted)
    assert page.book_button.text() == f"Boka {left} möten"
    visits: list[tuple[str, str]] = []
    page.place.visit.connect(lambda where, key: visits.append((where, key)))
    QTest.mouseClick(page.book_button, Qt.MouseButton.LeftButton)
    kept = booked(desk, 4)
    assert len(kept) == left
    assert "apt" not in {one.forum for one in kept}
    assert visits == [("calendar", min(one.date for one in kept).isoformat())]


def test_what_somebody_booked_in_the_way_meanwhile_is_told(page: PlanPage, desk: Desk, heard: list[str]) -> None:
    apt = next(one.proposed.meeting for one in page.wanted if one.name == "APT")
    meanwhile = replace(apt, key="emellan", forum="dialogmote", items=(), series=None, series_day=None, occasion=None)
    meetings.book_meeting(desk, meeting=meanwhile)
    count = len(page.wanted)
    page.book()
    assert heard[-1] == f"{count} möten är bokade. 1 krockar. De är streckade i kalendern."


def test_what_is_booked_becomes_series_and_one_step_takes_all_of_it_back(page: PlanPage, desk: Desk) -> None:
    page.book()
    kept = {one.value.forum: one.value for one in series.list_series(desk) if one.value.ward in (None, "norr")}
    meeting = next(one for one in booked(desk, 4) if one.forum == "teammote" and one.ward == "norr")
    own = kept["teammote"]
    assert (meeting.series, own.start, own.ward) == (own.key, meeting.start, "norr")
    days = series.series_days(desk, key=own.key, first=own.first, last=dt.date(2026, 4, 30))
    assert meeting.key in {one.meeting for one in days}
    page.refresh()
    assert not page.wanted  # nothing is asked for twice
    page.place.undo()
    assert booked(desk, 4) == []
    assert series.list_series(desk) == ()


def test_what_moves_says_what_stands_in_the_way_where_it_is(page: PlanPage, desk: Desk) -> None:
    page.book()
    apt = next(one for one in booked(desk, 4) if one.forum == "apt")
    away = Absence(
        key="", member=apt.participants[0], from_=apt.date, to=apt.date, kind=AbsenceKind.TRAINING,
    )  # fmt: skip
    absences.keep_absence(desk, absence=away, expected_version=None)
    page.refresh()
    moved = next(one for one in page.table.rows_model.rows if one.name == "APT")
    assert moved.why.endswith(": utbildning")


def test_daily_forums_come_with_their_chip(page: PlanPage) -> None:
    before = len(page.wanted)
    assert "dagliga" in page.told.text()
    page.daily.click()
    assert len(page.wanted) > before + 100
    page.mark_all(wanted=False)
    assert not page.book_button.isEnabled()


def test_what_is_booked_already_shows_its_time_when_it_moves(page: PlanPage, desk: Desk) -> None:
    page.book()
    apt = next(one for one in booked(desk, 4) if one.forum == "apt")
    stored = meetings.get_meeting(desk, key=apt.key)
    saturday = replace(stored.value, date=dt.date(2026, 4, 11), start=dt.time(9, 5), end=dt.time(10, 5))
    meetings.save_meeting(desk, meeting=saturday, expected_version=stored.version)
    page.refresh()
    (line,) = page.table.rows_model.rows
    shown = [page.table.rows_model.index(0, column).data() for column in range(6)]
    assert line.name == "APT"
    assert shown[0] == "☑"
    assert shown[5] == "lör 11 apr 09.05–10.05"
    page.book()
    again = next(one for one in booked(desk, 4) if one.forum == "apt")
    assert (again.date, again.start, again.sequence) == (apt.date, apt.start, apt.sequence + 2)


def test_a_year_is_proposed_and_the_arrows_go_by_years(page: PlanPage) -> None:
    page.year.click()
    assert len({one.proposed.meeting.date.month for one in page.wanted}) == 12
    assert page._period.text() == "April 2026 – mars 2027"
    page._turn(1)
    assert page._period.text() == "April 2027 – mars 2028"


def test_a_search_that_is_ended_shows_what_there_is(page: PlanPage, monkeypatch: pytest.MonkeyPatch) -> None:
    place: Workplace = page.place
    waiting: list[Callable[[], None]] = []

    def later(work: Callable[[], object], *, done: Callable[[object], None], failed: object) -> None:
        waiting.append(lambda: done(work()))

    monkeypatch.setattr(place.aside, "start", later)
    page.refresh()
    assert page._cancel.isVisibleTo(page)
    assert not page.book_button.isEnabled()
    QTest.mouseClick(page._cancel, Qt.MouseButton.LeftButton)
    waiting.pop()()
    QApplication.processEvents()
    assert not page._cancel.isVisibleTo(page)
    assert page.wanted


def test_the_window_that_is_left_ends_the_search(page: PlanPage) -> None:
    stop = page._stop
    page.place.leaving.emit()
    assert stop.is_set()
