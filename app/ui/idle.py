"""After how many idle minutes the window locks: the person's own, or the unit's while its meeting is under way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.idle import LONGEST, SHORTEST, USUAL
from app.services.preferences import get_live_minutes
from app.ui.workplace import Workplace


class IdleMinutes(QObject):
    """Tells the window the minutes whenever they change."""

    def __init__(self, parent: QObject, place: Workplace, on_minutes: Callable[[float], None]) -> None:
        super().__init__(parent)
        self._place, self._on_minutes = place, on_minutes
        self._own: float = USUAL
        self._unit, self._live = "", 0

    def set_own(self, minutes: object) -> None:
        """The person's own minutes, as they are kept; what is no sensible number is the usual one."""
        known = isinstance(minutes, int | float) and not isinstance(minutes, bool)
        self._own = min(max(float(minutes), SHORTEST), LONGEST) if known else USUAL  # type: ignore[arg-type]
        self._tell()

    def set_live(self, unit: str) -> None:
        """A meeting of `unit` is shown and under way; empty when none is."""
        if unit == self._unit:
            return
        self._unit, self._live = unit, 0
        self._tell()
        if unit:
            self._place.ask(self, lambda desk: get_live_minutes(desk, unit=unit), lambda found: self._take(unit, found))

    def renew(self) -> None:
        """Read the unit's minutes anew: they may have been changed."""
        unit, self._unit = self._unit, ""
        self.set_live(unit)

    def _take(self, unit: str, minutes: int | None) -> None:
        if unit == self._unit:
            self._live = minutes or 0
            self._tell()

    def _tell(self) -> None:
        self._on_minutes(max(self._own, self._live))
