"""Whose turn it is: along the apartments, greatest need first, put in by an event, a turn that is kept, in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.bootstrap import load_lists
from app.domain.catalogue import Setting
from app.domain.turns import Round, Turn, follow_up_forum, latest_day, next_up, round_of

START = dt.date(2026, 1, 13)
WEEK = dt.timedelta(weeks=1)
TWO = Round(least=2, most=2, step_days=14)


def up(
    names: Sequence[str], *, of: Round = TWO, last: Mapping[str, dt.date] | None = None,
    turns: Mapping[str, Turn] | None = None, on: dt.date = START,
) -> tuple[str, ...]:  # fmt: skip
    return next_up(dict(zip(names, range(99), strict=False)), last=last or {}, turns=turns or {}, of=of, on=on)


def test_along_the_apartments_two_at_a_time_and_round_again() -> None:
    last: dict[str, dt.date] = {}
    seen = []
    for number in range(4):
        day = START + number * 2 * WEEK
        due = up("abcd", last=last, on=day)
        seen.append(due)
        last |= dict.fromkeys(due, day)
    assert seen == [("a", "b"), ("c", "d"), ("a", "b"), ("c", "d")]


def test_greatest_need_first_where_the_team_has_a_list() -> None:
    turns = {"c": Turn(customer="c", priority=1), "a": Turn(customer="a", priority=2)}
    of = Round(least=2, most=4, step_days=14, by_need=True)
    assert up("abc", turns=turns, of=of) == ("c", "a", "b")
    turns["b"] = Turn(customer="b", priority=3)
    last = dict.fromkeys("abc", START - 4 * WEEK)
    last |= dict.fromkeys("defgh", START - 3 * WEEK)
    assert up("abcdefgh", turns=turns, of=replace(of, most=2), last=last) == ("c", "a")


def test_between_two_and_four_whose_time_has_come_and_no_more() -> None:
    of = Round(least=2, most=4, step_days=14, by_need=True)
    lately = dict.fromkeys("abcdef", START - WEEK)
    turns = {one: Turn(customer=one, weeks=12) for one in "abcdef"}
    assert len(up("abcdef", of=of, last=lately, turns=turns)) == 2
    assert up("abcdef", of=of, last=lately | dict.fromkeys("def", START - 9 * WEEK), turns=turns) == ("d", "e", "f")


def test_an_unforeseen_event_puts_a_customer_first_until_she_was_taken_up() -> None:
    turns = {"d": Turn(customer="d", put_in_on=START)}
    last = dict.fromkeys("abc", START - 9 * WEEK) | {"d": START - WEEK}
    one = replace(TWO, least=1, most=1)
    assert up("abcd", last=last, turns=turns, of=one, on=START + WEEK) == ("d",)
    assert up("abcd", last={**last, "d": START}, turns=turns, of=one, on=START + WEEK) == ("a",)


def test_a_turn_that_passed_is_kept_and_comes_first_at_the_next_meeting() -> None:
    turns = {"a": Turn(customer="a", passed_on=START)}
    last = {"a": START - 9 * WEEK, "b": START - 8 * WEEK, "c": START - 7 * WEEK, "d": START - 6 * WEEK}
    assert up("abcd", last=last, turns=turns) == ("b", "c"), "the convenor let her turn pass"
    after = last | dict.fromkeys("bc", START)
    assert up("abcd", last=after, turns=turns, on=START + 2 * WEEK)[0] == "a"
    taken = after | {"a": START + 2 * WEEK}
    assert up("abcd", last=taken, turns=turns, on=START + 4 * WEEK) == ("d", "b")


def test_what_the_team_decided_for_one_customer_comes_before_the_others_turn() -> None:
    last = dict.fromkeys("abcdef", START - 5 * WEEK)
    turns = {"f": Turn(customer="f", weeks=6)}
    assert "f" in up("abcdef", last=last, turns=turns)


def test_each_setting_has_the_routines_way() -> None:
    catalogue = load_lists().catalogue
    found = {}
    for setting in Setting:
        if setting is not Setting.LEDNING and (forum := follow_up_forum(catalogue.forums(setting))):
            of = round_of(forum, 12)
            assert of is not None
            found[setting] = (forum.key, of.least, of.most, of.by_need, of.months, of.only_due)
    assert found == {
        Setting.SARSKILT_BOENDE: ("teammote", 2, 2, False, None, False),
        Setting.ORDINART_BOENDE: ("teammote", 2, 4, True, None, False),
        Setting.GRUPPBOSTAD: ("teammote", 12, 12, True, None, False),
        Setting.DAGLIG_VERKSAMHET: ("reflektionsmote", 2, 2, False, 6, False),
        Setting.PERSONLIG_ASSISTANS: ("reflektionsmote", 0, 12, True, None, True),
        Setting.BOENDESTOD: ("reflektionsmote", 0, 12, True, None, True),
    }
    apt = catalogue.forum(Setting.SARSKILT_BOENDE, "apt")
    assert apt is not None
    assert round_of(apt, 12) is None


def test_where_there_is_no_round_only_those_are_taken_up_whose_time_is_up() -> None:
    of = Round(least=0, most=9, step_days=28, by_need=True, only_due=True)
    last = {"a": START - 7 * WEEK, "b": START - WEEK, "c": START}
    turns = {one: Turn(customer=one, weeks=8) for one in "abd"}
    assert up("abcd", of=of, last=last, turns=turns) == ("d", "a"), "d was never taken up, of c nothing is decided"


@pytest.mark.parametrize(("day", "latest"), [((2026, 1, 13), (2026, 7, 13)), ((2025, 8, 31), (2026, 2, 28))])
def test_six_months_are_counted_by_the_calendar(day: tuple[int, int, int], latest: tuple[int, int, int]) -> None:
    of = Round(least=1, most=1, step_days=28, months=6)
    assert latest_day(Turn(customer="a"), dt.date(*day), of) == dt.date(*latest)
    assert latest_day(Turn(customer="a", weeks=4), dt.date(*day), of) == dt.date(*day) + 4 * WEEK
    assert latest_day(Turn(customer="a"), None, of) is None


@given(people=st.integers(1, 20), count=st.integers(1, 4), meetings=st.integers(1, 60))
@settings(max_examples=60)
def test_everybody_is_taken_up_within_a_round(people: int, count: int, meetings: int) -> None:
    names = [f"kund-{n:02}" for n in range(people)]
    last: dict[str, dt.date] = {}
    since = dict.fromkeys(names, 0)
    for number in range(meetings):
        on = START + number * WEEK
        due = up(names, last=last, of=Round(least=count, most=count, step_days=7), on=on)
        last |= dict.fromkeys(due, on)
        since = {name: 0 if name in due else gap + 1 for name, gap in since.items()}
        assert max(since.values()) <= -(-people // count)


@given(data=st.data(), count=st.integers(1, 4), by_need=st.booleans(), others=st.integers(0, 6))
@settings(max_examples=80)
def test_nobody_waits_longer_than_was_decided_while_there_is_room(
    data: st.DataObject, count: int, by_need: bool, others: int
) -> None:
    """Room: what was decided takes a third of the places at most. The proposal is followed for a year."""
    weeks = data.draw(st.lists(st.integers(2, 20), min_size=1, max_size=14))
    assume(sum(1 / one for one in weeks) <= count / 3)
    names = [f"kund-{n:02}" for n in range(len(weeks) + others)]
    order = data.draw(st.permutations(names))
    priorities = data.draw(st.permutations(range(1, len(names) + 1)))
    decided = zip(names, weeks, priorities, strict=False)
    turns = {name: Turn(customer=name, weeks=each, priority=p) for name, each, p in decided}
    last = dict.fromkeys(names, START - WEEK)
    of = Round(least=count, most=count, step_days=7, by_need=by_need)
    for number in range(52):
        on = START + number * WEEK
        last |= dict.fromkeys(up(order, last=last, turns=turns, of=of, on=on), on)
        late = [name for name in turns if on > (latest_day(turns[name], last[name], of) or on)]
        assert late == []


@given(data=st.data(), count=st.integers(1, 4))
@settings(max_examples=80)
def test_the_order_in_which_customers_are_read_changes_nothing_and_those_put_in_are_first(
    data: st.DataObject, count: int
) -> None:
    names = [f"kund-{n:02}" for n in range(data.draw(st.integers(1, 12)))]
    days = st.none() | st.integers(-100, 20).map(lambda n: START + dt.timedelta(days=n))
    turns = {
        name: Turn(customer=name, weeks=data.draw(st.none() | st.integers(1, 30)), put_in_on=data.draw(days),
                   priority=data.draw(st.none() | st.integers(1, 12)), passed_on=data.draw(days))
        for name in names
    }  # fmt: skip
    last = {name: day for name in names if (day := data.draw(days)) is not None}
    of = Round(least=min(count, 2), most=count, step_days=14, by_need=data.draw(st.booleans()))
    places = {name: number for number, name in enumerate(names)}
    found = next_up(places, last=last, turns=turns, of=of, on=START)
    shuffled = {name: places[name] for name in data.draw(st.permutations(names))}
    assert next_up(shuffled, last=last, turns=turns, of=of, on=START) == found
    assert len(set(found)) == len(found) <= count
    here = [n for n in names if not (turns[n].is_kept(last.get(n)) and (turns[n].passed_on or START) >= START)]
    put_in = {name for name in here if turns[name].is_put_in(last.get(name))}
    assert set(found) <= set(here)
    assert put_in <= set(found) or set(found) <= put_in
