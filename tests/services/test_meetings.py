"""A meeting from plan to approved minutes and on to the next, as people do it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.errors import Conflict, NotFound, Refused
from app.domain.meetings import (
    Action,
    Assessment,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    MeetingStatus,
    NextMeeting,
    Participation,
    Question,
)
from app.domain.people import Outsider
from app.services import actions, meeting_lists, meeting_removal, meetings, proposals
from app.services.desk import Desk
from tests.support import TODAY, FixedClock, team_meeting


def hold(desk: Desk, *, agreed: NextMeeting | None = None) -> int:
    """Hold the teammöte and write its minutes; returns the version."""
    version = meetings.get_meeting(desk, key="teammote-1").version
    opened = meetings.open_meeting(desk, key="teammote-1", expected_version=version)
    first, about, *rest = opened.value.items
    action = Action(key="atgard-1", text="Prova larmmatta", responsible="bo-ek", due=dt.date(2026, 3, 10))
    asked = Question(question="Vem beställer?", asked_by=Outsider("Dottern"))
    written = replace(
        opened.value,
        secretary="bo-ek",
        attendance=(Attendance(member="anna-berg", status=AttendanceStatus.PRESENT, to=dt.time(13, 20)),),
        items=(
            replace(first, notes="Lades till handlingarna."),
            replace(
                about, notes="Har ramlat.", decisions=("Larmmatta provas.",), actions=(action,), questions=(asked,)
            ),
            *rest,
        ),
        next_meeting=agreed,
    )
    saved = meetings.save_meeting(desk, meeting=written, expected_version=opened.version)
    return meetings.close_meeting(desk, key="teammote-1", expected_version=saved.version).version


def test_from_plan_to_approved_minutes_and_a_dated_addition(desk: Desk, clock: FixedClock) -> None:
    proposed = proposals.propose_meeting(desk, unit="solgarden", forum="teammote", ward="soder")
    assert (proposed.start, proposed.end, proposed.place) == (dt.time(13), dt.time(13, 30), "Söder")
    assert proposed.chair == "eva-chef"
    assert proposed.participants == ("eva-chef", "anna-berg", "dan-falk")
    assert proposed.customers == ("kund-4",)
    headings = [item.heading for item in proposed.items]
    assert "1201 GH" in headings
    assert headings[-1] != "1201 GH", "what closes the meeting stays last"
    booked = meetings.book_meeting(desk, meeting=proposed)
    assert booked.value.key == f"solgarden-teammote-soder-{proposed.date}"

    version = hold(desk)
    approved = meetings.approve_minutes(desk, key="teammote-1", expected_version=version)
    assert approved.value.status is MeetingStatus.APPROVED
    assert approved.value.approver == Outsider("Eva Chef"), "she who approves, when none was named"
    clock.moment += dt.timedelta(days=3)
    added = meetings.add_addition(
        desk, key="teammote-1", text=" Rätt datum är 12 mars. ", item="punkt-2", expected_version=approved.version
    )
    (addition,) = added.value.additions
    assert (addition.at, addition.text) == (clock.moment, "Rätt datum är 12 mars.")
    assert meetings.get_meeting(desk, key="teammote-1") == added


def test_approved_minutes_are_locked_for_every_gesture(desk: Desk) -> None:
    version = meetings.approve_minutes(desk, key="teammote-1", expected_version=hold(desk)).version
    kept = meetings.get_meeting(desk, key="teammote-1").value
    with pytest.raises(Refused, match="minutes_locked"):
        meetings.save_meeting(desk, meeting=replace(kept, place="Sal B"), expected_version=version)
    for gesture in (meetings.reopen_meeting, meetings.open_meeting, meetings.close_meeting, meetings.approve_minutes):
        with pytest.raises(Refused, match="meeting_state"):
            gesture(desk, key="teammote-1", expected_version=version)
    with pytest.raises(Refused, match="meeting_state"):
        meetings.cancel_meeting(desk, key="teammote-1", reason="Nej", expected_version=version)
    with pytest.raises(Refused, match="meeting_not_empty"):
        meeting_removal.delete_meeting(desk, key="teammote-1", expected_version=version)
    with pytest.raises(Refused, match="meeting_state"):
        meetings.propose_item(desk, meeting="teammote-1", item=Item(key="", heading="Sent"))
    assert meetings.get_meeting(desk, key="teammote-1").value == kept


def test_an_addition_needs_text_an_approved_meeting_and_a_point_that_is_there(desk: Desk) -> None:
    version = hold(desk)
    with pytest.raises(Refused, match="addition_before_approval"):
        meetings.add_addition(desk, key="teammote-1", text="Hej", expected_version=version)
    version = meetings.approve_minutes(desk, key="teammote-1", expected_version=version).version
    with pytest.raises(Refused, match="addition_empty"):
        meetings.add_addition(desk, key="teammote-1", text="  ", expected_version=version)
    with pytest.raises(NotFound):
        meetings.add_addition(desk, key="teammote-1", text="Hej", item="annan", expected_version=version)


def test_the_second_of_two_who_saved_is_told_and_nothing_is_overwritten(desk: Desk) -> None:
    first = meetings.get_meeting(desk, key="teammote-1")
    meetings.save_meeting(desk, meeting=replace(first.value, place="Sal A"), expected_version=first.version)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        meetings.save_meeting(desk, meeting=replace(first.value, place="Sal B"), expected_version=first.version)
    with pytest.raises(Conflict):
        meetings.open_meeting(desk, key="teammote-1", expected_version=first.version)
    assert meetings.get_meeting(desk, key="teammote-1").value.place == "Sal A"


def test_a_save_changes_neither_status_nor_additions(desk: Desk) -> None:
    stored = meetings.get_meeting(desk, key="teammote-1")
    sly = replace(stored.value, status=MeetingStatus.APPROVED, cancelled_reason="x")
    assert meetings.save_meeting(desk, meeting=sly, expected_version=stored.version).value == stored.value


def test_the_next_meeting_takes_over_what_is_left_and_the_customers_agreed_on(desk: Desk) -> None:
    agreed = NextMeeting(date=dt.date(2026, 3, 19), start=dt.time(10), place="Kafferummet", customers=("kund-3",))
    hold(desk, agreed=agreed)
    following = proposals.propose_next(desk, key="teammote-1")
    assert (following.date, following.start, following.end) == (agreed.date, agreed.start, dt.time(10, 30))
    assert following.place == "Kafferummet"
    assert following.customers == ("kund-3",)
    carried = [(item.heading, item.carried_from) for item in following.items if item.kind is ItemKind.CARRIED]
    assert carried == [("1102 CD", "punkt-3"), ("Sommarfest", "punkt-4"), ("Uppföljning: 1101 AB", "punkt-2")]
    follow_up = next(item for item in following.items if item.carried_from == "punkt-2")
    assert follow_up.text == "- Prova larmmatta (Bo Ek, klart tis 10 mars)\n- Obesvarad fråga: Vem beställer?"
    assert [item.heading for item in following.items if item.kind is ItemKind.CUSTOMER] == ["Gran 7"]

    booked = meetings.book_meeting(desk, meeting=following).value
    after = proposals.propose_next(desk, key=booked.key)
    kept = [item for item in after.items if item.text and "larmmatta" in item.text]
    assert kept, "an action is followed up until it is done"
    row = actions.list_actions(desk, meeting="teammote-1")[0]
    actions.complete_action(desk, key=row.key, result="Provad", expected_version=row.version)
    done = proposals.propose_next(desk, key="teammote-1")
    assert done.customers == ("kund-3",), "what that meeting agreed, though a later one is booked"
    assert not any(item.text and "larmmatta" in item.text for item in done.items)


def test_without_an_agreement_the_rotation_follows_the_apartments(desk: Desk) -> None:
    hold(desk)
    following = proposals.propose_next(desk, key="teammote-1")
    assert following.date == dt.date(2026, 3, 17), "every other week (routine 3.1)"
    assert following.customers == ("kund-3", "kund-1"), "whom the team has not had, then the first apartment"


def test_a_cancelled_meetings_customers_come_first_next_time(desk: Desk) -> None:
    with pytest.raises(Refused, match="cancel_needs_reason"):
        meetings.cancel_meeting(desk, key="teammote-1", reason=" ", expected_version=1)
    stored = meetings.get_meeting(desk, key="teammote-1")
    cancelled = meetings.cancel_meeting(desk, key="teammote-1", reason="Sjuka", expected_version=stored.version)
    assert proposals.propose_next(desk, key="teammote-1").customers == ("kund-1", "kund-2")
    with pytest.raises(Refused, match="meeting_cancelled"):
        meetings.save_meeting(desk, meeting=cancelled.value, expected_version=cancelled.version)
    back = meetings.reinstate_meeting(desk, key="teammote-1", expected_version=cancelled.version)
    assert back.value == replace(team_meeting(), sequence=2), "calendars tell each call from the one before"


def test_a_booked_next_meeting_gets_a_cancelled_ones_customers_first_with_assessments_and_wishes(desk: Desk) -> None:
    later = replace(team_meeting(), key="nasta", date=TODAY + dt.timedelta(days=15), customers=("kund-3",))
    own = Item(key="nasta-1", heading="Gran 7", kind=ItemKind.CUSTOMER, customer="kund-3")
    before = meetings.book_meeting(desk, meeting=replace(later, items=(own,)))
    stored = meetings.get_meeting(desk, key="teammote-1")
    first, about, *rest = stored.value.items
    falls = Assessment(customer="kund-1", instrument="Downton (DFRI)", date=TODAY, score=4.0)
    wish = Participation(customer="kund-1", asked_by="bo-ek", asked_on=TODAY, wish="Vill gå ut mer.")
    about = replace(about, assessments=(falls,), participation=(wish,))
    prepared = replace(stored.value, items=(first, about, *rest))
    version = meetings.save_meeting(desk, meeting=prepared, expected_version=stored.version).version

    cancelled = meetings.cancel_meeting(desk, key="teammote-1", reason="Sjuka", expected_version=version)
    found = meetings.get_meeting(desk, key="nasta").value
    assert found.customers == ("kund-1", "kund-2", "kund-3")
    assert [(one.heading, one.carried_from) for one in found.items] == [
        ("1101 AB", "punkt-2"), ("1102 CD", "punkt-3"), ("Gran 7", None),
    ]  # fmt: skip
    assert (found.items[0].assessments, found.items[0].participation) == ((falls,), (wish,))
    again = proposals.propose_next(desk, key="teammote-1")
    assert [one.assessments for one in again.items if one.customer == "kund-1"] == [(falls,)]

    meetings.reinstate_meeting(desk, key="teammote-1", expected_version=cancelled.version)
    assert meetings.get_meeting(desk, key="nasta").value == before.value


def test_what_was_written_on_the_next_meeting_meanwhile_stays_when_the_first_is_held_after_all(desk: Desk) -> None:
    later = replace(team_meeting(), key="nasta", date=TODAY + dt.timedelta(days=15), customers=(), items=())
    meetings.book_meeting(desk, meeting=later)
    version = meetings.get_meeting(desk, key="teammote-1").version
    cancelled = meetings.cancel_meeting(desk, key="teammote-1", reason="Sjuka", expected_version=version)
    stored = meetings.get_meeting(desk, key="nasta")
    first, second = stored.value.items
    written = replace(stored.value, items=(replace(first, notes="Pratade i korridoren."), second))
    meetings.save_meeting(desk, meeting=written, expected_version=stored.version)
    meetings.reinstate_meeting(desk, key="teammote-1", expected_version=cancelled.version)
    found = meetings.get_meeting(desk, key="nasta").value
    assert (found.customers, [one.notes for one in found.items]) == (("kund-1",), ["Pratade i korridoren."])


def test_only_an_empty_planned_meeting_is_deleted(desk: Desk) -> None:
    booked = meetings.book_meeting(desk, meeting=replace(team_meeting(), key="", items=()))
    meeting_removal.delete_meeting(desk, key=booked.value.key, expected_version=1)
    with pytest.raises(NotFound):
        meetings.get_meeting(desk, key=booked.value.key)
    hold(desk)
    with pytest.raises(Refused, match="meeting_not_empty"):
        meeting_removal.delete_meeting(desk, key="teammote-1", expected_version=1)


def test_a_point_that_was_carried_on_cannot_be_taken_away(desk: Desk) -> None:
    meetings.book_meeting(desk, meeting=proposals.propose_next(desk, key="teammote-1"))
    stored = meetings.get_meeting(desk, key="teammote-1")
    without = replace(stored.value, items=stored.value.items[:3])
    with pytest.raises(Refused, match="item_carried_on"):
        meetings.save_meeting(desk, meeting=without, expected_version=stored.version)
    with pytest.raises(Refused, match="item_carried_on"):
        meeting_removal.delete_meeting(desk, key="teammote-1", expected_version=stored.version)


def test_what_is_listed_is_what_was_asked_for(desk: Desk) -> None:
    meetings.book_meeting(desk, meeting=replace(team_meeting(), key="", date=TODAY + dt.timedelta(days=40), items=()))
    march = meeting_lists.list_meetings(desk, from_=TODAY, to=dt.date(2026, 3, 31))
    assert [row.key for row in march] == ["teammote-1"]
    assert march[0].heading == "Teammöte Norr"
    assert [row.date.month for row in meeting_lists.list_meetings(desk, newest_first=True)] == [4, 3]
    assert meeting_lists.count_meetings(desk) == 2
    assert meeting_lists.list_meetings(desk, text="100 %_") == ()
    assert len(meeting_lists.list_meetings(desk, text="norr", limit=1, offset=1)) == 1
    assert len(meeting_lists.list_meetings(desk, member="bo-ek")) == 2
    assert meeting_lists.list_meetings(desk, member="gun-holm") == ()
