"""A database on a server, before anybody is in: its sealed keys and failed tries, made and come by."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.domain.address import Address, ServerAddress
from app.domain.errors import StorageFault
from app.storage import audit, key_file, migrate, server
from app.storage.attempts import LONGEST_WAIT, pause_after
from app.storage.dialects import WRITE_LOCK
from app.storage.server_store import ServerStore, read_door, write_door
from app.storage.store import Fill, Store
from app.storage.unit_of_work import transaction

if TYPE_CHECKING:
    from app.storage.place import Tries

_ROLE_LETTERS = 12
LONGEST_NAME = 200
"""So much of a user name is kept of a try that failed."""
_INVALID_CATALOG = "3D000"


class ServerPlace:
    """A schema named `teamforum` in a PostgreSQL database, with a login of its own for the work."""

    def __init__(self, address: ServerAddress) -> None:
        self._server = address
        self.address: Address = address

    @contextmanager
    def _door(self) -> Iterator[Connection]:
        engine = server.door_engine(self._server)
        try:
            with engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            if (fault := server.fault_of(error)) is not None:
                raise fault from error
            raise
        finally:
            engine.dispose()

    def require_room(self) -> None:
        """A server lies wherever it lies: nothing to refuse."""

    def letting_in(self) -> str:
        """The statement that lets another login of the server stand before the door."""
        with self._door() as connection:
            return f"GRANT {door_role(read_door(connection).role)} TO …"

    def require(self) -> None:
        """Raise StorageFault unless there is a Teamforum database at the address."""
        with self._door() as connection:
            if not _stands(connection):
                raise StorageFault("database_not_on_server")

    def tries(self) -> Tries:
        """The failed log-ins, in a table that anybody who reaches the database may add to."""
        return _DoorTries(self)

    def read_keys(self) -> tuple[key_file.KeyFile, key_file.Seals]:
        """The sealed keys of everybody."""
        with self._door() as connection:
            return read_door(connection).keys

    def write_keys(self, keys: key_file.KeyFile, *, database_key: bytes) -> None:
        """Write the sealed keys, as the work login that the database key opens."""
        with self._door() as connection:
            role = read_door(connection).role
        engine = server.work_engine(self._server, role=role, key=database_key)
        try:
            with transaction(engine, writing=True) as session:
                write_door(session.connection(), keys, database_key=database_key)
                session.commit()
        finally:
            engine.dispose()

    def open(self, keys: key_file.DatabaseKeys, *, wait: float, now: dt.datetime) -> ServerStore:  # noqa: ARG002 - a server lets in many at once
        """Open the database by its own login, and bring it to this program's schema first."""
        role, key, engine = self.reach(keys)
        try:
            schema = migrate.stored_schema(engine)
            if schema == 0:
                raise StorageFault("database_foreign", file=self._server.name)
            if schema > migrate.SCHEMA:
                raise StorageFault("database_newer", file=self._server.name)
            store = ServerStore(self._server, engine, key, role=role, again=keys.again)
            store.tidy_login()
            if schema < migrate.SCHEMA:
                store.back_up(folder=store.usual_backup_folder(), at=now, why="before-migration")
                self._migrate(role)
        except BaseException:
            engine.dispose()
            raise
        return store

    def reach(self, keys: key_file.DatabaseKeys) -> tuple[str, bytes, Engine]:
        """The work login, the key that opens it and an engine with it; nothing is changed yet."""
        with self._door() as connection:
            role = read_door(connection).role
        key = self._fitting(role, keys)
        return role, key, server.work_engine(self._server, role=role, key=key)

    def _fitting(self, role: str, keys: key_file.DatabaseKeys) -> bytes:
        """Which of the two keys opens the work login; a change of the key is one transaction, so one of them does."""
        for key in (keys.current, keys.coming):
            if key is None:
                continue
            engine = server.work_engine(self._server, role=role, key=key)
            try:
                with transaction(engine, writing=False):
                    return key
            except StorageFault:
                if keys.coming is None or key is keys.coming:
                    raise
            finally:
                engine.dispose()
        raise StorageFault("server_refused")

    def _migrate(self, role: str) -> None:
        """Run the missing steps by the door's login, which made the tables; another may not."""

        def alone(connection: Connection) -> None:
            connection.exec_driver_sql(WRITE_LOCK)

        engine = server.door_engine(self._server)
        try:
            migrate.upgrade(
                engine, first=alone,
                also=lambda connection: grant_work(connection, role),
            )  # fmt: skip
        finally:
            engine.dispose()

    def create(
        self,
        key: bytes,
        *,
        keys: key_file.KeyFile,
        wait: float,  # noqa: ARG002 - as in `open`
        fill: Fill = audit.make_chain_key,
    ) -> ServerStore:
        """Make schema, tables, work login, keys and the first rows in one transaction; the database where missing."""
        self._make_database()
        role = f"teamforum_{secrets.token_hex(_ROLE_LETTERS // 2)}"

        def dress(connection: Connection) -> None:
            _make_role(connection, role, key)
            _make_door(connection, role)
            write_door(connection, keys, database_key=key)
            grant_door(connection, role)
            grant_work(connection, role)
            fill(connection)
            _guard_log(connection)

        engine = server.door_engine(self._server)
        try:
            migrate.upgrade(engine, first=_make_schema, also=dress)
        except DBAPIError as error:
            if (fault := server.fault_of(error)) is not None:
                raise fault from error
            raise
        finally:
            engine.dispose()
        engine = server.work_engine(self._server, role=role, key=key)
        try:
            return ServerStore(self._server, engine, key, role=role)
        except BaseException:
            engine.dispose()
            self.discard()
            raise

    def _make_database(self) -> None:
        """Make the database that holds the schema, unless it is there: asked of the one that every server has."""
        name = server.url_of(self._server).database
        engine = server.door_engine(self._server, database="postgres")
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                there = text("SELECT 1 FROM pg_database WHERE datname = :name")
                if connection.execute(there, {"name": name}).scalar() is None:
                    quoted = connection.dialect.identifier_preparer.quote(name or "")
                    connection.exec_driver_sql(f"CREATE DATABASE {quoted} TEMPLATE template0 ENCODING 'UTF8'")
        except DBAPIError as error:
            fault = server.fault_of(error) or StorageFault("server_rights")
            if fault.code not in ("server_refused", "database_not_on_server"):  # a login for that one database alone
                raise fault from error
        finally:
            engine.dispose()

    def discard(self) -> None:
        """Take away schema and login."""
        with self._door() as connection:
            role = read_door(connection).role if _stands(connection) else None
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {server.SCHEMA_NAME} CASCADE")
            if role is not None:
                database = _database(connection)
                connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {database} FROM {role}, {door_role(role)}")
                connection.exec_driver_sql(f"DROP ROLE {role}, {door_role(role)}")


