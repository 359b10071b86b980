"""What becomes of minutes once they are written: comments on them, their versions, and who has read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.meetings import Action, Item, Meeting, MeetingStatus, Question
from app.domain.people import Person


class VersionKind(StrEnum):
    """Why a version of the minutes was kept."""

    CIRCULATED = "circulated"
    APPROVED = "approved"
    ADDED_TO = "added_to"

    @property
    def label(self) -> str:
        """What the version is, in Swedish."""
        return _KINDS[self]


_KINDS = {
    VersionKind.CIRCULATED: "Utskickad för synpunkter",
    VersionKind.APPROVED: "Justerad",
    VersionKind.ADDED_TO: "Med tillägg",
}
TO_BE_READ = (VersionKind.APPROVED, VersionKind.ADDED_TO)
"""Versions that are read and understood; what is out for comments is not final."""
NOW = 0
"""Stands for the minutes as they are now, where versions are chosen by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment on minutes that are out for comments, to `item` or the whole; times are Swedish wall-clock time."""

    key: str
    at: dt.datetime
    by: Person
    text: str
    item: str | None = None
    answer: str | None = None
    settled_at: dt.datetime | None = None
    settled_by: Person | None = None
    version: int = 1

    @property
    def open(self) -> bool:
        """Whether the writer of the minutes has it left to settle."""
        return self.settled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFacts:
    """One kept version of the minutes: its number, why and when it was kept and by whom; `at` is wall-clock time."""

    number: int
    kind: VersionKind
    at: dt.datetime
    by: Person
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody whom the minutes concern, and when she marked them as read and understood."""

    member: str
    name: str
    number: int | None = None
    """The version that she has read, None for none."""
    at: dt.datetime | None = None

    def has_read(self, number: int) -> bool:
        """Whether she has read that version, or a later one."""
        return self.number is not None and self.number >= number


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """What the meeting's page shows of what became of the minutes, as far as the person may see it."""

    meeting: str
    comments: tuple[Comment, ...]
    versions: tuple[VersionFacts, ...]
    readers: tuple[Reader, ...]
    may_comment: bool
    concerns_me: bool
    """Whether the person is one of those who are to read them."""

    @property
    def latest(self) -> int:
        """The number of the latest version that is to be read, nought when there is none."""
        return max((one.number for one in self.versions if one.kind in TO_BE_READ), default=0)

    def open_comments(self, item: str | None = None) -> int:
        """How many comments are left to settle, on one point or in all."""
        return sum(1 for one in self.comments if one.open and item in (None, one.item))


def concerned(meeting: Meeting) -> tuple[str, ...]:
    """The members whom the minutes concern: all who were called, those who were absent too, and who came besides."""
    came = (one.member for one in meeting.attendance if one.member)
    return tuple(dict.fromkeys((*meeting.participants, *came)))


def out_for_comments(meeting: Meeting) -> bool:
    """Whether comments may be written: the minutes have gone out and are not approved yet."""
    return meeting.status is MeetingStatus.DRAFT and meeting.circulated_at is not None


def approved_text(meeting: Meeting, *, as_of: Meeting | None = None) -> Meeting:
    """What of minutes is fixed when they are approved, and nothing else, so that two states can be compared.

    What an action came to, who has it and by when lives on after the meeting, and so do answers to questions that had
    none in `as_of`; journal marks, the call and the links between points are no part of the text.
    """
    before = {item.key: item for item in (as_of or meeting).items}
    return Meeting(
        key=meeting.key, unit=meeting.unit, forum=meeting.forum, ward=meeting.ward, title=meeting.title,
        date=meeting.date, start=meeting.start, end=meeting.end, place=meeting.place, status=meeting.status,
        chair=meeting.chair, secretary=meeting.secretary, approver=meeting.approver, attendance=meeting.attendance,
        items=tuple(_text_of(item, before.get(item.key, item)) for item in meeting.items),
        appendices=meeting.appendices, additions=meeting.additions, next_meeting=meeting.next_meeting,
    )  # fmt: skip


def _text_of(item: Item, before: Item) -> Item:
    decided = tuple(
        Action(key=one.key, text=one.text, customer=one.customer) for one in item.actions if one.repeats is None
    )
    waited = {one.question for one in before.questions if not one.answer}
    asked = tuple(
        Question(question=one.question, asked_by=one.asked_by) if one.question in waited else one
        for one in item.questions
    )
    return replace(
        item, actions=decided, questions=asked, journaled=(), carried_from=None, left_out=False, added_at=None
    )


def same_keys(content: str, now_called: Mapping[str, str]) -> str:
    """A version's text with the keys of members and customers that were made one with another's, as they are now."""
    for before, after in now_called.items():
        content = content.replace(f'"{before}"', f'"{after}"')
    return content
