"""A database on a server that several workstations share, open for one of them."""

from __future__ import annotations

import datetime as dt
import json
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, func, select, text

from app.domain.address import ServerAddress
from app.domain.changes import SILENT, Following
from app.domain.errors import AccessDenied, StorageFault
from app.paths import user_data_dir
from app.storage import audit, key_file, server
from app.storage.dialects import CHANGED
from app.storage.follower import CHANNEL, Follower
from app.storage.shelf import Shelf
from app.storage.store import BREAKING_OFF, PATIENCE, Store
from app.storage.unit_of_work import UnitOfWork, transaction

_ASK_AGAIN = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each try to learn whether a commit that was cut off took place."""


@dataclass(frozen=True, slots=True)
class Door:
    """What lies before the door: the name of the work login, and the sealed keys as they are written."""

    role: str
    content: str

    @property
    def keys(self) -> tuple[key_file.KeyFile, key_file.Seals]:
        """The sealed keys. Raises StorageFault("key_file_damaged")."""
        return key_file.from_text(self.content)


def read_door(connection: Connection) -> Door:
    """What lies before the door."""
    row = connection.execute(text("SELECT role, content FROM door_keys")).first()
    if row is None:
        raise StorageFault("key_file_missing", file="door_keys")
    return Door(role=row.role, content=row.content)


def write_door(
    connection: Connection, keys: key_file.KeyFile, *, database_key: bytes, coming_key: bytes | None = None
) -> None:
    """Write the sealed keys in the caller's transaction."""
    content = key_file.to_text(keys, database_key=database_key, coming_key=coming_key)
    connection.execute(text("UPDATE door_keys SET content = :content"), {"content": content})


