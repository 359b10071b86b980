"""Who may do what: every service says its rights, every role is held to them, and a role at a meeting comes first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.errors import NotAllowed, NotFound
from app.domain.meetings import Item
from app.domain.roles import RIGHTS, Role
from app.services import (
    actions,
    customers,
    endings,
    leaving,
    meeting_lists,
    meeting_removal,
    meetings,
    papers,
    team,
    transfer,
)
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.services.calls import services
from tests.support import seated, solgarden

LETTERS = {
    Role.MANAGER: "M", Role.LICENSED: "L", Role.CARE_STAFF: "C", Role.SECRETARY: "S", Role.READER: "R",
}  # fmt: skip
ALLOWED = {
    "MLCSR": "count_requests get_limits "
    "list_absences get_absence keep_absence remove_absence called_meanwhile list_rooms room_names list_travel "
    "tell_regret take_back_regret own_regrets regrets_to_me mark_regret_seen covers_of "
    "agenda_states call_reminders "
    "trail_of open_questions afterwards_of write_comment remove_comment compare_versions mark_read unmark_read "
    "after_today nothing_to_comment "
    "list_preparations count_preparations own_preparations unprepared preparation_paper "
    "call_of calls_of_period short_days short_around "
    "list_activities activity_paper council_paper "
    "back_up_daily bring_back_drafts list_drafts "
    "change_password expire_backups follow_changes get_live_minutes "
    "note_log_end save_draft read_draft drop_draft get_preference set_preference list_meetings search "
    "clashes_in clashes_with clashes_if_moved forums_by_day places_in_use whole_meetings "
    "week_papers count_meetings "
    "spelling_on set_spelling own_words add_own_word remove_own_word known_words get_text_modules "
    "list_letters get_letter letter_paper sent_pdf "
    "take_out get_meeting open_in_turn meeting_papers papers_of_period previous_meeting list_members "
    "get_wheel wheel_paper "
    "get_member member_names ward_team team_gaps today list_units get_unit unit_forums list_actions count_actions "
    "unit_instruments "
    "earlier_times "
    "export_actions print_actions task_slips shift_handover handover_paper count_handover "
    "list_log count_log log_users verify_log holds_head user_extract list_series get_series series_days "
    "list_templates list_runs get_run own_steps run_paper blank_paper",
    "MLCS": "list_requests begin_request set_parties open_request list_parties "
    "add_attachment retitle_attachment remove_attachment put_back_attachment "
    "preview_busy_times keep_busy_times take_back_busy_times "
    "complete_action reopen_action set_action follow_up_action take_back_follow_up propose_item "
    "take_back_item own_profession settle_preparation unsettle_preparation take_back_preparations "
    "answer_question take_back_answer "
    "add_activities save_activity remove_activities copy_activities "
    "start_run remove_run tick_step untick_step skip_step write_step change_run answer_run finish_run abandon_run "
    "reopen_run put_on_meeting take_back",
    "MLC": "get_request fill_request plan_internally keep_task own_tasks "
    "list_customers get_customer open_customer customer_labels find_customers write_participation "
    "participation_waits read_review customer_history "
    "list_turns "
    "mark_journaled unmark_journaled copy_to_journal to_journal",
    "LC": "units_to_open open_emergency my_emergencies end_emergencies",
    "MLS": "keep_party remove_party "
    "look_ahead leave_out waiting_lifts return_item "
    "list_meeting_templates make_meeting_template keep_meeting_template remove_meeting_template "
    "offered_meetings keep_letter remove_letter copy_letter send_letter "
    "keep_covers sick_call report_sick take_back_sick announce take_back_announcements "
    "publish_agenda take_back_agenda "
    "keep_preparation remove_preparation move_preparation add_suggested "
    "book_meeting save_meeting move_meeting delete_meeting hand_on cancel_meeting reinstate_meeting "
    "propose_year apply_year propose_meeting propose_next propose_in_turn add_series change_series remove_series "
    "pause_series hold_day move_day book_series take_back_series keep_wheel",
    "ML": "note_event add_party record_consent list_care_contacts set_care_contacts set_contract set_discharge set_sip "
    "own_activity_paper open_short start_short settle_left "
    "add_customer save_customer change_status move_customer what_ends end_customer open_meeting close_meeting "
    "reopen_meeting circulate settle_comment reopen_comment "
    "keep_text_modules keep_instrument remove_instrument "
    "add_addition reveal_customer turn_papers history_paper change_turn keep_turns count_misses",
    "M": "set_limits "
    "keep_room remove_room keep_travel remove_travel issue_recovery_key recovery_key_waits confirm_recovery_key "
    "list_accounts propose_accounts add_account add_accounts save_account reset_password "
    "end_account merge_customers held_by hand_over merge_members "
    "known_to_sheets approve_minutes add_member save_member delete_member read_document take_in add_unit new_ward "
    "save_unit adjust_forum back_up check_open set_live_minutes move_database list_emergencies mark_seen "
    "customer_extract daily_extract draw_review list_reviews open_review remark_row sign_review review_state "
    "list_lost_ends mark_lost_end_seen "
    "list_backups second_place set_second_place disposal_periods set_disposal_period preview_disposal "
    "propose_disposal why_not_dispose list_disposals withdraw_disposal approve_disposal list_holds place_hold "
    "lift_hold old_backups set_backup_days",
}
"""trust.md's table of roles, gesture by gesture; roles at a meeting add to it."""


def test_every_service_says_which_rights_it_needs() -> None:
    assert [one.__name__ for one in services() if not hasattr(one, "rights")] == []
    told = {name for names in ALLOWED.values() for name in names.split()}
    assert sorted({one.__name__ for one in services()} ^ told) == [], "trust.md's table says who may"


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


def test_nobody_adds_a_point_in_anothers_name_but_who_writes_the_meeting(desk: Desk) -> None:
    point = Item(key="", heading="Nycklar", raised_by="eva-chef")
    for role, member in ((Role.CARE_STAFF, "bo-ek"), (Role.CARE_STAFF, None)):
        with pytest.raises(NotAllowed, match="raised_by_other"):
            meetings.propose_item(seated(desk, role, member=member), meeting="teammote-1", item=point)
    own = seated(desk, Role.CARE_STAFF, member="bo-ek")
    added = meetings.propose_item(own, meeting="teammote-1", item=replace(point, raised_by="bo-ek"))
    assert added.value.items[-1].raised_by == "bo-ek"
    added = meetings.propose_item(desk, meeting="teammote-1", item=point)
    assert added.value.items[-1].raised_by == "eva-chef"


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
        lambda: leaving.held_by(other, key="bo-ek"),
        lambda: papers.meeting_papers(other, key="teammote-1", purpose=Purpose.MINUTES),
        lambda: meeting_removal.delete_meeting(other, key="teammote-1", expected_version=1),
    ):
        with pytest.raises((NotAllowed, NotFound)):
            gesture()
    with pytest.raises(Exception, match="import_refused"):
        transfer.take_in(other, document=solgarden())
