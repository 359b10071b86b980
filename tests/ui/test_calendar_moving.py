"""A meeting moved in the calendar as a person does it: by mouse and by keys, taken back, and read in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from app.domain.errors import Refused
from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.swedish import clock
from app.domain.wording import wording
from app.services import meetings
from app.services.meeting_lists import list_meetings
from app.ui.calendar.page import CalendarPage
from app.ui.calendar.shown import View
from app.ui.calendar.span import Span
from app.ui.meetings.list_page import MeetingsPage
from app.ui.meetings.page import MeetingPage
from app.ui.shell import MainWindow
from tests.support import team_meeting

TUESDAY = dt.date(2026, 3, 3)
LEFT, ALT, SHIFT = (
    Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier,
)  # fmt: skip


@pytest.fixture
def page(window: MainWindow) -> CalendarPage:
    """The enhetschef's calendar on the work week of the teammöte, with a pulsmöte on Wednesday morning."""
    assert window.frame is not None
    meetings.book_meeting(
        window.frame.place.desk,
        meeting=replace(
            team_meeting(), key="puls", forum="pulsmote", items=(), customers=(), date=dt.date(2026, 3, 4),
            start=dt.time(10), end=dt.time(11), participants=("anna-berg",), chair=None,
        ),
    )  # fmt: skip
    window.frame.visit("calendar", "2026-03-03")
    made = window.frame.page
    assert isinstance(made, CalendarPage)
    made.show_view(View.WORK_WEEK)
    QApplication.processEvents()
    return made


def row(page: CalendarPage, key: str = "teammote-1") -> MeetingRow:
    """The meeting as the database has it."""
    return next(one for one in list_meetings(page.place.desk) if one.key == key)


def when(page: CalendarPage, key: str = "teammote-1") -> str:
    """Day and hours of the meeting in the database."""
    found = row(page, key)
    return f"{found.date.day}/{found.date.month} {clock(found.start)}-{clock(found.end)}"


def spot(page: CalendarPage, day: dt.date, hour: float) -> QPoint:
    """A place on the hours, a little into its column."""
    return QPoint(page.hours.column(day).left() + 30, page.hours.y_of(hour * 60))


