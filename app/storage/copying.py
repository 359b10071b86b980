"""Copying an encrypted database through SQLite's own copying, under the same key or another, and proving the copy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from app.domain.errors import StorageFault
from app.storage import audit
from app.storage.engine import DRIVER_ERRORS, make_engine, raw_connection
from app.storage.unit_of_work import transaction


def copy_database(source: Path, key: bytes, target: Path, *, target_key: bytes) -> dict[str, int]:
    """Copy page by page, each encrypted anew, and sync; returns the source's rows per table at that moment."""
    original = raw_connection(source, key, read_only=True)
    try:
        original.execute("BEGIN")  # the rows are counted in the very state that is copied
        counts = _rows(original)
        copy = raw_connection(target, target_key, create=True)
        try:
            original.backup(copy)
        finally:
            copy.close()
    finally:
        original.close()
    handle = os.open(target, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    return counts


def compact(database: Path, key: bytes) -> None:
    """Write the file anew without its free pages; nobody else may have it open. Raises StorageFault."""
    connection = raw_connection(database, key)
    try:
        connection.execute("VACUUM")  # temp_store is memory, and the journal is encrypted as the file is
    except DRIVER_ERRORS as error:
        raise StorageFault("not_overwritten", reason=str(error)) from error
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
    broken = _first_broken(copy, key) if log else None
    if broken is not None and broken != _first_broken(source, source_key):
        return [f"audit {broken}"]
    return []


def _rows(connection: Any) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def _first_broken(database: Path, key: bytes) -> int | None:
    engine = make_engine(database, key, read_only=True)
    try:
        with transaction(engine, writing=False) as session:
            return audit.first_broken(session, chain_key=audit.chain_key(session))
    finally:
        engine.dispose()
