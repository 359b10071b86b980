"""The day, the month's plan, actions, drafts, what the team lacks, and the log of who saw what."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest

from app.domain.catalogue import Interval
from app.domain.customers import CustomerStatus
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.holidays import free_days
from app.domain.meetings import Action, ActionStatus, NextMeeting
from app.domain.people import Outsider
from app.domain.proposed_year import ProposedMeeting
from app.domain.roles import Role
from app.services import (
    actions,
    customers,
    drafts,
    meeting_lists,
    meetings,
    papers,
    preferences,
    proposals,
    team,
    today,
    transfer,
    units,
    year_plan,
)
from app.services.desk import Desk
from app.services.papers import Purpose
from tests.support import TODAY, FixedClock, audit_rows, seated


def decide(desk: Desk, *found: Action) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    items = (*stored.value.items[:3], replace(stored.value.items[3], actions=found))
    meetings.save_meeting(desk, meeting=replace(stored.value, items=items), expected_version=stored.version)


def test_the_day_shows_meetings_what_to_prepare_actions_and_who_is_in_hospital(desk: Desk, clock: FixedClock) -> None:
    decide(desk, Action(key="a-1", text="Prova", responsible="bo-ek", due=TODAY), Action(key="a-2", text="Ring"))
    customers.change_status(
        desk, key="kund-3", status=CustomerStatus.HOSPITAL, on=dt.date(2026, 2, 27), expected_version=1
    )
    monday = today.today(desk)
    assert monday.meetings == ()
    assert [one.what for one in monday.prepare] == ["Läs på om 1101 AB och 1102 CD"]
    assert [(stay.label, stay.since, stay.ward) for stay in monday.hospital] == [
        ("Gran 7", dt.date(2026, 2, 27), "Norr")
    ]
    assert [row.key for row in monday.actions] == ["a-1", "a-2"]
    bo = seated(desk, Role.CARE_STAFF, member="bo-ek")
    assert [row.key for row in today.today(bo).actions] == ["a-1"]
    clock.moment += dt.timedelta(days=1)
    tuesday = today.today(desk)
    assert [row.key for row in tuesday.meetings] == ["teammote-1"]
    assert today.today(seated(desk, Role.CARE_STAFF, member="gun-holm")).meetings == ()
    assert today.today(seated(desk, Role.READER)).hospital == ()


def planned(desk: Desk, month: int) -> tuple[ProposedMeeting, ...]:
    """The month's proposal without the daily forums."""
    last = dt.date(2026, month + 1, 1) - dt.timedelta(days=1)
    found = year_plan.propose_year(desk, units_wanted=("solgarden",), from_=dt.date(2026, month, 1), to=last, seconds=5)
    return tuple(one for one in found.meetings if one.meeting.forum != "daglig-avstamning")


def test_a_month_comes_from_the_routine_past_red_days_and_is_booked_once(desk: Desk) -> None:
    found = planned(desk, 4)
    meetings_found = [one.meeting for one in found]
    assert {(one.forum, one.ward) for one in meetings_found} == {
        ("teammote", "norr"), ("teammote", "soder"), ("borad", "norr"), ("borad", "soder"), ("reflektionsmote", None),
        ("apt", None), ("kvalitetsmote", None),
    }  # fmt: skip
    free = free_days(2026)
    assert all(one.date.month == 4 and one.date.weekday() < 5 and one.date not in free for one in meetings_found)
    norr = [one.date for one in meetings_found if one.forum == "teammote" and one.ward == "norr"]
    assert norr[-1] - norr[-2] == dt.timedelta(weeks=2)
    assert len(year_plan.apply_year(desk, proposed=found).booked) == len(found)
    assert not [one for one in planned(desk, 4) if one.is_new or one.is_moved]
    assert len(meeting_lists.list_meetings(desk, from_=dt.date(2026, 4, 1), to=dt.date(2026, 4, 30))) == len(found)


def test_the_next_month_goes_on_where_the_last_one_ended_and_what_is_missing_is_added(desk: Desk) -> None:
    days = [dt.date(2026, 3, 3)]  # the teammöte on Norr that is booked already
    for month in (3, 4, 5, 6):
        found = planned(desk, month)
        norr = [one.meeting.date for one in found if (one.meeting.forum, one.meeting.ward) == ("teammote", "norr")]
        assert norr
        days += [day for day in norr if day not in days]
        year_plan.apply_year(desk, proposed=found)
    assert {(later - first).days for first, later in pairwise(days)} == {14}


