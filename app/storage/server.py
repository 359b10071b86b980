"""Reaching a PostgreSQL server: addresses made safe, engines, and a server's faults as our own.

Two logins are used. The *door* is the login in the address: it may read the sealed keys and count failed tries, and
nothing else once the database stands. The *work* login belongs to the database; its password is derived from the
database key, so that only somebody whose password has opened that key gets as far as the data.
"""

from __future__ import annotations

from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import OperationalError as LostOrBusy
from sqlalchemy.pool import NullPool, QueuePool

from app.domain.address import ServerAddress
from app.domain.errors import KnownError, Refused, StorageFault
from app.storage import key_file
from app.storage.dialects import begin_on_server, note_change

SCHEMA_NAME = "teamforum"
_LOCAL = frozenset({None, "", "localhost", "127.0.0.1", "::1"})
_LIBPQ_WITH_SYSTEM_ROOTS = 160000
_CONNECT_SECONDS = 10
_LOCK_SECONDS = 10
_IDLE_IN_TRANSACTION_SECONDS = 60
_DIALECT: dict[str, Any] = {"hide_parameters": True, "use_native_hstore": False}
"""No values in messages; and the server is not asked at each log-in for a type that no column of ours has."""


def url_of(address: ServerAddress) -> URL:
    """The URL to connect by: across a network the server has to prove who it is, unless the address says otherwise."""
    url = make_url(address.url)
    if url.host in _LOCAL or str(url.host).startswith("/") or "sslmode" in url.query:
        return url
    url = url.update_query_dict({"sslmode": "verify-full"})
    if "sslrootcert" not in url.query and psycopg.pq.version() >= _LIBPQ_WITH_SYSTEM_ROOTS:
        url = url.update_query_dict({"sslrootcert": "system"})
    return url


def _options() -> dict[str, object]:
    """How a connection is made. What it sets goes before what somebody gave a login as its own setting."""
    settings = {
        "search_path": SCHEMA_NAME,
        "default_transaction_read_only": "off",
        "default_transaction_isolation": r"read\ committed",
        "statement_timeout": "0",
        "idle_session_timeout": "0",
        "local_preload_libraries": "",
        "datestyle": "ISO",
        "lock_timeout": f"{_LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{_IDLE_IN_TRANSACTION_SECONDS}s",
        "timezone": "UTC",
    }
    return {
        "connect_timeout": _CONNECT_SECONDS,
        "application_name": "teamforum",
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
        # A cut cable is noticed within some twenty seconds instead of two hours.
        "keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
    }  # fmt: skip


def door_engine(address: ServerAddress, *, database: str | None = None) -> Engine:
    """An engine by the login of the address, for a few statements before anybody is in."""
    url = url_of(address)
    if database is not None:
        url = url.set(database=database)
    return create_engine(url, poolclass=NullPool, connect_args=_options(), **_DIALECT)


def work_engine(address: ServerAddress, *, role: str, key: bytes) -> Engine:
    """An engine by the database's own login."""
    url = url_of(address).set(username=role, password=work_password(key))
    engine = create_engine(
        url, poolclass=QueuePool, pool_size=3, pool_pre_ping=True, connect_args=_options(), **_DIALECT
    )
    event.listen(engine, "begin", begin_on_server)
    event.listen(engine, "before_execute", note_change)
    return engine


def work_connection(address: ServerAddress, *, role: str, key: bytes) -> psycopg.Connection[tuple[object, ...]]:
    """A connection of its own by the database's login, each statement by itself: for listening."""
    url = url_of(address).set(username=role, password=work_password(key), drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True, **_options())  # type: ignore[arg-type]


def work_password(key: bytes) -> str:
    """The work login's password, for somebody who holds the database key."""
    return key_file.subkey(key, "server login").hex()


def fault_of(error: DBAPIError) -> KnownError | None:
    """A server's fault in our own terms, or None for one that is a bug."""
    state = getattr(error.orig, "sqlstate", None) or ""
    if found := _FAULTS.get(state) or _FAULTS.get(state[:2]):
        return StorageFault(found)
    if isinstance(error.orig, psycopg.errors.NumericValueOutOfRange):
        return StorageFault("number_too_high")
    if isinstance(error.orig, psycopg.errors.IntegrityError):
        return Refused("integrity")
    if error.connection_invalidated or (isinstance(error, LostOrBusy) and not state):
        return StorageFault(_refusal(str(error.orig)))
    return None


def refuses(error: psycopg.OperationalError) -> bool:
    """Whether a connection failed because the server did not take the login or its password."""
    return _refusal(str(error)) == "server_refused"


def _refusal(words: str) -> str:
    """What a failed connection says: the driver hands on no code here, only the server's words in its own language."""
    for said, code in _REFUSALS.items():
        if said in words:
            return code
    return "connection_lost"


_REFUSALS = {
    "does not exist": "database_not_on_server", "finns inte": "database_not_on_server",
    "authentication failed": "server_refused", "autentisering misslyckades": "server_refused",
    "no pg_hba.conf entry": "server_refused", "certificate": "server_certificate",
    "permission denied for database": "server_refused", "rättighet saknas för databas": "server_refused",
}  # fmt: skip


def verifier(connection: Connection, *, role: str, key: bytes) -> str:
    """What the server keeps of the work login's password: it is hashed here and never sent."""
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 - the connection is open
    found: bytes = driver.pgconn.encrypt_password(work_password(key).encode(), role.encode(), b"scram-sha-256")
    return found.decode()


_FAULTS = {
    "08": "connection_lost", "57014": "broken_off", "57": "connection_lost", "28": "server_refused",
    "3D": "database_not_on_server",
    "55P03": "database_busy", "40": "database_busy", "53100": "disk_full", "53": "database_busy", "58": "disk_error",
    "42501": "server_rights", "25006": "server_read_only",
}  # fmt: skip
"""By the server's five-letter code, or the class that its first two letters name."""
