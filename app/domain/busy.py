"""Busy times from somebody's own calendar: only when and that she is away, never what it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.availability import Absence, AbsenceKind

READ_DAYS = 366
"""How far ahead a calendar is read."""
_PREFIX = "upptagen-"
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyTime:
    """One time: whole days (both inclusive) or moments of Swedish wall-clock time; `uid` is its event's identity."""

    uid: str
    from_: dt.datetime | dt.date
    to: dt.datetime | dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyFile:
    """What a calendar file holds of busy times between two days, and how much in it is none or could not be read.

    `unknown_zones` are time zones that nobody knows: their times were read as Swedish.
    """

    first: dt.date
    last: dt.date
    times: tuple[BusyTime, ...] = ()
    free: int = 0
    ours: int = 0
    unread: int = 0
    unknown_zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyChange:
    """What reading a file in would do to a member's absences: what is new, what is there, what is no longer in it."""

    member: str
    new: tuple[Absence, ...]
    same: int
    gone: tuple[Absence, ...]


def absence_of(time: BusyTime, *, member: str) -> Absence:
    """The busy time as an absence. Its key is made of the event's identity and start: the same file gives the same."""
    start = time.from_.isoformat()
    digest = hashlib.sha256(f"{member}\n{time.uid}\n{start}".encode()).hexdigest()[:24]
    return Absence(
        # Letters alone: a row of figures could be taken for a personnummer.
        key=f"{_PREFIX}{digest.translate(_LETTERS)}", member=member, from_=time.from_, to=time.to,
        kind=AbsenceKind.OTHER,
    )  # fmt: skip


def is_read_in(absence: Absence) -> bool:
    """Whether the absence came from a calendar file."""
    return absence.key.startswith(_PREFIX)


def change_of(found: BusyFile, *, member: str, kept: Iterable[Absence]) -> BusyChange:
    """What changes among the member's absences; only those read in before, within the file's days, can be gone."""
    before: Mapping[str, Absence] = {one.key: one for one in kept if one.member == member and is_read_in(one)}
    wanted = {}
    for time in found.times:
        fresh = absence_of(time, member=member)
        there = before.get(fresh.key)  # who stands in for her, and why, was written since and stays
        wanted[fresh.key] = fresh if there is None else replace(there, to=time.to)
    new = tuple(one for key, one in wanted.items() if before.get(key) != one)
    first = dt.datetime.combine(found.first, dt.time())
    last = dt.datetime.combine(found.last + dt.timedelta(days=1), dt.time())
    gone = tuple(one for key, one in before.items() if key not in wanted and first <= one.begins < last)
    return BusyChange(member=member, new=new, same=len(wanted) - len(new), gone=gone)
