"""The full check of a database: it only reads, and changes no byte but of a search index that is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, table
from sqlalchemy.orm import Session

from app import models as m
from app.domain.address import Address
from app.domain.errors import AccessDenied, NotAllowed, StorageFault
from app.domain.roles import Right
from app.services import doors
from app.services.access import Surroundings
from app.services.desk import Desk, needs
from app.services.minutes_keeping import require_unchanged
from app.storage import key_file, migrate, rekey, search, search_tables
from app.storage.audit import Event, chain_key, first_broken
from app.storage.copying import file_problems
from app.storage.engine import make_engine
from app.storage.file_store import FileStore
from app.storage.place import FilePlace, Place, place_of
from app.storage.unit_of_work import transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was checked; `rows` counts each table."""

    file: str
    schema: int
    rows: dict[str, int]
    audit_rows: int
    search_wrong: int = 0
    """Documents that the search index lacks or has otherwise than they read; of the open database it was made anew."""


def check_file(around: Surroundings, address: Address, *, user: str, password: str) -> Report:
    """Check keys, cipher seals, structure, references, schema and audit chain; of a server what it does not itself.

    Raises StorageFault or AccessDenied with what is wrong, NotAllowed for who is no enhetschef of all units; a whole
    database gives a Report.
    """
    with reading(around, address, user=user, password=password) as connection:
        doors.require_chief(connection, user, code="check_not_manager")
        return _report(connection, address)


@contextmanager
def reading(around: Surroundings, address: Address, *, user: str, password: str) -> Iterator[Connection]:
    """A connection that only reads a database nobody has come in to; keys, seals, structure and version are checked.

    Raises StorageFault or AccessDenied with what is wrong, also for whom the log-in would not let in.
    """
    place = place_of(address)
    place.require()
    keys = _open_keys(place, user, password)
    if isinstance(place, FilePlace):
        _require_same_copies(place.path)
        database_key = rekey.fitting(place.path, keys)
        if problems := file_problems(place.path, database_key):
            raise StorageFault("database_damaged", file=place.path.name, reason=problems[0])
        engine = make_engine(place.path, database_key, read_only=True)
    else:
        engine = place.reach(keys)[-1]
    try:
        with transaction(engine, writing=False) as session:
            _require_known(session.connection(), address)
            doors.require_standing(session, user, clock=around.clock)
            yield session.connection()
    finally:
        engine.dispose()


@needs(Right.RESTORE)
def check_open(desk: Desk) -> Report:
    """Check the database that is open; a search index that is wrong is made anew, and that is logged.

    Raises StorageFault with what is wrong, NotAllowed where units limit her.
    """
    if desk.actor.units is not None:
        raise NotAllowed("whole_database")
    store = desk.store
    store.keys()
    if isinstance(store, FileStore):
        _require_same_copies(store.path)
        if problems := file_problems(store.path, store.key):
            raise StorageFault("database_damaged", file=store.path.name, reason=problems[0])
    with store.snapshot() as connection:
        report = _report(connection, store.address)
    if report.search_wrong:
        with desk.writing() as work:
            search.rebuild(work.session.connection())
            work.record(Event(action="rebuild_search"))
            work.commit()
    return report


def _require_known(connection: Connection, address: Address) -> None:
    if "facts" not in inspect(connection).get_table_names():
        raise StorageFault("database_foreign", file=address.name)
    schema = int(connection.execute(select(m.Fact.value).where(m.Fact.name == "schema")).scalar() or 0)
    if schema > migrate.SCHEMA:
        raise StorageFault("database_newer", file=address.name)


def _report(connection: Connection, address: Address) -> Report:
    name = address.name
    tables = sorted(inspect(connection).get_table_names())
    names = [one for one in tables if not one.startswith("door_") and one not in search_tables.NAMES]
    schema = int(connection.execute(select(m.Fact.value).where(m.Fact.name == "schema")).scalar() or 0)
    if (broken := first_broken(connection, chain_key=chain_key(connection))) is not None:
        raise StorageFault("audit_broken", row=broken)
    if schema == migrate.SCHEMA:  # an older file has no versions, and is not read as this program's values
        with Session(connection) as session:
            require_unchanged(session)
    rows = {one: int(connection.execute(select(func.count()).select_from(table(one))).scalar() or 0) for one in names}
    wrong = search.differences(connection) if schema == migrate.SCHEMA else 0
    return Report(file=name, schema=schema, rows=rows, audit_rows=rows.get("audit", 0), search_wrong=wrong)


def _open_keys(place: Place, user: str, password: str) -> key_file.DatabaseKeys:
    tries = place.tries()
    if wait := tries.wait(user):
        raise AccessDenied("throttled", wait=wait)
    keys, seals = place.read_keys()
    try:
        database_keys = keys.unlock(user, password)
    except AccessDenied:
        tries.failed(user)
        raise
    key_file.verify(keys, seals, database_key=database_keys.current)
    return database_keys


def _require_same_copies(path: Path) -> None:
    bodies = []
    for copy in key_file.paths(path):
        try:
            bodies.append(json.loads(copy.read_bytes()))
        except (OSError, ValueError) as error:
            raise StorageFault("key_copy_damaged", file=copy.name) from error
    if bodies[0] != bodies[1]:
        raise StorageFault("key_copy_damaged", file=key_file.paths(path)[1].name)
