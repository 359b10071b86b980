"""The page Årshjul as people use it: a suggestion that is taken, themes written, the wheel pressed and printed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.roles import Role
from app.domain.year_wheel import WheelPaper
from app.reports import wheel_drawing
from app.reports import year_wheel as report
from app.services import meetings, proposals, year_wheel
from app.services.desk import Desk
from app.ui.papers.wheel import draw_wheel
from app.ui.planning.wheel_page import WheelPage
from tests.support import seated

Show = Callable[[type[WheelPage], Desk], WheelPage]


@pytest.fixture
def page(show_page: Show, desk: Desk) -> WheelPage:
    return show_page(WheelPage, desk)


def kept(desk: Desk, month: int) -> tuple[str, ...]:
    return year_wheel.get_wheel(desk, unit="solgarden", forum="apt").months[month - 1]


def test_the_suggestion_is_told_to_be_one_until_it_is_used_and_that_is_taken_back(page: WheelPage, desk: Desk) -> None:
    assert page.use_button.isVisible()
    assert "förslag" in page.told.text()
    assert page.month == 3, "today's"
    assert page.table.rows_model.rowCount() == 12
    QTest.mouseClick(page.use_button, Qt.MouseButton.LeftButton)
    assert not year_wheel.get_wheel(desk, unit="solgarden", forum="apt").suggested
    assert page.use_button.isHidden()
    page.place.undo()
    assert year_wheel.get_wheel(desk, unit="solgarden", forum="apt").suggested
    assert page.use_button.isVisible()


def test_a_theme_that_is_written_is_on_the_agenda_and_comes_off_when_it_is_taken_back(
    page: WheelPage, desk: Desk
) -> None:
    booked = meetings.book_meeting(
        desk, meeting=proposals.propose_meeting(desk, unit="solgarden", forum="apt", date=dt.date(2026, 3, 18))
    ).value

    def agenda() -> list[str]:
        return [one.heading for one in meetings.get_meeting(desk, key=booked.key).value.items]

    before = agenda()
    suggested = kept(desk, 3)
    page.themes.line.setText("Sommarfest")
    QTest.keyClick(page.themes.line, Qt.Key.Key_Return)
    assert kept(desk, 3) == (*suggested, "Sommarfest")
    assert [one for one in agenda() if one not in before] == [*suggested, "Sommarfest"]
    page.themes.list.setCurrentRow(0)
    QTest.keyClick(page.themes.list, Qt.Key.Key_Delete)
    assert kept(desk, 3) == (*suggested[1:], "Sommarfest")
    page.place.undo()
    page.place.undo()
    assert agenda() == before


def test_a_month_is_chosen_on_the_wheel_by_mouse_and_keys(page: WheelPage) -> None:
    view = page.view
    view.resize(500, 500)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2 + 20, view.height() // 2 - 180))
    assert page.month == 1
    assert page._of.text() == "Teman i januari"
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert page.month == 12
    assert view.picture is not None
    assert "mars: Basal hygien" in view.accessibleDescription()


def test_whoever_only_reads_meets_no_way_to_change(show_page: Show, desk: Desk) -> None:
    page = show_page(WheelPage, seated(desk, Role.READER))
    assert page.use_button.isHidden()
    assert page.themes.line.isHidden()
    assert page.told.text() == "Det här är ett förslag."


def test_what_cannot_be_kept_leaves_the_list(page: WheelPage, desk: Desk, heard: list[str]) -> None:
    before = kept(desk, 3)
    page.themes.add_text("Om 19121212-1212")
    assert kept(desk, 3) == before
    assert page.themes.texts == before
    assert "personnummer" in heard[-1].lower()


def test_the_wheel_is_one_page_and_says_that_it_is_a_suggestion(desk: Desk) -> None:
    paper = draw_wheel(desk, unit="solgarden", forum="apt")
    assert paper.file_name == "arshjul-apt-solgarden.pdf"
    [only] = PdfReader(io.BytesIO(paper.data)).pages
    text = only.extract_text()
    for word in ("Årshjul", "APT, Solgården", "Förslag", "Januari", "December", "Brandskydd", "Medarbetarenkät"):
        assert word in text


def test_what_has_no_room_in_a_sector_stands_below_in_words() -> None:
    long = tuple(f"Ett mycket långt tema om verksamhetens samlade utvecklingsarbete nummer {n}" for n in range(9))
    months = (long, ("Kort",), *[()] * 10)
    paper = WheelPaper(
        unit="a", unit_name="Solgården", setting_label="Särskilt boende", forum_name="APT", months=months,
        suggested=False, prepared_on=dt.date(2026, 3, 2),
    )  # fmt: skip
    assert wheel_drawing.left_out(paper) == (1,)
    out = io.BytesIO()
    report.draw(paper, out)
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert all(theme in text for theme in long)


@pytest.mark.parametrize(
    ("x", "y", "month"), [(60, 10, 1), (95, 45, 3), (40, 95, 7), (40, 5, 12), (50, 50, None), (0, 0, None)]
)
def test_a_point_of_the_wheel_is_its_month(x: float, y: float, month: int | None) -> None:
    assert wheel_drawing.month_at(x, y, size=100) == month
