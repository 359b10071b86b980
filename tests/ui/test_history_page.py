"""Uppföljning över tid in the window: from the customer, filtered, a page at a time, opened, and nobody else's left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.customer_history import HistoryKind
from app.domain.document import Document
from app.ui.history.page import HistoryPage
from app.ui.meetings.page import MeetingPage
from app.ui.papers.history import draw_history
from app.ui.registers.customers import CustomersPage
from app.ui.shell import MainWindow
from app.ui.widgets.sparkline import Sparkline
from tests.services.test_customer_history import held, rich
from tests.support import audit_rows, fill


@pytest.fixture
def page(window: MainWindow) -> HistoryPage:
    """The history of 1101 AB, of whom 40 meetings have said something."""
    assert window.frame is not None
    assert window.place is not None
    fill(window.place.desk, Document(meetings=(rich(), *(held(number) for number in range(2, 41)))))
    return shown(window, "kund-1")


def shown(window: MainWindow, key: str) -> HistoryPage:
    assert window.frame is not None
    window.frame.visit("history", key)
    found = window.frame.page
    assert isinstance(found, HistoryPage)
    return found


def standing(window: MainWindow) -> str:
    assert window.frame is not None
    assert isinstance(window.frame.page, MeetingPage)
    return window.frame.page.standing


def kinds(page: HistoryPage) -> set[HistoryKind]:
    return {one.kind for one in page.table.rows_model.rows}


def test_it_is_reached_from_the_customer_and_opens_the_point(window: MainWindow, page: HistoryPage) -> None:
    assert window.frame is not None
    window.frame.visit("customers", "kund-1")
    customers = window.frame.page
    assert isinstance(customers, CustomersPage)
    next(one for one in customers.findChildren(QPushButton) if one.accessibleName() == "Uppföljning över tid").click()
    assert window.frame.page is page
    assert page.title.text() == "Uppföljning över tid: 1101 AB"
    assert window.windowTitle() == "Uppföljning över tid – Teamforum", "a window's title names nobody"
    page.table.select_where(lambda one: one.kind is HistoryKind.DECIDED)
    assert page.text.text() == "Frukt varje dag"
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert standing(window) == "h1#h1-1"


def test_chips_choose_what_is_shown_and_all_of_it_is_read_in_pages(page: HistoryPage) -> None:
    assert kinds(page) >= {HistoryKind.MEETING, HistoryKind.PART, HistoryKind.ASSESSED, HistoryKind.JOURNAL}
    first = len(page.table.rows_model.rows)
    while page.table.rows_model.canFetchMore(page.table.rootIndex()):
        page.table.rows_model.fetchMore(page.table.rootIndex())
    meetings = [one.meeting for one in page.table.rows_model.rows if one.kind is HistoryKind.MEETING]
    assert len(page.table.rows_model.rows) > first
    assert meetings == ["teammote-1", *(f"h{number}" for number in range(1, 41))]
    page.chips[HistoryKind.DECIDED].click()
    page._wait.timeout.emit()
    assert kinds(page) == {HistoryKind.DECIDED}


def test_assessments_over_time_stand_in_words_too(page: HistoryPage) -> None:
    (drawn,) = [one for one in page.detail.findChildren(Sparkline) if one.accessibleName()]
    assert drawn.accessibleName().startswith("Downton över tid: 1 (23 feb), 2 (16 feb)")


def test_another_customer_leaves_nothing_of_the_one_before(window: MainWindow, page: HistoryPage) -> None:
    assert window.place is not None
    since = len(audit_rows(window.place.desk))
    shown(window, "kund-4")
    assert page.table.rows_model.rows == []
    assert page.title.text() == "Uppföljning över tid: 1201 GH"
    assert [row for row in audit_rows(window.place.desk)[since:] if row[0] == "read"] == [
        ("read", "customer:kund-4", "kund-4")
    ]


def test_who_may_not_see_her_is_told_and_shown_nothing(as_user: Callable[[str], MainWindow]) -> None:
    page = shown(as_user("bo"), "kund-4")
    assert page.table.rows_model.rows == []
    assert not page.print_button.isVisible()
    assert "roll" in page._nothing.sentence.text()


def test_its_paper_has_a_name_that_says_nothing_of_her(page: HistoryPage) -> None:
    paper = draw_history(page.place.desk, customer="kund-1", kinds={HistoryKind.ASSESSED})
    assert paper.file_name == "uppfoljning-over-tid-solgarden-2026-03-02.pdf"
    assert paper.title == "Uppföljning över tid 2 mars 2026"
    assert paper.data.startswith(b"%PDF")
