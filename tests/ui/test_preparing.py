"""Inför mötet by keys in the real window: suggested, written, ticked off, taken back; published; and seen on Idag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.preparations import Preparation, PreparationKind
from app.services import meetings, preparations
from app.services.desk import Desk
from app.ui.frame import Frame
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.preparing import PreparingPanel
from app.ui.papers.preview import PreviewWindow
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.walk_steps import settle_down
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: MainWindow) -> MeetingPage:
    """The teammöte of Norr, with what is to be ready before it."""
    return shown(window)


def shown(window: MainWindow) -> MeetingPage:
    assert window.frame is not None
    window.frame.visit("meeting", "teammote-1")
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    found.show_part(found.preparing)
    settle_down()
    return found


def frame_of(page: MeetingPage) -> Frame:
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.frame is not None
    return window.frame


def stored(desk: Desk) -> list[tuple[str, bool]]:
    rows = preparations.list_preparations(desk, meeting="teammote-1")
    return [(row.words, row.preparation.done) for row in rows]


def seen(panel: PreparingPanel) -> list[str]:
    model = panel.table.rows_model
    return [f"{'✓ ' if row.preparation.done else ''}{row.words}" for row in model.rows]


def add(desk: Desk, text: str, responsible: str) -> None:
    one = Preparation(
        key="", meeting="teammote-1", kind=PreparationKind.OTHER, text=text, responsible=responsible
    )  # fmt: skip
    preparations.keep_preparation(desk, preparation=one, expected_version=None)


def test_one_press_suggests_space_ticks_off_and_each_is_taken_back(page: MeetingPage) -> None:
    panel, desk = page.preparing, page.place.desk
    assert page._before.text().strip() == "Inför mötet"
    assert not panel.table.isVisible()
    panel.suggest_button.click()
    assert seen(panel) == [
        "Fråga 1101 AB om önskemål", "Riskbedömningar: 1101 AB", "Fråga 1102 CD om önskemål",
        "Riskbedömningar: 1102 CD",
    ]  # fmt: skip
    assert page._before.text().strip() == "Inför mötet, 0 av 4 klara"
    panel.table.setFocus()
    QTest.keyClick(panel.table, Key.Key_Down)
    QTest.keyClick(panel.table, Key.Key_Space)
    assert seen(panel)[1] == "✓ Riskbedömningar: 1101 AB"
    assert page._before.text().strip() == "Inför mötet, 1 av 4 klara"
    assert stored(desk)[1] == ("Riskbedömningar: 1101 AB", True)
    QTest.keyClick(panel.table, Key.Key_Down, ALT)
    assert seen(panel)[2] == "✓ Riskbedömningar: 1101 AB"
    QTest.keyClick(panel.table, Key.Key_Delete)
    assert page._before.text().strip() == "Inför mötet, 0 av 3 klara"
    for left in (
        "✓ Riskbedömningar: 1101 AB", "Fråga 1102 CD om önskemål", "Fråga 1102 CD om önskemål",
    ):  # fmt: skip
        page.place.undo()
        assert seen(panel)[2] == left
    assert [done for _, done in stored(desk)] == [False] * 4
    page.place.undo()
    assert stored(desk) == []
    assert panel.none.isVisible()


def test_one_is_written_and_changed_by_keys_alone(page: MeetingPage) -> None:
    panel, desk = page.preparing, page.place.desk
    page.window().activateWindow()
    settle_down()
    panel.form.kind.setFocus()
    QTest.keyClick(panel.form.kind, Key.Key_End)
    for sign in "\tTa med kaffe\t\tgun\n":
        focus = QApplication.focusWidget()
        assert focus is not None
        if sign in "\t\n ":
            QTest.keyClick(focus, {"\t": Key.Key_Tab, "\n": Key.Key_Return, " ": Key.Key_Space}[sign])
        else:
            QTest.keyClicks(focus, sign)
    panel.form.keep_button.click()
    assert stored(desk) == [("Ta med kaffe", False)]
    (row,) = panel.table.rows_model.rows
    assert row.responsible_name == "Gun Holm"
    panel.table.setFocus()
    QTest.keyClick(panel.table, Key.Key_Return)
    assert panel.form.keep_button.text().strip() == "Spara ändringen"
    panel.form.text.setText("Ta med te")
    QTest.keyClick(panel.form.text, Key.Key_Return)
    assert stored(desk) == [("Ta med te", False)]
    page.place.undo()
    assert seen(panel) == ["Ta med kaffe"]


def test_what_says_nothing_is_told_and_keeps_standing(page: MeetingPage) -> None:
    panel = page.preparing
    panel.form.keep()
    assert frame_of(page).bar.text.text() == "Välj vilken kund det gäller."
    assert stored(page.place.desk) == []


def test_a_colleagues_change_is_read_anew_instead_of_written_over(page: MeetingPage) -> None:
    panel, desk = page.preparing, page.place.desk
    add(desk, "Ta med kaffe", "bo-ek")
    panel.read()
    (row,) = panel.table.rows_model.rows
    preparations.settle_preparation(desk, key=row.key, expected_version=1)
    panel.toggle(row)
    assert seen(panel) == ["✓ Ta med kaffe"]


def test_she_whose_it_is_sees_it_on_idag_and_settles_it_there(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("chef")
    page = shown(window)
    for text, who in (("Ta med kaffe", "bo-ek"), ("Väg kunderna", "anna-berg")):
        add(page.place.desk, text, who)
    window = as_user("bo")
    assert window.frame is not None
    window.frame.visit("today", "")
    today = window.frame.page
    assert isinstance(today, TodayPage)
    assert [row.words for row in today.own_table.rows_model.rows] == ["Ta med kaffe"]
    today.own_table.selectRow(0)
    today.own_table.setFocus()
    QTest.keyClick(today.own_table, Key.Key_Space)
    settle_down()
    desk = window.frame.place.desk
    assert stored(desk) == [("Ta med kaffe", True), ("Väg kunderna", False)]
    assert not today.own_table.isVisible()
    window.frame.place.undo()
    settle_down()
    assert stored(desk)[0] == ("Ta med kaffe", False)
    assert today.own_table.isVisible()
    QTest.keyClick(today.own_table, Key.Key_Return)
    assert window.frame.where == ("meeting", "teammote-1")
    only_reads = window.frame.page
    assert isinstance(only_reads, MeetingPage)
    only_reads.show_part(only_reads.preparing)
    panel = only_reads.preparing
    assert not panel.form.isVisible()
    assert not panel.suggest_button.isVisible()
    panel.table.selectRow(1)
    assert not panel._acts.isVisible(), "it is somebody else's"


def test_the_convenor_is_told_what_is_not_ready_and_comes_to_the_list(window: MainWindow) -> None:
    assert window.frame is not None
    add(window.frame.place.desk, "Väg kunderna", "anna-berg")
    window.frame.visit("today", "")
    today = window.frame.page
    assert isinstance(today, TodayPage)
    settle_down()
    (row,) = [one for one in today.findChildren(OpenRow) if "inte klara" in one.accessibleName()]
    assert row.accessibleName().startswith("1 av 1 förberedelse är inte klara: Anna Berg")
    row.click()
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    assert page._middle.currentWidget() is page.preparing
    assert seen(page.preparing) == ["Väg kunderna"]


def test_the_agenda_is_published_by_keys_and_says_so_until_it_is_changed(page: MeetingPage) -> None:
    place, steps = page.place, page.steps
    page.show_part(page.details)
    assert steps.second.text() == "Publicera dagordningen"
    page.window().activateWindow()
    settle_down()
    QTest.keyClick(page.window(), Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle_down()
    assert page._call.text() == "Utskickad mån 2 mars 09.00 · version 1"
    assert not steps.second.isVisible()
    page.details.where.setText("Sal B")
    page.details.where.editingFinished.emit()
    assert page._call.text() == "Ändrad sedan kallelsen mån 2 mars. Kalla igen."
    assert steps.second.text() == "Publicera igen"
    steps.second.click()
    assert page._call.text() == "Utskickad mån 2 mars 09.01 · version 2", "a minute later than what it was changed in"
    place.undo()
    assert steps.second.text() == "Publicera igen"
    kept = meetings.get_meeting(place.desk, key="teammote-1").value
    assert (kept.published_version, kept.place) == (1, "Sal B")


def test_a_point_that_is_taken_away_and_brought_back_did_not_come_late(page: MeetingPage) -> None:
    page.steps.publish()
    page.agenda.new_point.setText("Larmet")
    page.agenda._add()
    tips = [page.agenda.points.item(n).toolTip() for n in range(page.agenda.points.count())]
    assert tips == ["", "", "", "", "Tillagd efter utskick"]
    assert page.steps.second.text() == "Publicera igen"
    page.agenda.choose("punkt-4")
    page.point.remove()
    page.place.undo()
    tips = [page.agenda.points.item(n).toolTip() for n in range(page.agenda.points.count())]
    assert tips == ["", "", "", "", "Tillagd efter utskick"]
    page.place.undo()
    assert [one.key for one in meetings.get_meeting(page.place.desk, key="teammote-1").value.items] == [
        "punkt-1", "punkt-2", "punkt-3", "punkt-4",
    ]  # fmt: skip


def test_on_the_day_of_the_meeting_publishing_is_among_what_is_seldom_done(page: MeetingPage) -> None:
    meeting = page.editor.meeting
    assert meeting is not None
    page.editor.change(replace(meeting, date=TODAY, start=dt.time(13), end=dt.time(14)), "Flytta")
    page.steps.show_meeting()
    assert not page.steps.second.isVisible()
    assert ("Publicera dagordningen", True) in [(text, may) for text, _, may in page.steps._seldom()]


def test_the_list_is_printed(window: MainWindow, page: MeetingPage) -> None:
    page.preparing.suggest_button.click()
    page.preparing.print_button.click()
    (preview,) = window.findChildren(PreviewWindow)
    assert preview.windowTitle() == "Förberedelser: Teammöte Norr, tis 3 mars"
    preview.close()


def test_order_planned_minutes_and_presenter_by_keys(page: MeetingPage) -> None:
    desk, agenda = page.place.desk, page.agenda
    agenda.choose("punkt-4")
    agenda.points.setFocus()
    QTest.keyClick(agenda.points, Key.Key_Up, ALT)
    keys = [one.key for one in meetings.get_meeting(desk, key="teammote-1").value.items]
    assert keys == ["punkt-1", "punkt-2", "punkt-4", "punkt-3"]
    assert agenda._standing() == "punkt-4"
    QTest.keyClick(agenda.points, Key.Key_Down, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert [one.key for one in meetings.get_meeting(desk, key="teammote-1").value.items][-1] == "punkt-4"
    page.point.minutes.selectAll()
    QTest.keyClicks(page.point.minutes, "45")
    page.window().activateWindow()
    settle_down()
    page.point.presenter.setFocus()
    QTest.keyClicks(page.point.presenter, "dan")
    offered = QApplication.activePopupWidget()
    assert offered is not None
    QTest.keyClick(offered, Key.Key_Tab)
    page.editor.save()
    last = meetings.get_meeting(desk, key="teammote-1").value.items[-1]
    assert (last.minutes, last.presenter) == (45, "dan-falk")
    assert agenda.sum.text() == "45 av 30 min planerade, 15 för mycket"
    assert agenda.bar.property("over")
    assert isinstance(page.steps.primary, QPushButton)
