"""The open database: the one object that services get to reach what is stored, from lock to close."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from app.domain.errors import StorageFault
from app.storage import audit, backup, key_file, migrate
from app.storage.engine import is_plain_sqlite, make_engine
from app.storage.lock import DatabaseLock
from app.storage.unit_of_work import UnitOfWork, transaction


class Store:
    """An open, locked, current database. `work` gives units of work; `close` drops connections, key and lock."""

    def __init__(self, path: Path, engine: Engine, key: bytes, lock: DatabaseLock | None) -> None:
        self.path = path
        self._engine = engine
        self._key: bytes | None = key
        self._lock = lock
        self._chain_key = key_file.subkey(key, "audit")

    @contextmanager
    def work(self, *, who: audit.Who, at: dt.datetime, writing: bool) -> Iterator[UnitOfWork]:
        """A unit of work; nothing is kept unless it commits."""
        with transaction(self._engine, writing=writing) as session:
            yield UnitOfWork(session, chain_key=self._chain_key, who=who, at=at)

    @property
    def key(self) -> bytes:
        """The database key, for services that seal it to another user. Raises StorageFault once closed."""
        if self._key is None:
            raise StorageFault("database_closed")
        return self._key

    def first_broken_audit_row(self) -> int | None:
        """The first row of the audit log that does not fit its chain."""
        with transaction(self._engine, writing=False) as session:
            return audit.first_broken(session, chain_key=self._chain_key)

    def back_up(self, *, folder: Path, at: dt.datetime, why: str) -> Path:
        """Make a verified backup."""
        return backup.make_backup(self.path, self.key, folder=folder, at=at, why=why)

    def close(self) -> None:
        """Close the connections, drop the key, give the lock back; calling it again does nothing."""
        self._engine.dispose()
        self._key = None
        if self._lock is not None:
            self._lock.release()


def create(path: Path, key: bytes, *, wait: float) -> Store:
    """A new encrypted database at `path`. Raises StorageFault("database_exists") when anything is there already."""
    if not path.parent.is_dir():
        raise StorageFault("folder_missing", folder=str(path.parent))
    if any(p.exists() for p in (path, *key_file.paths(path))):
        raise StorageFault("database_exists", file=path.name)
    lock = DatabaseLock(path)
    lock.take(wait=wait, what="Teamforum")
    engine = make_engine(path, key, create=True)
    try:
        migrate.upgrade(engine)
    except BaseException:
        engine.dispose()
        path.unlink(missing_ok=True)
        lock.release()
        raise
    return Store(path, engine, key, lock)


def require_file(path: Path) -> None:
    """Raise StorageFault unless `path` is a file that could be an encrypted database."""
    try:
        if not path.is_file():
            raise StorageFault("database_missing", file=str(path))
        if path.stat().st_size == 0:
            raise StorageFault("database_empty", file=path.name)
        if is_plain_sqlite(path):
            raise StorageFault("database_plain", file=path.name)
    except OSError as error:
        raise StorageFault("database_unreadable", file=path.name) from error


def open_store(path: Path, key: bytes, *, wait: float, now: dt.datetime) -> Store:
    """Open in the order lock → version → integrity → backup → migrate → verify; a fault stops it and says so."""
    require_file(path)
    lock = DatabaseLock(path)
    lock.take(wait=wait, what="Teamforum")
    engine = make_engine(path, key)
    try:
        schema = migrate.stored_schema(engine)
        if schema == 0:
            raise StorageFault("database_foreign", file=path.name)
        if schema > migrate.SCHEMA:
            raise StorageFault("database_newer", file=path.name)
        if schema < migrate.SCHEMA:
            _migrate(path, engine, key, now)
    except BaseException:
        engine.dispose()
        lock.release()
        raise
    return Store(path, engine, key, lock)


def _migrate(path: Path, engine: Engine, key: bytes, now: dt.datetime) -> None:
    if backup.file_problems(path, key):
        raise StorageFault("database_damaged", file=path.name)
    backup.make_backup(path, key, folder=backup.backup_folder(path), at=now, why="before-migration")
    try:
        migrate.upgrade(engine)
    except Exception as error:  # whatever a step stumbles on, the transaction was rolled back and the old schema stands
        raise StorageFault("migration_failed") from error
    finally:
        engine.dispose()
    if backup.file_problems(path, key):
        raise StorageFault("migration_failed")
