"""Restoring a backup: what is in it beside what is there now, and putting it there. Nobody needs to be logged in.

Who may: an enhetschef of the backup, with her password of that time, whose account has not been ended since and who,
as far as the same password opens what is there now, is enhetschef there too. Accounts that were ended since stay ended,
and the restored database then gets a key that nobody had.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.address import Address
from app.domain.backups import Backup, Contents, Now, Preview, Restored, Why, read_name
from app.domain.errors import AccessDenied, KnownError, NotAllowed, Refused, StorageFault
from app.domain.log import head_words
from app.domain.meetings import MeetingStatus
from app.domain.roles import Role
from app.domain.wording import disk_reason
from app.faultlog import note_fault
from app.services.access import Surroundings, close_account
from app.storage import anchor, audit, key_file, migrate, rekey, restore
from app.storage.backup import backup_folder, list_backups, read_receipt
from app.storage.engine import make_engine
from app.storage.file_store import FileStore
from app.storage.place import FilePlace, place_of
from app.storage.store import told


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """The backup's private copy, proved."""

    copy: Path
    keys: key_file.KeyFile
    key: bytes
    schema: int
    contents: Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class _Here:
    """What is in the place now, as far as the same user and password open it."""

    now: Now
    keys: key_file.KeyFile | None = None
    seals: key_file.Seals | None = None
    unlocked: key_file.DatabaseKeys | None = None
    contents: Contents | None = None


def preview_restore(address: Address, *, backup: Path, user: str, password: str) -> Preview:
    """What is in the backup, and in its place now; nothing is changed.

    Raises StorageFault for what is no whole backup, AccessDenied for a wrong password, NotAllowed without the role.
    """
    place = _file_place(address)
    with _opened(place, backup, user, password) as there:
        return _preview(backup, there, _look_here(place, there, user, password))


def restore_backup(
    around: Surroundings, address: Address, *, backup: Path, user: str, password: str, reason: str
) -> Restored:
    """Put the backup in the place; the old file is kept, and backed up where it can be opened. Logged as `restore`.

    Raises as `preview_restore`, and StorageFault("database_in_use") while anybody has the old database open.
    """
    place = _file_place(address)
    with _opened(place, backup, user, password) as there:
        here = _look_here(place, there, user, password)
        shown = _preview(backup, there, here)
        saved = _back_up(around, place, here)
        _write_down(around, there, shown, user=user, reason=reason)
        with told("restore_failed"):
            if _key_was_changed(here, there.key) or shown.ended:
                _encrypt_anew(there, ended=frozenset(shown.ended))
            else:
                key_file.write(there.copy, there.keys, database_key=there.key)
        kept = place.put(there.copy, wait=around.wait, at=around.clock.now())
        _forget_end(there.keys.database)
    return Restored(preview=shown, kept=kept, backup=saved)


def _forget_end(database: str) -> None:
    """The restored log ends earlier than this machine noted, and with good reason: the next log-in notes its end."""
    try:
        anchor.forget(database)
    except OSError as fault:  # then the next log-in says that the log is shorter, which is true
        note_fault(fault)


def _file_place(address: Address) -> FilePlace:
    place = place_of(address)
    if not isinstance(place, FilePlace):
        raise StorageFault("restore_needs_file")
    return place


@contextmanager
def _opened(place: FilePlace, backup: Path, user: str, password: str) -> Iterator[_There]:
    tries = place.tries()
    if wait := tries.wait(user):
        raise AccessDenied("throttled", wait=wait)
    with place.fetched(backup) as copy:
        with restore.naming(backup):
            keys, seals = key_file.read(copy)
            try:
                unlocked = keys.unlock(user, password)
            except AccessDenied:
                tries.failed(user)
                raise
            key = rekey.fitting(copy, unlocked)
            keys = key_file.verify(keys, seals, database_key=key)
            schema = restore.prove(copy, key)
            with FilePlace(copy).looking(key_file.DatabaseKeys(key, None)) as session:
                _require_manager(session, user, code="restore_not_manager")
                contents = read_contents(session, schema=schema)
        yield _There(copy=copy, keys=keys, key=key, schema=schema, contents=contents)


def _look_here(place: FilePlace, there: _There, user: str, password: str) -> _Here:
    """Raises Refused("restore_other_database"), and NotAllowed when the person may not restore here any more."""
    there_is = place.is_there()
    try:
        keys, seals = place.read_keys()
    except StorageFault:
        return _Here(now=Now.DAMAGED if there_is else Now.MISSING)
    if keys.database != there.keys.database:
        raise Refused("restore_other_database")
    if user not in keys.users:
        raise NotAllowed("restore_account_ended")
    if not there_is:
        return _Here(now=Now.MISSING, keys=keys, seals=seals)
    try:
        unlocked = keys.unlock(user, password)
    except AccessDenied:
        return _Here(now=Now.SHUT, keys=keys, seals=seals)
    try:
        key_file.verify(keys, seals, database_key=unlocked.current)
        with place.looking(unlocked) as session:
            _require_manager(session, user, code="restore_not_manager_now")
            contents = read_contents(session, schema=stored_schema(session))
        whole = not place.problems(unlocked)
    except StorageFault:
        return _Here(now=Now.DAMAGED, keys=keys, seals=seals)
    if not whole:
        return _Here(now=Now.DAMAGED, keys=keys, seals=seals, contents=contents)
    return _Here(now=Now.OPENED, keys=keys, seals=seals, unlocked=unlocked, contents=contents)


