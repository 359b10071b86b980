"""Section Logg: whose rows are shown, filtered and checked, extracts on paper, and samples gone through and signed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.log import Head, LogRow
from app.domain.roles import Role
from app.services import log_review, meetings, papers
from app.services.customers import list_customers
from app.services.desk import Desk
from app.services.log_end import list_lost_ends
from app.services.papers import Purpose
from app.services.today import today as day_of
from app.storage import anchor
from app.storage.audit import Event
from app.ui.operations import DirectRunner
from app.ui.papers.preview import PreviewWindow, papers_preview
from app.ui.settings.log import LogSection
from app.ui.shell import MainWindow
from app.ui.theme import Theme, load_fonts
from app.ui.workplace import Workplace
from tests.storage.tools import tamper
from tests.support import TODAY, audit_rows, seated, surroundings

__all__: list[str] = []


def section_of(qtbot: QtBot, desk: Desk) -> LogSection:
    load_fonts()
    place = Workplace(desk, surroundings(), DirectRunner(), Theme(dark=False))
    section = LogSection(place)
    place.setParent(section)
    qtbot.addWidget(section, before_close_func=lambda _: place.closing.emit())
    section.resize(900, 700)
    section.show()
    section.refresh()
    return section


def rows_of(section: LogSection) -> list[LogRow]:
    return [row for gesture in section.list.table.rows_model.rows for row in gesture]


def lines_of(section: LogSection, column: str) -> list[str]:
    """What the list says in one of its columns, line by line."""
    model = section.list.table.rows_model
    number = [one.title for one in model.columns].index(column)
    return [model.columns[number].text(gesture) for gesture in model.rows]


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """The enhetschef's desk after a nurse has read and printed."""
    anna = seated(desk, Role.LICENSED, member="anna-berg")
    meetings.get_meeting(anna, key="teammote-1")
    papers.meeting_papers(anna, key="teammote-1", purpose=Purpose.AGENDA)
    return desk


def test_an_enhetschef_sees_what_others_did_and_finds_it_by_person_and_customer(qtbot: QtBot, busy: Desk) -> None:
    section = section_of(qtbot, busy)
    rows = rows_of(section)
    assert [row.sequence for row in rows] == sorted((row.sequence for row in rows), reverse=True)
    user = next(row.user for row in rows if row.action == "print")
    index = section.list.person.findData(user)
    assert index > 0
    section.list.person.setCurrentIndex(index)
    assert {row.user for row in rows_of(section)} == {user}
    section.list.customer.setCurrentIndex(section.list.customer.findData("kund-1"))
    assert {row.label for row in rows_of(section)} == {"1101 AB"}
    section.list.kind.setCurrentIndex(section.list.kind.findData("print"))
    assert [row.action for row in rows_of(section)] == ["print"]
    assert section.list.count.text() == "1 rad"


def test_filtering_again_and_again_logs_each_customer_once(qtbot: QtBot, busy: Desk) -> None:
    section = section_of(qtbot, busy)
    for _ in range(3):
        section.refresh()
    reads = [customer for action, place, customer in audit_rows(busy) if (action, place) == ("read", "log")]
    assert sorted(str(one) for one in reads) == sorted({str(one) for one in reads})


def test_a_page_with_many_customers_is_one_line_and_can_be_left_out(qtbot: QtBot, busy: Desk) -> None:
    bo = seated(busy, Role.CARE_STAFF, member="bo-ek")
    day_of(bo)
    section = section_of(qtbot, busy)
    what = lines_of(section, "Vad")
    passing = [said for said in what if said.startswith("Läste, sidan Idag")]
    assert passing == ["Läste, sidan Idag · 2 kunder"]
    assert lines_of(section, "Kund")[what.index(passing[0])] == "1101 AB, 1102 CD"
    assert "–" in lines_of(section, "Rad")[what.index(passing[0])]
    section.list.no_lists.setChecked(True)
    left = lines_of(section, "Vad")
    assert not [said for said in left if "sidan Idag" in said or "loggen" in said]
    assert "Läste, möte Teammöte Norr 3 mars 2026 · 2 kunder" in left


