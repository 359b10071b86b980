"""The open database: the one object that services get to reach what is stored, whatever it is stored in."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from app.domain.address import Address
from app.domain.changes import Following
from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.storage import audit, key_file
from app.storage.gate import Gate
from app.storage.unit_of_work import UnitOfWork, transaction

Fill = Callable[[Connection], object]
"""Puts the first rows into a new database, in the transaction that makes it."""
PATIENCE = 10.0
"""Seconds that a change of the key waits for gestures in progress."""


class Store(ABC):
    """An open, current database. `work` gives units of work; `close` drops connections and key."""

    def __init__(self, address: Address, engine: Engine, key: bytes) -> None:
        self.address = address
        self._engine = engine
        self._key: bytes | None = key
        self._coming: bytes | None = None
        self._gate = Gate()
        with transaction(engine, writing=False) as session:
            self._chain_key = audit.chain_key(session)

    @contextmanager
    def work(self, *, who: audit.Who, at: dt.datetime, writing: bool) -> Iterator[UnitOfWork]:
        """A unit of work; nothing is kept unless it commits."""
        with self._gate.inside(), transaction(self._engine, writing=writing) as session:
            yield UnitOfWork(session, chain_key=self._chain_key, who=who, at=at, keeper=self)

    @abstractmethod
    def before_commit(self, connection: Connection) -> None:
        """Tell others what a transaction changed, once it is kept."""

    @abstractmethod
    def was_kept(self, link: audit.Link | None) -> bool:
        """Whether a commit that was cut off took place, by the audit row that belongs to it."""

    @abstractmethod
    def follow(
        self, *, on_change: Callable[[frozenset[str]], object], on_contact: Callable[[bool], object]
    ) -> Following | None:
        """Be told of tables that others change, and of the contact with the server; None where there are no others."""

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that reads one unchanging state of everything, for copying it."""
        with self._gate.inside(), transaction(self._engine, writing=False) as session:
            yield session.connection()

    @property
    def key(self) -> bytes:
        """The database key, for services that seal it to another user. Raises StorageFault once closed."""
        if self._key is None:
            raise StorageFault("database_closed")
        return self._key

    @abstractmethod
    def keys(self) -> key_file.KeyFile:
        """The keys of everybody, which nobody without the database key has changed; raises StorageFault otherwise."""

    @abstractmethod
    def write_keys(self, keys: key_file.KeyFile, *, work: UnitOfWork | None = None) -> None:
        """Write the keys of everybody; as part of `work` where the keys lie in the database itself."""

    @abstractmethod
    def take_back_keys(self, keys: key_file.KeyFile) -> None:
        """Write what stood before, because the unit of work that `write_keys` belonged to failed."""

    @abstractmethod
    def key_change_waits(self) -> bool:
        """Whether a change of the key was announced and the database is still under the old one."""

    @abstractmethod
    def announce_key(self, *, users: Collection[str], work: UnitOfWork | None = None) -> None:
        """Let in `users` alone from now on, and promise them a new database key; `change_key` keeps the promise."""

    @abstractmethod
    def change_key(self) -> None:
        """Give the database the key announced; the caller is inside no unit of work, and others wait.

        Raises StorageFault("key_change_waits"): everything stands, and the next log-in tries again.
        """

    @abstractmethod
    def back_up(self, *, folder: Path, at: dt.datetime, why: str) -> Path:
        """Make a verified backup in `folder`."""

    @abstractmethod
    def usual_backup_folder(self) -> Path:
        """Where the backups lie that nobody asked for by name."""

    def first_broken_audit_row(self) -> int | None:
        """The first row of the audit log that does not fit its chain."""
        with self._gate.inside(), transaction(self._engine, writing=False) as session:
            return audit.first_broken(session, chain_key=self._chain_key)

    def close(self) -> None:
        """Close the connections and drop the key; calling it again does nothing."""
        with self._gate.inside():  # not in the middle of a change
            self._engine.dispose()
            self._key = self._coming = None
            self._released()

    @abstractmethod
    def _released(self) -> None:
        """Give back what else was held; part of `close`."""


@contextmanager
def told(code: str) -> Iterator[None]:
    """Word a fault of the disk or the folder as `code`."""
    try:
        yield
    except OSError as error:
        raise StorageFault(code, reason=disk_reason(error)) from error
