"""Samples of the log (HSLF-FS 2016:40 chapter 4): drawn at random, gone through row by row, signed, and then fixed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from app.domain.log import LogRow

USUAL_SIZE, LARGEST = 20, 200
MONTH = dt.timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """One row of the log in a sample, and what was remarked about it."""

    row: LogRow
    remark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFacts:
    """A sample in a list: which days and unit, who drew it, who signed it with what words; times as Swedish clocks.

    `intact` is False when it was changed after it was signed, past the program.
    """

    id: int
    unit: str | None
    unit_name: str | None
    since: dt.date
    until: dt.date
    drawn_by: str
    drawn_at: dt.datetime
    rows: int
    remarks: int
    signed_by: str | None = None
    signed_at: dt.datetime | None = None
    note: str | None = None
    drawn_name: str = ""
    signed_name: str = ""
    intact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A whole sample."""

    facts: ReviewFacts
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewState:
    """When a sample was last signed, and whether it is time for another."""

    last_signed: dt.datetime | None
    overdue: bool


def drawn(foremost: Sequence[int], others: Sequence[int], *, size: int, dice: Random) -> tuple[int, ...]:
    """`size` of the numbers at random, from `others` only what `foremost` does not fill; in order."""
    first = dice.sample(foremost, min(size, len(foremost)))
    rest = dice.sample(others, min(size - len(first), len(others)))
    return tuple(sorted([*first, *rest]))


def overdue(*, last_signed: dt.datetime | None, begun: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether a month has gone since a sample was signed, or since the log began where none ever was."""
    since = last_signed or begun
    return since is not None and now - since > MONTH


def fingerprint(facts: ReviewFacts, remarks: Sequence[tuple[int, str | None]]) -> str:
    """What is entered in the log when a sample is signed, so that a change of it afterwards shows."""
    content = [
        facts.id, facts.unit, facts.since.isoformat(), facts.until.isoformat(), facts.drawn_by,
        facts.drawn_at.isoformat(), facts.signed_by, facts.note, sorted(remarks),
    ]  # fmt: skip
    return sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()