def test_a_units_own_interval_is_planned_and_the_departure_is_shown(desk: Desk) -> None:
    forums = {one.own.key: one for one in units.unit_forums(desk, unit="solgarden")}
    own = replace(forums["teammote"].own, interval=Interval(frequency="weekly"), weekday=3, start=dt.time(9))
    units.adjust_forum(desk, unit="solgarden", own=own)
    (shown,) = [one for one in units.unit_forums(desk, unit="solgarden") if one.differences]
    assert [one.sentence for one in shown.differences] == [
        "Intervall: varje vecka, rutinen säger varannan vecka",
        "Önskad veckodag: torsdag, rutinen säger ingen särskild",
        "Önskad tid: 09.00, rutinen säger ingen särskild",
    ]
    found = [one.meeting for one in planned(desk, 5) if one.meeting.forum == "teammote" and one.meeting.ward == "norr"]
    assert len(found) == 4
    units.adjust_forum(desk, unit="solgarden", own=forums["teammote"].routine)
    assert units.get_unit(desk, key="solgarden").value.forums == ()


def test_the_customers_agreed_on_come_first_and_then_the_others_take_turns(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    agreed = NextMeeting(customers=("kund-3",))
    meetings.save_meeting(desk, meeting=replace(stored.value, next_meeting=agreed), expected_version=stored.version)
    found = [one.meeting for one in planned(desk, 4) if (one.meeting.forum, one.meeting.ward) == ("teammote", "norr")]
    assert found[0].customers == ("kund-3",)
    assert "kund-3" not in found[1].customers


def test_all_of_a_plan_is_booked_or_nothing(desk: Desk) -> None:
    good, bad = planned(desk, 4)[:2]
    broken = replace(bad, meeting=replace(bad.meeting, end=bad.meeting.start))
    with pytest.raises(Refused, match="meeting_times"):
        year_plan.apply_year(desk, proposed=(good, broken))
    assert meeting_lists.count_meetings(desk) == 1


def test_actions_are_done_reopened_moved_and_found(desk: Desk) -> None:
    late = Action(key="a-1", text="Beställa 100 % bomull", responsible="bo-ek", due=dt.date(2026, 2, 20))
    decide(desk, late, Action(key="a-2", text="Ring", responsible=Outsider("God man"), customer="kund-2"))
    (row,) = actions.list_actions(desk, overdue_only=True)
    assert (row.key, row.responsible_name, row.meeting_heading) == ("a-1", "Bo Ek", "Teammöte Norr")
    assert [one.key for one in actions.list_actions(desk, text="100 %")] == ["a-1"]
    assert actions.list_actions(desk, text="100_%") == ()
    assert [one.key for one in actions.list_actions(desk, customer="kund-2")] == ["a-2"]
    actions.complete_action(desk, key="a-1", result="Kom i dag", expected_version=row.version)
    with pytest.raises(Conflict):
        actions.complete_action(desk, key="a-1", expected_version=row.version)
    (done,) = actions.list_actions(desk, status=ActionStatus.DONE)
    assert (done.done_on, done.result) == (TODAY, "Kom i dag")
    actions.reopen_action(desk, key="a-1", expected_version=done.version)
    (again,) = actions.list_actions(desk, responsible="bo-ek")
    changed = actions.as_action(again, responsible=Outsider("Hemtjänsten"), due=dt.date(2026, 5, 1))
    actions.set_action(desk, action=changed, expected_version=again.version)
    assert [one.key for one in actions.list_actions(desk)] == ["a-1", "a-2"]
    assert actions.list_actions(desk, from_=dt.date(2026, 5, 1))[0].responsible == Outsider("Hemtjänsten")
    assert actions.count_actions(desk, status=ActionStatus.OPEN) == 2
    with pytest.raises(NotFound):
        actions.complete_action(desk, key="a-9", expected_version=1)
    assert meetings.get_meeting(desk, key="teammote-1").value.items[3].actions[0].due == dt.date(2026, 5, 1)


def test_a_draft_is_offered_back_to_its_own_user_only_and_goes_when_saved(desk: Desk) -> None:
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="Först")
    drafts.save_draft(desk, kind="meeting", key="teammote-1", started_from=1, content="Sedan ☃")
    mine = drafts.read_draft(desk, kind="meeting", key="teammote-1")
    assert mine is not None
    assert (mine.content, mine.started_from, mine.at) == ("Sedan ☃", 1, desk.clock.now())
    other = seated(desk, Role.LICENSED)
    assert drafts.read_draft(other, kind="meeting", key="teammote-1") is None
    drafts.drop_draft(other, kind="meeting", key="teammote-1")
    assert drafts.read_draft(desk, kind="meeting", key="teammote-1") == mine
    stored = meetings.get_meeting(desk, key="teammote-1")
    meetings.save_meeting(desk, meeting=replace(stored.value, place="Sal A"), expected_version=stored.version)
    assert drafts.read_draft(desk, kind="meeting", key="teammote-1") is None
    preferences.set_preference(desk, name="width", value={"möten": [10, 20]})
    assert preferences.get_preference(desk, name="width") == {"möten": [10, 20]}
    assert preferences.get_preference(other, name="width", default=7) == 7


