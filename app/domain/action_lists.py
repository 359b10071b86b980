"""Actions in lists: which of them a view shows, how they are gathered, and how one's state reads."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import ActionRow, ActionStatus
from app.domain.swedish import near_day, short_date


class ActionView(StrEnum):
    """What a person looks at: her own, all in her units, what is late, what others owe her, what is done."""

    MINE = "mine"
    UNIT = "unit"
    LATE = "late"
    WAITING = "waiting"
    """To be done by others, decided at a meeting she leads or keeps the minutes of, or under a point of hers."""
    FOLLOW_UP = "follow_up"
    """To be followed up: whether what was done had the effect that was meant."""
    DONE = "done"
    ALL = "all"

    @property
    def label(self) -> str:
        """The view's Swedish name."""
        return _VIEWS[self]

    @property
    def of_a_person(self) -> bool:
        """Whether the view asks who is looking: nothing for an account that is nobody's in the team."""
        return self in (ActionView.MINE, ActionView.WAITING)


_VIEWS = {
    ActionView.MINE: "Mina",
    ActionView.UNIT: "Enhetens",
    ActionView.LATE: "Försenade",
    ActionView.WAITING: "Väntar på andra",
    ActionView.FOLLOW_UP: "Att följa upp",
    ActionView.DONE: "Klara",
    ActionView.ALL: "Alla",
}


class Gathered(StrEnum):
    """How a list is put in order: the earliest due first, or gathered by customer or by meeting."""

    BY_DUE = "due"
    BY_CUSTOMER = "customer"
    BY_MEETING = "meeting"
    BY_FOLLOW_UP = "follow_up"

    @property
    def label(self) -> str:
        """The order's Swedish name."""
        return _ORDERS[self]


_ORDERS = {
    Gathered.BY_DUE: "Efter datum",
    Gathered.BY_CUSTOMER: "Per kund",
    Gathered.BY_MEETING: "Per möte",
    Gathered.BY_FOLLOW_UP: "Efter uppföljning",
}
CHOSEN_ORDERS = (Gathered.BY_DUE, Gathered.BY_CUSTOMER, Gathered.BY_MEETING)
"""Orders a person chooses between; the other belongs to what is to be followed up."""


class Group(NamedTuple):
    """What actions stand under: a key to tell groups apart, and its heading."""

    key: str
    heading: str


def group_of(row: ActionRow, gathered: Gathered) -> Group | None:
    """The group that an action stands under; None in a list by date."""
    if gathered is Gathered.BY_MEETING:
        return Group(row.meeting, f"{row.meeting_heading}, {short_date(row.meeting_date)} {row.meeting_date.year}")
    if gathered in (Gathered.BY_DUE, Gathered.BY_FOLLOW_UP):
        return None
    if row.customer:
        return Group(row.customer, row.customer_label or "")
    hidden = row.text == HIDDEN
    return Group("?", "Kundärenden som du inte ser") if hidden else Group("", "Utan kund")


def is_late(row: ActionRow, *, today: dt.date) -> bool:
    """Whether the action is still to be done and its day is past."""
    return row.status is ActionStatus.OPEN and row.due is not None and row.due < today


def state_words(row: ActionRow, *, today: dt.date) -> str:
    """`Öppen`, `Försenad`, `Klar` or `Avskriven`."""
    return "Försenad" if is_late(row, today=today) else row.status.label


def due_words(row: ActionRow, *, today: dt.date) -> str:
    """When it is to be done, or what became of it: `i morgon`, `tis 3 mars, försenad`, `klar tis 3 mars`."""
    if row.status is not ActionStatus.OPEN:
        return row.status.label.lower() + (f" {short_date(row.done_on)}" if row.done_on else "")
    if row.due is None:
        return ""
    return f"{short_date(row.due)}, försenad" if is_late(row, today=today) else near_day(row.due, today=today)


def awaits_follow_up(row: ActionRow) -> bool:
    """Whether it has a day to be followed up and was not; what is dropped needs none."""
    return row.follow_up is not None and row.followed_up_on is None and row.status is not ActionStatus.DROPPED


def is_follow_up_late(row: ActionRow, *, today: dt.date) -> bool:
    """Whether it should have been followed up before today and was not."""
    return awaits_follow_up(row) and row.follow_up is not None and row.follow_up < today


def follow_up_words(row: ActionRow, *, today: dt.date) -> str:
    """When it is to be followed up: `i morgon`, `tis 3 mars, försenad`; or when it was."""
    if row.followed_up_on:
        return f"uppföljd {short_date(row.followed_up_on)}"
    if row.follow_up is None:
        return ""
    return (
        f"{short_date(row.follow_up)}, försenad"
        if is_follow_up_late(row, today=today)
        else near_day(row.follow_up, today=today)
    )
