"""Copying a whole database row by row into another kind, and proving that both hold the same."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, MetaData, Table, bindparam, func, insert, select, text, update

from app.domain.errors import StorageFault
from app.storage import backup, key_file, migrate, search
from app.storage.atomic import OWN_FOLDER
from app.storage.copying import never
from app.storage.dialects import SERVER
from app.storage.engine import make_engine
from app.storage.place import Place
from app.storage.search_tables import NAMES
from app.storage.store import Store, told

_CHUNK = 2000
_LARGE = frozenset({"attachment_contents"})
"""Tables whose rows are files."""
_OWN = frozenset({"alembic_version", "door_keys", "door_tries"}) | NAMES
"""Tables that belong to the kind of database and not to what is kept in it."""


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows a table has, and one figure made of all of them whatever their order."""

    name: str
    rows: int
    digest: str


def tables_of(connection: Connection) -> list[Table]:
    """The tables as they stand, parents before children."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name not in _OWN)
    return found.sorted_tables


def copy_rows(source: Connection, target: Connection, *, stop: Callable[[], bool] = never) -> tuple[TableSum, ...]:
    """Put every row of `source` into the empty tables of `target`, whose schema is the same; the source's sums.

    Both are inside a transaction of the caller's. Raises StorageFault("move_differs") unless the target's sums agree.
    """
    into = {table.name: table for table in tables_of(target)}
    tables = tables_of(source)
    if {table.name for table in tables} != set(into):
        raise StorageFault("move_differs", table="")
    for table in reversed(tables):  # what a new database has of its own: its schema number and the log's key
        target.execute(into[table.name].delete())
    for table in tables:
        if stop():
            raise StorageFault("database_closed")
        _copy_table(source, target, table, into[table.name])
    sums = tuple(sum_of(source, table) for table in tables)
    for table, expected in zip(tables, sums, strict=True):
        if sum_of(target, into[table.name]) != expected:
            raise StorageFault("move_differs", table=table.name)
    if target.dialect.name == SERVER:
        _count_on(target, into.values())
    if migrate.schema_in(target) == migrate.SCHEMA:  # an earlier one's index is made when its file is opened
        search.rebuild(target)
    return sums


def _copy_table(source: Connection, target: Connection, table: Table, into: Table) -> None:
    """Rows may point at others of the same table in any order, so those links are set last."""
    links = [column.name for column in table.columns if _points_at(column, table)]
    for chunk in _chunks(source, table):
        target.execute(insert(into), [{**row, **dict.fromkeys(links)} for row in chunk])
    if not links:
        return
    (identity,) = table.primary_key.columns
    change = update(into).where(into.c[identity.name] == bindparam("row_id"))
    values: dict[Any, Any] = {into.c[name]: bindparam(f"new_{name}") for name in links}
    for chunk in _chunks(source, table):
        pointing = [row for row in chunk if any(row[name] is not None for name in links)]
        if pointing:
            rows = [{"row_id": row[identity.name], **{f"new_{name}": row[name] for name in links}} for row in pointing]
            target.execute(change.values(values), rows)


def _points_at(column: Column[Any], table: Table) -> bool:
    return any(key.column.table.name == table.name for key in column.foreign_keys)


def _chunks(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    size = _chunk_of(table)
    rows = connection.execute(select(table), execution_options={"yield_per": size})
    for part in rows.mappings().partitions(size):
        yield [dict(row) for row in part]


def _chunk_of(table: Table) -> int:
    """How many rows are held at once: files one by one, for each may be many megabytes."""
    return 1 if table.name in _LARGE else _CHUNK


def sum_of(connection: Connection, table: Table) -> TableSum:
    """The table's sum: SHA-256 over the sorted SHA-256 of each row."""
    columns = sorted(table.columns, key=lambda column: column.name)
    digests = []
    rows = connection.execute(select(*columns), execution_options={"yield_per": _chunk_of(table)})
    for row in rows:
        line = json.dumps([_written(value) for value in row], ensure_ascii=False, separators=(",", ":"))
        digests.append(hashlib.sha256(line.encode("utf-8", "surrogatepass")).digest())
    whole = hashlib.sha256(b"".join(sorted(digests)))
    return TableSum(table.name, len(digests), whole.hexdigest())


def _written(value: object) -> object:
    """The same for both kinds of database: one keeps truth as 0 and 1, the other as itself."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, bool):
        return int(value)
    return value


def _count_on(target: Connection, tables: Any) -> None:
    """Let the server's own numbering go on after the rows that came with numbers."""
    for table in tables:
        if "id" not in table.c:
            continue
        sequence = target.execute(text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name}).scalar()
        if sequence is not None:
            last = target.execute(select(func.max(table.c.id))).scalar()
            target.execute(
                text("SELECT setval(CAST(:sequence AS regclass), :last, :used)"),
                {"sequence": sequence, "last": last or 1, "used": last is not None},
            )


def move_into(target: Place, store: Store, *, keys: key_file.KeyFile) -> tuple[TableSum, ...]:
    """Make a database at `target` with the rows and keys of an open one; each table's sums, the same in both.

    Raises StorageFault("database_exists" | "database_exists_on_server" | "move_differs") with nothing left behind.
    """
    found: list[tuple[TableSum, ...]] = []
    with store.snapshot() as source:
        made = target.create(
            store.key, keys=keys, wait=0.0, fill=lambda connection: found.append(copy_rows(source, connection))
        )
    made.close()
    return found[0]


def back_up_server(
    engine: Engine,
    key: bytes,
    keys: key_file.KeyFile,
    *,
    folder: Path,
    at: dt.datetime,
    why: str,
    stop: Callable[[], bool] = never,
) -> Path:
    """A server's database as an encrypted file with its keys, opened and checked as any backup.

    Raises StorageFault("backup_failed"), or "database_closed" when `stop` says so on the way.
    """
    with told("backup_failed"):
        folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        target = backup.free_name(folder, "server", at, why)
        key_file.write(target, keys, database_key=key)
    made = make_engine(target, key, create=True)
    try:
        migrate.upgrade(made, to=migrate.stored_schema(engine))
        with engine.connect() as source, made.connect() as copy:
            source.detach()  # the window may be locked meanwhile: then nobody takes the connection back
            copy_rows(source, copy, stop=stop)
            copy.commit()
    except BaseException:
        backup.discard(target)
        raise
    finally:
        made.dispose()
    backup.vouch(target, key, at=at, why=why)
    return target
