"""A window in which the enhetschef of the small unit is logged in, on a real encrypted file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.access import Surroundings
from app.services.desk import Desk
from app.ui.application import make_window
from app.ui.operations import DirectRunner
from app.ui.shell import MainWindow
from app.ui.theme import Theme, load_fonts
from app.ui.widgets.pages import Page
from app.ui.workplace import Workplace
from tests import support

P = TypeVar("P", bound=Page)


@pytest.fixture
def heard() -> list[str]:
    """What the window's bar was told, faults and notices."""
    return []


@pytest.fixture
def show_page(qtbot: QtBot, heard: list[str]) -> Callable[[type[P], Desk], P]:
    """A page at a desk, refreshed by what changes as the window does it."""

    def make(kind: type[P], desk: Desk) -> P:
        load_fonts()
        place = Workplace(desk, support.surroundings(), DirectRunner(), Theme(dark=False))
        place.setParent(QApplication.instance())
        page: P = kind(place)  # type: ignore[call-arg]  # each page has a title of its own
        qtbot.addWidget(page)
        place.troubled.connect(heard.append)
        place.told.connect(heard.append)
        place.changed.connect(lambda changed: page.refresh() if changed in page.refreshed_by else None)
        page.resize(1080, 700)
        page.show()
        page.refresh()
        return page

    return make


@pytest.fixture
def around(clock: support.FixedClock) -> Callable[[], Surroundings]:
    """What a window is given, with the test's clock."""
    return lambda: support.surroundings(clock)


@pytest.fixture
def closed_window(qtbot: QtBot, database: Path, around: Callable[[], Surroundings]) -> Iterator[MainWindow]:
    """The log-in page of the small unit's database."""
    window = make_window(database, user="chef", around=around, runner=DirectRunner())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.entrance.prepare()
    yield window
    window.close()


@pytest.fixture
def window(closed_window: MainWindow) -> MainWindow:
    """The enhetschef is in."""
    closed_window.entrance.try_log_in("chef", support.PASSWORD)
    assert closed_window.frame is not None
    return closed_window


@pytest.fixture
def as_user(closed_window: MainWindow) -> Callable[[str], MainWindow]:
    """The window with that user logged in, whoever was in before."""

    def enter(user: str) -> MainWindow:
        closed_window.lock()
        closed_window.entrance.try_log_in(user, support.PASSWORD)
        assert closed_window.frame is not None
        return closed_window

    return enter
