"""What a database consists of, held against what this program makes: nothing that acts by itself is let in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.domain.errors import StorageFault
from app.storage import migrate
from app.storage.engine import DRIVER_ERRORS, raw_connection

_ACTING = (
    "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index') "
    "OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%')"
)
_STATISTICS = frozenset({"sqlite_stat1", "sqlite_stat4"})


def require_passive(connection: Any, *, file: str) -> None:
    """Refuse triggers, views and virtual tables: this program makes none, and they would act when data is written.

    Raises StorageFault("database_hostile").
    """
    if connection.execute(_ACTING).fetchone()[0]:
        raise StorageFault("database_hostile", file=file)


def require_own_parts(database: Path, key: bytes, *, schema: int) -> None:
    """Refuse a database that has a table, column or index more, less or other than its schema number says.

    Raises StorageFault("database_hostile" | "database_damaged").
    """
    connection = raw_connection(database, key, read_only=True)
    try:
        require_passive(connection, file=database.name)
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    except DRIVER_ERRORS as error:
        raise StorageFault("database_damaged", file=database.name) from error
    finally:
        connection.close()
    found = {(str(row[0]), str(row[1]), migrate.plain_sql(row[2])) for row in rows if row[1] not in _STATISTICS}
    if found != migrate.parts_of(schema):
        raise StorageFault("database_hostile", file=database.name)
