"""A database in an encrypted file: made, opened and held by one program at a time."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

from app.domain.changes import Following
from app.domain.errors import StorageFault
from app.storage import audit, backup, key_file, migrate, parts, rekey, search
from app.storage.copying import compact, file_problems
from app.storage.engine import is_plain_sqlite, make_engine
from app.storage.location import require_own_disk
from app.storage.lock import DatabaseLock
from app.storage.search_tables import TOUCHED, watch
from app.storage.store import PATIENCE, Fill, Store, told
from app.storage.unit_of_work import UnitOfWork, fault_of, transaction


class FileStore(Store):
    """An open, locked file; `close` gives the lock back too."""

    def __init__(self, path: Path, engine: Engine, key: bytes, lock: DatabaseLock | None) -> None:
        super().__init__(path, engine, key)
        self.path = path
        self._lock = lock

    @property
    def shelf(self) -> None:
        """None: a file is never out of reach while it is open."""
        return

    def keys(self, *, work: UnitOfWork | None = None) -> key_file.KeyFile:  # noqa: ARG002 - it lies beside the database
        """The key file, trusted."""
        return key_file.trusted(self.path, database_key=self.key)

    def write_keys(self, keys: key_file.KeyFile, *, work: UnitOfWork | None = None) -> None:  # noqa: ARG002 - beside it
        """Write both copies of the key file."""
        with told("folder_not_writable"):
            key_file.write(self.path, keys, database_key=self.key)

    def take_back_keys(self, keys: key_file.KeyFile) -> None:
        """Write both copies of the key file as they stood."""
        self.write_keys(keys)

    def key_change_waits(self) -> bool:
        """Whether the key file tells of a change that was begun."""
        return key_file.unfinished(self.path)

    def even_key_copies(self) -> bool:
        """Write the copy anew that a kill or the disk has left behind; the one that counts is not touched."""
        with told("folder_not_writable"):
            return key_file.even(self.path, database_key=self.key)

    def announce_key(self, *, users: Collection[str], work: UnitOfWork | None = None) -> None:  # noqa: ARG002 - as above
        """Write the key file with the coming key sealed beside the current one."""
        with told("folder_not_writable"):
            self._coming = rekey.announce(self.path, self.keys(), users=users, key=self.key)

    def change_key(self) -> None:
        """Encrypt the file anew under the key announced."""
        with self._gate.alone(wait=PATIENCE):
            current, coming = self.key, self._coming
            if coming is None:
                raise StorageFault("key_change_waits", reason="")
            self._engine.dispose()  # no connection may hold the file that is put aside; the pool makes new ones
            rekey.encrypt_anew(self.path, key=current, coming=coming)
            self._engine = self._watched(make_engine(self.path, coming))
            self._key, self._coming = coming, None
            with told("key_change_waits"):
                rekey.settle(self.path, key=coming)

    def before_commit(self, connection: Connection) -> None:
        """Index what was changed; nobody else has the file open."""
        if connection.info.get(TOUCHED):
            search.settle(connection)

    def _watched(self, engine: Engine) -> Engine:
        """The engine, whose connections note what is to be indexed."""
        event.listen(engine, "checkout", lambda driver, record, _: watch(driver, record.info))
        return super()._watched(engine)

    def was_kept(self, link: audit.Link | None) -> bool:  # noqa: ARG002 - a disk is never out of reach for a moment
        """Whether a commit that was cut off took place: one that failed did not."""
        return False

    def follow(
        self, *, on_change: Callable[[frozenset[str]], object], on_contact: Callable[[bool], object]
    ) -> Following | None:
        """Nobody else has the file open."""

    def back_up(self, *, folder: Path, at: dt.datetime, why: str) -> Path:
        """Copy the file, open and check the copy."""
        with self._gate.inside():
            return backup.make_backup(self.path, self.key, folder=folder, at=at, why=why, stop=self._closing.is_set)

    def usual_backup_folder(self) -> Path:
        """The folder beside the file."""
        return backup.backup_folder(self.path)

    def _break_off(self, connection: Any) -> None:
        connection.interrupt()

    def _roll_back(self, connection: Any) -> None:
        connection.rollback()  # one who only reads would keep others from committing

    def overwrite_freed(self) -> None:
        """Have the file written anew page by page, each encrypted; in memory and the encrypted file only."""
        with self._gate.alone(wait=PATIENCE):
            self._engine.dispose()
            compact(self.path, self.key)

    def _released(self) -> None:
        if self._lock is not None:
            self._lock.release()


def create(path: Path, key: bytes, *, wait: float, fill: Fill) -> FileStore:
    """A new encrypted database at `path`, with what `fill` puts into it.

    Raises StorageFault("database_exists") when anything is there already.
    """
    require_own_disk(path)
    if not path.parent.is_dir():
        raise StorageFault("folder_missing", folder=str(path.parent))
    if any(p.exists() for p in (path, *key_file.paths(path))):
        raise StorageFault("database_exists", file=path.name)
    lock = DatabaseLock(path)
    lock.take(wait=wait, what="Teamforum")
    engine = make_engine(path, key, create=True)
    try:
        migrate.upgrade(engine)
        with transaction(engine, writing=True) as session:
            fill(session.connection())
            session.commit()
        return FileStore(path, engine, key, lock)
    except BaseException as error:
        engine.dispose()
        with contextlib.suppress(OSError):  # a disk that takes nothing gives nothing back either
            path.unlink(missing_ok=True)
        lock.release()
        fault = fault_of(engine, error) if isinstance(error, DBAPIError) else None
        if fault is not None:
            raise fault from error
        raise


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


def open_store(path: Path, key: bytes, *, wait: float, now: dt.datetime, coming: bytes | None = None) -> FileStore:
    """Open in the order lock → version → integrity → backup → migrate → verify; a fault stops it and says so.

    A program that was cut off leaves a journal, from which its half gesture is taken back. Somebody may have tidied the
    journal away, so after such an end the whole file is read through before anybody is let in.

    `coming` is the key of a key change that was cut off: the one of the two that fits is used, and a change that only
    lacked its last step gets it.
    """
    require_own_disk(path)
    require_file(path)
    lock = DatabaseLock(path)
    lock.take(wait=wait, what="Teamforum")
    try:
        key = rekey.fitting(path, key_file.DatabaseKeys(key, coming))
        engine = make_engine(path, key)
    except BaseException:
        lock.release()
        raise
    try:
        with engine.connect() as plain:
            indexed = parts.require_passive(plain.connection.driver_connection, file=path.name)
        schema = migrate.stored_schema(engine)  # the first reading rolls back what a killed program left half done
        if (lock.was_left and file_problems(path, key)) or (schema == migrate.SCHEMA and not indexed):
            raise StorageFault("database_damaged", file=path.name)
        if schema == 0:
            raise StorageFault("database_foreign", file=path.name)
        if schema > migrate.SCHEMA:
            raise StorageFault("database_newer", file=path.name)
        if schema < migrate.SCHEMA:
            _migrate(path, engine, key, now)
        if key_file.unfinished(path):
            with told("folder_not_writable"):
                rekey.settle(path, key=key)
        return FileStore(path, engine, key, lock)
    except BaseException:
        engine.dispose()
        lock.release()
        raise


def _migrate(path: Path, engine: Engine, key: bytes, now: dt.datetime) -> None:
    if file_problems(path, key):
        raise StorageFault("database_damaged", file=path.name)
    backup.make_backup(path, key, folder=backup.backup_folder(path), at=now, why="before-migration", log=False)
    try:
        migrate.upgrade(engine)
    except Exception as error:  # whatever a step stumbles on, the transaction was rolled back and the old schema stands
        raise StorageFault("migration_failed") from error
    finally:
        engine.dispose()
    if file_problems(path, key):
        raise StorageFault("migration_failed")
