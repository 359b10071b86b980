"""Papers in their window: seen, paged, saved and printed from memory; nothing of them on disk that nobody asked for."""

from __future__ import annotations

import datetime as dt
import gc
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.services.desk import Desk
from app.services.papers import Purpose
from app.ui.operations import DirectRunner, ThreadRunner
from app.ui.papers.pages_view import FIT
from app.ui.papers.period import PeriodPrint, last_of_month
from app.ui.papers.preview import PreviewWindow, open_preview, papers_preview
from app.ui.papers.printing import wanted_pages
from app.ui.theme import Theme, load_fonts
from app.ui.workplace import Workplace
from tests.services.test_journal import noted
from tests.support import audit_rows, seated, surroundings


@pytest.fixture
def main(qtbot: QtBot) -> QMainWindow:
    """What the previews belong to."""
    load_fonts()
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def place(desk: Desk, main: QMainWindow) -> Iterator[Workplace]:
    """The enhetschef's workplace."""
    made = Workplace(desk, surroundings(), DirectRunner(), Theme(dark=False), main)
    yield made
    made.closing.emit()
    QApplication.processEvents()


def text_of(window: PreviewWindow) -> str:
    assert window.pages is not None
    return "\n".join(window.pages.text(number) for number in range(len(window.pages.sizes)))


def test_an_agenda_is_shown_and_its_pages_drawn(main: QMainWindow, place: Workplace) -> None:
    window = papers_preview(main, place, purpose=Purpose.AGENDA, meeting="teammote-1")
    assert window.paper is not None
    assert window.paper.file_name == "dagordning-solgarden-2026-03-03.pdf"
    assert window.windowTitle() == "Dagordning: Teammöte Norr, tis 3 mars"
    assert window.page_label.text().startswith("Sida 1 av ")
    assert "Sommarfest" in text_of(window)
    assert "Sommarfest" in window.view.accessibleDescription()
    window.view.viewport().grab()
    picture = window.view.viewport().grab().toImage()
    dark = {picture.pixelColor(x, y).lightness() < 100 for x in range(0, 800, 2) for y in range(40, 300, 2)}
    assert True in dark
    assert ("print", "kund-1") in [(action, customer) for action, _, customer in audit_rows(place.desk)]


def test_a_personnummer_left_in_the_minutes_is_warned_of_before_it_is_printed(
    main: QMainWindow, place: Workplace
) -> None:
    noted(place.desk, "Ring anhörig")
    window = papers_preview(main, place, purpose=Purpose.MINUTES, meeting="teammote-1")
    assert not window.bar.is_fault
    noted(place.desk, "Ring 19121212-1212")
    window = papers_preview(main, place, purpose=Purpose.MINUTES, meeting="teammote-1")
    assert "personnummer på sida 1." in window.bar.text.text()
    assert "1212" not in window.bar.text.text()


def test_a_poster_names_no_customer(main: QMainWindow, place: Workplace) -> None:
    window = papers_preview(main, place, purpose=Purpose.POSTER, meeting="teammote-1")
    assert window.paper is not None
    assert window.paper.file_name == "dagordning-anslag-solgarden-2026-03-03.pdf"
    assert "1101 AB" not in text_of(window)


def test_zoom_and_pages_by_key(main: QMainWindow, place: Workplace) -> None:
    window = open_preview(main, place, title="Tre sidor", file_name="tre.pdf", make=lambda _: _three_pages())
    assert window.page_label.text() == "Sida 1 av 3"
    QTest.keyClick(window.view, Qt.Key.Key_PageDown)
    assert window.page_label.text() == "Sida 2 av 3"
    QTest.keyClick(window.view, Qt.Key.Key_End)
    assert window.page_label.text() == "Sida 3 av 3"
    QTest.keyClick(window.view, Qt.Key.Key_PageUp)
    assert window.page_label.text() == "Sida 2 av 3"
    window.view.set_zoom(1.0)
    window.view.step_zoom(1)
    assert window.view.zoom == 1.25
    window.view.step_zoom(-1)
    window.view.step_zoom(-1)
    assert window.view.zoom == 0.75
    window.view.set_zoom(FIT)
    assert window.view.zoom > 1.0
    window.view.viewport().grab()
    window.view.go_to(0)
    window.view.viewport().grab()
    assert set(window.view._pictures) <= {0, 1, 2}


def test_saving_writes_the_very_file(main: QMainWindow, place: Workplace, tmp_path: Path) -> None:
    window = papers_preview(main, place, purpose=Purpose.AGENDA, meeting="teammote-1")
    window.save_as(tmp_path / "dagordning.pdf")
    assert window.paper is not None
    assert (tmp_path / "dagordning.pdf").read_bytes() == window.paper.data
    assert "sparad" in window.bar.text.text()
    window.save_as(tmp_path / "finns inte" / "dagordning.pdf")
    assert "gick inte att skriva" in window.bar.text.text()


def test_printing_puts_each_page_on_paper_at_its_true_size(main: QMainWindow, place: Workplace, tmp_path: Path) -> None:
    window = open_preview(main, place, title="Tre sidor", file_name="tre.pdf", make=lambda _: _three_pages())
    printer = _paper_printer(tmp_path / "papper.pdf")
    window.print_to(printer)
    assert window.bar.text.text() == "Utskriften är skickad till skrivaren."
    assert window.run is None
    found = subprocess.run(["pdfinfo", str(tmp_path / "papper.pdf")], capture_output=True, text=True, check=True).stdout
    assert "Pages:           3" in found
    assert "A4" in found


