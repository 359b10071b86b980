"""Rescuing what can be read of a damaged database into a new file beside it, and saying what was saved and what not."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, insert, select

from app import models as m
from app.domain.address import Address
from app.domain.backups import TABLES, Rescued, Saved
from app.domain.errors import AccessDenied, NotAllowed, StorageFault
from app.domain.roles import Role
from app.services.access import Surroundings
from app.storage import audit, key_file, migrate, rekey, rescue
from app.storage.engine import make_engine
from app.storage.file_store import FileStore, require_file
from app.storage.place import FilePlace, place_of
from app.storage.store import told
from app.storage.unit_of_work import UnitOfWork, transaction


def rescue_database(around: Surroundings, address: Address, *, out: Path, user: str, password: str) -> Rescued:
    """Write what can be read to the new file `out`, with the same keys; the damaged file is left as it is.

    Raises StorageFault("database_exists" | "rescue_impossible" | "key_file_missing"), AccessDenied for a wrong
    password, NotAllowed for somebody who is readably not enhetschef.
    """
    place = place_of(address)
    if not isinstance(place, FilePlace):
        raise StorageFault("restore_needs_file")
    require_file(place.path)
    out = out.absolute()
    if any(path.exists() for path in (out, *key_file.paths(out))):
        raise StorageFault("database_exists", file=out.name)
    if not out.parent.is_dir():
        raise StorageFault("folder_missing", folder=str(out.parent))
    keys, key = _unlock(place, user, password)
    salvage = rescue.rescue(place.path, key, out)
    try:
        with told("folder_not_writable"):
            key_file.write(out, keys, database_key=key)
        _complete(out, key, keys.database)
        broken = _enter(around, out, key, user=user, lost=_lost(salvage.tables))
    except BaseException:
        for path in (out, *key_file.paths(out)):
            with suppress(OSError):  # what is told is the fault before
                path.unlink(missing_ok=True)
        raise
    order = {name: number for number, name in enumerate(TABLES)}
    tables = sorted(salvage.tables, key=lambda one: order.get(one.table, len(order)))
    return Rescued(path=out, tables=tuple(tables), cleared=salvage.cleared, log_broken=broken)


def _unlock(place: FilePlace, user: str, password: str) -> tuple[key_file.KeyFile, bytes]:
    tries = place.tries()
    if wait := tries.wait(user):
        raise AccessDenied("throttled", wait=wait)
    keys, seals = place.read_keys()
    try:
        unlocked = keys.unlock(user, password)
    except AccessDenied:
        tries.failed(user)
        raise
    key = rekey.fitting(place.path, unlocked)
    return key_file.verify(keys, seals, database_key=key), key


def _lost(tables: tuple[Saved, ...]) -> str:
    """Which tables are not whole, for the log."""
    return ", ".join(one.table for one in tables if one.lost != 0) or "inget"


def _complete(out: Path, key: bytes, database: str) -> None:
    """Put back the facts that no database is without, where they were lost."""
    needed = {"database": database, "schema": str(migrate.SCHEMA)}
    engine = make_engine(out, key)
    try:
        with transaction(engine, writing=True) as session:
            there = set(session.scalars(select(m.Fact.name)))
            for name, value in needed.items():
                if name not in there:
                    session.execute(insert(m.Fact).values(name=name, value=value))
            if audit.CHAIN_KEY not in there:
                audit.make_chain_key(session.connection())
            session.commit()
    finally:
        engine.dispose()


def _enter(around: Surroundings, out: Path, key: bytes, *, user: str, lost: str) -> int | None:
    """Check that the person may, see that an enhetschef can come in, and note the rescue; where the log is broken."""
    who = audit.Who(user=user, role=Role.MANAGER.value, workstation=around.workstation or socket.gethostname())
    store = FileStore(out, make_engine(out, key), key, None)
    try:
        broken = store.first_broken_audit_row()
        with store.work(who=who, at=around.clock.instant(), writing=True) as work:
            _require_manager(work, user)
            work.record(audit.Event(action="rescue", object=f"database:{out.name}", reason=lost))
            work.commit()
    finally:
        store.close()
    return broken


def _require_manager(work: UnitOfWork, user: str) -> None:
    """An account that could not be read is made anew only where no enhetschef was left to do it."""
    account = work.session.execute(select(m.Account.role, m.Account.active).where(m.Account.user == user)).first()
    if account is not None:
        if not account.active or account.role != Role.MANAGER.value:
            raise NotAllowed("rescue_not_manager")
        return
    managers = select(func.count()).select_from(m.Account).where(m.Account.role == Role.MANAGER.value)
    if work.session.scalar(managers.where(m.Account.active)):
        raise NotAllowed("rescue_not_manager")
    work.session.execute(insert(m.Account).values(user=user, full_name=user, role=Role.MANAGER.value))
    work.record(audit.Event(action="add_account", object=f"user:{user}", reason="rescue"))
