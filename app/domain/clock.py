"""The clock that is handed to whoever needs the time; `domain` itself never asks the machine."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def to_wall_clock(instant: datetime) -> datetime:
    """What a Swedish clock showed at the instant (with zone), without zone."""
    return instant.astimezone(SWEDEN).replace(tzinfo=None)


def day_begins(day: date) -> datetime:
    """The instant (UTC) at which the day begins in Sweden."""
    return datetime.combine(day, time.min, SWEDEN).astimezone(UTC)


class Clock(Protocol):
    """Swedish wall-clock time, and instants in UTC."""

    def today(self) -> date:
        """Today's date in Sweden."""
        ...

    def now(self) -> datetime:
        """Swedish wall-clock time, without zone."""
        ...

    def instant(self) -> datetime:
        """This instant in UTC, with zone."""
        ...
