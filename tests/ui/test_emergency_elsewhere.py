"""A nurse of one unit opens another in a hurry: the right one, to read alone, and nothing of it stays afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.domain.accounts import Account
from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.document import Document
from app.domain.meetings import Action, Item, ItemKind, Meeting
from app.domain.roles import Role
from app.domain.units import Unit, Ward
from app.services import accounts, emergency, transfer
from app.services.drafts import list_drafts
from app.services.papers import Purpose
from app.ui.commands import commands_of
from app.ui.emergency import EmergencyForm
from app.ui.finder import Finder
from app.ui.meetings.page import MeetingPage
from app.ui.papers.preview import PreviewWindow, papers_preview
from app.ui.registers.customers import CustomersPage
from app.ui.registers.team import TeamPage
from app.ui.shell import MainWindow
from app.ui.widgets.fields import chosen
from tests import support
from tests.support import FixedClock

WHY = "Kunden svarar inte på larm"


@pytest.fixture
def database(database: Path) -> Path:
    """The small unit, with Fyren beside it, an empty Ateljén, the ledning, and nora who works on Solgården alone."""
    fyren = Unit(
        key="fyren", name="Fyren", setting=Setting.SARSKILT_BOENDE,
        wards=(Ward(key="kaj", name="Kajen", apartments=("201", "202")),),
    )  # fmt: skip
    atelje = Unit(key="ateljen", name="Ateljén", setting=Setting.DAGLIG_VERKSAMHET)
    ledning = Unit(key="ledningen", name="Vård- och omsorgsledningen", setting=Setting.LEDNING)
    there = (
        Customer(key="kund-20", reference="PÖ", unit="fyren", ward="kaj", apartment="201"),
        Customer(key="kund-30", reference="ÅL", unit="ateljen"),
    )
    point = Item(
        key="p-20", heading="201 PÖ", kind=ItemKind.CUSTOMER, customer="kund-20", notes="Allergisk.",
        actions=(Action(key="a-20", text="Ring PÖ:s dotter", customer="kund-20"),),
    )  # fmt: skip
    meeting = Meeting(
        key="fyrens", unit="fyren", forum="teammote", ward="kaj", date=support.TODAY, start=dt.time(9),
        end=dt.time(10), items=(point,), customers=("kund-20",),
    )  # fmt: skip
    desk = support.log_in(database)
    transfer.take_in(desk, document=Document(units=(fyren, atelje, ledning), customers=there, meetings=(meeting,)))
    nora = Account(
        user="nora", full_name="Nora Nord", role=Role.LICENSED, units=("solgarden",), member=None, active=True
    )
    accounts.add_account(desk, support.surroundings(), account=nora, password=support.PASSWORD)
    support.choose_own_passwords(desk)
    desk.close()
    return database


@pytest.fixture
def window(closed_window: MainWindow) -> MainWindow:
    """Nora is in, at Kunder."""
    closed_window.entrance.try_log_in("nora", support.PASSWORD)
    frame = closed_window.frame
    assert frame is not None
    frame.visit("customers", "")
    return closed_window


def page_of(window: MainWindow) -> CustomersPage:
    assert window.frame is not None
    page = window.frame.page
    assert isinstance(page, CustomersPage)
    return page


def press(inside: QWidget, text: str) -> None:
    found = [one for one in inside.findChildren(QPushButton) if one.isVisible() and one.text().strip() == text]
    assert len(found) == 1, f"{text}: {len(found)}"
    found[0].click()


def seen(inside: QWidget) -> str:
    """Everything that can be read: labels, lines, choices and buttons."""
    shown = [one for one in inside.findChildren(QWidget) if one.isVisible()]
    return "\n".join(
        one.currentText() if isinstance(one, QComboBox) else one.text()
        for one in shown
        if isinstance(one, QLabel | QLineEdit | QPushButton | QComboBox)
    )


def read(inside: QWidget) -> str:
    """What can be read in tables and fields of several lines too."""
    QApplication.processEvents()
    shown = [one for one in inside.findChildren(QPlainTextEdit) if one.isVisible()]
    cells = [
        str(one.model().index(row, column).data())
        for one in inside.findChildren(QAbstractItemView)
        if one.isVisible() and one.model() is not None
        for row in range(one.model().rowCount())
        for column in range(one.model().columnCount())
    ]
    return "\n".join([seen(inside), *(one.toPlainText() for one in shown), *cells])


def asked(window: MainWindow) -> EmergencyForm:
    window.activateWindow()  # keys reach the window that is in front
    QApplication.processEvents()
    press(window, "Nödöppning …")
    form = page_of(window).emergency
    assert form.isVisible()
    return form


def open_fyren(window: MainWindow) -> None:
    form = asked(window)
    form.unit.setCurrentIndex(form.unit.findText("Fyren"))
    form.reason.setPlainText(WHY)
    press(form, "Öppna i en timme")


def choose(window: MainWindow, key: str) -> CustomersPage:
    page = page_of(window)
    page.table.select_where(lambda row: row.value.key == key)
    page.detail.go(key)
    assert page.detail.key == key
    return page


def listed(page: CustomersPage) -> list[str]:
    return [row.value.label for row in page.table.rows_model.rows]


def drafts_of(window: MainWindow) -> tuple[object, ...]:
    assert window.place is not None
    return list_drafts(window.place.desk)


class TestTheForm:
    def test_nothing_is_chosen_and_only_units_that_give_her_something_are_there(self, window: MainWindow) -> None:
        form = asked(window)
        assert chosen(form.unit) == ""
        assert [form.unit.itemText(n) for n in range(form.unit.count())] == ["Välj enhet", "Ateljén", "Fyren"]
        assert window.focusWidget() is form.unit
        form.reason.setPlainText(WHY)
        press(form, "Öppna i en timme")
        assert form.fault.text() == "Välj vilken enhet du behöver öppna."
        assert window.place is not None
        assert emergency.my_emergencies(window.place.desk) == ()

    def test_escape_closes_it_and_ctrl_enter_opens(self, window: MainWindow) -> None:
        form = asked(window)
        QTest.keyClick(form.unit, Qt.Key.Key_Escape)
        assert not form.isVisible()
        form = asked(window)
        form.unit.setCurrentIndex(form.unit.findText("Fyren"))
        form.reason.setFocus()
        QTest.keyClicks(form.reason, WHY)
        QTest.keyClick(form.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert not form.isVisible()
        assert window.frame is not None
        assert window.frame.strip.isVisible()

    def test_the_list_stands_on_the_unit_that_was_opened(self, window: MainWindow) -> None:
        page = page_of(window)
        assert "201 PÖ" not in listed(page)
        open_fyren(window)
        assert page.filter.unit == "fyren"
        assert listed(page) == ["201 PÖ"]

    def test_a_personnummer_is_told_once_and_covers_nothing(self, window: MainWindow) -> None:
        form = asked(window)
        height = form.height()
        form.reason.setPlainText("Kunden 19121212-1212 svarar inte")
        QApplication.processEvents()
        form.unit.setCurrentIndex(2)
        press(form, "Öppna i en timme")
        QApplication.processEvents()
        assert seen(form).count("personnummer") == 2, "the hint and one warning"
        assert not form.reason.warned
        assert form.height() > height
        lines = [one for one in form.findChildren(QLabel) if one.isVisible()]
        places = [one.rect().translated(one.mapTo(form, one.rect().topLeft())) for one in [*lines, form.reason]]
        assert not any(a.intersects(b) for a in places for b in places if a is not b)


class TestReadingAlone:
    def test_a_foreign_customer_cannot_be_changed_and_says_why(self, window: MainWindow) -> None:
        open_fyren(window)
        page = choose(window, "kund-20")
        assert "Bara läsning, nödöppning" in seen(page.detail)
        assert page.form.reference.isReadOnly()
        for part in (page.form.protected, page.form.home.apartment_choice, *page.form.contacts.values()):
            assert not part.isEnabled(), part.accessibleName()
        offered = seen(page.detail)
        for verb in ("Spara", "Flytta…", "Avsluta kunden…", "Ändra status", "Slå ihop…"):
            assert verb not in offered.splitlines(), verb
            assert f" {verb}" not in offered.splitlines(), verb

    def test_her_own_customers_are_hers_to_change_all_the_while(self, window: MainWindow) -> None:
        open_fyren(window)
        choose(window, "kund-20")
        page = page_of(window)
        page.detail.go("kund-1")
        assert not page.form.reference.isReadOnly()
        assert "Bara läsning" not in seen(page.detail)
        page.form.reference.setText("AB 2")
        assert page.detail.save_button.isVisible()
        assert page.detail.save_button.isEnabled()

    def test_after_the_lock_too(self, window: MainWindow) -> None:
        open_fyren(window)
        window.lock()
        window.entrance.try_log_in("nora", support.PASSWORD)
        assert window.frame is not None
        window.frame.visit("customers", "")
        assert page_of(window).form.reference is not None
        page = choose(window, "kund-20")
        assert page.form.reference.isReadOnly()
        window.frame.visit("meeting", "fyrens")
        meeting = window.frame.page
        assert isinstance(meeting, MeetingPage)
        assert not meeting.editor.may_write
        assert not meeting.editor.may_call
        assert not meeting.steps.primary.isVisible()


class TestAfterwards:
    def test_nothing_of_a_foreign_customer_stays_when_it_is_ended(self, window: MainWindow) -> None:
        open_fyren(window)
        page = choose(window, "kund-20")
        assert not page.detail.busy
        press(window, "Avsluta nu")
        assert page.detail.key is None
        assert "PÖ" not in seen(page)
        assert "201" not in seen(page)
        assert not page.detail.save_button.isVisible()
        page.settle()
        assert drafts_of(window) == ()
        assert window.frame is not None
        window.frame.visit("today", "")
        assert "Osparat" not in seen(window)
        assert window.frame.bar.isHidden() or not window.frame.bar.is_fault

    def test_nor_when_the_hour_runs_out(self, window: MainWindow, clock: FixedClock) -> None:
        open_fyren(window)
        page = choose(window, "kund-20")
        clock.moment += dt.timedelta(hours=1)
        assert window.frame is not None
        window.frame.strip._over.timeout.emit()  # what the clock does by itself an hour later
        assert page.detail.key is None
        assert "PÖ" not in seen(page)
        assert drafts_of(window) == ()

    def test_nor_when_another_of_them_was_being_opened(self, window: MainWindow, clock: FixedClock) -> None:
        open_fyren(window)
        page = choose(window, "kund-20")
        clock.moment += dt.timedelta(hours=1)
        page.detail.go("kund-30")
        assert page.detail.key is None
        assert "PÖ" not in seen(page.detail)

    def test_nor_of_a_meeting(self, window: MainWindow) -> None:
        open_fyren(window)
        assert window.frame is not None
        window.frame.visit("meeting", "fyrens")
        page = window.frame.page
        assert isinstance(page, MeetingPage)
        assert "Allergisk." in page.point.note.toPlainText()
        press(window, "Avsluta nu")
        assert page.editor.meeting is None
        assert "PÖ" not in seen(page)
        assert not page.point.note.isVisible()
        assert "Ditt konto gäller inte" in seen(page)

    def test_nor_of_an_action(self, window: MainWindow) -> None:
        open_fyren(window)
        assert window.frame is not None
        window.frame.visit("actions", "a-20")
        assert "Ring PÖ:s dotter" in read(window)
        press(window, "Avsluta nu")
        assert "PÖ" not in read(window)

    def test_nor_on_paper_nor_in_the_search(self, window: MainWindow) -> None:
        open_fyren(window)
        frame = window.frame
        assert frame is not None
        papers_preview(frame, frame.place, purpose=Purpose.MINUTES, meeting="fyrens")
        papers = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible()]
        assert len(papers) == 1
        assert papers[0].pages is not None
        assert "PÖ" in papers[0].pages.text(0)
        finder = Finder(frame, frame.place, commands_of(frame))
        finder.open()
        finder.line.setText("PÖ")
        press(window, "Avsluta nu")
        assert not shiboken6.isValid(papers[0]) or not papers[0].isVisible()
        assert not shiboken6.isValid(finder) or not finder.isVisible()

    def test_her_own_typing_stays(self, window: MainWindow) -> None:
        open_fyren(window)
        page = page_of(window)
        page.detail.go("kund-1")
        page.form.reference.setText("AB 2")
        press(window, "Avsluta nu")
        assert page.detail.key == "kund-1"
        assert page.form.reference.text() == "AB 2"
        assert page.detail.busy


def test_a_list_of_units_that_lacks_hers_is_no_change_of_a_customers_home(
    show_page: Callable[[type[TeamPage | CustomersPage], object], CustomersPage], database: Path
) -> None:
    desk = support.log_in(database)
    page = show_page(CustomersPage, desk)
    page.detail.go("kund-20")
    page.form.offer([unit for unit in page._units if unit.key != "fyren"], members=(), names={})
    assert page.form.home.unit == "fyren"
    assert not page.form.dirty
    desk.close()
