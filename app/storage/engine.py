"""The encrypted engine: SQLCipher through SQLAlchemy, opened with a raw key, never without encryption."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import QueuePool, StaticPool

from app.domain.errors import StorageFault
from app.storage.atomic import make_own
from app.storage.dialects import WRITING

_HEX_DIGITS = 64


def raw_connection(path: Path, key: bytes, *, read_only: bool = False, create: bool = False) -> Any:
    """A SQLCipher connection opened with the raw key. Raises StorageFault for a file of others or a missing cipher."""
    digits = key.hex()
    if len(digits) != _HEX_DIGITS:
        raise StorageFault("key_length")
    mode = "ro" if read_only else "rwc" if create else "rw"
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"
    if create:
        with suppress(OSError):  # what is wrong with the place is told by the next statement
            make_own(path)
    try:
        connection = sqlcipher.connect(uri, uri=True, check_same_thread=False, isolation_level=None, timeout=5)
    except sqlcipher.OperationalError as error:
        raise StorageFault("database_unreadable", file=path.name) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # what is wrong is told by us, in one line
        connection.execute(f"PRAGMA key = \"x'{digits}'\"")
        if not connection.execute("PRAGMA cipher_version").fetchone():
            raise StorageFault("no_cipher")
        _prepare(connection, read_only=read_only)
    except sqlcipher.DatabaseError as error:
        connection.close()
        unsettled = read_only and "readonly" in str(error)  # a journal is to be rolled back, which is writing
        raise StorageFault("database_unsettled" if unsettled else "database_damaged", file=path.name) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, *, read_only: bool) -> None:
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    connection.create_function("lower", 1, _lower, deterministic=True)
    if not read_only:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -16000")


def _lower(value: object) -> object:
    """Small letters of every alphabet: SQLite's own knows only a to z, and would find no Å for an å."""
    return value.lower() if isinstance(value, str) else value


def make_engine(path: Path, key: bytes, *, read_only: bool = False, create: bool = False) -> Engine:
    """An engine on the encrypted file; transactions begin explicitly, those marked `WRITING` with the write lock."""
    first = True

    def creator() -> Any:
        nonlocal first
        made = raw_connection(path, key, read_only=read_only, create=create and first)
        first = False
        return made

    engine = create_engine("sqlite://", module=sqlcipher, creator=creator, poolclass=QueuePool, pool_size=3)
    event.listen(engine, "begin", _begin)
    return engine


def memory_engine() -> Engine:
    """An engine on an empty database in memory: to see what the steps of a schema make, never to keep anything in."""
    return create_engine("sqlite://", module=sqlcipher, poolclass=StaticPool)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITING) else "BEGIN")


def key_fits(path: Path, key: bytes) -> bool:
    """Whether the key opens the file's first page; leaves a journal that a killed process left as it is."""
    uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    connection = sqlcipher.connect(uri, uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # the wrong one of two keys is no fault to tell of
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def is_plain_sqlite(path: Path) -> bool:
    """Whether the file is an ordinary, unencrypted SQLite database."""
    with path.open("rb") as file:
        return file.read(16).startswith(b"SQLite format 3")


DRIVER_ERRORS: tuple[type[Exception], type[Exception]] = (sqlcipher.Error, sqlite3.Error)
