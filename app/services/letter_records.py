"""Information letters in and out of their tables, as whole values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from app import models as m
from app.domain.clock import SWEDEN, to_wall_clock
from app.domain.letters import Letter, LetterPart, LetterStatus, PartKind
from app.services.planning_records import Kind, Under
from app.services.records import Choice, Directory, Plain, Record, Reference, Who


@dataclass(frozen=True, slots=True)
class WallClock(Plain):
    """An instant in the table, Swedish wall-clock time in the value."""

    def read(self, row: Row[Any], directory: Directory) -> Any:  # noqa: ARG002 - as every field is read
        """What a Swedish clock showed."""
        found = getattr(row, self.name)
        return None if found is None else to_wall_clock(found)

    def write(self, value: Any, directory: Directory) -> dict[str, Any]:  # noqa: ARG002 - as every field
        """The instant."""
        moment: dt.datetime | None = value
        return {self.name: None if moment is None else moment.replace(tzinfo=SWEDEN)}


_PART = Record(LetterPart, m.LetterPart, (
    Choice("kind", kind=PartKind), Plain("heading"), Plain("text"), Plain("date"), Plain("start"), Plain("end"),
    Plain("place"), Plain("target"), Plain("register"), Plain("register_by"),
    Reference("meeting", "meeting_id", m.Meeting),
))  # fmt: skip
LETTERS = Kind("letters", Record(Letter, m.Letter, (
    Plain("key"), Reference("unit", "unit_id", m.Unit), Plain("year"), Plain("week"), Plain("title"), Plain("intro"),
    Plain("recipients"), Choice("status", kind=LetterStatus), WallClock("sent_at"), Who("sent_by"),
)), (Under("parts", m.LetterPart, "letter_id", _PART),))  # fmt: skip
