"""A customer's follow-up in the real window: by keys from being asked to being told, and by her fast omsorgskontakt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.domain.document import Document
from app.domain.meetings import Assessment, Item, Meeting, MeetingStatus, Participation
from app.domain.review import ReviewStep
from app.domain.turns import Turn
from app.services import meetings
from app.services.review import read_review
from app.services.turns import list_turns
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.participation_rows import ParticipationRows
from app.ui.meetings.review.column import ReviewColumn
from app.ui.shell import MainWindow
from app.ui.today import TodayPage
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY, fill, team_meeting

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> MeetingPage:
    """The teammöte of Norr, planned, at the first customer's point."""
    return at(window, qtbot, "teammote-1#punkt-2")


def at(window: MainWindow, qtbot: QtBot, key: str) -> MeetingPage:
    assert window.frame is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    window.frame.visit("meeting", key)
    found = window.frame.page
    assert isinstance(found, MeetingPage)
    return found


def column(page: MeetingPage) -> ReviewColumn:
    assert page.cards.review is not None
    return page.cards.review


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifiers)


def typed(text: str) -> None:
    """Letters of the toolkit's own key table go to whatever has the focus."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def stored(page: MeetingPage, key: str = "teammote-1") -> Meeting:
    return meetings.get_meeting(page.place.desk, key=key).value


def point(page: MeetingPage, key: str = "punkt-2") -> Item:
    found = stored(page).item(key)
    assert found is not None
    return found


def words(page: MeetingPage, step: ReviewStep) -> str:
    return column(page)._folds[step].line.accessibleName()


def opened(page: MeetingPage) -> list[ReviewStep]:
    return [step for step, fold in column(page)._folds.items() if fold.is_open]


def test_a_follow_up_is_written_by_keys_from_being_asked_to_being_told(page: MeetingPage) -> None:
    assert opened(page) == [ReviewStep.PARTICIPATION]
    assert "inte tillfr" in words(page, ReviewStep.PARTICIPATION)
    column(page).asked.wish.setFocus()
    typed("Mer frukt")
    press(Qt.Key.Key_Return)
    assert opened(page) == [ReviewStep.ROUND]
    page.steps.start()
    page.agenda.choose("punkt-2")
    assert opened(page) == [ReviewStep.ROUND], "the next step that is not done"
    column(page).round.focus_first()
    typed("Hjalp med sar")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    typed("Vill duscha")
    press(Qt.Key.Key_Return)
    typed("Mer tid")
    for _ in range(3):
        press(Qt.Key.Key_Return)
    assert opened(page) == [ReviewStep.RISKS]
    press(Qt.Key.Key_Space)  # the keyboard stands on the button that adds one
    typed("Downton")
    (card,) = column(page).assessment_cards
    card.instrument.clearFocus()
    card.score.setFocus()
    typed("4")
    assert card.risk.text() == "Hög fallrisk", "the risk is there as soon as the score is"
    press(Qt.Key.Key_F4)
    assert opened(page) == [ReviewStep.MEASURES]
    typed("Ny plan")
    press(Qt.Key.Key_F4)
    assert opened(page) == [ReviewStep.INTERVAL]
    typed("12")
    press(Qt.Key.Key_Return)
    assert opened(page) == [ReviewStep.REPORT]
    page.editor.save()
    item = point(page)
    assert item.participation == (
        Participation(customer="kund-1", wish="Mer frukt", asked_by="bo-ek", asked_on=TODAY),
    ), "her fast omsorgskontakt is taken for who asked, until somebody says otherwise"
    assert [(one.profession, one.by, one.need, one.wish) for one in item.presentations] == [
        ("Sjuksköterska", "anna-berg", "Hjalp med sar", "Vill duscha"), ("Undersköterska", "bo-ek", "Mer tid", None),
    ]  # fmt: skip
    assert [(one.instrument, one.score, one.risk) for one in item.assessments] == [
        ("Downton (DFRI)", 4.0, "Hög fallrisk")
    ]
    assert item.decisions == ("Ny plan",)
    (hers,) = [one for one in list_turns(page.place.desk, unit="solgarden").rows if one.customer == "kund-1"]
    assert hers.turn == Turn(customer="kund-1", weeks=12)
    assert "var 12:e vecka, senast 26 maj" in words(page, ReviewStep.INTERVAL)
    page.place.undo()
    (hers,) = [one for one in list_turns(page.place.desk, unit="solgarden").rows if one.customer == "kund-1"]
    assert hers.turn.weeks is None


def test_months_are_kept_as_weeks_where_turordning_has_them(page: MeetingPage) -> None:
    page.steps.start()
    page.agenda.choose("punkt-2")
    part = column(page).interval
    part.unit.setCurrentIndex(part.unit.findData("months"))
    part.often.setValue(3)
    assert part.words.text() == "Var 13:e vecka, senast 2 juni."
    part.save()
    assert read_review(page.place.desk, meeting="teammote-1", customer="kund-1").turn.weeks == 13
    page.agenda.choose("punkt-3")
    page.agenda.choose("punkt-2")
    again = column(page).interval
    assert (again.often.value(), again.unit.currentText()) == (3, "månader")


def test_the_nurse_may_say_another_risk_than_the_limits(page: MeetingPage) -> None:
    column(page).add_assessment()
    (card,) = column(page).assessment_cards
    card.instrument.setText("MNA")
    card.score.setText("17,5")
    assert card.risk.text() == "Risk för undernäring"
    card.risk.setText("Undernärd")
    card.risk.textEdited.emit("Undernärd")
    assert card.said.text() == "Gränserna säger risk för undernäring. Din bedömning gäller."
    card.score.setText("25")
    assert card.risk.text() == "Undernärd", "her own word stays"
    page.editor.save()
    assert [(one.score, one.risk) for one in point(page).assessments] == [(25.0, "Undernärd")]
    assert stored(page).status is MeetingStatus.PLANNED, "in good time before the meeting"


def test_a_score_outside_the_scale_is_told_at_once(page: MeetingPage) -> None:
    column(page).add_assessment()
    (card,) = column(page).assessment_cards
    card.instrument.setText("Norton")
    card.score.setText("29")
    assert (card.said.text(), card.risk.text()) == ("Poäng: högst 28.", "")
    assert card.score.property("wrong") is True
    card.score.setText("19")
    assert (card.said.text(), card.risk.text()) == ("", "Risk för trycksår")
    assert "7–20 risk för trycksår" in card.guidance.text().lower()


def test_earlier_values_of_the_instrument_stand_beside_drawn_and_in_words(window: MainWindow, qtbot: QtBot) -> None:
    assert window.place is not None
    day = TODAY.replace(month=1)
    earlier = replace(
        team_meeting(), key="forra", date=TODAY.replace(month=2), status=MeetingStatus.APPROVED,
        items=(Item(key="forra-1", heading="1101 AB", customer="kund-1", assessments=(
            Assessment(customer="kund-1", instrument="DFRI", date=day, score=2.0, risk="Låg fallrisk"),
            Assessment(customer="kund-1", instrument="Norton", date=day, score=20.0),
        )),),
    )  # fmt: skip
    fill(window.place.desk, Document(meetings=(earlier,)))
    page = at(window, qtbot, "teammote-1#punkt-2")
    column(page).add_assessment()
    (card,) = column(page).assessment_cards
    card.instrument.setText("Downton")
    assert card.before.text() == "Förut: 2 (2 jan)"
    assert card.trend.isHidden(), "one value is no line"
    card.score.setText("5")
    assert not card.trend.isHidden()
    assert card.trend.accessibleName() == "Downton över tid: 2 (2 jan), nu 5"
    assert card.trend.points()[0].y() > card.trend.points()[1].y()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not card.trend.grab().isNull(), timeout=20_000)


def test_before_the_meeting_only_what_can_be_ready_is_shown(page: MeetingPage) -> None:
    shown = [step for step, fold in column(page)._folds.items() if fold.isVisibleTo(column(page))]
    assert shown == [ReviewStep.PARTICIPATION, ReviewStep.ROUND, ReviewStep.RISKS]
    assert page.cards.isVisible()
    page.agenda.choose("punkt-1")
    assert page.cards.review is None


def test_who_has_the_word_presents(page: MeetingPage) -> None:
    page.steps.start()
    page.agenda.choose("punkt-2")
    column(page).open_step(ReviewStep.ROUND)
    page.point.note.setFocus()
    for _ in range(3):
        page.point.round.go_on()
    open_ = [part.line.text().strip() for part in column(page).round.parts if part.line.isChecked()]
    assert open_ == ["Undersköterska, Bo Ek"]


def rows_of(window: MainWindow) -> tuple[TodayPage, ParticipationRows]:
    assert window.frame is not None
    window.frame.visit("today", "")
    page = window.frame.page
    assert isinstance(page, TodayPage)
    return page, page.findChildren(ParticipationRows)[-1]


def dialog() -> QDialog:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible())


def press_button(inside: QWidget, name: str) -> None:
    next(one for one in inside.findChildren(QPushButton) if one.accessibleName() == name).click()


def names(rows: ParticipationRows) -> list[str]:
    return [one.accessibleName() for one in rows.findChildren(OpenRow) if not one.isHidden()]


def test_her_fast_omsorgskontakt_asks_and_tells_from_idag(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("bo")
    assert window.place is not None
    desk = window.place.desk
    _, rows = rows_of(window)
    assert names(rows) == ["1101 AB, Teammöte Norr, i morgon 13.00, Fråga"]
    rows.findChildren(OpenRow)[0].click()
    asking = dialog()
    asking.wish.setPlainText("Vill ha mer frukt")  # type: ignore[attr-defined]
    press_button(asking, "Spara svaret")
    kept = meetings.get_meeting(desk, key="teammote-1").value.item("punkt-2")
    assert kept is not None
    assert kept.participation == (
        Participation(customer="kund-1", wish="Vill ha mer frukt", asked_by="bo-ek", asked_on=TODAY),
    )
    _, rows = rows_of(window)
    assert names(rows) == []
    window.place.undo()
    _, rows = rows_of(window)
    assert len(names(rows)) == 1, "what was answered is taken back"


def test_after_approval_she_tells_by_an_addition(as_user: Callable[[str], MainWindow]) -> None:
    window = as_user("bo")
    assert window.place is not None
    hers = Item(
        key="forra-1", heading="1101 AB", kind=team_meeting().items[1].kind, customer="kund-1", decisions=("Frukt",)
    )
    held = replace(
        team_meeting(), key="forra", date=TODAY.replace(month=2), status=MeetingStatus.APPROVED, secretary="anna-berg",
        items=(hers,),
    )  # fmt: skip
    chef = as_user("chef")
    assert chef.place is not None
    fill(chef.place.desk, Document(meetings=(held,)))
    window = as_user("bo")
    _, rows = rows_of(window)
    assert names(rows)[1:] == ["1101 AB, Teammöte Norr, mån 2 feb, Berätta"]
    rows.findChildren(OpenRow)[1].click()
    telling = dialog()
    telling.said.setPlainText("Frukt varje dag")  # type: ignore[attr-defined]
    press_button(telling, "Jag har berättat för kunden")
    assert window.place is not None
    found = meetings.get_meeting(window.place.desk, key="forra").value
    assert [(one.by, one.item, one.text) for one in found.additions] == [
        ("bo-ek", "forra-1", "Återrapporterat till kunden: Frukt varje dag")
    ]


def test_in_the_point_she_writes_participation_and_nothing_else(
    as_user: Callable[[str], MainWindow], qtbot: QtBot
) -> None:
    window = as_user("bo")
    page = at(window, qtbot, "teammote-1#punkt-2")
    found = column(page)
    assert not page.editor.may_write
    assert found.asked.wish.isReadOnly() is False
    assert found.assess.isHidden()
    assert all(part.need.isReadOnly() for part in found.round.parts)
    found.asked.wish.setPlainText("Sova med fönstret öppet")
    found.asked.save.click()
    assert point(page).participation[0].wish == "Sova med fönstret öppet"
    assert (point(page).participation[0].asked_by, point(page).raised_by) == ("bo-ek", None)
    page.agenda.choose("punkt-3")
    assert column(page).asked.wish.isReadOnly(), "she is not the other's fast omsorgskontakt"
    assert column(page).asked.save.isHidden()


def test_what_is_typed_in_the_round_is_a_draft_before_it_is_saved(page: MeetingPage) -> None:
    column(page).round.parts[0].problem.setPlainText("Sover illa")
    assert page.editor.dirty
    page.editor.keep_draft()
    draft = meetings.get_meeting(page.place.desk, key="teammote-1")
    assert draft.value.item("punkt-2") == team_meeting().items[1], "not saved yet"
    page.editor.save()
    (said,) = point(page).presentations
    assert (said.profession, said.problem, said.by) == ("Sjuksköterska", "Sover illa", "anna-berg")
