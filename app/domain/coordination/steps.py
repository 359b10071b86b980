"""What may happen to a case and where it leads: one table, which the code runs and the documentation draws.

Guideline 6-9. Each receiving party stands somewhere of its own; the request stands where its least advanced party that
is still open does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.coordination.cases import CoordinationRequest, Direction, RequestKind
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.parties import Party
from app.domain.coordination.states import RequestStatus as S
from app.domain.errors import Refused


class Side(StrEnum):
    """Whose step it is."""

    INITIATING = "initiating"
    RECEIVING = "receiving"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row of the table: whose step, from where, whereto (None: the party stays), for which kinds of message.

    `hands_over` says that it hands something about the person to another party, and so needs a basis (guideline 4).
    """

    side: Side
    before: frozenset[S]
    after: S | None
    kinds: frozenset[RequestKind]
    hands_over: bool = False


_ALL = frozenset(RequestKind)
_ANSWERED = _ALL - {RequestKind.TRANSFER}
"""Kinds that are answered: a transfer of information is only acknowledged (guideline 6)."""
_WAITING = frozenset({S.SENT, S.ACKNOWLEDGED, S.COMPLETION_ASKED, S.COMPLETION_GIVEN})
_TOGETHER = frozenset({S.ACCEPTED, S.COORDINATING})
_OPEN = frozenset({S.DRAFT}) | _WAITING | _TOGETHER

STEPS: Mapping[EventKind, tuple[Step, ...]] = {
    EventKind.SENT: (
        Step(side=Side.INITIATING, before=frozenset({S.DRAFT}), after=S.SENT, kinds=_ALL, hands_over=True),
    ),
    EventKind.ACKNOWLEDGED: (
        Step(side=Side.RECEIVING, before=frozenset({S.SENT}), after=S.ACKNOWLEDGED, kinds=_ALL),
    ),
    EventKind.COMPLETION_ASKED: (
        Step(
            side=Side.RECEIVING, before=frozenset({S.SENT, S.ACKNOWLEDGED, S.COMPLETION_GIVEN}),
            after=S.COMPLETION_ASKED, kinds=_ALL, hands_over=True,
        ),
        Step(side=Side.RECEIVING, before=_TOGETHER, after=None, kinds=_ANSWERED, hands_over=True),
    ),
    EventKind.COMPLETION_GIVEN: (
        Step(
            side=Side.INITIATING, before=frozenset({S.COMPLETION_ASKED}), after=S.COMPLETION_GIVEN, kinds=_ALL,
            hands_over=True,
        ),
        Step(side=Side.INITIATING, before=_TOGETHER, after=None, kinds=_ANSWERED, hands_over=True),
    ),
    EventKind.ACCEPTED: (
        Step(side=Side.RECEIVING, before=_WAITING, after=S.ACCEPTED, kinds=_ANSWERED, hands_over=True),
    ),
    EventKind.DECLINED: (Step(side=Side.RECEIVING, before=_WAITING, after=S.DECLINED, kinds=_ANSWERED),),
    EventKind.MISDIRECTED: (Step(side=Side.RECEIVING, before=_WAITING, after=S.MISDIRECTED, kinds=_ALL),),
    EventKind.FORWARDED: (Step(side=Side.RECEIVING, before=_WAITING | _TOGETHER, after=None, kinds=_ALL),),
    EventKind.COMPLEMENTED: (
        Step(side=Side.INITIATING, before=_WAITING | _TOGETHER, after=None, kinds=_ALL, hands_over=True),
    ),
    EventKind.COORDINATION_STARTED: (
        Step(
            side=Side.ANYBODY, before=frozenset({S.ACCEPTED}), after=S.COORDINATING, kinds=_ANSWERED, hands_over=True
        ),
    ),
    EventKind.CLOSED: (
        Step(side=Side.ANYBODY, before=_TOGETHER, after=S.CLOSED, kinds=_ANSWERED),
        Step(
            side=Side.ANYBODY, before=frozenset({S.ACKNOWLEDGED, S.COMPLETION_GIVEN}), after=S.CLOSED,
            kinds=frozenset({RequestKind.TRANSFER}),
        ),
    ),
    EventKind.CANCELLED: (Step(side=Side.INITIATING, before=_OPEN, after=S.CANCELLED, kinds=_ALL),),
}  # fmt: skip
"""What moves a receiving party, or is done with one; a party that an event does not name: every one it fits."""

