"""The log of bugs: where in our code a fault arose and of what kind, never a message with a customer's data."""

from __future__ import annotations

import datetime as dt
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from app.paths import user_data_dir

LARGEST = 1_000_000


def note_fault(error: BaseException) -> None:
    """Add the fault's kind and places to `fel.log` in the user's data folder; one that cannot be written is let be."""
    line = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {_chain(error)}\n"
    try:
        path = user_data_dir() / "fel.log"
        mode = "w" if path.exists() and path.stat().st_size > LARGEST else "a"
        with path.open(mode, encoding="utf-8") as file:
            file.write(line)
    except OSError:
        return


def _chain(error: BaseException) -> str:
    """The fault with what caused it, each by its kind and places."""
    told: list[str] = []
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        told.append(f"{type(one).__name__} {_places(one)}".rstrip())
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return " | ".join(told)


def _places(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__, limit=-40)
    return " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))


def _short(file: str) -> str:
    """A file's name without the folders above the program, which may bear a person's name."""
    parts = file.replace("\\", "/").split("/")
    for top in ("site-packages", "app", "tests", "lib"):
        if top in parts:
            return "/" + "/".join(parts[parts.index(top) + 1 :])
    return parts[-1]


def catch_all(tell: Callable[[BaseException], object]) -> None:
    """Note every fault that nothing else took, on whatever thread, then hand it to `tell` (which may be elsewhere)."""

    def caught(error: BaseException | None) -> None:
        if error is None:
            return
        if not isinstance(error, KeyboardInterrupt):
            note_fault(error)
        tell(error)

    def on_thread(found: threading.ExceptHookArgs) -> None:
        caught(found.exc_value)

    def on_unraisable(found: sys.UnraisableHookArgs) -> None:
        caught(found.exc_value)

    def on_fault(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        caught(error)

    sys.excepthook = on_fault
    threading.excepthook = on_thread
    sys.unraisablehook = on_unraisable
