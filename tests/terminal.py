"""The command line as somebody types it: in a process of its own, or in this one, which says the same at a tenth of it.

A test of a long way begins and ends in a process of its own; what lies between only needs the program.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from app import bootstrap

ROOT = Path(__file__).resolve().parents[1]
_PATIENCE = 120


@dataclass(frozen=True)
class Said:
    """How a command ended, what it printed and what it complained of."""

    status: int
    out: str
    err: str


Way = Callable[[Sequence[str], Path, Mapping[str, str]], Said]


def in_own_process(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Said:
    """Type the words after `python -m app`, standing in `folder` with these variables besides the usual ones."""
    done = subprocess.run(
        [sys.executable, "-m", "app", *words], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, stdin=subprocess.DEVNULL, encoding="utf-8", check=False, timeout=_PATIENCE,
    )  # fmt: skip
    return Said(done.returncode, done.stdout, done.stderr)


def in_this_process(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Said:
    """The same without Python's start and the loading of the program."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    before = os.umask(0o022)
    os.umask(before)
    try:
        with (
            patch.dict(os.environ, environment), contextlib.chdir(folder),
            contextlib.redirect_stdout(out), contextlib.redirect_stderr(err),
        ):  # fmt: skip
            status = _ended(words)
    finally:
        os.umask(before)
    return Said(status, _text(out), _text(err))


def _ended(words: Sequence[str]) -> int:
    try:
        return bootstrap.run(words)
    except SystemExit as ended:
        return int(str(ended.code))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")
