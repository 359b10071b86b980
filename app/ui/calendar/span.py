"""A stretch of a day as it is drawn and dragged: minutes from midnight, in steps of five."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from app.domain.meetings import MeetingRow

STEP = 5
"""Minutes that a drag goes by."""
_LAST = 24 * 60 - STEP


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `end` on a day, both in minutes; it always lies within the day."""

    day: dt.date
    start: int
    end: int

    @classmethod
    def of(cls, row: MeetingRow) -> Span:
        """When a meeting is held."""
        return cls(row.date, _minutes(row.start), _minutes(row.end))

    def moved(self, *, days: int = 0, minutes: int = 0) -> Span:
        """As long, on another day or at other hours."""
        length = self.end - self.start
        start = min(max(self.start + minutes, 0), max(_LAST - length, 0))
        return Span(self.day + dt.timedelta(days=days), start, start + length)

    def until(self, end: int) -> Span:
        """To another end, five minutes at least after its start."""
        return replace(self, end=min(max(end, self.start + STEP), _LAST))

    @property
    def start_time(self) -> dt.time:
        """When it begins."""
        return dt.time(self.start // 60, self.start % 60)

    @property
    def end_time(self) -> dt.time:
        """When it ends."""
        return dt.time(self.end // 60, self.end % 60)


def snapped(minutes: float, *, step: int = STEP) -> int:
    """The nearest step."""
    return round(minutes / step) * step


def _minutes(moment: dt.time) -> int:
    return moment.hour * 60 + moment.minute
