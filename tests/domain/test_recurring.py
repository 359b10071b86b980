"""Actions that come again: when next, the 31st past a short month, and never twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.carrying import carried_items
from app.domain.errors import Refused
from app.domain.meetings import Action, ActionStatus, Item, Meeting, MeetingStatus
from app.domain.recurring import Every, decided, every_of, following, next_due, repeat_words, with_following
from tests.support import TODAY

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))


@given(every=st.sampled_from(list(Every)), due=DAYS, late=st.integers(-40, 400))
def test_the_next_day_is_the_first_of_the_rule_after_both_days(every: Every, due: dt.date, late: int) -> None:
    done_on = due + dt.timedelta(days=late)
    found = next_due(every.value, due=due, done_on=done_on)
    assert found > max(due, done_on)
    if not every.months:
        assert (found - due).days % (7 if every is not Every.DAY else 1) == 0
        return
    assert found.day == due.day or (found + dt.timedelta(days=1)).day == 1, "the same day, or the month's last"
    between = (found.year - due.year) * 12 + found.month - due.month
    assert between % every.months == 0
    if late <= 0:
        assert between == every.months


@given(every=st.sampled_from([Every.MONTH, Every.QUARTER, Every.YEAR]), due=DAYS, times=st.integers(1, 30))
def test_done_in_time_again_and_again_it_keeps_its_day_of_the_month(every: Every, due: dt.date, times: int) -> None:
    action = Action(key="a-0", text="Prova larmen", due=due, repeat=every.value)
    for number in range(1, times + 1):
        assert action.due is not None
        come = following(action, done_on=action.due, key=f"a-{number}")
        assert come is not None
        assert come.due is not None
        assert come.due.day == due.day or (come.due.day < due.day and (come.due + dt.timedelta(days=1)).day == 1)
        assert (come.repeats, come.status) == (action.key, ActionStatus.OPEN)
        action = come
    assert action.repeat is not None
    assert every_of(action.repeat) is every


def test_what_is_told_of_one_time_is_not_told_of_the_next() -> None:
    action = Action(
        key="a", text="Prova larmen", due=TODAY, repeat="FREQ=WEEKLY", follow_up=TODAY + dt.timedelta(days=3),
        result="Gick bra", effect="Lugnare", followed_up_on=TODAY, followed_up_by="bo-ek", done_on=TODAY,
        status=ActionStatus.DONE, responsible="bo-ek", customer="kund-1",
    )  # fmt: skip
    week = dt.timedelta(days=7)
    assert following(action, done_on=TODAY, key="b") == Action(
        key="b", text="Prova larmen", due=TODAY + week, repeat="FREQ=WEEKLY", responsible="bo-ek", customer="kund-1",
        follow_up=TODAY + week + dt.timedelta(days=3), repeats="a",
    )  # fmt: skip
    assert following(replace(action, repeat=None), done_on=TODAY, key="b") is None


@pytest.mark.parametrize(
    "rule", ["", "FREQ=HOURLY", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY="]
)
def test_another_rule_is_refused(rule: str) -> None:
    with pytest.raises(Refused, match="action_repeat"):
        every_of(rule)


def meeting(*actions: Action) -> Meeting:
    return Meeting(
        key="m", unit="solgarden", forum="teammote", date=TODAY, start=dt.time(13), end=dt.time(14),
        status=MeetingStatus.DRAFT, items=(Item(key="p", heading="Larm", actions=actions),),
    )  # fmt: skip


def test_it_comes_once_however_often_the_meeting_is_saved() -> None:
    keys = iter("bcd")
    done = meeting(Action(key="a", text="Prova", due=TODAY, repeat="FREQ=DAILY", status=ActionStatus.DONE))
    once = with_following(done, done={"a"}, today=TODAY, new_key=lambda: next(keys))
    assert with_following(once, done={"a"}, today=TODAY, new_key=lambda: next(keys)) == once
    assert [one.key for one in once.items[0].actions] == ["a", "b"]
    assert [one.key for one in decided(once.items[0])] == ["a"], "the minutes say what was decided"


def test_what_comes_again_in_its_time_is_not_taken_up_at_the_next_meeting() -> None:
    def carried(due: dt.date) -> int:
        action = Action(key="a", text="Prova", due=due, repeat="FREQ=WEEKLY")
        return len(carried_items(meeting(action), earlier=(), new_key=lambda: "ny", names={}))

    assert carried(TODAY + dt.timedelta(days=1)) == 0
    assert carried(TODAY - dt.timedelta(days=1)) == 1, "it is late"


def test_how_often_reads_as_people_say_it() -> None:
    assert repeat_words("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31") == "varje kvartal"
    assert repeat_words(None) == ""
