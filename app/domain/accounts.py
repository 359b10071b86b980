"""Accounts as values: who may log in as what and where, what is handed over on paper, and proposals from the team."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.domain.keys import free_key, key_from
from app.domain.roles import Role
from app.domain.team import Member, Professions


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account; `units` None means every unit of the database."""

    user: str
    full_name: str
    role: Role
    units: tuple[str, ...] | None
    member: str | None
    active: bool
    must_change: bool = False
    """The password was handed over and is not changed yet: she has not come in since."""
    version: int = 1

    def within(self, reach: frozenset[str] | None) -> bool:
        """Whether somebody who reaches the units of `reach` (None: all) reaches all that this account does."""
        return reach is None or (self.units is not None and reach.issuperset(self.units))


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made, with the password that is handed over on paper."""

    account: Account
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person is handed on paper; it is kept nowhere else."""

    full_name: str
    user: str
    password: str = field(repr=False)
    where: str = ""
    """The units she reaches, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A member without an account and the one she could have; `namesake` is an account that may be hers already."""

    member: str
    full_name: str
    profession: str
    user: str
    role: Role
    units: tuple[str, ...]
    namesake: str = ""


def usual_role(profession: str, professions: Professions) -> Role:
    """The account role that a profession usually has; one that is not on the list is care staff's."""
    found = professions.find(profession)
    return Role(found.role) if found is not None else Role.CARE_STAFF


def propose(
    members: Iterable[Member], *, accounts: Sequence[Account], professions: Professions, reach: frozenset[str] | None
) -> tuple[Proposal, ...]:
    """An account for each member who has none, limited to her units within `reach`; no user name stands twice."""
    taken = {one.user.casefold() for one in accounts}
    having = {one.member for one in accounts if one.active}
    names = {one.full_name.casefold(): one.user for one in accounts if one.active and one.member is None}
    found = []
    for member in members:
        if member.key in having:
            continue
        user = proposed_user(member.name, taken)
        taken.add(user)
        proposal = Proposal(
            member=member.key, full_name=member.name, profession=member.profession, user=user,
            role=usual_role(member.profession, professions),
            units=tuple(key for key in member.units if reach is None or key in reach),
            namesake=names.get(member.name.casefold(), ""),
        )  # fmt: skip
        found.append(proposal)
    return tuple(found)


def proposed_user(name: str, taken: Iterable[str]) -> str:
    """A user name from a name: the first name, with the last one where that is taken, numbered where that is too."""
    others = {one.casefold() for one in taken}
    words = name.split()
    first = key_from(words[0], fallback="") if words else ""
    if first and first not in others:
        return first
    return free_key(key_from(" ".join((words[0], words[-1])) if words else "", fallback="anvandare"), others)
