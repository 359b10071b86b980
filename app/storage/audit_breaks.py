"""Where the audit log was changed behind the program's back: every place of it, not only the first.

Each row is held against the seal that the row before carries now, so that one damaged row does not cast doubt on all
that follow. What does not fit where it stands is sought elsewhere: a genuine row proves its own number and whom it
came after, wherever it was moved to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from app.domain.log import Break, BreakKind
from app.models import AuditEntry
from app.storage.audit_seals import FIELDS, START, seal, stored_instant, written

_MOST_TRIES = 3_000_000
"""Seals computed in search of where rows came from; a log written over as a whole is not searched for hours."""
_SHIFTS = tuple(sign * step for step in range(1, 65) for sign in (1, -1))
_WIDEST_GAP = 10_000
"""A row so far past the others was put there; the numbers between were never given out."""


def find_breaks(session: Session | Connection, *, chain_key: bytes) -> tuple[Break, ...]:
    """Every place where the log does not hold, by number; empty when it holds.

    An end that was cut off leaves a log that holds: it is noticed against a head kept elsewhere (`anchor`).
    """
    read = _read(session, chain_key)
    if not read.rows:
        return () if read.proven else (Break(kind=BreakKind.DELETED, sequence=1),)
    _Search(chain_key, read).run()
    found = [*_wrong(read.rows, _copied(session, read.rows))]
    found += _gone(read, found)
    return tuple(sorted(found, key=lambda one: (one.sequence, one.kind)))


@dataclass(slots=True, kw_only=True)
class _Row:
    """A row that does not fit where it stands."""

    place: int
    sequence: int
    rest: bytes
    mac: bytes
    before: bytes
    """The seal that the row before carries."""
    after: int
    """The number that the row before carries."""
    previous: _Row | None
    """The row before, when it is doubtful itself."""
    vouched: bool = False
    """The row after fits this one's seal: the seal is genuine and stands right, though what the row says may not."""
    true: int | None = None
    """The row's own number, once what it says is proven."""
    known_by: int | None = None
    """Its own number by the row after, when only the seal is proven."""
    resealed: bool = False
    """What the row says is proven by the row after; only its seal was changed."""

    @property
    def follows_on(self) -> bool:
        return self.sequence == self.after + 1


@dataclass(frozen=True, slots=True)
class _End:
    """A genuine seal whose following row does not stand where it should; `place` is where to look first."""

    mac: bytes
    number: int
    place: int


@dataclass(slots=True)
class _Read:
    """The rows that do not fit where they stand, the loose ends before them, the last number proven in its place."""

    rows: list[_Row]
    ends: list[_End]
    proven: int


def _read(session: Session | Connection, chain_key: bytes) -> _Read:
    found = _Read([], [], 0)
    number, mac, place = 0, START, 0
    doubted: _Row | None = None
    for sequence, rest, own in _stored(session):
        if sequence == number + 1 and seal(chain_key, mac, sequence, rest) == own:
            if doubted:
                doubted.vouched = True
            doubted, found.proven = None, sequence
        else:
            if doubted is None:
                found.ends.append(_End(mac, number, place))
            doubted = _Row(
                place=place, sequence=sequence, rest=rest, mac=own, before=mac, after=number, previous=doubted
            )
            found.rows.append(doubted)
        number, mac, place = sequence, own, place + 1
    if doubted is None:
        found.ends.append(_End(mac, number, place))
    return found


def _stored(session: Session | Connection) -> Iterator[tuple[int, bytes, bytes]]:
    """Each row as number, what its seal covers after that, and its seal; whatever lies in a column is read."""
    columns: list[Any] = [type_coerce(getattr(AuditEntry, name), NullType()) for name in (*FIELDS, "mac")]
    query = select(*columns).order_by(AuditEntry.sequence)
    for sequence, at, *others, mac in session.execute(query).yield_per(1000):
        rest = written([stored_instant(at), *others])
        yield sequence, rest, mac if isinstance(mac, bytes) else str(mac).encode()


