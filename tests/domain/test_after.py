"""After the meeting, by the rules alone: versions read back and compared, what is fixed, where points are lifted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.carrying import carried_items, going_on
from app.domain.catalogue import Setting
from app.domain.comparing import Mark, compare, marked
from app.domain.exchanged import digest_of, meeting_content, meeting_from_content
from app.domain.lifting import OUTSIDE, REQUEST, asking, by_routine, lift_choices, lift_hint, lifted_item
from app.domain.meetings import (
    Action,
    ActionStatus,
    Addition,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    Meeting,
    MeetingStatus,
    Question,
)
from app.domain.minutes import approved_text, same_keys
from app.domain.people import Outsider
from app.exchange.json_file import meeting_from_text
from tests.exchange.material import RICH
from tests.support import TODAY, team_meeting

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
PEOPLE = st.one_of(st.none(), st.just("bo-ek"), st.builds(Outsider, TEXTS))
DAYS = st.one_of(st.none(), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
QUESTIONS = st.builds(
    Question, question=TEXTS, answer=st.one_of(st.none(), TEXTS), answered_by=PEOPLE, answered_on=DAYS
)
ACTIONS = st.builds(
    Action, key=st.just("a"), text=TEXTS, responsible=PEOPLE, due=DAYS, status=st.sampled_from(ActionStatus)
)
ITEMS = st.builds(
    Item, key=st.just("p"), heading=TEXTS, kind=st.sampled_from(ItemKind), notes=st.one_of(st.none(), TEXTS),
    decisions=st.lists(TEXTS, max_size=2).map(tuple), raised_by=PEOPLE,
    minutes=st.one_of(st.none(), st.integers(0, 90)),
    questions=st.lists(QUESTIONS, max_size=2).map(tuple), actions=st.lists(ACTIONS, max_size=2).map(tuple),
    left_out=st.booleans(),
)  # fmt: skip


def with_item(item: Item) -> Meeting:
    return replace(team_meeting(), items=(item,), status=MeetingStatus.APPROVED)


@given(ITEMS)
def test_a_version_is_read_back_as_it_was_written(item: Item) -> None:
    meeting = with_item(item)
    content = meeting_content(meeting)
    assert meeting_from_content(content) == meeting
    assert meeting_content(meeting_from_content(content)) == content


def test_a_meeting_with_everything_is_read_back() -> None:
    meeting = meeting_from_text(json.dumps(RICH))
    assert meeting_from_content(meeting_content(meeting)) == meeting


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"key": 1}', '{"status": "nonsens"}'])
def test_what_the_program_did_not_write_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match="no meeting"):
        meeting_from_content(content)


def test_the_digest_is_of_the_text_and_nothing_else() -> None:
    one, other = with_item(Item(key="p", heading="Å")), with_item(Item(key="p", heading="Ä"))
    assert digest_of(meeting_content(one)) == digest_of(meeting_content(replace(one)))
    assert digest_of(meeting_content(one)) != digest_of(meeting_content(other))


@given(TEXTS, TEXTS)
def test_the_pieces_of_a_comparison_are_the_texts(older: str, newer: str) -> None:
    left, right = marked(older, newer)
    assert "".join(text for _, text in left) == older
    assert "".join(text for _, text in right) == newer
    same = [[text for mark, text in side if mark is Mark.SAME] for side in (left, right)]
    assert "".join(same[0]) == "".join(same[1])
    assert older != newer or all(mark is Mark.SAME for mark, _ in (*left, *right))


def test_points_that_came_and_went_stand_alone() -> None:
    older = replace(with_item(Item(key="p", heading="Nycklar", notes="Ses över.")), appendices=("Schema",))
    newer = replace(older, items=(Item(key="q", heading="Frysen", notes="Är ny."),), appendices=())
    facts, came, went = compare(older, newer, names={}, customers={})
    assert facts.differs
    assert (came.heading, came.left, went.heading, went.right) == ("Frysen", (), "Nycklar", ())


@given(ITEMS)
def test_what_lives_on_is_no_part_of_the_approved_text(item: Item) -> None:
    meeting = with_item(item)
    done = tuple(replace(one, status=ActionStatus.DONE, result="Gjort", due=None) for one in item.actions)
    told = tuple(one if one.answer else replace(one, answer="Ja", answered_by="bo-ek") for one in item.questions)
    later = with_item(replace(item, actions=done, questions=told, left_out=not item.left_out, carried_from="x"))
    assert approved_text(later, as_of=meeting) == approved_text(meeting)


@pytest.mark.parametrize(
    "changed",
    [
        with_item(Item(key="p", heading="Nycklar", notes="Annat")),
        with_item(Item(key="p", heading="Nycklar", notes="Text", decisions=("Nytt",))),
        with_item(Item(key="p", heading="Nycklar", notes="Text", questions=(Question(question="Vad?", answer="Nej"),))),
        replace(with_item(Item(key="p", heading="Nycklar", notes="Text")), secretary="bo-ek"),
        replace(
            with_item(Item(key="p", heading="Nycklar", notes="Text")),
            attendance=(Attendance(member="bo-ek", status=AttendanceStatus.ABSENT),),
        ),
        replace(
            with_item(Item(key="p", heading="Nycklar", notes="Text")),
            additions=(Addition(at=dt.datetime.combine(TODAY, dt.time(9)), by="bo-ek", text="Mer"),),
        ),
    ],
)
def test_the_rest_is(changed: Meeting) -> None:
    kept = with_item(
        Item(key="p", heading="Nycklar", notes="Text", questions=(Question(question="Vad?", answer="Ja"),))
    )
    assert approved_text(changed, as_of=kept) != approved_text(kept)


def test_a_version_speaks_of_people_by_the_keys_they_have_now() -> None:
    meeting = with_item(Item(key="p", heading="bo-ek", notes='Skrev "bo-ek" på tavlan', raised_by="bo-ek"))
    now = meeting_from_content(same_keys(meeting_content(meeting), {"bo-ek": "gun-holm"}))
    assert now.items[0].raised_by == "gun-holm"
    assert now.items[0].notes == 'Skrev "bo-ek" på tavlan', "what was written stays"


class TestGoingOn:
    def test_a_follow_up_that_was_not_dealt_with_goes_on_once(self) -> None:
        source = Item(key="p", heading="Fall", notes="Ja", actions=(Action(key="a", text="Matta"),))
        follow_up = Item(key="q", heading="Uppföljning: Fall", kind=ItemKind.CARRIED, carried_from="p", text="- Matta")
        found = going_on(with_item(follow_up), earlier=[source])
        assert [(one.item.key, one.undealt) for one in found] == [("q", True)]

    def test_what_is_left_out_is_shown_and_not_carried(self) -> None:
        meeting = with_item(Item(key="p", heading="Nycklar", left_out=True))
        assert [one.item.key for one in going_on(meeting, earlier=())] == ["p"]
        numbers = count()
        assert carried_items(meeting, earlier=(), new_key=lambda: f"n{next(numbers)}", names={}) == ()


class TestLifting:
    def test_the_routines_ways_come_first_and_others_are_ones_own_choice(self) -> None:
        forums = {
            "apt": "APT",
            "teammote": "Teammöte",
            "reflektionsmote": "Reflektionsmöte",
            "kvalitetsmote": "Kvalitetsmöte",
        }
        found = lift_choices(Setting.SARSKILT_BOENDE, "reflektionsmote", forums=forums)
        assert [one.to for one in found if one.routine] == ["kvalitetsmote", "teammote"]
        assert [one.to for one in found][:3] == ["kvalitetsmote", "teammote", "apt"]
        assert "teammöte" in lift_hint(found, "apt")
        assert lift_hint(found, "teammote") == ""

    def test_outward_is_the_routines_way_where_it_says_so(self) -> None:
        outward = {
            (setting, forum)
            for setting in Setting
            for forum in ("teammote", "reflektionsmote")
            if OUTSIDE in by_routine(setting, forum)
        }
        assert outward == {
            (Setting.GRUPPBOSTAD, "teammote"), (Setting.PERSONLIG_ASSISTANS, "reflektionsmote"),
            (Setting.BOENDESTOD, "reflektionsmote"),
        }  # fmt: skip

    @given(ITEMS, st.sampled_from([OUTSIDE, REQUEST]), PEOPLE)
    def test_what_is_lifted_outward_asks_somebody_and_asks_once(
        self, item: Item, to: str, recipient: Outsider | str | None
    ) -> None:
        lifted = asking(replace(item, lifted_to=to, lifted_recipient=recipient))
        assert lifted.questions
        assert recipient is None or any(one.answered_by == recipient for one in lifted.questions)
        assert asking(lifted) == lifted

    def test_the_lifted_point_says_where_it_comes_from(self) -> None:
        item = Item(key="p", heading="1101 AB", kind=ItemKind.CUSTOMER, customer="kund-1", notes="Orolig.")
        found = lifted_item(item, with_item(item), key="ny", forum_name="Teammöte", names={})
        assert (found.kind, found.carried_from, found.customer) == (ItemKind.LIFTED, "p", "kund-1")
        assert found.text == "Lyft från teammöte tis 3 mars: Orolig."
