"""Information letters: notices, invitations and the minutes of chosen meetings, collected for a week and sent.

A letter goes to many, so nothing of any customer is in it: what is typed is held against the customers' names, and
minutes come in without what is about a customer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.attachments import Appendix
from app.domain.errors import Refused
from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.people import Person
from app.domain.swedish import clock, long_date

COLLECTED = frozenset({
    "apt", "kvalitetsmote", "borad", "aktivitetsrad", "reflektionsmote", "styrgrupp", "dialogmote", "arbetsgrupp",
})  # fmt: skip
"""Forums whose minutes may come in: those that are about the unit and not about one customer after another."""
_YEARS = range(2000, 2101)


class LetterStatus(StrEnum):
    """Whether a letter is still written on, or has gone out and is locked."""

    DRAFT = "draft"
    SENT = "sent"

    @property
    def label(self) -> str:
        """The Swedish word shown for the status."""
        return {"draft": "Utkast", "sent": "Skickat"}[self.value]


class PartKind(StrEnum):
    """What a part of a letter is."""

    NOTICE = "notice"
    INVITATION = "invitation"
    MINUTES = "minutes"
    MINUTES_WITH_FILES = "minutes_with_files"

    @property
    def label(self) -> str:
        """The Swedish word shown for the kind."""
        return _PARTS[self]

    @property
    def is_minutes(self) -> bool:
        """Whether a meeting's minutes stand in its place."""
        return self in (PartKind.MINUTES, PartKind.MINUTES_WITH_FILES)


_PARTS = {
    PartKind.NOTICE: "Notis", PartKind.INVITATION: "Inbjudan", PartKind.MINUTES: "Anteckningar",
    PartKind.MINUTES_WITH_FILES: "Anteckningar med bilagor",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPart:
    """A notice or invitation as it was typed, or a meeting whose minutes come in here.

    `register` says how one says that one comes, `register_by` the last day for it.
    """

    kind: PartKind
    heading: str
    text: str | None = None
    date: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None
    place: str | None = None
    target: str | None = None
    register: str | None = None
    register_by: dt.date | None = None
    meeting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A unit's information letter of a week. `sent_at` is Swedish wall-clock time."""

    key: str
    unit: str
    year: int
    week: int
    title: str | None = None
    intro: str | None = None
    recipients: str | None = None
    status: LetterStatus = LetterStatus.DRAFT
    sent_at: dt.datetime | None = None
    sent_by: Person | None = None
    parts: tuple[LetterPart, ...] = ()

    @property
    def heading(self) -> str:
        """What the letter is called."""
        return self.title or f"Informationsbrev vecka {self.week}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRow:
    """A letter as the list shows it."""

    key: str
    unit: str
    unit_name: str
    year: int
    week: int
    heading: str
    status: LetterStatus
    sent_at: dt.datetime | None
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterMeeting:
    """A meeting whose minutes may come in: `proposed` where it was held in the week before and is about the unit."""

    key: str
    heading: str
    date: dt.date
    files: int
    proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPaper:
    """A letter as it is drawn: its parts in order, each with the meeting's papers where it has some."""

    letter: Letter
    unit_name: str
    setting_label: str
    prepared_on: dt.date
    minutes: dict[int, MeetingPapers]
    """By the part's place, counted from 0: without anything of a customer."""


def week_days(year: int, week: int) -> tuple[dt.date, dt.date]:
    """Monday and Sunday of the week. Raises Refused("letter_week")."""
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        raise Refused("letter_week", week=week) from None
    if year not in _YEARS:
        raise Refused("letter_week", week=week)
    return monday, monday + dt.timedelta(days=6)


def week_before(year: int, week: int) -> tuple[dt.date, dt.date]:
    """Monday and Sunday of the week whose minutes a letter collects."""
    monday, sunday = week_days(year, week)
    return monday - dt.timedelta(days=7), sunday - dt.timedelta(days=7)


def this_week(today: dt.date) -> tuple[int, int]:
    """The year and week of a letter that is begun now."""
    found = today.isocalendar()
    return found.year, found.week


def check(letter: Letter, names_somebody: Callable[[str], bool]) -> None:
    """Raise Refused for a week that is none, a part without a heading, times turned round, or a customer named."""
    week_days(letter.year, letter.week)
    for part in letter.parts:
        if not part.heading.strip():
            raise Refused("letter_part_empty")
        if part.start and part.end and part.end <= part.start:
            raise Refused("letter_times", heading=part.heading)
    for heading, text in typed(letter):
        if names_somebody(text):
            raise Refused("letter_names_customer", heading=heading)


def typed(letter: Letter) -> Sequence[tuple[str, str]]:
    """Everything that was typed, each with where it stands."""
    found = [
        ("brevets rubrik", letter.title), ("Inledning", letter.intro), ("Går till", letter.recipients),
    ]  # fmt: skip
    for part in letter.parts:
        where = part.heading if not part.kind.is_minutes else part.kind.label
        texts = (part.heading, part.text, part.place, part.target, part.register)
        found += [(where, text) for text in texts]
    return [(where, text) for where, text in found if text]


def check_sendable(letter: Letter) -> None:
    """Raise Refused where the letter has gone out already, or says nothing."""
    check_open(letter)
    if not letter.parts and not letter.intro:
        raise Refused("letter_empty")


def check_open(letter: Letter) -> None:
    """Raise Refused("letter_locked") once the letter has gone out."""
    if letter.status is LetterStatus.SENT:
        raise Refused("letter_locked")


def check_meeting(meeting: Meeting) -> None:
    """Raise Refused unless the meeting's minutes are approved: nobody changes them once they were sent out."""
    if meeting.status is not MeetingStatus.APPROVED:
        raise Refused("letter_meeting")


def copied(letter: Letter, *, key: str, today: dt.date) -> Letter:
    """A new letter of this week with what was typed in an earlier one; minutes were of their week, and stay there."""
    year, week = this_week(today)
    parts = tuple(part for part in letter.parts if not part.kind.is_minutes)
    return replace(
        letter, key=key, year=year, week=week, title=None, status=LetterStatus.DRAFT, sent_at=None, sent_by=None,
        parts=parts,
    )  # fmt: skip


def when_words(part: LetterPart) -> str:
    """`tisdag 8 december 2026 13.00–14.00`."""
    hours = "–".join(clock(moment) for moment in (part.start, part.end) if moment is not None)
    day = long_date(part.date) if part.date else ""
    return " ".join(one for one in (day, hours) if one)


def files_behind(paper: LetterPaper) -> tuple[Appendix, ...]:
    """The files that are printed behind the letter's minutes."""
    return tuple(one for papers in paper.minutes.values() for one in papers.appendices if one.data is not None)
