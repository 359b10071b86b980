"""Coming in: making a database, logging in, the recovery key, changing one's password."""

from __future__ import annotations

import socket
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import delete, insert, select, update

from app import models as m
from app.domain.address import Address
from app.domain.catalogue import Catalogue, Setting
from app.domain.clock import Clock
from app.domain.errors import AccessDenied, NotAllowed, Refused, StorageFault
from app.domain.keys import free_key, key_from
from app.domain.passwords import check_password, same_password
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Actor, Right, Role
from app.domain.team import Professions
from app.services import drafts, expiry, standing
from app.services.desk import Desk, needs
from app.services.envelope import key_waits
from app.storage import kdf, key_file, recovery_key
from app.storage.audit import Event, Who
from app.storage.place import Tries, place_of
from app.storage.store import Store
from app.storage.unit_of_work import UnitOfWork

_MOST_NAMED = 50
"""So many user names with failed tries have a row each in the log at one log-in."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every desk is given by the program: the clock, the shipped lists, and how long to wait for a locked file."""

    clock: Clock
    catalogue: Catalogue
    professions: Professions
    common_passwords: frozenset[str]
    wait: float = 0.0
    workstation: str = ""
    dictionary: Path | None = None
    """The Swedish dictionary's files without their endings; without one nothing is said of how words are spelt."""


@dataclass(frozen=True, slots=True)
class NewDatabase:
    """A database just made: the maker's desk and the recovery key that is shown once."""

    desk: Desk
    recovery_key: str


def list_users(address: Address) -> tuple[str, ...]:
    """The user names of a database, from its keys. Raises StorageFault when database or keys are missing."""
    place = place_of(address)
    place.require()
    return tuple(place.read_keys()[0].users)


def check_location(address: Address) -> None:
    """Raise StorageFault when no database may lie there: on a share, or in a folder that something copies."""
    place_of(address).require_room()


def letting_in(address: Address) -> str | None:
    """What the keeper of a server types to let another workstation's login in; None for a file."""
    return place_of(address).letting_in()


def check_password_rules(around: Surroundings, password: str, *, own_names: Iterable[str]) -> None:
    """Raise Refused when the password is too short, too common or one of the `own_names`."""
    check_password(password, common=around.common_passwords, own_names=own_names)


def create_database(
    around: Surroundings, address: Address, *, unit_name: str, setting: Setting, user: str, full_name: str,
    password: str,
) -> NewDatabase:  # fmt: skip
    """A new encrypted database with one unit and `user` as its enhetschef, who is no team member.

    Raises Refused for a bad name or password, StorageFault when something is there or cannot be written.
    """
    unit_name, user, full_name = unit_name.strip(), user.strip(), full_name.strip() or user.strip()
    if not unit_name:
        raise Refused("unit_name_missing")
    if not user:
        raise Refused("user_missing")
    refuse_personnummer((unit_name, user, full_name))
    check_password_rules(around, password, own_names=(unit_name, user, full_name))
    database_key, secret = key_file.new_key(), recovery_key.new_secret()
    keys = key_file.KeyFile(uuid.uuid4().hex, {}, None)
    keys = keys.with_user(user, password=password, database_key=database_key, cost=kdf.calibrated())
    keys = keys.with_recovery(secret, database_key=database_key)
    place = place_of(address)
    store = place.create(database_key, keys=keys, wait=around.wait)
    try:
        desk = _desk(around, store, Actor(user=user, full_name=full_name, role=Role.MANAGER))
        _first_rows(desk, unit_name, setting, keys.database)
    except BaseException:
        store.close()
        place.discard()
        raise
    return NewDatabase(desk, recovery_key.written(secret))


def _first_rows(desk: Desk, unit_name: str, setting: Setting, database: str) -> None:
    with desk.writing() as work:
        key = free_key(key_from(unit_name, fallback="enhet"), ())
        work.session.execute(insert(m.Unit).values(key=key, name=unit_name, setting=setting.value))
        work.session.execute(
            insert(m.Account).values(user=desk.actor.user, full_name=desk.actor.full_name, role=desk.actor.role.value)
        )
        work.session.execute(insert(m.Fact).values(name="database", value=database))
        key_waits(work)
        work.record(Event(action="create_database", unit=key))
        work.commit()
    desk.note_end()


