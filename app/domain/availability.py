"""When people and rooms are to be had: absences, rooms, how long it takes between units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.domain.people import Person

USUAL_TRAVEL = 15
"""Minutes between two units when nothing else is set."""


class AbsenceKind(StrEnum):
    """Why somebody is away."""

    HOLIDAY = "holiday"
    TRAINING = "training"
    SICK = "sick"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish word shown for the kind."""
        return {"holiday": "Semester", "training": "Utbildning", "sick": "Sjuk", "other": "Borta"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """When a member is away: whole days, both inclusive, or from a moment to a moment of Swedish wall-clock time."""

    key: str
    member: str
    from_: dt.datetime | dt.date
    to: dt.datetime | dt.date
    kind: AbsenceKind | None = None
    substitute: Person | None = None

    @property
    def begins(self) -> dt.datetime:
        """The moment it begins."""
        return self.from_ if isinstance(self.from_, dt.datetime) else dt.datetime.combine(self.from_, dt.time())

    @property
    def ends(self) -> dt.datetime:
        """The moment it is over: midnight after the last whole day."""
        if isinstance(self.to, dt.datetime):
            return self.to
        return dt.datetime.combine(self.to + dt.timedelta(days=1), dt.time())

    def covers(self, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether any of the time from `start` to `end` lies in it."""
        return self.begins < end and start < self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room in which one meeting is held at a time; of one unit, or shared by all. A meeting's place names it."""

    key: str
    name: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How many minutes it takes from one unit to another, the same both ways."""

    key: str
    from_: str
    to: str
    minutes: int


def travel_minutes(travel: Iterable[Travel]) -> dict[frozenset[str], int]:
    """The minutes between pairs of units."""
    return {frozenset((one.from_, one.to)): one.minutes for one in travel}
