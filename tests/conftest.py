"""What every test gets: no screen, no settings or folders of the person who runs it, the same examples each time."""

from __future__ import annotations

import functools
import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Dialect, Engine, Table, event
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.util import LRUCache

from app.bootstrap import demo_material
from app.domain.address import ServerAddress
from app.services import demo
from app.services.desk import Desk
from app.storage import kdf, key_file, moving
from app.storage.place import FilePlace
from app.storage.server_place import ServerPlace
from tests import support
from tests.services.calls import furnish
from tests.throwaway_server import ThrowawayServer

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The lowest permitted cost of a password's key: the tests log in hundreds of times.
os.environ["TEAMFORUM_KDF_COST"] = "lowest"

# Every save waits for the disk, thousands of times; a folder in memory does not wait.
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folders in it are made under names of their own
_ROOM = 4 * 2**30
if "TMPDIR" not in os.environ and os.access(_MEMORY, os.W_OK | os.X_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ["TMPDIR"] = str(_MEMORY)
    tempfile.tempdir = None

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

_OWN_SETTINGS = ("TEAMFORUM_DATABASE", "TEAMFORUM_USER", "TEAMFORUM_PASSWORD", "TEAMFORUM_TODAY")
_OWN_FOLDERS = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


_MUCH = 50_000
"""Objects that are looked through together."""


_SLOWEST = 6
"""Files of tests that are named with their seconds at the end of a run."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which files the time went to: a suite grows slow one test at a time."""
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for one in reports:
            if isinstance(one, pytest.TestReport):
                seconds[one.nodeid.partition("::")[0]] += one.duration  # type: ignore[assignment]
    if len(seconds) > _SLOWEST:
        slowest = ", ".join(f"{file} {spent:.0f} s" for file, spent in seconds.most_common(_SLOWEST))
        terminalreporter.write_line(f"Slowest files: {slowest}")


@pytest.fixture(scope="session", autouse=True)
def collecting_by_hand() -> Iterator[None]:
    """As in the window, nothing is collected but between two gestures, here two tests (`app.ui.collecting`)."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """What the tests before have left is collected once it is much; what is alive then stays, and is looked at once."""
    yield
    if gc.get_count()[0] > _MUCH:
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def known_derivations() -> Iterator[None]:
    """The same password with the same salt gives the same key: derived once, not at each of 2,000 log-ins.

    All passwords that are chosen in this process get one salt, or each would have to be derived anew.
    """
    derived, salt = functools.lru_cache(maxsize=None)(kdf.derive), kdf.new_salt()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kdf, "derive", derived)
        patch.setattr(kdf, "new_salt", lambda: salt)
        yield


@pytest.fixture(scope="session", autouse=True)
def known_statements() -> Iterator[None]:
    """A statement is compiled once in a process and not once for each of 2,000 databases: they are all alike."""
    compiled: LRUCache[Any, Any] = LRUCache(5000)

    def share(connection: Connection) -> None:
        connection.engine._compiled_cache = compiled

    def same(one: Dialect, other: object) -> bool:
        return type(one) is type(other)

    with pytest.MonkeyPatch.context() as patch:
        event.listen(Engine, "engine_connect", share)
        for kind in (SQLiteDialect, PGDialect):  # the cache asks which dialect a statement was compiled for
            patch.setattr(kind, "__eq__", same)
            patch.setattr(kind, "__hash__", lambda one: hash(type(one)))
        yield
    event.remove(Engine, "engine_connect", share)


_PARTS = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master ORDER BY name",
    "postgresql": "SELECT c.relname, a.attname, a.atttypid, a.attnotnull FROM pg_attribute a "
    "JOIN pg_class c ON c.oid = a.attrelid WHERE c.relkind = 'r' AND c.relnamespace = 'teamforum'::regnamespace "
    "AND a.attnum > 0 ORDER BY c.relname, a.attnum",
}
"""What a kind of database consists of, as it says itself."""


@pytest.fixture(scope="session", autouse=True)
def known_tables() -> Iterator[None]:
    """Databases that consist of the same are read as the same tables, whose statements are then known too."""
    tables_of, known = moving.tables_of, dict[object, list[Table]]()

    def found(connection: Connection) -> list[Table]:
        kind = connection.dialect.name
        parts = kind, *(tuple(row) for row in connection.exec_driver_sql(_PARTS[kind]))
        if parts not in known:
            known[parts] = tables_of(connection)
        return known[parts]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(moving, "tables_of", found)
        yield


@pytest.fixture(autouse=True)
def nobodys_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home and no settings of Teamforum: what the person has on the machine neither helps nor suffers."""
    for name in _OWN_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    with TemporaryDirectory(prefix="teamforum-home-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for name in _OWN_FOLDERS:
            monkeypatch.setenv(name, folder if name == "HOME" else str(home / name.lower()))
        (home / "xdg_runtime_dir").mkdir(mode=0o700)
        yield home


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small unit's database, made once; never opened again."""
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:  # made before any test has an empty home of its own
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("nobody")))
        support.make_solgarden(folder / support.FILE)
    return folder


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo municipality, made once; only copied (`support.demo_desk`)."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("nobody")))
        demo.create_demo(support.surroundings(), folder / support.DEMO_FILE, demo_material()).desk.close()
    return folder


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    """A copy of the small unit's database that the test may do anything to, alone in its folder."""
    folder = tmp_path / "data"
    shutil.copytree(template, folder)
    return folder / support.FILE


