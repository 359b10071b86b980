"""On what basis information may be handed over, or that it may not (guideline 4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.people import Person


class Basis(StrEnum):
    """On what ground information may be handed over, or that it may not (guideline 4)."""

    CONSENT = "consent"
    CANNOT = "cannot"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return _BASES[self]


_BASES = {
    Basis.CONSENT: "Samtycke lämnat",
    Basis.CANNOT: "Kan inte samtycka (OSL 25 kap. 13 §)",
    Basis.REFUSED: "Samtycke nekat",
    Basis.WITHDRAWN: "Samtycke återkallat",
    Basis.OTHER: "Annan laglig grund",
}


class ConsentForm(StrEnum):
    """How a consent was given."""

    ORAL = "oral"
    WRITTEN = "written"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish word."""
        return {"oral": "Muntligt", "written": "Skriftligt", "other": "På annat sätt"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The basis of a case: by whom, how, for what, for which parties (none named: all), from `date` until `until`.

    `assessor` and `reasons` belong to one who cannot consent (OSL 25:13), `legal_basis` to another ground.
    """

    basis: Basis
    given_by: Person | None = None
    form: ConsentForm | None = None
    scope: str | None = None
    parties: tuple[str, ...] = ()
    date: dt.date | None = None
    until: dt.date | None = None
    assessor: Person | None = None
    reasons: str | None = None
    legal_basis: str | None = None
    withdrawn_on: dt.date | None = None
    note: str | None = None
