"""The second stage: patterns on real dates, and what cannot lie there moved as little as its period allows."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from app.domain.year_plan import cost
from app.domain.year_plan.board import Board, Row, Slot
from app.domain.year_plan.exact import Choice, Model, Option
from app.domain.year_plan.rhythm import DAY, Period, day_in
from app.domain.year_plan.slots import WHOLE_DAY, bits, too_near

PER_DAY, OPTIONS = 6, 40
"""The nearest times of a day, and the cheapest of a period, that a moved occurrence chooses among."""
WIDTHS = ((1, 30), (5, 30), (12, 60))
"""For one that finds no place: how many times as many it and its neighbours choose among, and how many neighbours
may be moved aside for it; the next only where the one before does not help."""
EFFORT = 2.0
SECONDS = 20.0


class Care(IntEnum):
    """How far a place is looked for: how many of `WIDTHS` are tried for what finds none.

    A greedy hand moves nothing aside, and sees each occurrence by itself.
    """

    GREEDY = 0
    QUICK = 1
    THOROUGH = 3


@dataclass(slots=True, eq=False)
class Event:
    """One occurrence: its row and period, what the pattern gave (None without one), and where it lies (None:
    nowhere).
    """

    row: Row
    period: Period
    was: dt.date | None
    pattern: int | None
    day: dt.date | None = None
    start: int = 0

    @property
    def home(self) -> dt.date:
        """The day to stay near."""
        return min(max(self.was or self.period.first, self.period.first), self.period.last)

    def price(self, day: dt.date, start: int) -> int:
        """What it costs on that day at that step."""
        if (day, start) == (self.was, self.pattern):
            return 0
        if self.pattern is None:
            return cost.MOVE
        return cost.move_price(days=(day - self.home).days, away=start - self.pattern)


class Year:
    """Every occurrence of the rows to be planned, and where each lies."""

    def __init__(self, board: Board, rows: Sequence[Row], slots: Mapping[int, Slot]) -> None:
        self.board = board
        self.events: list[Event] = []
        self._care = Care.THOROUGH
        self._on: defaultdict[tuple[int, dt.date], list[Event]] = defaultdict(list)
        for row in rows:
            self._lay_out(row, slots.get(row.number))

    def repair(self, care: Care) -> list[Event]:
        """Move what cannot lie on its day, a week at a time; what finds no place at all is returned."""
        self._care = care
        lost = []
        weeks: defaultdict[dt.date, list[Event]] = defaultdict(list)
        for event in sorted((one for one in self.events if one.day is None), key=_order):
            weeks[event.home - DAY * event.home.weekday()].append(event)
        for _, events in sorted(weeks.items()):
            for group in self._sharing(events):
                lost += self._place(group)
        return lost

    def _lay_out(self, row: Row, slot: Slot | None) -> None:
        for period in row.periods:
            if slot is None:
                if period.due:
                    self.events.append(Event(row, period, None, None))
                continue
            day = day_in(period, slot[0], self.board.problem)
            inside = period.first <= day <= period.last
            if not inside and not period.due:
                continue
            event = Event(row, period, day, slot[1])
            self.events.append(event)
            if inside and not row.barred.get(day, 0) >> slot[1] & 1:
                self._put(event, day, slot[1])

    def _put(self, event: Event, day: dt.date, start: int) -> None:
        event.day, event.start = day, start
        self._on[event.row.number, day].append(event)

    def _take(self, event: Event) -> None:
        if event.day is not None:
            self._on[event.row.number, event.day].remove(event)
            event.day = None

    def _sharing(self, events: list[Event]) -> list[list[Event]]:
        """Those to be moved, in groups that share nobody."""
        left = list(events)
        found = []
        while left:
            group, waiting = [], [left.pop(0)]
            while waiting:
                one = waiting.pop()
                group.append(one)
                beside = [other for other in left if other.row is one.row or other.row.number in one.row.near]
                left = [other for other in left if other not in beside]
                waiting.extend(beside)
            found.append(sorted(group, key=_order))
        return found

    def _place(self, group: list[Event]) -> list[Event]:
        """Give each of the group its cheapest place; where these meet, the cheapest together. Returns the lost."""
        if self._care is Care.GREEDY:
            return [event for event in group if not self._take_nearest(event) and event.period.due]
        options = [self._options(event) for event in group]
        picked: list[int | None] = [0 if found else None for found in options]
        if not self._apart(group, options):
            picked = self._solve(group, options)
        for event, found, pick in zip(group, options, picked, strict=True):
            if pick is not None:
                self._put(event, *_where(found[pick]))
        left = [event for event in group if event.day is None and event.period.due]
        return [event for event in left if not self._make_room(event)]

    def _take_nearest(self, event: Event) -> bool:
        found = self._options(event)
        if found:
            self._put(event, *_where(found[0]))
        return bool(found)

    def _make_room(self, event: Event) -> bool:
        """Place an occurrence by moving others of its week or month aside."""
        if not self._options(event, empty=True):
            return False
        return any(self._move_aside(event, width=width, most=most) for width, most in WIDTHS[: self._care])

    def _move_aside(self, event: Event, *, width: int, most: int) -> bool:
        days = {event.period.first + DAY * n for n in range((event.period.last - event.period.first).days + 1)}
        days = {day for day in days if abs((day - event.home).days) <= 14}
        others = [one for near in event.row.near for day in sorted(days) for one in self._on[near, day]]
        others.sort(key=lambda one: (one.row.demand.rhythm.frequency == "daily", one.row.weight, *_order(one)))
        group = [event, *others[:most]]
        old = [(one.day, one.start) for one in group]
        for one in group:
            self._take(one)
        options = [self._options(one, width=width) for one in group]
        picked = self._solve(group, options)
        better = sum(pick is not None for pick in picked) == len(group)
        for one, found, pick, (day, start) in zip(group, options, picked, old, strict=True):
            if better and pick is not None:
                self._put(one, *_where(found[pick]))
            elif not better and day is not None:
                self._put(one, day, start)
        return better

    def _options(self, event: Event, *, empty: bool = False, width: int = 1) -> list[Option]:
        """Where it may lie in its period, the cheapest first; `empty`: as if no other meeting were.

        `width` says how many times as many times of a day, and of the period, are looked at.
        """
        row = event.row
        found: list[Option] = []
        count = (event.period.last - event.period.first).days + 1
        days = [event.period.first + DAY * number for number in range(count)]
        days.sort(key=lambda day: (abs((day - event.home).days), day))
        for day in days:
            if len(found) >= OPTIONS * width:
                break
            if day.weekday() not in row.demand.weekdays:
                continue
            starts = row.open[day.weekday()] & ~row.barred.get(day, 0) & (WHOLE_DAY if empty else self._free(row, day))
            priced = sorted((event.price(day, start), start) for start in bits(starts))
            found += [Option(day, start, price) for price, start in priced[: PER_DAY * width]]
        return sorted(found, key=lambda one: (one.price, one.where, one.start))

    def _free(self, row: Row, day: dt.date) -> int:
        mask = WHOLE_DAY
        for other, gap in row.near.items():
            for event in self._on.get((other, day), ()):
                end = event.start + event.row.length
                mask &= ~too_near(event.start, end, length=row.length, gap=gap)
        return mask

    def _apart(self, group: list[Event], options: list[list[Option]]) -> bool:
        """Whether the cheapest places of the group do not meet."""
        placed: list[tuple[Row, Option]] = []
        for event, found in zip(group, options, strict=True):
            if not found:
                continue
            one = found[0]
            for row, other in placed:
                gap = event.row.near.get(row.number, 0)
                barred = too_near(other.start, other.start + row.length, length=event.row.length, gap=gap)
                sharing = row is event.row or row.number in event.row.near
                if sharing and other.where == one.where and barred >> one.start & 1:
                    return False
            placed.append((event.row, one))
        return True

    def _solve(self, group: list[Event], options: list[list[Option]]) -> list[int | None]:
        choices = [
            Choice(length=event.row.length, options=found, without=cost.MISSING)
            for event, found in zip(group, options, strict=True)
        ]
        pairs = {
            (one, other): event.row.near.get(group[other].row.number, 0)
            for one, event in enumerate(group)
            for other in range(one + 1, len(group))
            if group[other].row is event.row or group[other].row.number in event.row.near
        }
        model = Model(choices, pairs, meets=lambda one, other: bool(one == other))
        answer = model.solve(effort=EFFORT, seconds=SECONDS)
        return answer.picked if answer else [None] * len(group)


def _order(event: Event) -> tuple[dt.date, int, int]:
    return event.home, event.row.number, event.period.number


def _where(option: Option) -> tuple[dt.date, int]:
    return option.where, option.start  # type: ignore[return-value]
