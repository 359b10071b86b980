"""A database on a server that several workstations share, open for one of them."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Dialect, Engine, event, func, select, text
from sqlalchemy.exc import DBAPIError

from app.domain.address import ServerAddress
from app.domain.changes import SILENT, Following
from app.domain.errors import AccessDenied, StorageFault
from app.faultlog import note_fault
from app.paths import user_data_dir
from app.storage import audit, key_file, search, server
from app.storage.attempts import REMEMBERED_SECONDS
from app.storage.dialects import CHANGED
from app.storage.follower import CHANNEL, Follower
from app.storage.shelf import Shelf
from app.storage.store import BREAKING_OFF, PATIENCE, Store
from app.storage.unit_of_work import UnitOfWork, transaction

_ASK_AGAIN = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each try to learn whether a commit that was cut off took place."""
_ROUNDS = (0.0, 0.2)
"""Seconds before each round of ending the sessions of an earlier key."""
_CHANGED_NOW = "UPDATE door_keys SET changed = clock_timestamp()"
_END_OLDER = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = current_user "
    "AND pid <> pg_backend_pid() AND backend_start < (SELECT changed FROM door_keys)"
)
_OWN_SETTINGS = (
    "SELECT 1 FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole WHERE rolname = current_user LIMIT 1"
)


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

    def __init__(
        self, address: ServerAddress, engine: Engine, key: bytes, *, role: str, again: key_file.Again | None = None
    ) -> None:
        self._server = address
        self._role = role
        self._again = again
        self._own = uuid.uuid4().hex
        self._lost = False
        self._renewing = threading.Lock()
        super().__init__(address, engine, key)

    @contextmanager
    def work(self, *, who: audit.Who, at: dt.datetime, writing: bool) -> Iterator[UnitOfWork]:
        """A unit of work; refused at once while the server is known to be out of reach.

        Raises AccessDenied("key_changed") when the work login does not let her in any more.
        """
        if self._lost:
            raise StorageFault("connection_lost")
        try:
            with super().work(who=who, at=at, writing=writing) as work:
                yield work
        except StorageFault as fault:
            if fault.code == "server_refused":
                raise AccessDenied("key_changed") from fault
            raise

    def _watched(self, engine: Engine) -> Engine:
        event.listen(engine, "do_connect", self._connect)
        return super()._watched(engine)

    def _connect(self, dialect: Dialect, _: object, arguments: list[Any], settings: dict[str, Any]) -> Any:
        """Connect with the key as it is now, which somebody elsewhere may have changed since."""
        return self._with_key(
            lambda key: dialect.connect(*arguments, **{**settings, "password": server.work_password(key)})
        )

    def _with_key(self, connect: Callable[[bytes], Any]) -> Any:
        tried = self.key
        try:
            return connect(tried)
        except psycopg.OperationalError as error:
            if not server.refuses(error) or not self._take_new_key(tried):
                raise
        return connect(self.key)

    def _take_new_key(self, tried: bytes) -> bool:
        """Whether the person has a key to try after `tried`: one that was sealed to her meanwhile.

        Nobody who still has her account notices that another's was ended; whoever was taken out finds nothing here.
        """
        with self._renewing:
            if self.key != tried:
                return True
            if self._again is None:
                return False
            engine = server.door_engine(self._server)
            try:
                with engine.connect() as connection:
                    found = self._again.key_in(*read_door(connection).keys)
            except DBAPIError as error:
                raise server.fault_of(error) or StorageFault("connection_lost") from error
            finally:
                engine.dispose()
            if found is None or found == tried:
                return False
            self._key = found
            return True

    def close(self) -> None:
        """Drop the person's own private key too."""
        super().close()
        self._again = None

    def tidy_login(self) -> None:
        """End what is left of sessions from before the latest key, and settings that somebody gave the work login."""
        with transaction(self._engine, writing=True) as session:
            connection = session.connection()
            connection.exec_driver_sql(_END_OLDER)
            if connection.exec_driver_sql(_OWN_SETTINGS).first() is not None:
                name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
                quoted = connection.dialect.identifier_preparer.quote(name)
                connection.exec_driver_sql("ALTER ROLE CURRENT_USER RESET ALL")
                connection.exec_driver_sql(f"ALTER ROLE CURRENT_USER IN DATABASE {quoted} RESET ALL")
            session.commit()

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

    def even_key_copies(self) -> bool:
        """Nothing to do: a server has one copy, and keeps it whole."""
        return False

    def announce_key(self, *, users: Collection[str], work: UnitOfWork | None = None) -> None:
        """Seal a coming key beside the current one, for `users` alone."""
        coming = key_file.new_key()
        announced = self.keys().with_coming(coming, users=users)
        with self._writing(work) as connection:
            write_door(connection, announced, database_key=self.key, coming_key=coming)
        self._coming = coming

    def change_key(self) -> None:
        """Give the work login the password of the coming key and settle the sealed keys, in one transaction.

        Every other session of the work login is ended. Who still has her account is connected anew by the key that is
        sealed to her now and goes on; who has none is out.
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
                connection.exec_driver_sql(_CHANGED_NOW)
                session.commit()
            self._engine.dispose()
            self._engine = self._watched(server.work_engine(self._server, role=self._role, key=coming))
            self._key, self._coming = coming, None
            try:
                self._end_others()
            except StorageFault as fault:  # the key is changed; whoever logs in next ends what is left of them
                note_fault(fault)

    def _end_others(self) -> None:
        """End every session begun before now, also one that was only just being let in by the old password."""
        with transaction(self._engine, writing=True) as session:
            session.connection().exec_driver_sql(_CHANGED_NOW)
            session.commit()
        for wait in _ROUNDS:
            time.sleep(wait)
            with transaction(self._engine, writing=False) as session:
                session.connection().exec_driver_sql(_END_OLDER)

    def before_commit(self, connection: Connection) -> None:
        """Index what was changed, and tell the other workstations which tables; the server does so when it is kept."""
        search.settle(connection)
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

        def connect() -> psycopg.Connection[Any]:
            try:
                found: psycopg.Connection[Any] = self._with_key(
                    lambda key: server.work_connection(self._server, role=self._role, key=key)
                )
            except psycopg.OperationalError as error:
                if server.refuses(error):
                    raise AccessDenied("key_changed") from error
                raise
            return found

        follower = Follower(connect, own=self._own, on_change=on_change, on_contact=contact)
        follower.start()
        return follower

    def take_tries(self, *, proved: Collection[str]) -> dict[str, int]:
        """The failed log-ins per user name that the log does not tell yet; counting starts over for those `proved`."""
        with self._gate.inside(), transaction(self._engine, writing=True) as session:
            taken = text(
                "WITH taken AS (UPDATE door_tries SET entered = true WHERE NOT entered RETURNING name) "
                "SELECT name, count(*) FROM taken GROUP BY name"
            )
            found = {str(name): int(count) for name, count in session.execute(taken)}
            over = text(
                "DELETE FROM door_tries "
                "WHERE entered AND (name = ANY(:proved) OR at < now() - make_interval(secs => :kept))"
            )
            session.execute(over, {"proved": list(proved), "kept": REMEMBERED_SECONDS})
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
