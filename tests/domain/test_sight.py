"""What a person sees of a meeting: what is hidden leaves no trace, and comes back whole when she saves what she saw."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from app.domain import meeting_rules as rules
from app.domain.errors import NotAllowed
from app.domain.meetings import (
    Action,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    Meeting,
    MeetingStatus,
    NextMeeting,
    Participation,
)
from app.domain.roles import Actor, Role
from app.domain.sight import Reach, invited, reads_minutes, restored, shown
from tests.support import team_meeting

ONE, TWO = frozenset({"kund-1"}), frozenset({"kund-2"})
REACHES = (Reach(), Reach(assigned=ONE), Reach(assigned=ONE, permanent=TWO))
MEMBERS = (None, "bo-ek", "dan-falk", "eva-chef", "cia-dahl")


def full() -> Meeting:
    meeting = team_meeting()
    first, ab, cd, party = meeting.items
    told = Participation(customer="kund-1")
    return replace(
        meeting,
        secretary="dan-falk",
        attendance=(Attendance(member="cia-dahl", status=AttendanceStatus.EXCUSED),),
        appendices=("Schema",),
        next_meeting=NextMeeting(customers=("kund-1", "kund-3")),
        items=(
            replace(first, notes="Godkändes.", actions=(Action(key="a-1", text="Ring", customer="kund-3"),)),
            replace(ab, notes="Canary ett", decisions=("Canary två",), participation=(told,)),
            replace(cd, text="Canary tre", actions=(Action(key="a-2", text="Canary fyra", responsible="cia-dahl"),)),
            replace(party, notes="I juni."),
            Item(key="punkt-5", heading="Canary fem", kind=ItemKind.CUSTOMER),
        ),
    )  # fmt: skip


def everybody() -> list[tuple[Meeting, Actor, Reach]]:
    return [
        (replace(full(), status=status), Actor(user="x", full_name="X", role=role, member=member), reach)
        for status, role, member, reach in product(MeetingStatus, Role, MEMBERS, REACHES)
    ]


def test_saving_what_one_saw_changes_nothing_whoever_one_is() -> None:
    for meeting, actor, reach in everybody():
        seen = shown(meeting, actor=actor, reach=reach)
        assert [(item.key, item.kind, item.minutes) for item in seen.items] == [
            (item.key, item.kind, item.minutes) for item in meeting.items
        ]
        assert restored(seen, old=meeting, actor=actor, reach=reach) == meeting


def test_nothing_is_left_of_a_customer_who_is_not_hers() -> None:
    for meeting, actor, reach in everybody():
        if rules.roles_at(meeting, actor) or actor.role in (Role.MANAGER, Role.LICENSED):
            assert shown(meeting, actor=actor, reach=reach) == meeting
            continue
        seen = shown(meeting, actor=actor, reach=reach)
        hers = reach.assigned | reach.permanent if actor.role is Role.CARE_STAFF else frozenset()
        if actor.member == "cia-dahl" and actor.role is Role.CARE_STAFF:
            hers |= {"kund-2"}
        assert rules.customers_named(seen) <= hers
        if not hers:
            assert "Canary" not in repr(seen)
        assert "Canary fem" not in repr(seen)


@pytest.mark.parametrize("status", MeetingStatus)
def test_readers_read_what_is_over_and_care_staff_what_they_are_called_to(status: MeetingStatus) -> None:
    meeting = replace(full(), status=status)

    def reads(role: Role, member: str | None = None) -> bool:
        return reads_minutes(meeting, Actor(user="x", full_name="X", role=role, member=member))

    over = status in (MeetingStatus.DRAFT, MeetingStatus.APPROVED)
    assert [reads(role) for role in Role] == [True, True, False, True, over]
    called = {member: reads(Role.CARE_STAFF, member) for member in (*MEMBERS, "gun-holm")}
    assert called == {
        None: False, "bo-ek": True, "dan-falk": True, "eva-chef": True, "cia-dahl": True, "gun-holm": False,
    }  # fmt: skip
    assert not invited(meeting, Actor(user="x", full_name="X", role=Role.READER))


def test_a_hidden_point_is_moved_and_timed_but_neither_removed_nor_written_over() -> None:
    meeting, siv = full(), Actor(user="siv", full_name="Siv", role=Role.SECRETARY)
    seen = shown(meeting, actor=siv, reach=Reach())

    def back(*items: Item) -> Meeting:
        return restored(replace(seen, items=items), old=meeting, actor=siv, reach=Reach())

    first, ab, cd, party, other = seen.items
    new = Item(key="ny", heading="Nycklar")
    found = back(cd, replace(ab, minutes=7), new, party, first, other)
    whole = {item.key: item for item in meeting.items}
    assert found.items == (
        whole["punkt-3"], replace(whole["punkt-2"], minutes=7), new, party, whole["punkt-1"], whole["punkt-5"],
    )  # fmt: skip
    for broken in ((first, ab, party, other), (first, replace(ab, notes="Skrivet"), cd, party, other)):
        with pytest.raises(NotAllowed):
            back(*broken)


def test_customers_she_sees_come_and_go_and_those_she_does_not_stay() -> None:
    meeting = replace(full(), customers=("kund-3", "kund-1", "kund-2"), secretary=None, chair=None)
    bo = Actor(user="bo", full_name="Bo", role=Role.CARE_STAFF, member="bo-ek")
    reach = Reach(assigned=frozenset({"kund-1", "kund-4"}))
    seen = shown(meeting, actor=bo, reach=reach)
    assert (seen.customers, seen.next_meeting) == (("kund-1",), NextMeeting(customers=("kund-1",)))
    changed = replace(seen, customers=("kund-4",), next_meeting=None)
    found = restored(changed, old=meeting, actor=bo, reach=reach)
    assert found.customers == ("kund-3", "kund-2", "kund-4")
    assert found.next_meeting == NextMeeting(customers=("kund-3",))
    again = restored(
        replace(seen, next_meeting=NextMeeting(place="Sal B", customers=("kund-1", "kund-4"))),
        old=meeting, actor=bo, reach=reach,
    )  # fmt: skip
    assert again.next_meeting == NextMeeting(place="Sal B", customers=("kund-1", "kund-3", "kund-4"))


def test_nobody_lets_herself_in_by_naming_herself() -> None:
    meeting = team_meeting()
    for role, field, refused in (
        (Role.SECRETARY, "chair", True),
        (Role.SECRETARY, "approver", True),
        (Role.LICENSED, "chair", False),
        (Role.LICENSED, "approver", True),
        (Role.MANAGER, "approver", False),
    ):
        person = Actor(user="x", full_name="X", role=role, member="cia-dahl")
        named = replace(meeting, **{field: "cia-dahl"})  # type: ignore[arg-type]
        for old in (meeting, None):
            if refused:
                with pytest.raises(NotAllowed):
                    rules.check_appointments(named, person, old=old)
            else:
                rules.check_appointments(named, person, old=old)
    convenor = Actor(user="x", full_name="X", role=Role.CARE_STAFF, member="eva-chef")
    rules.check_appointments(replace(meeting, approver="eva-chef"), convenor, old=meeting)
