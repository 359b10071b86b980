"""`openlp`: start to a usable window, the log-in page, against OpenLP from Debian to its main window's first paint."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator

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
from openlp.core.common.settings import Settings
Settings.__default_settings__["core/has run wizard"] = True
from openlp.core.app import main
main()
"""
"""Run by Debian's own Python, which has OpenLP's modules; its first-time wizard is answered, or it would wait."""


def rows() -> Iterator[Row]:
    """The row, or that OpenLP is missing."""
    if shutil.which("openlp") is None:
        why = "OpenLP (Debian's package openlp) is not installed on this machine"
        yield missing("openlp", goal=_GOAL, against=_AGAINST, unit="s", why=why)
        return
    many = generator.database(years=generator.YEARS).path
    with tempfile.TemporaryDirectory() as home:
        yield compare(
            "openlp",
            subject=lambda: number(child("bench.window_child", "paint", str(many)), "seconds"),
            floor=lambda: _start_openlp(home),
            goal=_GOAL,
            against=_AGAINST,
        )


def _start_openlp(home: str) -> float:
    environment = {**os.environ, "HOME": home, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": home}
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