def log_in(
    around: Surroundings, address: Address, *, user: str, password: str, own_password: str | None = None
) -> Desk:
    """The desk of `user`. Raises AccessDenied or StorageFault.

    AccessDenied says wrong_password, throttled, account_ended or assignment_ended.

    Two people know a password that was handed over, so that the log could not tell them apart: with it nobody comes in
    (AccessDenied "password_handed_over") but by choosing `own_password` at once, which may be Refused.
    """
    place = place_of(address)
    place.require()
    keys, seals = place.read_keys()
    tries = place.tries()
    if wait := tries.wait(user):
        raise AccessDenied("throttled", wait=wait)
    try:
        unlocked = keys.unlock(user, password)
    except AccessDenied:
        tries.failed(user)
        raise
    key_file.verify(keys, seals, database_key=unlocked.current)
    try:
        store = place.open(unlocked, wait=around.wait, now=around.clock.now())
    except StorageFault as fault:
        if fault.code == "database_damaged" and place.read_keys() != (keys, seals):
            # whoever had the database while this one waited for it has given it a new key
            return log_in(around, address, user=user, password=password, own_password=own_password)
        raise
    try:
        desk = _seat(around, store, user)
        if store.key_change_waits():
            _finish_key_change(desk)
        _even_key_copies(desk)
        _require_own_password(desk, around, known=password, own=own_password)
        desk = _note_log_in(desk, tries.take(store, proved=(user,)))
        drafts.bring_back_drafts(desk)
        expiry.expire_backups(desk)
    except BaseException:
        store.close()
        raise
    return desk


def _even_key_copies(desk: Desk) -> None:
    """Mend a second copy of the key file that a cut-off change left behind; `check` would call it damaged."""
    try:
        mended = desk.store.even_key_copies()
    except StorageFault as fault:  # the copy that counts is whole: everybody comes in, and the log says why it stays so
        with desk.writing() as work:
            work.record(Event(action="key_copy_waits", reason=fault.code))
            work.commit()
        return
    if mended:
        with desk.writing() as work:
            work.record(Event(action="mend_key_copy"))
            work.commit()


def _finish_key_change(desk: Desk) -> None:
    """Bring a cut-off removal to its end: the account without a key is closed, and the database gets a new key.

    When that cannot be done now everybody who has a key still comes in; the log says so, and the next log-in tries.
    """
    keys = desk.store.keys()
    with desk.writing() as work:
        active = set(work.session.scalars(select(m.Account.user).where(m.Account.active)))
        for user in sorted(active - set(keys.users)):
            close_account(work, user)
            work.record(Event(action="finish_end_account", object=f"user:{user}"))
        work.commit()
    try:
        desk.store.back_up(folder=desk.store.usual_backup_folder(), at=desk.clock.now(), why="before-rekey")
        desk.store.announce_key(users=active & set(keys.users))
        desk.store.change_key()
        event = Event(action="change_database_key")
    except StorageFault as fault:
        event = Event(action="key_change_waits", reason=fault.code)
    with desk.writing() as work:
        work.record(event)
        work.commit()


def close_account(work: UnitOfWork, user: str) -> None:
    """Mark an account as ended and drop its drafts, inside the caller's unit of work."""
    work.session.execute(update(m.Account).where(m.Account.user == user).values(active=False))
    work.session.execute(delete(m.Draft).where(m.Draft.user == user))


def _desk(around: Surroundings, store: Store, actor: Actor) -> Desk:
    workstation = around.workstation or socket.gethostname()
    return Desk(store, actor, around.clock, workstation, around.catalogue, around.professions)


def _seat(around: Surroundings, store: Store, user: str) -> Desk:
    """The desk of whoever has the account now. Raises AccessDenied("account_ended" | "assignment_ended")."""
    nobody = Who(user=user, role="", workstation="")
    return _desk(around, store, standing.seated(store, user, who=nobody, clock=around.clock))


def _require_own_password(desk: Desk, around: Surroundings, *, known: str, own: str | None) -> None:
    if own is not None:
        _renew_password(desk, around, known=known, new=own, action="change_password")
        return
    with desk.reading() as work:
        handed_over = work.session.scalar(select(m.Account.must_change).where(m.Account.user == desk.actor.user))
    if handed_over:
        raise AccessDenied("password_handed_over")


def _renew_password(desk: Desk, around: Surroundings, *, known: str | None, new: str, action: str) -> None:
    """Seal the database key to the person under a password of her own; the data is untouched."""
    user = desk.actor.user
    if known is not None and same_password(known, new):
        raise Refused("password_unchanged")
    with desk.reading() as work:
        names = unit_names(work)
    check_password_rules(around, new, own_names=(user, desk.actor.full_name, *names))
    holder = new_holder(desk.store, user=user, password=new, cost=kdf.calibrated())
    with desk.writing() as work:
        work.session.execute(update(m.Account).where(m.Account.user == user).values(must_change=False))
        work.record(Event(action=action, object=f"user:{user}"))
        with desk.store.holding({user: holder}, work=work):
            work.commit()


