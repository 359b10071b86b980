"""Which steps a case offers next, in whose words, and which is the one to take: what the buttons of the window say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.coordination import rules
from app.domain.coordination.cases import CoordinationRequest, Direction, RequestKind
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.fields import missing_fields
from app.domain.coordination.gate import stands_on
from app.domain.coordination.parties import Party, PartyKind, PartyRole, Sector
from app.domain.coordination.states import RequestStatus as S
from app.domain.coordination.steps import STEPS, fits, is_ours
from app.domain.errors import Refused

E = EventKind
_OURS = {
    E.SENT: "Skicka", E.ACKNOWLEDGED: "Bekräfta mottagandet", E.COMPLETION_ASKED: "Begär komplettering",
    E.COMPLETION_GIVEN: "Lämna komplettering", E.ACCEPTED: "Acceptera", E.DECLINED: "Avböj",
    E.MISDIRECTED: "Svara att det är felsänt", E.FORWARDED: "Vidarebefordra hos oss",
    E.COMPLEMENTED: "Komplettera på eget initiativ", E.COORDINATION_STARTED: "Påbörja samordningen",
    E.CLOSED: "Avsluta", E.CANCELLED: "Makulera",
}  # fmt: skip
_THEIRS = {
    E.SENT: "De har skickat", E.ACKNOWLEDGED: "De har bekräftat", E.COMPLETION_ASKED: "De begär komplettering",
    E.COMPLETION_GIVEN: "De har kompletterat", E.ACCEPTED: "De har accepterat", E.DECLINED: "De har avböjt",
    E.MISDIRECTED: "De säger att det är felsänt", E.FORWARDED: "De har vidarebefordrat",
    E.COMPLEMENTED: "De kompletterar på eget initiativ", E.COORDINATION_STARTED: "Samordningen är påbörjad",
    E.CLOSED: "Avslutat av dem", E.CANCELLED: "De har makulerat",
}  # fmt: skip
_NEXT = {
    S.DRAFT: E.SENT, S.SENT: E.ACKNOWLEDGED, S.ACKNOWLEDGED: E.ACCEPTED, S.COMPLETION_ASKED: E.COMPLETION_GIVEN,
    S.COMPLETION_GIVEN: E.ACCEPTED, S.ACCEPTED: E.COORDINATION_STARTED, S.COORDINATING: E.CLOSED,
}  # fmt: skip
_BY_THE_BOOK = frozenset({
    E.SENT, E.COMPLETION_GIVEN, E.COMPLEMENTED, E.ACCEPTED, E.COMPLETION_ASKED, E.COORDINATION_STARTED,
})  # fmt: skip
"""What is sent where it is the unit that does it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step that may follow: what the button says, with which parties, and why it cannot be taken yet."""

    kind: EventKind
    words: str
    ours: bool
    parties: tuple[Party, ...]
    refused: Refused | None = None

    @property
    def sends(self) -> bool:
        """Whether taking it is to send something, which needs the right to send."""
        return self.ours and self.kind in _BY_THE_BOOK


def moves(case: CoordinationRequest, *, at: dt.datetime) -> tuple[Move, ...]:
    """The steps that some party's place lets follow, in the table's order; each with what stands in its way now."""
    found = []
    for kind in STEPS:
        steps = [(one, step) for one in case.receiving if (step := fits(case, one.status or S.DRAFT, kind))]
        if not steps:
            continue
        ours = any(is_ours(case, step, party=one) for one, step in steps)
        fitting = tuple(one for one, _ in steps)
        whole = CaseEvent(at=at, kind=kind)
        alone = CaseEvent(at=at, kind=kind, party=fitting[0].key)
        refused = rules.refusal(case, whole)
        if refused and len(case.receiving) > 1:
            refused = rules.refusal(case, alone)
        words = (_OURS if ours else _THEIRS)[kind]
        found.append(Move(kind=kind, words=words, ours=ours, parties=fitting, refused=refused))
    return tuple(found)


def next_move(case: CoordinationRequest, *, at: dt.datetime) -> Move | None:
    """The step that usually follows; None for a case that has ended."""
    wanted = _NEXT.get(case.status)
    if case.kind is RequestKind.TRANSFER and wanted is E.ACCEPTED:
        wanted = E.CLOSED
    return next((one for one in moves(case, at=at) if one.kind is wanted), None)


def needs_basis(case: CoordinationRequest, *, on: dt.date) -> bool:
    """Whether what is to be done first is to ask for consent or to record another basis (guideline 4)."""
    return not case.status.ended and not stands_on(case.consent, on)


def what_is_missing(case: CoordinationRequest) -> str:
    """Which fields keep a request from being sent, in a sentence; empty when none does."""
    missing = missing_fields(case) if case.status is S.DRAFT else ()
    if not missing:
        return ""
    named = ", ".join(one.label.lower() for one in missing[:4])
    more = f" och {len(missing) - 4} till" if len(missing) > 4 else ""
    return f"Fyll i eller märk som ej aktuellt: {named}{more}."


def own_party(name: str, *, direction: Direction, kind: PartyKind, sector: Sector | None = None) -> Party:
    """The unit's own party of a new case, on its side of the message."""
    role = PartyRole.INITIATING if direction is Direction.OUT else PartyRole.RECEIVING
    return Party(key="p1", name=name, role=role, own=True, kind=kind, sector=sector)


def free_party_key(case: CoordinationRequest) -> str:
    """A key for one more party."""
    taken = {one.key for one in case.parties}
    return next(f"p{n}" for n in range(1, len(taken) + 2) if f"p{n}" not in taken)
