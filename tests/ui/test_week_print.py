"""The week is printed from the calendar: what is on the paper, and whom it never names."""

from __future__ import annotations

import io
from dataclasses import replace

from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.meetings import Item, ItemKind
from app.services import meetings, papers
from app.services.desk import Desk
from app.services.log import list_log
from app.services.papers import Purpose
from app.ui.calendar.page import CalendarPage
from app.ui.calendar.shown import View
from app.ui.papers.preview import PreviewWindow
from app.ui.shell import MainWindow
from app.ui.widgets.pages import Nothing
from tests.support import team_meeting


def test_the_calendars_button_shows_the_week_without_titles_or_customers(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    meetings.book_meeting(
        desk, meeting=replace(team_meeting(), key="eget", title="Om Karl i 1101", place="Hos 1101 AB", items=())
    )
    window.frame.visit("calendar", "2026-03-04")
    page = window.frame.page
    assert isinstance(page, CalendarPage)
    page.show_view(View.WEEK)
    [pressed] = [one for one in page.findChildren(QPushButton) if one.text().strip() == "Skriv ut veckan"]
    pressed.click()
    [preview] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible()]
    assert preview.paper is not None
    assert preview.paper.file_name == "veckans-moten-solgarden-2026-v10.pdf"
    text = PdfReader(io.BytesIO(preview.paper.data)).pages[0].extract_text()
    assert text.count("Teammöte Norr") == 2
    assert "Vecka 10" in text
    assert "Karl" not in text
    assert "1101" not in text
    assert {one.action for one in list_log(desk)} & {"print", "export"} == set(), "no customer's data was printed"
    preview.close()


def test_a_week_without_meetings_is_said_to_be_so(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.visit("calendar", "2026-07-15")
    page = window.frame.page
    assert isinstance(page, CalendarPage)
    page.print_week()
    [preview] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible()]
    assert preview.paper is None
    assert "Det finns inga sådana möten i perioden" in preview.findChildren(Nothing)[0].sentence.text()
    preview.close()


def test_a_poster_says_nothing_that_names_a_customer_though_no_point_is_marked_as_hers(desk: Desk) -> None:
    point = Item(key="typad", heading="1101 AB kommer hem", kind=ItemKind.ADDED)
    told = replace(team_meeting(), key="eget", title="Om 1101 AB", place="Hos AB", items=(point,))
    meetings.book_meeting(desk, meeting=told)
    paper = papers.meeting_papers(desk, key="eget", purpose=Purpose.POSTER)
    assert (paper.meeting.title, paper.meeting.place) == (None, None)
    assert [one.heading for one in paper.meeting.items] == ["Kundärende"]
    agenda = papers.meeting_papers(desk, key="eget", purpose=Purpose.AGENDA)
    assert agenda.meeting.items[0].heading == point.heading
