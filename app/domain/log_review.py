"""Samples of the log (HSLF-FS 2016:40 chapter 4): drawn at random, gone through row by row, signed, and then fixed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from app.domain.log import LogRow, gestures
from app.domain.log_words import Kind, actions_of, is_list

USUAL_SIZE, LARGEST = 20, 200
MONTH = dt.timedelta(days=31)
_OPENED = 5
_SEEN = actions_of(Kind.READ) | actions_of(Kind.PRINT)


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


def drawn(rows: Iterable[LogRow], *, size: int, dice: Random) -> tuple[int, ...]:
    """The numbers of `size` rows at random, each of another gesture, in order; `rows` are oldest first.

    A page with many customers is one gesture, so that it does not drown the rest, and a customer who was opened or
    taken out on paper is drawn `_OPENED` times as readily as one who was shown in passing. What was written comes in
    only where there is not reading enough.
    """
    seen: list[tuple[float, int]] = []
    written: list[tuple[float, int]] = []
    for gesture in gestures(rows):
        row = dice.choice(gesture)
        # The highest of these are a sample without replacement in which each goes by its weight.
        lot = dice.random() ** (1 if is_list(gesture) else 1 / _OPENED)
        (seen if row.action in _SEEN else written).append((lot, row.sequence))
    first = [number for _, number in sorted(seen, reverse=True)[:size]]
    rest = [number for _, number in sorted(written, reverse=True)[: size - len(first)]]
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
