"""`clashes`: all clashes of 200,000 meetings; `clash_one`: the check of one moved meeting at 20 years and at 2."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence

from app.domain.availability import USUAL_TRAVEL
from app.domain.clashes import Booking, Clash, all_clashes
from app.services.clashes import clashes_if_moved
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from bench import generator, given, surroundings
from bench.measure import Job, Row, compare, timed

_MEETINGS, _CALLED = 200_000, 6
_PEOPLE, _UNITS, _DAYS = 12_000, 40, 250
_ROOMS = 2_000
_TIMES = 10
_Triple = tuple[str, str, str]


def rows() -> Iterator[Row]:
    """Both rows."""
    bookings, travel = _municipality()
    found = {(one.first, one.second, one.who_or_room) for one in all_clashes(bookings, travel)}
    if found != _swept(bookings, travel) or not found:
        raise RuntimeError("the program and the plain sweep find different clashes")
    yield compare(
        "clashes",
        subject=timed(lambda: all_clashes(bookings, travel)),
        floor=timed(lambda: _swept(bookings, travel)),
        goal=1.1,
        against="sorted sweep in plain Python, same clashes",
        note=f"{len(found)} clashes",
    )
    yield from _one()


def _one() -> Iterator[Row]:
    old = surroundings.log_in(generator.database(years=generator.YEARS).path)
    young = surroundings.log_in(generator.database(years=generator.FEW_YEARS).path)
    try:
        yield compare(
            "clash_one",
            subject=timed(_moving(old), times=_TIMES),
            floor=timed(_moving(young), times=_TIMES),
            goal=1.5,
            against=f"the same with {generator.FEW_YEARS} years",
        )
    finally:
        old.close()
        young.close()


def _moving(desk: Desk) -> Job:
    """Today's first meeting held against the next day, when its ward has another with some of the same people."""
    row = list_meetings(desk, from_=given.TODAY, limit=1)[0]
    day = row.date + dt.timedelta(days=1)

    def job() -> tuple[Clash, ...]:
        return clashes_if_moved(desk, key=row.key, date=day, start=dt.time(7), end=dt.time(18))

    if not job():
        raise RuntimeError("the moved meeting clashes with nothing: too little is measured")
    return job


def _municipality() -> tuple[list[Booking], Mapping[tuple[str, str], int]]:
    """A year of 40 units; every person keeps to her own unit but now and then."""
    chance = random.Random("clashes")
    first = dt.datetime(2026, 1, 5)  # noqa: DTZ001 - wall-clock time
    made = []
    for number in range(_MEETINGS):
        unit = chance.randrange(_UNITS)
        own = [unit * (_PEOPLE // _UNITS) + chance.randrange(_PEOPLE // _UNITS) for _ in range(_CALLED - 1)]
        who = dict.fromkeys([*own, chance.randrange(_PEOPLE)])
        start = first + dt.timedelta(days=chance.randrange(_DAYS), minutes=7 * 60 + 5 * chance.randrange(120))
        made.append(Booking(
            key=f"m{number:06d}", start=start, end=start + dt.timedelta(minutes=5 * chance.randint(1, 3)),
            who=tuple(f"p{one}" for one in who), unit=f"u{unit}", digital=number % 10 == 0,
            room=f"r{chance.randrange(_ROOMS)}" if number % 2 else None, words="teammöte",
        ))  # fmt: skip
    travel = {(f"u{one}", f"u{one + 1}"): 5 + one % 30 for one in range(_UNITS - 1)}
    return made, travel


def _swept(bookings: Sequence[Booking], travel: Mapping[tuple[str, str], int]) -> set[_Triple]:
    """Person by person and room by room through the day, each meeting held against those that still go on."""
    longest = dt.timedelta(minutes=max([*travel.values(), USUAL_TRAVEL]))
    wanted: dict[tuple[bool, str], list[tuple[dt.datetime, str, dt.datetime, Booking]]] = {}
    for one in bookings:
        entry = (one.start, one.key, one.end, one)
        for person in one.who:
            wanted.setdefault((True, person), []).append(entry)
        if one.room is not None:
            wanted.setdefault((False, one.room), []).append(entry)
    found: set[_Triple] = set()
    for (is_person, name), entries in wanted.items():
        entries.sort(key=lambda entry: entry[:2])
        going: list[tuple[dt.datetime, str, dt.datetime, Booking]] = []
        for entry in entries:
            start, key, _, one = entry
            going = [before for before in going if before[2] + longest > start]
            for _, other, end, before in going:
                if start < end + (_way(before, one, travel) if is_person else dt.timedelta(0)):
                    found.add((other, key, name))
            going.append(entry)
    return found


def _way(one: Booking, other: Booking, travel: Mapping[tuple[str, str], int]) -> dt.timedelta:
    if one.unit == other.unit or one.digital or other.digital:
        return dt.timedelta(0)
    known = travel.get((one.unit, other.unit), travel.get((other.unit, one.unit), USUAL_TRAVEL))
    return dt.timedelta(minutes=known)
