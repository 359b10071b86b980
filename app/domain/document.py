"""What an exchange file holds, as values, and what came of taking one in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.activities import Activity
from app.domain.availability import Absence, Room, Travel
from app.domain.coordination.cases import CoordinationRequest
from app.domain.customers import Customer
from app.domain.letters import Letter
from app.domain.meeting_templates import MeetingTemplate
from app.domain.meetings import Meeting
from app.domain.occasions import Occasion
from app.domain.preparations import Preparation
from app.domain.series import Series
from app.domain.team import Member, Professions
from app.domain.turns import Turn
from app.domain.units import Unit
from app.domain.year_wheel import WheelMonth

LIST_WORDS: Mapping[str, tuple[str, str, str]] = {
    "units": ("ny", "enhet", "enheter"), "members": ("ny", "medarbetare", "medarbetare"),
    "customers": ("ny", "kund", "kunder"), "meetings": ("nytt", "möte", "möten"), "series": ("ny", "serie", "serier"),
    "absences": ("ny", "frånvaro", "frånvaror"), "rooms": ("nytt", "rum", "rum"),
    "travel": ("ny", "restid", "restider"), "occasions": ("nytt", "mötestillfälle", "mötestillfällen"),
    "rotation": ("ny", "plats i turordningen", "platser i turordningen"),
    "requests": ("nytt", "samordningsärende", "samordningsärenden"),
    "year_wheel": ("ny", "månad i årshjulet", "månader i årshjulet"),
    "activities": ("ny", "aktivitet", "aktiviteter"), "templates": ("ny", "mötesmall", "mötesmallar"),
    "letters": ("nytt", "informationsbrev", "informationsbrev"),
    "preparations": ("ny", "förberedelse", "förberedelser"),
}  # fmt: skip
"""The lists of a document in Swedish: new, one, many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The lists of an exchange file."""

    units: tuple[Unit, ...] = ()
    members: tuple[Member, ...] = ()
    customers: tuple[Customer, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    series: tuple[Series, ...] = ()
    absences: tuple[Absence, ...] = ()
    rooms: tuple[Room, ...] = ()
    travel: tuple[Travel, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    rotation: tuple[Turn, ...] = ()
    year_wheel: tuple[WheelMonth, ...] = ()
    activities: tuple[Activity, ...] = ()
    templates: tuple[MeetingTemplate, ...] = ()
    letters: tuple[Letter, ...] = ()
    preparations: tuple[Preparation, ...] = ()
    requests: tuple[CoordinationRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One refused place of a file: the line (0 where it has none), the column or path, the reason in Swedish."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """How many objects of each list were new or changed, and what was refused; refused means nothing was taken in.

    `added` and `changed` name them by list and key.
    """

    imported: dict[str, int] = field(default_factory=dict)
    refused: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """Places of what was taken in that a person ought to look at."""
    untouched: int = 0
    added: frozenset[tuple[str, str]] = frozenset()
    changed: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of a sheet are held against: the units, who is registered already, and a maker of customer keys."""

    units: Sequence[Unit]
    members: Sequence[Member]
    customers: Sequence[Customer]
    professions: Professions
    new_customer_key: Callable[[set[str]], str]
