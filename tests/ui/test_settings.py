"""The settings page as a person uses it: each gesture in the real widgets, its result read through the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.domain.accounts import Account, Slip
from app.domain.catalogue import CustomerCount, Interval, Participant, Setting
from app.domain.errors import AccessDenied
from app.domain.roles import Role
from app.domain.swedish import sort_key
from app.domain.team import Member
from app.services import access, accounts, preferences, team, units
from app.services.desk import Desk
from app.services.drafts import read_draft
from app.ui.operations import DirectRunner, ThreadRunner
from app.ui.papers.preview import PreviewWindow
from app.ui.settings.about import AboutSection
from app.ui.settings.account_handed import HandedOver
from app.ui.settings.accounts import AccountsSection
from app.ui.settings.data import DataSection
from app.ui.settings.forum_form import ForumForm
from app.ui.settings.forums import ForumsSection
from app.ui.settings.look import LookSection
from app.ui.settings.page import SettingsPage
from app.ui.settings.section import Number
from app.ui.settings.security import SecuritySection
from app.ui.settings.units import UnitsSection
from app.ui.theme import Theme, load_fonts
from app.ui.workplace import Workplace
from tests.support import FILE, PASSWORD, audit_rows, files_of, seated, surroundings

Open = Callable[[Desk], SettingsPage]
OWN = "mitt eget tält vid ån"


@pytest.fixture
def open_page(qtbot: QtBot, heard: list[str]) -> Iterator[Open]:
    """The page at a desk, refreshed by what changes as the window does it."""
    places = []

    def make(desk: Desk) -> SettingsPage:
        load_fonts()
        place = Workplace(desk, surroundings(), DirectRunner(), Theme(dark=False))
        places.append(place)
        page = SettingsPage(place)
        qtbot.addWidget(page)
        place.changed.connect(lambda kind: page.refresh() if kind in page.refreshed_by else None)
        place.told.connect(heard.append)
        place.troubled.connect(heard.append)
        page.resize(1084, 720)
        page.show()
        page.refresh()
        return page

    yield make
    for place in places:
        place.closing.emit()


def units_of(page: SettingsPage) -> UnitsSection:
    page.show_key("units")
    assert isinstance(page.section, UnitsSection)
    return page.section


def forums_of(page: SettingsPage, forum: str) -> ForumsSection:
    page.show_key("forums:solgarden")
    section = page.section
    assert isinstance(section, ForumsSection)
    names = [section.list.item(row).text().split("\n")[0] for row in range(section.list.count())]
    section.list.setCurrentRow(names.index(forum))
    return section


def own_forum(desk: Desk, key: str) -> units.UnitForum:
    return next(one for one in units.unit_forums(desk, unit="solgarden") if one.own.key == key)


def test_one_of_a_thing_is_said_as_one(qtbot: QtBot) -> None:
    number = Number(0, 12, suffix=" månader", one=" månad", nothing="aldrig")
    qtbot.addWidget(number)
    said = []
    for value in (0, 1, 2):
        number.setValue(value)
        said.append(number.text())
    number.blockSignals(True)
    number.setValue(1)
    number.blockSignals(False)
    assert [*said, number.text()] == ["aldrig", "1 månad", "2 månader", "1 månad"]
    number.stepUp()
    assert number.text() == "2 månader"


def test_the_terms_of_others_parts_are_presented_in_swedish(desk: Desk, open_page: Open) -> None:
    page = open_page(desk)
    page.show_key("about")
    assert isinstance(page.section, AboutSection)
    lead = page.section.terms.toPlainText().splitlines()[:5]
    assert lead[0].startswith("Teamforum har licensen EUPL-1.2")
    assert not any(" the " in one for one in lead)


class TestUnits:
    def test_who_may_not_change_a_unit_is_not_told_how(self, desk: Desk, open_page: Open) -> None:
        for role, told in ((Role.LICENSED, False), (Role.MANAGER, True)):
            form = units_of(open_page(seated(desk, role))).form
            said = [one.text() for one in form.findChildren(QLabel) if one.isVisibleTo(form)]
            assert any("F2" in one for one in said) is told
            assert any("Klistra in" in one for one in said) is told

    def test_wards_and_apartments_are_added_moved_and_pasted(self, desk: Desk, open_page: Open) -> None:
        section = units_of(open_page(desk))
        wards, apartments = section.form.wards, section.form.apartments
        QTest.keyClicks(wards.line, "Vinden")
        QTest.keyClick(wards.line, Qt.Key.Key_Return)
        QTest.keyClicks(apartments.line, "1301, 1302")
        QTest.keyClick(apartments.line, Qt.Key.Key_Return)
        QGuiApplication.clipboard().setText("1303\n1304\r\n\n1305")
        QTest.keyClick(apartments.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert apartments.list.currentRow() == 4
        QTest.keyClick(apartments.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(wards.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert section.foot.state.text() == "Inte sparat"
        section.foot.save_button.click()
        kept = units.get_unit(desk, key="solgarden").value
        assert [ward.name for ward in kept.wards] == ["Norr", "Vinden", "Söder"]
        assert kept.wards[1].apartments == ("1301", "1302", "1303", "1305", "1304")
        assert kept.wards[1].key == "vinden"
        assert not section.foot.save_button.isEnabled()

    def test_a_ward_and_the_unit_are_renamed_and_the_change_is_taken_back(self, desk: Desk, open_page: Open) -> None:
        section = units_of(open_page(desk))
        section.form.wards.rewrite(0, "Norra huset")
        section.form.name.setText("Solhöjden")
        section.save()
        kept = units.get_unit(desk, key="solgarden").value
        assert (kept.name, kept.wards[0].key, kept.wards[0].name) == ("Solhöjden", "norr", "Norra huset")
        section.place.undo()
        assert units.get_unit(desk, key="solgarden").value.wards[0].name == "Norr"
        assert section.form.name.text() == "Solgården"
        assert not section.dirty

    def test_a_ward_with_customers_cannot_be_removed_and_nothing_typed_is_lost(
        self, desk: Desk, open_page: Open
    ) -> None:
        section = units_of(open_page(desk))
        section.form.name.setText("Nytt namn")
        section.form.wards.list.setCurrentRow(0)
        QTest.keyClick(section.form.wards.list, Qt.Key.Key_Delete)
        section.save()
        assert "kan inte tas bort" in section.foot.fault.text()
        assert section.form.name.text() == "Nytt namn"
        section.foot.drop_button.click()
        assert section.form.name.text() == "Solgården"
        assert section.form.wards.texts == ("Norr", "Söder")

    def test_what_is_typed_outlives_another_unit_another_page_and_a_new_log_in(
        self, desk: Desk, open_page: Open
    ) -> None:
        units.add_unit(desk, name="Fyren", setting=Setting.GRUPPBOSTAD)
        page = open_page(desk)
        section = units_of(page)
        section.show_unit("solgarden")
        section.form.name.setText("Halvskrivet")
        section.show_unit("fyren")
        assert section.form.name.text() == "Fyren"
        section.show_unit("solgarden")
        assert section.form.name.text() == "Halvskrivet"
        page.show_key("look")
        again = units_of(open_page(desk))
        again.show_unit("solgarden")
        assert again.form.name.text() == "Halvskrivet"
        assert units.get_unit(desk, key="solgarden").value.name == "Solgården"
        again.save()
        assert read_draft(desk, kind="unit", key="solgarden") is None

    def test_a_new_unit_gets_the_forums_of_its_setting(self, desk: Desk, open_page: Open, heard: list[str]) -> None:
        section = units_of(open_page(desk))
        section.add_button.click()
        section.question.name.setText("Fyrens gruppbostad")
        section.question.setting.setCurrentIndex(section.question.setting.findData("gruppbostad"))
        section.question.accept_button.click()
        assert [one.value.name for one in units.list_units(desk)] == ["Fyrens gruppbostad", "Solgården"]
        assert section.form.name.text() == "Fyrens gruppbostad"
        assert heard == ["Fyrens gruppbostad är tillagd. Lägg nu till avdelningar."]
        assert len(units.unit_forums(desk, unit="fyrens-gruppbostad")) == len(
            desk.catalogue.forums(Setting.GRUPPBOSTAD)
        )

    def test_somebody_without_the_right_only_reads(self, desk: Desk, open_page: Open) -> None:
        page = open_page(seated(desk, Role.CARE_STAFF))
        section = units_of(page)
        assert section.form.name.isReadOnly()
        assert not section.foot.isVisibleTo(section)
        assert not section.add_button.isVisibleTo(section)
        assert not section.form.wards.line.isVisibleTo(section)
        titles = [page.list.item(row).text() for row in range(page.list.count())]
        own = ["Säkerhet", "Skrivande", "Utseende", "Logg", "Om Teamforum"]
        assert titles == ["Enheter", "Mötesforum", "Bedömningsinstrument", *own]


class TestForums:
    def test_every_forum_comes_out_of_the_form_as_it_went_in(self, desk: Desk, qtbot: QtBot) -> None:
        form = ForumForm()
        qtbot.addWidget(form)
        for forum in desk.catalogue.all:
            form.show_forum(forum, forum)
            assert form.value == forum

    def test_the_units_own_copy_is_adjusted_and_its_departures_told(self, desk: Desk, open_page: Open) -> None:
        section = forums_of(open_page(desk), "Teammöte")
        form = section.form
        form.interval.every.setCurrentIndex(0)
        form.minutes.first.setValue(45)
        form.participants.add_text("Logoped v.b.")
        form.agenda.list.setCurrentRow(1)
        form.agenda.move_row(-1)
        form.customers.last.setValue(3)
        assert section.foot.state.text() == "Inte sparat"
        section.save()
        own = own_forum(desk, "teammote").own
        assert own.interval == Interval(frequency="weekly")
        assert (own.minutes.min, own.minutes.max, own.minutes.extendable) == (45, 45, True)
        assert own.participants[-1] == Participant(role="Logoped", when_needed=True)
        assert own.agenda[:2] == ("Föregående minnesanteckningar och åtgärder", "Inledning och val av sekreterare")
        assert own.customers_per_meeting == CustomerCount(min=2, max=3)
        assert "Intervall: varje vecka, rutinen säger varannan vecka" in section.summary.text()
        assert section.list.currentItem().text() == "Teammöte\nAvviker på 5 ställen"

    def test_back_to_the_routine_and_back_again(self, desk: Desk, open_page: Open) -> None:
        section = forums_of(open_page(desk), "APT")
        section.form.place.setText("Matsalen")
        section.save()
        assert section.back_button.isVisibleTo(section)
        section.back_button.click()
        assert own_forum(desk, "apt").differences == ()
        assert units.get_unit(desk, key="solgarden").value.forums == ()
        assert section.form.place.text() == "Möteslokal"
        section.place.undo()
        assert own_forum(desk, "apt").own.place == "Matsalen"
        assert section.form.place.text() == "Matsalen"
        assert not section.dirty

    def test_an_unsaved_forum_is_kept_when_another_is_looked_at(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        section = forums_of(page, "APT")
        section.form.place.setText("Matsalen")
        page.refresh()
        assert section.form.place.text() == "Matsalen"
        section.list.setCurrentRow(0)
        assert section.form.place.text() == "SEFOS"
        forums_of(page, "APT")
        assert section.form.place.text() == "Matsalen"
        section.drop()
        assert section.form.place.text() == "Möteslokal"
        assert read_draft(desk, kind="forum", key="solgarden/apt") is None

    def test_the_managements_forums_are_shown_but_not_changed(self, desk: Desk, open_page: Open) -> None:
        section = forums_of(open_page(desk), "Styrgrupp")
        assert section.form.name.text() == "Styrgrupp"
        assert section.form.name.isReadOnly()
        assert not section.foot.isVisibleTo(section)
        assert "Ledningens forum" in section.summary.text()

    def test_a_role_is_called_when_needed_by_a_press(self, desk: Desk, open_page: Open) -> None:
        section = forums_of(open_page(desk), "Teammöte")
        section.form.participants.list.setCurrentRow(0)
        section.form.participants.toggle.click()
        value = section.form.value
        assert value is not None
        assert value.participants[0] == Participant(role="Leg personal", when_needed=True)
        section.form.participants.toggle.click()
        assert not section.dirty


def account(desk: Desk, user: str) -> Account:
    return next(one for one in accounts.list_accounts(desk) if one.user == user)


class TestAccounts:
    def section(self, page: SettingsPage) -> AccountsSection:
        page.show_key("accounts")
        assert isinstance(page.section, AccountsSection)
        return page.section

    def test_an_account_is_added_for_a_member_and_can_log_in(
        self, desk: Desk, database: Path, open_page: Open, heard: list[str]
    ) -> None:
        section = self.section(open_page(desk))
        section.new_button.click()
        form = section.form
        form.member.setCurrentIndex(form.member.findData("cia-dahl"))
        assert (form.full_name.text(), form.user.text()) == ("Cia Dahl", "cia")
        form.all_units.setChecked(False)
        form.add_button.click()
        assert form.fault.text() == "Välj minst en enhet, eller alla."
        form.units.set_values(["solgarden"])
        form.password.setText("kort")
        form.add_button.click()
        assert "minst 12 tecken" in form.fault.text()
        form.suggest()
        password = form.password.text()
        form.add_button.click()
        assert heard[-1] == "Cia Dahl kan nu logga in som cia."
        assert form.password.text() == ""
        made = account(desk, "cia")
        assert (made.role, made.units, made.member) == (Role.CARE_STAFF, ("solgarden",), "cia-dahl")
        assert section.handed.title.text() == "Lösenord till Cia Dahl"
        assert password not in section.handed.shown.text()
        section.handed.seen.setChecked(True)
        assert password in section.handed.shown.text()
        section.handed.leave_button.click()
        assert (section.handed.slips, section.handed.shown.text()) == ((), "")
        desk.close()
        access.log_in(surroundings(), database, user="cia", password=password, own_password=OWN).close()

    def test_several_accounts_are_made_and_their_passwords_printed_once(
        self, desk: Desk, database: Path, open_page: Open, heard: list[str]
    ) -> None:
        section = self.section(open_page(desk))
        section.several_button.click()
        rows = {row.proposal.member: row for row in section.several.rows}
        assert [key for key, row in rows.items() if row.wanted.isChecked()] == ["cia-dahl", "dan-falk", "gun-holm"]
        assert "har kanske redan kontot chef" in rows["eva-chef"].wanted.text()
        rows["cia-dahl"].wanted.click()
        rows["gun-holm"].user.setText("BO")
        section.several.make_button.click()
        assert "upptaget" in section.several.fault.text()
        assert len(accounts.list_accounts(desk)) == 5
        rows["gun-holm"].user.setText("gunholm")
        rows["gun-holm"].role.setCurrentIndex(rows["gun-holm"].role.findData(Role.SECRETARY.value))
        assert section.several.make_button.text() == "Skapa 2 konton"
        section.several.make_button.click()
        assert heard == ["2 konton är skapade. Lämna nu över lösenorden."]
        made = account(desk, "gunholm")
        assert (made.role, made.units, made.member, made.must_change) == (
            Role.SECRETARY, ("solgarden",), "gun-holm", True
        )  # fmt: skip
        assert not section.table.isEnabled()
        slips = section.handed.slips
        section.handed.print_button.click()
        shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow))
        assert shown.pages is not None
        for slip in slips:
            assert slip.password in shown.pages.text(0)
        assert not shown.save_button.isVisibleTo(shown)
        shown.choose_file()  # does nothing: a dialog would hang here
        shown.close()
        section.handed.leave_button.click()
        section.handed.question.accept_button.click()
        assert section.table.isEnabled()
        desk.close()
        for slip in slips:
            access.log_in(
                surroundings(), database, user=slip.user, password=slip.password, own_password=OWN
            ).close()  # fmt: skip

    def test_nobody_becomes_enhetschef_by_a_tick_left_standing(self, desk: Desk, open_page: Open) -> None:
        chief = Member(key="ulla-ny", name="Ulla Ny", profession="Enhetschef", units=("solgarden",))
        team.add_member(desk, member=chief)
        section = self.section(open_page(desk))
        section.several_button.click()
        row = next(one for one in section.several.rows if one.proposal.member == "ulla-ny")
        assert (row.role.currentText(), row.wanted.isChecked()) == ("Enhetschef", False)
        assert not section.several.everybody.isChecked()

    def test_a_unit_is_chosen_and_only_its_members_get_accounts(self, desk: Desk, open_page: Open) -> None:
        units.add_unit(desk, name="Fyren", setting=Setting.GRUPPBOSTAD)
        for key, name in (("ida-ny", "Ida Ny"), ("per-ny", "Per Ny")):
            team.add_member(
                desk, member=Member(key=key, name=name, profession="Undersköterska", units=("fyren",))
            )  # fmt: skip
        section = self.section(open_page(desk))
        section.several_button.click()
        form = section.several
        form.unit.setCurrentIndex(form.unit.findData("fyren"))
        seen = [row for row in form.rows if row.wanted.isVisibleTo(form)]
        assert [row.proposal.member for row in seen] == ["ida-ny", "per-ny"]
        assert [row.where.text() for row in seen] == ["Fyren", "Fyren"]
        assert form.make_button.text() == "Skapa 2 konton"
        form.make_button.click()
        made = [one.user for one in accounts.list_accounts(desk) if one.must_change and one.units == ("fyren",)]
        assert made == ["ida", "per"]
        assert len(accounts.list_accounts(desk)) == 7

    def test_tab_goes_through_the_rows_before_what_is_done_with_them(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(desk))
        section.several_button.click()
        form = section.several
        stops: list[QWidget] = []
        here: QWidget | None = form.everybody
        while here is not None and here is not form.leave_button:
            stops.append(here)
            here = here.nextInFocusChain()
            assert here is not form.everybody
        wanted = [part for row in form.rows for part in (row.wanted, row.user, row.role)]
        assert [one for one in stops if one in wanted or one is form.make_button] == [*wanted, form.make_button]

    def test_passwords_that_nobody_has_are_not_thrown_away_unasked(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(desk))
        handed = section.handed
        section.hand_over([Slip("Anna Berg", "anna", "bafefi-dodigu")])
        handed.leave_button.click()
        assert handed.slips
        assert "Anna Berg" in handed.question.findChildren(QLabel)[1].text()
        handed.question.leave_button.click()
        assert handed.slips
        handed.leave_button.click()
        handed.question.accept_button.click()
        assert handed.slips == ()
        for take in (self._print, lambda one: one.seen.setChecked(True)):
            section.hand_over([Slip("Anna Berg", "anna", "bafefi-dodigu")])
            take(handed)
            handed.leave_button.click()
            assert handed.slips == ()

    def _print(self, handed: HandedOver) -> None:
        handed.print_button.click()
        shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow))
        shown.printed.emit()
        shown.close()

    def test_the_list_is_in_the_order_of_the_names_it_shows(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(desk))
        accounts.end_account(desk, user="anna")
        section.refresh()
        names = [one.full_name for one in section.table.rows_model.rows]
        assert names == [*sorted(names[:-1], key=sort_key), "Anna"]

    def test_an_account_is_changed_and_the_change_taken_back(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(desk))
        assert section.table.select_where(lambda one: one.user == "bo")
        section.change_button.click()
        form = section.form
        assert (form.user.text(), form.user.isReadOnly(), form.full_name.text()) == ("bo", True, "Bo")
        assert not form.password.isVisibleTo(form)
        form.full_name.setText("Bo Ek")
        form.role.setCurrentIndex(form.role.findData(Role.READER.value))
        form.all_units.setChecked(False)
        form.units.set_values(["solgarden"])
        form.add_button.click()
        kept = account(desk, "bo")
        assert (kept.full_name, kept.role, kept.units, kept.member) == ("Bo Ek", Role.READER, ("solgarden",), "bo-ek")
        assert "Gäller: Solgården" in section.facts.text()
        section.place.undo()
        assert (account(desk, "bo").full_name, account(desk, "bo").role) == ("Bo", Role.CARE_STAFF)
        assert "Gäller: alla enheter" in section.facts.text()

    def test_the_last_enhetschef_keeps_her_role_in_the_form_too(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(desk))
        section.change_button.click()
        section.form.role.setCurrentIndex(section.form.role.findData(Role.READER.value))
        section.form.add_button.click()
        assert "sista enhetschefen" in section.form.fault.text()
        section.form.leave_button.click()
        assert account(desk, "chef").role is Role.MANAGER

    def test_a_forgotten_password_is_reset_and_it_shows_who_has_not_come_in(
        self, desk: Desk, database: Path, open_page: Open
    ) -> None:
        section = self.section(open_page(desk))
        assert section.table.select_where(lambda one: one.user == "bo")
        section.reset_button.click()
        section.question.accept_button.click()
        slip = section.handed.slips[0]
        section.handed.leave()
        assert "Har inte loggat in" in section.waiting.text()
        assert section.waiting.isVisibleTo(section)
        columns = section.table.rows_model.columns
        told = {one.user: [part.text(one) for part in columns] for one in section.table.rows_model.rows}
        assert told["bo"] == ["Bo", "bo", "Omvårdnadspersonal", "Inte inne än"]
        assert told["siv"][2:] == ["Sekreterare", "Aktivt"]
        desk.close()
        with pytest.raises(AccessDenied, match="wrong_password"):
            access.log_in(surroundings(), database, user="bo", password=PASSWORD)
        access.log_in(surroundings(), database, user="bo", password=slip.password, own_password=OWN).close()

    def test_an_enhetschef_of_one_unit_leaves_the_accounts_of_others_alone(self, desk: Desk, open_page: Open) -> None:
        units.add_unit(desk, name="Fyren", setting=Setting.GRUPPBOSTAD)
        section = self.section(open_page(seated(desk, Role.MANAGER, units=frozenset({"fyren"}))))
        assert section.table.select_where(lambda one: one.user == "bo")
        assert "inte når" in section.facts.text()
        for hidden in (section.change_button, section.reset_button, section.end_button):
            assert not hidden.isVisibleTo(section)
        section.new_button.click()
        assert not section.form.all_units.isVisibleTo(section.form)
        assert section.form.units.isVisibleTo(section.form)

    def test_ending_an_account_tells_first_what_it_means(self, desk: Desk, database: Path, open_page: Open) -> None:
        section = self.section(open_page(desk))
        assert section.table.select_where(lambda one: one.user == "bo")
        section.end_button.click()
        assert "kan inte öppna databasen mer" in section.question.findChildren(type(section.facts))[1].text()
        section.question.accept_button.click()
        assert not next(one for one in accounts.list_accounts(desk) if one.user == "bo").active
        assert "avslutat" in section.facts.text()
        desk.close()
        with pytest.raises(AccessDenied):
            access.log_in(surroundings(), database, user="bo", password=PASSWORD)

    def test_ones_own_account_cannot_be_ended(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(desk))
        assert section.table.select_where(lambda one: one.user == "chef")
        assert not section.end_button.isVisibleTo(section)
        assert "ditt eget konto" in section.facts.text()


class TestSecurity:
    def section(self, page: SettingsPage) -> SecuritySection:
        page.show_key("security")
        assert isinstance(page.section, SecuritySection)
        return page.section

    def test_the_password_is_changed(self, desk: Desk, database: Path, open_page: Open) -> None:
        section = self.section(open_page(desk))
        section.old.setText("fel")
        section.new.setText("en helt ny fras 88")
        section.again.setText("en annan ny fras 88")
        section.change_button.click()
        assert "olika" in section.password_fault.text()
        section.again.setText("en helt ny fras 88")
        section.change_button.click()
        assert section.password_fault.text() == "Det nuvarande lösenordet stämmer inte."
        section.old.setText(PASSWORD)
        section.change_button.click()
        assert (section.old.text(), section.new.text(), section.again.text()) == ("", "", "")
        desk.close()
        access.log_in(surroundings(), database, user="chef", password="en helt ny fras 88").close()

    def test_a_new_recovery_key_is_shown_printed_and_typed_back(
        self, desk: Desk, database: Path, open_page: Open
    ) -> None:
        section = self.section(open_page(desk))
        section.issue_button.click()
        section.question.accept_button.click()
        key = section.shown_key.text()
        assert key
        section.print_button.click()
        papers = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.pages]
        assert papers
        pages = papers[-1].pages
        assert pages is not None
        assert all(group in pages.text(0) for group in key.split("-"))
        section.typed_key.setText("nej")
        section.check_button.click()
        assert "stämmer inte" in section.key_state.text()
        section.typed_key.setText(key.lower().replace("-", " "))
        section.check_button.click()
        assert section.shown_key.text() == ""
        assert "förseglat kuvert" in section.key_state.text()
        desk.close()
        access.recover(surroundings(), database, user="chef", typed_key=key, new_password="en helt ny fras 88").close()

    def test_the_idle_lock_is_each_persons_own(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(desk))
        told: list[str] = []
        section.place.changed.connect(told.append)
        section.minutes.setValue(90)
        assert preferences.get_preference(desk, name="idle_minutes") == 60
        assert told == ["preferences"]
        assert preferences.get_preference(seated(desk, Role.READER), name="idle_minutes") is None

    def test_staff_see_no_recovery_key(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(seated(desk, Role.CARE_STAFF)))
        assert not hasattr(section, "issue_button")

    def test_who_reaches_some_units_is_told_who_has_the_recovery_key(self, desk: Desk, open_page: Open) -> None:
        section = self.section(open_page(seated(desk, Role.MANAGER, units=frozenset({"solgarden"}))))
        assert not hasattr(section, "issue_button")
        said = "\n".join(one.text() for one in section.findChildren(QLabel) if one.isVisibleTo(section))
        assert "Be en enhetschef med alla enheter" in said


class TestLookAndData:
    def test_look_and_rail_are_kept_and_told(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        page.show_key("look")
        section = page.section
        assert isinstance(section, LookSection)
        told: list[str] = []
        section.place.changed.connect(told.append)
        section.looks["dark"].click()
        section.narrow.click()
        assert preferences.get_preference(desk, name="look") == "dark"
        assert preferences.get_preference(desk, name="rail") == "narrow"
        assert told == ["preferences", "preferences"]

    def data(self, page: SettingsPage) -> DataSection:
        page.show_key("data")
        assert isinstance(page.section, DataSection)
        return page.section

    def test_the_check_tells_that_all_is_well_and_changes_nothing(
        self, desk: Desk, database: Path, open_page: Open
    ) -> None:
        section = self.data(open_page(desk))
        before = files_of(database.parent)
        section.check.button.click()
        assert f"{FILE} är hel" in section.check.result.text()
        assert files_of(database.parent) == before

    def test_the_check_finds_a_damaged_page(self, desk: Desk, database: Path, open_page: Open) -> None:
        section = self.data(open_page(desk))
        content = bytearray(database.read_bytes())
        content[-2000] ^= 0xFF
        database.write_bytes(bytes(content))
        section.check.button.click()
        assert "skadad" in section.check.result.text()

    def test_export_writes_everything_and_the_log(self, desk: Desk, tmp_path: Path, open_page: Open) -> None:
        section = self.data(open_page(desk))
        section.export_to(tmp_path / "allt.json")
        assert '"teammote-1"' in (tmp_path / "allt.json").read_text(encoding="utf-8")
        assert "inte krypterad" in section.export.result.text()
        assert ("export", "document", "kund-1") in audit_rows(desk)

    def test_about_tells_where_the_database_lies_and_the_terms(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        page.show_key("about")
        assert page.section.accessibleName() == "Om Teamforum"
        lines = [one.text() for one in page.section.findChildren(QLineEdit)]
        assert str(desk.store.address) in lines


def test_a_unit_may_be_gone_to_before_the_units_are_read(desk: Desk, qtbot: QtBot) -> None:
    units.add_unit(desk, name="Alen", setting=Setting.BOENDESTOD)
    runner = ThreadRunner()
    place = Workplace(desk, surroundings(), runner, Theme(dark=False))
    page = SettingsPage(place)
    qtbot.addWidget(page)
    page.refresh()
    page.show_key("forums:solgarden")
    page.refresh()
    forums = page.section
    assert isinstance(forums, ForumsSection)
    qtbot.waitUntil(lambda: forums.list.count() > 0)
    runner.wait()
    assert forums.unit.currentText() == "Solgården"
    assert forums.list.item(2).text().startswith("Teammöte")
    page.show_key("units:solgarden")
    runner.wait()
    section = page.section
    assert isinstance(section, UnitsSection)
    assert section.form.name.text() == "Solgården"
