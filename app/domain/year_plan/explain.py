"""Why something had to move, which periods stay empty, and the fewest demands that cannot all be had, in Swedish."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence

from app.domain.swedish import MONTHS, WEEKDAYS, clock, number_word
from app.domain.year_plan.board import Board, Row, days_of
from app.domain.year_plan.collisions import irreducible
from app.domain.year_plan.repair import Event
from app.domain.year_plan.rhythm import DAY
from app.domain.year_plan.values import Conflict, Window

SECONDS = 50.0
"""All explaining together."""


def why_moved(board: Board, event: Event) -> str:
    """The holiday, the absence or the other meeting that lies where the pattern has an occurrence."""
    problem, day = board.problem, event.was
    if day is None or not problem.first <= day <= problem.last:
        return "dagen ligger utanför planen"
    if not event.row.demand.red_days and day in problem.free_days:
        return problem.free_days[day]
    if event.row.barred.get(day, 0) >> (event.pattern or 0) & 1:
        for who in _needed(event.row):
            if not board.alone(event.row, who, day) >> (event.pattern or 0) & 1:
                return _taken(board, who, day)
    return "gav plats åt ett annat möte"


def lost_periods(board: Board, lost: Sequence[Event]) -> list[Conflict]:
    """A sentence for each demand that has its slot but finds no time in some periods."""
    rows: dict[int, list[Event]] = {}
    for event in lost:
        if event.was is not None:
            rows.setdefault(event.row.number, []).append(event)
    return [_lost(board, events) for _, events in sorted(rows.items())]


def colliding(board: Board, lost: Sequence[Event]) -> list[Conflict]:
    """For demands without a slot: the fewest that cannot be had together, each in a sentence."""
    until = time.monotonic() + SECONDS
    found: list[Conflict] = []
    told: set[int] = set()
    for number in sorted({event.row.number for event in lost if event.was is None}):
        if number in told:
            continue
        group = next(group for group in board.components if number in group)
        core = irreducible(board, number, group, until=until)
        told.update(core)
        found.append(_collision(board, core))
    return found


def _lost(board: Board, events: list[Event]) -> Conflict:
    row = events[0].row
    who = next((who for who in _needed(row) if all(_nowhere(board, event, who) for event in events)), None)
    together = "de som behövs är inte lediga samtidigt"
    why = together if who is None else _taken(board, who, events[0].home)
    sentence = f"{row.demand.label} får ingen tid {_when(row, events)}: {why}."
    return Conflict(demands=(row.demand.key,), sentence=sentence)


def _nowhere(board: Board, event: Event, who: str) -> bool:
    count = (event.period.last - event.period.first).days + 1
    return not any(board.alone(event.row, who, event.period.first + DAY * number) for number in range(count))


def _when(row: Row, events: list[Event]) -> str:
    days = [event.home for event in events]
    frequency = row.demand.rhythm.frequency
    if frequency == "weekly":
        return "vecka " + listed(dict.fromkeys(str(day.isocalendar().week) for day in days))
    if frequency == "monthly":
        return "i " + listed(dict.fromkeys(MONTHS[day.month - 1] for day in days))
    if len(days) == 1:
        return f"den {_date(days[0])}"
    return f"{number_word(len(days), 'dag', 'dagar')} mellan {_date(days[0])} och {_date(days[-1])}"


def _taken(board: Board, who: str, day: dt.date) -> str:
    name = board.problem.names.get(who, who)
    words = [one.words for one in board.problem.busy if one.who == who and any(day == d for d, _, _ in days_of(one))]
    if words and words[0]:
        return f"{name}: {words[0]}"
    return f"{name} är upptagen eller arbetar inte då"


def _collision(board: Board, core: list[int]) -> Conflict:
    rows = [board.rows[number] for number in core]
    keys = tuple(row.demand.key for row in rows)
    labels = listed(row.demand.label for row in rows)
    who = _common(rows)
    name = board.problem.names.get(who, who) if who else ""
    hours = _hours(board.problem.windows.get(who, ())) if who else ""
    if len(rows) == 1:
        return Conflict(demands=keys, sentence=_alone(board, rows[0]))
    if who is None:
        start = "De som behövs kan inte vara med på allt detta"
    elif hours:
        start = f"{name} behövs på {len(rows)} möten men arbetar bara {hours}"
    else:
        start = f"{name} behövs på {len(rows)} möten som ska ligga på samma tider"
    end = "Ta bort ett av dem, korta det eller ge mer tid."
    return Conflict(demands=keys, sentence=f"{start}: {labels} får inte plats tillsammans. {end}")


def _alone(board: Board, row: Row) -> str:
    """One demand that has no slot by itself: somebody never can, or those needed are never there at once."""
    days = row.demand.weekdays
    for who in _needed(row):
        name, windows = board.problem.names.get(who, who), board.problem.windows.get(who, ())
        if windows and not any(board.hours(row.demand, day, [who]) for day in days):
            return f"{row.demand.label} får ingen tid: {name} arbetar bara {_hours(windows)}. Ge mötet andra tider."
    names = listed(board.problem.names.get(who, who) for who in row.demand.people)
    if len(row.demand.people) < 2:
        return f"{row.demand.label} får ingen tid som återkommer: {names or 'rummet'} är upptagen. Ge mötet mer tid."
    return f"{row.demand.label} får ingen tid som alla kan: {names}. Ge mötet andra tider eller färre deltagare."


def _common(rows: Sequence[Row]) -> str | None:
    """The person (or room) who is needed at all of them; one with the least hours where there are several."""
    shared = set(_needed(rows[0])).intersection(*(_needed(row) for row in rows))
    return min(shared, default=None)


def _needed(row: Row) -> list[str]:
    return sorted(row.demand.people) + ([row.demand.room] if row.demand.room else [])


def _hours(windows: Iterable[Window]) -> str:
    """`tisdagar 13.00–15.00 och torsdagar 8.00–12.00`; more than three are too many to name."""
    found = sorted(windows, key=lambda one: (one.weekday, one.from_))
    times = {(one.from_, one.to) for one in found}
    if len(times) == 1 and len(found) > 1:
        first, last = next(iter(times))
        days = listed(f"{WEEKDAYS[one.weekday]}ar" for one in found)
        return f"{days} {clock(first)}–{clock(last)}"
    return listed(f"{WEEKDAYS[one.weekday]}ar {clock(one.from_)}–{clock(one.to)}" for one in found)


def _date(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def listed(words: Iterable[str]) -> str:
    """`Björken, Eken och Linden`."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} och {found[-1]}" if found else ""
