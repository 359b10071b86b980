"""Sök as a person uses it: typed, narrowed, gone through by the keyboard, opened where the words stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.meetings import Action, MeetingStatus
from app.domain.search import SearchKind
from app.services import checklist_runs, meetings
from app.ui.actions.page import ActionsPage
from app.ui.checklists.page import ChecklistsPage
from app.ui.finder import Finder
from app.ui.meetings.page import MeetingPage
from app.ui.search.page import SearchPage
from app.ui.shell import MainWindow
from app.ui.walk_steps import settle_down
from tests.support import TODAY, audit_rows


def write(window: MainWindow) -> None:
    """The teammöte takes up a wheelchair, decides about it and gives somebody something to do."""
    assert window.place is not None
    desk = window.place.desk
    found = meetings.get_meeting(desk, key="teammote-1")
    first, ab, *rest = found.value.items
    about = replace(
        ab, notes="Rullstolen är trasig och ger värk.", decisions=("Ny rullstol beställs.",),
        actions=(Action(key="bestall", text="Beställ rullstol", responsible="bo-ek", due=TODAY),),
    )  # fmt: skip
    changed = replace(found.value, items=(first, about, *rest))
    meetings.save_meeting(desk, meeting=changed, expected_version=found.version)
    checklist_runs.start_run(desk, template="vardgaranti", unit="solgarden", about="Rullstolar i källaren")


@pytest.fixture
def page(window: MainWindow) -> SearchPage:
    write(window)
    assert window.frame is not None
    settle_down()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    found = window.frame.page
    assert isinstance(found, SearchPage)
    return found


def type_in(page: SearchPage, words: str) -> None:
    page.line.setText(words)
    page.line.paused.emit()


def kinds(page: SearchPage) -> list[SearchKind]:
    return [hit.kind for hit in page.hits.hits.hits]


def test_what_is_typed_is_found_where_it_stands(page: SearchPage) -> None:
    type_in(page, "rullst")
    assert sorted(kinds(page)) == sorted(
        [SearchKind.ITEM, SearchKind.DECISION, SearchKind.ACTION, SearchKind.CHECKLIST]
    )
    assert page.subtitle.text() == "4 träffar"
    hit = next(one for one in page.hits.hits.hits if one.kind is SearchKind.DECISION)
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["rullstol"]
    type_in(page, "värk")
    assert kinds(page) == [SearchKind.ITEM]
    type_in(page, "vark")
    assert not page.hits.isVisible()
    assert "Inget hittades" in page._nothing.sentence.text()
    type_in(page, "r")
    assert "två bokstäver" in page._nothing.sentence.text()


def test_chips_and_choices_narrow_it(page: SearchPage) -> None:
    type_in(page, "rullstol")
    page.narrowing.kinds[SearchKind.DECISION].click()
    assert kinds(page) == [SearchKind.DECISION]
    page.narrowing.kinds[SearchKind.ACTION].click()
    assert kinds(page) == [SearchKind.DECISION, SearchKind.ACTION]
    page.narrowing.forum.setCurrentIndex(page.narrowing.forum.findData("apt"))
    assert kinds(page) == []
    page._nothing.button.click()
    assert len(kinds(page)) == 4
    page.narrowing.customer.setCurrentIndex(page.narrowing.customer.findData("kund-1"))
    assert SearchKind.CHECKLIST not in kinds(page)
    assert len(kinds(page)) == 3
    page.narrowing.time.setCurrentIndex(page.narrowing.time.findData("month"))
    day = page.hits.hits.hits[0].date if kinds(page) else None
    assert day is None or day <= TODAY


@pytest.mark.parametrize(
    ("kind", "opened"),
    [(SearchKind.ITEM, MeetingPage), (SearchKind.DECISION, MeetingPage), (SearchKind.ACTION, ActionsPage),
     (SearchKind.CHECKLIST, ChecklistsPage)],
)  # fmt: skip
def test_enter_opens_it_where_it_stands(
    window: MainWindow, page: SearchPage, kind: SearchKind, opened: type[object]
) -> None:
    type_in(page, "rullstol")
    QTest.keyClick(page.line, Qt.Key.Key_Down)
    while kinds(page)[page.hits.currentIndex().row()] is not kind:
        QTest.keyClick(page.hits, Qt.Key.Key_Down)
    QTest.keyClick(page.hits, Qt.Key.Key_Return)
    assert window.frame is not None
    there = window.frame.page
    assert isinstance(there, opened)
    if isinstance(there, MeetingPage):
        assert there.agenda.points.keys()[there.agenda.points.currentRow()] == "punkt-2"
    window.frame.go_back()
    assert window.frame.page is page
    assert page.line.text() == "rullstol"


def test_each_customer_is_logged_once_while_somebody_types_on(window: MainWindow, page: SearchPage) -> None:
    assert window.place is not None
    assert window.frame is not None
    before = len(audit_rows(window.place.desk))
    for words in ("ru", "rull", "rullstol"):
        type_in(page, words)
    rows = audit_rows(window.place.desk)[before:]
    assert rows == [("read", "search", "kund-1")]
    type_in(page, "")
    type_in(page, "rullstol")
    assert audit_rows(window.place.desk)[before:] == [("read", "search", "kund-1")] * 2


def test_an_answer_to_other_words_is_dropped(page: SearchPage, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = []
    monkeypatch.setattr(page.place, "ask", lambda _, work, then, **__: waiting.append((work, then)))
    type_in(page, "rullstol")
    type_in(page, "xyzzy")
    for work, then in reversed(waiting):
        then(work(page.place.desk))
    assert kinds(page) == []


def test_the_keys_go_between_line_and_hits(page: SearchPage) -> None:
    type_in(page, "rullstol")
    QTest.keyClick(page.line, Qt.Key.Key_Down)
    assert page.window().focusWidget() is page.hits
    QTest.keyClick(page.hits, Qt.Key.Key_Up)
    assert page.window().focusWidget() is page.line
    QTest.keyClick(page.line, Qt.Key.Key_Escape)
    assert page.line.text() == ""


def test_older_hits_come_below(window: MainWindow, page: SearchPage) -> None:
    assert window.place is not None
    desk = window.place.desk
    book = replace(
        meetings.get_meeting(desk, key="teammote-1").value, key="", customers=(), status=MeetingStatus.PLANNED
    )
    for n in range(60):
        point = replace(book.items[0], key="", heading=f"Kaffebryggare {n}", notes=None)
        meetings.book_meeting(desk, meeting=replace(book, items=(point,), date=TODAY - dt.timedelta(days=n)))
    type_in(page, "kaffe")
    assert (len(kinds(page)), page.subtitle.text()) == (50, "De 50 senaste träffarna")
    page.more.click()
    assert (len(kinds(page)), page.more.isVisible()) == (60, False)
    assert [hit.title for hit in page.hits.hits.hits][:2] == ["Kaffebryggare 0", "Kaffebryggare 1"]


def test_ctrl_k_finds_texts_below_the_rest(window: MainWindow, page: SearchPage, qtbot: QtBot) -> None:
    assert window.frame is not None
    window.frame.seek()
    finder = next(one for one in window.findChildren(Finder) if one.isVisible())
    finder.line.setText("rullstol")
    finder._timer.stop()
    finder._search()
    said = [finder.hits.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(finder.hits.count())]
    assert any("Ny rullstol beställs." in one for one in said)
    assert said[-1] == "Sök efter ”rullstol” i allt som är skrivet"
    finder.hits.setCurrentRow(finder.hits.count() - 1)
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert window.frame.page is page
    assert page.line.text() == "rullstol"