class _DoorTries:
    """Failed log-ins in the door's table."""

    def __init__(self, place: ServerPlace) -> None:
        self._place = place

    def wait(self, user: str) -> int:
        """Seconds until `user` may try again, by the server's own clock; tries from after now are of no time.

        Tries by the same login are counted alone: another one cannot keep her waiting.
        """
        with self._place._door() as connection:  # noqa: SLF001 - two halves of one place
            found = connection.execute(
                text(
                    "SELECT count(*), extract(epoch FROM now() - max(at) FILTER (WHERE at <= now())) "
                    "FROM door_tries WHERE login = session_user AND name = :user"
                ),
                {"user": user[:LONGEST_NAME]},
            ).one()
        return pause_after(int(found[0]), since=float(LONGEST_WAIT if found[1] is None else found[1]))

    def failed(self, user: str) -> None:
        """Count one more failure."""
        with self._place._door() as connection:  # noqa: SLF001
            connection.execute(text("INSERT INTO door_tries (name) VALUES (:user)"), {"user": user[:LONGEST_NAME]})

    def take(self, store: Store, *, proved: Collection[str]) -> dict[str, int]:
        """The failures per user name that the log does not tell yet, by the work login: the door may only add."""
        return store.take_tries(proved=proved) if isinstance(store, ServerStore) else {}


