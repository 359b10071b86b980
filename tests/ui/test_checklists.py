"""Checklistor as people use them: begun in three keys, ticked off with Space, noted in, printed, and seen on Idag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.domain.checklist_runs import Run, RunStatus
from app.domain.roles import Role
from app.services import checklist_runs, checklists, drafts, meetings
from app.services.desk import Desk
from app.ui.checklists.page import ChecklistsPage
from app.ui.papers.checklists import draw_blank, draw_run
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.walk_steps import settle_down
from app.ui.widgets.pages import Page
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY, seated, sit_down

Show = Callable[[type[Page], Desk], Page]


@pytest.fixture
def page(show_page: Callable[[type[ChecklistsPage], Desk], ChecklistsPage], desk: Desk) -> ChecklistsPage:
    """The enhetschef's page."""
    return show_page(ChecklistsPage, desk)


def begun(page: ChecklistsPage, template: str = "forbereda-mote", **given: object) -> Run:
    """A list begun past the window, and shown."""
    desk = page.place.desk
    run = checklist_runs.start_run(desk, template=template, unit="solgarden", **given).value  # type: ignore[arg-type]
    page.refresh()
    page.show_key(run.key)
    return run


def kept(page: ChecklistsPage, key: str) -> Run:
    return checklists.get_run(page.place.desk, key=key).run


def press(page: ChecklistsPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.panel.steps, key)


def ask(page: ChecklistsPage, text: str) -> QPushButton:
    """The button of an answer that is shown now."""
    settle_down()
    return next(
        one for one in page.panel.questions.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisible()
    )  # fmt: skip


