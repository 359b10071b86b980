"""Who came late, left early, or took no part in a point (jäv, or another reason), by the minute.

When somebody came and left are fields of her attendance; that she was out lies on the point, and follows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.meetings import Attendance, AttendanceStatus, Item, ItemAbsence
from app.domain.people import Person
from app.domain.swedish import clock, span

CONFLICT_OF_INTEREST = "jäv"


def came(one: Attendance, at: dt.time) -> Attendance:
    """She comes now: here from this minute."""
    return replace(one, status=AttendanceStatus.PRESENT, from_=at, to=None)


def left(one: Attendance, at: dt.time) -> Attendance:
    """She leaves now, and was here until this minute."""
    return replace(one, status=AttendanceStatus.PRESENT, to=at)


def out_of(item: Item) -> tuple[Person, ...]:
    """Who is out while the point is dealt with, and has not come back to it."""
    return tuple(one.person for one in item.absences if one.to is None)


def goes_out(item: Item, person: Person, *, at: dt.time | None, reason: str | None = CONFLICT_OF_INTEREST) -> Item:
    """She takes no part in the point from now on.

    Before anything is said of the point, or where no minute is given, she takes no part in any of it.
    """
    if person in out_of(item):
        return item
    since = at if item.dealt_with else None
    return replace(item, absences=(*item.absences, ItemAbsence(person=person, from_=since, reason=reason)))


def comes_back(item: Item, person: Person, *, at: dt.time) -> Item:
    """She is back while the point is still dealt with."""
    found = tuple(
        replace(one, to=at) if one.person == person and one.to is None else one for one in item.absences
    )  # fmt: skip
    return replace(item, absences=found)


def without(item: Item, gone: ItemAbsence) -> Item:
    """The point without an absence that was a mistake."""
    return replace(item, absences=tuple(one for one in item.absences if one != gone))


def absence_words(one: ItemAbsence, name: str) -> str:
    """How the minutes say it: `Anna Berg deltog inte i punkten 13.05–13.12 (jäv)`."""
    reason = f" ({one.reason})" if one.reason else ""
    return f"{name} deltog inte i punkten{_times(one)}{reason}"


def _times(one: ItemAbsence) -> str:
    if one.from_ and one.to:
        return f" {span(one.from_, one.to)}"
    if one.from_:
        return f" från {clock(one.from_)}"
    return f" före {clock(one.to)}" if one.to else ""


def points_without(items: Sequence[Item], person: Person) -> tuple[int, ...]:
    """The numbers of the points in which she took no part, or only in a part of them."""
    return tuple(
        number for number, item in enumerate(items, start=1) if any(one.person == person for one in item.absences)
    )


def points_words(numbers: Sequence[int]) -> str:
    """`utom § 3`, `utom § 3 och § 5`; empty where there is none."""
    named = [f"§ {number}" for number in numbers]
    if len(named) < 2:
        return f"utom {named[0]}" if named else ""
    return f"utom {', '.join(named[:-1])} och {named[-1]}"
