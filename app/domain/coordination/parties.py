"""Who takes part in a case: kinds of party, what each is in the process, and how messages reach it (guideline 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.coordination.states import RequestStatus


class PartyRole(StrEnum):
    """What a party is in the process."""

    INITIATING = "initiating"
    RECEIVING = "receiving"

    @property
    def label(self) -> str:
        """The Swedish words."""
        return "Initierande part" if self is PartyRole.INITIATING else "Mottagande part"


class PartyKind(StrEnum):
    """What kind of organisation or person a party is (guideline 3.2)."""

    MUNICIPAL_PRIMARY_CARE = "municipal_primary_care"
    SOCIAL_SERVICES = "social_services"
    REGIONAL_PRIMARY_CARE = "regional_primary_care"
    SPECIALIST_CLINIC = "specialist_clinic"
    SCHOOL = "school"
    FORSAKRINGSKASSAN = "forsakringskassan"
    ARBETSFORMEDLINGEN = "arbetsformedlingen"
    SIS = "sis"
    RELATIVE = "relative"
    REPRESENTATIVE = "representative"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish name."""
        return _PARTY_KINDS[self]


_PARTY_KINDS = {
    PartyKind.MUNICIPAL_PRIMARY_CARE: "Kommunal primärvård",
    PartyKind.SOCIAL_SERVICES: "Socialtjänst",
    PartyKind.REGIONAL_PRIMARY_CARE: "Regional primärvård",
    PartyKind.SPECIALIST_CLINIC: "Specialistmottagning",
    PartyKind.SCHOOL: "Skola eller elevhälsa",
    PartyKind.FORSAKRINGSKASSAN: "Försäkringskassan",
    PartyKind.ARBETSFORMEDLINGEN: "Arbetsförmedlingen",
    PartyKind.SIS: "Statens institutionsstyrelse (SiS)",
    PartyKind.RELATIVE: "Anhörig eller närstående",
    PartyKind.REPRESENTATIVE: "Företrädare",
    PartyKind.OTHER: "Annan",
}
WITHOUT_SERVICE = frozenset({
    PartyKind.SCHOOL, PartyKind.FORSAKRINGSKASSAN, PartyKind.ARBETSFORMEDLINGEN, PartyKind.SIS, PartyKind.RELATIVE,
    PartyKind.REPRESENTATIVE,
})  # fmt: skip
"""Kinds of party that do not have the region's IT service: they are reached another way (guideline 1)."""


class Sector(StrEnum):
    """Who runs the party."""

    PUBLIC = "public"
    PRIVATE = "private"

    @property
    def label(self) -> str:
        """The Swedish word."""
        return "Offentlig" if self is Sector.PUBLIC else "Privat"


class Channel(StrEnum):
    """How a message goes."""

    IT_SERVICE = "it_service"
    SEFOS = "sefos"
    LETTER = "letter"
    TELEPHONE = "telephone"
    MEETING = "meeting"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The Swedish word."""
        return {
            "it_service": "IT-tjänsten", "sefos": "SEFOS", "letter": "Brev", "telephone": "Telefon", "meeting": "Möte",
            "other": "Annat sätt",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One who takes part: its key is the case's own (`part-1`). `own` is the unit itself, exactly one."""

    key: str
    name: str
    role: PartyRole
    own: bool = False
    kind: PartyKind
    sector: Sector | None = None
    channel: Channel | None = None
    contact: str | None = None
    status: RequestStatus | None = None
