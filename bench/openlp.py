"""`openlp`: start to a usable window, the log-in page, against OpenLP from Debian to its main window's first paint."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench import generator
from bench.measure import Row, compare, missing
from bench.windows import child, number

_GOAL = 0.5
_AGAINST = "OpenLP from Debian to the first paint of its main window"
_PYTHON = "/usr/bin/python3"
_LONGEST = 60
_WATCHED = """
import os, sys, time
start = float(sys.argv.pop())
from openlp.core.ui.mainwindow import MainWindow
before = MainWindow.paintEvent
def paint(self, event):
    before(self, event)
    print("PAINTED", time.monotonic() - start, flush=True)
    os._exit(0)
MainWindow.paintEvent = paint
from openlp.core.app import FirstTimeForm, FirstTimeLanguageForm, main
FirstTimeLanguageForm.exec = lambda self: True
FirstTimeForm.initialize = lambda self, screens: None
FirstTimeForm.exec = lambda self: 1
import openlp.core.app
openlp.core.app.backup_if_version_changed = lambda settings: True
main()
"""
"""Run by Debian's own Python, which has OpenLP's modules; the questions of a first start are answered."""


def rows() -> Iterator[Row]:
    """The row, or that OpenLP is missing. Both get the same virtual screen: OpenLP does not start without OpenGL."""
    lacking = [name for name in ("openlp", "Xvfb") if shutil.which(name) is None]
    if lacking:
        why = f"not installed on this machine: {', '.join(lacking)}"
        yield missing("openlp", goal=_GOAL, against=_AGAINST, unit="s", why=why)
        return
    many = generator.database(years=generator.YEARS).path
    with tempfile.TemporaryDirectory() as home, _screen() as screen:
        yield compare(
            "openlp",
            subject=lambda: number(child("bench.window_child", "paint", str(many), screen=screen), "seconds"),
            floor=lambda: _start_openlp(home, screen),
            goal=_GOAL,
            against=_AGAINST,
        )


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """A virtual screen of its own, as environment for those who are to use it."""
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        display = server.stdout.readline().strip() if server.stdout else ""
        yield {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def _start_openlp(home: str, screen: Mapping[str, str]) -> float:
    environment = {**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home, **screen}
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # its browser part refuses to start for root otherwise
        environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        environment[name] = home
    done = subprocess.run(
        [_PYTHON, "-c", _WATCHED, repr(time.monotonic())],
        env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False,
    )  # fmt: skip
    for line in done.stdout.splitlines():
        if line.startswith("PAINTED"):
            return float(line.split()[1])
    raise RuntimeError(f"OpenLP did not show its window: {done.stderr[-300:]}")
