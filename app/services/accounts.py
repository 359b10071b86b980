"""Accounts: who may log in as what, limited to which units; their keys lie in the key file beside the database."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain import accounts as domain
from app.domain.accounts import Account, NewAccount, Proposal
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused, StorageFault
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right, Role
from app.services.access import Surroundings, check_password_rules, close_account, new_holder, unit_names
from app.services.desk import Desk, needs
from app.services.team import list_members
from app.storage import kdf
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_CONSONANTS, _VOWELS = "bdfghjklmnprstv", "aeiouy"
_SYLLABLES, _WORDS = 3, 4


def suggest_password() -> str:
    """A password to hand over on paper: four made-up words that can be read aloud, some 78 bits of chance."""
    words = (
        "".join(secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS) for _ in range(_SYLLABLES)) for _ in range(_WORDS)
    )
    return "-".join(words)


@needs(Right.MANAGE_ACCOUNTS)
def list_accounts(desk: Desk) -> tuple[Account, ...]:
    """Every account, by user name."""
    with desk.reading() as work:
        return _accounts(work.session)


def _accounts(session: Session, user: str | None = None) -> tuple[Account, ...]:
    limits: dict[int, list[str]] = {}
    query = select(m.AccountUnit.account_id, m.Unit.key).join(m.Unit, m.Unit.id == m.AccountUnit.unit_id)
    for account, unit in session.execute(query.order_by(m.Unit.key)):
        limits.setdefault(account, []).append(unit)
    member = select(m.Member.key).where(m.Member.id == m.Account.member_id).scalar_subquery()
    wanted = (
        select(m.Account.id, m.Account.user, m.Account.full_name, m.Account.role, m.Account.all_units,
        m.Account.active, m.Account.must_change, m.Account.version, member.label("member"))
        .order_by(m.Account.user)
    )  # fmt: skip
    if user is not None:
        wanted = wanted.where(m.Account.user == user)
    return tuple(
        Account(
            user=row.user, full_name=row.full_name, role=Role(row.role),
            units=None if row.all_units else tuple(limits.get(row.id, ())),
            member=row.member, active=row.active, must_change=row.must_change, version=row.version,
        )
        for row in session.execute(wanted)
    )  # fmt: skip


@needs(Right.MANAGE_ACCOUNTS)
def propose_accounts(desk: Desk) -> tuple[Proposal, ...]:
    """An account for each member of the team who has none, with a user name that is free."""
    members = [one.value for one in list_members(desk) if one.value.active_on(desk.today)]
    return domain.propose(members, accounts=list_accounts(desk), professions=desk.professions, reach=desk.actor.units)


@needs(Right.MANAGE_ACCOUNTS)
def add_account(desk: Desk, around: Surroundings, *, account: Account, password: str) -> None:
    """A new account with a password that is handed over; she chooses her own when she first logs in.

    Raises as `add_accounts` does.
    """
    add_accounts(desk, around, new=[NewAccount(account, password)])


@needs(Right.MANAGE_ACCOUNTS)
def add_accounts(desk: Desk, around: Surroundings, *, new: Sequence[NewAccount]) -> None:
    """Several accounts in one gesture, all or none.

    Raises Refused for a taken name, a weak password or no unit, NotFound for an unknown unit or member, NotAllowed for
    a unit that one's own account does not reach.
    """
    with desk.reading() as work:
        _check_new(desk, work, around, new)
    cost = kdf.calibrated()
    holders = {
        one.account.user.strip(): new_holder(
            desk.store, user=one.account.user.strip(), password=one.password, cost=cost
        )
        for one in new
    }
    with desk.writing() as work:
        _check_new(desk, work, around, new)
        for one in new:
            _insert(work, one.account)
        with desk.store.holding(holders, work=work):
            work.commit()


def _check_new(desk: Desk, work: UnitOfWork, around: Surroundings, new: Sequence[NewAccount]) -> None:
    taken = {
        name.casefold() for name in (*desk.store.keys(work=work).users, *work.session.scalars(select(m.Account.user)))
    }
    names = unit_names(work)
    for one in new:
        user = one.account.user.strip()
        if not user:
            raise Refused("user_missing")
        refuse_personnummer((user, one.account.full_name))
        if user.casefold() in taken:
            raise Refused("user_taken", user=user)
        taken.add(user.casefold())
        check_password_rules(around, one.password, own_names=(user, one.account.full_name, *names))
        _require_reach(desk, one.account)
        _unit_ids(work.session, one.account)
        _member_id(work.session, one.account.member)


def _insert(work: UnitOfWork, account: Account) -> None:
    user = account.user.strip()
    account_id = work.session.scalars(
        insert(m.Account).returning(m.Account.id),
        [{
            "user": user, "full_name": account.full_name.strip() or user, "role": account.role.value,
            "all_units": account.units is None, "member_id": _member_id(work.session, account.member), "active": True,
            "must_change": True,
        }],
    ).one()  # fmt: skip
    _limit(work.session, account_id, _unit_ids(work.session, account))
    work.record(Event(action="add_account", object=f"user:{user}", reason=account.role.value))


@needs(Right.MANAGE_ACCOUNTS)
def save_account(desk: Desk, *, account: Account, expected_version: int) -> Account:
    """Keep name, role, units and member as they stand in `account`; its user name stays.

    Raises Refused("last_manager") when no enhetschef would be left who reaches every unit, NotAllowed for an account or
    units beyond one's own reach (so that nobody raises her own limits), Conflict when somebody changed it meanwhile.
    """
    refuse_personnummer((account.full_name,))
    with desk.writing() as work:
        before = _active(desk, work.session, account.user)
        _require_reach(desk, account)
        _require_manager(work.session, account.user, after=account)
        account_id = work.session.scalar(
            update(m.Account)
            .where(m.Account.user == account.user, m.Account.version == expected_version)
            .values(
                full_name=account.full_name.strip() or account.user, role=account.role.value,
                all_units=account.units is None, member_id=_member_id(work.session, account.member),
                version=m.Account.version + 1,
            )
            .returning(m.Account.id)
        )  # fmt: skip
        if account_id is None:
            raise Conflict("changed_meanwhile")
        work.session.execute(delete(m.AccountUnit).where(m.AccountUnit.account_id == account_id))
        _limit(work.session, account_id, _unit_ids(work.session, account))
        changed = "" if before.role is account.role else f"{before.role.value} → {account.role.value}"
        work.record(Event(action="save_account", object=f"user:{account.user}", reason=changed or None))
        kept = _accounts(work.session, account.user)[0]
        work.commit()
    return kept


@needs(Right.MANAGE_ACCOUNTS)
def reset_password(desk: Desk, around: Surroundings, *, user: str, password: str) -> None:
    """Give somebody who forgot hers a password that is handed over; she chooses her own at the next log-in.

    Raises Refused for a weak password, for one's own and for an ended account.
    """
    if user == desk.actor.user:
        raise Refused("reset_own_password")
    with desk.reading() as work:
        account = _active(desk, work.session, user)
        names = unit_names(work)
    check_password_rules(around, password, own_names=(user, account.full_name, *names))
    holder = new_holder(desk.store, user=user, password=password, cost=kdf.calibrated())
    with desk.writing() as work:
        _active(desk, work.session, user)
        work.session.execute(
            update(m.Account)
            .where(m.Account.user == user)
            .values(must_change=True, version=m.Account.version + 1)
        )  # fmt: skip
        work.record(Event(action="reset_password", object=f"user:{user}"))
        with desk.store.holding({user: holder}, work=work):
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
        _remaining(desk, work.session, user)
    desk.store.back_up(folder=desk.store.usual_backup_folder(), at=desk.clock.now(), why="before-rekey")
    keys = desk.store.keys()
    with desk.writing() as work:
        remaining = _remaining(desk, work.session, user)
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


def _remaining(desk: Desk, session: Session, user: str) -> frozenset[str]:
    """The users with an account when `user`'s is ended; raises where it may not be."""
    _active(desk, session, user)
    _require_manager(session, user, after=None)
    return frozenset(session.scalars(select(m.Account.user).where(m.Account.active, m.Account.user != user)))