BESIDE = frozenset(EventKind) - frozenset(STEPS)
"""What is noted of the case as a whole: it moves nobody."""
BESIDE_HANDS_OVER = frozenset({EventKind.SIP_CALLED, EventKind.CARE_CONTACT_TOLD})
"""Among them, what tells another party something of the person, where the event names one."""
_ENDS_ALL = frozenset({EventKind.CLOSED, EventKind.CANCELLED})
"""What, without a party, is the end of the whole case: nobody may be left."""
_ORDER = (
    S.DRAFT, S.SENT, S.COMPLETION_ASKED, S.ACKNOWLEDGED, S.COMPLETION_GIVEN, S.ACCEPTED, S.COORDINATING,
)  # fmt: skip
"""From the least advanced on. One that is asked for more has come less far than one that only acknowledged."""
_ENDS = (S.CLOSED, S.CANCELLED, S.DECLINED, S.MISDIRECTED)
"""What a case has become when nobody is open, the weightiest end first."""


def status_of(statuses: Mapping[str, S]) -> S:
    """Where the case stands, from where its receiving parties do; a case without any is a draft."""
    for status in (*_ORDER, *_ENDS):
        if status in statuses.values():
            return status
    return S.DRAFT


def first_statuses(case: CoordinationRequest) -> dict[str, S]:
    """Where the receiving parties stand before any event: an incoming message was sent already."""
    incoming = case.direction is Direction.IN
    told = {event.party for event in case.events if event.kind is EventKind.PARTY_ADDED}
    sent = any(event.kind is EventKind.SENT for event in case.events)
    begun = S.SENT if incoming and not sent else S.DRAFT
    return {one.key: S.DRAFT if one.key in told else begun for one in case.receiving}


def replayed(case: CoordinationRequest) -> dict[str, S]:
    """Where each receiving party stands after the case's events. Raises Refused for one that could not follow.

    Refused("request_step", …) names the event and where it was tried.
    """
    statuses = first_statuses(case)
    for number, event in enumerate(case.events):
        if event.kind is EventKind.CREATED and number:
            raise Refused("request_step", step=event.kind.label.lower(), status="inte först")
        apply(case, statuses, event)
    return statuses


def apply(case: CoordinationRequest, statuses: dict[str, S], event: CaseEvent) -> None:
    """Move `statuses` by one event. Raises Refused("request_step" | "request_party")."""
    if event.party is not None and case.party(event.party) is None:
        raise Refused("request_party", party=event.party)
    if event.kind in BESIDE:
        return
    touched = touches(case, statuses, event)
    for key, step in touched.items():
        if step.after is not None:
            statuses[key] = step.after


def touches(case: CoordinationRequest, statuses: Mapping[str, S], event: CaseEvent) -> dict[str, Step]:
    """The receiving parties that an event concerns, each with the step it is. Raises Refused("request_step")."""
    named = [one for one in case.receiving if event.party in (None, one.key)]
    fitting = {one.key: step for one in named if (step := fits(case, statuses[one.key], event.kind)) is not None}
    left = [one for one in named if one.key not in fitting and not statuses[one.key].ended]
    if not fitting or (event.kind in _ENDS_ALL and left):
        stands = statuses[left[0].key] if left else status_of(statuses)
        raise Refused("request_step", step=event.kind.label.lower(), status=stands.label.lower())
    return fitting


def fits(case: CoordinationRequest, status: S, kind: EventKind) -> Step | None:
    """The step that a kind of event is for a party that stands at `status`; None where it cannot happen."""
    for step in STEPS.get(kind, ()):
        if status in step.before and case.kind in step.kinds:
            return step
    return None


def is_ours(case: CoordinationRequest, step: Step, *, party: Party) -> bool:
    """Whether it is the unit itself that takes a step with a receiving party, rather than being told of it."""
    if step.side is Side.INITIATING:
        return case.direction is Direction.OUT
    if step.side is Side.RECEIVING:
        return case.direction is Direction.IN and party.own
    return case.direction is Direction.OUT or party.own
