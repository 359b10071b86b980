"""The search index kept true: what a gesture changed is indexed with it, all of it anew, and held against the texts."""

# ruff: noqa: S608 - every name in these statements is one of our own

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, text

from app.domain.search import words_of
from app.storage.dialects import SERVER, IsWanted
from app.storage.search_sources import SOURCES, Doc, DocKind, Part, dated, day_in, days_of, row_column, texts_of
from app.storage.search_tables import DOCS, TOUCHED, WORDS, watch_on_server

RULES = "1"
"""What is indexed and how, as a number: an index made by other rules is made anew when the database is opened."""
_FACT = "search_index"
_CHUNK = 2000
_WEIGHTS = {Part.TEXT: "A", Part.DECISIONS: "B", Part.ACTIONS: "C", Part.QUESTIONS: "D"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document as it is indexed: its day, and the words of each part."""

    doc: Doc
    day: int
    parts: tuple[str, str, str, str]

    @property
    def number(self) -> int:
        return dated(self.doc.number, self.day)

    @property
    def sum(self) -> int:
        return zlib.crc32("\0".join(self.parts).encode())


def settle(connection: Connection) -> None:
    """Bring the index up to what the transaction under way has changed; the last thing before it is kept."""
    touched = list(connection.exec_driver_sql(f"SELECT id FROM {TOUCHED}").scalars())
    if not touched:
        return
    connection.exec_driver_sql(f"DELETE FROM {TOUCHED}")
    for start in range(0, len(touched), _CHUNK):
        _refresh(connection, touched[start : start + _CHUNK])


def _refresh(connection: Connection, numbers: Sequence[int]) -> None:
    known = connection.execute(_KNOWN[connection.dialect.name == SERVER], {"wanted": json.dumps(list(numbers))})
    before = {int(number): (int(day), int(sum_)) for number, day, sum_ in known}
    now = {one.doc.number: one for one in _entries(connection, [Doc.of(number) for number in numbers])}
    same = {number for number, one in now.items() if before.get(number) == (one.day, one.sum)}
    _take_out(connection, {number: day for number, (day, _) in before.items() if number not in same})
    _put_in(connection, [one for number, one in now.items() if number not in same])


_KNOWN = {
    False: text(f"SELECT id, day, sum FROM {DOCS} WHERE id IN (SELECT value FROM json_each(:wanted))"),
    True: text(
        f"SELECT id, day, sum FROM {DOCS} WHERE id = ANY("
        "ARRAY(SELECT CAST(jsonb_array_elements_text(CAST(:wanted AS JSONB)) AS bigint)))"
    ),
}


def _entries(connection: Connection, docs: Iterable[Doc]) -> Iterator[_Entry]:
    """The documents as they are to be indexed; those that are gone or without words are left out."""
    rows: dict[DocKind, list[int]] = defaultdict(list)
    for doc in docs:
        rows[doc.kind].append(doc.row)
    for kind, wanted in rows.items():
        handed = {"wanted": json.dumps(wanted)}
        days = {int(row[0]): day_in(row) for row in connection.execute(_days(kind), handed)}
        texts: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for owner, source, position, found in connection.execute(_texts(kind), handed):
            texts[owner].append((source, position, found))
        for row, day in days.items():
            entry = _Entry(Doc(kind, row), day, _parts(texts[row]))
            if any(entry.parts):
                yield entry


@cache
def _days(kind: DocKind) -> Select[*tuple[Any, ...]]:
    return days_of(kind).where(IsWanted(row_column(kind), bindparam("wanted")))


_texts = cache(texts_of)


def _parts(texts: list[tuple[int, int, str]]) -> tuple[str, str, str, str]:
    found: tuple[list[str], ...] = ([], [], [], [])
    for source, _, words in sorted(texts):
        found[SOURCES[source].part].extend(words_of(words))
    body, decisions, actions, questions = (" ".join(words) for words in found)
    return body, decisions, actions, questions


def _take_out(connection: Connection, days: dict[int, int]) -> None:
    if not days:
        return
    on_server = connection.dialect.name == SERVER
    column = "number" if on_server else "rowid"
    statement = text(f"DELETE FROM {WORDS} WHERE {column} = :number")
    connection.execute(statement, [{"number": dated(number, day)} for number, day in days.items()])
    connection.execute(text(f"DELETE FROM {DOCS} WHERE id = :id"), [{"id": number} for number in days])


def _put_in(connection: Connection, entries: Iterable[_Entry]) -> None:
    """In the order of their numbers: the full text is written in one piece as long as they rise."""
    rising = sorted(entries, key=lambda one: one.number)
    if not rising:
        return
    names = [f"p{part:d}" for part in Part]
    words = [{"number": one.number, **dict(zip(names, one.parts, strict=True))} for one in rising]
    connection.execute(_INSERT[connection.dialect.name == SERVER], words)
    docs = [{"id": one.doc.number, "day": one.day, "sum": one.sum} for one in rising]
    connection.execute(text(f"INSERT INTO {DOCS} (id, day, sum) VALUES (:id, :day, :sum)"), docs)


def _vector(part: Part) -> str:
    """A part's words as they are written and as Swedish inflects them, marked with the part."""
    made = " || ".join(f"to_tsvector('pg_catalog.{one}', CAST(:p{part:d} AS text))" for one in ("simple", "swedish"))
    return f"setweight({made}, '{_WEIGHTS[part]}')"


_INSERT = {
    False: text(
        f"INSERT INTO {WORDS} (rowid, body, decisions, actions, questions) VALUES (:number, :p0, :p1, :p2, :p3)"
    ),
    True: text(f"INSERT INTO {WORDS} (number, words) VALUES (:number, {' || '.join(map(_vector, Part))})"),
}  # fmt: skip


def rebuild(connection: Connection) -> int:
    """Make the whole index anew inside the caller's transaction; how many documents it has."""
    on_server = connection.dialect.name == SERVER
    empty = f"DELETE FROM {WORDS}" if on_server else f"INSERT INTO {WORDS}({WORDS}) VALUES ('delete-all')"
    for statement in (empty, f"DELETE FROM {DOCS}"):
        connection.exec_driver_sql(statement)
    if on_server or _watches(connection):
        connection.exec_driver_sql(f"DELETE FROM {TOUCHED}")
    count = 0
    for chunk in _all(connection):
        entries = list(_entries(connection, chunk))
        _put_in(connection, entries)
        count += len(entries)
    connection.execute(text("DELETE FROM facts WHERE name = :name"), {"name": _FACT})
    connection.execute(text("INSERT INTO facts (name, value) VALUES (:name, :value)"), {"name": _FACT, "value": RULES})
    return count


def _watches(connection: Connection) -> bool:
    found = connection.exec_driver_sql("SELECT 1 FROM temp.sqlite_master WHERE name = ?", (TOUCHED,))
    return found.first() is not None


def _all(connection: Connection) -> Iterator[list[Doc]]:
    """Every document there is, the oldest first, some at a time."""
    numbers = sorted(
        dated(Doc(kind, int(row[0])).number, day_in(row))
        for kind in DocKind
        for row in connection.execute(days_of(kind))
    )
    for start in range(0, len(numbers), _CHUNK):
        yield [Doc.of(number) for number in numbers[start : start + _CHUNK]]


def forget(connection: Connection) -> None:
    """Index what the transaction has removed so far, and write the full text anew without any of its words.

    Words of what is gone otherwise lie in a file's index until their part of it is merged, which may take a while.
    """
    settle(connection)
    if connection.dialect.name != SERVER:
        connection.exec_driver_sql(f"INSERT INTO {WORDS}({WORDS}) VALUES ('optimize')")


def ensure(connection: Connection) -> None:
    """Make the index anew unless it was made by these rules; after a step of the schema, or a copy from row to row."""
    made = connection.execute(text("SELECT value FROM facts WHERE name = :name"), {"name": _FACT}).scalar()
    if made == RULES:
        return
    if connection.dialect.name == SERVER:
        watch_on_server(connection)
    rebuild(connection)


def mend(connection: Connection) -> int:
    """Make the index anew where it is otherwise than the texts are; how many documents were wrong."""
    wrong = differences(connection)
    if wrong:
        rebuild(connection)
    return wrong


def differences(connection: Connection) -> int:
    """How many documents the index lacks, has too many, or has otherwise than they read now."""
    kept = {int(row[0]): (int(row[1]), int(row[2])) for row in connection.exec_driver_sql(f"SELECT * FROM {DOCS}")}
    on_server = connection.dialect.name == SERVER
    numbers = f"SELECT number FROM {WORDS}" if on_server else f"SELECT id FROM {WORDS}_docsize"
    indexed = {int(number) for number in connection.exec_driver_sql(numbers).scalars()}
    wrong = len(indexed ^ {dated(number, day) for number, (day, _) in kept.items()})
    for chunk in _all(connection):
        for one in _entries(connection, chunk):
            wrong += kept.pop(one.doc.number, None) != (one.day, one.sum)
    return wrong + len(kept)
