"""Coordination by the guideline: two sides play against each other in any order, and nothing illegal comes of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.coordination.cases import CoordinationRequest, Direction, Outcome, RequestKind
from app.domain.coordination.consents import Basis, Consent
from app.domain.coordination.events import CaseEvent, EventKind
from app.domain.coordination.fields import FIELDS, fields_of, in_order
from app.domain.coordination.gate import parties_told, stands_on
from app.domain.coordination.parties import Party, PartyKind, PartyRole
from app.domain.coordination.rules import check, possible, settled, told_already, with_consent, with_event
from app.domain.coordination.states import ENDED, RequestStatus
from app.domain.coordination.steps import STEPS, apply, first_statuses, replayed, status_of
from app.domain.errors import Refused
from app.domain.wording import wording

DAY = dt.date(2026, 3, 2)
START = dt.datetime.combine(DAY, dt.time(9))
TEXTS = {one.key: f"{one.label}: text" for one in fields_of(RequestKind.REQUEST)}


def party(key: str, *, own: bool = False, role: PartyRole = PartyRole.RECEIVING) -> Party:
    kind = PartyKind.SOCIAL_SERVICES if own else PartyKind.REGIONAL_PRIMARY_CARE
    return Party(key=key, name=f"Part {key}", role=role, own=own, kind=kind)


def case(kind: RequestKind, direction: Direction, *, receivers: int = 2) -> CoordinationRequest:
    out = direction is Direction.OUT
    others = tuple(party(f"m{n}", own=not out and n == 0) for n in range(receivers))
    texts = {one.key: TEXTS[one.key] for one in fields_of(kind)}
    return settled(
        CoordinationRequest(
            key="fall-1", unit="solgarden", customer="kund-1", kind=kind, direction=direction,
            status=RequestStatus.DRAFT, fields=in_order(kind, texts),
            parties=(party("i", own=out, role=PartyRole.INITIATING), *others),
        )
    )  # fmt: skip


def consent(basis: Basis = Basis.CONSENT, *, parties: tuple[str, ...] = (), day: dt.date = DAY) -> Consent:
    return Consent(
        basis=basis, date=day, parties=parties, assessor="anna-berg", reasons="Svår demens", legal_basis="OSL 10:2",
        withdrawn_on=day if basis is Basis.WITHDRAWN else None,
    )  # fmt: skip


def event(kind: EventKind, at: dt.datetime = START, **more: object) -> CaseEvent:
    return CaseEvent(kind=kind, at=at, **more)  # type: ignore[arg-type]


class Play(RuleBasedStateMachine):
    """Whatever is tried in whatever order: what is taken is legal, what is not leaves the case as it was."""

    @initialize(kind=st.sampled_from(RequestKind), direction=st.sampled_from(Direction), receivers=st.integers(1, 3))
    def begin(self, kind: RequestKind, direction: Direction, receivers: int) -> None:
        self.case = case(kind, direction, receivers=receivers)
        self.now, self.kept = START, 0

    def _pass(self) -> dt.datetime:
        self.now += dt.timedelta(minutes=7)
        return self.now

    def _try(self, made: CoordinationRequest | None) -> None:
        if made is not None:
            self.kept += 1
            self.case = made

    @rule(kind=st.sampled_from(EventKind), who=st.integers(0, 3), early=st.booleans())
    def anything(self, kind: EventKind, who: int, early: bool) -> None:
        receiving = self.case.receiving
        named = receiving[who].key if who < len(receiving) else None
        at = self._pass()
        if early and self.case.events:
            at = self.case.events[len(self.case.events) // 2].at
        before = self.case
        if kind in (EventKind.CONSENT_RECORDED, EventKind.CONSENT_WITHDRAWN):
            return
        made = event(kind, at, party=named)
        code = possible(before, made)
        if not code:
            self._try(with_event(before, made, reason="Skäl", outcome=Outcome.DONE))
        else:
            assert wording(Refused(code)).endswith("."), code

    @rule(basis=st.sampled_from(Basis), narrow=st.booleans())
    def another_basis(self, basis: Basis, narrow: bool) -> None:
        kind = EventKind.CONSENT_WITHDRAWN if basis is Basis.WITHDRAWN else EventKind.CONSENT_RECORDED
        parties = (self.case.receiving[0].key,) if narrow else ()
        self._try(with_consent(self.case, consent(basis, parties=parties), event(kind, self._pass())))

    @precondition(lambda self: self.case.status not in ENDED)
    @rule()
    def it_can_always_be_ended(self) -> None:
        """Whatever happened, the initiating side can take the message back: nobody is stuck."""
        assert possible(self.case, event(EventKind.CANCELLED, self._pass())) == ""

    @invariant()
    def case_and_messages_agree(self) -> None:
        if not hasattr(self, "case"):
            return
        check(self.case)
        statuses = replayed(self.case)
        assert status_of(statuses) is self.case.status
        assert {one.key: one.status for one in self.case.receiving} == statuses
        assert len(self.case.events) == self.kept, "every event is kept"
        if self.case.kind is RequestKind.TRANSFER:
            never = {RequestStatus.ACCEPTED, RequestStatus.DECLINED, RequestStatus.COORDINATING}
            assert not never & set(statuses.values())

    @invariant()
    def nothing_left_without_a_basis(self) -> None:
        """Counted anew, apart from the gate: after the last word about consent, only what that word lets."""
        if not hasattr(self, "case"):
            return
        words = [n for n, one in enumerate(self.case.events) if one.kind.value.startswith("consent_")]
        last = words[-1] if words else -1
        lets = self.case.consent is not None and stands_on(self.case.consent, DAY)
        statuses = first_statuses(self.case)
        for number, one in enumerate(self.case.events):
            told = parties_told(self.case, statuses, one)
            apply(self.case, statuses, one)
            if not told:
                continue
            assert words[:1] < [number], "nothing before anything was recorded"
            assert words
            if number > last:
                assert lets
                scope = self.case.consent.parties if self.case.consent else ()
                assert not scope or set(told) <= set(scope)


Play.TestCase.settings = settings(max_examples=40, stateful_step_count=18, deadline=None)
TestPlay = Play.TestCase


def played(found: CoordinationRequest, *steps: tuple[EventKind, str | None]) -> CoordinationRequest:
    for number, (kind, named) in enumerate(steps, start=len(found.events)):
        at = START + dt.timedelta(minutes=number)
        found = with_event(found, event(kind, at, party=named), reason="Skäl", outcome=Outcome.GOALS_MET)
    return found


def consented(kind: RequestKind, direction: Direction, *, receivers: int = 1) -> CoordinationRequest:
    return with_consent(case(kind, direction, receivers=receivers), consent(), event(EventKind.CONSENT_RECORDED))


E = EventKind
PATHS = [
    (RequestKind.TRANSFER, (E.SENT, E.ACKNOWLEDGED, E.CLOSED), RequestStatus.CLOSED),
    (RequestKind.TRANSFER, (E.SENT, E.COMPLETION_ASKED, E.COMPLETION_GIVEN, E.CLOSED), RequestStatus.CLOSED),
    (RequestKind.TRANSFER, (E.SENT, E.MISDIRECTED), RequestStatus.MISDIRECTED),
    (RequestKind.REQUEST, (E.SENT, E.ACKNOWLEDGED, E.ACCEPTED, E.COORDINATION_STARTED, E.CLOSED), RequestStatus.CLOSED),
    (
        RequestKind.REQUEST,
        (E.SENT, E.ACKNOWLEDGED, E.COMPLETION_ASKED, E.COMPLETION_GIVEN, E.FORWARDED, E.ACCEPTED, E.COMPLETION_ASKED),
        RequestStatus.ACCEPTED,
    ),
    (RequestKind.REQUEST, (E.SENT, E.DECLINED), RequestStatus.DECLINED),
    (RequestKind.REQUEST, (E.SENT, E.ACKNOWLEDGED, E.CANCELLED), RequestStatus.CANCELLED),
]


@pytest.mark.parametrize("direction", list(Direction))
@pytest.mark.parametrize(("kind", "steps", "end"), PATHS, ids=lambda one: str(one)[:30])
def test_the_paths_of_the_guideline_lead_where_they_should(
    kind: RequestKind, steps: tuple[EventKind, ...], end: RequestStatus, direction: Direction
) -> None:
    found = played(consented(kind, direction), *((one, None) for one in steps))
    assert found.status is end


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        (RequestKind.TRANSFER, (E.SENT, E.ACCEPTED)), (RequestKind.TRANSFER, (E.SENT, E.DECLINED)),
        (RequestKind.TRANSFER, (E.SENT, E.COORDINATION_STARTED)), (RequestKind.TRANSFER, (E.SENT, E.CLOSED)),
        (RequestKind.REQUEST, (E.ACKNOWLEDGED,)), (RequestKind.REQUEST, (E.SENT, E.SENT)),
        (RequestKind.REQUEST, (E.SENT, E.COORDINATION_STARTED)), (RequestKind.REQUEST, (E.SENT, E.CLOSED)),
        (RequestKind.REQUEST, (E.SENT, E.DECLINED, E.ACCEPTED)), (RequestKind.REQUEST, (E.SENT, E.COMPLETION_GIVEN)),
        (RequestKind.REQUEST, (E.SENT, E.CANCELLED, E.ACKNOWLEDGED)), (RequestKind.REQUEST, (E.SENT, E.CREATED)),
    ],
    ids=lambda one: str(one)[:40],
)  # fmt: skip
def test_what_the_guideline_rules_out_is_refused(kind: RequestKind, steps: tuple[EventKind, ...]) -> None:
    with pytest.raises(Refused, match="request_step"):
        played(consented(kind, Direction.OUT), *((one, None) for one in steps))


def test_the_case_stands_where_its_least_advanced_open_party_does() -> None:
    found = played(consented(RequestKind.REQUEST, Direction.OUT, receivers=3), (E.SENT, None), (E.ACCEPTED, "m0"))
    assert found.status is RequestStatus.SENT
    found = played(found, (E.ACKNOWLEDGED, "m1"), (E.DECLINED, "m2"))
    assert found.status is RequestStatus.ACKNOWLEDGED
    found = played(found, (E.MISDIRECTED, "m1"))
    assert found.status is RequestStatus.ACCEPTED, "who declined or was reached by mistake is waited for no more"
    with pytest.raises(Refused, match="request_step"):
        played(played(consented(RequestKind.REQUEST, Direction.OUT, receivers=2), (E.SENT, None), (E.ACCEPTED, "m0")),
               (E.CLOSED, None))  # fmt: skip


@pytest.mark.parametrize("basis", [None, Basis.REFUSED, Basis.WITHDRAWN])
def test_nothing_is_sent_without_a_basis(basis: Basis | None) -> None:
    found = case(RequestKind.REQUEST, Direction.OUT)
    if basis is not None:
        kind = E.CONSENT_WITHDRAWN if basis is Basis.WITHDRAWN else E.CONSENT_RECORDED
        found = with_consent(found, consent(basis), event(kind))
    with pytest.raises(Refused, match="request_without_basis"):
        played(found, (E.SENT, None))
    assert played(found, (E.NOTE, None), (E.CANCELLED, None)).status is RequestStatus.CANCELLED


@pytest.mark.parametrize("basis", [Basis.CONSENT, Basis.CANNOT, Basis.OTHER])
def test_each_other_basis_lets_it_go_and_withdrawal_stops_it(basis: Basis) -> None:
    found = with_consent(case(RequestKind.REQUEST, Direction.OUT), consent(basis), event(E.CONSENT_RECORDED))
    found = played(found, (E.SENT, "m0"))
    at = START + dt.timedelta(hours=1)
    gone = with_consent(found, consent(Basis.WITHDRAWN), event(E.CONSENT_WITHDRAWN, at))
    assert told_already(gone) == ("Part m0",), "who has to hear of it"
    for kind in (E.SENT, E.COMPLEMENTED):
        assert possible(gone, event(kind, at)) == "request_without_basis"
    assert possible(gone, event(E.ACKNOWLEDGED, at)) == "", "what they answer is theirs"


def test_a_consent_reaches_the_parties_and_the_days_it_names() -> None:
    narrow = with_consent(
        case(RequestKind.REQUEST, Direction.OUT), consent(parties=("m0",)), event(E.CONSENT_RECORDED)
    )  # fmt: skip
    assert possible(narrow, event(E.SENT, party="m0")) == ""
    assert possible(narrow, event(E.SENT)) == "request_outside_consent"
    short = replace(consent(), until=DAY)
    found = with_consent(case(RequestKind.REQUEST, Direction.OUT), short, event(E.CONSENT_RECORDED))
    assert possible(found, event(E.SENT, START + dt.timedelta(days=1))) == "request_without_basis"


def test_a_request_goes_only_with_every_field_filled_or_said_not_to_matter() -> None:
    found = consented(RequestKind.REQUEST, Direction.OUT)
    bare = replace(found, fields=tuple(one for one in found.fields if one.key != "aids"))
    assert possible(bare, event(E.SENT)) == "request_fields_missing"
    assert possible(replace(bare, not_relevant=("aids",)), event(E.SENT)) == ""
    transfer = replace(consented(RequestKind.TRANSFER, Direction.OUT), fields=())
    assert possible(transfer, event(E.SENT)) == "", "a transfer can hold its fields, and need not"
    incoming = replace(consented(RequestKind.REQUEST, Direction.IN), fields=())
    assert possible(incoming, event(E.ACKNOWLEDGED)) == "", "what the other side left out is asked for"


def test_what_was_written_on_paper_comes_in_at_its_own_time() -> None:
    found = played(consented(RequestKind.REQUEST, Direction.OUT), (E.SENT, None), (E.ACCEPTED, None))
    early = event(E.ACKNOWLEDGED, found.events[1].at, recorded_at=START + dt.timedelta(days=1))
    later = with_event(found, early)
    assert [one.kind for one in later.events] == [E.CONSENT_RECORDED, E.SENT, E.ACKNOWLEDGED, E.ACCEPTED]
    with pytest.raises(Refused, match="request_step"):
        with_event(later, event(E.DECLINED, found.events[1].at))


@given(kind=st.sampled_from(RequestKind))
def test_each_list_of_fields_is_its_own(kind: RequestKind) -> None:
    keys = [one.key for one in fields_of(kind)]
    assert len(set(keys)) == len(keys)
    assert ("current_function" in keys) == (kind is not RequestKind.TRANSFER)
    assert (len(keys), sum(one.demanded for one in fields_of(kind))) == (
        (13, 12) if "current_function" in keys else (11, 0)
    )


def test_the_table_speaks_of_every_state_and_kind() -> None:
    assert set(FIELDS) == set(RequestKind)
    reached = {step.after for steps in STEPS.values() for step in steps} - {None}
    assert reached == set(RequestStatus) - {RequestStatus.DRAFT}
