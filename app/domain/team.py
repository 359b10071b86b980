"""The team: members with a profession, the professions' list, and what a ward's team lacks against the routine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with a profession, in one or more units and wards, active `from_`–`to` (both inclusive, open when None)."""

    key: str
    name: str
    profession: str
    units: tuple[str, ...]
    wards: tuple[str, ...] = ()
    email: str | None = None
    phone: str | None = None
    night: bool = False
    from_: date | None = None
    to: date | None = None

    def active_on(self, day: date) -> bool:
        """Whether the member works in the team on `day`."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profession:
    """A profession of the pick list; `role` is the account role it usually has."""

    name: str
    licensed: bool
    role: str
    also: tuple[str, ...] = ()


class Professions:
    """The pick list of professions; finds one by its name or by the short forms people type."""

    def __init__(self, professions: Iterable[Profession]) -> None:
        self.all: tuple[Profession, ...] = tuple(professions)
        self._by_word = {word.casefold(): p for p in self.all for word in (*p.also, p.name)}

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> Professions:
        """The list as `resources/professions.json` holds it."""
        return cls(
            Profession(name=r["name"], licensed=r["licensed"], role=r["role"], also=tuple(r.get("also", ())))
            for r in rows
        )

    def find(self, text: str) -> Profession | None:
        """The profession that `text` names (any case, short forms too), or None when it is not on the list."""
        return self._by_word.get(text.strip().casefold())

    def is_licensed(self, text: str) -> bool:
        """Whether `text` names a profession that needs a licence."""
        found = self.find(text)
        return found is not None and found.licensed


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something a ward's fixed team lacks: a role the routine's forums need, or a substitute for a profession."""

    ward: str
    role: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One thing a leaving member still holds: kind action|contact|assessment|convenor|substitute|meeting, and a sentence."""

    kind: str
    key: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Who takes one of the leaving member's things; `to` None ends it without an heir where that is possible."""

    kind: str
    key: str
    to: str | None


def active(members: Sequence[Member], *, on: date) -> tuple[Member, ...]:
    """The members who work in the team on that day, order kept."""
    return tuple(member for member in members if member.active_on(on))