def _active(desk: Desk, session: Session, user: str) -> Account:
    """The account, which is not ended and reaches nothing that one's own does not."""
    found = _accounts(session, user)
    if not found:
        raise NotFound("not_found", what="Kontot", key=user)
    if not found[0].active:
        raise Refused("account_not_active", user=user)
    _require_reach(desk, found[0])
    return found[0]


def _require_reach(desk: Desk, account: Account) -> None:
    if account.units == ():
        raise Refused("account_units_missing", user=account.user)
    if not account.within(desk.actor.units):
        raise NotAllowed("account_out_of_reach")


def _require_manager(session: Session, user: str, *, after: Account | None) -> None:
    """Raise Refused unless an enhetschef stays who reaches every unit; `after` is what `user` becomes."""
    rows = session.execute(
        select(m.Account.user, m.Account.all_units).where(m.Account.active, m.Account.role == Role.MANAGER.value)
    ).all()
    everywhere = {row.user for row in rows if row.all_units}
    stays = after is not None and after.role is Role.MANAGER and (after.units is None or not everywhere)
    if not stays and (everywhere or {row.user for row in rows}) == {user}:
        raise Refused("last_manager")


def _member_id(session: Session, member: str | None) -> int | None:
    if member is None:
        return None
    found = session.scalar(select(m.Member.id).where(m.Member.key == member))
    if found is None:
        raise NotFound("reference_unknown", what="Medarbetaren", key=member)
    return found


def _unit_ids(session: Session, account: Account) -> Collection[int]:
    wanted = account.units or ()
    found = {row.key: row.id for row in session.execute(select(m.Unit.key, m.Unit.id).where(m.Unit.key.in_(wanted)))}
    if unknown := [key for key in wanted if key not in found]:
        raise NotFound("reference_unknown", what="Enheten", key=unknown[0])
    return found.values()


def _limit(session: Session, account_id: int, units: Collection[int]) -> None:
    if units:
        session.execute(insert(m.AccountUnit), [{"account_id": account_id, "unit_id": unit} for unit in units])
