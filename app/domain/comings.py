"""Who came late, left early, or was out while a point was dealt with, by the minute.

When somebody came and left are fields of the attendance. That she was out during a point (she has an interest in it,
jäv) has none of its own, and is written in the attendance's note in words that are read here again.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from app.domain.meetings import Attendance, AttendanceStatus
from app.domain.swedish import clock

_OUT = re.compile(r"Ute under punkt (\d+) \(jäv\) (\d\d)\.(\d\d)–(?:(\d\d)\.(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """Out during the point with this number; `to` is None until she is back."""

    number: int
    from_: dt.time
    to: dt.time | None


def came(one: Attendance, at: dt.time) -> Attendance:
    """She comes now: here from this minute."""
    return replace(one, status=AttendanceStatus.PRESENT, from_=at, to=None)


def left(one: Attendance, at: dt.time) -> Attendance:
    """She leaves now, and was here until this minute."""
    return replace(one, status=AttendanceStatus.PRESENT, to=at)


def outs(one: Attendance) -> tuple[Out, ...]:
    """The points during which she was out."""
    return tuple(
        Out(
            number=int(number), from_=dt.time(int(hour), int(minute)),
            to=dt.time(int(till), int(past)) if till else None,
        )
        for number, hour, minute, till, past in _OUT.findall(one.note or "")
    )  # fmt: skip


def is_out(one: Attendance) -> bool:
    """Whether she is out now."""
    return any(out.to is None for out in outs(one))


def goes_out(one: Attendance, *, number: int, at: dt.time) -> Attendance:
    """She leaves the room while the point with this number is dealt with."""
    if is_out(one):
        return one
    said = f"Ute under punkt {number} (jäv) {clock(at)}–"
    before = (one.note or "").rstrip(". ")
    return replace(one, note=f"{before}. {said}" if before else said)


def comes_back(one: Attendance, *, at: dt.time) -> Attendance:
    """She is back: the minute is written where it was left open."""

    def closed(found: re.Match[str]) -> str:
        return found[0] if found[4] else found[0] + clock(at)

    return replace(one, note=_OUT.sub(closed, one.note)) if one.note else one
