"""Cases as lists and the board show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.coordination.cases import CoordinationRequest, Direction, RequestKind
from app.domain.coordination.consents import Basis
from app.domain.coordination.states import RequestStatus
from app.domain.coordination.waiting import Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A case in a list: about whom, with whom, where it stands, what is waited for, and on what basis.

    `label` is the person as she may be shown; empty where the reader may see that there is a case and no more.
    """

    key: str
    unit: str
    unit_name: str
    kind: RequestKind
    direction: Direction
    status: RequestStatus
    customer: str | None
    label: str
    counterparts: str
    begun: dt.date | None
    changed: dt.datetime | None
    waits: tuple[Wait, ...]
    basis: Basis | None
    version: int

    def is_late(self, today: dt.date) -> bool:
        """Whether somebody has waited longer than the unit's limits."""
        return any(one.is_late(today) for one in self.waits)

    @property
    def waiting_words(self) -> str:
        """Who waits for what, in a line."""
        return "; ".join(dict.fromkeys(one.words for one in self.waits))


def counterparts(case: CoordinationRequest) -> str:
    """The other parties by name."""
    return ", ".join(one.name for one in case.parties if not one.own)
