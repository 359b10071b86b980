"""Bringing a database to the schema of this program, one numbered step at a time, all or nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.domain.errors import StorageFault
from app.storage import search
from app.storage.dialects import SERVER, WRITING
from app.storage.engine import memory_engine
from app.storage.unit_of_work import fault_of

if TYPE_CHECKING:
    from alembic.config import Config

SCHEMA = 6
"""The schema this program writes; every migration raises it by one and stores it as the fact `schema`."""

_NO_TABLE = "42P01"
_FOLDER = Path(__file__).parent / "migrations"


def stored_schema(engine: Engine) -> int:
    """The schema number the database carries; 0 for one that has no tables yet."""
    try:
        with engine.connect() as connection:
            found = connection.execute(text("SELECT value FROM facts WHERE name = 'schema'")).scalar()
    except DBAPIError as error:
        if "no such table" in str(error.orig) or getattr(error.orig, "sqlstate", "") == _NO_TABLE:
            return 0
        raise fault_of(engine, error) or StorageFault("database_damaged", file="") from error
    if found is None:
        return 0
    if not str(found).isdecimal():
        raise StorageFault("database_damaged", file="")
    return int(found)


def schema_in(connection: Connection) -> int:
    """The schema number of the database that is connected to."""
    return int(connection.execute(text("SELECT value FROM facts WHERE name = 'schema'")).scalar() or 0)


Also = Callable[[Connection], None]


def _nothing(connection: Connection) -> None:
    """Nothing beside the steps."""


def upgrade(engine: Engine, *, first: Also = _nothing, also: Also = _nothing, to: int | None = None) -> None:
    """Run the steps that are missing, in one transaction; `first` before and `also` after them belong to it.

    In a file foreign keys are off meanwhile, since a step may make a table anew, and all references are checked after.
    """
    from alembic import command  # noqa: PLC0415 - loaded only when migrating

    schema = SCHEMA if to is None else to
    config = _config()
    with engine.connect() as plain, _without_references(plain):
        connection = plain.execution_options(**{WRITING: True})
        with connection.begin():
            config.attributes["connection"] = connection
            first(connection)
            command.upgrade(config, f"{schema:04}")
            connection.execute(text("DELETE FROM facts WHERE name = 'schema'"))
            fact = text("INSERT INTO facts (name, value) VALUES ('schema', :schema)")
            connection.execute(fact, {"schema": str(schema)})
            if schema == SCHEMA:  # an earlier one has no index, or one that its own program knows
                search.ensure(connection)
            also(connection)
            if engine.dialect.name != SERVER and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StorageFault("migration_failed")


@contextmanager
def _without_references(plain: Connection) -> Iterator[None]:
    if plain.dialect.name == SERVER:
        yield
        return
    driver = plain.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]


@functools.cache
def parts_of(schema: int) -> frozenset[tuple[str, str, str]]:
    """Kind, name and definition of everything a database of that schema number has, made anew by its steps once.

    Raises KeyError for a number no version of this program has written.
    """
    if not 1 <= schema <= SCHEMA:
        raise KeyError(schema)
    from alembic import command  # noqa: PLC0415 - as above

    config, engine = _config(), memory_engine()
    try:
        with engine.connect() as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, f"{schema:04}")
            rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    finally:
        engine.dispose()
    return frozenset((str(row[0]), str(row[1]), plain_sql(row[2])) for row in rows)


def plain_sql(definition: str | None) -> str:
    """A definition without the differences that mean nothing."""
    return " ".join((definition or "").split())


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
