"""Reading what can be read out of a damaged database into a new one, and counting what could not.

A page whose seal does not fit cannot be read, and a connection that met one is of no more use: each table is read in
ranges of rows, a range that fails is halved, and after each failure the file is opened anew. How many rows there should
be is known where an index of the table is whole. References to what was lost are cleared, or the row goes too where it
means nothing without them, so that the new database is whole in itself.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.backups import Saved
from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.storage import migrate, search
from app.storage.atomic import copy_own
from app.storage.copying import file_problems, sync_file
from app.storage.engine import DRIVER_ERRORS, make_engine, raw_connection
from app.storage.search_tables import NAMES
from app.storage.unit_of_work import transaction

_RANGE = 2000
_BEYOND = 4096
"""How far past the last row that is known rows are looked for, where nothing says how many there are."""
_PATIENCE = 4000
"""So many reads of a table may fail before what is left of it is given up."""
_OWN = frozenset({"alembic_version", "sqlite_stat1", "sqlite_stat4", "sqlite_sequence"}) | NAMES
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What was written to the new file: each table, and how many references to something lost were cleared."""

    tables: tuple[Saved, ...]
    cleared: int


def rescue(database: Path, key: bytes, out: Path) -> Salvage:
    """Write what can be read of `database` to the new file `out`, under the same key; the old file is left alone.

    Raises StorageFault("rescue_impossible") when not even the list of tables can be read, and leaves nothing behind.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.rescuing-", dir=out.parent))
    except OSError as error:
        raise StorageFault("folder_not_writable", reason=disk_reason(error)) from error
    try:
        source = _Source(_own_copy(database, folder), key)
        salvage = _write(source, key, out)
        source.close()
        sync_file(out)
    except (OSError, *DRIVER_ERRORS) as error:
        out.unlink(missing_ok=True)
        raise StorageFault("rescue_impossible", reason=disk_reason(error)) from error
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return salvage


def _own_copy(database: Path, folder: Path) -> Path:
    """A copy with its journal, so that what a killed process had begun is rolled back in the copy."""
    copy = folder / database.name
    copy_own(database, copy)
    journal = database.with_name(database.name + "-journal")
    if journal.exists():
        copy_own(journal, copy.with_name(copy.name + "-journal"))
    return copy


class _Source:
    """The damaged file: reads that fail give None, and the next one opens the file anew."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._connection: Any = None
        self.definitions = self.read("SELECT type, name, tbl_name FROM sqlite_master")
        if self.definitions is None:
            path.with_name(path.name + "-journal").unlink(missing_ok=True)  # it may be what is damaged
            self.definitions = self.read("SELECT type, name, tbl_name FROM sqlite_master")
        if not self.definitions:
            raise StorageFault("rescue_impossible", reason="innehållsförteckningen går inte att läsa")

    def read(self, statement: str, *values: object) -> list[Row] | None:
        """The rows, or None when a page on the way cannot be read."""
        try:
            if self._connection is None:
                self._connection = raw_connection(self._path, self._key)
            found: list[Row] = self._connection.execute(statement, values).fetchall()
        except (StorageFault, *DRIVER_ERRORS):
            self.close()
            return None
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def tables(self) -> set[str]:
        """The names of the tables."""
        return {str(row[1]) for row in self.definitions or () if row[0] == "table"}

    def indices_of(self, table: str) -> list[str]:
        """The names of a table's indices."""
        return [str(row[1]) for row in self.definitions or () if row[0] == "index" and row[2] == table]

    def schema(self) -> int:
        """The schema number, from the facts or from which tables there are."""
        found = self.read("SELECT value FROM facts WHERE name = 'schema'")
        if found and str(found[0][0]).isdecimal():
            return int(found[0][0])
        tables = self.tables() - _OWN
        for number in range(migrate.SCHEMA, 0, -1):
            if tables == {name for kind, name, _ in migrate.parts_of(number) if kind == "table"} - _OWN:
                return number
        return migrate.SCHEMA