def _require_manager(session: Session, user: str, *, code: str) -> None:
    account = session.execute(select(m.Account.role, m.Account.active).where(m.Account.user == user)).first()
    if account is None or not account.active or account.role != Role.MANAGER.value:
        raise NotAllowed(code)


def stored_schema(session: Session) -> int:
    """The schema number that a database carries."""
    found = session.scalar(select(m.Fact.value).where(m.Fact.name == "schema")) or "0"
    return int(found) if found.isdecimal() else 0


def read_contents(session: Session, *, schema: int) -> Contents:
    """What is in a database of any schema so far, in numbers."""

    def count(table: type[m.Base], *where: object) -> int:
        return int(session.scalar(select(func.count()).select_from(table).where(*where)) or 0)  # type: ignore[arg-type]

    last = session.execute(
        select(m.AuditEntry.sequence, m.AuditEntry.mac, m.AuditEntry.at).order_by(m.AuditEntry.sequence.desc()).limit(1)
    ).first()
    return Contents(
        schema=schema,
        units=tuple(session.scalars(select(m.Unit.name).order_by(m.Unit.name))),
        members=count(m.Member), customers=count(m.Customer), meetings=count(m.Meeting),
        approved=count(m.Meeting, m.Meeting.status == MeetingStatus.APPROVED.value),
        newest=last.at if last else None, log_rows=count(m.AuditEntry),
        head=head_words(last.sequence, last.mac) if last else "",
        log_broken=audit.first_broken(session, chain_key=audit.chain_key(session)),
        accounts=tuple(session.scalars(select(m.Account.user).where(m.Account.active).order_by(m.Account.user))),
    )  # fmt: skip


def _preview(backup: Path, there: _There, here: _Here) -> Preview:
    named, receipt = read_name(backup.name), read_receipt(backup)
    ended: tuple[str, ...] = ()
    if here.keys is not None:
        ended = tuple(user for user in there.contents.accounts if user not in here.keys.users)
    return Preview(
        name=backup.name, at=named[0] if named else None, why=named[1] if named else "",
        receipt=receipt is not None and receipt.database == there.keys.database, there=there.contents, now=here.now,
        here=here.contents, ended=ended, migrates=there.schema < migrate.SCHEMA,
    )  # fmt: skip


def _back_up(around: Surroundings, place: FilePlace, here: _Here) -> Path | None:
    """A verified backup of what is there, where it can be opened; the file itself is kept in any case."""
    if here.now is not Now.OPENED or here.unlocked is None:
        return None
    now = around.clock.now()
    store = place.open(here.unlocked, wait=around.wait, now=now)
    try:
        return store.back_up(folder=store.usual_backup_folder(), at=now, why=Why.BEFORE_RESTORE.value)
    finally:
        store.close()


def _write_down(around: Surroundings, there: _There, shown: Preview, *, user: str, reason: str) -> None:
    """Enter the restore in the log of the copy, before it takes its place, and close what was ended since."""
    who = audit.Who(user=user, role=Role.MANAGER.value, workstation=around.workstation or socket.gethostname())
    store = FileStore(there.copy, make_engine(there.copy, there.key), there.key, None)
    try:
        with store.work(who=who, at=around.clock.instant(), writing=True) as work:
            work.record(audit.Event(action="restore", object=f"backup:{shown.name}", reason=reason.strip() or None))
            for one in shown.ended:
                close_account(work, one)
                work.record(audit.Event(action="end_account", object=f"user:{one}", reason="restore"))
            work.commit()
    finally:
        store.close()


def _key_was_changed(here: _Here, key: bytes) -> bool:
    """Whether what is there now has another key than the backup had, or says nothing that can be trusted of it."""
    if here.keys is None or here.seals is None:
        return False
    try:
        key_file.verify(here.keys, here.seals, database_key=key)
    except StorageFault:
        return True
    return False


def _encrypt_anew(there: _There, *, ended: frozenset[str]) -> None:
    """Give the copy a key of its own, for those who have an account: the old one may be in anybody's hands."""
    users = [user for user in there.contents.accounts if user not in ended]
    try:
        coming = rekey.announce(there.copy, there.keys, users=users, key=there.key)
        rekey.encrypt_anew(there.copy, key=there.key, coming=coming)
        rekey.settle(there.copy, key=coming)
    except (OSError, KnownError) as error:
        reason = error.params.get("reason") if isinstance(error, KnownError) else disk_reason(error)
        raise StorageFault("restore_failed", reason=reason or "") from error


def find_backups(address: Address) -> tuple[Backup, ...]:
    """The backups that lie where the automatic ones of a database do, newest first, before anybody is in."""
    return list_backups(backup_folder(address.absolute())) if isinstance(address, Path) else ()
