"""Who measures, on which day, with which password: the desk that every row works at."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.bootstrap import load_lists
from app.paths import resource
from app.services import access
from app.services.access import Surroundings
from app.services.desk import Desk
from bench.given import PASSWORD, TODAY, USER

_NOW = dt.datetime.combine(TODAY, dt.time(9, 0))
_COST = "TEAMFORUM_KDF_COST"


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still on the day the generated data has as today."""

    moment: dt.datetime = _NOW

    def today(self) -> dt.date:
        """The fixed day."""
        return self.moment.date()

    def now(self) -> dt.datetime:
        """The fixed time."""
        return self.moment

    def instant(self) -> dt.datetime:
        """The fixed instant, an hour behind in winter."""
        return (self.moment - dt.timedelta(hours=1)).replace(tzinfo=dt.UTC)


def around(clock: FixedClock) -> Surroundings:
    """What a desk is given."""
    lists = load_lists()
    return Surroundings(
        clock, lists.catalogue, lists.professions, lists.common_passwords, workstation="bench",
        dictionary=resource("spelling", "sv_SE"),
    )  # fmt: skip


def log_in(path: Path) -> Desk:
    """The manager's desk on a generated database."""
    return access.log_in(around(FixedClock()), path, user=USER, password=PASSWORD)


@contextmanager
def kdf_lowest() -> Iterator[None]:
    """Key derivation at its lowest permitted cost: it is not what is measured."""
    before = os.environ.get(_COST)
    os.environ[_COST] = "lowest"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_COST]
        else:
            os.environ[_COST] = before


def child_environment() -> dict[str, str]:
    """The environment of a child process: no screen, the fixed day, cheap keys, nothing of the person's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEAMFORUM_")}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "TEAMFORUM_TODAY": TODAY.isoformat(), _COST: "lowest"}
