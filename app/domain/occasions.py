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


_COVER = {
    Setting.SARSKILT_BOENDE: "Vikarier sätts in på avdelningen så att ingen blir bortkallad.",
    Setting.ORDINART_BOENDE: "Vikarier sätts in i området så att ingen blir bortkallad.",
    Setting.GRUPPBOSTAD: "Vikarier sätts in på boendet så att ingen blir bortkallad.",
    Setting.PERSONLIG_ASSISTANS: "Vikarie kan sättas in hos kunden, när en finns.",
    Setting.BOENDESTOD: "Mötena hålls utan avbrott. Rutinen nämner inga vikarier.",
    Setting.DAGLIG_VERKSAMHET: "Mötena hålls vid ett tillfälle. Rutinen nämner inga vikarier.",
}


def cover_rule(setting: Setting) -> str:
    """What the routine says about substitutes during the occasion, in the setting's own table."""
    return _COVER.get(setting, "")


def needs_cover(setting: Setting) -> bool:
    """Whether the routine asks for substitutes on the ward, in the area or at the home."""
    return setting in (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE, Setting.GRUPPBOSTAD)
