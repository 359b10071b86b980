"""The open database: the one object that services get to reach what is stored, whatever it is stored in."""

from __future__ import annotations

import datetime as dt
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from app.domain.address import Address
from app.domain.changes import Following
from app.domain.errors import StorageFault
from app.domain.log import Head, LogState
from app.domain.wording import disk_reason
from app.faultlog import note_fault
from app.storage import anchor, audit, key_file
from app.storage.gate import Gate
from app.storage.shelf import Shelf
from app.storage.unit_of_work import UnitOfWork, transaction

Fill = Callable[[Connection], object]
"""Puts the first rows into a new database, in the transaction that makes it."""
PATIENCE = 10.0
"""Seconds that a change of the key waits for gestures in progress."""
BREAKING_OFF = 0.2
"""Seconds that work broken off has to roll back before its key is dropped all the same."""


class Store(ABC):
    """An open, current database. `work` gives units of work; `close` drops connections and key."""

    def __init__(self, address: Address, engine: Engine, key: bytes) -> None:
        self.address = address
        self._in_use: set[Any] = set()
        self._engine = self._watched(engine)
        self._key: bytes | None = key
        self._coming: bytes | None = None
        self._gate = Gate()
        self._noted: Head | None = None
        self._written: Head | None = None
        self._closing = threading.Event()
        with transaction(engine, writing=False) as session:
            self._chain_key = audit.chain_key(session)

    @contextmanager
    def work(self, *, who: audit.Who, at: dt.datetime, writing: bool) -> Iterator[UnitOfWork]:
        """A unit of work; nothing is kept unless it commits. Raises StorageFault("database_closed") once closed."""
        if self._key is None:
            raise StorageFault("database_closed")
        with self._gate.inside(), transaction(self._engine, writing=writing) as session:
            yield UnitOfWork(session, chain_key=self._chain_key, who=who, at=at, keeper=self)

    @abstractmethod
    def before_commit(self, connection: Connection) -> None:
        """Index what a transaction changed, and tell others of it once it is kept."""

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
    @abstractmethod
    def shelf(self) -> Shelf | None:
        """Where drafts lie sealed while the database is out of reach; None where it never is."""

    @property
    def key(self) -> bytes:
        """The database key, for services that seal it to another user. Raises StorageFault once closed."""
        if self._key is None:
            raise StorageFault("database_closed")
        return self._key

    @abstractmethod
    def keys(self, *, work: UnitOfWork | None = None) -> key_file.KeyFile:
        """The keys of everybody, which nobody without the database key has changed; raises StorageFault otherwise.

        As part of `work` where the keys lie in the database itself: as nobody changes them until it ends.
        """

    @abstractmethod
    def write_keys(self, keys: key_file.KeyFile, *, work: UnitOfWork | None = None) -> None:
        """Write the keys of everybody; as part of `work` where the keys lie in the database itself."""

    @abstractmethod
    def take_back_keys(self, keys: key_file.KeyFile) -> None:
        """Write what stood before, because the unit of work that `write_keys` belonged to failed."""

    @contextmanager
    def holding(self, holders: Mapping[str, key_file.Holder], *, work: UnitOfWork) -> Iterator[None]:
        """Let these users in beside the others as part of `work`, which is committed inside; taken back if it fails.

        Raises StorageFault("keys_changed_already") when it fails and cannot be taken back either.
        """
        before = self.keys(work=work)
        self.write_keys(before.with_holders(holders), work=work)
        try:
            yield
        except BaseException:
            try:
                self.take_back_keys(before)
            except StorageFault as fault:  # the disk takes nothing any more: say which password to try
                raise StorageFault("keys_changed_already") from fault
            raise

    @abstractmethod
    def key_change_waits(self) -> bool:
        """Whether a change of the key was announced and the database is still under the old one."""

    @abstractmethod
    def even_key_copies(self) -> bool:
        """Bring the copies of the key file to what is read of them; whether one was another, or could not be read."""

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

    @abstractmethod
    def overwrite_freed(self) -> None:
        """Write the database anew, so that nothing removed can be read from where it lay.

        The caller is inside no unit of work, and others wait. Raises StorageFault and leaves everything as it was.
        """

    def first_broken_audit_row(self) -> int | None:
        """The first row of the audit log that does not fit its chain."""
        with self._gate.inside(), transaction(self._engine, writing=False) as session:
            return audit.first_broken(session, chain_key=self._chain_key)

    def log_state(self) -> LogState:
        """All that a check of the log finds: by its chain, and by the end that this machine noted."""
        with self._gate.inside(), transaction(self._engine, writing=False) as session:
            return anchor.log_state(session, chain_key=self._chain_key)

    def lost_anchor(self) -> Head | None:
        """The end that this machine noted for this database, when the log no longer has it."""
        with self._gate.inside(), transaction(self._engine, writing=False) as session:
            noted = anchor.noted(session)
            return noted if noted and any(anchor.breaks(session, noted)) else None

    def keep_anchor(self) -> Head | None:
        """Note the log's end on this machine, now and when the database is closed; what was lost is told by then.

        Also after a restore, whose log is an earlier one with good reason. Raises StorageFault("anchor_not_kept").
        """
        with told("anchor_not_kept"), self._gate.inside(), transaction(self._engine, writing=False) as session:
            end = anchor.head(session)
            if end is not None:
                anchor.keep(end)
                self._noted = self._written = end
            return end

    def note_latest(self) -> None:
        """Note the log's end as this machine made it, unless it is noted. Raises StorageFault("anchor_not_kept")."""
        latest = self._noted
        if latest is not None and latest != self._written:
            with told("anchor_not_kept"):
                anchor.keep(latest)
            self._written = latest

    def kept(self, link: audit.Link, *, at: dt.datetime) -> None:
        """Remember the log's end, to note it when the database is closed without asking for it then."""
        if self._noted is not None:
            self._noted = replace(self._noted, sequence=link.sequence, mac=link.mac, at=at)

    def _watched(self, engine: Engine) -> Engine:
        """The engine, with its connections in use known, and no statement after work was broken off."""
        event.listen(engine, "checkout", lambda connection, *_: self._in_use.add(connection))
        event.listen(engine, "checkin", lambda connection, *_: self._in_use.discard(connection))
        event.listen(engine, "before_cursor_execute", lambda *_: self._require_open_here())
        event.listen(engine, "commit", lambda _: self._require_open_here())
        return engine

    def _require_open_here(self) -> None:
        if not self._gate.open_here:
            raise StorageFault("broken_off")

    def give_way(self, *, grace: float) -> None:
        """Let this thread alone in from now on, to keep what is typed and close.

        Others inside have `grace` seconds; then what they do is broken off and rolled back, at its next statement at
        the latest. A change of the key is waited for.
        """
        self._closing.set()  # a backup under way looks at it, and leaves no half copy
        if self._gate.keep(wait=grace):
            return
        for connection in tuple(self._in_use):
            self._break_off(connection)
        if not self._gate.emptied(wait=BREAKING_OFF):
            for connection in tuple(self._in_use):
                self._roll_back(connection)

    @abstractmethod
    def _break_off(self, connection: Any) -> None:
        """Stop the statement that another thread has under way on this connection of the driver, if there is one."""

    @abstractmethod
    def _roll_back(self, connection: Any) -> None:
        """Give back what another thread's transaction holds while it is between two statements; it gets no third."""

    def close(self) -> None:
        """Note the log's end, close the connections and drop the key; calling it again does nothing.

        The key goes at once. Somebody still inside keeps her own connection until she leaves, and only then is what
        was held given back.
        """
        self._closing.set()
        self._gate.end(self._end)
        self._key = self._coming = None
        if self._noted is not None:
            try:
                anchor.keep(self._noted)
            except OSError as fault:  # the end noted at log-in stands; nobody is kept here
                note_fault(fault)
            self._noted = None

    def _end(self) -> None:
        self._engine.dispose()
        del self._engine  # it holds the key too, to open connections with
        self._chain_key = b""
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
