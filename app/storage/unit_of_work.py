"""One gesture's transaction: a session that is rolled back unless committed, and the audit rows that go with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.domain.clock import to_wall_clock
from app.domain.errors import KnownError, Refused, StorageFault
from app.domain.wording import disk_reason
from app.storage import audit
from app.storage.dialects import SERVER, WRITING


class Keeper(Protocol):
    """What stands by when a unit of work is kept."""

    def before_commit(self, connection: Connection) -> None:
        """Index what the transaction changed, and tell others of it once it is kept."""

    def was_kept(self, link: audit.Link | None) -> bool:
        """Whether a commit that was cut off took place, by the audit row that belongs to it.

        Raises StorageFault("connection_lost_unsure") when that cannot be found out.
        """

    def kept(self, link: audit.Link, *, at: dt.datetime) -> None:
        """The log's end is another one now."""


class UnitOfWork:
    """What a service works with during one gesture: `session` to query, `record` to log, `commit` to keep."""

    def __init__(
        self, session: Session, *, chain_key: bytes, who: audit.Who, at: dt.datetime, keeper: Keeper
    ) -> None:  # fmt: skip
        self.session = session
        self._keeper = keeper
        self._chain_key = chain_key
        self._who = who
        self._at = at
        self._events: list[audit.Event] = []
        self._seen: set[audit.Event] = set()

    @property
    def now(self) -> dt.datetime:
        """When the gesture is made, by a Swedish clock."""
        return to_wall_clock(self._at)

    def record(self, event: audit.Event) -> None:
        """Log one thing done; the same thing twice in one gesture is one row."""
        if event not in self._seen:
            self._seen.add(event)
            self._events.append(event)

    def commit(self) -> None:
        """Write the audit rows and keep everything.

        When the contact breaks just then, nobody knows whether the server kept it: the last audit row tells.
        """
        link = None
        if self._events:
            link = audit.append(
                self.session, chain_key=self._chain_key, who=self._who, at=self._at, events=self._events
            )
            self._events = []
        self.session.flush()
        self._keeper.before_commit(self.session.connection())
        try:
            self.session.commit()
        except DBAPIError as error:
            if not error.connection_invalidated or not self._keeper.was_kept(link):
                raise
        if link is not None:
            self._keeper.kept(link, at=self._at)


@contextmanager
def transaction(engine: Engine, *, writing: bool) -> Iterator[Session]:
    """A session in its own transaction; rolled back unless the caller commits. Disk faults become StorageFault."""
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(**{WRITING: writing})
            session = Session(bind=connection, expire_on_commit=False, autoflush=False)
            try:
                yield session
            finally:
                session.close()
    except DBAPIError as error:
        fault = fault_of(engine, error)
        if fault is None:
            raise
        raise fault from error


def fault_of(engine: Engine, error: DBAPIError) -> KnownError | None:
    """A fault of disk, lock, file or server in our own terms; None for one that is a bug."""
    if engine.dialect.name == SERVER:
        from app.storage import server  # noqa: PLC0415 - not loaded for a file

        return server.fault_of(error)
    if isinstance(error, OperationalError):
        return StorageFault(_code(error), reason=disk_reason(error.orig or error))
    if isinstance(error, IntegrityError):
        return Refused("integrity")
    if type(error.orig).__name__ == "DatabaseError":
        return StorageFault("database_damaged", file="")
    return None


def _code(error: OperationalError) -> str:
    text = str(error.orig)
    if "interrupted" in text or "abort due to ROLLBACK" in text:
        return "broken_off"
    if "locked" in text:
        return "database_busy"
    if "full" in text:
        return "disk_full"
    if "readonly" in text or "read-only" in text:
        return "database_read_only"
    return "disk_error"
