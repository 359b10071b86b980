"""Sedan förra passet as a person meets it: the card on Idag, the page, another moment, and the paper."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.meetings import Action, MeetingStatus
from app.services import meetings
from app.services.desk import Desk
from app.ui.handover.page import HandoverPage
from app.ui.meetings.page import MeetingPage
from app.ui.papers.preview import PreviewWindow
from app.ui.shell import MainWindow
from app.ui.widgets.rows import OpenRow
from tests.support import TODAY, fill, solgarden, team_meeting

HOSTILE = "Vi ringer <b>Karl</b> & hans son."


def decide(desk: Desk) -> None:
    """A teammöte yesterday at 13 with a decision and an action about a customer."""
    *rest, ab, cd, party = team_meeting().items
    about = replace(
        ab, key="g-2", decisions=(HOSTILE,), actions=(Action(key="ring", text="Ring", responsible="bo-ek"),)
    )  # fmt: skip
    items = (*(replace(one, key="g-1") for one in rest), about, replace(cd, key="g-3"), replace(party, key="g-4"))
    held = replace(
        team_meeting(), key="i-gar", date=TODAY - dt.timedelta(days=1), status=MeetingStatus.DRAFT, items=items
    )  # fmt: skip
    fill(desk, replace(solgarden(), meetings=(held,)))


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    """The window with Idag read anew."""
    assert window.place is not None
    assert window.frame is not None
    decide(window.place.desk)
    window.frame.refresh()
    return window


def at_page(window: MainWindow) -> HandoverPage:
    assert window.frame is not None
    page = window.frame.page
    assert isinstance(page, HandoverPage)
    return page


def test_idag_says_how_much_and_leads_to_what(shown: MainWindow) -> None:
    assert shown.frame is not None
    [card] = [one for one in shown.findChildren(OpenRow) if "Läs vad som har bestämts" in one.accessibleName()]
    assert "1 möte: 1 beslut, 1 åtgärd" in card.accessibleName()
    card.click()
    page = at_page(shown)
    text = page.text.toPlainText()
    for words in ("Norr, Solgården", "Teammöte", "1101 AB", HOSTILE, "Ring – Bo Ek"):
        assert words in text
    page.text.anchorClicked.emit(QUrl("i-gar"))
    assert isinstance(shown.frame.page, MeetingPage)


def test_another_moment_is_typed_and_what_cannot_be_read_is_said(shown: MainWindow) -> None:
    assert shown.frame is not None
    shown.frame.visit("handover", "")
    page = at_page(shown)
    QTest.keyClicks(page.when, "16.00")
    page.read_typed()
    assert page.text.isHidden() or not page.text.isVisible()
    assert "bestämt något sedan i går 16.00" in page._nothing.sentence.text()
    assert not page.print_button.isEnabled()
    page.when.setText("idag 30")
    page.read_typed()
    assert "Skriv till exempel" in page.fault.text()
    assert page.fault.isVisible()
    page.when.setText("3 veckor")
    page.read_typed()
    page.last_shift.click()
    assert not page.fault.isVisible()
    assert HOSTILE in page.text.toPlainText()
    page.yesterday.click()
    assert page.last_shift.isChecked() is False
    assert not page.text.isVisible()


@pytest.mark.parametrize("board", [False, True])
def test_it_is_one_page_of_paper_with_or_without_customers(shown: MainWindow, board: bool) -> None:
    assert shown.frame is not None
    desk = shown.frame.place.desk
    if board:
        found = meetings.get_meeting(desk, key="i-gar")
        *rest, party = found.value.items
        changed = replace(found.value, items=(*rest, replace(party, decisions=("Festen är den 5 juni.",))))
        meetings.save_meeting(desk, meeting=changed, expected_version=found.version)
    shown.frame.visit("handover", "")
    page = at_page(shown)
    (page.board_button if board else page.print_button).click()
    [preview] = [one for one in QApplication.topLevelWidgets() if isinstance(one, PreviewWindow) and one.isVisible()]
    assert preview.paper is not None
    reader = PdfReader(io.BytesIO(preview.paper.data))
    text = " ".join(reader.pages[0].extract_text().split())
    preview.close()
    assert len(reader.pages) == 1
    assert ("1101 AB" in text) is not board
    assert ("Sekretess" in text) is not board
    assert ("Festen" in text) is board