def test_only_the_chosen_pages_are_printed(tmp_path: Path, main: QMainWindow) -> None:
    printer = _paper_printer(tmp_path / "papper.pdf")
    assert list(wanted_pages(printer, 3)) == [0, 1, 2]
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert list(wanted_pages(printer, 3)) == [1, 2]
    printer.setFromTo(3, 9)
    assert list(wanted_pages(printer, 3)) == [2]


def test_a_printer_that_refuses_is_told(main: QMainWindow, place: Workplace, tmp_path: Path) -> None:
    window = open_preview(main, place, title="Tre sidor", file_name="tre.pdf", make=lambda _: _three_pages())
    window.print_to(_paper_printer(tmp_path / "finns inte" / "papper.pdf"))
    assert "tog inte emot utskriften" in window.bar.text.text()
    assert window.print_button.isEnabled()


def test_what_cannot_be_drawn_is_said_in_the_window(main: QMainWindow, place: Workplace) -> None:
    window = papers_preview(main, place, purpose=Purpose.AGENDA, meeting="finns-inte")
    assert "finns inte" in window._waiting.sentence.text()
    assert not window.print_button.isEnabled()


def test_a_locked_window_takes_its_papers_along(main: QMainWindow, place: Workplace, qtbot: QtBot) -> None:
    window = papers_preview(main, place, purpose=Purpose.AGENDA, meeting="teammote-1")
    with qtbot.waitSignal(window.destroyed):
        place.closing.emit()


def test_a_lock_stops_the_printing_under_way(desk: Desk, main: QMainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    runner = ThreadRunner(main)
    threaded = Workplace(desk, surroundings(), runner, Theme(dark=False), main)
    window = open_preview(main, threaded, title="Tre sidor", file_name="tre.pdf", make=lambda _: _three_pages())
    runner.wait()
    assert window.pages is not None
    window.print_to(_paper_printer(tmp_path / "papper.pdf"))
    run = window.run
    assert run is not None
    threaded.closing.emit()
    threaded.closed = True
    runner.wait()
    assert run._stopped
    assert not run._painter.isActive()


def test_a_period_is_one_file(main: QMainWindow, place: Workplace, qtbot: QtBot) -> None:
    question = PeriodPrint(main, place)
    qtbot.addWidget(question)
    question.set_month(dt.date(2026, 5, 1))
    question.accept_button.click()
    assert question.fault.text() == "Det finns inga sådana möten i perioden. Välj andra datum."
    assert question.accept_button.isEnabled()
    question.set_month(dt.date(2026, 3, 1))
    assert (question.first.day, question.last.day) == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    question.accept_button.click()
    windows = [one for one in main.findChildren(PreviewWindow) if one.paper is not None]
    assert [one.paper.file_name for one in windows if one.paper] == ["dagordning-solgarden-2026-03-03.pdf"]


def test_agendas_are_offered_for_the_month_to_come(main: QMainWindow, place: Workplace, qtbot: QtBot) -> None:
    question = PeriodPrint(main, place)
    qtbot.addWidget(question)
    assert (question.first.day, question.last.day) == (dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    question.kind.setCurrentIndex(question.kind.findData(Purpose.MINUTES.value))
    assert (question.first.day, question.last.day) == (dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    question.set_month(dt.date(2026, 2, 1))
    question.kind.setCurrentIndex(question.kind.findData(Purpose.AGENDA.value))
    assert (question.first.day, question.last.day) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert question.accept_button.text() == "Visa och skriv ut"


def test_nothing_in_the_question_of_a_period_is_cut(main: QMainWindow, place: Workplace, qtbot: QtBot) -> None:
    question = PeriodPrint(main, place)
    qtbot.addWidget(question)
    question.open()
    question.show_fault("Det finns inga sådana möten i perioden. Välj andra datum.")
    QApplication.processEvents()
    kinds = (QComboBox, QLineEdit, QPushButton, QLabel)
    parts = [one for kind in kinds for one in question.findChildren(kind) if one.isVisible()]
    assert len([one for one in parts if isinstance(one, QPushButton)]) == 6
    for part in parts:
        corner = part.mapTo(question, part.rect().bottomRight())
        assert question.rect().contains(corner), part
        wanted = part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.minimumSizeHint().height()
        assert part.height() >= wanted, part
        if isinstance(part, QPushButton):
            assert part.width() >= part.sizeHint().width(), part.text()
    assert question.height() <= 384


def test_a_reader_may_look_but_sees_no_customer(main: QMainWindow, place: Workplace) -> None:
    place.desk = seated(place.desk, Role.READER)
    window = papers_preview(main, place, purpose=Purpose.AGENDA, meeting="teammote-1")
    assert "1101 AB" not in text_of(window)


def test_nothing_is_left_on_disk(
    main: QMainWindow, place: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "tillfälligt"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    papers_preview(main, place, purpose=Purpose.AGENDA, meeting="teammote-1").close()
    QApplication.processEvents()
    gc.collect()
    assert list(scratch.rglob("*")) == []


def test_the_end_of_a_month() -> None:
    assert last_of_month(dt.date(2026, 2, 3)) == dt.date(2026, 2, 28)
    assert last_of_month(dt.date(2026, 12, 31)) == dt.date(2026, 12, 31)


def _paper_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(100)
    return printer


def _three_pages() -> bytes:
    """Three A4 pages, made of the shortest PDF that has them."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(3):
        document.new_page(595.28, 841.89).close()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()
