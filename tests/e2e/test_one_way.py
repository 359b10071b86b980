"""One matter from a need to a finished action, in the real window: its whole way is shown from each station."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.meetings import MeetingStatus
from app.domain.trail import Station
from app.services.access import Surroundings
from app.services.meetings import book_meeting, get_meeting
from app.ui.actions.page import ActionsPage
from app.ui.application import make_window
from app.ui.meetings.card_kinds import ActionCard, DecisionCard
from app.ui.meetings.page import MeetingPage
from app.ui.meetings.quick_point import QuickPoint
from app.ui.operations import DirectRunner
from app.ui.shell import MainWindow
from app.ui.widgets.fields import PersonField
from app.ui.widgets.messages import Question
from tests import support

NEED = "Orolig om kvällen"
FIRST, SECOND = dt.date(2026, 3, 10), dt.date(2026, 3, 24)


@pytest.fixture
def window(qtbot: QtBot, database: Path, clock: support.FixedClock) -> Iterator[MainWindow]:
    around: Callable[[], Surroundings] = lambda: support.surroundings(clock)  # noqa: E731
    made = make_window(database, user="chef", around=around, runner=DirectRunner())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.entrance.prepare()
    made.entrance.try_log_in("chef", support.PASSWORD)
    assert made.frame is not None
    for day in (FIRST, SECOND):
        base = support.team_meeting()
        meeting = replace(
            base, key=f"reflektion-{day}", forum="reflektionsmote", ward=None, date=day, items=(), customers=()
        )
        book_meeting(made.frame.place.desk, meeting=meeting)
    yield made
    made.close()


def press(within: QWidget, name: str) -> None:
    """Press the visible button of that name."""
    found = [
        one for one in within.findChildren(QAbstractButton) if one.accessibleName() == name and one.isVisible()
    ]  # fmt: skip
    assert found, f"no button {name}"
    found[0].click()
    QApplication.processEvents()


def go(window: MainWindow, page: str, key: str) -> QWidget:
    assert window.frame is not None
    window.frame.visit(page, key)
    QApplication.processEvents()
    assert not window.frame.bar.is_fault, window.frame.bar.text.text()
    found = window.frame.page
    assert found is not None
    return found


def meeting_page(window: MainWindow, key: str) -> MeetingPage:
    page = go(window, "meeting", key)
    assert isinstance(page, MeetingPage)
    return page


def raise_the_need(window: MainWindow) -> str:
    """Ctrl+N on Idag: a heading, the meeting and the customer."""
    assert window.frame is not None
    go(window, "today", "")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = next(one for one in window.findChildren(QuickPoint) if one.isVisible())
    dialog.heading.setText(NEED)
    dialog.meeting.setCurrentIndex(dialog.meeting.findData("teammote-1"))
    dialog.customer.setCurrentIndex(dialog.customer.findData("kund-1"))
    dialog.accept_button.click()
    QApplication.processEvents()
    meeting = get_meeting(window.frame.place.desk, key="teammote-1").value
    return next(one.key for one in meeting.items if one.heading == NEED)


def treat_and_lift(window: MainWindow, item: str) -> None:
    """The teammöte assesses, decides on an action, and lifts the matter for a common view."""
    page = meeting_page(window, f"teammote-1#{item}")
    press(page, "Starta mötet")
    page.agenda.choose(item)
    page.point.note.setPlainText("Går och letar efter dörren.")
    page.cards.add_assessment()
    assert page.cards.review is not None
    (risk,) = page.cards.review.assessment_cards
    risk.instrument.setText("NPI-NH")
    risk.score.setText("8")
    page.cards.add_action()
    (action,) = page.cards._shown(ActionCard)
    action.text.setPlainText("Prova sällskap efter middagen")
    action.who.setEditText("Bo Ek")
    action.who._tell()
    page.cards.show_item(item)
    assert page.cards.lift is not None
    assert page.cards.lift.itemText(1) == "Reflektionsmöte (enligt rutinen)"
    page.cards.lift.setCurrentIndex(page.cards.lift.findData("reflektionsmote"))
    page.editor.save()
    press(page, "Avsluta mötet")
    assert page.closing.isVisible(), "what goes on is seen before it goes"
    approve(window, page)


def approve(window: MainWindow, page: MeetingPage) -> None:
    press(page, "Justera anteckningarna")
    dialog = next(one for one in page.findChildren(Question) if one.isVisible())
    for secretary in dialog.findChildren(PersonField):
        secretary.set_person("anna-berg")
    dialog.accept_button.click()
    QApplication.processEvents()
    assert page.editor.meeting is not None
    assert page.editor.meeting.status is MeetingStatus.APPROVED
    assert window.frame is not None
    assert not window.frame.bar.is_fault, window.frame.bar.text.text()


def stations(window: MainWindow, meeting: str, item: str) -> tuple[Station, ...]:
    """What the strip shows at a point."""
    page = meeting_page(window, f"{meeting}#{item}")
    strip = page.point.trail
    assert strip.isVisible()
    assert strip._trail is not None
    return strip._trail.stations


def item_from(window: MainWindow, meeting: str, source: str) -> str:
    assert window.frame is not None
    found = get_meeting(window.frame.place.desk, key=meeting).value
    return next(one.key for one in found.items if one.carried_from == source)


def test_the_whole_way_is_shown_from_each_station(window: MainWindow) -> None:
    need = raise_the_need(window)
    treat_and_lift(window, need)
    first, second = f"reflektion-{FIRST}", f"reflektion-{SECOND}"
    lifted = item_from(window, first, need)

    page = meeting_page(window, first)
    press(page, "Starta mötet")
    press(page, "Avsluta mötet")
    assert page.closing.ahead.boxes[lifted].isChecked(), "not dealt with: it goes on"
    press(page, "För över till nästa möte")
    carried = item_from(window, second, lifted)

    page = meeting_page(window, f"{second}#{carried}")
    press(page, "Starta mötet")
    page.agenda.choose(carried)
    page.cards.add_decision()
    page.cards._shown(DecisionCard)[0].text.setPlainText("Sällskap varje kväll i två veckor.")
    page.editor.save()
    press(page, "Avsluta mötet")
    approve(window, page)

    actions = go(window, "actions", "")
    assert isinstance(actions, ActionsPage)
    assert window.frame is not None
    action = get_meeting(window.frame.place.desk, key="teammote-1").value.item(need)
    assert action is not None
    go(window, "actions", action.actions[0].key)
    press(actions.panel, "Markera som klar")

    for number, (meeting, item) in enumerate((("teammote-1", need), (first, lifted), (second, carried))):
        way = stations(window, meeting, item)
        assert [one.item for one in way] == [need, lifted, carried]
        assert [one.here for one in way] == [place == number for place in range(3)]
        told = [" ".join((one.how, *one.came)) for one in way]
        assert "Lyft till Reflektionsmöte" in told[0]
        assert "1 riskbedömning" in told[0].lower()
        assert "Prova sällskap efter middagen – klar" in told[0]
        assert told[1] == "Lyft hit Togs inte upp"
        assert told[2] == "Följde med från förra mötet Beslut: Sällskap varje kväll i två veckor."
        assert not any(one.open for one in way)
