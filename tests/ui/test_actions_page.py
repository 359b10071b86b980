"""Åtgärder as a person uses it: whose are shown, done with Space, told how it went, gathered, found, exported."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from app.domain.action_lists import ActionView, Gathered, Group
from app.domain.meetings import Action, ActionRow, ActionStatus
from app.domain.people import Outsider
from app.services import actions, meetings
from app.services.desk import Desk
from app.ui.actions.page import ActionsPage
from app.ui.commands import commands_of
from app.ui.meetings.page import MeetingPage
from app.ui.papers.preview import PreviewWindow
from app.ui.shell import MainWindow
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY, audit_rows

VERA = Outsider("Vera Vikarie")


def decide(desk: Desk) -> None:
    """The teammöte decides three things, and one that is late."""
    found = meetings.get_meeting(desk, key="teammote-1")
    first, ab, cd, party = found.value.items
    yesterday = TODAY - dt.timedelta(days=1)
    about = (
        Action(key="ring", text="Ring dottern", responsible="bo-ek", due=TODAY, customer="kund-1"),
        Action(key="vag", text="Väg på torsdag", responsible=VERA, due=TODAY + dt.timedelta(days=2)),
    )
    free = (Action(key="tarta", text="Köp tårta", responsible="bo-ek", due=yesterday),)
    changed = replace(found.value, items=(first, replace(ab, actions=about), cd, replace(party, actions=free)))
    meetings.save_meeting(desk, meeting=changed, expected_version=found.version)


def at_actions(window: MainWindow) -> ActionsPage:
    assert window.frame is not None
    window.frame.visit("actions", "")
    page = window.frame.page
    assert isinstance(page, ActionsPage)
    return page


@pytest.fixture
def page(window: MainWindow) -> ActionsPage:
    """The enhetschef's page, the teammöte's actions in it."""
    assert window.place is not None
    decide(window.place.desk)
    return at_actions(window)


def keys(page: ActionsPage) -> list[str]:
    return [one.key for one in page.table.rows_model.rows if isinstance(one, ActionRow)]


def row_of(desk: Desk, key: str) -> ActionRow:
    return next(one for one in actions.list_actions(desk) if one.key == key)


def test_the_views_are_ones_own_the_units_the_late_and_what_others_owe(
    page: ActionsPage, as_user: Callable[[str], MainWindow]
) -> None:
    assert page.view is ActionView.UNIT, "an enhetschef outside the team has none of her own"
    assert ActionView.MINE not in page.chips
    assert keys(page) == ["tarta", "ring", "vag"]
    page.chips[ActionView.LATE].click()
    assert keys(page) == ["tarta"]
    hers = at_actions(as_user("bo"))
    assert hers.view is ActionView.MINE
    assert keys(hers) == ["tarta", "ring"]
    hers.chips[ActionView.WAITING].click()
    assert keys(hers) == []
    assert "Du väntar inte på någon" in hers._nothing.sentence.text()


def test_space_is_done_and_how_it_went_is_told_or_not(page: ActionsPage) -> None:
    desk = page.place.desk
    page.table.select_key("ring")
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert row_of(desk, "ring").status is ActionStatus.DONE, "one key"
    assert keys(page) == ["tarta", "vag"]
    standing = page.table.action()
    assert standing is not None
    assert standing.key == "vag", "the next takes its place"
    assert page.strip.isVisible()
    page.strip.result.setFocus()
    QTest.keyClicks(page.strip.result, "Hon kommer")
    QTest.keyClick(page.strip.result, Qt.Key.Key_Return)
    assert row_of(desk, "ring").result == "Hon kommer"
    assert not page.strip.isVisible()
    page.place.undo()
    opened = row_of(desk, "ring")
    assert (opened.status, opened.result) == (ActionStatus.OPEN, "Hon kommer"), "Ctrl+Z after both"


def test_what_is_written_of_how_it_went_is_kept_when_the_page_is_left(page: ActionsPage) -> None:
    page.table.select_key("tarta")
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    page.strip.result.setText("Prinsess")
    page.settle()
    assert row_of(page.place.desk, "tarta").result == "Prinsess"


def test_undone_at_once_nothing_more_is_asked(page: ActionsPage) -> None:
    page.table.select_key("tarta")
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    page.place.undo()
    assert not page.strip.isVisible()
    assert row_of(page.place.desk, "tarta").status is ActionStatus.OPEN


def test_gathered_it_has_headings_that_the_keyboard_passes_over(page: ActionsPage) -> None:
    page.gather(Gathered.BY_CUSTOMER)
    lines = [one.heading if isinstance(one, Group) else one.key for one in page.table.rows_model.rows]
    assert lines == ["1101 AB", "ring", "vag", "Utan kund", "tarta"]
    page.table.select_key("vag")
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    standing = page.table.action()
    assert standing is not None
    assert standing.key == "tarta"
    page.gather(Gathered.BY_MEETING)
    assert page.table.currentIndex().row() == 1, "another order is read from its beginning"
    assert isinstance(page.table.rows_model.rows[0], Group)
    assert page.table.rows_model.rows[0].heading == "Teammöte Norr, tis 3 mars 2026"


def test_a_long_gathered_list_is_read_on_in_pages(page: ActionsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.actions.page._PAGE_ROWS", 1)
    page.gather(Gathered.BY_CUSTOMER)
    model = page.table.rows_model
    while model.canFetchMore(model.index(-1, -1)):
        model.fetchMore(model.index(-1, -1))
    lines = [one.heading if isinstance(one, Group) else one.key for one in model.rows]
    assert lines == ["1101 AB", "ring", "vag", "Utan kund", "tarta"]


def test_the_order_is_the_persons_own_and_comes_back(window: MainWindow, as_user: Callable[[str], MainWindow]) -> None:
    at_actions(window).gather(Gathered.BY_MEETING)
    hers = at_actions(as_user("bo"))
    assert hers._now().gathered is Gathered.BY_DUE
    assert at_actions(as_user("chef"))._now().gathered is Gathered.BY_MEETING


def test_an_action_of_another_view_is_found_where_it_is(page: ActionsPage) -> None:
    done = row_of(page.place.desk, "ring")
    actions.complete_action(page.place.desk, key="ring", expected_version=done.version)
    page.refresh()
    page.show_key("ring")
    standing = page.table.action()
    assert standing is not None
    assert (page.view, standing.key) == (ActionView.ALL, "ring")


def test_the_list_is_exported_as_it_is_shown(
    window: MainWindow, page: ActionsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.frame is not None
    path = tmp_path / "lista.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    page.chips[ActionView.LATE].click()
    command = next(one for one in commands_of(window.frame) if one.text.startswith("Exportera åtgärder"))
    command.run()
    rows = list(openpyxl.load_workbook(path)["Åtgärder"].iter_rows(min_row=2, values_only=True))
    assert [cells[0] for cells in rows] == ["Köp tårta"]
    assert "1 åtgärd" in window.frame.bar.text.text()
    assert ("export", "actions", None) in audit_rows(page.place.desk)


def slips_on_screen() -> str:
    [preview] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible()]
    assert preview.paper is not None
    assert "Vera" not in preview.paper.file_name
    text = PdfReader(io.BytesIO(preview.paper.data)).pages[0].extract_text()
    preview.close()
    return str(text)


def test_slips_come_from_the_page_the_panel_and_the_meeting(window: MainWindow, page: ActionsPage) -> None:
    assert window.frame is not None
    page.print_slips()
    assert "Väg på torsdag" in slips_on_screen()
    page.table.select_key("vag")
    page.panel._slip.click()
    assert "Vera Vikarie" in slips_on_screen()
    page.table.select_key("ring")
    assert not page.panel._slip.isVisible(), "Bo has an account"
    window.frame.visit("meeting", "teammote-1")
    meeting = window.frame.page
    assert isinstance(meeting, MeetingPage)
    meeting.steps.print.click()
    [menu] = [one for one in meeting.steps.print.findChildren(QMenu) if one.isVisible()]
    next(one for one in menu.actions() if one.text() == "Uppgiftslappar").trigger()
    menu.close()
    assert "Eva Chef" in slips_on_screen()


def test_what_is_to_be_followed_up_is_a_list_of_its_own(page: ActionsPage) -> None:
    desk = page.place.desk
    for key, days in (("ring", 0), ("tarta", 7)):
        row = row_of(desk, key)
        later = replace(actions.as_action(row), follow_up=TODAY + dt.timedelta(days=days))
        actions.set_action(desk, action=later, expected_version=row.version)
    assert page.place.desk.actor.member is None
    page.chips[ActionView.FOLLOW_UP].click()
    assert keys(page) == ["ring", "tarta"]
    page.table.select_key("ring")
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert keys(page) == ["tarta"]
    assert row_of(desk, "ring").followed_up_on == TODAY
    assert row_of(desk, "ring").status is ActionStatus.OPEN, "followed up is a step of its own"
    QTest.keyClicks(page.strip.result, "Hon sover bra")
    QTest.keyClick(page.strip.result, Qt.Key.Key_Return)
    assert row_of(desk, "ring").effect == "Hon sover bra"
    page.place.undo()
    again = row_of(desk, "ring")
    assert (again.followed_up_on, again.effect) == (None, None), "one step back gives both"
    assert keys(page) == ["ring", "tarta"]


def test_today_reminds_of_what_is_to_be_followed_up_and_leads_there(window: MainWindow, page: ActionsPage) -> None:
    assert window.frame is not None
    row = row_of(page.place.desk, "ring")
    due = replace(actions.as_action(row), follow_up=TODAY)
    actions.set_action(page.place.desk, action=due, expected_version=row.version)
    window.frame.visit("today", "")
    first = window.frame.page
    assert first is not None
    [shown] = [one for one in first.findChildren(OpenRow) if "Ring dottern" in one.accessibleName()]
    shown.click()
    there = window.frame.page
    assert isinstance(there, ActionsPage)
    standing = there.table.action()
    assert standing is not None
    assert (there.view, standing.key) == (ActionView.FOLLOW_UP, "ring")


def test_an_action_that_comes_again_stands_in_the_list_when_it_is_done(page: ActionsPage) -> None:
    desk = page.place.desk
    page.table.select_key("tarta")
    page.panel.repeat.setCurrentIndex(page.panel.repeat.findText("Varje vecka"))
    page.panel.settle()
    assert row_of(desk, "tarta").repeat == "FREQ=WEEKLY"
    page.table.select_key("tarta")
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    page.strip.result.setText("Gräddtårta")
    page.settle()
    [next_time] = [one for one in actions.list_actions(desk) if one.repeats == "tarta"]
    assert (next_time.due, next_time.text, next_time.result) == (TODAY + dt.timedelta(days=6), "Köp tårta", None)
    page.table.select_key(next_time.key)
    assert "Gräddtårta" in page.panel._earlier.text()
    page.place.undo()
    assert [one for one in actions.list_actions(desk) if one.repeats == "tarta"] == [], "taken back, it goes again"


def test_done_in_the_minutes_it_comes_again_too(page: ActionsPage) -> None:
    desk = page.place.desk
    found = meetings.get_meeting(desk, key="teammote-1")
    party = found.value.items[3]
    done = replace(party.actions[0], repeat="FREQ=MONTHLY", status=ActionStatus.DONE, done_on=TODAY)
    changed = replace(found.value, items=(*found.value.items[:3], replace(party, actions=(done,))))
    kept = meetings.save_meeting(desk, meeting=changed, expected_version=found.version)
    assert [one.repeats for one in kept.value.items[3].actions] == [None, "tarta"]
