"""The search index as tables: in a file FTS5's, on a server one of text vectors, and what notes which texts change.

None of it is in the models: it holds nothing of its own, is left out of copies from row to row, and made anew there.
In a file what notes changes is temporary and belongs to a connection, so that the file itself has nothing that acts.
"""

# ruff: noqa: S608 - every name in these statements is one of our own

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from app.storage.dialects import SERVER
from app.storage.engine import DRIVER_ERRORS, memory_engine
from app.storage.search_sources import KIND_BITS, SOURCES, DocKind, Source

WORDS = "search_words"
"""The words of each document by its dated number."""
DOCS = "search_docs"
"""Each document that is in the index: its day, and a sum of what was indexed of it."""
TOUCHED = "search_touched"
"""The documents that the transaction under way has changed."""
_SHADOWS = ("data", "idx", "docsize", "config")
NAMES = frozenset({WORDS, DOCS, TOUCHED, *(f"{WORDS}_{one}" for one in _SHADOWS)})
"""Every table of the index, whatever the kind of database."""

FULL_TEXT = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(body, decisions, actions, questions, content='', contentless_delete=1, "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
)
"""å, ä and ö are letters of their own; beginnings of two and three letters have lists of their own. The texts are not
kept once more: a hit is looked at where the text stands."""
_PAGE = f"INSERT INTO {WORDS}({WORDS}, rank) VALUES ('pgsz', 3900)"
"""So that a block of the index fits in a page of the encrypted file, which is shorter by its seal."""
_FILE = (
    FULL_TEXT, _PAGE,
    f"CREATE TABLE {DOCS} (id INTEGER PRIMARY KEY, day INTEGER NOT NULL, sum INTEGER NOT NULL)",
)  # fmt: skip
_ON_SERVER = (
    f"CREATE TABLE {WORDS} (number bigint PRIMARY KEY, words tsvector NOT NULL)",
    f"CREATE INDEX ix_{WORDS} ON {WORDS} USING gin (words)",
    f"CREATE TABLE {DOCS} (id bigint PRIMARY KEY, day integer NOT NULL, sum bigint NOT NULL)",
    f"CREATE TABLE {TOUCHED} (id bigint PRIMARY KEY)",
    ("CREATE FUNCTION search_touch() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE found bigint; BEGIN "
    "IF TG_OP <> 'INSERT' THEN EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) USING OLD INTO found; "
    f"INSERT INTO {TOUCHED} VALUES (found << {KIND_BITS} | TG_ARGV[1]::bigint) ON CONFLICT DO NOTHING; END IF; "
    "IF TG_OP <> 'DELETE' THEN EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) USING NEW INTO found; "
    f"INSERT INTO {TOUCHED} VALUES (found << {KIND_BITS} | TG_ARGV[1]::bigint) ON CONFLICT DO NOTHING; END IF; "
    "RETURN NULL; END $$"),
    ("CREATE FUNCTION search_touch_items() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"INSERT INTO {TOUCHED} SELECT id::bigint << {KIND_BITS} | {DocKind.ITEM:d} FROM items WHERE meeting_id = NEW.id "
    "ON CONFLICT DO NOTHING; RETURN NULL; END $$"),
    ("CREATE TRIGGER search_touch_items AFTER UPDATE OF date ON meetings FOR EACH ROW "
    "EXECUTE FUNCTION search_touch_items()"),
)  # fmt: skip


def make(connection: Connection) -> None:
    """Make the empty tables, as a step of the schema."""
    on_server = connection.dialect.name == SERVER
    for statement in _ON_SERVER if on_server else _FILE:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


def watch_on_server(connection: Connection) -> None:
    """Let a server note what changes, whoever changes it; anew after a step that changed what is searched."""
    for source in SOURCES:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS search_touch ON {source.name}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER search_touch AFTER INSERT OR DELETE OR UPDATE OF {_listed(source)} ON {source.name} "
            f"FOR EACH ROW EXECUTE FUNCTION search_touch('{source.owner}', '{source.kind:d}')"
        )


def _listed(source: Source) -> str:
    return ", ".join(f'"{name}"' for name in source.watched)


@cache
def watching() -> tuple[str, ...]:
    """What a connection to a file is given so that it notes which documents change, also those that go with others."""
    made = [
        f"CREATE TEMP TABLE {TOUCHED} (id INTEGER PRIMARY KEY)",
        f"CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab('main', '{WORDS}', 'instance')",
        (f"CREATE TEMP TRIGGER search_moved AFTER UPDATE OF date ON main.meetings BEGIN "
        f"INSERT OR IGNORE INTO {TOUCHED} SELECT id << {KIND_BITS} | {DocKind.ITEM:d} "
        "FROM items WHERE meeting_id = NEW.id; END"),
    ]  # fmt: skip
    for source in SOURCES:
        for event, rows in (
            ("INSERT", ("NEW",)), ("DELETE", ("OLD",)), (f"UPDATE OF {_listed(source)}", ("OLD", "NEW")),
        ):  # fmt: skip
            noted = " ".join(
                f"INSERT OR IGNORE INTO {TOUCHED} VALUES ({row}.{source.owner} << {KIND_BITS} | {source.kind:d});"
                for row in rows
            )
            name = f"search_{source.name}_{event.split()[0].lower()}"
            made.append(f"CREATE TEMP TRIGGER {name} AFTER {event} ON main.{source.name} BEGIN {noted} END")
    return tuple(made)


def watch(driver: Any, known: dict[Any, Any]) -> None:
    """Let a connection to a file note what changes, once; before a transaction begins, or it would end with that.

    A copy of an earlier schema has no index, and gets it when it is opened. Raises the driver's errors as SQLAlchemy
    does, for whoever works with the connection.
    """
    if TOUCHED in known:
        return
    try:
        known[TOUCHED] = driver.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (DOCS,)).fetchone() is not None
        if not known[TOUCHED]:
            return
        for statement in watching():
            driver.execute(statement)
    except DRIVER_ERRORS as error:
        kind = OperationalError if type(error).__name__ == "OperationalError" else DBAPIError
        known.pop(TOUCHED, None)
        raise kind(WORDS, None, error) from error


@cache
def own_parts() -> frozenset[tuple[str, str, str]]:
    """Kind, name and definition of everything that the index is in a file, as this program makes it."""
    engine = memory_engine()
    try:
        with engine.connect() as connection:
            make(connection)
            rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    finally:
        engine.dispose()
    return frozenset((str(row[0]), str(row[1]), str(row[2])) for row in rows)