def unit_names(work: UnitOfWork) -> tuple[str, ...]:
    """The name of every unit: none of them is anybody's password."""
    return tuple(work.session.scalars(select(m.Unit.name)))


def new_holder(store: Store, *, user: str, password: str, cost: kdf.Cost) -> key_file.Holder:
    """The key of `user` under a new password; takes a third of a second, so outside the write lock."""
    return store.keys().with_user(user, password=password, database_key=store.key, cost=cost).users[user]


def _note_log_in(desk: Desk, failures: dict[str, int]) -> Desk:
    """Enter the log-in, failed tries before it, and a log that lacks what this machine had noted of its end."""
    lost = desk.store.lost_anchor()
    with desk.writing() as work:
        if lost is not None:
            work.record(Event(action="log_anchor_missing", reason=str(lost.sequence)))
        _record_failures(work, failures)
        work.record(Event(action="log_in"))
        work.commit()
    desk.note_end()
    return replace(desk, lost_log=lost)


def _record_failures(work: UnitOfWork, failures: dict[str, int]) -> None:
    """Enter failed tries in the log: the user names tried most each by itself, a flood of others as one row."""
    by_count = sorted(failures.items(), key=lambda one: (-one[1], one[0]))
    for user, tries in by_count[:_MOST_NAMED]:
        work.record(Event(action="failed_log_in", object=f"user:{user}", reason=str(tries)))
    if rest := by_count[_MOST_NAMED:]:
        work.record(Event(action="failed_log_in", object="others", reason=str(sum(tries for _, tries in rest))))


def recover(around: Surroundings, address: Address, *, user: str, typed_key: str, new_password: str) -> Desk:
    """Give `user` a new password by the recovery key and log her in; always logged. The data is untouched."""
    place = place_of(address)
    place.require()
    keys, seals = place.read_keys()
    tries = place.tries()
    if wait := tries.wait(""):
        raise AccessDenied("throttled", wait=wait)
    try:
        unlocked = keys.unlock_with_recovery(typed_key)
    except AccessDenied:
        tries.failed("")
        raise
    keys = key_file.verify(keys, seals, database_key=unlocked.current)
    if user not in keys.users:
        raise AccessDenied("user_unknown", user=user)
    store = place.open(unlocked, wait=around.wait, now=around.clock.now())
    try:
        desk = _seat(around, store, user)
        _renew_password(desk, around, known=None, new=new_password, action="use_recovery_key")
        _enter_tries(desk, tries, proved=("", user))
    finally:
        store.close()
    return log_in(around, address, user=user, password=new_password)


@needs(Right.OWN_ACCOUNT)
def change_password(desk: Desk, around: Surroundings, *, old: str, new: str) -> None:
    """Change one's own password; only the wrapping of the key changes, never the data.

    The old one is asked for, and wrong ones count and wait as at the log-in: somebody may stand at a colleague's desk.
    """
    user = desk.actor.user
    tries = place_of(desk.store.address).tries()
    if wait := tries.wait(user):
        raise AccessDenied("throttled", wait=wait)
    try:
        desk.store.keys().unlock(user, old)
    except AccessDenied as denied:
        if denied.code == "wrong_password":
            tries.failed(user)
        raise
    _enter_tries(desk, tries, proved=(user,))
    _renew_password(desk, around, known=old, new=new, action="change_password")


def _enter_tries(desk: Desk, tries: Tries, *, proved: Collection[str]) -> None:
    """Enter the tries that failed so far in the log; those of the user names in `proved` are counted anew."""
    if failures := tries.take(desk.store, proved=proved):
        with desk.writing() as work:
            _record_failures(work, failures)
            work.commit()


@needs(Right.MANAGE_ACCOUNTS)
def issue_recovery_key(desk: Desk) -> str:
    """A new recovery key; the one printed before stops working.

    It opens every account, so that only who reaches every unit may have it: NotAllowed("recovery_key_every_unit").
    """
    if desk.actor.units is not None:
        raise NotAllowed("recovery_key_every_unit")
    secret = recovery_key.new_secret()
    desk.store.write_keys(desk.store.keys().with_recovery(secret, database_key=desk.store.key))
    with desk.writing() as work:
        key_waits(work)
        work.record(Event(action="issue_recovery_key"))
        work.commit()
    return recovery_key.written(secret)
