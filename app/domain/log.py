"""The audit log as values: where it is broken, where it ends, and its rows as they are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class BreakKind(StrEnum):
    """What was done to a place in the log. Without the key of the chain nobody can do it unseen."""

    EDITED = "edited"
    """The row does not say what was written, or is not of the program's making at all."""
    DELETED = "deleted"
    """No row has this number any more."""
    INSERTED = "inserted"
    """The program never wrote this row."""
    MOVED = "moved"
    """The row is genuine, but was written with another number."""
    UNPROVEN = "unproven"
    """The row before is gone or broken, and with it what this one could be held against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One place where the log does not hold: `sequence` as it stands now; `was` is a moved row's own number."""

    kind: BreakKind
    sequence: int
    was: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the log: of which database, its last row's number and seal, and when that row was written (UTC)."""

    database: str
    sequence: int
    mac: bytes
    at: dt.datetime
