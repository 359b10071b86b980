"""The clock that is handed to whoever needs the time; `domain` itself never asks the machine."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


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
