"""What the year plan is asked and what it answers: demands, people's time, patterns, placements, cost and conflicts.

Everything can be pickled, so that a plan may be solved in a process of its own; nothing here solves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.catalogue import Interval

WEEKDAYS = (0, 1, 2, 3, 4)
ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One meeting of an occasion that is held in one piece, one part directly after the other."""

    forum: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """An occurrence that stays where it is: held, announced, pinned or of a series that is there already.

    It counts for the period it lies in. `key` is the caller's own (a meeting's key), handed back in the placement.
    """

    date: dt.date
    start: dt.time
    end: dt.time
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A slot that repeats.

    `weekday` is None for a daily forum. `number` is the n-th weekday of the month (1-4) of a monthly forum. `phase`
    is the week (counted from the Monday of the week the plan begins in, modulo the interval) or the month (counted
    from the month it begins in, modulo the interval) of a forum that comes less often than every week or month.
    """

    weekday: int | None
    start: dt.time
    number: int | None = None
    phase: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A forum of a ward, a unit or a team that is to have its time through the year.

    `minutes` is the whole length (the sum of `parts` where there are any). It lies between `earliest` and `latest` on
    one of `weekdays`. `site` is where one travels to (a unit's key), None when digital. `red_days`: held on public
    holidays too. `held_without`: whoever of its people is absent or does not work that day is not waited for. `usual`
    is today's pattern, `last` the date it was last held before the plan begins.
    """

    key: str
    label: str
    unit: str
    ward: str | None = None
    forum: str
    minutes: int
    people: tuple[str, ...]
    room: str | None = None
    site: str | None = None
    rhythm: Interval
    earliest: dt.time = dt.time(8)
    latest: dt.time = dt.time(17)
    weekdays: tuple[int, ...] = WEEKDAYS
    red_days: bool = False
    held_without: bool = False
    wish_weekday: int | None = None
    wish_start: dt.time | None = None
    usual: Pattern | None = None
    last: dt.date | None = None
    fixed: tuple[Fixed, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A time of the week when somebody works."""

    weekday: int
    from_: dt.time
    to: dt.time


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """A time when a person or a room is taken: an absence (`away`) or a meeting outside the plan; `words` says which.

    `site` is where a meeting is held, so that the way there is counted; None for an absence or a digital meeting.
    """

    who: str
    start: dt.datetime
    end: dt.datetime
    site: str | None = None
    words: str = ""
    away: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is to be planned from `first` to `last`, both included.

    `windows` holds people with working hours (no entry: any time), `free_days` the holidays with their names,
    `travel` the minutes from one site to another, in either direction, where they are not `USUAL_TRAVEL`, and `names`
    the words for people, rooms and sites in sentences.
    """

    first: dt.date
    last: dt.date
    demands: tuple[Demand, ...]
    windows: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)
    busy: tuple[Busy, ...] = ()
    free_days: Mapping[dt.date, str] = field(default_factory=dict)
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One occurrence of a demand.

    `was` is the date its pattern gave when it had to go elsewhere, and `reason` says why in Swedish ("Kristi
    himmelsfärdsdag"); a change of time alone has `was` equal to `date`. `fixed` is the occurrence that stays, when it
    is one.
    """

    demand: str
    date: dt.date
    start: dt.time
    end: dt.time
    was: dt.date | None = None
    reason: str | None = None
    fixed: Fixed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Demands that cannot have what they ask for, in a Swedish sentence."""

    demands: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a plan costs, by what it is that costs; see `cost.price`."""

    missing: int = 0
    moves: int = 0
    wishes: int = 0
    changes: int = 0
    load: int = 0

    @property
    def total(self) -> int:
        """The sum, by which two plans are compared."""
        return self.missing + self.moves + self.wishes + self.changes + self.load

    def __add__(self, other: Cost) -> Cost:
        """What two parts of a plan that share nobody cost together."""
        return Cost(
            missing=self.missing + other.missing, moves=self.moves + other.moves, wishes=self.wishes + other.wishes,
            changes=self.changes + other.changes, load=self.load + other.load,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan: the pattern of each demand that has one, every occurrence in the order of time, and what does not fit.

    `complete`: every demand has its meeting in every period. `proved`: no cheaper patterns exist.
    """

    patterns: Mapping[str, Pattern]
    placements: tuple[Placement, ...]
    conflicts: tuple[Conflict, ...]
    cost: Cost
    complete: bool
    proved: bool = False

    @property
    def displaced(self) -> tuple[Placement, ...]:
        """The occurrences that are not where their pattern has them."""
        return tuple(one for one in self.placements if one.was is not None)
