"""`import_rows`: 10,000 members from an exchange file, read, checked and kept, against raw inserts of the same rows."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence

from app.domain.document import Document
from app.domain.team import Member
from app.exchange.json_file import read_document, write_document
from app.services import transfer
from app.storage.engine import raw_connection
from bench import generator, surroundings
from bench.generator import Bulk
from bench.measure import Row, compare, timed

COUNT = 10_000
_COLUMNS = '("key", name, profession, email, phone, night, version)'


def rows() -> Iterator[Row]:
    """The row; every round writes into a fresh copy of a database that holds one unit."""
    bare = generator.empty_database("import-bare")
    members = [_member(number) for number in range(1, COUNT + 1)]
    data = write_document(Document(members=tuple(members)))
    names = (f"import-{number}" for number in itertools.count(1))

    reading: list[float] = []

    def subject() -> float:
        reading.append(timed(lambda: read_document(data))())
        return _take_in(generator.copy_of(bare, next(names)), data)

    def floor() -> float:
        return _insert(generator.copy_of(bare, next(names)), members)

    yield compare(
        "import_rows",
        subject=subject,
        floor=floor,
        goal=4.0,
        against="raw executemany, same encryption",
        note=lambda: f"reading and checking the JSON file included: {statistics.median(reading):.2f} s of it",
    )


def _member(number: int) -> Member:
    return Member(
        key=f"medarbetare-{number:05d}", name=f"Åsa Öberg {number}", profession="Undersköterska", units=("storgarden",),
        email=f"medarbetare{number}@exempel.se", phone="070-174 06 05", night=number % 10 == 0,
    )  # fmt: skip


def _take_in(bulk: Bulk, data: bytes) -> float:
    desk = surroundings.log_in(bulk.path)
    try:
        seconds = timed(lambda: transfer.take_in(desk, document=read_document(data)))()
        _require_all(bulk)
        return seconds
    finally:
        desk.close()


def _insert(bulk: Bulk, members: Sequence[Member]) -> float:
    raw = raw_connection(bulk.path, bulk.key)

    def insert() -> None:
        raw.execute("BEGIN IMMEDIATE")
        rows = [(one.key, one.name, one.profession, one.email, one.phone, one.night, 1) for one in members]
        raw.executemany(f"INSERT INTO members {_COLUMNS} VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608 - ours
        links = [(number, 1, 0) for number in range(1, len(members) + 1)]
        raw.executemany("INSERT INTO member_units (member_id, unit_id, position) VALUES (?, ?, ?)", links)
        raw.execute("COMMIT")

    try:
        seconds = timed(insert)()
    finally:
        raw.close()
    _require_all(bulk)
    return seconds


def _require_all(bulk: Bulk) -> None:
    raw = raw_connection(bulk.path, bulk.key)
    found = raw.execute(
        "SELECT count(*) FROM members JOIN member_units ON member_id = members.id"
        " WHERE unit_id = 1 AND email LIKE '%@exempel.se'"
    ).fetchone()[0]
    raw.close()
    if found != COUNT:
        raise RuntimeError(f"{found} members arrived instead of {COUNT}")
