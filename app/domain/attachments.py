"""Files beside meetings: what is known of each, how they are numbered as appendices, how much there may be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.errors import Refused
from app.domain.file_kinds import FileKind
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.people import Person

LARGEST = 20_000_000
"""Bytes in one file."""
LARGEST_TOGETHER = 100_000_000
"""Bytes in all the files of one meeting."""
MOST = 60
"""Files of one meeting."""
_KILO, _MEGA = 1_000, 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a meeting or of one of its points. `number` is its place among the appendices, counted from 1.

    `name` is what the file was called, cleaned; `title` what somebody calls the appendix instead.
    """

    key: str
    unit: str
    meeting: str | None = None
    item: str | None = None
    number: int
    name: str
    title: str | None = None
    kind: FileKind
    size: int
    digest: str
    added_at: dt.datetime
    added_by: Person | None = None
    version: int = 1

    @property
    def heading(self) -> str:
        """What the appendix is called in lists."""
        return self.title or self.name.rpartition(".")[0] or self.name


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """A file with what is in it."""

    attachment: Attachment
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Appendix:
    """One line of the list of appendices: a text, or a file (`key`), with its number, counted from 1.

    `data` is there when the file is to be printed behind the paper.
    """

    number: int
    text: str
    key: str = ""
    item: str | None = None
    kind: FileKind | None = None
    data: bytes | None = None

    @property
    def label(self) -> str:
        """`Bilaga 2`."""
        return f"Bilaga {self.number}"


def numbered(texts: Sequence[str], files: Sequence[Attachment]) -> tuple[Appendix, ...]:
    """Texts and files as one list: each file keeps its number where it can, the texts fill the places between.

    So a text that is added later moves no file, and minutes that say "se bilaga 2" stay true.
    """
    waiting = sorted(files, key=lambda one: (one.number, one.key))
    words = list(texts)
    found: list[Appendix] = []
    while waiting or words:
        number = len(found) + 1
        if waiting and (waiting[0].number <= number or not words):
            one = waiting.pop(0)
            found.append(Appendix(number=number, text=one.heading, key=one.key, item=one.item, kind=one.kind))
        else:
            found.append(Appendix(number=number, text=words.pop(0)))
    return tuple(found)


def is_shown(attachment: Attachment, *, seen: Meeting, whole: Meeting, reads: bool) -> bool:
    """Whether a person who sees `seen` of the meeting, and `reads` its minutes, sees the file.

    A point's file is seen as the point: where anything of the point is hidden, so is the file.
    """
    if attachment.item is None:
        return reads
    there = whole.item(attachment.item)
    return there is not None and seen.item(attachment.item) == there


def raised_by(item: Item | None, person: Person) -> bool:
    """Whether the point is the person's own: she may add files to it."""
    return item is not None and item.raised_by == person


def check_open(meeting: Meeting) -> None:
    """Raise Refused where the meeting's appendices can no longer change."""
    if meeting.status is MeetingStatus.APPROVED:
        raise Refused("attachment_locked")
    if meeting.status is MeetingStatus.CANCELLED:
        raise Refused("meeting_cancelled")


def check_room(size: int, *, beside: Sequence[Attachment]) -> None:
    """Raise Refused for an empty or too large file, or one too many."""
    if size == 0:
        raise Refused("attachment_empty")
    if size > LARGEST:
        raise Refused("attachment_too_large", size=size_words(size), most=size_words(LARGEST))
    if len(beside) >= MOST:
        raise Refused("attachment_too_many", most=MOST)
    if size + sum(one.size for one in beside) > LARGEST_TOGETHER:
        raise Refused("attachment_meeting_full", most=size_words(LARGEST_TOGETHER))


def size_words(size: int) -> str:
    """`1,2 MB`, `45 kB`, `310 byte`."""
    if size >= _MEGA:
        return f"{size / _MEGA:.1f}".replace(".", ",").replace(",0", "") + " MB"
    return f"{round(size / _KILO)} kB" if size >= _KILO else f"{size} byte"
