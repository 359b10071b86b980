"""What a meeting hands on: what was not dealt with, what is still open, whom it agreed to take up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count

from app.domain.carrying import agreed_customers, carried_items
from app.domain.meetings import Action, ActionStatus, Item, ItemKind, Meeting, MeetingStatus, NextMeeting, Question
from app.domain.people import Outsider
from tests.support import team_meeting


def carried(previous: Meeting, earlier: tuple[Item, ...] = ()) -> tuple[Item, ...]:
    numbers = count(1)
    names = {"bo-ek": "Bo Ek", "anna-berg": "Anna Berg"}
    return carried_items(previous, earlier=earlier, new_key=lambda: f"ny-{next(numbers)}", names=names)


def test_points_not_dealt_with_go_on_and_standing_ones_do_not() -> None:
    meeting = team_meeting()
    first, about, other, added = meeting.items
    meeting = replace(meeting, items=(first, replace(about, notes="Gick igenom."), other, added))
    found = carried(meeting)
    assert [(one.key, one.heading, one.kind, one.carried_from) for one in found] == [
        ("ny-1", "1102 CD", ItemKind.CARRIED, "punkt-3"),
        ("ny-2", "Sommarfest", ItemKind.CARRIED, "punkt-4"),
    ]
    assert found[0].customer == "kund-2"
    assert found[1].raised_by == "bo-ek"


def test_open_actions_and_unanswered_questions_are_followed_up_once() -> None:
    item = Item(
        key="punkt-9", heading="Fallrisk", notes="Diskuterades.", customer="kund-1",
        actions=(
            Action(key="a-1", text="Prova larmmatta", responsible="bo-ek", due=dt.date(2026, 3, 10)),
            Action(key="a-2", text="Ringa dottern", responsible=Outsider("God man"), status=ActionStatus.DONE),
            Action(key="a-3", text="Beställa sänglampa"),
        ),
        questions=(Question(question="Vem beställer?"), Question(question="När?", answer="I maj.")),
    )  # fmt: skip
    (found,) = carried(replace(team_meeting(), items=(item,)))
    assert found.heading == "Uppföljning: Fallrisk"
    assert found.customer == "kund-1"
    assert found.text == (
        "- Prova larmmatta (Bo Ek, klart tis 10 mars)\n- Beställa sänglampa\n- Obesvarad fråga: Vem beställer?"
    )
    earlier = replace(item, heading="Uppföljning: Fallrisk")
    assert [one.heading for one in carried(replace(team_meeting(), items=()), (earlier,))] == ["Uppföljning: Fallrisk"]


def test_the_next_meeting_takes_whom_the_last_agreed_on_and_a_cancelled_ones_own() -> None:
    meeting = team_meeting()
    assert agreed_customers(meeting) == ()
    assert agreed_customers(replace(meeting, status=MeetingStatus.CANCELLED)) == ("kund-1", "kund-2")
    assert agreed_customers(replace(meeting, next_meeting=NextMeeting(customers=("kund-3",)))) == ("kund-3",)