def test_what_the_team_lacks_is_said_per_ward(desk: Desk) -> None:
    said = {gap.sentence for gap in team.team_gaps(desk, unit="solgarden")}
    assert "Norr saknar specialistundersköterska." in said
    assert "Norr saknar ersättare för sjuksköterska." in said
    assert "Söder saknar ersättare för undersköterska." in said
    assert not any("nattpersonal" in one for one in said)
    gun = team.get_member(desk, key="gun-holm")
    team.save_member(desk, member=replace(gun.value, to=TODAY - dt.timedelta(days=1)), expected_version=gun.version)
    assert {"Norr saknar nattpersonal i teamet.", "Söder saknar nattpersonal i teamet."} <= {
        gap.sentence for gap in team.team_gaps(desk, unit="solgarden")
    }
    assert [one.key for one in team.ward_team(desk, unit="solgarden", ward="soder")] == [
        "anna-berg", "cia-dahl", "dan-falk", "eva-chef",
    ]  # fmt: skip


def new_rows(desk: Desk, before: int) -> list[tuple[str, str | None, str | None]]:
    return audit_rows(desk)[before:]


def test_each_gesture_leaves_one_row_for_each_customer_it_showed(desk: Desk) -> None:
    def gesture(does: object) -> list[tuple[str, str | None]]:
        before = len(audit_rows(desk))
        assert callable(does)
        does()
        return [(action, customer) for action, _, customer in new_rows(desk, before)]

    both = ["kund-1", "kund-2"]
    every = ["kund-1", "kund-2", "kund-3", "kund-4"]
    assert gesture(lambda: meetings.get_meeting(desk, key="teammote-1")) == [("read", key) for key in both]
    assert gesture(lambda: customers.get_customer(desk, key="kund-3")) == [("read", "kund-3")]
    assert sorted(gesture(lambda: customers.list_customers(desk))) == [("read", key) for key in every]
    assert gesture(lambda: papers.meeting_papers(desk, key="teammote-1", purpose=Purpose.MINUTES)) == [
        ("print", key) for key in both
    ]
    assert gesture(lambda: papers.meeting_papers(desk, key="teammote-1", purpose=Purpose.POSTER)) == []
    customers.change_status(desk, key="kund-1", status=CustomerStatus.HOSPITAL, on=TODAY, expected_version=1)
    decide(desk, Action(key="a-1", text="Ring sjukhuset", customer="kund-1"))
    assert sorted(gesture(lambda: today.today(desk))) == [("read", key) for key in both]
    assert gesture(lambda: proposals.propose_meeting(desk, unit="solgarden", forum="teammote", ward="soder")) == [
        ("read", "kund-4")
    ]
    exported = gesture(lambda: transfer.read_document(desk))
    assert sorted(customer for _, customer in exported if customer) == every
    reader = seated(desk, Role.READER)
    assert gesture(lambda: meetings.get_meeting(reader, key="teammote-1")) == []
    assert gesture(lambda: meeting_lists.list_meetings(desk)) == []


def test_papers_show_a_protected_identity_as_its_code_and_a_poster_nobody(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    meetings.save_meeting(desk, meeting=replace(stored.value, customers=("kund-3",)), expected_version=stored.version)
    found = papers.meeting_papers(desk, key="teammote-1", purpose=Purpose.AGENDA)
    assert found.customers == {"kund-1": "1101 AB", "kund-2": "1102 CD", "kund-3": "Gran 7"}
    assert found.heading == "Teammöte Norr"
    poster = papers.meeting_papers(desk, key="teammote-1", purpose=Purpose.POSTER)
    assert (poster.customers, poster.has_customer_data) == ({}, False)
    period = papers.papers_of_period(desk, from_=TODAY, to=dt.date(2026, 3, 31), purpose=Purpose.AGENDA)
    assert [one.meeting.key for one in period] == ["teammote-1"]
    with pytest.raises(Refused, match="period_empty"):
        papers.papers_of_period(desk, from_=TODAY, to=TODAY, purpose=Purpose.AGENDA)
    with pytest.raises(Refused, match="period_empty"):
        papers.papers_of_period(desk, from_=TODAY, to=dt.date(2026, 3, 31), purpose=Purpose.MINUTES)
    with pytest.raises(Refused, match="period_backwards"):
        papers.papers_of_period(desk, from_=TODAY, to=dt.date(2026, 1, 1), purpose=Purpose.AGENDA)
