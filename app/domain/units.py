"""Units and their wards: where care is given, in which setting, and how a unit's forums depart from the routine."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.catalogue import Departure, Setting
from app.domain.instruments import Instrument


@dataclass(frozen=True, slots=True, kw_only=True)
class WardSubstitute:
    """Who stands in for a profession in the ward's fixed team (routine 1: an absent profession names a substitute)."""

    profession: str
    member: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ward:
    """Part of a unit with its own team; `apartments` in the order of the follow-up rotation (routine 3.1)."""

    key: str
    name: str
    apartments: tuple[str, ...] = ()
    substitutes: tuple[WardSubstitute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An organisational unit in one setting; `forums` holds what its own copies change against the catalogue.

    `instruments` are those that it has otherwise than the program ships them, and its own.
    """

    key: str
    name: str
    setting: Setting
    wards: tuple[Ward, ...] = ()
    forums: tuple[Departure, ...] = ()
    instruments: tuple[Instrument, ...] = ()

    def ward(self, key: str) -> Ward | None:
        """The ward with that key, if the unit has it."""
        return next((ward for ward in self.wards if ward.key == key), None)
