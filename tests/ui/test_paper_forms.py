"""Papers as a person asks for them: the print menu's forms, the archive, the month in one step, the list of actions."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pikepdf import pdfa
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu, QPushButton

from app.domain.meetings import Action
from app.domain.roles import Role
from app.services import meetings
from app.services.desk import Desk
from app.ui.actions.page import ActionsPage
from app.ui.calendar.page import CalendarPage
from app.ui.calendar.shown import View
from app.ui.commands import commands_of
from app.ui.meetings.page import MeetingPage
from app.ui.papers.period import PeriodPrint
from app.ui.papers.preview import PreviewWindow
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.widgets.messages import Question
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY, audit_rows, seated


def write(desk: Desk) -> None:
    """The teammöte was held, and something stands under each of its points."""
    found = meetings.get_meeting(desk, key="teammote-1")
    first, ab, cd, party = found.value.items
    light = Action(key="lampa", text="Köp nattlampa", responsible="bo-ek", due=TODAY)
    items = (
        replace(first, decisions=("Inga ändringar.",)), replace(ab, notes="Sover bättre.", actions=(light,)),
        replace(cd, notes="Har ramlat."), party,
    )  # fmt: skip
    meetings.save_meeting(desk, meeting=replace(found.value, items=items), expected_version=found.version)
    version = meetings.get_meeting(desk, key="teammote-1").version
    meetings.close_meeting(desk, key="teammote-1", expected_version=version)


def shown() -> PreviewWindow:
    """The preview that is open, and the only one."""
    QApplication.processEvents()
    [found] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible()]
    return found


def text_and_name(window: PreviewWindow) -> tuple[str, str]:
    assert window.paper is not None
    pages = PdfReader(io.BytesIO(window.paper.data)).pages
    found = " ".join(" ".join(page.extract_text() for page in pages).split()), window.paper.file_name
    window.close()
    return found


@pytest.fixture
def meeting(window: MainWindow) -> MeetingPage:
    """The page of the meeting that was held."""
    assert window.frame is not None
    write(window.frame.place.desk)
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    return page


def press(page: MeetingPage, text: str) -> None:
    page.steps.print.click()
    [menu] = [one for one in page.steps.print.findChildren(QMenu) if one.isVisible()]
    [entry] = [one for one in menu.actions() if one.text() == text]
    entry.trigger()
    menu.close()
    menu.deleteLater()


def test_each_form_is_in_the_print_menu(meeting: MeetingPage) -> None:
    for entry, there, away, name in (
        ("Minnesanteckningar", "Har ramlat.", "Visas inte", "minnesanteckningar-solgarden-2026-03-03.pdf"),
        (
            "Minnesanteckningar utan kunduppgifter", "Inga ändringar.", "Har ramlat.",
            "minnesanteckningar-utan-kunduppgifter-solgarden-2026-03-03.pdf",
        ),
        ("Bara besluten", "Inga ändringar.", "Sover", "minnesanteckningar-beslut-solgarden-2026-03-03.pdf"),
    ):  # fmt: skip
        press(meeting, entry)
        text, file_name = text_and_name(shown())
        assert there in text
        assert away not in text
        assert file_name == name


def test_an_extract_asks_whose_and_shows_nobody_elses(meeting: MeetingPage) -> None:
    press(meeting, "Utdrag för en kund …")
    [question] = [one for one in meeting.findChildren(Question) if one.isVisible()]
    [whose] = question.findChildren(QComboBox)
    assert [whose.itemText(n) for n in range(whose.count())] == ["1101 AB", "1102 CD"]
    whose.setCurrentIndex(1)
    question.accept_button.click()
    window = shown()
    assert "CD" not in window.windowTitle()
    text, name = text_and_name(window)
    assert "Har ramlat." in text
    assert "1101" not in text
    assert name == "minnesanteckningar-utdrag-solgarden-2026-03-03.pdf"
    assert audit_rows(meeting.place.desk)[-1] == ("print", "meeting:teammote-1", "kund-2")


def test_a_paper_is_saved_for_the_archive(
    meeting: MeetingPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        offered.append(Path(name).name)
        return str(tmp_path / "arkiv"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    press(meeting, "Minnesanteckningar")
    window = shown()
    window.archive_button.click()
    assert offered == ["minnesanteckningar-solgarden-2026-03-03-arkiv.pdf"]
    assert window.bar.text.text() == (
        "arkiv.pdf är sparad för arkivet (PDF/A-2b). Den skyddas inte av Teamforums lösenord."
    )
    assert pdfa.validate_written(tmp_path / "arkiv.pdf", "2b").passed
    window.close()


def test_the_months_agendas_are_one_press_away_from_the_calendar(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    second = replace(
        meetings.get_meeting(desk, key="teammote-1").value, key="andra", date=TODAY.replace(day=17), items=()
    )
    meetings.book_meeting(desk, meeting=second)
    window.frame.visit("calendar", "2026-03-04")
    page = window.frame.page
    assert isinstance(page, CalendarPage)
    assert page.print_button.text().strip() == "Månadens dagordningar"
    page.print_button.click()
    preview = shown()
    assert preview.paper is not None
    marks = [str(one.title) for one in PdfReader(io.BytesIO(preview.paper.data)).outline]  # type: ignore[union-attr]
    assert marks == ["tis 3 mars 13.00 Teammöte Norr", "tis 17 mars 13.00 Teammöte Norr"]
    assert preview.print_button.isEnabled(), "from there it goes to the printer"
    preview.close()
    page.show_view(View.WEEK)
    assert page.print_button.text().strip() == "Skriv ut veckan"


def test_the_calendars_menu_has_the_months_minutes_and_posters(window: MainWindow) -> None:
    assert window.frame is not None
    write(window.frame.place.desk)
    window.frame.visit("calendar", "2026-03-04")
    page = window.frame.page
    assert isinstance(page, CalendarPage)
    for entry, there in (
        ("Minnesanteckningar för mars 2026", "Har ramlat."), ("Dagordningar att sätta upp för mars 2026", "Sommarfest"),
        ("Dagordningar för mars 2026", "1101 AB"), ("Veckan för anslagstavlan", "Vecka 10"),
    ):  # fmt: skip
        page.more_prints.click()
        [menu] = [one for one in page.more_prints.findChildren(QMenu) if one.isVisible()]
        next(one for one in menu.actions() if one.text() == entry).trigger()
        menu.close()
        menu.deleteLater()
        assert there in text_and_name(shown())[0]


def test_a_period_has_its_minutes_in_other_forms_too(window: MainWindow) -> None:
    assert window.frame is not None
    write(window.frame.place.desk)
    for form, there, away in (("no-customers", "Inga ändringar.", "Har ramlat."), ("decisions", "Inga", "Sover")):
        question = PeriodPrint(window.frame, window.frame.place)
        question.kind.setCurrentIndex(question.kind.findData(form))
        assert (question.first.day, question.last.day) == (TODAY.replace(day=1), TODAY.replace(day=31))
        question.accept_button.click()
        text, _ = text_and_name(shown())
        assert there in text
        assert away not in text


def test_a_secretary_has_the_month_on_her_idag(desk: Desk, show_page) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    page: TodayPage = show_page(TodayPage, seated(desk, Role.SECRETARY))
    rows = [one for one in page.findChildren(OpenRow) if one.accessibleName().startswith(("Mars", "April"))]
    assert len(rows) == 2
    rows[0].click()
    assert "Sommarfest" in text_and_name(shown())[0]
    other: TodayPage = show_page(TodayPage, desk)
    assert not any(one.accessibleName().startswith("April") for one in other.findChildren(OpenRow))


def test_the_list_of_actions_is_printed_as_it_is_shown(window: MainWindow) -> None:
    assert window.frame is not None
    write(window.frame.place.desk)
    window.frame.visit("actions", "")
    page = window.frame.page
    assert isinstance(page, ActionsPage)
    page._show_units()
    page.print_button.click()
    [menu] = [one for one in page.print_button.findChildren(QMenu) if one.isVisible()]
    assert menu.actions()[0].text() == "Listan som den visas"
    menu.actions()[0].trigger()
    menu.close()
    text, name = text_and_name(shown())
    assert "Köp nattlampa" in text
    assert "1 åtgärd" in text
    assert name == "atgarder-2026-03-02.pdf"
    page._search.setText("finns inte")
    page.print_list()
    empty = shown()
    assert empty.paper is None
    empty.close()


def test_ctrl_k_finds_the_ways_to_print(window: MainWindow) -> None:
    assert window.frame is not None
    write(window.frame.place.desk)
    found = {one.text: one for one in commands_of(window.frame)}
    found["Skriv ut månadens dagordningar"].run()
    assert "Sommarfest" in text_and_name(shown())[0]
    found["Skriv ut åtgärdslistan"].run()
    shown().close()


def test_who_may_not_print_customers_is_offered_no_extract(desk: Desk, show_page) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    write(desk)
    page: MeetingPage = show_page(MeetingPage, seated(desk, Role.SECRETARY))
    page.show_key("teammote-1")
    page.steps.print.click()
    [menu] = [one for one in page.steps.print.findChildren(QMenu) if one.isVisible()]
    assert [one.text() for one in menu.actions() if "innesant" in one.text() or "Utdrag" in one.text()] == [
        "Minnesanteckningar"
    ]
    assert [one for one in page.findChildren(QPushButton) if one.text() == "Visa utdraget"] == []
    menu.close()
