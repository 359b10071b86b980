"""Who a text speaks of: a team member by key, or somebody from outside by name (PERSON of the exchange format)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody who is not in the team's register, known by name only."""

    name: str


Person = str | Outsider
"""A member key, or an `Outsider`."""


def person_name(person: Person | None, names: Mapping[str, str]) -> str:
    """The name to show for `person`; `names` maps member keys to names, an unknown key shows as itself."""
    if person is None:
        return ""
    if isinstance(person, Outsider):
        return person.name
    return names.get(person, person)
