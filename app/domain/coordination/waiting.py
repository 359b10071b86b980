"""Who waits for whom in a case, since when, and whether that is longer than the unit has set for itself.

The guideline says "skyndsamt" (6, 7); how many days that is the unit decides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.domain.coordination.cases import CoordinationRequest, Direction, RequestKind
from app.domain.coordination.events import EventKind
from app.domain.coordination.parties import PartyRole
from app.domain.coordination.states import RequestStatus as S
from app.domain.coordination.steps import apply, first_statuses


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Days that an acknowledgement and an answer may take; *unverified* figures, the unit's to change."""

    acknowledge_days: int = 1
    answer_days: int = 3


class Awaited(StrEnum):
    """What is waited for."""

    SENDING = "sending"
    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"
    COMPLETION = "completion"
    COORDINATION = "coordination"
    END = "end"

    @property
    def label(self) -> str:
        """What it is, as the object of `väntar på`."""
        return {
            "sending": "att skickas", "acknowledgement": "bekräftelse", "answer": "svar", "completion": "komplettering",
            "coordination": "att samordningen börjar", "end": "att avslutas",
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One wait: for what, by whom (the name of a party; ours says so), since when, and when it is late."""

    awaited: Awaited
    party: str
    ours: bool
    since: dt.datetime | None
    due: dt.date | None = None

    def is_late(self, today: dt.date) -> bool:
        """Whether its day is past."""
        return self.due is not None and self.due < today

    @property
    def words(self) -> str:
        """`Vårdcentralen: svar`, `Vi: komplettering`."""
        return f"{'Vi' if self.ours else self.party}: {self.awaited.label}"


def waits(case: CoordinationRequest, limits: Limits) -> tuple[Wait, ...]:
    """Everything that is waited for in a case, one for each receiving party that is open."""
    reached = _reached(case)
    initiator = next((one.name for one in case.parties if one.role is PartyRole.INITIATING), "")
    out = case.direction is Direction.OUT
    found = []
    for one in case.receiving:
        status = one.status or S.DRAFT
        since = reached.get(one.key)
        theirs = not one.own
        if status is S.DRAFT:
            found.append(Wait(awaited=Awaited.SENDING, party=initiator, ours=out, since=since))
        elif status is S.SENT:
            found.append(_limited(Awaited.ACKNOWLEDGEMENT, one.name, since, limits.acknowledge_days, ours=not theirs))
        elif status in (S.ACKNOWLEDGED, S.COMPLETION_GIVEN):
            if case.kind is RequestKind.TRANSFER:
                found.append(Wait(awaited=Awaited.END, party=initiator, ours=out, since=since))
            else:
                found.append(_limited(Awaited.ANSWER, one.name, since, limits.answer_days, ours=not theirs))
        elif status is S.COMPLETION_ASKED:
            found.append(_limited(Awaited.COMPLETION, initiator, since, limits.answer_days, ours=out))
        elif status is S.ACCEPTED:
            found.append(Wait(awaited=Awaited.COORDINATION, party=one.name, ours=not theirs, since=since))
        elif status is S.COORDINATING:
            found.append(Wait(awaited=Awaited.END, party=initiator, ours=out, since=since))
    return tuple(found)


def _limited(awaited: Awaited, party: str, since: dt.datetime | None, days: int, *, ours: bool) -> Wait:
    due = since.date() + dt.timedelta(days=days) if since else None
    return Wait(awaited=awaited, party=party, ours=ours, since=since, due=due)


def _reached(case: CoordinationRequest) -> dict[str, dt.datetime]:
    """When each receiving party came to where it stands."""
    statuses = first_statuses(case)
    begun = case.events[0].at if case.events else None
    found: dict[str, dt.datetime] = dict.fromkeys(statuses, begun) if begun else {}
    for event in case.events:
        before = dict(statuses)
        apply(case, statuses, event)
        if event.kind is EventKind.PARTY_ADDED and event.party:
            found[event.party] = event.at
        found.update({key: event.at for key, status in statuses.items() if status is not before[key]})
    return found