def drag(page: CalendarPage, start: QPoint, end: QPoint) -> None:
    """Press, move over in two goes; the button is still down."""
    QTest.mousePress(page.hours, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for number in (1, 2):
        QTest.mouseMove(page.hours, start + (end - start) * number / 2)
    QTest.mouseMove(page.hours, end)


def held(page: CalendarPage) -> bool:
    """Whether a meeting is held over another time."""
    return page.hours.trial is not None


def release(page: CalendarPage, at: QPoint) -> None:
    QTest.mouseRelease(page.hours, LEFT, Qt.KeyboardModifier.NoModifier, at)


def beside(page: CalendarPage) -> str:
    """What stands beside the days in plain labels."""
    QApplication.processEvents()
    return "\n".join(one.text() for one in page.beside.findChildren(QLabel) if one.isVisible())


class TestByMouse:
    def test_a_meeting_is_dragged_to_another_day_and_hour_and_taken_back(self, page: CalendarPage) -> None:
        end = spot(page, dt.date(2026, 3, 5), 9.25)
        drag(page, spot(page, TUESDAY, 13.25), end)
        assert when(page) == "3/3 13.00-13.30", "nothing is kept before the button is let go"
        release(page, end)
        assert when(page) == "5/3 09.00-09.30"
        assert page.hours.chosen_key == "teammote-1"
        assert page.place.undo_phrase == "Flytta mötet"
        page.place.undo()
        assert when(page) == "3/3 13.00-13.30"

    def test_a_clash_shows_while_the_meeting_is_held_over_it(self, page: CalendarPage, qtbot: QtBot) -> None:
        end = spot(page, dt.date(2026, 3, 4), 10.25)
        drag(page, spot(page, TUESDAY, 13.25), end)
        qtbot.waitUntil(lambda: page.hours.trial_clashes == ("Anna Berg har pulsmöte på Norr 10.00–11.00",))
        release(page, end)
        assert when(page) == "4/3 10.00-10.30", "a clash is shown and not forbidden"
        assert page.hours.clashes["puls"] == ["Anna Berg har teammöte på Norr 10.00–10.30"]
        assert "Krock: Anna Berg har teammöte på Norr 10.00–10.30." in beside(page)

    def test_escape_lets_the_meeting_lie(self, page: CalendarPage) -> None:
        end = spot(page, dt.date(2026, 3, 5), 9)
        page.hours.setFocus()
        drag(page, spot(page, TUESDAY, 13.25), end)
        assert held(page)
        QTest.keyClick(page.hours, Qt.Key.Key_Escape)
        assert not held(page)
        release(page, end)
        assert when(page) == "3/3 13.00-13.30"
        assert page.place.undo_phrase == ""

    def test_the_lower_edge_makes_it_longer(self, page: CalendarPage) -> None:
        area = page.hours.spot_of("teammote-1")
        assert area is not None
        end = spot(page, TUESDAY, 14.25)
        drag(page, QPoint(area.left() + 30, area.bottom() - 2), end)
        release(page, end)
        assert when(page) == "3/3 13.00-14.15"
        assert page.place.undo_phrase == "Ändra mötets längd"

    def test_a_press_without_a_move_only_chooses(self, page: CalendarPage) -> None:
        QTest.mouseClick(page.hours, LEFT, Qt.KeyboardModifier.NoModifier, spot(page, TUESDAY, 13.25))
        assert (page.hours.chosen_key, row(page).version, page.day) == ("teammote-1", 1, TUESDAY)

    def test_a_double_click_on_empty_time_begins_a_meeting_then(self, page: CalendarPage, window: MainWindow) -> None:
        QTest.mouseDClick(page.hours, LEFT, Qt.KeyboardModifier.NoModifier, spot(page, dt.date(2026, 3, 5), 9.3))
        assert window.frame is not None
        listed = window.frame.page
        assert isinstance(listed, MeetingsPage)
        assert listed.new.isVisible()
        assert (listed.new.date.day, listed.new.start.moment) == (dt.date(2026, 3, 5), dt.time(9, 15))
        listed.new.book_it()
        (made,) = [one for one in list_meetings(page.place.desk) if one.key not in ("teammote-1", "puls")
                   and one.date == dt.date(2026, 3, 5)]  # fmt: skip
        assert made.start == dt.time(9, 15)

    def test_a_double_click_on_a_meeting_opens_it(self, page: CalendarPage, window: MainWindow) -> None:
        QTest.mouseDClick(page.hours, LEFT, Qt.KeyboardModifier.NoModifier, spot(page, TUESDAY, 13.25))
        assert window.frame is not None
        assert isinstance(window.frame.page, MeetingPage)

    def test_meetings_that_lie_together_are_seen_by_themselves_in_the_day(self, page: CalendarPage) -> None:
        for number in range(8):
            other = replace(team_meeting(), key=f"puls-{number}", forum="pulsmote", items=(), customers=())
            meetings.book_meeting(page.place.desk, meeting=replace(other, start=dt.time(8), end=dt.time(9)))
        page.refresh()
        QTest.mouseDClick(page.hours, LEFT, Qt.KeyboardModifier.NoModifier, spot(page, TUESDAY, 8.5))
        assert (page.view, page.day) == (View.DAY, TUESDAY)
        assert len([one for one in page.hours.meetings_on(TUESDAY) if one.forum == "pulsmote"]) == 8

    @pytest.mark.parametrize("status", [MeetingStatus.OPEN, MeetingStatus.CANCELLED])
    def test_what_is_not_planned_stays_and_it_is_said_why(self, page: CalendarPage, status: MeetingStatus) -> None:
        desk = page.place.desk
        if status is MeetingStatus.OPEN:
            meetings.open_meeting(desk, key="teammote-1", expected_version=1)
        else:
            meetings.cancel_meeting(desk, key="teammote-1", reason="Sjukdom", expected_version=1)
        page.refresh()
        heard: list[str] = []
        page.place.told.connect(heard.append)
        end = spot(page, dt.date(2026, 3, 5), 9)
        drag(page, spot(page, TUESDAY, 13.25), end)
        release(page, end)
        assert when(page) == "3/3 13.00-13.30"
        assert heard == [wording(Refused("meeting_not_planned"))]


class TestByKeys:
    def test_arrows_choose_and_alt_with_arrows_moves(self, page: CalendarPage, window: MainWindow) -> None:
        page.hours.setFocus()
        QTest.keyClick(page.hours, Qt.Key.Key_Down)
        assert page.hours.chosen_key == "teammote-1"
        QTest.keyClick(page.hours, Qt.Key.Key_Right, ALT)
        QTest.keyClick(page.hours, Qt.Key.Key_Up, ALT)
        assert when(page) == "4/3 12.45-13.15"
        QTest.keyClick(page.hours, Qt.Key.Key_Down, ALT | SHIFT)
        assert when(page) == "4/3 12.45-13.20"
        QTest.keyClick(page.hours, Qt.Key.Key_Left, ALT)
        assert when(page) == "3/3 12.45-13.20"
        assert window.frame is not None
        assert window.frame.page is page, "Alt and Left moves the meeting, not the window back"
        for expected in ("4/3 12.45-13.20", "4/3 12.45-13.15", "4/3 13.00-13.30", "3/3 13.00-13.30"):
            page.place.undo()
            assert when(page) == expected

    def test_days_are_stepped_through_and_the_next_week_follows(self, page: CalendarPage) -> None:
        page.hours.setFocus()
        for expected in (4, 5, 6, 13):
            QTest.keyClick(page.hours, Qt.Key.Key_Right)
            assert page.day.day == expected
        assert "Vecka 11" in page.subtitle.text()

    def test_a_meeting_moved_out_of_the_week_is_followed(self, page: CalendarPage) -> None:
        page.show_view(View.DAY)
        page.hours.choose(TUESDAY, page.hours.meetings_on(TUESDAY)[0])
        QTest.keyClick(page.hours, Qt.Key.Key_Right, ALT)
        assert (when(page), page.day) == ("4/3 13.00-13.30", dt.date(2026, 3, 4))
        assert page.hours.chosen is not None

    def test_enter_opens_the_chosen_meeting(self, page: CalendarPage, window: MainWindow) -> None:
        page.hours.choose(TUESDAY, page.hours.meetings_on(TUESDAY)[0])
        QTest.keyClick(page.hours, Qt.Key.Key_Return)
        assert window.frame is not None
        assert isinstance(window.frame.page, MeetingPage)

    def test_a_menu_has_every_way_to_move(self, page: CalendarPage) -> None:
        page.hours.choose(TUESDAY, page.hours.meetings_on(TUESDAY)[0])
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
        page.hours.contextMenuEvent(event)
        (menu,) = [one for one in page.hours.findChildren(QMenu) if one.isVisible()]
        [longer] = [one for one in menu.actions() if one.text().startswith("Fem minuter längre")]
        longer.trigger()
        menu.close()
        assert when(page) == "3/3 13.00-13.35"

    def test_a_reading_aid_is_told_what_is_chosen_and_what_clashes(self, page: CalendarPage) -> None:
        desk = page.place.desk
        meetings.book_meeting(
            desk, meeting=replace(team_meeting(), key="samtidigt", forum="apt", items=(), customers=())
        )
        page.refresh()
        page.hours.choose(TUESDAY, page.hours.row("teammote-1"))
        told = QAccessible.queryAccessibleInterface(page.hours).text(QAccessible.Text.Name)
        assert "13.00–13.30, Teammöte Norr" in told
        assert "Anna Berg har APT på Norr 13.00–13.30" in told


def test_somebody_elses_change_is_not_taken_back(page: CalendarPage) -> None:
    page.hours.shift(row(page), days=1)
    desk = page.place.desk
    other = replace(meetings.get_meeting(desk, key="teammote-1").value, place="Sal B")
    meetings.save_meeting(desk, meeting=other, expected_version=2)
    heard: list[str] = []
    page.place.troubled.connect(heard.append)
    page.place.undo()
    assert when(page) == "4/3 13.00-13.30"
    assert len(heard) == 1


@pytest.mark.parametrize("user", ["bo", "lena"])
def test_who_may_not_write_agendas_moves_and_begins_nothing(as_user: Callable[[str], MainWindow], user: str) -> None:
    window = as_user(user)
    assert window.frame is not None
    window.frame.visit("calendar", "2026-03-03")
    page = window.frame.page
    assert isinstance(page, CalendarPage)
    page.show_view(View.WORK_WEEK)
    heard: list[str] = []
    page.place.told.connect(heard.append)
    page.hours.shift(row(page), days=1)
    QTest.mouseDClick(page.hours, LEFT, Qt.KeyboardModifier.NoModifier, spot(page, dt.date(2026, 3, 5), 9))
    assert when(page) == "3/3 13.00-13.30"
    assert heard == ["Den som kallar till mötet flyttar det. Din roll kan inte flytta möten."]
    assert window.frame.page is page


class TestSpan:
    def test_it_stays_within_its_day(self) -> None:
        late = Span(TUESDAY, 23 * 60, 23 * 60 + 30)
        assert late.moved(minutes=120) == Span(TUESDAY, 23 * 60 + 25, 23 * 60 + 55)
        assert late.moved(minutes=-2000) == Span(TUESDAY, 0, 30)
        assert late.until(0).end == late.start + 5
        assert late.until(5000).end_time == dt.time(23, 55)


class TestOtherViews:
    def test_a_press_in_the_year_goes_to_the_month(self, page: CalendarPage) -> None:
        page.show_view(View.YEAR)
        assert "Teammöte ×1" in page.year.words(TUESDAY)
        QTest.mouseClick(page.year, LEFT, Qt.KeyboardModifier.NoModifier, page.year.area(5).center())
        assert (page.view, page.day) == (View.MONTH, dt.date(2026, 5, 1))

    def test_the_year_is_walked_with_keys(self, page: CalendarPage) -> None:
        page.show_view(View.YEAR)
        page.year.setFocus()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            QTest.keyClick(page.year, key)
        assert page.year.accessibleName().startswith("Kalenderns år: augusti 2026")
        QTest.keyClick(page.year, Qt.Key.Key_PageDown)
        assert page.subtitle.text() == "2027"
        QTest.keyClick(page.year, Qt.Key.Key_Return)
        assert (page.view, page.day) == (View.MONTH, dt.date(2027, 8, 1))

    def test_the_list_says_what_clashes(self, page: CalendarPage) -> None:
        page.hours.shift(row(page, "puls"), days=-1, minutes=180)
        page.show_view(View.LIST)
        rows = page.list.rows_model.rows
        text = page.list.rows_model.columns[-1].text
        assert {one.key: text(one) for one in rows if one.date == TUESDAY} == {
            "teammote-1": "Anna Berg har pulsmöte på Norr 13.00–14.00",
            "puls": "Anna Berg har teammöte på Norr 13.00–13.30",
        }

    def test_the_month_tells_a_clash_on_hover_and_to_a_reading_aid(self, page: CalendarPage) -> None:
        page.hours.shift(row(page, "puls"), days=-1, minutes=180)
        page.show_view(View.MONTH)
        cell = page.days.cell_of(TUESDAY)
        for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            assert "Anna Berg har teammöte på Norr 13.00–13.30" in page.days.data(cell, int(role))

    @pytest.mark.parametrize(("filter_", "value", "left"), [
        ("ward", "norr", {"teammote-1", "puls"}), ("member", "bo-ek", {"teammote-1"}),
        ("room", "Norr", {"teammote-1", "puls"}), ("member", "gun-holm", set()),
    ])  # fmt: skip
    def test_a_ward_a_person_or_a_room_is_chosen(
        self, page: CalendarPage, filter_: str, value: str, left: set[str]
    ) -> None:
        made = getattr(page.filters_chosen, filter_)
        made.setCurrentIndex(made.findData(value))
        assert {one.key for day in page.hours.days for one in page.hours.meetings_on(day)} == left

    @pytest.mark.parametrize("view", list(View))
    @pytest.mark.parametrize("size", [(853, 533), (1280, 720), (1600, 1000)])
    def test_each_view_is_drawn_at_each_size_with_nothing_outside(
        self, page: CalendarPage, window: MainWindow, view: View, size: tuple[int, int]
    ) -> None:
        window.resize(*size)
        page.show_view(view)
        QApplication.processEvents()
        assert not page.views.grab().isNull()
        part = page.views.currentWidget()
        assert part is not None
        assert part.width() <= page.width()


def test_only_the_days_shown_are_asked_for() -> None:
    for view, first, last in (
        (View.DAY, TUESDAY, TUESDAY), (View.WORK_WEEK, dt.date(2026, 3, 2), dt.date(2026, 3, 6)),
        (View.WEEK, dt.date(2026, 3, 2), dt.date(2026, 3, 8)), (View.MONTH, dt.date(2026, 2, 23), dt.date(2026, 4, 5)),
        (View.LIST, dt.date(2026, 3, 1), dt.date(2026, 3, 31)), (View.YEAR, dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ):  # fmt: skip
        assert view.days(TUESDAY) == (first, last)


class TestInTheMonth:
    @pytest.fixture
    def month(self, page: CalendarPage) -> CalendarPage:
        page.show_view(View.MONTH)
        QApplication.processEvents()
        return page

    def at(self, page: CalendarPage, day: dt.date) -> QPoint:
        """The first meeting's line in a day's cell."""
        area = page.table.visualRect(page.days.cell_of(day))
        return QPoint(area.left() + 30, area.top() + 32)

    def drag(self, page: CalendarPage, to: dt.date) -> None:
        port = page.table.viewport()
        QTest.mousePress(port, LEFT, Qt.KeyboardModifier.NoModifier, self.at(page, TUESDAY))
        for _ in range(2):
            QTest.mouseMove(port, self.at(page, to))

    def test_a_meeting_is_dragged_to_another_day_at_the_same_hour_and_taken_back(self, month: CalendarPage) -> None:
        self.drag(month, dt.date(2026, 3, 12))
        assert when(month) == "3/3 13.00-13.30"
        QTest.mouseRelease(
            month.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, self.at(month, dt.date(2026, 3, 12))
        )
        assert when(month) == "12/3 13.00-13.30"
        assert month.day == dt.date(2026, 3, 12)
        month.place.undo()
        assert when(month) == "3/3 13.00-13.30"

    def test_escape_lets_it_lie_and_a_press_only_chooses_the_day(self, month: CalendarPage) -> None:
        month.table.setFocus()
        self.drag(month, dt.date(2026, 3, 12))
        assert month.table.trial is not None
        QTest.keyClick(month.table, Qt.Key.Key_Escape)
        QTest.mouseRelease(
            month.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, self.at(month, dt.date(2026, 3, 12))
        )
        QTest.mouseClick(month.table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, self.at(month, TUESDAY))
        assert (when(month), month.day, row(month).version) == ("3/3 13.00-13.30", TUESDAY, 1)

    def test_a_clash_shows_on_the_day_it_is_held_over(self, month: CalendarPage, qtbot: QtBot) -> None:
        other = replace(team_meeting(), key="annat", items=(), customers=(), date=dt.date(2026, 3, 10))
        meetings.book_meeting(month.place.desk, meeting=other)
        month.refresh()
        self.drag(month, dt.date(2026, 3, 10))
        qtbot.waitUntil(lambda: bool(month.table._drawing.trial_clashes))
        assert when(month) == "3/3 13.00-13.30", "held over the clash, and not moved yet"
        QTest.keyClick(month.table, Qt.Key.Key_Escape)
        assert not month.table._drawing.trial_clashes

    def test_what_has_begun_stays(self, month: CalendarPage) -> None:
        meetings.open_meeting(month.place.desk, key="teammote-1", expected_version=1)
        month.refresh()
        told: list[str] = []
        month.place.told.connect(told.append)
        self.drag(month, dt.date(2026, 3, 12))
        assert told == [wording(Refused("meeting_not_planned"))]
