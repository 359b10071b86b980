"""Whose turn it is: along the apartments, greatest need first, put in by an event, nobody forgotten."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from app.domain.turns import Turn, next_up

START = dt.date(2026, 1, 13)


def test_along_the_apartments_two_at_a_time_and_round_again() -> None:
    last: dict[str, dt.date] = {}
    seen = []
    for week in range(4):
        due = next_up(["a", "b", "c", "d"], last=last, turns={}, count=2)
        seen.append(due)
        last |= dict.fromkeys(due, START + dt.timedelta(weeks=2 * week))
    assert seen == [("a", "b"), ("c", "d"), ("a", "b"), ("c", "d")]


def test_greatest_need_first_where_the_team_has_a_list() -> None:
    turns = {"c": Turn(customer="c", priority=1), "a": Turn(customer="a", priority=2)}
    assert next_up(["a", "b", "c"], last={}, turns=turns, count=3) == ("c", "a", "b")


def test_an_unforeseen_event_puts_a_customer_first_until_she_was_taken_up() -> None:
    turns = {"b": Turn(customer="b", put_in_on=START)}
    last = {"a": START - dt.timedelta(weeks=9), "b": START - dt.timedelta(weeks=1)}
    assert next_up(["a", "b"], last=last, turns=turns, count=1) == ("b",)
    assert next_up(["a", "b"], last={**last, "b": START}, turns=turns, count=1) == ("a",)


def test_what_the_team_decided_for_one_customer_comes_before_the_others_turn() -> None:
    last = {"a": START, "b": START + dt.timedelta(weeks=2)}
    turns = {"a": Turn(customer="a", weeks=12), "b": Turn(customer="b", weeks=4)}
    assert next_up(["a", "b"], last=last, turns=turns, count=1) == ("b",)


@given(people=st.integers(1, 20), count=st.integers(1, 4), meetings=st.integers(1, 60))
def test_everybody_is_taken_up_within_a_round(people: int, count: int, meetings: int) -> None:
    names = [f"kund-{n:02}" for n in range(people)]
    last: dict[str, dt.date] = {}
    since = dict.fromkeys(names, 0)
    for number in range(meetings):
        due = next_up(names, last=last, turns={}, count=count)
        last |= dict.fromkeys(due, START + dt.timedelta(weeks=number))
        since = {name: 0 if name in due else gap + 1 for name, gap in since.items()}
        assert max(since.values()) <= -(-people // count)
