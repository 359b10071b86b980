"""The coordinated individual plan (SIP, HSL 16 kap. 4 §, SoL 10 kap. 8-9 §§) as values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.people import Person


class SipNeed(StrEnum):
    """What came of asking whether a SIP is needed."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return {"needed": "Behövs", "not_needed": "Behövs inte", "declined": "Den enskilde tackar nej"}[self.value]


class SipOccasion(StrEnum):
    """In what connection a SIP is made; the numbers tell them apart."""

    HOME_CARE = "home_care"
    DISCHARGE = "discharge"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return {
            "home_care": "Inskrivning i hemsjukvård", "discharge": "Utskrivning från sjukhus", "other": "Annat",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SipConsidered:
    """That the need of a SIP was considered: when, by whom, with what outcome and why."""

    on: dt.date | None = None
    by: Person | None = None
    outcome: SipNeed | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SipParticipant:
    """One who takes part in the SIP meeting."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SipMeasure:
    """What one principal (huvudman) does."""

    principal: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SipOther:
    """What somebody else than a principal does."""

    who: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sip:
    """A SIP: considered, called, held, followed up, ended. `goals` stand in the person's own words.

    The four contents the law asks for: `needs`, each principal's `measures`, what `others` do, and
    `overall_responsible`.
    """

    considered: SipConsidered | None = None
    occasion: SipOccasion | None = None
    called_on: dt.date | None = None
    called_by: Person | None = None
    meetings: tuple[str, ...] = ()
    participants: tuple[SipParticipant, ...] = ()
    goals: str | None = None
    needs: str | None = None
    measures: tuple[SipMeasure, ...] = ()
    others: tuple[SipOther, ...] = ()
    overall_responsible: str | None = None
    follow_ups: tuple[dt.date, ...] = ()
    ended_on: dt.date | None = None
    ended_reason: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Which of the four contents that the law asks for are empty, in words."""
        found = (
            (self.needs, "vilka insatser som behövs"), (self.measures, "vad varje huvudman gör"),
            (self.others, "vad andra gör"), (self.overall_responsible, "vem som har det övergripande ansvaret"),
        )  # fmt: skip
        return tuple(words for value, words in found if not value)
