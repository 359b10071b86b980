"""Copying an encrypted database through SQLite's own copying, under the same key or another, and proving the copy."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.storage import audit, search_tables
from app.storage.audit_seals import START
from app.storage.engine import DRIVER_ERRORS, make_engine, raw_connection
from app.storage.unit_of_work import transaction

_PAGES = 2048
"""So many pages are copied before the next look at whether to stop."""


def never() -> bool:
    """Go on to the end."""
    return False


def copy_database(
    source: Path, key: bytes, target: Path, *, target_key: bytes, stop: Callable[[], bool] = never
) -> dict[str, int]:
    """Copy page by page, each encrypted anew, and sync; returns the source's rows per table at that moment.

    Raises StorageFault("database_closed") when `stop` says so on the way.
    """

    def look(_status: int, _remaining: int, _total: int) -> None:
        if stop():
            raise StorageFault("database_closed")

    original = raw_connection(source, key, read_only=True)
    try:
        original.execute("BEGIN")  # the rows are counted in the very state that is copied
        counts = _rows(original)
        copy = raw_connection(target, target_key, create=True)
        try:
            original.backup(copy, pages=_PAGES, progress=look)
        finally:
            copy.close()
    finally:
        original.close()
    sync_file(target)
    return counts


def sync_file(path: Path) -> None:
    """Make what was written to a file last over a power cut."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def compact(database: Path, key: bytes) -> None:
    """Write the file anew without its free pages; nobody else may have it open. Raises StorageFault."""
    connection = raw_connection(database, key)
    try:
        connection.execute("VACUUM")  # temp_store is memory, and the journal is encrypted as the file is
    except DRIVER_ERRORS as error:
        raise StorageFault("not_overwritten", reason=disk_reason(error)) from error
    finally:
        connection.close()


def file_problems(database: Path, key: bytes) -> list[str]:
    """What the cipher's seals, the structure and the references say is wrong; empty when all is well. Reads only."""
    connection = raw_connection(database, key, read_only=True)
    try:
        found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        if found:
            return found
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
        if found != ["ok"]:
            return found
        return [f"foreign key: {row[0]} {row[1]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except DRIVER_ERRORS as error:
        return [str(error)]
    finally:
        connection.close()


def copy_problems(
    copy: Path, key: bytes, *, counts: dict[str, int], source: Path, source_key: bytes, log: bool = True
) -> list[str]:
    """What is wrong with a copy: as `file_problems`, and whether it has the source's rows and as whole an audit log.

    A log that was broken in the source already is no fault of the copy. `log` is False before a migration, when the
    log may look otherwise than this program knows it.
    """
    if problems := file_problems(copy, key):
        return problems
    connection = raw_connection(copy, key, read_only=True)
    try:
        if _rows(connection) != counts:
            return ["rows"]
    finally:
        connection.close()
    broken = broken_log(copy, key) if log else None
    if broken is not None and broken != broken_log(source, source_key):
        return [f"audit {broken}"]
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a receipt tells of a database: its schema, rows per table, and the end of its log."""

    schema: int
    rows: dict[str, int]
    last: int
    mac: bytes


def describe(database: Path, key: bytes) -> Described:
    """Read what a receipt tells, of a database of any schema."""
    connection = raw_connection(database, key, read_only=True)
    try:
        schema = connection.execute("SELECT value FROM facts WHERE name = 'schema'").fetchone()
        last = connection.execute("SELECT sequence, mac FROM audit ORDER BY sequence DESC LIMIT 1").fetchone()
        sequence, mac = last or (0, START)
        return Described(schema=int(schema[0]) if schema else 0, rows=_rows(connection), last=sequence, mac=bytes(mac))
    finally:
        connection.close()


def _rows(connection: Any) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    names = [row[0] for row in tables if row[0] not in search_tables.NAMES]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def broken_log(database: Path, key: bytes) -> int | None:
    """The first row of the log that does not fit its chain; None when it holds."""
    engine = make_engine(database, key, read_only=True)
    try:
        with transaction(engine, writing=False) as session:
            return audit.first_broken(session, chain_key=audit.chain_key(session))
    finally:
        engine.dispose()
