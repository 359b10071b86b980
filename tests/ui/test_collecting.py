"""Widgets that nobody reaches are freed on the GUI thread, whatever the worker makes meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.collecting import Collector
from app.ui.operations import ThreadRunner
from app.ui.toolkit import make_application


def forgotten(freed: list[int]) -> None:
    """A page with a part that points back at it, which nobody keeps."""
    page = QWidget()
    page.part = QWidget(page)  # type: ignore[attr-defined]
    page.part.whole = page  # type: ignore[attr-defined]
    weakref.finalize(page, lambda: freed.append(threading.get_ident()))


def much_work() -> int:
    """What a long list makes: many objects that point at each other."""
    for _ in range(20_000):
        one: dict[str, object] = {}
        one["self"] = one
    return threading.get_ident()


def test_the_worker_frees_no_widget(qtbot: QtBot) -> None:
    runner, told, freed = ThreadRunner(make_application()), list[object](), list[int]()
    gc.collect()
    gc.enable()  # as Python begins
    collector = Collector()
    forgotten(freed)
    runner.start(much_work, done=told.append, failed=told.append)
    runner.wait()
    assert len(told) == 1
    assert threading.get_ident() not in told
    qtbot.waitUntil(lambda: bool(freed), timeout=10_000)
    assert freed == [threading.get_ident()]
    collector.deleteLater()
