"""Whose turn it is to be followed up: what the team has decided about each customer (routine 3.1-3.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is decided for one customer: how often in weeks, her place in the priority list (1 is greatest need).

    `put_in_on` says since when an unforeseen event puts her first, `passed_on` when the convenor let a turn pass (it is
    kept: she comes first again).
    """

    customer: str
    weeks: int | None = None
    priority: int | None = None
    put_in_on: dt.date | None = None
    put_in_why: str | None = None
    passed_on: dt.date | None = None
    passed_why: str | None = None

    @property
    def key(self) -> str:
        """The customer's own: there is one of hers at most."""
        return self.customer


def next_up(
    customers: Sequence[str], *, last: Mapping[str, dt.date], turns: Mapping[str, Turn], count: int
) -> tuple[str, ...]:
    """The `count` customers whose turn it is, of `customers` in the order of their apartments.

    Those put in by an unforeseen event come first, then whoever's time is up first: the day she was last taken up and
    the weeks the team decided for her. Among equals greatest need first, then along the apartments (routine 3.1, 3.2).
    """
    order = {key: n for n, key in enumerate(customers)}

    def place(key: str) -> tuple[bool, dt.date, int, int]:
        turn = turns.get(key, Turn(customer=key))
        held = last.get(key, dt.date.min)
        since_put_in = turn.put_in_on is not None and held < turn.put_in_on
        weeks = turn.weeks if turn.weeks and held != dt.date.min else 0
        return not since_put_in, held + dt.timedelta(weeks=weeks), turn.priority or len(order) + 1, order[key]

    return tuple(sorted(customers, key=place)[:count])
