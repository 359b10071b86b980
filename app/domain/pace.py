"""How a meeting under way keeps its time: how long each point has taken, and who has spoken when it goes round.

Kept from moments and not from ticks, so that nothing is lost while nobody looks. Nothing of customers is in it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field, replace

from app.domain.meetings import AttendanceStatus, Item, ItemKind, Meeting
from app.domain.people import Outsider, Person

_EVERY_CUSTOMER = ("teammote",)
_ROUND = ("teammote", "reflektionsmote")
_LAP = "laget runt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One meeting's time: `item` is the point under way since `since`, `spent` the seconds of each before that."""

    meeting: str
    began: dt.datetime
    item: str = ""
    since: dt.datetime
    spent: dict[str, int] = field(default_factory=dict)
    spoken: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each point, who has had the word, the latest last (member key, or the name of somebody from outside)."""

    def at(self, item: str, now: dt.datetime) -> Pace:
        """The next point begins: the time of the one before is kept."""
        if item == self.item:
            return self
        spent = dict(self.spent)
        if self.item:
            spent[self.item] = self.seconds(self.item, now)
        return replace(self, item=item, since=now, spent=spent)

    def seconds(self, item: str, now: dt.datetime) -> int:
        """How long the point has taken so far."""
        before = self.spent.get(item, 0)
        return before + max(int((now - self.since).total_seconds()), 0) if item == self.item else before

    def minutes(self, now: dt.datetime) -> int:
        """How long the meeting has been under way, in whole minutes."""
        return max(int((now - self.began).total_seconds()), 0) // 60

    def next_speaker(self, item: str, people: tuple[str, ...]) -> Pace:
        """The word goes to the first who has not had it on this point; after the last, to nobody."""
        had = self.spoken.get(item, ())
        following = next((one for one in people if one not in had), _DONE)
        return self if had[-1:] == (_DONE,) else self._with_spoken(item, (*had, following))

    def back(self, item: str) -> Pace:
        """The latest did not have the word yet."""
        return self._with_spoken(item, self.spoken.get(item, ())[:-1])

    def give_word(self, item: str, person: str) -> Pace:
        """The word goes to somebody out of her turn."""
        had = tuple(one for one in self.spoken.get(item, ()) if one not in (person, _DONE))
        return self._with_spoken(item, (*had, person))

    def _with_spoken(self, item: str, spoken: tuple[str, ...]) -> Pace:
        return replace(self, spoken={**self.spoken, item: spoken})

    def speaker(self, item: str) -> str:
        """Who has the word, or empty."""
        latest = self.spoken.get(item, ())[-1:]
        return latest[0] if latest and latest[0] != _DONE else ""

    def has_spoken(self, item: str, person: str) -> bool:
        """Whether somebody has had the word on the point and handed it on."""
        return person in self.spoken.get(item, ()) and person != self.speaker(item)


_DONE = ""
"""Stands last when everybody has had the word."""


def to_text(pace: Pace) -> str:
    """The pace as it is kept."""
    return json.dumps({
        "meeting": pace.meeting, "began": pace.began.isoformat(), "item": pace.item, "since": pace.since.isoformat(),
        "spent": pace.spent, "spoken": pace.spoken,
    })  # fmt: skip


def from_text(text: str) -> Pace | None:
    """What was kept; None where it cannot be read (another version wrote it)."""
    try:
        found = json.loads(text)
        return Pace(
            meeting=found["meeting"], began=dt.datetime.fromisoformat(found["began"]), item=found["item"],
            since=dt.datetime.fromisoformat(found["since"]), spent=dict(found["spent"]),
            spoken={key: tuple(one) for key, one in found["spoken"].items()},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def goes_round(meeting: Meeting, item: Item) -> bool:
    """Whether everybody is asked in turn on this point (routine 3.1-3.6).

    At a teammöte each profession presents each customer's needs, problems and wishes; at a reflektionsmöte the word
    goes round among all.
    """
    if meeting.forum not in _ROUND:
        return False
    about = item.kind is ItemKind.CUSTOMER or item.customer is not None
    return about or (meeting.forum not in _EVERY_CUSTOMER and _LAP in item.heading.casefold())


def around_the_table(meeting: Meeting) -> tuple[str, ...]:
    """Who is asked, in order: those who are here; before anybody is marked as here, those called."""
    here = [_key(one.member or Outsider(one.name or "")) for one in meeting.attendance if _is_here(one.status)]
    away = {one.member for one in meeting.attendance if not _is_here(one.status)}
    return tuple(here) or tuple(key for key in meeting.participants if key not in away)


def _is_here(status: AttendanceStatus) -> bool:
    return status is AttendanceStatus.PRESENT


def _key(person: Person) -> str:
    return person.name if isinstance(person, Outsider) else person
