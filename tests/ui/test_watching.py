"""A personnummer typed anywhere is told quietly under what is written, and stops nobody; a phone number is none."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services import meetings
from app.ui.meetings.page import MeetingPage
from app.ui.shell import MainWindow
from app.ui.theme import load_fonts
from app.ui.widgets.fields import line
from app.ui.widgets.texts import TextField
from app.ui.widgets.watching import WatchedLine

NUMBER = "811218-9876"
SENTENCE = "Det ser ut som ett personnummer. Skriv initialer i stället."


def told(place: QWidget) -> list[str]:
    return [one.text() for one in place.findChildren(QLabel) if one.isVisibleTo(place)]


def test_a_line_tells_it_and_is_quiet_again(qtbot: QtBot) -> None:
    load_fonts()
    made = line(name="Rubrik")
    assert isinstance(made, WatchedLine)
    qtbot.addWidget(made)
    made.show()
    low = made.height()
    QTest.keyClicks(made, f"Ring {NUMBER}")
    assert (told(made), made.accessibleDescription()) == ([SENTENCE], SENTENCE)
    assert made.text() == f"Ring {NUMBER}"
    made.adjustSize()
    assert made.textMargins().bottom() > 0
    made.setText("Möte om EF")
    made.adjustSize()
    assert (told(made), made.accessibleDescription(), made.textMargins().bottom()) == ([], "", 0)
    assert made.height() <= low + 1


@pytest.mark.parametrize("most", [0, 8])
def test_a_text_makes_room_for_it(qtbot: QtBot, most: int) -> None:
    load_fonts()
    made = TextField(name="Anteckning", lines=2, most=most)
    qtbot.addWidget(made)
    made.show()
    before = made.viewport().height()
    made.setPlainText(f"Ringde {NUMBER} i går")
    assert made.warned
    assert told(made) == [SENTENCE]
    assert made.viewport().geometry().bottom() <= made.height() - 20
    made.show_text("Ringde i går")
    assert told(made) == []
    made.show_text(f"Ringde {NUMBER}")
    assert made.warned, "also when the text was there already"
    assert before > 0


def test_a_field_for_phone_numbers_takes_them(qtbot: QtBot) -> None:
    load_fonts()
    made = line(phone=True)
    qtbot.addWidget(made)
    for number in ("0701121236", "070-112 12 36", "+46701121236"):
        made.setText(number)
        assert told(made) == [], number
    made.setText(NUMBER)
    assert told(made) == [SENTENCE]


def test_what_is_written_at_a_meeting_is_kept_all_the_same(window: MainWindow) -> None:
    assert window.frame is not None
    desk = window.frame.place.desk
    meetings.open_meeting(desk, key="teammote-1", expected_version=1)
    window.frame.visit("meeting", "teammote-1")
    page = window.frame.page
    assert isinstance(page, MeetingPage)
    page.agenda.choose("punkt-4")
    page.point.note.setPlainText(f"Gäller {NUMBER}")
    assert page.point.note.warned
    page.cards.add_decision()
    decision = next(one for one in page.cards.findChildren(TextField) if one.accessibleName() == "Beslut")
    decision.setPlainText(f"Kontakta {NUMBER}")
    assert decision.warned
    page.editor.save()
    item = meetings.get_meeting(desk, key="teammote-1").value.items[3]
    assert (item.notes, item.decisions) == (f"Gäller {NUMBER}", (f"Kontakta {NUMBER}",))