def test_an_empty_page_teaches_and_a_list_is_begun_in_three_keys(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    QTest.keyClick(window, Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    page = frame.page
    assert isinstance(page, ChecklistsPage)
    assert frame.rail._entries["checklists"].isChecked()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = page.new_dialog
    first = dialog.template.currentText()
    QTest.keyClick(dialog.template, Qt.Key.Key_Down)
    assert dialog.template.currentText() != first
    QTest.keyClick(dialog.template, Qt.Key.Key_Return)
    (row,) = checklists.list_runs(frame.place.desk)
    assert row.title == dialog.template.currentText()
    assert page.panel.title.text() == row.title
    frame.undo()
    assert checklists.list_runs(frame.place.desk) == ()
    assert page.panel.isHidden()


def test_steps_are_ticked_with_space_and_taken_back_one_by_one(page: ChecklistsPage) -> None:
    run = begun(page, due=TODAY - dt.timedelta(days=0))
    press(page, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space)
    assert kept(page, run.key).settled == 2
    assert page.panel.state.text() == f"2 av {len(run.steps)} · klart senast i dag"
    assert page.panel.step_panel.position == 1
    page.place.undo()
    page.place.undo()
    assert kept(page, run.key) == run
    press(page, Qt.Key.Key_Space, Qt.Key.Key_Space)
    assert kept(page, run.key).settled == 0


def test_a_note_and_who_does_it_are_kept_when_one_goes_on(page: ChecklistsPage) -> None:
    run = begun(page)
    press(page, Qt.Key.Key_Return)
    panel = page.panel.step_panel
    panel.note.setPlainText("Rum 2")
    panel.who.set_person("bo-ek")
    press(page, Qt.Key.Key_Down)
    step = kept(page, run.key).steps[0]
    assert (step.note, step.responsible) == ("Rum 2", "bo-ek")
    page.place.undo()
    assert kept(page, run.key).steps[0].note is None


def test_what_is_being_typed_is_a_draft_and_is_put_back(page: ChecklistsPage, show_page: Show) -> None:
    run = begun(page)
    page.panel.step_panel.note.setPlainText("Halv mening")
    page.place.leaving.emit()
    (note,) = drafts.list_drafts(page.place.desk)
    assert (note.kind, note.key, note.heading, note.gone) == ("checklist", f"{run.key}/0", run.name, False)
    again = show_page(ChecklistsPage, page.place.desk)
    assert isinstance(again, ChecklistsPage)
    again.show_key(note.key)
    assert again.panel.step_panel.note.toPlainText() == "Halv mening"
    again.settle()
    assert kept(page, run.key).steps[0].note == "Halv mening"
    assert drafts.list_drafts(page.place.desk) == ()


def test_what_a_colleague_changes_meanwhile_does_not_take_the_note_away(page: ChecklistsPage) -> None:
    run = begun(page)
    page.panel.step_panel.note.setPlainText("Min text")
    anna = sit_down(page.place.desk, "anna")
    checklist_runs.tick_step(anna, key=run.key, position=3, expected_version=1)
    page.refresh()
    assert page.panel.step_panel.note.toPlainText() == "Min text"
    page.settle()
    found = kept(page, run.key)
    assert (found.steps[0].note, found.steps[3].done_by) == ("Min text", "anna-berg")


def test_a_key_that_meets_a_colleagues_change_is_told_and_the_next_one_works(
    page: ChecklistsPage, heard: list[str]
) -> None:
    run = begun(page)
    anna = sit_down(page.place.desk, "anna")
    checklist_runs.tick_step(anna, key=run.key, position=3, expected_version=1)
    press(page, Qt.Key.Key_Space)
    assert any("Någon annan har ändrat" in one for one in heard)
    press(page, Qt.Key.Key_Space)
    assert kept(page, run.key).settled == 2


def test_a_step_that_is_not_called_for_says_why(page: ChecklistsPage) -> None:
    run = begun(page)
    panel = page.panel.step_panel
    panel.ask_skip()
    panel.question.accept()
    assert panel.question.fault.text()
    panel.question.reason.setPlainText("Ingen är på distans")
    panel.question.accept()
    assert kept(page, run.key).steps[0].skipped == "Ingen är på distans"
    assert panel.state.text() == "Ej aktuellt: Ingen är på distans"


def test_a_list_is_finished_when_nothing_is_left_and_given_up_with_a_reason(page: ChecklistsPage) -> None:
    run = begun(page)
    assert page.panel.finish_button.isHidden()
    for _ in run.steps:
        press(page, Qt.Key.Key_Space, Qt.Key.Key_Down)
    assert not page.panel.finish_button.isHidden()
    page.panel.finish_button.click()
    assert kept(page, run.key).status is RunStatus.DONE
    page.panel.reopen_button.click()
    page.panel.ask_abandon()
    page.panel.question.reason.setPlainText("Mötet blev inställt")
    page.panel.question.accept()
    assert kept(page, run.key).reason == "Mötet blev inställt"
    assert page.table.rows_model.rows == []


def test_whose_it_is_and_until_when_is_changed(page: ChecklistsPage) -> None:
    run = begun(page)
    page.panel.ask_change()
    question = page.panel.change_question
    question.owner.set_person("anna-berg")
    question.due.setText("12/3")
    question.about.setText("APT i mars")
    question.meeting.setCurrentIndex(question.meeting.findData("teammote-1"))
    question.accept()
    found = kept(page, run.key)
    assert (found.owner, found.due, found.about, found.meeting) == (
        "anna-berg", dt.date(2026, 3, 12), "APT i mars", "teammote-1"
    )  # fmt: skip
    assert "Teammöte Norr" in page.panel.meeting_button.accessibleName()


def test_a_step_becomes_a_point_on_a_meeting(page: ChecklistsPage) -> None:
    run = begun(page)
    visits: list[tuple[str, str]] = []
    page.place.visit.connect(lambda where, key: visits.append((where, key)))
    page.panel.step_panel.ask_meeting()
    page.panel.step_panel.meeting_question.accept()
    item = kept(page, run.key).steps[0].item
    assert item in {one.key for one in meetings.get_meeting(page.place.desk, key="teammote-1").value.items}
    page.panel.step_panel.meeting_button.click()
    assert visits == [("meeting", f"teammote-1#{item}")]


def test_the_decision_aid_leads_to_a_day(page: ChecklistsPage) -> None:
    run = begun(page, "vardgaranti", customer="kund-1")
    assert page.panel.steps.isHidden()
    assert "1101 AB" in page.panel.meta.text()
    for answer in ("Ja", "Ja", "Nej, ett känt problem", "Ja"):
        ask(page, answer).click()
    assert kept(page, run.key).limit == TODAY + dt.timedelta(days=3)
    settle_down()
    told = [one.text() for one in page.panel.questions.findChildren(type(page.title)) if not one.isHidden()]
    assert "Medicinsk bedömning senast tor 5 mars" in told
    assert not page.panel.steps.isHidden()
    ask(page, "Ändra förra svaret").click()
    assert kept(page, run.key).steps == ()
    page.place.undo()
    assert kept(page, run.key).answers == (0, 0, 1, 0)


def test_idag_shows_what_is_hers_within_the_week(desk: Desk, show_page: Show) -> None:
    desk = seated(desk, Role.MANAGER, member="eva-chef")
    run = checklist_runs.start_run(
        desk, template="forbereda-mote", unit="solgarden", about="APT", due=TODAY + dt.timedelta(days=1)
    ).value
    page = show_page(TodayPage, desk)
    visits: list[tuple[str, str]] = []
    page.place.visit.connect(lambda where, key: visits.append((where, key)))
    (row,) = [one for one in page.findChildren(OpenRow) if run.title in one.accessibleName()]
    assert row.accessibleName().endswith("i morgon")
    row.click()
    assert visits == [("checklists", f"{run.key}/0")]


def test_a_reader_reads_and_a_colleague_of_another_ward_sees_no_customer(
    page: ChecklistsPage, desk: Desk, show_page: Show
) -> None:
    run = begun(page, customer="kund-4")
    for user in ("lena", "bo"):
        other = show_page(ChecklistsPage, sit_down(desk, user))
        assert isinstance(other, ChecklistsPage)
        other.show_key(run.key)
        assert other.panel.step_panel.tick_button.isHidden()
        assert "1201" not in other.panel.meta.text()
        assert "kund" in other.panel.meta.text()
        other.panel.steps.setFocus()
        QTest.keyClick(other.panel.steps, Qt.Key.Key_Space)
        assert kept(page, run.key).settled == 0
        assert other.new_button.isVisible() == (user == "bo")


def test_papers(page: ChecklistsPage) -> None:
    run = begun(page, customer="kund-1")
    paper = draw_run(page.place.desk, key=run.key)
    assert paper.title == f"Checklista: {run.name}"
    assert "kund" not in paper.file_name
    assert draw_blank(page.place.desk, template="vardgaranti", unit="solgarden").data.startswith(b"%PDF")
    page.panel.print_button.click()
    page.blank_button.click()
    assert len(page.menu.actions()) == 5
    page.menu.close()


def test_the_finder_offers_it(window: MainWindow) -> None:
    frame = window.frame
    assert frame is not None
    frame.visit("checklists", "new:vardgaranti")
    page = frame.page
    assert isinstance(page, ChecklistsPage)
    assert page.new_dialog.template.currentData() == "vardgaranti"
    page.new_dialog.first.setText("1/3")
    page.new_dialog.accept()
    (row,) = checklists.list_runs(frame.place.desk)
    assert row.started_on == dt.date(2026, 3, 1)
