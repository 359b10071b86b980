"""The audit log as values: where it is broken, where it ends, and its rows as they are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_SHOWN, _GROUP = 16, 4
_SAME = ("at", "user", "role", "unit", "workstation", "action", "reason")


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
    CUT_OFF = "cut_off"
    """The row was there when the log's end was last noted elsewhere, and so were those before it."""
    REPLACED = "replaced"
    """Another row had this number when the log's end was last noted elsewhere: the log is another's, or an older one
    that went on."""


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

    @property
    def words(self) -> str:
        """The end as papers and receipts say it: `rad 1 234, 7F3A-12BC-0D4E-9A01`."""
        return head_words(self.sequence, self.mac)


@dataclass(frozen=True, slots=True, kw_only=True)
class LostEnd:
    """A log-in at which the log lacked row `lost`, that its machine had noted; `key` is the row that says so.

    `at` in Swedish wall-clock time; `user` is whoever came in then, who need not have anything to do with it.
    """

    key: int
    lost: str
    at: dt.datetime
    user: str
    workstation: str


def head_words(sequence: int, mac: bytes) -> str:
    """A row's number and the beginning of its seal, to be read from paper and typed."""
    digits = mac.hex().upper()[:_SHOWN]
    groups = "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))
    return f"rad {_grouped(sequence)}, {groups}"


def head_line(head: Head) -> str:
    """The sentence on receipts and extracts that the log can be held against later."""
    return f"Loggens slut: {head.words}"


def read_head(text: str) -> tuple[int, str] | None:
    """The row's number and the seal's hexadecimal digits out of what `head_words` gives, however it is typed.

    None when there is no number, or too little of the seal to say anything.
    """
    number, parted, code = text.casefold().partition(",")
    sequence = "".join(char for char in number if char.isdecimal())
    digits = "".join(char for char in code if char not in "- \u00a0\t.")
    if not parted or not sequence or len(digits) < _SHOWN or not set(digits) <= set("0123456789abcdef"):
        return None
    return int(sequence), digits


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogState:
    """What a check of the log found: how many rows it has, where it ends, and every break.

    `anchor` is the end that this machine noted when it last had the database open, if it ever had.
    """

    rows: int
    head: Head | None
    anchor: Head | None
    breaks: tuple[Break, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.breaks


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One row of the log as it is shown: the facts of the row, and the names its keys stand for today.

    `at` is Swedish wall-clock time. A customer whom the reader may not see has no label.
    """

    sequence: int
    at: dt.datetime
    user: str
    name: str
    role: str
    unit: str | None
    unit_name: str | None
    workstation: str
    action: str
    object: str | None
    customer: str | None
    label: str | None
    reason: str | None
    object_name: str | None = None
    """What is at the object's key today, in words: `Teammöte Norr 3 mars 2026`."""


Gesture = tuple[LogRow, ...]
"""The rows of one gesture: they differ only in the customer."""


def gestures(rows: Iterable[LogRow]) -> tuple[Gesture, ...]:
    """The rows in order, gathered where they differ only in the customer: one gesture has a row for each."""
    found: list[list[LogRow]] = []
    for row in rows:
        if found and row.customer and found[-1][-1].customer and _same_gesture(found[-1][-1], row):
            found[-1].append(row)
        else:
            found.append([row])
    return tuple(tuple(group) for group in found)


def _same_gesture(before: LogRow, row: LogRow) -> bool:
    alike = all(getattr(before, name) == getattr(row, name) for name in _SAME)
    return alike and (before.object == row.object or {_kind(before), _kind(row)} == {"customer"})


def _kind(row: LogRow) -> str:
    return (row.object or "").partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogExtract:
    """What an extract on paper holds: about whom, of which days, its rows, who took it out, and the log's end."""

    about: str
    from_: dt.date | None
    to: dt.date | None
    rows: tuple[LogRow, ...]
    unit_names: tuple[str, ...]
    drawn_by: str
    drawn_at: dt.datetime
    head: Head | None
