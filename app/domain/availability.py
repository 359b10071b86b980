"""When people and rooms are to be had: absences, rooms, how long it takes between units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
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


Ways = Mapping[tuple[str, str], int]
"""Minutes between two units, by their keys in either order; `USUAL_TRAVEL` where none are set."""


def ways_of(travel: Iterable[Travel]) -> Ways:
    """The minutes that are set, by the two units."""
    return {(one.from_, one.to): one.minutes for one in travel}


def minutes_between(one: str, other: str, travel: Ways) -> int:
    """The minutes from one unit to another, the longer where both ways are set."""
    if one == other:
        return 0
    known = [travel[pair] for pair in ((one, other), (other, one)) if pair in travel]
    return max(known, default=USUAL_TRAVEL)


def is_digital(place: str | None, link: str | None) -> bool:
    """Whether nobody goes anywhere: the place says "Digitalt" or SEFOS, or there is a link and no place."""
    words = (place or "").casefold()
    return "digital" in words or "sefos" in words or (bool(link) and not words.strip())


def plain_place(place: str | None) -> str:
    """A place as it is compared: spaces and capitals aside."""
    return " ".join((place or "").split()).casefold()
