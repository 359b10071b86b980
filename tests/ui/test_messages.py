"""The notices that lie over a page: where they stand, and that they leave the page's left column alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme import Theme, load_fonts
from app.ui.toolkit import make_application
from app.ui.widgets.messages import FloatingBar

LONG = "Bo Ek slutar torsdag 12 mars 2026. Allt är överlämnat, och de som tar över ser det på sin sida Idag i morgon."


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    load_fonts()
    Theme(dark=False).apply(make_application())
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("width", "height"), [(1060, 720), (623, 384), (360, 300)])
@pytest.mark.parametrize("text", ["Sparat.", LONG])
def test_a_notice_stands_small_in_the_lower_right_corner(over: QWidget, width: int, height: int, text: str) -> None:
    bar = FloatingBar(over)
    over.resize(width, height)
    bar.show_notice(text)
    QApplication.processEvents()
    place = bar.geometry()
    assert place.width() <= 420
    assert over.rect().contains(place)
    assert over.rect().right() - place.right() <= 24
    assert place.bottom() > height * 2 // 3
    words = bar.text.mapTo(bar, QPoint(0, bar.text.height()))
    assert bar.text.height() >= bar.text.heightForWidth(bar.text.width())
    assert words.y() <= bar.height()


def test_it_follows_the_corner_when_the_window_grows(over: QWidget) -> None:
    bar = FloatingBar(over)
    over.resize(700, 400)
    bar.show_fault(LONG)
    over.resize(1200, 800)
    QApplication.processEvents()
    assert bar.geometry().left() > 600
    assert bar.geometry().bottom() > 600
    over.resize(500, 400)
    QApplication.processEvents()
    assert over.rect().contains(bar.geometry())
