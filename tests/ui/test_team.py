"""The team's page as a person uses it: each gesture in the real widgets, its result read through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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
    QListWidget,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.catalogue import Setting
from app.domain.meetings import Action
from app.domain.roles import Role
from app.domain.team import Member
from app.services import actions, customers, meetings, team, units
from app.services.desk import Desk
from app.services.drafts import read_draft
from app.ui.registers.leaving import Leaving
from app.ui.registers.merging import MergeQuestion
from app.ui.registers.team import TeamPage
from tests.support import FILE, TODAY, log_in, make_database, seated

Open = Callable[[Desk], TeamPage]


@pytest.fixture
def open_page(show_page: Callable[[type[TeamPage], Desk], TeamPage]) -> Open:
    """The page at a desk."""
    return lambda desk: show_page(TeamPage, desk)


def names(page: TeamPage) -> list[str]:
    return [row.value.name for row in page.table.rows_model.rows]


def choose(page: TeamPage, name: str) -> None:
    assert page.table.select_where(lambda row: row.value.name == name)


def pick(box: QComboBox, value: str, *, role: int = int(Qt.ItemDataRole.UserRole)) -> None:
    index = box.findData(value, role)
    assert index >= 0
    box.setCurrentIndex(index)
    box.activated.emit(index)


def shown(page: QWidget, text: str) -> QAbstractButton:
    QApplication.processEvents()
    return next(one for one in page.findChildren(QAbstractButton) if one.accessibleName() == text and one.isVisible())


class TestList:
    def test_members_stand_by_name_with_profession_and_wards(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        assert names(page) == ["Anna Berg", "Bo Ek", "Cia Dahl", "Dan Falk", "Eva Chef", "Gun Holm"]
        model = page.table.rows_model
        cells = [[model.index(row, column).data() for column in range(4)] for row in (0, 5)]
        assert cells == [
            ["Anna Berg", "Sjuksköterska, leg.", "Alla", ""],
            ["Gun Holm", "Undersköterska", "Norr, Söder", "Natt"],
        ]

    def test_words_and_wards_narrow_the_list(self, desk: Desk, open_page: Open, qtbot: QtBot) -> None:
        page = open_page(desk)
        QTest.keyClicks(page.filter.search, "falk")
        qtbot.waitUntil(lambda: names(page) == ["Dan Falk"])
        page.filter.search.clear()
        qtbot.waitUntil(lambda: len(names(page)) == 6)
        shown(page, "Söder").click()
        assert names(page) == ["Cia Dahl", "Gun Holm"]
        shown(page, "Söder").click()
        assert len(names(page)) == 6

    def test_those_who_have_left_come_with_their_chip(self, desk: Desk, open_page: Open) -> None:
        stored = team.get_member(desk, key="dan-falk")
        team.save_member(desk, member=replace(stored.value, to=TODAY - dt.timedelta(days=3)), expected_version=1)
        page = open_page(desk)
        assert "Dan Falk" not in names(page)
        page.ended.click()
        assert "Dan Falk" in names(page)
        row = names(page).index("Dan Falk")
        assert page.table.rows_model.index(row, 4).data() == "Slutade fre 27 feb"

    def test_every_control_has_a_name(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Anna Berg")
        page.tabs.setCurrentIndex(1)
        kinds = (QPushButton, QCheckBox, QLineEdit, QComboBox, QListWidget, QTableView, QTabBar, QScrollArea)
        own = [one for one in page.findChildren(QWidget) if isinstance(one, kinds)]
        assert [one for one in own if not one.accessibleName()] == []


class TestForm:
    def test_a_new_member_is_kept_and_can_be_undone(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        shown(page, "Lägg till medarbetare").click()
        QTest.keyClicks(page.form.name, "Hans Lund")
        page.form.profession.setEditText("ssk")
        assert page.form.licensed.text() == "Legitimerad"
        assert page.form.units.values() == ("solgarden",)
        page.form.wards.set_values(["soder"])
        page.form.first_day.setText("2026-03-09")
        page.detail.save_button.click()
        kept = team.get_member(desk, key="hans-lund").value
        assert kept == Member(
            key="hans-lund", name="Hans Lund", profession="Sjuksköterska", units=("solgarden",), wards=("soder",),
            from_=dt.date(2026, 3, 9),
        )  # fmt: skip
        assert "Hans Lund" in names(page)
        assert page.detail.title.text() == "Hans Lund"
        page.place.undo()
        assert "Hans Lund" not in names(page)
        assert page.detail.key is None

    def test_a_change_is_kept_and_taken_back(self, desk: Desk, open_page: Open, heard: list[str]) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.form.phone.setText("040-12 34 56")
        page.form.night.click()
        page.detail.save_button.click()
        kept = team.get_member(desk, key="bo-ek")
        assert (kept.value.phone, kept.value.night, kept.version) == ("040-12 34 56", True, 2)
        assert heard == ["Bo Ek är sparad."]
        page.place.undo()
        assert team.get_member(desk, key="bo-ek").value.phone is None
        assert page.form.phone.text() == ""

    def test_what_is_missing_is_said_in_the_form(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.form.name.setText("  ")
        page.detail.save_button.click()
        assert page.detail.fault.text() == "Ange medarbetarens namn."
        page.form.name.setText("Bo Ek")
        page.form.last_day.setText("snart")
        page.detail.save_button.click()
        assert page.detail.fault.text() == "Ett datum går inte att läsa. Skriv till exempel 12/3."
        assert team.get_member(desk, key="bo-ek").version == 1

    def test_choosing_another_row_asks_about_unsaved_text(self, desk: Desk, open_page: Open, qtbot: QtBot) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.form.email.setText("bo@example.se")
        choose(page, "Dan Falk")
        assert page.detail.bar.isVisible()
        qtbot.waitUntil(lambda: (row := page.table.current_row()) is not None and row.value.name == "Bo Ek")
        assert page.form.email.text() == "bo@example.se"
        page.detail.bar.save.click()
        assert team.get_member(desk, key="bo-ek").value.email == "bo@example.se"
        assert page.detail.key == "dan-falk"

    def test_unsaved_text_can_be_thrown_away(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.form.email.setText("bo@example.se")
        choose(page, "Dan Falk")
        page.detail.bar.drop.click()
        assert page.detail.key == "dan-falk"
        assert team.get_member(desk, key="bo-ek").version == 1

    def test_a_refresh_leaves_unsaved_text_alone(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.form.email.setText("bo@example.se")
        page.refresh()
        assert page.form.email.text() == "bo@example.se"

    def test_a_lock_keeps_unsaved_text_as_a_draft(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.form.email.setText("bo@example.se")
        page.settle()
        later = open_page(desk)
        choose(later, "Bo Ek")
        assert later.form.email.text() == "bo@example.se"
        assert later.detail.bar.isVisible()
        later.detail.save_button.click()
        assert team.get_member(desk, key="bo-ek").value.email == "bo@example.se"
        assert read_draft(desk, kind="members", key="bo-ek") is None

    def test_somebody_elses_change_is_never_overwritten(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.form.email.setText("bo@example.se")
        before = team.get_member(desk, key="bo-ek")
        team.save_member(desk, member=replace(before.value, phone="112"), expected_version=1)
        page.detail.save_button.click()
        assert page.detail.fault.text().startswith("Någon annan har ändrat detta")
        assert team.get_member(desk, key="bo-ek").value.email is None
        assert page.form.email.text() == "bo@example.se"

    def test_only_who_may_write_gets_the_buttons(self, desk: Desk, open_page: Open) -> None:
        page = open_page(seated(desk, Role.CARE_STAFF))
        choose(page, "Bo Ek")
        assert not page.add_button_.isVisible()
        assert page.form.name.isReadOnly()
        assert not page.detail.save_button.isVisible()
        assert not page.leave_button.isVisible()


class TestFirst:
    def test_an_empty_team_says_how_to_begin(self, tmp_path: Path, open_page: Open) -> None:
        make_database(tmp_path / FILE)
        desk = log_in(tmp_path / FILE)
        page = open_page(desk)
        assert any("Här finns ingen medarbetare än." in text for text in words_of(page))
        shown(page, "Lägg till den första medarbetaren").click()
        page.form.name.setText("Anna Berg")
        page.detail.drop()
        assert any("Här finns ingen medarbetare än." in text for text in words_of(page))
        shown(page, "Lägg till den första medarbetaren").click()
        page.form.name.setText("Anna Berg")
        page.form.profession.setEditText("Sjuksköterska")
        page.detail.save_button.click()
        assert [row.value.key for row in team.list_members(desk)] == ["anna-berg"]
        desk.close()


class TestDays:
    def test_one_who_is_named_somewhere_is_not_removed(self, desk: Desk, open_page: Open, heard: list[str]) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.delete_button.click()
        assert heard == [
            "Medarbetaren finns i möten eller åtgärder och kan inte tas bort. Avsluta anställningen i stället."
        ]
        choose(page, "Dan Falk")
        page.delete_button.click()
        assert "Dan Falk" not in names(page)
        page.place.undo()
        assert "Dan Falk" in names(page)

    def test_leaving_hands_everything_over_in_one_list(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.leave_button.click()
        tool = page.detail.tool
        assert isinstance(tool, Leaving)
        assert "Saker att lämna över: 2" in tool.summary.text()
        pick(tool.to_all, "gun-holm")
        tool.last_day.setText("2026-03-31")
        tool.done.click()
        assert team.get_member(desk, key="bo-ek").value.to == dt.date(2026, 3, 31)
        held = customers.get_customer(desk, key="kund-1").value.contacts
        assert held is not None
        assert held.permanent_care_contact == "gun-holm"
        called = meetings.get_meeting(desk, key="teammote-1").value.participants
        assert "gun-holm" in called
        assert "bo-ek" not in called
        assert page.detail.tool is None

    def test_an_open_action_must_have_a_taker(self, desk: Desk, open_page: Open) -> None:
        give_action(desk, "bo-ek")
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.leave_button.click()
        tool = page.detail.tool
        assert isinstance(tool, Leaving)
        tool.done.click()
        assert tool.fault.text().startswith("Öppna åtgärder måste ha någon som tar över")
        assert team.get_member(desk, key="bo-ek").value.to is None
        pick(tool._choices[0], "anna-berg")
        tool.done.click()
        assert [row.responsible for row in actions.list_actions(desk)] == ["anna-berg"]

    def test_choosing_another_row_does_not_lose_the_hand_over(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.leave_button.click()
        tool = page.detail.tool
        assert isinstance(tool, Leaving)
        pick(tool.to_all, "gun-holm")
        choose(page, "Anna Berg")
        assert page.detail.tool is tool
        assert not page.detail.bar.save.isVisible()
        page.detail.bar.drop.click()
        assert page.detail.key == "anna-berg"
        assert team.get_member(desk, key="bo-ek").value.to is None

    def test_who_works_in_another_unit_too_is_read_alone_by_the_enhetschef_of_one(
        self, desk: Desk, open_page: Open
    ) -> None:
        units.add_unit(desk, name="Fyren", setting=Setting.GRUPPBOSTAD)
        gun = team.get_member(desk, key="gun-holm")
        team.save_member(desk, member=replace(gun.value, units=("solgarden", "fyren")), expected_version=gun.version)
        page = open_page(seated(desk, Role.MANAGER, units=frozenset({"solgarden"})))
        choose(page, "Gun Holm")
        assert not page._acts.isVisible()
        assert page.form.name.isReadOnly()
        assert "Arbetar även på en enhet" in page.form.name.toolTip()
        choose(page, "Bo Ek")
        assert page._acts.isVisible()
        assert not page.form.name.isReadOnly()
        assert page.form.name.toolTip() == ""
        page.merge_button.click()
        question = page.findChild(MergeQuestion)
        assert question is not None
        assert question.other.findData("gun-holm") < 0

    def test_two_rows_of_a_person_become_one(self, desk: Desk, open_page: Open) -> None:
        double = Member(key="", name="Bosse Ek", profession="Undersköterska", units=("solgarden",), phone="112")
        team.add_member(desk, member=double)
        page = open_page(desk)
        choose(page, "Bo Ek")
        page.merge_button.click()
        question = page.findChild(MergeQuestion)
        assert question is not None
        assert not question.accept_button.isEnabled()
        pick(question.other, "bosse-ek")
        question.accept_button.click()
        assert "Bosse Ek" not in names(page)
        assert team.get_member(desk, key="bo-ek").value.phone == "112"

    def test_import_leads_to_its_page(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        visits: list[tuple[str, str]] = []
        page.place.visit.connect(lambda name, key: visits.append((name, key)))
        shown(page, "Läs in från fil …").click()
        assert visits == [("settings", "import")]


class TestWards:
    def test_gaps_are_said_in_words_and_a_substitute_fills_one(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        page.tabs.setCurrentIndex(1)
        gap = "Norr saknar ersättare för sjuksköterska."
        assert gap in [one.sentence for one in team.team_gaps(desk, unit="solgarden")]
        assert gap in words_of(page.wards)
        pick(page.wards.substitutes["norr", "Sjuksköterska"], "dan-falk")
        ward = units.get_unit(desk, key="solgarden").value.ward("norr")
        assert ward is not None
        assert [(one.profession, one.member) for one in ward.substitutes] == [("Sjuksköterska", "dan-falk")]
        assert gap not in words_of(page.wards)
        page.place.undo()
        assert gap in words_of(page.wards)

    def test_the_other_wards_keep_their_substitutes(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        page.tabs.setCurrentIndex(1)
        pick(page.wards.substitutes["norr", "Sjuksköterska"], "dan-falk")
        pick(page.wards.substitutes["soder", "Fysioterapeut"], "anna-berg")
        pick(page.wards.substitutes["norr", "Sjuksköterska"], "")
        wards = units.get_unit(desk, key="solgarden").value.wards
        assert [[one.member for one in ward.substitutes] for ward in wards] == [[], ["anna-berg"]]

    def test_a_ward_chip_shows_only_that_ward(self, desk: Desk, open_page: Open) -> None:
        page = open_page(desk)
        page.tabs.setCurrentIndex(1)
        shown(page, "Söder").click()
        assert {ward for ward, _ in page.wards.substitutes} == {"soder"}


def words_of(shown_part: QWidget) -> list[str]:
    QApplication.processEvents()
    return [one.text() for one in shown_part.findChildren(QLabel) if one.isVisible()]


def give_action(desk: Desk, member: str) -> None:
    """Let the member have an open action from the teammöte."""
    stored = meetings.get_meeting(desk, key="teammote-1")
    first, *others = stored.value.items
    acted = replace(first, actions=(Action(key="", text="Ring apoteket", responsible=member),))
    opened = replace(stored.value, items=(acted, *others))
    meetings.save_meeting(desk, meeting=opened, expected_version=stored.version)
