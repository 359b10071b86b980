"""Occasions: meetings held one after the other while others work on the wards (routine 3.1-3.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.catalogue import Setting
from app.domain.errors import Refused
from app.domain.people import Outsider, Person, person_name
from app.domain.swedish import clock, span

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPlan:
    """Who covers what during the meetings of an occasion, from the first one's `start` to the last one's `end`.

    `version` is None while nothing was ever written. `wards` are key and name; a unit without wards has one with an
    empty key. `needed` says whether the routine asks for cover.
    """

    unit: str
    occasion: str
    version: int | None
    wards: tuple[tuple[str, str], ...]
    start: dt.time
    end: dt.time
    covers: tuple[Cover, ...]
    needed: bool

    @property
    def uncovered(self) -> tuple[str, ...]:
        """The names of the wards that the routine wants covered and nobody covers."""
        if not self.needed or any(one.ward is None for one in self.covers):
            return ()
        there = {one.ward for one in self.covers}
        return tuple(name for key, name in self.wards if key not in there)


def check_covers(covers: Sequence[Cover]) -> None:
    """Raise Refused("cover_missing" | "cover_times") for a row without a person or whose time ends before it begins."""
    for one in covers:
        if isinstance(one.who, Outsider) and not one.who.name.strip():
            raise Refused("cover_missing")
        if one.from_ and one.to and one.to <= one.from_:
            raise Refused("cover_times")


def cover_words(covers: Sequence[Cover], *, wards: Mapping[str, str], names: Mapping[str, str]) -> str:
    """`Norr – Gun Holm, vikarie Karin Ek 13.00–15.30; Söder – Bo Ek`; wards in their order, the whole unit first."""
    parts = []
    for key in dict.fromkeys([None, *wards]):
        there = [_who(one, names) for one in covers if one.ward == key]
        if there:
            called = f"{wards[key]} – " if key else ""
            parts.append(called + ", ".join(there))
    return "; ".join(parts)


def _who(cover: Cover, names: Mapping[str, str]) -> str:
    name = person_name(cover.who, names)
    if isinstance(cover.who, Outsider) and not name.casefold().startswith("vikarie"):
        name = f"vikarie {name}"
    if cover.from_ and cover.to:
        return f"{name} {span(cover.from_, cover.to)}"
    if cover.from_:
        return f"{name} från {clock(cover.from_)}"
    return f"{name} till {clock(cover.to)}" if cover.to else name
