"""`save_meeting`: a meeting with twelve notes kept, its audit row written and its draft removed, at twenty years."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import statistics
from collections.abc import Iterator
from typing import Any

from app.domain.meetings import Item, Meeting
from app.domain.people import Outsider
from app.domain.stored import Stored
from app.services import drafts, meetings
from app.services.desk import Desk
from app.storage.engine import raw_connection
from bench import generator, given, surroundings
from bench.history import WARDS
from bench.measure import Row, compare, timed

_NOTES = 12
_TIMES = 5
"""Saves a round; the disk's own pauses even out."""
_KIND = "meeting"
_TEXT = "Natten har varit lugn. Vi fortsätter som vi har gjort och följer upp om två veckor, omgång {0}, punkt {1}."


def rows() -> Iterator[Row]:
    """The row; subject and floor work on a copy each, so that neither throws the other's cached pages away."""
    many = generator.database(years=generator.YEARS)
    own, other = generator.copy_of(many, "save-own"), generator.copy_of(many, "save-raw")
    desk, made = surroundings.log_in(own.path), surroundings.log_in(other.path)
    stored = meetings.book_meeting(desk, meeting=_meeting())
    twin = meetings.book_meeting(made, meeting=_meeting())
    made.close()
    raw = raw_connection(other.path, other.key)
    try:
        subject, floor = _Subject(desk, stored), _Floor(raw, twin.value)
        _require_same(subject, floor)
        yield compare(
            "save_meeting",
            subject=lambda: statistics.mean(subject.read() for _ in range(_TIMES)),
            floor=lambda: statistics.mean(floor.read() for _ in range(_TIMES)),
            goal=4.0,
            against="raw driver writing the same rows, same encryption and safety",
        )
    finally:
        raw.close()
        desk.close()


def _meeting() -> Meeting:
    day = given.TODAY + dt.timedelta(days=1)
    items = tuple(Item(key="", heading=f"Punkt {n}", minutes=5) for n in range(1, _NOTES + 1))
    return Meeting(
        key="", unit="storgarden", forum="teammote", ward=f"avdelning-{WARDS:02d}", date=day,
        start=dt.time(13), end=dt.time(14), secretary=Outsider("Karin Öst"), items=items,
    )  # fmt: skip


class _Subject:
    """The service: the draft is kept before the timer starts, as it is while somebody types."""

    def __init__(self, desk: Desk, stored: Stored[Meeting]) -> None:
        self.desk, self.stored = desk, stored
        self._rounds = itertools.count(1)
        self.changed = 0

    def read(self) -> float:
        """Seconds of one save."""
        number = next(self._rounds)
        old = self.stored.value
        items = tuple(
            dataclasses.replace(item, notes=_TEXT.format(number, n)) for n, item in enumerate(old.items, start=1)
        )
        new = dataclasses.replace(old, items=items)
        drafts.save_draft(self.desk, kind=_KIND, key=old.key, started_from=self.stored.version, content=_TEXT * _NOTES)

        def save() -> None:
            self.stored = meetings.save_meeting(self.desk, meeting=new, expected_version=self.stored.version)

        return timed(save)()


class _Floor:
    """The same rows by the bare driver in one transaction: meeting, twelve items, the draft, the audit row."""

    def __init__(self, raw: Any, meeting: Meeting) -> None:
        self.raw, self.meeting = raw, meeting
        self._rounds = itertools.count(1)
        found = raw.execute('SELECT id FROM meetings WHERE "key" = ?', (meeting.key,)).fetchone()
        self.meeting_id: int = found[0]
        self.items = [
            row[0]
            for row in raw.execute("SELECT id FROM items WHERE meeting_id = ? ORDER BY position", (self.meeting_id,))
        ]

    def read(self) -> float:
        """Seconds of one save."""
        number = next(self._rounds)
        self.raw.execute(
            'INSERT INTO drafts ("user", kind, "key", started_from, content, at) VALUES (?, ?, ?, ?, ?, ?)',
            (given.USER, _KIND, self.meeting.key, number, _TEXT * _NOTES, "2026-03-02 08:00:00.000000"),
        )
        return timed(lambda: self._save(number))()

    def _save(self, number: int) -> None:
        raw = self.raw
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE meetings SET version = version + 1 WHERE id = ?", (self.meeting_id,))
        raw.executemany(
            "UPDATE items SET notes = ? WHERE id = ?",
            [(_TEXT.format(number, n), item) for n, item in enumerate(self.items, start=1)],
        )
        raw.execute(
            'DELETE FROM drafts WHERE "user" = ? AND kind = ? AND "key" = ?',
            (given.USER, _KIND, self.meeting.key),
        )
        last = raw.execute("SELECT sequence FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()[0]
        raw.execute(
            'INSERT INTO audit (sequence, at, "user", role, unit, workstation, "action", "object", mac)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                last + 1, "2026-03-02 08:00:00.000000", given.USER, "enhetschef", "storgarden", "bench",
                "save_meeting", f"meeting:{self.meeting.key}", bytes(32),
            ),
        )  # fmt: skip
        raw.execute("COMMIT")


def _require_same(subject: _Subject, floor: _Floor) -> None:
    """One save of each leaves the same notes, no draft and one audit row more."""
    before = floor.raw.execute("SELECT count(*) FROM audit").fetchone()[0]
    subject.read()
    floor.read()
    kept = meetings.get_meeting(subject.desk, key=subject.stored.value.key).value
    written = [
        row[0]
        for row in floor.raw.execute(
            "SELECT notes FROM items WHERE meeting_id = ? ORDER BY position", (floor.meeting_id,)
        )
    ]
    left = floor.raw.execute("SELECT count(*) FROM drafts").fetchone()[0]
    added = floor.raw.execute("SELECT count(*) FROM audit").fetchone()[0] - before
    draft = drafts.read_draft(subject.desk, kind=_KIND, key=kept.key)
    if [item.notes for item in kept.items] != written or left or added != 1 or draft is not None:
        raise RuntimeError("the service and the raw driver keep different rows")
