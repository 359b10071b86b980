"""The full check of a database file: it only reads, and changes no byte."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select, table

from app.domain.address import Address
from app.domain.errors import AccessDenied, StorageFault
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage import key_file, migrate, rekey
from app.storage.attempts import Attempts
from app.storage.audit import chain_key, first_broken
from app.storage.copying import file_problems
from app.storage.engine import make_engine
from app.storage.file_store import FileStore, require_file
from app.storage.unit_of_work import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was checked; `rows` counts each table."""

    file: str
    schema: int
    rows: dict[str, int]
    audit_rows: int


def check_file(address: Address, *, user: str, password: str) -> Report:
    """Check keys, cipher seals, structure, references, schema and audit chain.

    Raises StorageFault or AccessDenied with what is wrong; a whole file gives a Report.
    """
    if not isinstance(address, Path):
        raise StorageFault("server_unknown", server=str(address))
    path = address.absolute()
    require_file(path)
    database_key = _open_keys(path, user, password)
    if problems := file_problems(path, database_key):
        raise StorageFault("database_damaged", file=path.name, reason=problems[0])
    return _checked(path, database_key)


@needs(Right.RESTORE)
def check_open(desk: Desk) -> Report:
    """Check the database that is open; raises StorageFault with what is wrong."""
    store = desk.store
    assert isinstance(store, FileStore)  # noqa: S101
    path, database_key = store.path, store.key
    store.keys()
    _require_same_copies(path)
    if problems := file_problems(path, database_key):
        raise StorageFault("database_damaged", file=path.name, reason=problems[0])
    return _checked(path, database_key)


def _checked(path: Path, database_key: bytes) -> Report:
    engine = make_engine(path, database_key, read_only=True)
    try:
        schema = migrate.stored_schema(engine)
        if schema == 0:
            raise StorageFault("database_foreign", file=path.name)
        if schema > migrate.SCHEMA:
            raise StorageFault("database_newer", file=path.name)
        with transaction(engine, writing=False) as session:
            broken = first_broken(session, chain_key=chain_key(session))
            if broken is not None:
                raise StorageFault("audit_broken", row=broken)
            connection = session.connection()
            names = (
                connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
                .scalars()
                .all()
            )
            rows = {
                name: int(connection.execute(select(func.count()).select_from(table(name))).scalar() or 0)
                for name in names
            }
    finally:
        engine.dispose()
    return Report(file=path.name, schema=schema, rows=rows, audit_rows=rows.get("audit", 0))


def _open_keys(path: Path, user: str, password: str) -> bytes:
    attempts = Attempts(path)
    if wait := attempts.wait(user):
        raise AccessDenied("throttled", wait=wait)
    keys, seals = key_file.read(path)
    try:
        database_keys = keys.unlock(user, password)
    except AccessDenied:
        attempts.failed(user)
        raise
    key_file.verify(keys, seals, database_key=database_keys.current)
    _require_same_copies(path)
    return rekey.fitting(path, database_keys)


def _require_same_copies(path: Path) -> None:
    bodies = []
    for copy in key_file.paths(path):
        try:
            bodies.append(json.loads(copy.read_bytes()))
        except (OSError, ValueError) as error:
            raise StorageFault("key_copy_damaged", file=copy.name) from error
    if bodies[0] != bodies[1]:
        raise StorageFault("key_copy_damaged", file=key_file.paths(path)[1].name)