class ServerStore(Store):
    """One workstation's connections to the database; others have theirs."""

    def __init__(self, address: ServerAddress, engine: Engine, key: bytes, *, role: str) -> None:
        super().__init__(address, engine, key)
        self._server = address
        self._role = role
        self._own = uuid.uuid4().hex
        self._lost = False

    @contextmanager
    def work(self, *, who: audit.Who, at: dt.datetime, writing: bool) -> Iterator[UnitOfWork]:
        """A unit of work; refused at once while the server is known to be out of reach."""
        if self._lost:
            raise StorageFault("connection_lost")
        with super().work(who=who, at=at, writing=writing) as work:
            yield work

    @property
    def shelf(self) -> Shelf:
        """Where drafts lie sealed on this workstation while the server is out of reach."""
        return Shelf(user_data_dir() / f"{self._role}.utkast", database_key=self.key)

    def keys(self, *, work: UnitOfWork | None = None) -> key_file.KeyFile:
        """The sealed keys, trusted. Raises AccessDenied("key_changed") when somebody gave the database a new key."""
        if work is not None:
            content, seals = read_door(work.session.connection()).keys
        else:
            with self._gate.inside(), transaction(self._engine, writing=False) as session:
                content, seals = read_door(session.connection()).keys
        try:
            return key_file.verify(content, seals, database_key=self.key)
        except StorageFault as fault:
            raise AccessDenied("key_changed") from fault

    def write_keys(self, keys: key_file.KeyFile, *, work: UnitOfWork | None = None) -> None:
        """Write the sealed keys."""
        with self._writing(work) as connection:
            write_door(connection, keys, database_key=self.key)

    def take_back_keys(self, keys: key_file.KeyFile) -> None:
        """Nothing: what the unit of work wrote went with it."""

    @contextmanager
    def _writing(self, work: UnitOfWork | None) -> Iterator[Connection]:
        """The connection of `work`, whose caller commits, or one of its own."""
        if work is not None:
            yield work.session.connection()
            return
        with self._gate.inside(), transaction(self._engine, writing=True) as session:
            yield session.connection()
            session.commit()

    def key_change_waits(self) -> bool:
        """Whether a change of the key was announced and not brought to its end."""
        with self._gate.inside(), transaction(self._engine, writing=False) as session:
            return read_door(session.connection()).keys[0].changing

    def announce_key(self, *, users: Collection[str], work: UnitOfWork | None = None) -> None:
        """Seal a coming key beside the current one, for `users` alone."""
        coming = key_file.new_key()
        announced = self.keys().with_coming(coming, users=users)
        with self._writing(work) as connection:
            write_door(connection, announced, database_key=self.key, coming_key=coming)
        self._coming = coming

    def change_key(self) -> None:
        """Give the work login the password of the coming key and settle the sealed keys, in one transaction.

        Whoever is at work on another workstation goes on until her connection ends, and then has to log in again.
        """
        with self._gate.alone(wait=PATIENCE):
            current, coming = self.key, self._coming
            if coming is None:
                raise StorageFault("key_change_waits", reason="")
            with transaction(self._engine, writing=True) as session:
                connection = session.connection()
                content, seals = read_door(connection).keys
                settled = key_file.verify(content, seals, database_key=current).settled()
                write_door(connection, settled, database_key=coming)
                verifier = server.verifier(connection, role=self._role, key=coming)
                connection.exec_driver_sql(f"ALTER ROLE {self._role} PASSWORD '{verifier}'")
                session.commit()
            self._engine.dispose()
            self._engine = self._watched(server.work_engine(self._server, role=self._role, key=coming))
            self._key, self._coming = coming, None

    def before_commit(self, connection: Connection) -> None:
        """Tell the other workstations which tables the transaction changed; the server does so when it is kept."""
        tables = sorted(connection.info.get(CHANGED, set()) - SILENT)
        if tables:
            told = json.dumps({"by": self._own, "tables": tables})
            connection.execute(select(func.pg_notify(CHANNEL, told)))

    def was_kept(self, link: audit.Link | None) -> bool:
        """Ask the log on a new connection, for as long as somebody can be expected to wait."""
        if link is None:
            return False
        for wait in _ASK_AGAIN:
            time.sleep(wait)
            try:
                with transaction(self._engine, writing=False) as session:
                    return audit.holds(session.connection(), link)
            except StorageFault as fault:
                if fault.code != "connection_lost":
                    raise
        raise StorageFault("connection_lost_unsure")

    def follow(
        self, *, on_change: Callable[[frozenset[str]], object], on_contact: Callable[[bool], object]
    ) -> Following:
        """Listen on a connection of its own; while it says that the server is out of reach, nobody waits for it."""

        def contact(there: bool) -> None:
            self._lost = not there
            on_contact(there)

        follower = Follower(
            lambda: server.work_connection(self._server, role=self._role, key=self.key), own=self._own,
            on_change=on_change, on_contact=contact,
        )  # fmt: skip
        follower.start()
        return follower

    def take_tries(self) -> dict[str, int]:
        """The failed log-ins per user name since the last log-in; counting starts over."""
        with self._gate.inside(), transaction(self._engine, writing=True) as session:
            taken = text(
                "WITH taken AS (DELETE FROM door_tries RETURNING name) SELECT name, count(*) FROM taken GROUP BY name"
            )
            found = {str(name): int(count) for name, count in session.execute(taken)}
            session.commit()
        return found

    def back_up(self, *, folder: Path, at: dt.datetime, why: str) -> Path:
        """Copy everything into an encrypted file with the same keys, open and check it."""
        from app.storage.moving import back_up_server  # noqa: PLC0415 - a server is seldom backed up from here

        with self._gate.inside():
            return back_up_server(
                self._engine, self.key, self.keys(), folder=folder, at=at, why=why, stop=self._closing.is_set
            )

    def usual_backup_folder(self) -> Path:
        """A folder on this workstation."""
        return user_data_dir() / f"{self._role}.backups"

    def _break_off(self, connection: Any) -> None:
        connection.cancel_safe(timeout=BREAKING_OFF)

    def _roll_back(self, connection: Any) -> None:
        if connection.info.transaction_status is TransactionStatus.ACTIVE:
            connection.close()  # the server does not answer: it rolls back when it notices
        else:
            connection.rollback()

    def overwrite_freed(self) -> None:
        """Not from here: the work login owns no tables. Raises StorageFault with what the server's keeper does."""
        raise StorageFault("server_not_overwritten")

    def _released(self) -> None:
        return