def _stands(connection: Connection) -> bool:
    return connection.execute(text("SELECT to_regclass('teamforum.door_keys') IS NOT NULL")).scalar() is True


def _make_schema(connection: Connection) -> None:
    taken = connection.execute(
        text("SELECT 1 FROM information_schema.schemata WHERE schema_name = :name"), {"name": server.SCHEMA_NAME}
    ).scalar()
    if taken:
        raise StorageFault("database_exists_on_server")
    connection.exec_driver_sql(f"CREATE SCHEMA {server.SCHEMA_NAME}")


def _make_role(connection: Connection, role: str, key: bytes) -> None:
    verifier = server.verifier(connection, role=role, key=key)
    connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN NOINHERIT PASSWORD '{verifier}'")
    connection.exec_driver_sql(f"CREATE ROLE {door_role(role)} NOLOGIN")


def door_role(role: str) -> str:
    """The group of the logins that may stand before the door of the database whose work login is `role`."""
    return f"{role}_door"


def _database(connection: Connection) -> str:
    """The name of the database that is connected to, as it is written in a statement."""
    name = connection.execute(text("SELECT current_database()")).scalar_one()
    return connection.dialect.identifier_preparer.quote(name)


def _make_door(connection: Connection, role: str) -> None:
    """What can be read and written without a Teamforum password: the sealed keys, and that a try failed."""
    connection.exec_driver_sql(
        "CREATE TABLE door_keys (role text PRIMARY KEY, content text NOT NULL, "
        "changed timestamptz NOT NULL DEFAULT now())"
    )
    connection.exec_driver_sql(
        "CREATE TABLE door_tries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        f"name text NOT NULL CHECK (length(name) <= {LONGEST_NAME}), at timestamptz NOT NULL DEFAULT now(), "
        "login text NOT NULL DEFAULT session_user, entered boolean NOT NULL DEFAULT false)"
    )
    connection.exec_driver_sql("CREATE INDEX ix_door_tries_name ON door_tries (login, name)")
    connection.execute(text("INSERT INTO door_keys (role, content) VALUES (:role, '')"), {"role": role})


def grant_door(connection: Connection, role: str) -> None:
    """Who may come as far as the door: the logins of its group, and nobody else of those the server knows."""
    door, database = door_role(role), _database(connection)
    connection.exec_driver_sql(f"REVOKE CONNECT, TEMPORARY ON DATABASE {database} FROM PUBLIC")
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO {role}, {door}")
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {server.SCHEMA_NAME} TO {role}, {door}")
    connection.exec_driver_sql(f"GRANT SELECT ON door_keys, door_tries TO {door}")
    connection.exec_driver_sql(f"GRANT INSERT (name) ON door_tries TO {door}")


def _guard_log(connection: Connection) -> None:
    """Let the server itself take rows of the log in their order alone: one far ahead would leave no number over."""
    connection.exec_driver_sql(
        "CREATE FUNCTION teamforum.next_of_log() RETURNS trigger LANGUAGE plpgsql "
        "SET search_path = teamforum, pg_temp AS $$ BEGIN "
        "IF NEW.sequence <> coalesce((SELECT max(sequence) FROM audit), 0) + 1 THEN "
        "RAISE EXCEPTION 'not the next row' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$"
    )
    connection.exec_driver_sql(
        "CREATE TRIGGER next_of_log BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION teamforum.next_of_log()"
    )


def grant_work(connection: Connection, role: str) -> None:
    """What the work login may: all of the data, but of the log only to read and to add."""
    connection.exec_driver_sql(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA teamforum TO {role}")
    connection.exec_driver_sql(f"REVOKE UPDATE, DELETE, TRUNCATE ON audit, facts, alembic_version FROM {role}")
    connection.exec_driver_sql(f"REVOKE INSERT ON alembic_version FROM {role}")
    connection.exec_driver_sql(f"REVOKE INSERT, DELETE, TRUNCATE ON door_keys FROM {role}")
    connection.exec_driver_sql(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA teamforum TO {role}")
