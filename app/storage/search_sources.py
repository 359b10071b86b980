"""Which texts are searched, and in which table each stands: the one place that says so.

A document is what a hit leads to: a meeting, a point with its decisions, actions and questions, a letter, a checklist.
It is known by one number, made of its day, its row and its kind, so that the latest have the highest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, literal_column, select, union_all

from app import models as m
from app.storage.dialects import IsWanted

KIND_BITS, ROW_BITS = 3, 31
_KINDS, _ROWS = (1 << KIND_BITS) - 1, (1 << ROW_BITS) - 1
DAY_BITS = KIND_BITS + ROW_BITS
_FIRST_DAY = dt.date(1950, 1, 1).toordinal()
_CALENDAR_BITS = 17
_LAST = (1 << _CALENDAR_BITS) - 1
_WITH_DATE = 2


class DocKind(IntEnum):
    """What a document is; the numbers lie in databases."""

    MEETING = 1
    ITEM = 2
    LETTER = 3
    CHECKLIST = 4


class Part(IntEnum):
    """Where in a document a text stands; a search may ask for one of them."""

    TEXT = 0
    DECISIONS = 1
    ACTIONS = 2
    QUESTIONS = 3


PART_NAMES = {Part.TEXT: "body", Part.DECISIONS: "decisions", Part.ACTIONS: "actions", Part.QUESTIONS: "questions"}


@dataclass(frozen=True, slots=True)
class Source:
    """Columns of a table whose text belongs to the document whose row `owner` names."""

    kind: DocKind
    table: type[Any]
    owner: str
    fields: tuple[str, ...]
    part: Part = Part.TEXT

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table.__tablename__)

    @property
    def watched(self) -> tuple[str, ...]:
        """The columns whose change makes the document another: its texts, its day, and whose it is."""
        more = _DAY_COLUMNS.get(self.name, ()) if self.owner == "id" else (self.owner, "position")
        return (*self.fields, *more)


_DAY_COLUMNS = {
    "meetings": ("date",), "items": ("meeting_id",), "letters": ("year", "week"), "checklist_runs": ("started_on",),
}  # fmt: skip
SOURCES = (
    Source(DocKind.MEETING, m.Meeting, "id", ("title", "place", "cancelled_reason")),
    Source(DocKind.MEETING, m.Appendix, "meeting_id", ("text",)),
    Source(DocKind.MEETING, m.Addition, "meeting_id", ("text",)),
    Source(DocKind.ITEM, m.Item, "id", ("heading", "text", "notes")),
    Source(DocKind.ITEM, m.Presentation, "item_id", ("need", "problem", "wish")),
    Source(DocKind.ITEM, m.Assessment, "item_id", ("risk", "note")),
    Source(DocKind.ITEM, m.Participation, "item_id", ("wish",)),
    Source(DocKind.ITEM, m.Decision, "item_id", ("text",), Part.DECISIONS),
    Source(DocKind.ITEM, m.Action, "item_id", ("text", "result", "effect"), Part.ACTIONS),
    Source(DocKind.ITEM, m.Question, "item_id", ("question", "answer"), Part.QUESTIONS),
    Source(DocKind.LETTER, m.Letter, "id", ("title", "intro")),
    Source(DocKind.LETTER, m.LetterPart, "letter_id", ("heading", "text", "place", "target")),
    Source(DocKind.CHECKLIST, m.ChecklistRun, "id", ("name", "about", "reason")),
    Source(DocKind.CHECKLIST, m.ChecklistStep, "run_id", ("text", "note", "skipped")),
)
"""In the order in which a document's texts follow each other."""


@dataclass(frozen=True, slots=True)
class Doc:
    """A document: what it is, and its row."""

    kind: DocKind
    row: int

    @property
    def number(self) -> int:
        """What it is known by whatever its day is."""
        return self.row << KIND_BITS | self.kind

    @classmethod
    def of(cls, number: int) -> Doc:
        """The document of a number, one with its day in it too."""
        return cls(DocKind(number & _KINDS), number >> KIND_BITS & _ROWS)


def dated(number: int, day: int) -> int:
    """A document's number with its day in front: the order of all documents."""
    return day << DAY_BITS | number


def day_number(day: dt.date) -> int:
    """A day as it stands in such a number; days before 1950 and long after are all the same."""
    return min(max(day.toordinal() - _FIRST_DAY, 0), _LAST)


def days_between(first: dt.date | None, last: dt.date | None) -> tuple[int, int]:
    """The lowest and the highest number that a document of these days can have."""
    low = 0 if first is None else day_number(first) << DAY_BITS
    high = (1 << DAY_BITS + _CALENDAR_BITS) - 1 if last is None else ((day_number(last) + 1) << DAY_BITS) - 1
    return low, high


def texts_of(kind: DocKind) -> CompoundSelect[*tuple[Any, ...]]:
    """The query for the texts of the `wanted` documents of a kind: row, number of the source, position, text."""
    return union_all(*(
        select(
            getattr(source.table, source.owner).label("owner"), literal_column(str(n)).label("source"),
            (literal_column("0") if source.owner == "id" else source.table.position).label("position"),
            _joined(source).label("text"),
        ).where(IsWanted(getattr(source.table, source.owner), bindparam("wanted")))
        for n, source in enumerate(SOURCES)
        if source.kind is kind
    ))  # fmt: skip


def _joined(source: Source) -> ColumnElement[str]:
    columns: list[ColumnElement[str]] = [func.coalesce(getattr(source.table, name), "") for name in source.fields]
    whole = columns[0]
    for column in columns[1:]:
        whole = whole.concat("\n").concat(column)
    return whole


def days_of(kind: DocKind) -> Select[*tuple[Any, ...]]:
    """The query for every document of a kind: its row and its day, of a letter the year and the week."""
    return {
        DocKind.MEETING: select(m.Meeting.id, m.Meeting.date),
        DocKind.ITEM: select(m.Item.id, m.Meeting.date).join(m.Meeting, m.Meeting.id == m.Item.meeting_id),
        DocKind.LETTER: select(m.Letter.id, m.Letter.year, m.Letter.week),
        DocKind.CHECKLIST: select(m.ChecklistRun.id, m.ChecklistRun.started_on),
    }[kind]


def row_column(kind: DocKind) -> Any:
    """The column of a document's row."""
    return {
        DocKind.MEETING: m.Meeting.id, DocKind.ITEM: m.Item.id, DocKind.LETTER: m.Letter.id,
        DocKind.CHECKLIST: m.ChecklistRun.id,
    }[kind]  # fmt: skip


def day_in(row: Sequence[Any]) -> int:
    """The day of a row that `days_of` gave."""
    return day_number(week_begins(row[1], row[2]) if len(row) > _WITH_DATE else row[1])


def week_begins(year: int, week: int) -> dt.date:
    """The Monday of a week; the first of the year where there is no such week."""
    try:
        return dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return dt.date(min(max(year, dt.MINYEAR), dt.MAXYEAR), 1, 1)
