"""An agenda that goes out: which points came late, whether it still holds, whatever is changed in whatever order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import calls
from app.domain import publishing as rules
from app.domain.errors import Refused
from app.domain.meetings import Item, Meeting, MeetingStatus
from tests.support import TODAY, team_meeting

NINE = dt.datetime.combine(TODAY, dt.time(9, 12, 40))
MINUTE = dt.timedelta(minutes=1)


def with_point(meeting: Meeting, key: str, *, now: dt.datetime) -> Meeting:
    added = replace(meeting, items=(*meeting.items, Item(key=key, heading=key)))
    return rules.marked(meeting, added, now=now)


def late(meeting: Meeting) -> list[str]:
    return [item.key for item in meeting.items if rules.is_late(item, meeting)]


def test_it_says_when_it_went_out_and_as_which_version() -> None:
    first = rules.published(team_meeting(), now=NINE)
    assert rules.published_words(team_meeting()) == ""
    assert rules.published_words(first) == "Utskickad mån 2 mars 09.12 · version 1"
    assert calls.state_words(first) == "Utskickad mån 2 mars 09.12 · version 1"
    assert first.announced_on == dt.date(2026, 3, 2), "whoever gets the agenda is called by it"
    again = rules.published(first, now=NINE + 5 * MINUTE)
    assert rules.published_words(again) == "Utskickad mån 2 mars 09.17 · version 2"


def test_a_point_is_late_even_in_the_same_minute_and_no_more_when_it_has_gone_out() -> None:
    before = with_point(team_meeting(), "nytt", now=NINE)
    assert before.item("nytt") == Item(key="nytt", heading="nytt"), "there is nothing to be late for"
    sent = rules.published(before, now=NINE)
    more = with_point(sent, "sent", now=NINE)
    assert late(more) == ["sent"]
    assert rules.waits_for_publishing(more)
    assert not rules.is_changed(more), "it is told as late, not as a change"
    again = rules.published(more, now=NINE)
    assert late(again) == []
    assert again.item("sent") == more.item("sent"), "when it came stays known"
    assert not rules.waits_for_publishing(again)


def test_what_went_out_is_changed_by_what_is_told_on_it_alone() -> None:
    sent = rules.published(team_meeting(), now=NINE)
    for other in (
        replace(sent, place="Sal B"), replace(sent, items=sent.items[1:]), replace(sent, items=sent.items[::-1]),
        replace(sent, participants=("eva-chef",)),
        replace(sent, items=(replace(sent.items[0], minutes=5), *sent.items[1:])),
    ):  # fmt: skip
        kept = rules.marked(sent, other, now=NINE)
        assert rules.is_changed(kept)
        assert rules.published_words(kept).endswith(". Ändrad sedan utskick.")
        assert not rules.is_changed(rules.published(kept, now=NINE))
    written = replace(sent, items=(replace(sent.items[0], notes="Godkändes."), *sent.items[1:]))
    assert rules.marked(sent, written, now=NINE) == written
    assert rules.marked(sent, replace(sent, participants=sent.participants[::-1]), now=NINE).agenda_changed_at is None


def test_a_mark_is_neither_taken_off_nor_put_on_by_whoever_saves() -> None:
    sent = rules.published(team_meeting(), now=NINE)
    more = with_point(sent, "sent", now=NINE)
    bare = replace(more, items=tuple(replace(item, added_at=None) for item in more.items))
    assert rules.marked(more, bare, now=NINE + MINUTE).items == more.items
    forged = replace(sent, items=(replace(sent.items[0], added_at=NINE), *sent.items[1:]))
    assert rules.marked(sent, forged, now=NINE).items == sent.items


def test_a_point_that_is_brought_back_did_not_come_late() -> None:
    sent = rules.published(team_meeting(), now=NINE)
    without = rules.marked(sent, replace(sent, items=sent.items[1:]), now=NINE)
    back = rules.brought_back(replace(without, items=sent.items), over=without)
    assert late(rules.marked(without, back, now=NINE + MINUTE)) == []


def test_it_goes_out_while_it_is_planned_and_says_something() -> None:
    for status in set(MeetingStatus) - {MeetingStatus.PLANNED}:
        with pytest.raises(Refused):
            rules.published(replace(team_meeting(), status=status), now=NINE)
    with pytest.raises(Refused) as refused:
        rules.published(replace(team_meeting(), items=()), now=NINE)
    assert refused.value.code == "agenda_empty"


def test_during_the_meeting_a_point_is_late_but_the_agenda_is_not_out_of_date() -> None:
    sent = rules.published(team_meeting(), now=NINE)
    live = replace(sent, status=MeetingStatus.OPEN)
    more = with_point(replace(live, place="Sal B"), "under", now=NINE + 9 * MINUTE)
    assert late(more) == ["under"]
    assert not rules.is_changed(more)


GESTURES = st.lists(
    st.tuples(st.sampled_from(["add", "publish", "rename", "move"]), st.integers(0, 3)), min_size=1, max_size=12
)


@given(gestures=GESTURES)
def test_in_whatever_order_late_is_what_came_since_the_latest_publishing(gestures: list[tuple[str, int]]) -> None:
    meeting, now = team_meeting(), NINE
    since: set[str] = set()
    changed = False
    for number, (gesture, minutes) in enumerate(gestures):
        now += minutes * MINUTE
        if gesture == "publish":
            meeting, since, changed = rules.published(meeting, now=now), set(), False
            continue
        out = meeting.published_version > 0
        if gesture == "add":
            meeting = with_point(meeting, f"ny-{number}", now=now)
            since |= {f"ny-{number}"} if out else set()
            continue
        items = tuple(
            replace(item, heading=f"{item.heading}!") if gesture == "rename" and item.key == "punkt-1" else item
            for item in (meeting.items[::-1] if gesture == "move" else meeting.items)
        )
        meeting = rules.marked(meeting, replace(meeting, items=items), now=now)
        changed = changed or out
    assert set(late(meeting)) == since
    assert rules.is_changed(meeting) == changed
    assert rules.waits_for_publishing(meeting) == (changed or bool(since) or not meeting.published_version)
