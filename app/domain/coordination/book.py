"""The address book of parties: with whom the units usually coordinate, and how each is reached (guideline 3.2)."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.coordination.parties import WITHOUT_SERVICE, Channel, PartyKind, Sector


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """One party of the address book."""

    key: str
    name: str
    kind: PartyKind
    sector: Sector | None = None
    channel: Channel | None = None
    contact: str | None = None


def proposed_channel(kind: PartyKind) -> Channel:
    """How a kind of party is usually reached: those without the IT service by letter or telephone (guideline 1)."""
    if kind in (PartyKind.RELATIVE, PartyKind.REPRESENTATIVE):
        return Channel.TELEPHONE
    return Channel.LETTER if kind in WITHOUT_SERVICE else Channel.IT_SERVICE
