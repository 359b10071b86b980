"""The calendar as it is drawn and laid out: blocks where lanes are narrow, all seven days on a narrow page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.meetings import MeetingRow, MeetingStatus
from app.services import meetings
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.ui.calendar.blocks import fitted
from app.ui.calendar.lanes import Block, laid_out, together
from app.ui.calendar.page import CalendarPage
from app.ui.operations import DirectRunner
from app.ui.theme import Theme, load_fonts
from app.ui.workplace import Workplace
from tests.support import surroundings


def held(forum: str, start: str, end: str, *, unit: str = "Solgården", ward: str | None = None) -> MeetingRow:
    """A meeting as the calendar reads it."""
    return MeetingRow(
        f"{forum}-{start}-{unit}", unit, unit, "sarskilt_boende", forum, forum.capitalize(), None, ward, ward,
        dt.date(2026, 3, 3), dt.time.fromisoformat(start), dt.time.fromisoformat(end), None, MeetingStatus.PLANNED,
    )  # fmt: skip


FOUR = [held("pulsmöte", "08:15", "08:20", unit=name) for name in ("Fyren", "Linden", "Norr", "Solgården")]


class TestBlocks:
    def test_meetings_that_have_room_lie_side_by_side(self) -> None:
        blocks = laid_out([*FOUR[:2], held("teammöte", "13:00", "13:30", ward="Norr")], width=200)
        assert [(one.lane, one.lanes, one.words) for one in blocks] == [
            (0, 2, "08.15 Pulsmöte"), (1, 2, "08.15 Pulsmöte"), (0, 1, "13.00 Teammöte Norr"),
        ]  # fmt: skip

    def test_a_forum_at_one_time_is_one_block_where_lanes_are_narrow(self) -> None:
        (block,) = laid_out(FOUR, width=80)
        assert (block.words, block.count, block.forum, block.lanes) == ("Pulsmöte", "×4", "pulsmöte", 1)

    def test_other_forums_keep_their_own_block_and_letter(self) -> None:
        blocks = laid_out([*FOUR, held("apt", "08:00", "09:00")], width=80)
        assert [(one.forum, one.lane, one.lanes) for one in blocks] == [("apt", 0, 2), ("pulsmöte", 1, 2)]

    def test_where_not_even_letters_have_room_the_number_is_said(self) -> None:
        forums = [held(name, "09:00", "10:00") for name in ("apt", "borad", "styrgrupp", "teammöte")]
        (block,) = laid_out(forums, width=50)
        assert (block.forum, block.count) == ("", "4 möten")

    def test_short_meetings_after_each_other_are_not_drawn_over_each_other(self) -> None:
        near = [held("apt", "08:00", "08:05"), held("borad", "08:10", "08:15")]
        assert [one.lanes for one in laid_out(near, width=200)] == [1, 1]
        assert [one.lanes for one in laid_out(near, width=200, least=40)] == [2, 2]

    def test_the_month_says_ward_or_unit_since_the_letter_says_the_forum(self) -> None:
        assert Block((held("teammöte", "13:35", "14:00", ward="Linden"),)).where == "Linden"
        assert Block((FOUR[3],)).where == "Solgården"
        assert [one.where for one in together([*FOUR, held("apt", "08:15", "09:00")])] == ["×4", "Solgården"]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> CalendarPage:
    """The enhetschef's calendar, with four pulsmöten on the day of the teammöte."""
    load_fonts()
    stored = meetings.get_meeting(desk, key="teammote-1").value
    for number in range(4):
        meetings.book_meeting(
            desk,
            meeting=replace(
                stored, key="", forum="pulsmote", items=(), customers=(), start=dt.time(8, 15), end=dt.time(8, 20),
                place=f"Rum {number}",
            ),
        )  # fmt: skip
    place = Workplace(desk, surroundings(), DirectRunner(), Theme(dark=False))
    place.setParent(QApplication.instance())
    made = CalendarPage(place)
    qtbot.addWidget(made)
    made.resize(1080, 700)
    made.show()
    made.refresh()
    return made


@pytest.mark.parametrize("width", [560, 620, 780, 1080])
def test_all_seven_days_are_on_the_page_with_their_names(page: CalendarPage, width: int) -> None:
    page.resize(width, 700)
    QApplication.processEvents()
    header = page.table.horizontalHeader()
    assert header.length() <= page.table.viewport().width()
    wanted = header.fontMetrics()
    for number in range(7):
        name = str(page.days.headerData(number, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.DisplayRole)))
        assert header.sectionSize(number) >= wanted.horizontalAdvance(name) + 16, name
    assert page.parts.orientation() is (Qt.Orientation.Vertical if width < 800 else Qt.Orientation.Horizontal)


@pytest.mark.parametrize("width", [400, 560, 1080])
def test_month_and_week_are_drawn_at_every_width(page: CalendarPage, width: int) -> None:
    page.resize(width, 500)
    for chip in (page.week, page.month):
        chip.click()
        assert not page.table.grab().isNull()
    assert len(list_meetings(page.place.desk, from_=page.days.first, to=page.days.last)) == 5


def test_a_cell_keeps_the_time_and_the_count_when_it_is_narrow(page: CalendarPage) -> None:
    metrics = page.fontMetrics()
    width = metrics.horizontalAdvance
    assert fitted("08.15", "×4", metrics, width("08.15 ×4") + 1) == "08.15 ×4"
    assert fitted("08.15", "×4", metrics, width("08.15 ×")) == "×4"
    assert fitted("13.35 Linden", "", metrics, width("13.35 Linden")) == "13.35 Linden"
    assert fitted("13.35 Linden", "", metrics, width("13.35 L")) == "13.35"
