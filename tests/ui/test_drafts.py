"""What is typed is a draft within two seconds wherever it is typed, and told of on Idag until it is saved or let go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app import models
from app.domain.catalogue import Setting
from app.domain.meetings import Action, MeetingStatus
from app.domain.roles import Role
from app.services import customers, drafts, meeting_removal, meetings, team, units
from app.services.access import Surroundings
from app.services.actions import list_actions, set_action
from app.ui.actions.page import ActionsPage
from app.ui.application import make_window
from app.ui.drafts import KEEP_MS, PLACES, DraftKeeper, readable
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.quick_point import QuickPoint
from app.ui.operations import DirectRunner
from app.ui.registers.customers import CustomersPage
from app.ui.registers.team import TeamPage
from app.ui.settings.page import SettingsPage
from app.ui.settings.units import UnitsSection
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.unsaved_card import UnsavedCard
from app.ui.walk import walk
from app.ui.walk_steps import settle_down
from tests import support

CANARY = "Kanariefågel 4417 under arbete"
SECONDS = 2
"""The promise."""


def visit(window: MainWindow, page: str, key: str = "") -> QWidget:
    assert window.frame is not None
    window.frame.visit(page, key)
    found = window.frame.page
    assert found is not None
    return found


def due(window: MainWindow) -> None:
    """Let the time pass that a draft may take: every timer that was started fires."""
    for keeper in window.findChildren(DraftKeeper):
        if keeper._timer.isActive():
            assert keeper._timer.remainingTime() <= SECONDS * 1000
            keeper.keep()


def kept(window: MainWindow) -> dict[tuple[str, str], str]:
    assert window.place is not None
    with window.place.desk.reading() as work:
        rows = work.session.execute(select(models.Draft.kind, models.Draft.key, models.Draft.content)).all()
    return {(row.kind, row.key): row.content for row in rows}


def crash(window: MainWindow) -> None:
    """End without any of what an orderly end does: nothing is settled, only the file is given back."""
    assert window.place is not None
    window.place.closed = True
    window.place.desk.store.close()


@pytest.fixture
def again(qtbot: QtBot, database: Path, around: Callable[[], Surroundings]) -> Iterator[Callable[..., MainWindow]]:
    """Another start of the program, with somebody logged in."""
    made: list[MainWindow] = []

    def start(user: str = "chef") -> MainWindow:
        window = make_window(database, user=user, around=around, runner=DirectRunner())
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        window.entrance.try_log_in(user, support.PASSWORD)
        assert window.frame is not None
        made.append(window)
        return window

    yield start
    for one in made:
        one.close()


def card(window: MainWindow) -> UnsavedCard | None:
    page = visit(window, "today")
    assert isinstance(page, TodayPage)
    settle_down()
    return next((one for one in page.findChildren(UnsavedCard) if one.isVisible()), None)


def texts(shown: QWidget) -> str:

    return "\n".join(one.text() for one in shown.findChildren(QLabel))


def press(shown: QWidget, word: str) -> None:
    found = [one for one in shown.findChildren(QPushButton) if one.text().strip() == word]
    assert found, word
    found[0].click()


def test_a_form_is_a_draft_within_two_seconds_though_the_typing_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    page = visit(window, "team", "anna-berg")
    assert isinstance(page, TeamPage)
    for number in range(8):  # a key every 200 ms: a timer that begins anew with each key would never fire
        page.form.name.setText(f"{CANARY} {number}")
        qtbot.wait(200)
    content = kept(window)["members", "anna-berg"]
    assert CANARY in content
    assert KEEP_MS < SECONDS * 1000


def test_every_field_of_several_lines_anywhere_keeps_what_is_typed(window: MainWindow) -> None:
    assert window.place is not None
    desk = window.place.desk
    stored = meetings.get_meeting(desk, key="teammote-1")
    item = replace(stored.value.items[0], actions=(Action(key="atgard-1", text="Ring anhöriga"),))
    new = replace(stored.value, items=(item, *stored.value.items[1:]))
    stored = meetings.save_meeting(desk, meeting=new, expected_version=stored.version)
    stored = meetings.open_meeting(desk, key="teammote-1", expected_version=stored.version)
    meetings.close_meeting(desk, key="teammote-1", expected_version=stored.version)
    tried: set[str] = set()
    for name, shown in walk(window):
        for number, one in enumerate(shown.findChildren(QPlainTextEdit)):
            if one.isReadOnly() or not one.isVisible() or not one.isEnabled():
                continue
            canary = f"{CANARY} {name} {number}"
            one.insertPlainText(canary)
            page = window.frame.page if window.frame else None
            if isinstance(page, MeetingPage):
                page.editor.keep_draft()
                page.closing.settle()
            due(window)
            assert any(canary in content for content in kept(window).values()), f"{name}: {one.accessibleName()}"
            tried.add(one.accessibleName())
    assert tried >= {"Anteckning", "Resultat"}, tried


def test_places_and_kinds_of_drafts_are_the_same() -> None:
    assert set(PLACES) == set(drafts.KINDS)


def test_an_unknown_kind_is_a_bug_at_once(window: MainWindow) -> None:
    assert window.place is not None
    with pytest.raises(ValueError, match="okänd"):
        drafts.save_draft(window.place.desk, kind="okänd", key="x", started_from=0, content="x")


def test_after_a_crash_the_day_tells_where_there_is_unsaved_text(
    window: MainWindow, again: Callable[..., MainWindow]
) -> None:
    page = visit(window, "customers", "kund-2")
    assert isinstance(page, CustomersPage)
    page.form.reference.setText("Nya initialer")
    due(window)
    crash(window)
    colleague = again("anna")
    assert card(colleague) is None, "nobody else is told"
    colleague.lock()
    colleague.runner.wait()
    mine = again("chef")
    shown = card(mine)
    assert shown is not None
    said = texts(shown)
    assert "Osparad text från 09.00 i en kunds uppgifter" in said
    assert "CD" not in said, "no customer is named"
    press(shown, "Öppna")
    back = mine.frame.page if mine.frame else None
    assert isinstance(back, CustomersPage)
    assert back.form.reference.text() == "Nya initialer"
    back.detail.save()
    assert card(mine) is None
    assert kept(mine) == {}


def test_unsaved_text_is_thrown_away_and_brought_back(window: MainWindow) -> None:
    assert window.frame is not None
    page = visit(window, "team", "new")
    assert isinstance(page, TeamPage)
    page.form.name.setText(CANARY)
    shown = card(window)
    assert shown is not None
    press(shown, "Släng")
    settle_down()
    assert kept(window) == {}
    assert card(window) is None
    window.frame.undo()
    settle_down()
    assert CANARY in kept(window)["members", "new"]
    assert card(window) is not None


def test_a_meeting_is_named_by_its_forum_and_ward_and_an_older_day_is_said(
    window: MainWindow, clock: support.FixedClock
) -> None:
    assert window.place is not None
    drafts.save_draft(window.place.desk, kind="addition", key="teammote-1", started_from=1, content="Tillägg")
    clock.moment += dt.timedelta(days=2)
    shown = card(window)
    assert shown is not None
    assert "Osparad text från mån 2 mars 09.00 i ett tillägg till Teammöte Norr" in texts(shown)


def test_text_whose_meeting_is_gone_can_still_be_read(window: MainWindow) -> None:
    page = visit(window, "meeting", "teammote-1")
    assert isinstance(page, MeetingPage)
    assert window.place is not None
    page.agenda.choose("punkt-4")
    page.point.text.setPlainText(CANARY)
    page.editor.keep_draft()
    colleague = support.seated(window.place.desk, Role.MANAGER)
    found = meetings.get_meeting(colleague, key="teammote-1")
    meeting_removal.delete_meeting(colleague, key="teammote-1", expected_version=found.version)
    page.editor.save()
    assert page.point.text.toPlainText() == CANARY, "the text is still on the screen"
    assert window.frame is not None
    assert window.frame.bar.is_fault
    assert "Det kan ha tagits bort" in window.frame.bar.text.text()
    shown = card(window)
    assert shown is not None
    assert "i något som inte finns kvar" in texts(shown)
    press(shown, "Visa texten")
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    (read,) = dialog.findChildren(QPlainTextEdit)
    assert read.toPlainText() == CANARY, "what was written, and nothing else"
    dialog.accept()
    settle_down()
    assert kept(window) == {}


def test_a_new_point_survives_the_lock_and_not_a_change_of_mind(window: MainWindow) -> None:
    assert window.frame is not None
    window.frame.add_point()

    def opened() -> QuickPoint:
        (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QuickPoint) and one.isVisible()]
        return found

    opened().heading.setText(CANARY)
    window.lock()
    window.entrance.try_log_in("chef", support.PASSWORD)
    shown = card(window)
    assert shown is not None
    assert "i en ny punkt till ett möte" in texts(shown)
    press(shown, "Öppna")
    assert opened().heading.text() == CANARY
    opened().reject()
    settle_down()
    assert kept(window) == {}
    window.frame.add_point()
    opened().heading.setText(CANARY)
    due(window)
    assert CANARY in kept(window)["point", "new"]
    opened().accept()
    settle_down()
    assert kept(window) == {}, "added, it is no draft any more"


def test_why_a_meeting_is_cancelled_survives_the_lock(window: MainWindow) -> None:
    page = visit(window, "meeting", "teammote-1")
    assert isinstance(page, MeetingPage)

    def reason() -> QPlainTextEdit:
        (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return dialog.findChildren(QPlainTextEdit)[0]

    page.steps.cancel()
    reason().setPlainText(CANARY)
    window.lock()
    window.entrance.try_log_in("chef", support.PASSWORD)
    page = visit(window, "meeting", "teammote-1")
    assert isinstance(page, MeetingPage)
    page.steps.cancel()
    assert reason().toPlainText() == CANARY
    dialog = reason().window()
    assert isinstance(dialog, QDialog)
    dialog.accept()
    settle_down()
    assert kept(window) == {}
    assert page.editor.meeting is not None
    assert page.editor.meeting.status is MeetingStatus.CANCELLED


def test_another_unit_or_row_does_not_cost_the_draft_of_the_one_before(window: MainWindow) -> None:
    page = visit(window, "settings", "units")
    assert isinstance(page, SettingsPage)
    section = page.section
    assert isinstance(section, UnitsSection)
    assert window.place is not None

    other = units.add_unit(window.place.desk, name="Björken", setting=Setting.GRUPPBOSTAD).value.key
    section.refresh()
    section.form.name.setText(CANARY)
    section.show_unit(other)
    due(window)
    section.keeper.keep()
    assert CANARY in kept(window)["unit", "solgarden"]
    section.show_unit("solgarden")
    assert section.form.name.text() == CANARY


def test_what_is_taken_back_by_hand_is_no_draft(window: MainWindow) -> None:
    page = visit(window, "customers", "kund-2")
    assert isinstance(page, CustomersPage)
    page.form.reference.setText("XY")
    due(window)
    assert kept(window)
    page.form.reference.setText("CD")
    due(window)
    assert kept(window) == {}


def test_how_an_action_went_is_kept_and_two_who_wrote_both_stay(window: MainWindow) -> None:

    assert window.place is not None
    desk = window.place.desk
    found = meetings.get_meeting(desk, key="teammote-1")
    item = replace(found.value.items[3], actions=(Action(key="atgard-1", text="Ring anhöriga"),))
    meetings.save_meeting(
        desk, meeting=replace(found.value, items=(*found.value.items[:3], item)), expected_version=found.version
    )
    page = visit(window, "actions", "atgard-1")
    assert isinstance(page, ActionsPage)
    page.panel.result.setPlainText(CANARY)
    due(window)
    assert kept(window) == {("action", "atgard-1"): CANARY}
    (row,) = list_actions(desk)
    theirs = Action(key="atgard-1", text="Ring anhöriga", result="Dottern är uppringd.")
    set_action(desk, action=theirs, expected_version=row.version)
    page.panel.settle()
    assert window.frame is not None
    assert "Någon annan har ändrat" in window.frame.bar.text.text()
    assert page.panel.result.toPlainText() == CANARY
    page.refresh()
    assert page.panel.result.toPlainText() == f"Dottern är uppringd.\n\n{CANARY}"
    page.panel.settle()
    assert list_actions(desk)[0].result == f"Dottern är uppringd.\n\n{CANARY}"
    assert kept(window) == {}


@pytest.mark.parametrize(
    ("content", "expected"),
    [("Fritt tillägg", "Fritt tillägg"), ("17", "17"), ('{"name": "Anna", "night": true}', "Anna"),
     ('["{\\"a\\": \\"förr\\"}", "{\\"a\\": \\"förr\\", \\"b\\": [\\"nu\\"]}"]', "nu"), ("", "")],
)  # fmt: skip
def test_a_draft_is_readable_as_words(content: str, expected: str) -> None:
    assert readable(content) == expected


def test_passwords_are_never_a_draft(window: MainWindow) -> None:
    page = visit(window, "settings", "security")
    for one in page.findChildren(QLineEdit):
        if one.echoMode() is QLineEdit.EchoMode.Password:
            one.setText("ett hemligt lösenord")
    due(window)
    visit(window, "settings", "accounts")
    assert not any("hemligt" in content for content in kept(window).values())
    assert team.list_members(window.place.desk) if window.place else False
    assert customers.list_customers(window.place.desk) if window.place else False