@pytest.fixture
def clock() -> support.FixedClock:
    """Monday 2 March 2026, nine o'clock, until a test moves it."""
    return support.FixedClock()


@pytest.fixture(scope="session")
def database_key(template: Path) -> bytes:
    """The key of the small unit's database."""
    return key_file.read(template / support.FILE)[0].open_as("chef", support.PASSWORD)


@pytest.fixture(scope="session")
def server() -> Iterator[ThrowawayServer]:
    """A PostgreSQL server of this test process's own."""
    made = ThrowawayServer()
    yield made
    made.remove()


def moved(template: Path, key: bytes, server: ThrowawayServer, name: str) -> str:
    """A template's database moved to the server; never opened again, only copied."""
    source = FilePlace(template / support.FILE)
    with TemporaryDirectory() as folder:
        shutil.copytree(template, Path(folder, "data"))
        opened = support.quick_desk(Path(folder, "data", support.FILE), key)
        moving.move_into(ServerPlace(server.address(name)), opened.store, keys=source.read_keys()[0])
        opened.close()
    server.settle(name, key)
    return name


@pytest.fixture(scope="session")
def server_template(server: ThrowawayServer, template: Path, database_key: bytes) -> str:
    """The small unit's database on the server."""
    return moved(template, database_key, server, "solgarden")


@pytest.fixture
def server_address(server: ThrowawayServer, server_template: str) -> Iterator[ServerAddress]:
    """A copy of the small unit's database on the server."""
    address = server.copy(server_template)
    yield address
    server.drop(address)


@pytest.fixture(scope="session")
def furnished_template(template: Path, database_key: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small unit's database in which there is some of everything, made once."""
    folder = tmp_path_factory.mktemp("furnished") / "data"
    shutil.copytree(template, folder)
    desk = support.quick_desk(folder / support.FILE, database_key)
    furnish(desk)
    desk.close()
    return folder


@pytest.fixture(scope="session")
def furnished_server_template(server: ThrowawayServer, furnished_template: Path, database_key: bytes) -> str:
    """The furnished unit's database on the server."""
    return moved(furnished_template, database_key, server, "furnished")


@pytest.fixture
def desk(database: Path, database_key: bytes, clock: support.FixedClock) -> Iterator[Desk]:
    """The enhetschef's desk on a copy of the small unit's database."""
    opened = support.quick_desk(database, database_key, clock=clock)
    yield opened
    opened.close()
