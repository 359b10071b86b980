"""A window in which the enhetschef of the small unit is logged in, on a real encrypted file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.services.access import Surroundings
from app.ui.application import make_window
from app.ui.operations import DirectRunner
from app.ui.shell import MainWindow
from tests import support


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
