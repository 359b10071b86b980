"""Bringing a database to the schema of this program, one numbered step at a time, all or nothing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from app.domain.errors import StorageFault
from app.storage.engine import WRITING

SCHEMA = 2
"""The schema this program writes; every migration raises it by one and stores it as the fact `schema`."""

_FOLDER = Path(__file__).parent / "migrations"


def stored_schema(engine: Engine) -> int:
    """The schema number the database carries; 0 for one that has no tables yet."""
    with engine.connect() as connection:
        try:
            found = connection.execute(text("SELECT value FROM facts WHERE name = 'schema'")).scalar()
        except DatabaseError as error:
            if "no such table" in str(error.orig):
                return 0
            raise StorageFault("database_damaged", file="") from error
    return int(found) if found is not None else 0


def upgrade(engine: Engine) -> None:
    """Run the steps that are missing, in one transaction with foreign keys off, and check the references after."""
    from alembic import command  # noqa: PLC0415 - loaded only when migrating
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    with engine.connect() as plain:
        plain.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
        connection = plain.execution_options(**{WRITING: True})
        try:
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                connection.execute(text("DELETE FROM facts WHERE name = 'schema'"))
                connection.execute(
                    text("INSERT INTO facts (name, value) VALUES ('schema', :schema)"), {"schema": str(SCHEMA)}
                )
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StorageFault("migration_failed")
        finally:
            plain.connection.driver_connection.execute("PRAGMA foreign_keys = ON")  # type: ignore[union-attr]
