"""Emergency access (nödöppning): how long a unit's customers are open, and what its reason must be."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.errors import Refused
from app.domain.personnummer import has_personnummer

LASTS = dt.timedelta(hours=1)
_FEWEST_WORDS, _FEWEST_SIGNS = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """One opening of a unit by one person; times are Swedish wall-clock time. `seen_by` has taken note of it."""

    key: int
    user: str
    full_name: str
    unit: str
    unit_name: str
    reason: str
    opened_at: dt.datetime
    until: dt.datetime
    seen_by: str | None = None
    seen_at: dt.datetime | None = None


def checked_reason(text: str) -> str:
    """The reason without blanks around it. Raises Refused where it says nothing, or holds a personnummer."""
    reason = " ".join(text.split())
    if len(reason.split()) < _FEWEST_WORDS or len(reason) < _FEWEST_SIGNS:
        raise Refused("emergency_reason")
    if has_personnummer(reason):
        raise Refused("personnummer_in_reason")
    return reason
