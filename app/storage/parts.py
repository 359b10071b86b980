"""What a database consists of, held against what this program makes: nothing that acts by itself is let in.

The search index's full text is the one virtual table there is: it and the tables that belong to it are let in by their
names and exact definitions, together or not at all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.domain.errors import StorageFault
from app.storage import migrate
from app.storage.engine import DRIVER_ERRORS, raw_connection
from app.storage.search_tables import own_parts

_ACTING = (
    "SELECT type, name, sql FROM sqlite_master WHERE type NOT IN ('table', 'index') "
    "OR (type = 'table' AND sql LIKE 'CREATE VIRTUAL%') OR name GLOB 'search_*'"
)
_STATISTICS = frozenset({"sqlite_stat1", "sqlite_stat4"})


def require_passive(connection: Any, *, file: str) -> bool:
    """Refuse triggers, views and virtual tables, which would act when data is written, but for the search index's own.

    Whether there is one is told. Raises StorageFault("database_hostile").
    """
    found = frozenset((str(row[0]), str(row[1]), str(row[2])) for row in connection.execute(_ACTING))
    if found and found != own_parts():
        raise StorageFault("database_hostile", file=file)
    return bool(found)


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