def _write(source: _Source, key: bytes, out: Path) -> Salvage:
    schema = source.schema()
    if schema > migrate.SCHEMA:
        raise StorageFault("database_newer", file=out.name)
    engine = make_engine(out, key, create=True)
    try:
        migrate.upgrade(engine, to=schema)
    finally:
        engine.dispose()
    target = raw_connection(out, key)
    try:
        target.execute("PRAGMA foreign_keys = OFF")
        target.execute("BEGIN IMMEDIATE")
        names = [row[0] for row in target.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        counts = {name: _copy(source, target, name) for name in names if name not in _OWN}
        gone, cleared = _make_whole(target)
        target.execute("COMMIT")
    finally:
        target.close()
    _index(out, key, schema)
    if problems := file_problems(out, key):
        raise StorageFault("rescue_impossible", reason=problems[0])
    tables = tuple(
        Saved(
            table=name,
            saved=saved - gone.get(name, 0),
            lost=None if expected is None else max(0, expected - saved) + gone.get(name, 0),
        )
        for name, (saved, expected) in counts.items()
    )
    return Salvage(tables=tables, cleared=cleared)


def _index(out: Path, key: bytes, schema: int) -> None:
    """Index what was saved; of an earlier schema when its file is opened."""
    if schema != migrate.SCHEMA:
        return
    engine = make_engine(out, key)
    try:
        with transaction(engine, writing=True) as session:
            search.rebuild(session.connection())
            session.commit()
    finally:
        engine.dispose()


def _copy(source: _Source, target: Any, table: str) -> tuple[int, int | None]:
    """How many rows of a table were saved, and how many there should be where that is known."""
    if table not in source.tables():
        return 0, None
    columns = [str(row[1]) for row in target.execute(f'PRAGMA table_info("{table}")')]
    listed = ", ".join(f'"{column}"' for column in columns)
    into = f'INSERT OR REPLACE INTO "{table}" ({listed}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608
    expected = _expected(source, table)
    saved, unread = 0, 0
    for rows, failed in _ranges(source, table, listed, _highest(source, table, expected)):
        unread += failed
        target.executemany(into, rows)
        saved += len(rows)
    if expected is not None:
        return saved, len(expected)
    return saved, None if unread else saved


def _expected(source: _Source, table: str) -> set[int] | None:
    """The numbers of all the rows, from an index that is whole."""
    for index in source.indices_of(table):
        found = source.read(f'SELECT rowid FROM "{table}" INDEXED BY "{index}"')  # noqa: S608 - names of our own tables
        if found is not None:
            return {int(row[0]) for row in found}
    return None


def _highest(source: _Source, table: str, expected: set[int] | None) -> int:
    if expected is not None:
        return max(expected, default=0)
    found = source.read(f'SELECT max(rowid) FROM "{table}"')  # noqa: S608
    if found is not None:
        return int(found[0][0] or 0)
    last = 0
    while part := source.read(f'SELECT rowid FROM "{table}" WHERE rowid > ? LIMIT 200', last):  # noqa: S608
        last = int(part[-1][0])
    return last + _BEYOND


def _ranges(source: _Source, table: str, listed: str, highest: int) -> Iterator[tuple[list[Row], int]]:
    """The rows that can be read, range by range, and with each how many single rows could not."""
    query = f'SELECT {listed} FROM "{table}" WHERE rowid BETWEEN ? AND ?'  # noqa: S608 - names of our own tables
    waiting = deque((low, min(low + _RANGE - 1, highest)) for low in range(1, highest + 1, _RANGE))
    patience = _PATIENCE
    while waiting:
        low, high = waiting.popleft()
        found = source.read(query, low, high) if patience > 0 else None
        if found is not None:
            yield found, 0
        elif low == high or patience <= 0:
            patience -= 1
            yield [], high - low + 1
        else:
            patience -= 1
            middle = (low + high) // 2
            waiting += ((low, middle), (middle + 1, high))


def _make_whole(target: Any) -> tuple[dict[str, int], int]:
    """Clear references to what was lost, or take the row away where one must not be empty; rows gone, and cleared."""
    gone: dict[str, int] = {}
    cleared = 0
    while broken := target.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _parent, number in broken:
            keys = target.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
            column = next(str(row[3]) for row in keys if row[0] == number)
            needed = next(
                bool(row[3]) or bool(row[5])
                for row in target.execute(f'PRAGMA table_info("{table}")')
                if row[1] == column
            )
            if needed:
                removed = target.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,)).rowcount  # noqa: S608
                gone[table] = gone.get(table, 0) + removed
            else:
                target.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))  # noqa: S608
                cleared += 1
    return gone, cleared
