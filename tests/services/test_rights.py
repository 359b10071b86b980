"""Who may do what: every service says its rights, every role is held to them, and a role at a meeting comes first."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

import app.services
from app.domain.errors import NotAllowed, NotFound
from app.domain.meetings import Item
from app.domain.roles import RIGHTS, Role
from app.services import actions, customers, endings, meeting_lists, meetings, papers, team, transfer
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.support import seated, solgarden

LETTERS = {
    Role.MANAGER: "M", Role.LICENSED: "L", Role.CARE_STAFF: "C", Role.SECRETARY: "S", Role.READER: "R",
}  # fmt: skip
INSIDE = {
    "may_at", "myself", "own_forum", "require_unit", "draft_meeting", "log_read",
    "sees_every_customer", "sees_all", "sees_customer", "has_role", "within_reach", "without_details",
}  # fmt: skip
"""Parts of services that run inside another one, which has checked; so do those that are handed a unit of work."""

ALLOWED = {
    "MLCSR": "change_password save_draft read_draft drop_draft get_preference set_preference list_meetings "
    "expire_backups "
    "whole_meetings count_meetings get_meeting meeting_papers papers_of_period previous_meeting list_members "
    "get_member member_names ward_team team_gaps today list_units get_unit unit_forums list_actions count_actions",
    "MLCS": "complete_action reopen_action set_action propose_item",
    "MLC": "list_customers get_customer open_customer customer_labels write_participation "
    "mark_journaled unmark_journaled",
    "MLS": "book_meeting save_meeting delete_meeting open_meeting cancel_meeting reinstate_meeting propose_month "
    "book_all propose_meeting propose_next",
    "ML": "add_customer save_customer change_status move_customer what_ends end_customer close_meeting reopen_meeting "
    "add_addition reveal_customer",
    "M": "issue_recovery_key list_accounts add_account end_account merge_customers held_by hand_over merge_members "
    "known_to_sheets approve_minutes add_member save_member delete_member read_document take_in add_unit new_ward "
    "save_unit adjust_forum back_up check_open disposal_periods set_disposal_period preview_disposal propose_disposal "
    "list_disposals withdraw_disposal approve_disposal list_holds place_hold lift_hold old_backups set_backup_days",
}
"""trust.md's table of roles, gesture by gesture; roles at a meeting add to it."""

Service = Callable[..., object]


def services() -> Iterator[Service]:
    for found in pkgutil.iter_modules(app.services.__path__):
        module = importlib.import_module(f"app.services.{found.name}")
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
            if own and name not in INSIDE:
                parameters = list(inspect.signature(function).parameters)
                if parameters[:1] == ["desk"] and "work" not in parameters:
                    yield function


def test_every_service_says_which_rights_it_needs() -> None:
    assert [one.__name__ for one in services() if not hasattr(one, "rights")] == []


@pytest.mark.parametrize("roles", ALLOWED)
def test_the_rights_are_those_of_the_table(roles: str) -> None:
    for function in services():
        if function.__name__ in ALLOWED[roles].split():
            rights: frozenset[object] = vars(function)["rights"]
            found = "".join(letter for role, letter in LETTERS.items() if rights & RIGHTS[role])
            assert found == roles, function.__name__


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_without_the_right_nothing_begins(desk: Desk, role: Role) -> None:
    person, refused = seated(desk, role), 0
    for function in services():
        if not hasattr(function, "at_meeting") and not vars(function)["rights"] & RIGHTS[role]:
            with pytest.raises(NotAllowed, match="not_allowed"):
                function(person)
            refused += 1
    assert refused > 15


def test_a_reader_sees_the_meeting_but_nothing_of_the_customers(desk: Desk) -> None:
    reader = seated(desk, Role.READER)
    for seen in (
        meetings.get_meeting(reader, key="teammote-1").value,
        meeting_lists.whole_meetings(reader)[0],
        papers.meeting_papers(reader, key="teammote-1", purpose=Purpose.AGENDA).meeting,
    ):
        assert seen.customers == ()
        assert [item.heading for item in seen.items][1:3] == ["Kundärende", "Kundärende"]
    with pytest.raises(NotAllowed):
        customers.list_customers(reader)
    assert actions.list_actions(reader) == ()


def test_the_named_secretary_writes_the_minutes_and_nothing_else(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    named = meetings.save_meeting(
        desk, meeting=replace(stored.value, secretary="bo-ek"), expected_version=stored.version
    )
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    first, *rest = named.value.items
    written = replace(named.value, items=(replace(first, notes="Godkändes."), *rest))
    saved = meetings.save_meeting(bo, meeting=written, expected_version=named.version)
    with pytest.raises(NotAllowed):
        meetings.save_meeting(bo, meeting=replace(written, place="Sal B"), expected_version=saved.version)
    closed = meetings.close_meeting(bo, key="teammote-1", expected_version=saved.version)
    with pytest.raises(NotAllowed):
        meetings.approve_minutes(bo, key="teammote-1", expected_version=closed.version)
    other = seated(desk, Role.CARE_STAFF, member="gun-holm")
    with pytest.raises(NotAllowed):
        meetings.save_meeting(other, meeting=written, expected_version=closed.version)


def test_the_convenor_approves_or_the_approver_she_named_whatever_the_account(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    led = replace(stored.value, chair="bo-ek", approver="gun-holm", secretary="dan-falk")
    saved = meetings.save_meeting(desk, meeting=led, expected_version=stored.version)
    convenor = seated(desk, Role.CARE_STAFF, member="bo-ek")
    closed = meetings.close_meeting(convenor, key="teammote-1", expected_version=saved.version)
    person = seated(desk, Role.LICENSED, member="anna-berg")
    with pytest.raises(NotAllowed):
        meetings.approve_minutes(person, key="teammote-1", expected_version=closed.version)
    approver = seated(desk, Role.READER, member="gun-holm")
    approved = meetings.approve_minutes(approver, key="teammote-1", expected_version=closed.version)
    assert approved.value.approver == "gun-holm"


def test_everybody_in_the_team_may_add_a_point(desk: Desk) -> None:
    for role, member in ((Role.CARE_STAFF, "bo-ek"), (Role.SECRETARY, None)):
        person = seated(desk, role, member=member)
        found = meetings.propose_item(person, meeting="teammote-1", item=Item(key="", heading="  Nycklar "))
        assert found.value.items[-1].heading == "Nycklar"
        assert found.value.items[-1].raised_by == (member or meetings.myself(person))
    with pytest.raises(NotAllowed):
        meetings.propose_item(seated(desk, Role.READER), meeting="teammote-1", item=Item(key="", heading="X"))


def test_another_units_account_sees_and_does_nothing_here(desk: Desk) -> None:
    other = seated(desk, Role.MANAGER, units=frozenset({"annan-enhet"}))
    assert meeting_lists.list_meetings(other) == ()
    assert meeting_lists.whole_meetings(other) == ()
    assert customers.list_customers(other) == ()
    assert team.list_members(other) == ()
    assert actions.list_actions(other) == ()
    assert transfer.read_document(other).meetings == ()
    for gesture in (
        lambda: meetings.get_meeting(other, key="teammote-1"),
        lambda: customers.get_customer(other, key="kund-1"),
        lambda: endings.what_ends(other, key="kund-1"),
        lambda: endings.held_by(other, key="bo-ek"),
        lambda: papers.meeting_papers(other, key="teammote-1", purpose=Purpose.MINUTES),
        lambda: meetings.delete_meeting(other, key="teammote-1", expected_version=1),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            gesture()
    with pytest.raises(Exception, match="import_refused"):
        transfer.take_in(other, document=solgarden())
