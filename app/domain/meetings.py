"""Meetings as values: agenda items, attendance, minutes with decisions, actions and questions, and what follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from app.domain.people import Person


class MeetingStatus(StrEnum):
    """A meeting's life: planned, open = under way, draft = held and being written, approved = locked; or cancelled."""

    PLANNED = "planned"
    OPEN = "open"
    DRAFT = "draft"
    APPROVED = "approved"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The Swedish word shown for the status."""
        return _STATUS[self]


_STATUS = {
    MeetingStatus.PLANNED: "Planerat", MeetingStatus.OPEN: "Pågår", MeetingStatus.DRAFT: "Ej justerat",
    MeetingStatus.APPROVED: "Justerat", MeetingStatus.CANCELLED: "Inställt",
}  # fmt: skip


class ItemKind(StrEnum):
    """Where an agenda item comes from."""

    STANDING = "standing"
    ADDED = "added"
    CARRIED = "carried"
    LIFTED = "lifted"
    CUSTOMER = "customer"


HERS = (ItemKind.CUSTOMER, ItemKind.CARRIED, ItemKind.LIFTED)
"""Kinds of point whose heading, where they name a customer, the program makes of her label."""


class AttendanceStatus(StrEnum):
    """Whether somebody called came; `excused` gave notice."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class ActionStatus(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The Swedish word shown for the status."""
        return {"open": "Öppen", "done": "Klar", "dropped": "Avskriven"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One person at the meeting: a member key or a name, present from–to when only part of the time."""

    member: str | None = None
    name: str | None = None
    profession: str | None = None
    organisation: str | None = None
    status: AttendanceStatus
    co_opted: bool = False
    substitute_for: Person | None = None
    from_: dt.time | None = None
    to: dt.time | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something one person is to do, with a due date and a follow-up.

    `result` is what was done, `effect` what it led to, seen when it was followed up. `repeat` is how often it comes
    again (a rule as RFC 5545 has it), `repeats` the key of the action it came of.
    """

    key: str
    text: str
    responsible: Person | None = None
    due: dt.date | None = None
    status: ActionStatus = ActionStatus.OPEN
    follow_up: dt.date | None = None
    done_on: dt.date | None = None
    result: str | None = None
    customer: str | None = None
    effect: str | None = None
    followed_up_on: dt.date | None = None
    followed_up_by: Person | None = None
    repeat: str | None = None
    repeats: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question or a wish from the meeting; the answer may come later from a named person, `answer_by` a day."""

    question: str
    asked_by: Person | None = None
    answer: str | None = None
    answered_by: Person | None = None
    answered_on: dt.date | None = None
    answer_by: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A risk assessment of a customer with an instrument."""

    customer: str
    instrument: str
    date: dt.date
    score: float | None = None
    risk: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """The customer's part (routine 2): asked beforehand or present, and told afterwards what was decided."""

    customer: str
    asked_by: Person | None = None
    asked_on: dt.date | None = None
    wish: str | None = None
    present: bool = False
    reported_by: Person | None = None
    reported_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What one profession presents: need, problem and wish of its field (routine 3.1), by whom."""

    profession: str
    by: Person | None = None
    need: str | None = None
    problem: str | None = None
    wish: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAbsence:
    """Somebody at the meeting who took no part in a point (jäv, or another reason), or only in a part of it."""

    person: Person
    from_: dt.time | None = None
    to: dt.time | None = None
    reason: str | None = None


class Journal(StrEnum):
    """Which journal something was entered in: health care's, or social services' by one law or the other."""

    HSL = "HSL"
    SOL = "SoL"
    LSS = "LSS"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalMark:
    """That what the point says of the customer was entered in a journal (journalfört), by whom and when."""

    customer: str
    journal: Journal
    by: Person
    on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One agenda item with what the minutes say about it; keeps its key on its way between meetings' records.

    `added_at` is when it came to an agenda published already (Swedish wall-clock time), `left_out` that nothing of it
    goes on to the next meeting.
    """

    key: str
    heading: str
    kind: ItemKind = ItemKind.ADDED
    text: str | None = None
    raised_by: Person | None = None
    customer: str | None = None
    presenter: Person | None = None
    minutes: int | None = None
    notes: str | None = None
    decisions: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    questions: tuple[Question, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    participation: tuple[Participation, ...] = ()
    lifted_to: str | None = None
    lifted_recipient: Person | None = None
    carried_from: str | None = None
    journaled: tuple[JournalMark, ...] = ()
    presentations: tuple[Presentation, ...] = ()
    absences: tuple[ItemAbsence, ...] = ()
    added_at: dt.datetime | None = None
    left_out: bool = False

    @property
    def dealt_with(self) -> bool:
        """Whether the minutes say anything about the item."""
        return bool(
            self.notes or self.decisions or self.actions or self.questions or self.assessments or self.lifted_to
            or self.presentations
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A dated addition to approved minutes, to `item` or the whole; `at` is Swedish wall-clock time."""

    at: dt.datetime
    by: Person
    text: str
    item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """What the meeting agreed about the next one; its customers win over any rotation (routine 3.1)."""

    date: dt.date | None = None
    start: dt.time | None = None
    place: str | None = None
    customers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regret:
    """That somebody called said beforehand that she cannot come, and who comes in her place (routine 2).

    `at` is Swedish wall-clock time.
    """

    member: str
    substitute: Person | None = None
    at: dt.datetime
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of a forum, from plan to approved minutes. Dates and times are Swedish wall-clock time.

    `series_day` is the day that the rule of `series` gave, wherever the meeting was moved; `pinned` keeps it where
    it is when the year is planned anew. `sequence` counts what has changed of when, where and whether it is held;
    `announced_on` is when its call last went out, `announced_sequence` how far the count had come then. The agenda was
    published for the `published_version`th time at `published_at`, and what had gone out was changed at
    `agenda_changed_at`; the minutes are out for comments since
    `circulated_at`, until `comments_by`.
    """

    key: str
    unit: str
    forum: str
    ward: str | None = None
    title: str | None = None
    date: dt.date
    start: dt.time
    end: dt.time
    place: str | None = None
    link: str | None = None
    status: MeetingStatus = MeetingStatus.PLANNED
    cancelled_reason: str | None = None
    chair: Person | None = None
    secretary: Person | None = None
    approver: Person | None = None
    participants: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    series: str | None = None
    series_day: dt.date | None = None
    occasion: str | None = None
    pinned: bool = False
    announced_on: dt.date | None = None
    announced_sequence: int = 0
    sequence: int = 0
    attendance: tuple[Attendance, ...] = ()
    items: tuple[Item, ...] = ()
    appendices: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    next_meeting: NextMeeting | None = None
    regrets: tuple[Regret, ...] = ()
    published_at: dt.datetime | None = None
    published_version: int = 0
    agenda_changed_at: dt.datetime | None = None
    circulated_at: dt.datetime | None = None
    comments_by: dt.date | None = None

    @property
    def length(self) -> int:
        """The booked length in minutes (a meeting ends on the day it starts)."""
        return (self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute

    @property
    def planned_minutes(self) -> int:
        """The sum of the items' planned minutes."""
        return sum(item.minutes or 0 for item in self.items)

    def item(self, key: str) -> Item | None:
        """The item with that key, if the meeting has it."""
        return next((item for item in self.items if item.key == key), None)


class MeetingRow(NamedTuple):
    """A meeting as lists and calendars show it; a tuple, because hundreds are made whenever a calendar is shown."""

    key: str
    unit: str
    unit_name: str
    setting: str
    forum: str
    forum_name: str
    title: str | None
    ward: str | None
    ward_name: str | None
    date: dt.date
    start: dt.time
    end: dt.time
    place: str | None
    status: MeetingStatus
    version: int = 0

    @property
    def heading(self) -> str:
        """The meeting's own title, else forum and ward."""
        return self.title or (f"{self.forum_name} {self.ward_name}" if self.ward_name else self.forum_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """An action as lists show it, with the meeting and item it was decided in."""

    key: str
    text: str
    responsible: Person | None
    responsible_name: str
    due: dt.date | None
    status: ActionStatus
    follow_up: dt.date | None
    done_on: dt.date | None
    result: str | None
    customer: str | None
    customer_label: str | None
    unit: str
    meeting: str
    meeting_heading: str
    meeting_date: dt.date
    item: str
    item_heading: str
    version: int
    effect: str | None = None
    followed_up_on: dt.date | None = None
    followed_up_by_name: str = ""
    repeat: str | None = None
    repeats: str | None = None
