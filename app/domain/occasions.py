"""Occasions: meetings held one after the other while others work on the wards (routine 3.1-3.6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.catalogue import Setting
from app.domain.people import Person

TOGETHER = ("reflektionsmote", "apt", "kvalitetsmote")
"""The forums that are held on one occasion, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """Who works on a ward (the whole unit when None) while its team is at the occasion, from–to when only part."""

    ward: str | None = None
    who: Person
    from_: dt.time | None = None
    to: dt.time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The meetings whose `occasion` is its key, and who covers what meanwhile."""

    key: str
    unit: str
    covers: tuple[Cover, ...] = ()


def needs_cover(setting: Setting) -> bool:
    """Whether the routine asks for substitutes on the ward, in the area or at the home."""
    return setting in (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE, Setting.GRUPPBOSTAD)
