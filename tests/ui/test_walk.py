"""Every page, panel and dialog of the demo: each control has a name, Swedish is spoken, and nothing goes wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QTabBar,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.bootstrap import demo_material
from app.paths import resource
from app.services import demo
from app.services.access import Surroundings
from app.ui.application import make_window
from app.ui.operations import DirectRunner
from app.ui.self_test import self_test
from app.ui.shell import MainWindow
from app.ui.walk import walk
from app.ui.walk_steps import settle_down
from tests import support

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar, QTabBar,
    QTextBrowser,
)  # fmt: skip
ENGLISH = {
    "ok", "cancel", "save", "close", "open", "yes", "no", "apply", "help", "search", "delete", "print", "settings",
    "meeting", "agenda", "minutes", "new", "edit", "add", "remove", "the", "and", "with", "of",
}  # fmt: skip


@pytest.fixture
def demo_window(
    qtbot: QtBot, demo_template: Path, tmp_path: Path, around: Callable[[], Surroundings]
) -> Iterator[MainWindow]:
    shutil.copytree(demo_template, tmp_path / "demo")
    window = make_window(tmp_path / "demo" / support.DEMO_FILE, user=demo.USER, around=around, runner=DirectRunner())
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    settle_down()
    yield window
    window.close()


def nameless(shown: QWidget) -> list[str]:
    """The visible controls that assistive tools could not name."""
    found = []
    for control in shown.findChildren(QWidget):
        if not isinstance(control, CONTROLS) or isinstance(control, QScrollBar) or not control.isVisible():
            continue
        if control.objectName().startswith("qt_") or isinstance(control.parent(), QComboBox | QAbstractSpinBox):
            continue
        own = [control.accessibleName(), control.toolTip() if isinstance(control, QAbstractButton) else ""]
        own.append(control.text() if isinstance(control, QAbstractButton) else "")
        if not any(text.strip() for text in own):
            found.append(f"{type(control).__name__} in {type(control.parent()).__name__}")
    return found


def english(shown: QWidget) -> list[str]:
    """Visible words of the interface that are English."""
    found = []
    for part in shown.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QAbstractButton | QLabel):
            continue
        words = {word.strip(".,:;!?&…()").lower() for word in part.text().split()}
        found += [part.text()] if words & ENGLISH else []
    return found


def too_large(window: QWidget) -> list[str]:
    """Whether the page asks for more room than 1366×768 gives at 200 % scale."""
    usual = window.size()
    window.resize(683, 384)
    settle_down()
    found = [f"is {window.width()} × {window.height()}"] if window.width() > 683 or window.height() > 384 else []
    window.resize(usual)
    settle_down()
    return found


def test_every_control_has_a_name_and_speaks_swedish(demo_window: MainWindow) -> None:
    settle_down()
    faults = {"log-in": nameless(demo_window) + english(demo_window)}
    demo_window.entrance.try_log_in(demo.USER, demo.PASSWORD)
    frame = demo_window.frame
    assert frame is not None
    stops = []
    for name, shown in walk(demo_window):
        stops.append(name)
        faults[name] = nameless(shown) + english(shown) + (too_large(shown) if shown is demo_window else [])
        assert not frame.bar.is_fault, f"{name}: {frame.bar.text.text()}"
    assert {name: found for name, found in faults.items() if found} == {}
    assert len(stops) == len(set(stops))
    assert {"today", "calendar", "meeting-open", "settings-units", "finder", "preview", "guide"} <= set(stops)


def test_the_self_test_passes(around: Callable[[], Surroundings], capsys: pytest.CaptureFixture[str]) -> None:
    def whole() -> Surroundings:
        return replace(around(), dictionary=resource("spelling", "sv_SE"))

    assert self_test(around=whole, material=demo_material()) == 0
    told = capsys.readouterr().out
    assert "7 dokument" in told
    assert "Ordlista: svarar" in told
    assert "Kontroll: hel" in told
