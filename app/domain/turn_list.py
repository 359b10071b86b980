"""The list of turns: when each customer was last taken up, when she is next, and what to look out for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum, auto

from app.domain.customers import CustomerStatus
from app.domain.swedish import brief_date
from app.domain.turns import Round, Turn, latest_day

WARNED_DAYS = 28
"""So long before an interval is broken it is said that nothing is booked."""


class Mark(StrEnum):
    """What is to be said first about one customer's turn."""

    PUT_IN = auto()
    HOSPITAL = auto()
    PASSED = auto()
    OVERDUE = auto()
    BREAKS = auto()
    IN_TURN = auto()


MISSES = (Mark.OVERDUE, Mark.BREAKS)
"""Marks of somebody who misses her follow-up unless somebody does something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A booked meeting at which customers are followed up, and whether she is on it."""

    key: str
    date: dt.date
    due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    """One customer in the list. `latest` is the last day in time; `coming` her next meetings, booked and not begun."""

    customer: str
    label: str
    unit: str
    ward: str | None
    status: CustomerStatus
    turn: Turn
    version: int
    """Of the turn; 0 where nothing is decided yet."""
    place: int
    """Along the apartments, from 0."""
    last: dt.date | None
    last_meeting: str | None
    last_where: str
    latest: dt.date | None
    coming: tuple[Coming, ...]
    marks: tuple[Mark, ...]

    @property
    def next(self) -> Coming | None:
        """The booked meeting she is on."""
        return next((one for one in self.coming if one.due), None)

    @property
    def misses(self) -> bool:
        """Whether she misses her follow-up as things stand."""
        return any(one in MISSES for one in self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnList:
    """A unit's list, in the order in which the customers are taken up, and how its forum takes them up."""

    unit: str
    forum_name: str
    of: Round
    months: int | None
    rows: tuple[TurnRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPaper:
    """The list on paper."""

    unit: str
    unit_name: str
    setting_label: str
    ward_name: str | None
    forum_name: str
    by_need: bool
    months: int | None
    rows: tuple[TurnRow, ...]
    wards: dict[str, str]
    prepared_on: dt.date


def marks_of(
    turn: Turn, *, last: dt.date | None, booked: dt.date | None, status: CustomerStatus, of: Round, in_turn: bool,
    today: dt.date,
) -> tuple[Mark, ...]:  # fmt: skip
    """What is to be said, the most pressing first; `booked` is the day she is next on, `last` when she last was."""
    found = []
    latest = latest_day(turn, last, of)
    if latest is not None and latest < today:
        found.append(Mark.OVERDUE)
    elif latest is not None and (booked is None or booked > latest) and (latest - today).days <= WARNED_DAYS:
        found.append(Mark.BREAKS)
    if status is CustomerStatus.HOSPITAL:
        found.append(Mark.HOSPITAL)
    if turn.is_put_in(last):
        found.append(Mark.PUT_IN)
    if turn.is_kept(last):
        found.append(Mark.PASSED)
    if in_turn and booked is None and not found:
        found.append(Mark.IN_TURN)
    return tuple(found)


def mark_words(mark: Mark, row: TurnRow, *, today: dt.date) -> str:
    """`Bryts 12 mars`, `Insatt`, `På sjukhus`: a mark in Swedish."""
    if mark is Mark.BREAKS and row.latest is not None:
        return f"Bryts {brief_date(row.latest, today=today)}"
    if mark is Mark.OVERDUE and row.latest is not None:
        return f"Förfallen {brief_date(row.latest, today=today)}"
    return _WORDS[mark]


_WORDS = {
    Mark.PUT_IN: "Insatt", Mark.HOSPITAL: "På sjukhus", Mark.PASSED: "Turen sparad", Mark.OVERDUE: "Förfallen",
    Mark.BREAKS: "Bryts", Mark.IN_TURN: "I tur",
}  # fmt: skip


def interval_words(turn: Turn, months: int | None) -> str:
    """`var 8:e vecka`, as the team decided; `var 6:e månad` where the routine says so; else nothing."""
    if turn.weeks:
        return {1: "varje vecka", 2: "varannan vecka"}.get(turn.weeks, f"var {_ordinal(turn.weeks)} vecka")
    return f"var {_ordinal(months)} månad" if months else ""


def why_words(turn: Turn, last: dt.date | None, *, today: dt.date) -> str:
    """Why she is proposed: `insatt: fall 12 feb`, `turen sparad`, `senast 3 mars`, or that she never was taken up."""
    if turn.is_put_in(last):
        return f"insatt: {turn.put_in_why}" if turn.put_in_why else "insatt"
    if turn.is_kept(last):
        return "turen sparad"
    return f"senast {brief_date(last, today=today)}" if last else "inte upptagen än"


def _ordinal(number: int) -> str:
    return f"{number}:a" if number % 10 in (1, 2) and number % 100 not in (11, 12) else f"{number}:e"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnNote:
    """Beside a customer on a meeting's list: why she is on it, and whether she is in hospital that day."""

    customer: str
    label: str
    why: str
    hospital: bool
    turn: Turn
    version: int
    contact: str | None = None
    """Her fast omsorgskontakt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Misses:
    """How many of a unit's customers miss their follow-up unless somebody does something."""

    unit: str
    unit_name: str
    count: int
