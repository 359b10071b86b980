"""The team: members with a profession, the professions' list, and what a ward's team lacks against the routine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from app.domain.catalogue import Forum
from app.domain.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of a weekday (Monday 0) in which a member works."""

    weekday: int
    from_: time
    to: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with a profession, in units and wards, active `from_`–`to` (both inclusive, open when None).

    Meetings are planned within her `hours`, at any time when she has none.
    """

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
    hours: tuple[Hours, ...] = ()

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
    """One thing a leaving member holds: by kind (action, contact, meeting, checklist …), a sentence."""

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


def team_gaps_of(
    unit: Unit, *, members: Sequence[Member], forums: Sequence[Forum], professions: Professions, on: date
) -> tuple[Gap, ...]:
    """What each ward's fixed team lacks against the routine (chapter 1): professions, night staff, substitutes."""
    found: list[Gap] = []
    places = [(ward.key, ward.name) for ward in unit.wards] or [("", unit.name)]
    needed = _needed_roles(forums)
    for key, name in places:
        team = [m for m in members if m.active_on(on) and (not key or not m.wards or key in m.wards)]
        have = {
            (professions.find(m.profession) or Profession(name=m.profession, licensed=False, role="")).name
            for m in team
        }
        found += [
            Gap(ward=key, role=role, sentence=f"{name} saknar {role}.") for role, any_of in needed if not have & any_of
        ]
        if not any(m.night for m in team) and unit.setting in _NIGHT:
            found.append(Gap(ward=key, role="nattpersonal", sentence=f"{name} saknar nattpersonal i teamet."))
        ward = unit.ward(key)
        covered = {one.profession for one in ward.substitutes} if ward else set()
        for profession in sorted(have - covered) if ward else ():
            if sum(m.profession == profession for m in team) == 1:
                found.append(
                    Gap(ward=key, role=profession, sentence=f"{name} saknar ersättare för {profession.lower()}.")
                )
    return tuple(found)


_NIGHT = ("sarskilt-boende", "gruppbostad", "ordinart-boende")
_CARE_NAMES = frozenset({
    "Undersköterska", "Specialistundersköterska", "Vårdbiträde", "Stödassistent", "Stödpedagog", "Boendestödjare",
    "Personlig assistent",
})  # fmt: skip


def _needed_roles(forums: Sequence[Forum]) -> list[tuple[str, frozenset[str]]]:
    """The roles that the forums need always (not v.b.), each with the professions that fill it."""
    roles = {participant.role for forum in forums for participant in forum.participants if not participant.when_needed}
    roles |= {role for forum in forums for role in forum.responsible}
    needed = [("enhetschef", frozenset({"Enhetschef"}))]
    if roles & {"Leg personal", "Sjuksköterska", "Ansvarig sjuksköterska"}:
        needed.append(("sjuksköterska", frozenset({"Sjuksköterska"})))
        needed.append(("fysioterapeut eller arbetsterapeut", frozenset({"Fysioterapeut", "Arbetsterapeut"})))
    if "Handläggare" in roles:
        needed.append(("handläggare", frozenset({"Handläggare"})))
    if "Planeringssjuksköterska" in roles:
        needed.append(("planeringssjuksköterska", frozenset({"Planeringssjuksköterska"})))
    if any(role.startswith("Specialist") for role in roles):
        needed.append(("specialistundersköterska", frozenset({"Specialistundersköterska"})))
    needed.append(("omvårdnads- eller stödpersonal", _CARE_NAMES))
    return needed
