"""Two people for a disposal: whose the accounts are, and who has had a hand on them, as database and log know it."""

from __future__ import annotations

from sqlalchemy import select

from app import models as m
from app.domain.disposal import (
    ACCOUNT_CHANGES,
    AccountChange,
    DisposalRow,
    check_day,
    check_own_account,
    check_second_person,
)
from app.domain.errors import Refused
from app.domain.roles import Role
from app.services.desk import Desk
from app.storage.unit_of_work import UnitOfWork


def require_own_account(desk: Desk, work: UnitOfWork) -> None:
    """Raise Refused unless the person at the desk has an account that is known to be hers alone."""
    changes = _changes(work, desk.actor.user)
    check_own_account(user=desk.actor.user, member=desk.actor.member, changes=changes, now=desk.clock.instant())


def require_second_person(desk: Desk, work: UnitOfWork, row: DisposalRow) -> None:
    """Raise Refused unless the person at the desk may approve the proposal, told how when she is the only one."""
    try:
        check_second_person(
            row, user=desk.actor.user, member=desk.actor.member, proposers=_proposers(work, row),
            changes=_changes(work, desk.actor.user), proposed_in=_proposed_in(work, row),
        )  # fmt: skip
    except Refused as refused:
        if refused.code == "disposal_second_person" and _managers(work) == 1:
            raise Refused("disposal_one_manager") from refused
        raise
    require_own_account(desk, work)
    check_day(row, today=desk.true_day)


def _proposers(work: UnitOfWork, row: DisposalRow) -> tuple[str | None, ...]:
    """The member of the proposal, and the one that the proposer's account belongs to now: two rows may be made one."""
    now = (
        select(m.Member.key)
        .join(m.Account, m.Account.member_id == m.Member.id)
        .where(m.Account.user == row.proposed_by)
    )  # fmt: skip
    then = select(m.Disposal.proposer).where(m.Disposal.id == row.id)
    return work.session.scalar(then), work.session.scalar(now)


def _proposed_in(work: UnitOfWork, row: DisposalRow) -> int:
    """The log's row of the proposal; 0 where the log has none, so that every change counts as made since."""
    query = select(m.AuditEntry.sequence).where(
        m.AuditEntry.action == "propose_disposal", m.AuditEntry.object == f"disposal:{row.id}"
    )
    return work.session.scalar(query.order_by(m.AuditEntry.sequence.desc()).limit(1)) or 0


def _changes(work: UnitOfWork, user: str) -> tuple[AccountChange, ...]:
    query = select(m.AuditEntry.sequence, m.AuditEntry.action, m.AuditEntry.user, m.AuditEntry.at).where(
        m.AuditEntry.action.in_(ACCOUNT_CHANGES), m.AuditEntry.object == f"user:{user}"
    )
    return tuple(
        AccountChange(sequence=row.sequence, action=row.action, by=row.user, at=row.at)
        for row in work.session.execute(query)
    )


def _managers(work: UnitOfWork) -> int:
    query = select(m.Account.id).where(m.Account.active, m.Account.role == Role.MANAGER.value)
    return len(work.session.scalars(query).all())
