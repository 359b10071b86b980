"""Fixtures' material: a frozen clock, the surroundings of a desk, and a small unit to work in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from app.bootstrap import load_lists
from app.domain.catalogue import Setting
from app.services import access
from app.services.access import Surroundings
from app.services.desk import Desk

PASSWORD = "björkdunge 4417 vinter"
TODAY = dt.date(2026, 3, 2)


@dataclass
class FixedClock:
    """A clock that stands still until it is moved."""

    moment: dt.datetime = field(default_factory=lambda: dt.datetime.combine(TODAY, dt.time(9, 0)))

    def today(self) -> dt.date:
        return self.moment.date()

    def now(self) -> dt.datetime:
        return self.moment

    def instant(self) -> dt.datetime:
        return (self.moment - dt.timedelta(hours=1)).replace(tzinfo=dt.UTC)


def surroundings(clock: FixedClock | None = None) -> Surroundings:
    """What a desk is given, with a fixed clock."""
    lists = load_lists()
    return Surroundings(
        clock or FixedClock(), lists.catalogue, lists.professions, lists.common_passwords, workstation="test"
    )


def make_database(path: Path, *, setting: Setting = Setting.SARSKILT_BOENDE, unit: str = "Solgården") -> None:
    """A new database with one unit, closed again."""
    access.create_database(
        surroundings(), path, unit_name=unit, setting=setting, user="chef", full_name="Eva Chef", password=PASSWORD
    ).desk.close()


def log_in(path: Path, user: str = "chef", *, clock: FixedClock | None = None) -> Desk:
    """A desk on an existing database."""
    return access.log_in(surroundings(clock), path, user=user, password=PASSWORD)
