"""At the door of a restore: the backup opened and proved, what is in its place, and whether the person may replace it.

She shows it by her account in the database that is there, as it reads; what cannot be opened or read says nothing of
her, and takes the recovery key. Whoever damages or hides a file so gains nothing by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.backups import Contents, Now
from app.domain.clock import Clock
from app.domain.errors import AccessDenied, NotAllowed, Refused, StorageFault
from app.domain.log import head_words
from app.domain.meetings import MeetingStatus
from app.services import doors
from app.services.doors import Proof
from app.storage import anchor, audit, key_file, rekey, restore
from app.storage.place import FilePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class There:
    """The backup's private copy, proved."""

    copy: Path
    keys: key_file.KeyFile
    key: bytes
    schema: int
    contents: Contents
    lapsed: AccessDenied | None
    """Why the account of the backup would not be let in today, though it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What is in the place now, as far as it opens for the person, and how she showed that she may replace it."""

    now: Now
    keys: key_file.KeyFile | None = None
    seals: key_file.Seals | None = None
    unlocked: key_file.DatabaseKeys | None = None
    contents: Contents | None = None
    by_key: bool = False
    """By the recovery key; else by her account here, or there is nothing here."""
    log_held: bool = False
    """Whether the log here could be read and has the end that this machine noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is at the door."""

    user: str
    password: str
    proof: Proof
    clock: Clock


@contextmanager
def opened(place: FilePlace, backup: Path, person: Person) -> Iterator[There]:
    """The backup's copy, once her password opens it, it is whole, and she was enhetschef in it."""
    tries, user = place.tries(), person.user
    if wait := tries.wait(user):
        raise AccessDenied("throttled", wait=wait)
    with place.fetched(backup) as copy:
        with restore.naming(backup):
            keys, seals = key_file.read(copy)
            try:
                unlocked = keys.unlock(user, person.password)
            except AccessDenied:
                tries.failed(user)
                raise
            key = rekey.fitting(copy, unlocked)
            keys = key_file.verify(keys, seals, database_key=key)
            schema = restore.prove(copy, key)
            with FilePlace(copy).looking(key_file.DatabaseKeys(key, None)) as session:
                doors.require_chief(session, user, code="restore_not_manager")
                lapsed = _lapsed(session, person)
                contents = read_contents(session, schema=schema)
        yield There(copy=copy, keys=keys, key=key, schema=schema, contents=contents, lapsed=lapsed)


def _lapsed(session: Session, person: Person) -> AccessDenied | None:
    try:
        doors.require_standing(session, person.user, clock=person.clock)
    except AccessDenied as denied:
        return AccessDenied("door_handed_over") if denied.code == "password_handed_over" else denied
    return None


def look_here(place: FilePlace, there: There, person: Person) -> Here:
    """Raises Refused("restore_other_database"), NotAllowed when the person may not restore here any more.

    Raises AccessDenied where she has not shown that she may.
    """
    there_is = place.is_there()
    try:
        keys, seals = place.read_keys()
    except StorageFault:
        if there_is:
            return _by_key(place, there, person, Here(now=Now.DAMAGED))
        return _nothing(place, there, person, Here(now=Now.MISSING))
    if keys.database != there.keys.database:
        raise Refused("restore_other_database")
    if person.user not in keys.users:
        raise NotAllowed("restore_account_ended")
    if not there_is:
        return _nothing(place, there, person, Here(now=Now.MISSING, keys=keys, seals=seals))
    unlocked = _unlock(place, keys, person)
    here = Here(now=Now.SHUT if unlocked is None else Now.DAMAGED, keys=keys, seals=seals, unlocked=unlocked)
    if person.proof.recovery_key:
        return _by_key(place, there, person, here)
    if unlocked is None:
        raise AccessDenied("restore_needs_now")
    return _by_account(place, person, here)


def _nothing(place: FilePlace, there: There, person: Person, here: Here) -> Here:
    """Where no database is left: the backup alone says whether she would be let in, or the recovery key does."""
    if there.lapsed is None:
        return here
    if not person.proof.recovery_key:
        raise there.lapsed
    return _by_key(place, there, person, here)


def _unlock(place: FilePlace, keys: key_file.KeyFile, person: Person) -> key_file.DatabaseKeys | None:
    """What her password opens of the keys here: the one of the backup, or the one she says she has now.

    Raises AccessDenied("password_now_wrong" | "throttled").
    """
    try:
        return keys.unlock(person.user, person.password)
    except (AccessDenied, StorageFault):
        if not person.proof.password_now or person.proof.recovery_key:
            return None
    tries = place.tries()
    if wait := tries.wait(person.user):
        raise AccessDenied("throttled", wait=wait)
    try:
        return keys.unlock(person.user, person.proof.password_now)
    except AccessDenied as denied:
        tries.failed(person.user)
        raise AccessDenied("password_now_wrong") from denied
    except StorageFault:
        return None


def _by_account(place: FilePlace, person: Person, here: Here) -> Here:
    """By her account here, as it reads: what cannot be read says nothing of her, and is no damage that helps her."""
    known = False
    try:
        with _reading(place, here) as session:
            doors.require_chief(session, person.user, code="restore_not_manager_now")
            doors.require_standing(session, person.user, clock=person.clock)
            known = True
            return _compared(place, session, here)
    except StorageFault as fault:
        if fault.code == "database_busy":
            raise
        if not known:
            raise AccessDenied("restore_needs_recovery") from fault
        return here


def _by_key(place: FilePlace, there: There, person: Person, here: Here) -> Here:
    """By the recovery key, of the database here when it opens that, or of the backup."""
    typed = person.proof.recovery_key
    if not typed:
        raise AccessDenied("restore_needs_recovery")
    if here.keys is None:
        doors.with_recovery_key(place.tries(), typed, there.keys)
        return replace(here, by_key=True)
    now, of_backup = doors.with_recovery_key(place.tries(), typed, here.keys, there.keys)
    try:
        if now is not None and place.is_there():
            here = replace(here, unlocked=now, now=Now.DAMAGED)
            with _reading(place, here) as session:
                of_backup = now  # the key file is no forged one: what it holds opens the database
                return _compared(place, session, replace(here, by_key=True))
    except StorageFault as fault:
        if fault.code == "database_busy":
            raise
    if of_backup is None:
        raise AccessDenied("restore_needs_backup_key")
    return replace(here, unlocked=None, by_key=True)


@contextmanager
def _reading(place: FilePlace, here: Here) -> Iterator[Session]:
    """The database here, as its keys open it, if those are proven to be its own."""
    if here.keys is None or here.seals is None or here.unlocked is None:
        raise StorageFault("key_file_missing", file="")
    with place.looking(here.unlocked) as session:
        key_file.verify(here.keys, here.seals, database_key=here.unlocked.current)
        if session.scalar(select(m.Fact.value).where(m.Fact.name == "database")) != here.keys.database:
            raise StorageFault("database_damaged", file=place.path.name)
        yield session


def _compared(place: FilePlace, session: Session, here: Here) -> Here:
    """What is here, in numbers, where it can be read."""
    contents = read_contents(session, schema=stored_schema(session))
    noted = anchor.noted(session)
    held = noted is None or not any(anchor.breaks(session, noted))
    here = replace(here, contents=contents, log_held=held)
    whole = here.unlocked is not None and not place.problems(here.unlocked)
    return replace(here, now=Now.OPENED) if whole else here


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
