"""Journalförd: that what a point says of a customer was entered in her journal; kept beside the minutes' text.

A mark may be set at any time, also when the minutes are approved, and is never part of what a save compares: whoever
types in a point does not collide with whoever marks it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.meeting_rules import customers_of
from app.domain.meetings import Item, JournalMark, Meeting


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A customer of whom a point says something that is in no journal yet; `number` is the point's in the minutes."""

    number: int
    item: Item
    customer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToJournal:
    """A meeting of which something is in no journal yet: `item` is the first such point, `customers` their labels."""

    meeting: str
    heading: str
    date: dt.date
    item: str
    customers: tuple[str, ...]
    count: int
    """How many points and customers there are, one by one."""


def unmarked(meeting: Meeting) -> tuple[Unmarked, ...]:
    """What is in no journal, in the order of the minutes: each customer of each point of which anything is written."""
    return tuple(
        Unmarked(number, item, customer)
        for number, item in enumerate(meeting.items, start=1)
        if item.dealt_with
        for customer in sorted(customers_of(item) - {mark.customer for mark in item.journaled})
    )


def with_marks(meeting: Meeting, *, item: str, marks: tuple[JournalMark, ...]) -> Meeting:
    """The meeting with other marks on one point."""
    items = tuple(replace(one, journaled=marks) if one.key == item else one for one in meeting.items)
    return replace(meeting, items=items)


def with_marks_of(meeting: Meeting, other: Meeting) -> Meeting:
    """The meeting with what `other` has beside the text; a point that only `meeting` has keeps its own.

    Beside the text stand the journals' marks, and that a point is left out of what goes on to the next meeting.
    """
    there = {item.key: item for item in other.items}
    return replace(meeting, items=tuple(_beside(item, there.get(item.key, item)) for item in meeting.items))


def _beside(item: Item, other: Item) -> Item:
    if (item.journaled, item.left_out) == (other.journaled, other.left_out):
        return item
    return replace(item, journaled=other.journaled, left_out=other.left_out)
