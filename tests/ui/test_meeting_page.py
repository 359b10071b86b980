"""The meeting's page as people use it: agenda, live minutes, drafts, colleagues at the same time, approval."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QRadioButton
from pytestqt.qtbot import QtBot

from app.domain.errors import StorageFault
from app.domain.meetings import AttendanceStatus, ItemKind, Meeting, MeetingStatus
from app.domain.people import Outsider
from app.domain.roles import Role
from app.services import meetings
from app.services.access import Surroundings
from app.services.desk import Desk
from app.services.drafts import read_draft
from app.services.handing_on import hand_on
from app.services.proposals import propose_meeting
from app.ui.application import make_window
from app.ui.meetings.card_kinds import NO_INSTRUMENT, ActionCard, DecisionCard, QuestionCard
from app.ui.meetings.clash import ClashDialog
from app.ui.meetings.editor import DRAFT_MS
from app.ui.meetings.page import MeetingPage
from app.ui.operations import ThreadRunner
from app.ui.shell import MainWindow
from app.ui.widgets.fields import PersonField
from app.ui.widgets.texts import TextField
from tests import support

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: MainWindow) -> MeetingPage:
    """The teammöte of Norr."""
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    return found


def desk_of(page: MeetingPage) -> Desk:
    return page.place.desk


def stored(page: MeetingPage) -> Meeting:
    return meetings.get_meeting(desk_of(page), key="teammote-1").value


def colleague_writes(page: MeetingPage, key: str, text: str) -> None:
    colleague = support.seated(desk_of(page), Role.MANAGER)
    found = meetings.get_meeting(colleague, key="teammote-1")
    items = tuple(replace(item, notes=text) if item.key == key else item for item in found.value.items)
    meetings.save_meeting(colleague, meeting=replace(found.value, items=items), expected_version=found.version)


def dialog() -> QDialog:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    assert found, "no dialog is open"
    return found[-1]


def start(page: MeetingPage, point: str) -> None:
    page.steps.start()
    page.agenda.choose(point)


def test_text_that_met_a_short_break_is_saved_though_nobody_tells_of_the_break(
    page: MeetingPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.agenda.choose("punkt-1")
    page.point.note.setPlainText("Skrivet i ett avbrott")
    with monkeypatch.context() as broken:
        broken.setattr(meetings, "save_meeting", lambda *_, **__: lose_contact())
        page.editor.save()
    assert page.editor.dirty
    assert page.editor._save_timer.isActive()
    page.editor._save_timer.start(1)
    qtbot.waitUntil(lambda: not page.editor.dirty, timeout=5000)
    assert stored(page).items[0].notes == "Skrivet i ett avbrott"


def lose_contact() -> None:
    raise StorageFault("connection_lost")


def test_a_point_is_added_with_its_heading_and_enter(window: MainWindow, page: MeetingPage) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    assert page.agenda.new_point.hasFocus() or page.agenda.new_point.isVisible()
    page.agenda.new_point.setText("Nycklar till förrådet")
    QTest.keyClick(page.agenda.new_point, Qt.Key.Key_Return)
    added = stored(page).items[-1]
    assert (added.heading, added.kind, added.raised_by) == (
        "Nycklar till förrådet",
        ItemKind.ADDED,
        Outsider("Eva Chef"),
    )


def test_ctrl_z_takes_the_point_back_and_leaves_what_was_written_since(window: MainWindow, page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.agenda.new_point.setText("Fel punkt")
    page.agenda._add()
    page.agenda.choose("punkt-2")
    page.point.note.setPlainText("Sover bra.")
    assert window.frame is not None
    page.agenda.points.setFocus()
    window.frame.undo()
    assert "Fel punkt" not in [item.heading for item in stored(page).items]
    item = stored(page).item("punkt-2")
    assert item is not None
    assert item.notes == "Sover bra."


def test_points_are_moved_with_the_keyboard(page: MeetingPage) -> None:
    page.agenda.choose("punkt-4")
    QTest.keyClick(page.agenda.points, Qt.Key.Key_Up, ALT)
    assert [item.key for item in stored(page).items] == ["punkt-1", "punkt-2", "punkt-4", "punkt-3"]
    assert page.agenda.points.currentRow() == 2


def test_planned_minutes_are_held_against_the_meetings_length(page: MeetingPage) -> None:
    for key, minutes in (("punkt-2", 20), ("punkt-3", 15)):
        page.agenda.choose(key)
        page.point.minutes.setValue(minutes)
    assert page.agenda.sum.text() == "35 av 30 min planerade, 5 för mycket"
    assert page.agenda.bar.property("over") is True


def test_a_live_meeting_is_written_without_the_mouse(window: MainWindow, page: MeetingPage, qtbot: QtBot) -> None:
    start(page, "punkt-2")
    page.point.note.setFocus()
    QTest.keyClicks(page.point.note, "Mer stel efter fallet")
    QTest.keyClick(page, Qt.Key.Key_B, CTRL)
    decision = page.cards._shown(DecisionCard)[0]
    decision.text.setPlainText("Ny förflyttningsplan.")
    QTest.keyClick(page, Qt.Key.Key_T, CTRL)
    action = page.cards._shown(ActionCard)[0]
    action.text.setPlainText("Skriv planen")
    action.who.setCurrentIndex(action.who.findData("dan-falk"))
    action.who._tell()
    action.due.setText("fre")
    action.due._read()
    QTest.keyClick(page, Qt.Key.Key_R, CTRL)
    question = page.cards._shown(QuestionCard)[0]
    question.text.setPlainText("Vem tar med hjälpmedlet?")
    question.answer.setPlainText("Dan gör det.")
    QTest.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert page.agenda.points.currentRow() == 2
    page.editor.save()
    item = stored(page).item("punkt-2")
    assert item is not None
    assert (item.notes, item.decisions) == ("Mer stel efter fallet", ("Ny förflyttningsplan.",))
    assert (item.actions[0].text, item.actions[0].responsible) == ("Skriv planen", "dan-falk")
    assert item.actions[0].due == support.TODAY.replace(day=6)
    assert (item.questions[0].answer, item.questions[0].answered_on) == ("Dan gör det.", support.TODAY)


def test_typed_text_is_a_draft_within_two_seconds(page: MeetingPage, qtbot: QtBot) -> None:
    assert DRAFT_MS < 2000
    start(page, "punkt-2")
    page.point.note.setPlainText("Halvskriven mening")
    qtbot.waitUntil(lambda: read_draft(desk_of(page), kind="meeting", key="teammote-1") is not None, timeout=2000)
    draft = read_draft(desk_of(page), kind="meeting", key="teammote-1")
    assert draft is not None
    assert "Halvskriven mening" in draft.content
    page.editor.save()
    assert read_draft(desk_of(page), kind="meeting", key="teammote-1") is None


def test_after_a_crash_the_text_is_offered_back_to_her_alone(window: MainWindow, page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.point.note.setPlainText("Före strömavbrottet")
    page.editor.keep_draft()
    page.editor.meeting = page.editor._base  # the window is gone: nothing of the text is left but the draft
    page.editor._stop()
    assert window.frame is not None
    window.frame.settle = lambda: None  # type: ignore[method-assign]
    window.lock()
    window.entrance.try_log_in("anna", support.PASSWORD)
    window.frame.visit("meeting", "teammote-1")
    other = window.frame.page
    assert isinstance(other, MeetingPage)
    assert other._offer.isHidden()
    window.lock()
    window.entrance.try_log_in("chef", support.PASSWORD)
    window.frame.visit("meeting", "teammote-1")
    mine = window.frame.page
    assert isinstance(mine, MeetingPage)
    assert not mine._offer.isHidden()
    mine._offer.take()
    item = stored(mine).item("punkt-2")
    assert item is not None
    assert item.notes == "Före strömavbrottet"


def test_locking_keeps_what_is_being_typed(window: MainWindow, page: MeetingPage, database: Path) -> None:
    start(page, "punkt-2")
    page.point.note.setPlainText("Mitt i en mening")
    window.lock()
    desk = support.log_in(database)
    item = meetings.get_meeting(desk, key="teammote-1").value.item("punkt-2")
    desk.close()
    assert item is not None
    assert item.notes == "Mitt i en mening"


def test_two_people_at_different_points_lose_nothing(page: MeetingPage) -> None:
    start(page, "punkt-2")
    colleague_writes(page, "punkt-3", "Kollegans text")
    page.point.note.setPlainText("Min text")
    page.editor.save()
    assert [item.notes for item in stored(page).items] == [None, "Min text", "Kollegans text", None]


def test_two_people_at_the_same_point_choose(page: MeetingPage) -> None:
    start(page, "punkt-2")
    colleague_writes(page, "punkt-2", "Kollegans text")
    page.point.note.setPlainText("Min text")
    page.editor.save()
    shown = dialog()
    assert isinstance(shown, ClashDialog)
    choices = {one.accessibleName(): one for one in shown.findChildren(QRadioButton)}
    assert [name for name, one in choices.items() if one.isChecked()] == ["Båda texterna, den andras först, 1101 AB"]
    choices["Bara min text, 1101 AB"].click()
    assert sum(one.isChecked() for one in choices.values()) == 1
    shown.accept_button.click()
    item = stored(page).item("punkt-2")
    assert item is not None
    assert item.notes == "Min text"


def test_both_texts_are_saved_unless_one_is_chosen(page: MeetingPage) -> None:
    start(page, "punkt-2")
    colleague_writes(page, "punkt-2", "Kollegans text")
    page.point.note.setPlainText("Min text")
    page.editor.save()
    shown = dialog()
    assert isinstance(shown, ClashDialog)
    shown.accept_button.click()
    item = stored(page).item("punkt-2")
    assert item is not None
    assert item.notes == "Kollegans text\nMin text"


def test_attendance_with_absence_and_substitute(page: MeetingPage) -> None:
    page.steps.start()
    panel = page.attendance
    page.show_part(panel)
    people = {one.person: one for one in panel._people()}
    people["anna-berg"].set_state("excused")
    people["bo-ek"].set_state("present")
    panel.newcomer.set_person("gun-holm")
    panel._add()
    people = {one.person: one for one in panel._people()}
    people["gun-holm"].stands_for.set_person("anna-berg")
    panel.tell()
    panel.newcomer.set_person(Outsider("Per Läkare"))
    panel._add()
    page.editor.save()
    found = {one.member or one.name: one for one in stored(page).attendance}
    assert found["anna-berg"].status is AttendanceStatus.EXCUSED
    assert found["gun-holm"].substitute_for == "anna-berg"
    assert found["Per Läkare"].co_opted


def test_approval_asks_who_wrote_then_locks(page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.point.note.setPlainText("Klart.")
    page.steps.close()
    page.steps.approve()
    shown = dialog()
    secretary = shown.findChildren(PersonField)[0]
    secretary.set_person("bo-ek")
    shown.accept()
    meeting = stored(page)
    assert (meeting.status, meeting.secretary) == (MeetingStatus.APPROVED, "bo-ek")
    page.agenda.choose("punkt-2")
    assert page.point.note.isReadOnly()
    assert page.steps.primary.isHidden()
    assert page.place.undo_phrase == ""
    page.closing.addition.setPlainText("Rätt datum är 5 mars.")
    page.closing._add_addition()
    assert [one.text for one in stored(page).additions] == ["Rätt datum är 5 mars."]


def test_the_next_meeting_takes_over(page: MeetingPage, window: MainWindow) -> None:
    start(page, "punkt-2")
    page.point.note.setPlainText("Talat.")
    page.cards.add_action()
    page.cards._shown(ActionCard)[0].text.setPlainText("Ring anhörig")
    page.steps.close()
    page.closing.make_next()
    assert window.frame is not None
    made = window.frame.where[1]
    assert made != "teammote-1"
    following = meetings.get_meeting(desk_of(page), key=made).value
    headings = [item.heading for item in following.items]
    assert "Sommarfest" in headings
    assert "Uppföljning: 1101 AB" in headings


def test_cancelling_needs_a_reason(page: MeetingPage) -> None:
    page.steps.cancel()
    dialog().accept()
    assert stored(page).status is MeetingStatus.PLANNED
    page.steps.cancel()
    shown = dialog()
    shown.findChildren(TextField)[0].setPlainText("Många sjuka")
    shown.accept()
    assert stored(page).cancelled_reason == "Många sjuka"


def test_care_staff_read_and_propose_but_do_not_write(closed_window: MainWindow) -> None:
    closed_window.entrance.try_log_in("bo", support.PASSWORD)
    frame = closed_window.frame
    assert frame is not None
    frame.visit("meeting", "teammote-1")
    page = frame.page
    assert isinstance(page, MeetingPage)
    assert page.point.heading.isReadOnly()
    assert page.steps.primary.isHidden()
    page.agenda.new_point.setText("Trasig lampa")
    page.agenda._add()
    added = meetings.get_meeting(frame.place.desk, key="teammote-1").value.items[-1]
    assert (added.heading, added.raised_by) == ("Trasig lampa", "bo-ek")


def test_a_reader_sees_no_customer(closed_window: MainWindow) -> None:
    closed_window.entrance.try_log_in("lena", support.PASSWORD)
    frame = closed_window.frame
    assert frame is not None
    frame.visit("meeting", "teammote-1")
    page = frame.page
    assert isinstance(page, MeetingPage)
    assert page.editor.meeting is not None
    assert [item.heading for item in page.editor.meeting.items].count("Kundärende") == 2


def test_hostile_text_stays_text(page: MeetingPage) -> None:
    hostile = "<b>fet</b> <img src=x> & \u202e {0} %s"
    start(page, "punkt-4")
    page.point.note.setPlainText(hostile)
    page.point.heading.setText(hostile)
    page.point._keep_facts()
    page.editor.save()
    page.refresh()
    item = stored(page).item("punkt-4")
    assert item is not None
    assert (item.notes, item.heading) == (hostile, hostile)


def test_a_huge_paste_does_not_hang(window: MainWindow, page: MeetingPage) -> None:
    start(page, "punkt-4")
    page.point.note.insertPlainText("Det som redan stod. ")
    QApplication.clipboard().setText("å " * 5_000_000)
    began = time.monotonic()
    page.point.note.paste()
    assert time.monotonic() - began < 3
    assert page.point.note.toPlainText() == "Det som redan stod. ", "all of it or nothing, never half without a word"
    assert window.frame is not None
    assert window.frame.bar.is_fault
    assert "10\u00a0000\u00a0000 tecken" in window.frame.bar.text.text()
    QApplication.clipboard().setText("å " * 90_000)
    page.point.note.paste()
    page.editor.save()
    item = stored(page).item("punkt-4")
    assert item is not None
    assert len(item.notes or "") > 180_000, "a hundred pages are kept"
    assert time.monotonic() - began < 10


def test_the_page_works_with_the_real_worker(qtbot: QtBot, database: Path, around: Callable[[], Surroundings]) -> None:
    window = make_window(database, user="chef", around=around)
    qtbot.addWidget(window)
    window.show()
    assert isinstance(window.runner, ThreadRunner)
    window.entrance.try_log_in("chef", support.PASSWORD)
    qtbot.waitUntil(lambda: window.frame is not None, timeout=10_000)
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    window.runner.wait()
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.steps.start()
    window.runner.wait()
    page.agenda.choose("punkt-2")
    page.point.note.setPlainText("Skrivet medan de talar")
    page.editor.save()
    window.runner.wait()
    window.close()
    desk = support.log_in(database)
    item = meetings.get_meeting(desk, key="teammote-1").value.item("punkt-2")
    desk.close()
    assert item is not None
    assert item.notes == "Skrivet medan de talar"


def test_a_new_point_is_what_is_written_next(page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.agenda.new_point.setText("Nytt")
    page.agenda._add()
    assert page.point.heading.text() == "Nytt"
    page.point.note.setPlainText("Om det nya")
    page.editor.save()
    found = {item.heading: item.notes for item in stored(page).items}
    assert found["Nytt"] == "Om det nya"
    assert found["1101 AB"] is None


def test_a_draft_is_not_offered_at_another_meeting(window: MainWindow, page: MeetingPage) -> None:
    frame = window.frame
    assert frame is not None
    start(page, "punkt-2")
    page.point.note.setPlainText("Kvar")
    page.editor.keep_draft()
    page.editor.meeting = page.editor._base
    page.editor._stop()
    page.editor.load("teammote-1")
    assert not page._offer.isHidden()
    page.closing.make_next()
    assert frame.where[1] != "teammote-1"
    assert page._offer.isHidden()
    assert page.editor.meeting is not None
    assert page.editor.meeting.key == frame.where[1]


def test_a_first_name_names_the_member_and_a_stranger_is_said_to_be_one(page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.cards.add_action()
    who = page.cards._shown(ActionCard)[0].who
    who.setEditText("dan")
    who._tell()
    named = who.person
    assert named == "dan-falk"
    assert not who._outside.isVisible()
    who.setEditText("Doktor Okänd")
    who._tell()
    stranger = who.person
    assert stranger == Outsider("Doktor Okänd")
    assert who._outside.isVisible()


def test_what_is_typed_in_a_half_filled_card_is_kept(page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.cards.add_assessment()
    assert page.cards.review is not None
    (card,) = page.cards.review.assessment_cards
    card.text.setPlainText("Ramlade i tisdags")
    card.score.setText("abc")
    page.cards.tell()
    page.editor.save()
    item = stored(page).item("punkt-2")
    assert item is not None
    assert (item.assessments[0].note, item.assessments[0].instrument) == ("Ramlade i tisdags", NO_INSTRUMENT)
    assert card.score.property("wrong") is True


def test_the_next_meeting_that_is_booked_already_gets_the_rest_once(page: MeetingPage, window: MainWindow) -> None:
    start(page, "punkt-2")
    page.point.note.setPlainText("Talat.")
    page.closing.customers.show_names(("kund-3",), {"kund-3": "Gran 7"})
    page.closing._keep()
    page.steps.close()
    desk = desk_of(page)
    booked = meetings.book_meeting(desk, meeting=propose_meeting(desk, unit="solgarden", forum="teammote", ward="norr"))
    for _ in range(2):
        found = hand_on(desk, key="teammote-1")
        assert (found.meeting, found.booked) == (booked.value.key, False)
    following = meetings.get_meeting(desk, key=booked.value.key).value
    assert [item.heading for item in following.items].count("Sommarfest") == 1
    assert following.customers == ("kund-3",)
    assert [item.customer for item in following.items if item.kind is ItemKind.CUSTOMER] == ["kund-3"]


def test_approval_waits_until_the_secretary_is_named(page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.steps.close()
    page.steps.approve()
    shown = dialog()
    shown.accept()
    assert shown.isVisible()
    assert stored(page).status is MeetingStatus.DRAFT
    shown.reject()


def test_an_old_draft_does_not_undo_what_a_colleague_saved_since(page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.point.note.setPlainText("Mitt utkast")
    page.editor.keep_draft()
    page.editor.meeting = page.editor._base  # the window is gone: only the draft is left
    page.editor._stop()
    colleague_writes(page, "punkt-3", "Kollegans text")
    page.editor.load("teammote-1")
    page._offer.take()
    found = {item.key: item.notes for item in stored(page).items}
    assert (found["punkt-2"], found["punkt-3"]) == ("Mitt utkast", "Kollegans text")
    assert read_draft(desk_of(page), kind="meeting", key="teammote-1") is None


def test_leaving_the_choice_overwrites_nobody_and_keeps_my_text_as_a_draft(page: MeetingPage) -> None:
    start(page, "punkt-2")
    colleague_writes(page, "punkt-2", "Kollegans text")
    page.point.note.setPlainText("Min text")
    page.editor.save()
    dialog().reject()
    item = stored(page).item("punkt-2")
    assert item is not None
    assert item.notes == "Kollegans text"
    draft = read_draft(desk_of(page), kind="meeting", key="teammote-1")
    assert draft is not None
    assert "Min text" in draft.content


def test_what_is_typed_while_the_meeting_is_read_or_moved_on_is_kept(page: MeetingPage) -> None:
    start(page, "punkt-2")
    before = meetings.get_meeting(desk_of(page), key="teammote-1")
    page.point.note.setPlainText("Skrivet under läsningen")
    assert page.editor.around is not None
    page.editor._loaded(before, page.editor.around, None)
    assert page.point.note.toPlainText() == "Skrivet under läsningen"
    sent = page.editor.meeting
    assert sent is not None
    page.editor.save()
    closed = meetings.close_meeting(desk_of(page), key="teammote-1", expected_version=page.editor._version)
    page.point.note.setPlainText("Skrivet medan mötet avslutades")
    page.editor._moved_on(sent, closed)
    item = stored(page).item("punkt-2")
    assert item is not None
    assert item.notes == "Skrivet medan mötet avslutades"
    assert stored(page).status is MeetingStatus.DRAFT


def test_a_late_answer_about_another_meeting_changes_nothing(page: MeetingPage, window: MainWindow) -> None:
    first = page.editor.meeting
    assert first is not None
    late = meetings.get_meeting(desk_of(page), key="teammote-1")
    page.closing.make_next()
    now = page.editor.meeting
    assert now is not None
    assert now.key != "teammote-1"
    page.editor._saved(first, late)
    page.editor._compare(late)
    assert page.editor.meeting == now
    assert not page.editor.dirty


def test_the_draft_is_offered_with_swedish_time(page: MeetingPage) -> None:
    start(page, "punkt-2")
    page.point.note.setPlainText("Kvart")
    page.editor.keep_draft()
    draft = read_draft(desk_of(page), kind="meeting", key="teammote-1")
    assert draft is not None
    assert draft.at == desk_of(page).clock.now()


def test_the_cursor_stays_where_it_is_when_others_text_comes_in(page: MeetingPage) -> None:
    start(page, "punkt-2")
    note = page.point.note
    note.setPlainText("Första raden\n")
    note.moveCursor(note.textCursor().MoveOperation.End)
    page.editor.save()
    page.editor.loaded.emit()
    assert note.textCursor().position() >= len("Första raden")


def test_an_addition_being_written_survives_the_lock(page: MeetingPage, window: MainWindow) -> None:
    start(page, "punkt-2")
    page.editor.change(replace(stored(page), secretary="bo-ek"))
    page.steps.close()
    page.editor.step(meetings.approve_minutes, "")
    page.show_part(page.closing)
    page.closing.addition.setPlainText("Det saknas att")
    window.lock()
    window.entrance.try_log_in("chef", support.PASSWORD)
    assert window.frame is not None
    again = window.frame.page
    assert isinstance(again, MeetingPage)
    again.show_part(again.closing)
    assert again.closing.addition.toPlainText() == "Det saknas att"
    again.closing._add_addition()
    assert [one.text for one in stored(again).additions] == ["Det saknas att"]
    assert read_draft(desk_of(again), kind="addition", key="teammote-1") is None


def test_the_previous_meeting_is_one_gesture_away(page: MeetingPage, window: MainWindow) -> None:
    assert window.frame is not None
    page.steps.start()
    page.steps.close()
    page.closing.make_next()
    page.steps.open_previous()
    assert window.frame.where == ("meeting", "teammote-1")
