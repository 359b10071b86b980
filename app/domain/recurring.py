"""Actions that come again: how often, when next, and the action that follows on one that is done."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Container
from dataclasses import replace
from enum import StrEnum

from app.domain.errors import Refused
from app.domain.meetings import Action, ActionStatus, Item, Meeting

_MONTHS_A_YEAR = 12
_SHORTEST_MONTH = 28


class Every(StrEnum):
    """How often an action comes again. The value is its rule as RFC 5545 has it."""

    DAY = "FREQ=DAILY"
    WEEK = "FREQ=WEEKLY"
    FORTNIGHT = "FREQ=WEEKLY;INTERVAL=2"
    MONTH = "FREQ=MONTHLY"
    QUARTER = "FREQ=MONTHLY;INTERVAL=3"
    HALF_YEAR = "FREQ=MONTHLY;INTERVAL=6"
    YEAR = "FREQ=YEARLY"

    @property
    def label(self) -> str:
        """`varje vecka`."""
        return _LABELS[self]

    @property
    def months(self) -> int:
        """How many months lie between two; 0 where days are counted."""
        return _MONTHS.get(self, 0)


_LABELS = {
    Every.DAY: "varje dag",
    Every.WEEK: "varje vecka",
    Every.FORTNIGHT: "varannan vecka",
    Every.MONTH: "varje månad",
    Every.QUARTER: "varje kvartal",
    Every.HALF_YEAR: "varje halvår",
    Every.YEAR: "varje år",
}
_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
_DAYS = {Every.DAY: 1, Every.WEEK: 7, Every.FORTNIGHT: 14}
_MONTH_DAY = ";BYMONTHDAY="


def every_of(rule: str) -> Every:
    """How often a rule means. Raises Refused("action_repeat") for one that says anything else."""
    bare, _, day = rule.partition(_MONTH_DAY)
    try:
        every = Every(bare)
    except ValueError:
        raise Refused("action_repeat") from None
    if _MONTH_DAY in rule and not (every.months and day.isdecimal() and 1 <= int(day) <= 31):
        raise Refused("action_repeat")
    return every


def is_repeat(rule: str) -> bool:
    """Whether it is a rule that an action may have."""
    try:
        every_of(rule)
    except Refused:
        return False
    return True


def repeat_words(rule: str | None) -> str:
    """`varje vecka`; empty where it comes once."""
    return every_of(rule).label if rule else ""


def next_due(rule: str, *, due: dt.date, done_on: dt.date) -> dt.date:
    """When it is to be done next: the rule's first day, counted from `due`, that is after both days.

    Done late, what was missed meanwhile is not asked for again; done early, the next is still the one after `due`.
    """
    every, passed = every_of(rule), max(due, done_on)
    if not every.months:
        step = _DAYS[every]
        return due + dt.timedelta(days=step * ((passed - due).days // step + 1))
    _, _, day = rule.partition(_MONTH_DAY)
    anchor = int(day) if day else due.day
    months = every.months
    while (found := _month_later(due, months, anchor)) <= passed:
        months += every.months
    return found


def _month_later(day: dt.date, months: int, anchor: int) -> dt.date:
    year, month = divmod(day.year * _MONTHS_A_YEAR + day.month - 1 + months, _MONTHS_A_YEAR)
    return dt.date(year, month + 1, min(anchor, calendar.monthrange(year, month + 1)[1]))


def following(action: Action, *, done_on: dt.date, key: str) -> Action | None:
    """The action that comes of one that is done: the same again, open, at its next day; None where it comes once.

    The follow-up keeps its distance to the due day. The 31st stays the 31st past a shorter month.
    """
    if not action.repeat:
        return None
    due = action.due or done_on
    day = next_due(action.repeat, due=due, done_on=done_on)
    rule = action.repeat
    if every_of(rule).months and due.day > _SHORTEST_MONTH and _MONTH_DAY not in rule:
        rule = f"{rule}{_MONTH_DAY}{due.day}"
    return replace(
        action, key=key, due=day, status=ActionStatus.OPEN, done_on=None, result=None, effect=None,
        followed_up_on=None, followed_up_by=None, repeat=rule, repeats=action.key,
        follow_up=day + (action.follow_up - due) if action.follow_up else None,
    )  # fmt: skip


def done_between(old: Meeting, new: Meeting) -> frozenset[str]:
    """The keys of the actions that were open in `old` and are done in `new`."""
    open_before = {one.key for item in old.items for one in item.actions if one.status is ActionStatus.OPEN}
    done = {one.key for item in new.items for one in item.actions if one.status is ActionStatus.DONE}
    return frozenset(open_before & done)


def with_following(
    meeting: Meeting, *, done: Container[str], today: dt.date, new_key: Callable[[], str]
) -> Meeting:  # fmt: skip
    """The meeting with what comes of the actions in `done`, under the same point, once each."""
    there = {action.repeats for item in meeting.items for action in item.actions}

    def written(item: Item) -> Item:
        come = [
            found
            for action in item.actions
            if action.key in done and action.key not in there
            if (found := following(action, done_on=action.done_on or today, key=new_key())) is not None
        ]
        return replace(item, actions=(*item.actions, *come)) if come else item

    items = tuple(written(item) for item in meeting.items)
    return meeting if items == meeting.items else replace(meeting, items=items)


def decided(item: Item) -> tuple[Action, ...]:
    """The actions that the minutes decided: without those that came of them when they were done."""
    return tuple(action for action in item.actions if not action.repeats)