class _Search:
    """Finds where doubtful rows were written: from the loose ends on, then from neighbours that fit each other."""

    def __init__(self, chain_key: bytes, read: _Read) -> None:
        self._key = chain_key
        self._rows = read.rows
        self._ends = read.ends
        self._tries = _MOST_TRIES
        self._loose = {row.place: row for row in read.rows if not row.vouched}
        self._vouched = {row.sequence: row for row in read.rows if row.vouched}

    def run(self) -> None:
        """Prove what can be proven."""
        self._follow(self._ends)
        for row in self._rows:
            if row.previous is not None and row.true is None:
                self._mend_seal(row.previous, row)
        for row in self._rows:
            if row.previous is not None and row.true is None and not row.vouched:
                self._pair(row.previous, row)

    def _fits(self, previous: bytes, row: _Row, number: int) -> bool:
        self._tries -= 1
        return self._tries > 0 and seal(self._key, previous, number, row.rest) == row.mac

    def _prove(self, row: _Row, number: int) -> None:
        row.true = number
        self._loose.pop(row.place, None)

    def _follow(self, ends: list[_End]) -> None:
        queue = list(ends)
        while queue:
            end = queue.pop()
            found = self._following(end)
            if found is not None:
                self._prove(found, end.number + 1)
                if not found.vouched:
                    queue.append(_End(found.mac, end.number + 1, found.place + 1))

    def _following(self, end: _End) -> _Row | None:
        standing = self._vouched.get(end.number + 1)
        if standing is not None:
            return standing if self._fits(end.mac, standing, end.number + 1) else None
        near = self._loose.get(end.place)
        if near is not None and self._fits(end.mac, near, end.number + 1):
            return near
        return next((row for row in self._loose.values() if self._fits(end.mac, row, end.number + 1)), None)

    def _mend_seal(self, row: _Row, after: _Row) -> None:
        """Only the seal of `row` was changed: the row after fits the seal that belongs there."""
        before = row.previous
        stands = before is None or before.true == before.sequence
        if row.true is not None or not stands or not row.follows_on or not after.follows_on:
            return
        if self._fits(seal(self._key, row.before, row.sequence, row.rest), after, after.sequence):
            row.resealed = True
            self._prove(row, row.sequence)
            self._prove(after, after.sequence)
            if not after.vouched:
                self._follow([_End(after.mac, after.sequence, after.place + 1)])

    def _pair(self, row: _Row, after: _Row) -> None:
        """Two neighbours that fit each other under other numbers: rows that were moved up or down together."""
        for shift in _SHIFTS:
            number = after.sequence + shift
            if self._fits(row.mac, after, number):
                self._prove(after, number)
                if row.true is None:
                    row.known_by = number - 1
                    self._loose.pop(row.place, None)
                self._follow([_End(after.mac, number, after.place + 1)])
                return


def _wrong(rows: list[_Row], copied: Mapping[object, bool]) -> Iterator[Break]:
    """What is wrong with the rows that are there."""
    sealed = {0} | {number for row in rows for number in (row.true, row.known_by) if number is not None}
    for row in rows:
        number = row.sequence
        own = row.true if row.true is not None else row.known_by
        if row.resealed:
            yield Break(kind=BreakKind.EDITED, sequence=number)
        elif own is not None and own != number and not copied.get(row.mac):
            yield Break(kind=BreakKind.MOVED, sequence=number, was=own)
        elif own != number and not row.vouched and (number < 1 or number in sealed or _stray(row, copied)):
            yield Break(kind=BreakKind.INSERTED, sequence=number)
        elif own != number:
            held_against = number - 1 in sealed or (row.follows_on and row.previous is None)
            yield Break(kind=BreakKind.EDITED if held_against else BreakKind.UNPROVEN, sequence=number)


def _stray(row: _Row, copied: Mapping[object, bool]) -> bool:
    return row.mac in copied or row.sequence - row.after > _WIDEST_GAP


def _gone(read: _Read, found: list[Break]) -> Iterator[Break]:
    """The numbers of which there is no row: in the gaps, and where rows stand that do not belong there."""
    kinds = {one.sequence: one.kind for one in found}
    misplaced = {number for number, kind in kinds.items() if kind in (BreakKind.MOVED, BreakKind.INSERTED)}
    there = {number for row in read.rows for number in (row.true, row.known_by) if number is not None}
    standing = [row.sequence for row in read.rows if row.sequence not in misplaced]
    last = max([read.proven, *there, *standing])
    gaps = {
        number
        for row in read.rows
        if not row.follows_on
        for number in range(max(row.after, 0) + 1, min(row.sequence, last + 1))
    }
    for number in (gaps | misplaced) - there:
        if 1 <= number <= last:
            yield Break(kind=BreakKind.DELETED, sequence=number)


def _copied(session: Session | Connection, rows: list[_Row]) -> dict[object, bool]:
    """The seals of doubtful rows that another row carries too, and whether one of those stands where it should."""
    doubled = select(AuditEntry.mac, func.count()).group_by(AuditEntry.mac).having(func.count() > 1)
    doubtful = Counter(row.mac for row in rows)
    found = session.execute(doubled)
    return {mac: many > doubtful[mac] for mac, many in found if mac in doubtful}
