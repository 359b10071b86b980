"""Who, or which room, is to be in two places at once: all clashes of a calendar by a sweep, those of one meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from app.domain.availability import USUAL_TRAVEL, Ways, minutes_between
from app.domain.meetings import Meeting
from app.domain.swedish import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

_EPOCH = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - wall-clock time
NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A meeting as far as clashes go: when (Swedish wall-clock time), who (member keys), and in which room.

    `words` say what it is inside a sentence ("teammöte på Björken"), without anything typed by people; empty where the
    reader may not know. Nobody travels to or from a `digital` one. A room is any name of its own, apart from members'.
    """

    key: str
    start: dt.datetime
    end: dt.datetime
    who: tuple[str, ...] = ()
    room: str | None = None
    unit: str
    digital: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two meetings that want the same person or room; the sentence tells the reader of the `first` of the `second`.

    Somebody's absence from the `first` has no `second`.
    """

    who_or_room: str
    first: str
    second: str
    sentence: str


def who_comes(meeting: Meeting) -> tuple[str, ...]:
    """The keys of the members who are to be at a meeting: called or convenor, and substitutes for who cannot come."""
    away = {one.member for one in meeting.regrets}
    wanted = [*meeting.participants, meeting.chair]
    instead = [one.substitute for one in meeting.regrets]
    there = [one for one in wanted if isinstance(one, str) and one not in away]
    return tuple(dict.fromkeys([*there, *(one for one in instead if isinstance(one, str) and one not in away)]))


def way(one: Booking, other: Booking, travel: Ways) -> int:
    """The minutes that a person needs between two meetings: none in the same unit, or where one is digital."""
    return 0 if one.digital or other.digital else minutes_between(one.unit, other.unit, travel)


def clashes_of(
    one: Booking, others: Iterable[Booking], travel: Ways, *, names: Mapping[str, str] = NO_NAMES
) -> tuple[Clash, ...]:
    """What keeps the people and the room of `one` elsewhere, in the order of the day; each sentence tells of the other.

    `names` has the names of members and rooms; what has none stands for itself. A meeting with the key of `one` is
    itself.
    """
    found = []
    for other in sorted(others, key=_place_in_time):
        if other.key == one.key:
            continue
        minutes = way(one, other, travel)
        if _overlap(one, other, minutes):
            both = set(other.who)
            wanted = [person for person in dict.fromkeys(one.who) if person in both]
            found += [_clash(person, one, other, names=names, minutes=minutes) for person in wanted]
        if one.room is not None and one.room == other.room and _overlap(one, other, 0):
            found.append(_clash(one.room, one, other, names=names, minutes=0))
    return tuple(found)


def all_clashes(bookings: Iterable[Booking], travel: Ways, *, names: Mapping[str, str] = NO_NAMES) -> tuple[Clash, ...]:
    """Every clash among the bookings once, `first` the one that begins first (figure `clashes`).

    Swept with numpy: for each person and room the meetings in the order of time, each against the next ones for as
    long as any reaches so far.
    """
    listed = sorted(bookings, key=_place_in_time)
    if len(listed) < 2:
        return ()
    people = {person: number for number, person in enumerate(dict.fromkeys(chain.from_iterable(_who(listed))))}
    rooms = {room: number for number, room in enumerate(_rooms(listed), start=len(people))}
    wanted = [*people, *rooms]
    found = set(_Sweep(listed, people=people, rooms=rooms, travel=travel).pairs())
    made = [
        _clash(
            wanted[resource], listed[first], listed[second], names=names,
            minutes=way(listed[first], listed[second], travel) if resource < len(people) else 0,
        )
        for first, second, resource in sorted(found)
    ]  # fmt: skip
    return tuple(made)


def turned(
    clash: Clash, bookings: Mapping[str, Booking], travel: Ways, *, names: Mapping[str, str] = NO_NAMES
) -> Clash:
    """The same clash told to whoever reads the other meeting."""
    first, second = bookings[clash.first], bookings[clash.second]
    person = clash.who_or_room in first.who and clash.who_or_room in second.who
    minutes = way(first, second, travel) if person else 0
    return _clash(clash.who_or_room, second, first, names=names, minutes=minutes)


_place_in_time = attrgetter("start", "key")


def _overlap(one: Booking, other: Booking, minutes: int) -> bool:
    between = dt.timedelta(minutes=minutes)
    return one.start < other.end + between and other.start < one.end + between


def _clash(who_or_room: str, first: Booking, second: Booking, *, names: Mapping[str, str], minutes: int) -> Clash:
    named = names.get(who_or_room, who_or_room)
    when = span(second.start.time(), second.end.time())
    sentence = f"{named} har {second.words} {when}" if second.words else f"{named} är upptagen {when}"
    if not _overlap(first, second, 0):
        sentence += f", och det är {minutes} minuters väg emellan"
    return Clash(who_or_room=who_or_room, first=first.key, second=second.key, sentence=sentence)


def _who(listed: Sequence[Booking]) -> Iterator[tuple[str, ...]]:
    return map(attrgetter("who"), listed)


def _rooms(listed: Sequence[Booking]) -> dict[str, None]:
    return dict.fromkeys(booking.room for booking in listed if booking.room is not None)


class _Sweep:
    """The bookings of each person and room as columns in the order of time."""

    def __init__(
        self, listed: Sequence[Booking], *, people: Mapping[str, int], rooms: Mapping[str, int], travel: Ways
    ) -> None:
        import numpy as np  # noqa: PLC0415 - loaded only where a whole calendar is swept

        self._np = np
        counts = np.fromiter(map(len, _who(listed)), dtype=np.int64, count=len(listed))
        called = np.fromiter(map(people.__getitem__, chain.from_iterable(_who(listed))), dtype=np.int64)
        placed = [number for number, booking in enumerate(listed) if booking.room is not None]
        in_room = np.fromiter(
            (rooms[booking.room] for booking in listed if booking.room is not None), dtype=np.int64, count=len(placed)
        )
        owner = np.concatenate([np.repeat(np.arange(len(listed)), counts), np.array(placed, dtype=np.int64)])
        resource = np.concatenate([called, in_room])
        # The bookings come in the order of time, which a stable sort by person keeps; small numbers sort by digits.
        small = resource.astype(np.uint16) if len(people) + len(rooms) < 2**16 else resource
        order = np.argsort(small, kind="stable")
        self._owner, self._resource = owner[order], resource[order]
        self._starts = self._seconds([booking.start for booking in listed])[self._owner]
        self._ends = self._seconds([booking.end for booking in listed])[self._owner]
        self._ways = self._matrix(listed, travel)
        self._unit = self._unit_of(listed)[self._owner]
        # A room goes nowhere: its meetings are all in the place that is no way from any other.
        self._unit[self._resource >= len(people)] = len(self._ways) - 1

    def _seconds(self, moments: list[dt.datetime]) -> Numbers:
        # Numpy's own reading of datetimes takes longer than all the rest.
        since = (moment - _EPOCH for moment in moments)
        seconds = (one.days * 86_400 + one.seconds for one in since)
        return self._np.fromiter(seconds, dtype=self._np.int64, count=len(moments))

    def _units(self, listed: Sequence[Booking]) -> dict[str, int]:
        return {unit: number for number, unit in enumerate(dict.fromkeys(booking.unit for booking in listed))}

    def _unit_of(self, listed: Sequence[Booking]) -> Numbers:
        """The number of each booking's unit; all digital ones are in the place that is no way from any other."""
        units = self._units(listed)
        nowhere = len(units)
        return self._np.fromiter(
            (nowhere if booking.digital else units[booking.unit] for booking in listed), dtype=self._np.int64
        )

    def _matrix(self, listed: Sequence[Booking], travel: Ways) -> Numbers:
        """Seconds from unit to unit, with one more place that is no way from any."""
        units = self._units(listed)
        ways = self._np.full((len(units) + 1, len(units) + 1), USUAL_TRAVEL * 60, dtype=self._np.int64)
        for one, other in travel:
            if one in units and other in units:
                seconds = minutes_between(one, other, travel) * 60
                ways[units[one], units[other]] = ways[units[other], units[one]] = seconds
        self._np.fill_diagonal(ways, 0)
        ways[-1, :] = ways[:, -1] = 0
        return ways

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """The numbers of two bookings, the earlier first, and of the person or room that both want."""
        np, starts, resource = self._np, self._starts, self._resource
        farthest = self._ends + self._ways.max(axis=1)[self._unit]
        live: Numbers = np.arange(len(starts) - 1)
        step = 1
        while len(live):
            after = live + step
            near = (resource[live] == resource[after]) & (starts[after] < farthest[live])
            live, after = live[near], after[near]
            late = self._ends[live] + self._ways[self._unit[live], self._unit[after]]
            hit = (starts[after] < late) & (self._owner[live] != self._owner[after])
            columns: tuple[Any, ...] = (self._owner[live[hit]], self._owner[after[hit]], resource[live[hit]])
            yield from zip(*(column.tolist() for column in columns), strict=True)
            step += 1
            live = live[live + step < len(starts)]
