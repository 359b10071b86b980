"""Accounts: who may log in as what, limited to which units; their keys lie in the key file beside the database."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.errors import NotFound, Refused, StorageFault
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right, Role
from app.services.access import Surroundings, check_password_rules, close_account
from app.services.desk import Desk, needs
from app.storage import kdf
from app.storage.audit import Event

_CONSONANTS, _VOWELS = "bdfghjklmnprstv", "aeiouy"
_SYLLABLES, _WORDS = 3, 4


def suggest_password() -> str:
    """A password to hand over on paper: four made-up words that can be read aloud, some 78 bits of chance."""
    words = (
        "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES)) for _ in range(_WORDS)
    )
    return "-".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account; `units` None means every unit of the database."""

    user: str
    full_name: str
    role: Role
    units: tuple[str, ...] | None
    member: str | None
    active: bool


@needs(Right.MANAGE_ACCOUNTS)
def list_accounts(desk: Desk) -> tuple[Account, ...]:
    """Every account, by user name."""
    with desk.reading() as work:
        limits: dict[int, list[str]] = {}
        query = select(m.AccountUnit.account_id, m.Unit.key).join(m.Unit, m.Unit.id == m.AccountUnit.unit_id)
        for account, unit in work.session.execute(query.order_by(m.Unit.key)):
            limits.setdefault(account, []).append(unit)
        member = select(m.Member.key).where(m.Member.id == m.Account.member_id).scalar_subquery()
        rows = work.session.execute(
            select(m.Account.id, m.Account.user, m.Account.full_name, m.Account.role, m.Account.all_units,
            m.Account.active, member.label("member"))
            .order_by(m.Account.user)
        ).all()  # fmt: skip
    return tuple(
        Account(
            user=row.user, full_name=row.full_name, role=Role(row.role),
            units=None if row.all_units else tuple(limits.get(row.id, ())),
            member=row.member, active=row.active,
        )
        for row in rows
    )  # fmt: skip


@needs(Right.MANAGE_ACCOUNTS)
def add_account(desk: Desk, around: Surroundings, *, account: Account, password: str) -> None:
    """A new account with a password she changes herself later. Raises Refused for a taken name or a weak password."""
    user = account.user.strip()
    if not user:
        raise Refused("user_missing")
    refuse_personnummer((user, account.full_name))
    check_password_rules(around, password, own_names=(user, account.full_name))
    keys = desk.store.keys()
    if user.casefold() in {name.casefold() for name in keys.users}:
        raise Refused("user_taken", user=user)
    renewed = keys.with_user(user, password=password, database_key=desk.store.key, cost=kdf.calibrated())
    with desk.writing() as work:
        member = (
            work.session.scalar(select(m.Member.id).where(m.Member.key == account.member)) if account.member else None
        )
        account_id = work.session.scalars(
            insert(m.Account).returning(m.Account.id),
            [{
                "user": user, "full_name": account.full_name.strip() or user, "role": account.role.value,
                "all_units": account.units is None, "member_id": member, "active": True,
            }],
        ).one()  # fmt: skip
        units = work.session.scalars(select(m.Unit.id).where(m.Unit.key.in_(account.units or ()))).all()
        if units:
            work.session.execute(insert(m.AccountUnit), [{"account_id": account_id, "unit_id": unit} for unit in units])
        work.record(Event(action="add_account", object=f"user:{user}", reason=account.role.value))
        desk.store.write_keys(renewed, work=work)
        work.commit()


@needs(Right.MANAGE_ACCOUNTS)
def end_account(desk: Desk, *, user: str) -> None:
    """End an account, and give the database a new key that no copy of the old key file opens.

    Raises Refused for one's own and for the last enhetschef, StorageFault("backup_failed") with nothing changed, and
    StorageFault("key_change_waits") when the account is ended and the new key has to wait for the next log-in.
    """
    if user == desk.actor.user:
        raise Refused("end_own_account")
    with desk.reading() as work:
        _remaining(work.session, user)
    desk.store.back_up(folder=desk.store.usual_backup_folder(), at=desk.clock.now(), why="before-rekey")
    keys = desk.store.keys()
    with desk.writing() as work:
        remaining = _remaining(work.session, user)
        close_account(work, user)
        work.record(Event(action="end_account", object=f"user:{user}"))
        try:
            desk.store.announce_key(users=remaining, work=work)
            work.commit()
        except BaseException:
            desk.store.take_back_keys(keys)  # the account was not ended after all
            raise
    try:
        desk.store.change_key()
    except StorageFault as fault:
        if fault.code != "database_busy":
            raise
        raise StorageFault("key_change_waits", reason="andra arbetar i den") from fault


def _remaining(session: Session, user: str) -> frozenset[str]:
    """The users with an account when `user`'s is ended; raises where it may not be."""
    active = session.execute(select(m.Account.user, m.Account.role).where(m.Account.active)).all()
    roles = {row.user: row.role for row in active}
    if user not in roles:
        raise NotFound("not_found", what="Kontot", key=user)
    role = roles.pop(user)
    if role == Role.MANAGER.value and Role.MANAGER.value not in roles.values():
        raise Refused("last_manager")
    return frozenset(roles)