def test_a_page_of_the_list_may_end_in_the_middle_of_a_gesture(
    qtbot: QtBot, busy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = section_of(qtbot, busy)
    wanted = lines_of(section, "Vad")[-8:]
    monkeypatch.setattr("app.ui.settings.log_list._PAGE_ROWS", 1)
    section.refresh()
    while section.list.table.rows_model.canFetchMore(QModelIndex()):
        section.list.table.rows_model.fetchMore(QModelIndex())
    assert lines_of(section, "Vad")[-8:] == wanted
    numbers = [row.sequence for row in rows_of(section)]
    assert numbers == list(range(numbers[0], 0, -1))


def test_everybody_else_sees_her_own_rows_and_no_samples(qtbot: QtBot, busy: Desk) -> None:
    bo = seated(busy, Role.CARE_STAFF, member="bo-ek")
    meetings.get_meeting(bo, key="teammote-1")
    section = section_of(qtbot, bo)
    assert {row.user for row in rows_of(section)} == {bo.actor.user}
    assert not hasattr(section, "reviews")
    assert not section.list.day_button.isVisibleTo(section)


def test_the_check_says_that_the_log_holds_and_names_what_does_not(qtbot: QtBot, busy: Desk, database: Path) -> None:
    section = section_of(qtbot, busy)
    section.list.check()
    assert section.list.result.text().startswith("Loggen stämmer.")
    head = section.list.result.text().splitlines()[-1]
    section.list.compare(head)
    assert section.list.result.text().startswith("Raden på papperet finns i loggen.")
    section.list.compare("rad 2, 0000-0000-0000-0000")
    assert section.list.result.text().startswith("Loggen har inte raden")
    section.list.compare("vet inte")
    assert section.list.result.text().startswith("Det går inte att läsa.")
    tamper(database, "UPDATE audit SET user = 'bo' WHERE sequence = 3")
    section.list.check()
    assert "rad 3" in section.list.result.text()


def test_an_extract_is_shown_for_whom_it_is_asked(qtbot: QtBot, busy: Desk) -> None:
    section = section_of(qtbot, busy)
    section.list.extract()
    assert section.list.result.text().startswith("Välj först en person eller en kund")
    section.list.customer.setCurrentIndex(section.list.customer.findData("kund-1"))
    section.list.extract()
    section.list.extract_day()
    windows = section.findChildren(PreviewWindow)
    assert len(windows) == 2
    for window in windows:
        assert window.paper is not None
        assert window.paper.file_name == f"loggutdrag-{TODAY.isoformat()}.pdf"
        assert "Loggens slut" in window.pages.text(0)  # type: ignore[union-attr]
    assert ("extract_log", "customer:kund-1", "kund-1") in audit_rows(busy)


def test_a_sample_is_drawn_remarked_and_signed(qtbot: QtBot, busy: Desk) -> None:
    section = section_of(qtbot, busy)
    section.show_reviews()
    reviews = section.reviews
    reviews.ask_draw()
    reviews.question.first.set_day(TODAY)
    reviews.question.last.set_day(TODAY)
    reviews.question.size_.setValue(2)
    reviews.question.accept()
    assert len(reviews.rows.rows_model.rows) == 2
    reviews.rows.selectRow(1)
    reviews.remark.setText("Fråga Anna")
    reviews.keep_remark()
    assert reviews.rows.rows_model.rows[1].remark == "Fråga Anna"
    reviews.note.setPlainText("Inget att anmärka.")
    reviews.sign()
    (facts,) = log_review.list_reviews(busy)
    assert (facts.signed_by, facts.note, facts.remarks, facts.intact) == ("chef", "Inget att anmärka.", 1, True)
    assert not reviews.sign_part.isVisibleTo(reviews)
    assert "Inget att anmärka." in reviews.facts.text()
    section.refresh()  # as the settings page does when the log has changed
    assert section.hint.text().startswith("Senaste stickprovet signerades")


def test_what_is_missing_is_said_under_the_field_and_goes_when_it_is_written(qtbot: QtBot, busy: Desk) -> None:
    log_review.draw_review(busy, from_=TODAY, to=TODAY)
    section = section_of(qtbot, busy)
    troubled: list[str] = []
    section.place.troubled.connect(troubled.append)
    section.show_reviews()
    reviews = section.reviews
    reviews.list.selectRow(0)
    reviews.sign()
    assert reviews.note_fault.isVisible()
    assert reviews.note_fault.text().startswith("Skriv")
    assert troubled == []
    QTest.keyClicks(reviews.note, "Bra")
    assert not reviews.note_fault.isVisible()
    assert log_review.list_reviews(busy)[0].signed_by is None


def test_what_is_written_of_a_sample_is_kept_when_the_window_locks(qtbot: QtBot, busy: Desk) -> None:
    number = log_review.draw_review(busy, from_=TODAY, to=TODAY)
    section = section_of(qtbot, busy)
    section.show_reviews()
    section.reviews.list.selectRow(0)
    section.reviews.note.setPlainText("Inget att an")
    section.settle()
    again = section_of(qtbot, busy)
    again.show_reviews()
    again.reviews.list.selectRow(0)
    assert again.reviews.note.toPlainText() == "Inget att an"
    assert log_review.list_reviews(busy)[0].id == number


def test_the_same_papers_previewed_saved_and_printed_are_one_row_a_customer(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    section = section_of(qtbot, desk)
    window = papers_preview(section, section.place, purpose=Purpose.AGENDA, meeting="teammote-1")
    window.save_as(tmp_path / "dagordning.pdf")
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "utskrift.pdf"))
    window.print_to(printer)
    assert (tmp_path / "dagordning.pdf").stat().st_size > 0
    assert (tmp_path / "utskrift.pdf").stat().st_size > 0
    printed = [customer for action, _, customer in audit_rows(desk) if action == "print"]
    assert printed == ["kund-1", "kund-2"]


