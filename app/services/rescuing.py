"""Rescuing what can be read of a damaged database into a new file beside it, and saying what was saved and what not."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

from sqlalchemy import insert, select

from app import models as m
from app.domain.address import Address
from app.domain.backups import TABLES, Rescued, Saved
from app.domain.errors import AccessDenied, StorageFault
from app.domain.roles import Role
from app.services import doors
from app.services.access import Surroundings
from app.services.doors import NO_PROOF, Proof
from app.storage import audit, key_file, migrate, rekey, rescue
from app.storage.engine import make_engine
from app.storage.file_store import FileStore, require_file
from app.storage.place import FilePlace, place_of
from app.storage.store import told
from app.storage.unit_of_work import UnitOfWork, transaction


def rescue_database(
    around: Surroundings, address: Address, *, out: Path, user: str, password: str, proof: Proof = NO_PROOF
) -> Rescued:
    """Write what can be read to the new file `out`, with the same keys; the damaged file is left as it is.

    Raises StorageFault("database_exists" | "rescue_impossible" | "key_file_missing"), AccessDenied for a wrong
    password, NotAllowed for somebody who is readably not enhetschef of all units. Where what says who she is could not
    be read whole, the recovery key is asked for: AccessDenied("rescue_needs_recovery" | "door_handed_over").
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
    keys, key = _unlock(place, user, password, proof)
    salvage = rescue.rescue(place.path, key, out)
    try:
        with told("folder_not_writable"):
            key_file.write(out, keys, database_key=key)
        _complete(out, key, keys.database)
        by_key = bool(proof.recovery_key)
        if not by_key and any(one.table in _WHO and one.lost != 0 for one in salvage.tables):
            raise AccessDenied("rescue_needs_recovery")
        broken = _enter(around, out, key, user=user, lost=_lost(salvage.tables), by_key=by_key)
    except BaseException:
        for path in (out, *key_file.paths(out)):
            with suppress(OSError):  # what is told is the fault before
                path.unlink(missing_ok=True)
        raise
    order = {name: number for number, name in enumerate(TABLES)}
    tables = sorted(salvage.tables, key=lambda one: order.get(one.table, len(order)))
    return Rescued(path=out, tables=tuple(tables), cleared=salvage.cleared, log_broken=broken)


_WHO = frozenset({"accounts", "members"})
"""The tables that say who somebody is today: a row lost there must make nobody more than she was."""


def _unlock(place: FilePlace, user: str, password: str, proof: Proof) -> tuple[key_file.KeyFile, bytes]:
    """The keys and the database key, by the password and, where it is given, the recovery key as well."""
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
    if proof.recovery_key:
        (recovered,) = doors.with_recovery_key(tries, proof.recovery_key, keys)
        if recovered is None or key not in recovered:
            raise AccessDenied("recovery_key_wrong")
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


def _enter(around: Surroundings, out: Path, key: bytes, *, user: str, lost: str, by_key: bool) -> int | None:
    """Check that the person may, and note the rescue; where the log is broken."""
    who = audit.Who(user=user, role=Role.MANAGER.value, workstation=around.workstation or socket.gethostname())
    store = FileStore(out, make_engine(out, key), key, None)
    try:
        broken = store.first_broken_audit_row()
        with store.work(who=who, at=around.clock.instant(), writing=True) as work:
            _require_chief(work, around, user, by_key=by_key)
            if by_key:
                work.record(audit.Event(action="use_recovery_key", object=f"user:{user}", reason="rescue"))
            work.record(audit.Event(action="rescue", object=f"database:{out.name}", reason=lost))
            work.commit()
    finally:
        store.close()
    return broken


def _require_chief(work: UnitOfWork, around: Surroundings, user: str, *, by_key: bool) -> None:
    """As she reads in what was saved; with the recovery key alone is an account made anew that could not be read."""
    lost = work.session.scalar(select(m.Account.id).where(m.Account.user == user)) is None
    if lost and by_key:
        work.session.execute(insert(m.Account).values(user=user, full_name=user, role=Role.MANAGER.value))
        work.record(audit.Event(action="add_account", object=f"user:{user}", reason="rescue"))
        return
    doors.require_chief(work.session, user, code="rescue_not_manager")
    if by_key:
        return
    try:
        doors.require_standing(work.session, user, clock=around.clock)
    except AccessDenied as denied:
        if denied.code == "password_handed_over":
            raise AccessDenied("door_handed_over") from denied
        raise
