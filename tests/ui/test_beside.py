"""A register where there is no room for list and detail side by side: one at a time, and always a way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services import customers
from app.services.desk import Desk
from app.ui.operations import DirectRunner
from app.ui.registers.customers import CustomersPage
from app.ui.registers.team import TeamPage
from app.ui.theme import Theme, load_fonts
from app.ui.workplace import Workplace
from tests.support import audit_rows, surroundings

Page = CustomersPage | TeamPage
Open = Callable[[type[CustomersPage] | type[TeamPage], int], Page]
KINDS = (CustomersPage, TeamPage)


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk) -> Open:
    """A register's page of that width."""

    def make(kind: type[CustomersPage | TeamPage], width: int) -> Page:
        load_fonts()
        place = Workplace(desk, surroundings(), DirectRunner(), Theme(dark=False))
        place.setParent(QApplication.instance())
        page = kind(place)
        qtbot.addWidget(page)
        place.changed.connect(lambda changed: page.refresh() if changed in page.refreshed_by else None)
        page.resize(width, 600)
        page.show()
        page.refresh()
        page.activateWindow()
        QApplication.processEvents()
        return page

    return make


def click(page: Page, row: int) -> None:
    place = page.table.visualRect(page.table.rows_model.index(row, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    QApplication.processEvents()


def escape(part: QWidget) -> None:
    QTest.keyClick(part, Qt.Key.Key_Escape)
    QApplication.processEvents()


@pytest.mark.parametrize("kind", KINDS)
class TestNarrow:
    def test_the_list_has_all_the_room_until_a_row_is_chosen(self, open_page: Open, kind: type[Page]) -> None:
        page = open_page(kind, 640)
        assert page.table.isVisible()
        assert not page.detail.isVisible()
        assert page.table.width() > 560
        click(page, 1)
        assert page.detail.isVisible()
        assert not page.table.isVisible()
        assert page.detail.width() > 560
        assert page.detail.back_button.hasFocus()

    def test_the_button_and_escape_go_back_to_the_row(self, open_page: Open, kind: type[Page]) -> None:
        page = open_page(kind, 640)
        click(page, 1)
        page.detail.back_button.click()
        assert page.table.isVisible()
        assert page.detail.key is None
        assert page.table.hasFocus()
        assert page.table.currentIndex().row() == 1
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        assert page.detail.isVisible()
        escape(page.detail.back_button)
        assert page.table.isVisible()
        assert page.table.currentIndex().row() == 1

    def test_walking_through_the_list_opens_nothing(self, open_page: Open, kind: type[Page], desk: Desk) -> None:
        page = open_page(kind, 640)
        before = len(audit_rows(desk))
        page.table.setFocus()
        for _ in range(3):
            QTest.keyClick(page.table, Qt.Key.Key_Down)
        assert page.table.isVisible()
        assert page.detail.key is None
        assert len(audit_rows(desk)) == before

    def test_a_wider_window_shows_both_again(self, open_page: Open, kind: type[Page]) -> None:
        page = open_page(kind, 640)
        click(page, 1)
        page.resize(1000, 600)
        QApplication.processEvents()
        assert page.table.isVisible()
        assert page.detail.isVisible()
        assert not page.detail.back_button.isVisible()
        escape(page.table)
        assert page.detail.key is not None

    def test_a_new_row_can_be_begun_and_left(self, open_page: Open, kind: type[Page]) -> None:
        page = open_page(kind, 640)
        page.add_button_.click()
        assert page.detail.isVisible()
        page.detail.back_button.click()
        assert page.table.isVisible()


@pytest.mark.parametrize("kind", KINDS)
def test_beside_each_other_the_empty_detail_says_what_to_do(open_page: Open, kind: type[Page]) -> None:
    page = open_page(kind, 1000)
    assert page.detail.isVisible()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert page.detail.key == page.table.rows_model.rows[page.table.currentIndex().row()].value.key


def test_every_filter_is_within_sight(open_page: Open) -> None:
    page = open_page(CustomersPage, 640)
    assert isinstance(page, CustomersPage)
    for made in page.status.chips:
        place = made.mapTo(page, made.rect().bottomRight())
        assert page.rect().contains(place)
        assert page.filter.rect().contains(made.geometry())


class TestUnsaved:
    def typed(self, open_page: Open) -> CustomersPage:
        page = open_page(CustomersPage, 640)
        assert isinstance(page, CustomersPage)
        click(page, 0)
        page.form.reference.setText("QX")
        escape(page.form.reference)
        return page

    def test_it_is_asked_about_before_one_goes_back(self, open_page: Open) -> None:
        page = self.typed(open_page)
        assert page.detail.isVisible()
        assert page.detail.bar.isVisible()
        page.detail.bar.stay.click()
        assert page.detail.isVisible()
        assert page.form.reference.text() == "QX"

    def test_saved_it_goes_back(self, open_page: Open, desk: Desk) -> None:
        page = self.typed(open_page)
        page.detail.bar.save.click()
        assert page.table.isVisible()
        assert customers.get_customer(desk, key="kund-1").value.reference == "QX"

    def test_thrown_away_it_goes_back(self, open_page: Open, desk: Desk) -> None:
        page = self.typed(open_page)
        page.detail.bar.drop.click()
        assert page.table.isVisible()
        assert customers.get_customer(desk, key="kund-1").value.reference == "AB"
        click(page, 0)
        assert page.form.reference.text() == "AB"