def test_a_search_logs_what_it_finds_once_while_one_goes_on_typing(window: MainWindow, qtbot: QtBot) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    window.frame.seek()
    from app.ui.finder import Finder  # noqa: PLC0415 - the window's own

    finder = window.findChild(Finder)
    assert finder is not None
    for typed in ("11", "110", "1101", "110"):
        finder.findChild(QLineEdit).setText(typed)  # type: ignore[union-attr]
        finder._search()
    found = [customer for action, place, customer in audit_rows(desk) if (action, place) == ("read", "search")]
    assert sorted(str(one) for one in found) == ["kund-1", "kund-2"]


def test_a_lost_end_stands_on_idag_until_the_enhetschef_has_seen_it(window: MainWindow, qtbot: QtBot) -> None:
    assert window.frame is not None
    place = window.frame.place
    with place.desk.writing() as work:
        work.record(Event(action="log_anchor_missing", reason="1234"))
        work.commit()
    window.frame.visit("today", "")

    def shown() -> list[str]:
        assert window.frame is not None
        assert window.frame.page is not None
        return [one.text() for one in window.frame.page.findChildren(QLabel)]

    qtbot.waitUntil(lambda: any("rad 1234 fanns förut" in text for text in shown()))
    (done,) = [one for one in window.frame.page.findChildren(QPushButton) if one.text().strip() == "Jag har sett det"]  # type: ignore[union-attr]
    done.click()
    qtbot.waitUntil(lambda: not any("rad 1234 fanns förut" in text for text in shown()))
    assert list_lost_ends(place.desk) == ()


def test_the_window_notes_the_logs_end_every_few_minutes(window: MainWindow, qtbot: QtBot) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    list_customers(desk)
    with desk.reading() as work:
        end = anchor.head(work.session)
    assert end is not None
    window.frame.log_end._timer.setInterval(1)
    qtbot.waitUntil(lambda: json.loads(anchor.path().read_text())[end.database]["sequence"] == end.sequence)


def test_a_lost_end_is_told_once_the_person_is_in(window: MainWindow, qtbot: QtBot) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from app.ui.frame import Frame  # noqa: PLC0415

    assert window.frame is not None
    lost = Head(database="x", sequence=1234, mac=b"\x7f" * 32, at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    place = window.frame.place
    place.desk = replace(place.desk, lost_log=lost)
    frame = Frame(place, on_lock=lambda: None, on_switch=lambda: None, on_idle_minutes=lambda _: None)
    qtbot.addWidget(frame)
    frame.begin("today", "")
    assert "Loggen är kortare" in frame.bar.text.text()
