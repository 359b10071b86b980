"""The log of bugs: where in our code a fault arose and of what kind, never a message with a customer's data."""

from __future__ import annotations

import datetime as dt
import traceback

from app.paths import user_data_dir

LARGEST = 1_000_000


def note_fault(error: BaseException) -> None:
    """Add the fault's kind and places to `fel.log` in the user's data folder; one that cannot be written is let be."""
    places = [
        f"{frame.filename.rpartition('app')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    line = f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ} {type(error).__name__} " + " < ".join(reversed(places)) + "\n"
    try:
        path = user_data_dir() / "fel.log"
        mode = "w" if path.exists() and path.stat().st_size > LARGEST else "a"
        with path.open(mode, encoding="utf-8") as file:
            file.write(line)
    except OSError:
        return
