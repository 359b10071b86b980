"""Time in steps of five minutes, and lanes: the days of a pattern, and whether the days of two patterns ever meet."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from dataclasses import dataclass

STEP = 5
DAY = 24 * 60 // STEP
QUARTER = 15 // STEP
WHOLE_DAY = (1 << DAY) - 1


@dataclass(frozen=True, slots=True, order=True)
class Lane:
    """The days of a pattern, without its time of day.

    `kind` is "day" (every day in `days`), "week" or "month"; `days` is a set of weekdays as bits, `number` the n-th
    weekday of the month, and the lane comes back every `every` weeks or months, in that of `phase`.
    """

    kind: str
    days: int
    number: int
    every: int
    phase: int


def meets(one: Lane, other: Lane) -> bool:
    """Whether a day may come that belongs to both lanes."""
    if not one.days & other.days:
        return False
    if one.kind != other.kind or one.kind == "day":
        return True
    if one.number != other.number:
        return False
    return (one.phase - other.phase) % math.gcd(one.every, other.every) == 0


def lowest(time: dt.time) -> int:
    """The step a time lies in."""
    return (time.hour * 60 + time.minute) // STEP


def highest(time: dt.time) -> int:
    """The first step that begins at the time or after it; midnight as an end is the day's last."""
    minutes = time.hour * 60 + time.minute
    return -(-minutes // STEP) if minutes else DAY


def steps(minutes: int) -> int:
    """As many steps as hold the minutes."""
    return -(-minutes // STEP)


def clock(step: int) -> dt.time:
    """The time of day at which a step begins."""
    return dt.time(step * STEP // 60, step * STEP % 60)


def end_of(step: int, minutes: int) -> dt.time:
    """When something ends that begins with a step; what lasts to midnight ends on the day's last minute."""
    found = step * STEP + minutes
    return dt.time(found // 60, found % 60) if found < 24 * 60 else dt.time(23, 59)


def span(first: int, last: int) -> int:
    """The steps from `first` up to but not with `last`, as bits."""
    first, last = max(first, 0), min(last, DAY)
    return ((1 << (last - first)) - 1) << first if last > first else 0


def too_near(start: int, end: int, *, length: int, gap: int) -> int:
    """The starts at which something of `length` would meet `start`-`end`, or come nearer than `gap` steps, as bits."""
    return span(start - gap - length + 1, end + gap)


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, from the lowest."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
