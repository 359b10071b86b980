"""The customers' page as a person uses it: each gesture in the real widgets, its result read through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.customers import Contacts, CustomerStatus, StatusPeriod
from app.domain.meetings import Action
from app.domain.people import Outsider
from app.domain.roles import Role
from app.services import actions, customers, meetings, units
from app.services.customer_view import open_customer
from app.services.desk import Desk
from app.services.drafts import read_draft
from app.ui.registers.customers import CustomersPage
from app.ui.registers.ending import Ending
from app.ui.registers.merging import MergeQuestion
from app.ui.registers.moving import Moving
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY, audit_rows, seated

Open = Callable[[Desk], CustomersPage]
PERSONNUMMER = "850709-9805"


@pytest.fixture
def open_page(show_page: Callable[[type[CustomersPage], Desk], CustomersPage]) -> Open:
    """The page at a desk."""
    return lambda desk: show_page(CustomersPage, desk)


def keys(page: CustomersPage) -> list[str]:
    return [row.value.key for row in page.table.rows_model.rows]


def cells(page: CustomersPage, row: int) -> list[str]:
    return [str(page.table.rows_model.index(row, column).data()) for column in range(5)]


def choose(page: CustomersPage, key: str) -> None:
    assert page.table.select_where(lambda row: row.value.key == key)


def pick(box: QComboBox, value: str) -> None:
    index = box.findData(value, int(Qt.ItemDataRole.UserRole))
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def press(page: QWidget, text: str) -> None:
    QApplication.processEvents()
    found = [one for one in page.findChildren(QAbstractButton) if one.accessibleName() == text and one.isVisible()]
    assert len(found) == 1
    found[0].click()


def words_of(part: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in part.findChildren(QLabel) if one.isVisible()]


class TestList:
    def test_customers_stand_by_apartment_with_status_and_contacts(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        assert keys(page) == ["kund-1", "kund-2", "kund-3", "kund-4"]
        assert cells(page, 0) == ["1101", "AB", "Norr", "Bor här", "Bo Ek, Anna Berg"]
        assert page.subtitle.text() == "4 kunder"

    def test_a_protected_identity_shows_only_its_code(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        assert cells(page, 2)[:2] == ["", "Gran 7"]
        choose(page, "kund-3")
        assert page.detail.title.text() == "Gran 7"
        assert not page.form.reference.isVisible()
        assert page.form.reference.text() == "Gran 7"
        assert not any("EF" in text or "1103" in text for text in words_of(page))
        page.refresh()
        assert not page.form.home.apartment_choice.isVisible()
        press(page, "Visa referens och lägenhet")
        assert page.form.home.apartment_choice.isVisible()
        assert (page.form.reference.text(), page.form.home.apartment) == ("EF", "1103")
        assert not page.detail.save_button.isEnabled(), "to look is no change"
        assert ("reveal_customer", "customer:kund-3", "kund-3") in audit_rows(desk)

    def test_a_protected_customer_is_saved_without_being_revealed(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-3")
        page.form.code.setText("Ek 1")
        page.detail.save_button.click()
        saved = customers.reveal_customer(desk, key="kund-3").value
        assert (saved.reference, saved.apartment, saved.code) == ("EF", "1103", "Ek 1")
        assert page.detail.title.text() == "Ek 1"

    def test_a_status_chip_narrows_the_list(self, desk: Desk, open_page: Open) -> None:
        customers.change_status(
            desk, key="kund-2", status=CustomerStatus.HOSPITAL, on=TODAY - dt.timedelta(days=4), expected_version=1
        )
        page = open_page(desk)
        page.status.of(CustomerStatus.HOSPITAL).click()
        assert keys(page) == ["kund-2"]
        assert cells(page, 0)[3] == "På sjukhus sedan 26 feb"
        page.status.of(CustomerStatus.HOME).click()
        assert keys(page) == ["kund-1", "kund-3", "kund-4"]
        page.status.of(CustomerStatus.HOME).click()
        assert len(keys(page)) == 4

    def test_a_ward_chip_and_words_narrow_the_list(self, desk: Desk, open_page: Open, qtbot: QtBot) -> None:
        page = open_page(desk)
        press(page, "Söder")
        assert keys(page) == ["kund-4"]
        press(page, "Söder")
        QTest.keyClicks(page.filter.search, "anna")
        qtbot.waitUntil(lambda: keys(page) == ["kund-1"])

    def test_opening_a_customer_is_logged_once(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        before = len(audit_rows(desk))
        choose(page, "kund-1")
        assert audit_rows(desk)[before:] == [("read", "customer:kund-1", "kund-1")]

    def test_who_may_not_read_customers_sees_none_and_none_is_logged(self, desk: Desk, open_page: Open) -> None:
        before = audit_rows(desk)
        page = open_page(seated(desk, Role.READER))
        page.show_key("kund-1")
        assert "Ditt konto ger inte rätt att se kunder. Be enhetschefen om hjälp." in words_of(page)
        assert audit_rows(desk) == before

    def test_care_staff_read_but_do_not_write(self, desk: Desk, open_page: Open) -> None:
        page = open_page(seated(desk, Role.CARE_STAFF, member="bo-ek"))
        choose(page, "kund-1")
        assert not page.add_button_.isVisible()
        assert page.form.reference.isReadOnly()
        assert not page.detail.save_button.isVisible()
        assert not page.end_button.isVisible()

    def test_every_control_has_a_name(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        kinds = (QPushButton, QCheckBox, QLineEdit, QComboBox, QTableView, QScrollArea)
        own = [one for one in page.findChildren(QWidget) if isinstance(one, kinds)]
        assert [one for one in own if not one.accessibleName()] == []


class TestForm:
    def test_a_new_customer_is_kept(self, desk: Desk, open_page: Open, heard: list[str]) -> None:
        page = open_page(desk)
        press(page, "Lägg till kund")
        QTest.keyClicks(page.form.reference, "IJ")
        pick(page.form.home.ward_choice, "soder")
        pick(page.form.home.apartment_choice, "1202")
        pick(page.form.contacts["responsible_nurse"], "anna-berg")
        page.detail.save_button.click()
        kept = customers.list_customers(desk, ward="soder")[-1].value
        assert (kept.reference, kept.apartment, kept.unit) == ("IJ", "1202", "solgarden")
        assert kept.contacts == Contacts(responsible_nurse="anna-berg")
        assert kept.key in keys(page)
        assert heard == ["Kunden är sparad."]

    def test_a_personnummer_is_warned_about_at_once_and_never_kept(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        page.form.reference.setText(PERSONNUMMER)
        assert page.form.warning.isVisible()
        page.detail.save_button.click()
        page.settle()
        assert customers.get_customer(desk, key="kund-1").value.reference == "AB"
        draft = read_draft(desk, kind="customers", key="kund-1")
        assert draft is None or PERSONNUMMER not in draft.content
        page.form.reference.setText("AB")
        assert not page.form.warning.isVisible()

    def test_protection_makes_a_code_where_none_is_written(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        page.form.protected.click()
        page.detail.save_button.click()
        assert page.detail.title.text() == "Skyddad 1"
        page.form.code.setText("1101 AB")
        page.detail.save_button.click()
        assert "Koden säger vem kunden är." in page.detail.fault.text()
        page.form.code.setText("Björk 2")
        page.detail.save_button.click()
        assert customers.get_customer(desk, key="kund-1").value.label == "Björk 2"
        assert page.detail.title.text() == "Björk 2"

    def test_only_the_units_team_can_be_a_contact(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        field = page.form.contacts["physiotherapist"]
        assert field.itemData(1) == "dan-falk"
        field.setEditText("Någon Annan")
        assert isinstance(field.person, Outsider)
        page.detail.save_button.click()
        assert page.detail.fault.text() == "Någon Annan finns inte i enhetens team. Välj någon i listan."
        pick(field, "dan-falk")
        page.detail.save_button.click()
        held = customers.get_customer(desk, key="kund-1").value.contacts
        assert held == Contacts(
            permanent_care_contact="bo-ek", responsible_nurse="anna-berg", physiotherapist="dan-falk"
        )
        page.place.undo()
        assert customers.get_customer(desk, key="kund-1").value.contacts == replace(held, physiotherapist=None)

    def test_unsaved_text_outlives_another_choice(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        page.form.reference.setText("ABC")
        choose(page, "kund-2")
        assert page.detail.key == "kund-1"
        assert page.form.reference.text() == "ABC"
        press(page, "Spara ändringarna")
        assert customers.get_customer(desk, key="kund-1").value.reference == "ABC"
        assert page.detail.key == "kund-2"
        assert page.form.reference.text() == "CD"


class TestStatus:
    def test_a_status_since_another_year_tells_the_year_in_words(self, desk: Desk, open_page: Open) -> None:
        for status, day, version in (
            (CustomerStatus.HOME, (2025, 5, 23), 1),
            (CustomerStatus.HOSPITAL, (2025, 12, 1), 2),
        ):
            customers.change_status(desk, key="kund-1", status=status, on=dt.date(*day), expected_version=version)
        page = open_page(desk)
        choose(page, "kund-1")
        assert cells(page, 0)[3] == "På sjukhus sedan 1 dec 2025"
        assert page.history.now.text() == "På sjukhus sedan 1 december 2025"
        assert "Bor här: 23 maj 2025 till 30 november 2025, 192 dagar" in words_of(page.history)

    def test_a_change_of_status_keeps_the_history(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        pick(page.history.status, "hospital")
        page.history.day.setText("2026-02-27")
        page.history.change.click()
        kept = customers.get_customer(desk, key="kund-1").value
        assert kept.status_history == (StatusPeriod(status=CustomerStatus.HOSPITAL, from_=dt.date(2026, 2, 27)),)
        assert page.history.now.text() == "På sjukhus sedan fre 27 feb"
        assert cells(page, 0)[3] == "På sjukhus sedan 27 feb"
        pick(page.history.status, "home")
        page.history.change.click()
        assert "På sjukhus: 27 februari 2026 till 1 mars 2026, 3 dagar" in words_of(page.history)
        page.place.undo()
        assert customers.get_customer(desk, key="kund-1").value == kept

    def test_a_status_is_not_changed_under_unsaved_text(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        page.form.reference.setText("ABC")
        page.history.change.click()
        assert page.detail.fault.text() == "Spara eller ångra ändringarna först."
        assert customers.get_customer(desk, key="kund-1").version == 1


class TestDays:
    def test_moving_to_another_unit_says_what_followed(self, desk: Desk, open_page: Open) -> None:
        setting = units.get_unit(desk, key="solgarden").value.setting
        units.add_unit(desk, name="Ekbacken", setting=setting)
        page = open_page(desk)
        choose(page, "kund-1")
        page.move_button.click()
        tool = page.detail.tool
        assert isinstance(tool, Moving)
        pick(tool.home.unit_choice, "ekbacken")
        tool.move_button.click()
        moved = customers.get_customer(desk, key="kund-1").value
        assert (moved.unit, moved.ward, moved.apartment, moved.contacts) == ("ekbacken", None, None, None)
        assert "Kunden är flyttad till Ekbacken." in tool.outcome.text()
        assert "Bo Ek, Anna Berg" in tool.outcome.text()
        assert "Teammöte Norr tis 3 mars" in tool.outcome.text()
        press(page, "Klar")
        assert page.detail.tool is None
        assert page.form.contacts["responsible_nurse"].person is None

    def test_moving_within_the_ward_keeps_the_contacts(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        page.move_button.click()
        tool = page.detail.tool
        assert isinstance(tool, Moving)
        pick(tool.home.apartment_choice, "1104")
        tool.move_button.click()
        moved = customers.get_customer(desk, key="kund-1").value
        assert (moved.ward, moved.apartment) == ("norr", "1104")
        assert moved.contacts is not None
        assert tool.outcome.text() == "Kunden är flyttad till Solgården, Norr."

    def test_ending_counts_first_and_ends_in_one_step(self, desk: Desk, open_page: Open, heard: list[str]) -> None:
        give_action(desk)
        page = open_page(desk)
        choose(page, "kund-1")
        page.end_button.click()
        tool = page.detail.tool
        assert isinstance(tool, Ending)
        assert tool.what.text().startswith("Det här avslutas: 1 kommande möte, 1 öppen åtgärd.")
        tool.done.click()
        assert tool.fault.text() == "Välj om kunden har flyttat ut eller avlidit."
        assert customers.get_customer(desk, key="kund-1").version == 1
        pick(tool.reason, "deceased")
        tool.done.click()
        assert customers.get_customer(desk, key="kund-1").value.status_on(TODAY) is CustomerStatus.LEFT
        assert "kund-1" not in meetings.get_meeting(desk, key="teammote-1").value.customers
        assert [row.status.value for row in actions.list_actions(desk)] == ["dropped"]
        assert heard == ["Kunden är avslutad. Avslutat samtidigt: 1 kommande möte, 1 öppen åtgärd."]
        assert "kund-1" not in keys(page)
        page.status.of(CustomerStatus.LEFT).click()
        assert keys(page) == ["kund-1"]

    def test_two_rows_of_a_customer_become_one(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "kund-1")
        page.merge_button.click()
        question = page.findChild(MergeQuestion)
        assert question is not None
        pick(question.other, "kund-2")
        question.accept_button.click()
        assert keys(page) == ["kund-1", "kund-3", "kund-4"]
        assert meetings.get_meeting(desk, key="teammote-1").value.customers == ("kund-1",)

    def test_what_is_coming_opens_its_meeting(self, desk: Desk, open_page: Open) -> None:
        give_action(desk)
        page = open_page(desk)
        visits: list[tuple[str, str]] = []
        page.place.visit.connect(lambda name, key: visits.append((name, key)))
        choose(page, "kund-1")
        rows = [one for one in page.coming.findChildren(OpenRow) if not one.isHidden()]
        assert [one.accessibleName() for one in rows] == [
            "Ring apoteket, Bo Ek, om 2 dagar", "Teammöte Norr, i morgon 13.00",
        ]  # fmt: skip
        for one in rows:
            one.click()
        assert visits == [("meeting", "teammote-1#punkt-2"), ("meeting", "teammote-1")]

    def test_the_view_has_only_what_the_person_may_see(self, desk: Desk) -> None:
        give_action(desk)
        view = open_customer(desk, key="kund-1")
        assert [one.text for one in view.actions] == ["Ring apoteket"]
        assert [one.heading for one in view.meetings] == ["Teammöte Norr"]
        assert open_customer(desk, key="kund-4").meetings == ()


def give_action(desk: Desk) -> None:
    """Let the customer of the first apartment have an open action from the teammöte."""
    stored = meetings.get_meeting(desk, key="teammote-1")
    action = Action(key="", text="Ring apoteket", responsible="bo-ek", due=TODAY + dt.timedelta(days=2))
    items = tuple(
        replace(item, actions=(action,)) if item.customer == "kund-1" else item for item in stored.value.items
    )
    meetings.save_meeting(desk, meeting=replace(stored.value, items=items), expected_version=stored.version)
