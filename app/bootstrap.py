"""The only place that wires parts together: clock, shipped lists, command line and window."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from app.domain.catalogue import Catalogue, catalogue_from_json
from app.domain.errors import Refused
from app.domain.team import Professions
from app.paths import resource

if TYPE_CHECKING:
    from app.services.access import Surroundings

TODAY_VARIABLE = "TEAMFORUM_TODAY"
_SWEDEN = ZoneInfo("Europe/Stockholm")


class SystemClock:
    """The machine's clock in Swedish time; `$TEAMFORUM_TODAY` sets the date for tests and trials."""

    def __init__(self, today: dt.date | None = None) -> None:
        self._today = today

    @classmethod
    def from_environment(cls) -> SystemClock:
        """The clock as the environment asks for it. Raises Refused("today_unreadable") for a bad date."""
        text = os.environ.get(TODAY_VARIABLE)
        try:
            return cls(dt.date.fromisoformat(text) if text else None)
        except ValueError as error:
            raise Refused("today_unreadable", text=text) from error

    def today(self) -> dt.date:
        """Today's date in Sweden."""
        return self.now().date()

    def now(self) -> dt.datetime:
        """Swedish wall-clock time, without zone."""
        now = dt.datetime.now(_SWEDEN).replace(tzinfo=None)
        return now if self._today is None else dt.datetime.combine(self._today, now.time())

    def instant(self) -> dt.datetime:
        """This instant in UTC; the log always has the true time."""
        return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Lists:
    """What ships with the program as data."""

    catalogue: Catalogue
    professions: Professions
    common_passwords: frozenset[str]


def load_lists() -> Lists:
    """The catalogue, the professions and the most common passwords, from `resources/`."""
    forums = json.loads(resource("catalogue", "forums.json").read_text(encoding="utf-8"))
    professions = json.loads(resource("professions.json").read_text(encoding="utf-8"))
    common = resource("passwords", "common.txt").read_text(encoding="utf-8").split()
    return Lists(catalogue_from_json(forums), Professions.from_json(professions), frozenset(common))


def make_surroundings(*, wait: float) -> Surroundings:
    """What every desk gets; `wait` is how many seconds to wait for a database somebody else has open."""
    from app.services.access import Surroundings  # noqa: PLC0415 - the ORM comes after the first paint

    lists = load_lists()
    clock = SystemClock.from_environment()
    return Surroundings(clock, lists.catalogue, lists.professions, lists.common_passwords, wait=wait)
