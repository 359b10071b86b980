"""A PostgreSQL server of the tests' own: made when it is first asked for, on a free port of this machine, then gone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, text

from app.domain.address import ServerAddress
from app.storage.server import door_engine, work_password
from app.storage.server_place import door_role, grant_door, grant_work
from app.storage.server_store import read_door

LOGIN = "teamforum_admin"
_DEBIAN = Path("/usr/lib/postgresql")


class ThrowawayServer:
    """One server with its data in a temporary folder. It refuses to run as root and is then started as postgres."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="teamforum-pg-"))
        self.port = _free_port()
        self._copies = 0
        self._logins: dict[str, tuple[str, str]] = {}
        self._line: psycopg.Connection[Any] | None = None
        self._as_other = [] if os.name != "posix" or os.geteuid() != 0 else ["runuser", "-u", "postgres", "--"]
        if self._as_other:
            shutil.chown(self.folder, "postgres")
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", LOGIN, "--auth=scram-sha-256", f"--pwfile={self._password()}",
                  "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self._start()
        self._tell(f"ALTER ROLE {LOGIN} PASSWORD '{quick_verifier(b'prov')}'")

    def _password(self) -> Path:
        """The administrator's password, in a file that the server's user may read."""
        path = self.folder / "password"
        path.write_text("prov", encoding="utf-8")
        if self._as_other:
            shutil.chown(path, "postgres")
        return path

    def _run(self, command: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as_other, _program(command), *arguments], check=True, cwd=self.folder, capture_output=True
        )

    def _start(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "fsync": "off",
            "full_page_writes": "off", "max_connections": 60, "shared_buffers": "32MB",
            "wal_level": "minimal", "max_wal_senders": 0, "autovacuum": "off",
        }  # fmt: skip
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")

    def address(self, database: str) -> ServerAddress:
        """The address of a database on it, by the administrator's login."""
        return ServerAddress(f"postgresql+psycopg://{LOGIN}:prov@127.0.0.1:{self.port}/{database}")

    def copy(self, template: str) -> ServerAddress:
        """The address of a fresh copy of a database that nobody is connected to, with a login of its own."""
        address = self._bare_copy(template)
        engine = door_engine(address)
        with engine.begin() as inside:
            _own_login(inside, f"teamforum_copy_{self._copies}")
        engine.dispose()
        return address

    def settle(self, template: str, key: bytes) -> None:
        """Take a database as one that is copied from now on: its login's password becomes a quick one."""
        engine = door_engine(self.address(template))
        with engine.begin() as inside:
            role = read_door(inside).role
        engine.dispose()
        self._logins[template] = role, quick_verifier(work_password(key).encode())
        self._give_back_login(template)

    def _give_back_login(self, template: str) -> None:
        role, verifier = self._logins[template]
        self._tell(f"ALTER ROLE {role} PASSWORD '{verifier}'")

    @contextmanager
    def lent(self, template: str) -> Iterator[tuple[ServerAddress, str]]:
        """A fresh copy and its login, which is the template's own: one at a time, and whole again afterwards."""
        address = self._bare_copy(template)
        yield address, self._logins[template][0]
        self.drop(address)
        self._give_back_login(template)

    def _bare_copy(self, template: str) -> ServerAddress:
        self._copies += 1
        name = f"{template}_{self._copies}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.address(name)

    def drop(self, address: ServerAddress) -> None:
        """Take a copy away again, whoever is connected to it: hundreds of them would fill the disk."""
        name = address.url.rpartition("/")[2]
        self._tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _tell(self, statement: str) -> None:
        """Let the administrator say it, on a connection that is kept: to begin one costs more than what is said."""
        if self._line is None:
            url = self.address("postgres").url.replace("+psycopg", "")
            self._line = psycopg.connect(url, autocommit=True)
        self._line.execute(statement)

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def stop(self) -> None:
        """Stop at once, as a machine that loses its power does."""
        self._stop("immediate")

    def _stop(self, how: str) -> None:
        self._hang_up()
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", how, "-w", "stop")

    def start_again(self) -> None:
        """Start after `stop`."""
        self._start()

    def remove(self) -> None:
        """Stop in order, which gives back its shared memory, and take all of it away."""
        self._stop("fast")
        shutil.rmtree(self.folder, ignore_errors=True)


def quick_verifier(password: bytes) -> str:
    """A password as the server keeps it, derived in one round and not in 4,096: the tests connect thousands of times.

    The rounds are a part of what is kept, so both sides go through the same log-in as ever.
    """
    salt = os.urandom(16)
    salted = hashlib.pbkdf2_hmac("sha256", password, salt, 1)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    parts = (base64.b64encode(part).decode() for part in (salt, stored, hmac.digest(salted, b"Server Key", "sha256")))
    return "SCRAM-SHA-256$1:{}${}:{}".format(*parts)


def _own_login(connection: Connection, role: str) -> None:
    """Logins are the server's and not the database's: without one of its own, a copy would change its template's."""
    shared = read_door(connection).role
    query = text("SELECT rolpassword FROM pg_authid WHERE rolname = :role")
    verifier = connection.execute(query, {"role": shared}).scalar()
    connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN NOINHERIT PASSWORD '{verifier}'")
    connection.exec_driver_sql(f"CREATE ROLE {door_role(role)} NOLOGIN")
    connection.execute(text("UPDATE door_keys SET role = :role"), {"role": role})
    grant_door(connection, role)
    grant_work(connection, role)


def _program(name: str) -> str:
    found = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise FileNotFoundError(f"{name} is missing: install PostgreSQL (packaging/prepare test does)")
    return program


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
