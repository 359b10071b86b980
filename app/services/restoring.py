"""Restoring a backup: what is in it beside what is there now, and putting it there. Nobody needs to be logged in.

Who may: an enhetschef of the backup, with her password of that time, who is enhetschef of what is there now too. She
shows that with the password that she has now, where it is another one; what cannot be opened or read says nothing of
her, and takes the recovery key. Where no database is left the backup alone decides. Accounts that were ended since stay
ended, and the restored database then gets a key that nobody had.
"""

from __future__ import annotations

import socket
from pathlib import Path

from app.domain.address import Address
from app.domain.backups import Backup, Now, Preview, Restored, Why, read_name
from app.domain.errors import KnownError, StorageFault
from app.domain.roles import Role
from app.domain.wording import disk_reason
from app.faultlog import note_fault
from app.services.access import Surroundings, close_account
from app.services.doors import NO_PROOF, Proof
from app.services.restore_door import Here, Person, There, look_here, opened
from app.storage import anchor, audit, key_file, migrate, rekey, search
from app.storage.backup import backup_folder, list_backups, read_receipt
from app.storage.engine import make_engine
from app.storage.file_store import FileStore
from app.storage.place import FilePlace, place_of
from app.storage.store import told


def preview_restore(
    around: Surroundings, address: Address, *, backup: Path, user: str, password: str, proof: Proof = NO_PROOF
) -> Preview:
    """What is in the backup, and in its place now; nothing is changed.

    Raises StorageFault for what is no whole backup, NotAllowed without the role, AccessDenied for a wrong password and
    where more is asked for (`doors.ASK_FOR_KEY`).
    """
    place, person = _file_place(address), Person(user=user, password=password, proof=proof, clock=around.clock)
    place.settle()
    with opened(place, backup, person) as there:
        return _preview(backup, there, look_here(place, there, person))


def restore_backup(
    around: Surroundings, address: Address, *, backup: Path, user: str, password: str, reason: str,
    proof: Proof = NO_PROOF,
) -> Restored:  # fmt: skip
    """Put the backup in the place; the old file is kept, and backed up where it can be opened. Logged as `restore`.

    Raises as `preview_restore`, and StorageFault("database_in_use") while anybody has the old database open.
    """
    place, person = _file_place(address), Person(user=user, password=password, proof=proof, clock=around.clock)
    place.settle()
    with opened(place, backup, person) as there:
        here = look_here(place, there, person)
        shown = _preview(backup, there, here)
        saved = _back_up(around, place, here)
        _write_down(around, there, shown, user=user, reason=reason, by_key=here.by_key)
        with told("restore_failed"):
            if _key_was_changed(here, there.key) or shown.ended:
                _encrypt_anew(there, ended=frozenset(shown.ended))
            else:
                key_file.write(there.copy, there.keys, database_key=there.key)
        kept = place.put(there.copy, wait=around.wait, at=around.clock.now())
        if here.log_held:  # what nobody could compare is told at the next log-in, whoever replaced it
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


def _preview(backup: Path, there: There, here: Here) -> Preview:
    named, receipt = read_name(backup.name), read_receipt(backup)
    ended: tuple[str, ...] = ()
    if here.keys is not None:
        ended = tuple(user for user in there.contents.accounts if user not in here.keys.users)
    return Preview(
        name=backup.name, at=named[0] if named else None, why=named[1] if named else "",
        receipt=receipt is not None and receipt.database == there.keys.database, there=there.contents, now=here.now,
        here=here.contents, ended=ended, migrates=there.schema < migrate.SCHEMA,
    )  # fmt: skip


def _back_up(around: Surroundings, place: FilePlace, here: Here) -> Path | None:
    """A verified backup of what is there, where it can be opened; the file itself is kept in any case."""
    if here.now is not Now.OPENED or here.unlocked is None:
        return None
    now = around.clock.now()
    store = place.open(here.unlocked, wait=around.wait, now=now)
    try:
        return store.back_up(folder=store.usual_backup_folder(), at=now, why=Why.BEFORE_RESTORE.value)
    finally:
        store.close()


def _write_down(around: Surroundings, there: There, shown: Preview, *, user: str, reason: str, by_key: bool) -> None:
    """Enter the restore in the log of the copy, before it takes its place, and close what was ended since."""
    who = audit.Who(user=user, role=Role.MANAGER.value, workstation=around.workstation or socket.gethostname())
    store = FileStore(there.copy, make_engine(there.copy, there.key), there.key, None)
    try:
        with store.work(who=who, at=around.clock.instant(), writing=True) as work:
            work.record(audit.Event(action="restore", object=f"backup:{shown.name}", reason=reason.strip() or None))
            if by_key:
                work.record(audit.Event(action="use_recovery_key", object=f"user:{user}", reason="restore"))
            for one in shown.ended:
                close_account(work, one)
                work.record(audit.Event(action="end_account", object=f"user:{one}", reason="restore"))
            if there.schema == migrate.SCHEMA:  # of an earlier one the index is made when it is opened
                search.mend(work.session.connection())
            work.commit()
    finally:
        store.close()


def _key_was_changed(here: Here, key: bytes) -> bool:
    """Whether what is there now has another key than the backup had, or says nothing that can be trusted of it."""
    if here.keys is None or here.seals is None:
        return here.now is not Now.MISSING
    try:
        key_file.verify(here.keys, here.seals, database_key=key)
    except StorageFault:
        return True
    return False


def _encrypt_anew(there: There, *, ended: frozenset[str]) -> None:
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
