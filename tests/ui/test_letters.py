"""Informationsbrev in the real window: written, put in order, shown, sent and copied."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.letters import LetterStatus, PartKind
from app.services import letter_papers, letters
from app.services.desk import Desk
from app.ui.letters.page import LettersPage
from app.ui.papers.preview import PreviewWindow
from app.ui.shell import MainWindow


def page_of(window: MainWindow) -> LettersPage:
    assert window.frame is not None
    window.frame.visit("letters", "")
    found = window.frame.page
    assert isinstance(found, LettersPage)
    return found


@pytest.fixture
def page(window: MainWindow) -> LettersPage:
    return page_of(window)


def desk_of(page: LettersPage) -> Desk:
    return page.place.desk


def written(page: LettersPage) -> None:
    """A letter with a notice and an invitation, typed and saved."""
    page.new_button.click()
    page.form.intro.setPlainText("Hej alla")
    page.form.parts.adders[0].click()
    QTest.keyClicks(page.form.parts.fields.heading, "Hissen")
    page.form.parts.fields.text.setPlainText("Den går igen.")
    page.form.parts.adders[1].click()
    fields = page.form.parts.fields
    QTest.keyClicks(fields.heading, "Mat")
    QTest.keyClicks(fields.date, "12/3")
    QTest.keyClicks(fields.start, "14")
    QTest.keyClicks(fields.where, "Matsalen")
    page.detail.save()


def test_a_letter_is_written_shown_and_sent(window: MainWindow, page: LettersPage) -> None:
    written(page)
    [row] = letters.list_letters(desk_of(page))
    assert (row.heading, row.status, row.parts) == ("Informationsbrev vecka 10", LetterStatus.DRAFT, 2)
    kept = letters.get_letter(desk_of(page), key=row.key).row.value
    assert [(one.kind, one.heading, one.place) for one in kept.parts] == [
        (PartKind.NOTICE, "Hissen", None), (PartKind.INVITATION, "Mat", "Matsalen")
    ]  # fmt: skip
    page.form.show_button.click()
    shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible())
    assert shown.pages is not None
    assert "Den går igen." in shown.pages.text(0)
    as_shown = shown.pages.data
    shown.close()
    page.form.send_button.click()
    assert page.question.isVisible()
    page.question.accept()
    assert page.detail.only_read.text() == "Skickat mån 2 mars 09.00. Brevet är låst."
    assert not page.form.send_button.isVisible()
    assert page.form.parts.fields.heading.isReadOnly()
    assert letter_papers.sent_pdf(desk_of(page), key=row.key) is not None
    assert as_shown[:5] == b"%PDF-"
    assert window.frame is not None
    assert window.frame.place.undo_phrase == ""


def test_parts_are_put_in_order_by_keys_and_taken_away(page: LettersPage) -> None:
    written(page)
    parts = page.form.parts
    parts.list.setCurrentRow(1)
    QTest.keyClick(parts.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [one.heading for one in parts.parts] == ["Mat", "Hissen"]
    QTest.keyClick(parts.list, Qt.Key.Key_Delete)
    assert [one.heading for one in parts.parts] == ["Hissen"]
    page.detail.drop()
    assert [one.heading for one in parts.parts] == ["Hissen", "Mat"]


def test_what_is_wrong_is_said_by_the_form(page: LettersPage) -> None:
    page.new_button.click()
    page.form.week.setText("60")
    page.form.intro.setPlainText("Hej")
    page.detail.save()
    assert page.detail.fault.text().startswith("Skriv veckans nummer")
    page.form.week.setText("10")
    page.form.parts.adders[0].click()
    page.detail.save()
    assert page.detail.fault.text() == "En del av brevet saknar rubrik. Skriv en."
    QTest.keyClicks(page.form.parts.fields.heading, "Till lgh 1101")
    page.detail.save()
    assert "säga vem en kund är" in page.detail.fault.text()
    assert letters.list_letters(desk_of(page)) == ()


def test_what_is_typed_is_kept_as_a_draft_with_its_parts(page: LettersPage) -> None:
    page.new_button.click()
    page.form.parts.adders[0].click()
    QTest.keyClicks(page.form.parts.fields.heading, "Halvskriven")
    page.settle()
    page.detail.drop()
    page.new_button.click()
    page.form.parts.adders[0].click()
    QTest.keyClicks(page.form.parts.fields.heading, "Halvskriven")
    page.settle()
    page.detail.form.is_clean()
    page.detail.clear()
    page.new_button.click()
    assert [one.heading for one in page.form.parts.parts] == ["Halvskriven"]


def test_a_letter_is_copied_removed_and_brought_back(window: MainWindow, page: LettersPage) -> None:
    written(page)
    page.form.copy_button.click()
    assert len(letters.list_letters(desk_of(page))) == 2
    page.form.remove_button.click()
    assert len(letters.list_letters(desk_of(page))) == 1
    assert window.frame is not None
    window.frame.undo()
    assert len(letters.list_letters(desk_of(page))) == 2


def test_who_only_reads_meets_what_was_sent(as_user: Callable[[str], MainWindow], page: LettersPage) -> None:
    written(page)
    page.send()
    page.copy()
    reading = page_of(as_user("lena"))
    assert [one.value.status for one in reading.table.rows_model.rows] == [LetterStatus.SENT]
    assert not reading.new_button.isVisible()
    reading.table.selectRow(0)
    assert reading.form.show_button.isVisible()
    assert not reading.form.copy_button.isVisible()
    assert not reading.form.send_button.isVisible()
