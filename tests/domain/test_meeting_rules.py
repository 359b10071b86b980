"""A meeting's life: no sequence of gestures gets round the states; what is kept fulfils the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.domain import meeting_rules as rules
from app.domain.errors import Refused
from app.domain.meeting_rules import STEPS, Step
from app.domain.meetings import Action, Item, ItemKind, Meeting, MeetingStatus, NextMeeting, Participation
from app.domain.roles import Actor, MeetingRole, Role
from tests.support import team_meeting


class MeetingLife(RuleBasedStateMachine):
    """Any sequence of steps: only the drawn ones succeed, and nothing leads out of approved minutes."""

    def __init__(self) -> None:
        super().__init__()
        self.status = MeetingStatus.PLANNED
        self.held = self.ever_approved = False

    @rule(step=st.sampled_from(Step))
    def try_step(self, step: Step) -> None:
        if (self.status, step) not in STEPS:
            with pytest.raises(Refused, match="meeting_state"):
                rules.after(self.status, step)
            return
        self.status = rules.after(self.status, step)
        self.held = self.status is MeetingStatus.DRAFT or (self.held and self.status is not MeetingStatus.PLANNED)
        self.ever_approved = self.ever_approved or self.status is MeetingStatus.APPROVED

    @invariant()
    def approved_stays_approved(self) -> None:
        assert not self.ever_approved or self.status is MeetingStatus.APPROVED

    @invariant()
    def only_a_held_meeting_is_approved(self) -> None:
        assert self.status is not MeetingStatus.APPROVED or self.held


MeetingLife.TestCase.settings = settings(max_examples=60, stateful_step_count=15)
test_any_order_of_gestures = MeetingLife.TestCase


def with_item(**changes: object) -> Meeting:
    meeting = team_meeting()
    return replace(meeting, items=(replace(meeting.items[0], **changes), *meeting.items[1:]))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("meeting_times", lambda: replace(team_meeting(), end=team_meeting().start)),
        ("item_without_heading", lambda: with_item(heading="  ")),
        ("item_minutes", lambda: with_item(minutes=-5)),
        ("action_without_text", lambda: with_item(actions=(Action(key="a", text=" "),))),
        ("meeting_doubled", lambda: with_item(key="punkt-2")),
        ("meeting_doubled", lambda: replace(team_meeting(), participants=("bo-ek", "bo-ek"))),
        ("meeting_doubled", lambda: replace(team_meeting(), customers=("kund-1", "kund-1"))),
    ],
)
def test_an_impossible_meeting_is_refused(code: str, broken: Callable[[], Meeting]) -> None:
    rules.check(team_meeting())
    with pytest.raises(Refused, match=code):
        rules.check(broken())


def test_minutes_are_approved_only_with_a_secretary_named() -> None:
    draft = replace(team_meeting(), status=MeetingStatus.DRAFT)
    with pytest.raises(Refused, match="approve_needs_secretary"):
        rules.check_approvable(draft)
    rules.check_approvable(replace(draft, secretary="bo-ek"))
    with pytest.raises(Refused, match="meeting_state"):
        rules.check_approvable(replace(team_meeting(), secretary="bo-ek"))


def test_roles_at_a_meeting_follow_the_member() -> None:
    meeting = replace(team_meeting(), secretary="bo-ek", approver="bo-ek")
    bo = Actor(user="bo", full_name="Bo", role=Role.CARE_STAFF, member="bo-ek")
    assert rules.roles_at(meeting, bo) == {MeetingRole.SECRETARY, MeetingRole.APPROVER}
    assert rules.roles_at(meeting, replace(bo, member=None)) == frozenset()


def test_agenda_and_minutes_are_told_apart() -> None:
    old = team_meeting()
    noted = with_item(notes="Godkändes.")
    assert (rules.agenda_differs(old, noted), rules.minutes_differ(old, noted)) == (False, True)
    moved = replace(old, items=(old.items[1], old.items[0], *old.items[2:]))
    assert (rules.agenda_differs(old, moved), rules.minutes_differ(old, moved)) == (True, False)
    dropped = replace(noted, items=noted.items[1:])
    assert rules.minutes_differ(noted, dropped), "throwing away what was written is a change of the minutes"


def test_without_customers_nothing_about_them_is_left() -> None:
    meeting = team_meeting()
    told = Participation(customer="kund-4", wish="Sova med öppet fönster")
    meeting = replace(
        meeting,
        items=(*meeting.items, Item(key="punkt-5", heading="Önskemål", participation=(told,))),
        next_meeting=NextMeeting(customers=("kund-3",)),
    )
    assert rules.customers_named(meeting) == {"kund-1", "kund-2", "kund-3", "kund-4"}
    bare = rules.without_customers(meeting)
    assert rules.customers_named(bare) == frozenset()
    assert [item.heading for item in bare.items] == [
        "Föregående minnesanteckningar", "Kundärende", "Kundärende", "Sommarfest", "Kundärende",
    ]  # fmt: skip
    assert [item.kind for item in bare.items][1] is ItemKind.CUSTOMER
