"""The units' own forums, looked up once and asked for many times within one gesture."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.domain.catalogue import Forum
from app.domain.errors import NotFound
from app.domain.units import Unit
from app.services import register_records
from app.services.desk import Desk
from app.services.proposals import own_forum


class OwnForums:
    """Units by key, and each unit's own copy of a forum."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._desk = desk
        self.units: dict[str, Unit] = {key: one for key, (one, _) in register_records.load_units(session).items()}
        self._known: dict[tuple[str, str], Forum | None] = {}

    def of(self, unit: str, forum: str) -> Forum | None:
        """The unit's own forum; None for one that this version does not know, as a meeting taken in may have."""
        key = (unit, forum)
        if key not in self._known:
            try:
                self._known[key] = own_forum(self._desk, unit=self.units[unit], forum=forum)
            except NotFound:
                self._known[key] = None
        return self._known[key]

    def longest(self, name: str) -> int:
        """The largest number of days that any unit has set for `name`, to know how far ahead to look."""
        settings = {unit.setting for unit in self.units.values()}
        routine = [getattr(one, name) for setting in settings for one in self._desk.catalogue.forums(setting)]
        own = [getattr(one, name) for unit in self.units.values() for one in unit.forums]
        return max((days for days in (*routine, *own) if days), default=0)
