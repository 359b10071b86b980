"""Who the person at the desk is now, by the database: asked at log-in and again before every gesture.

An account may be ended, changed or come to the end of its assignment while its person is logged in; the next thing
she does is refused. One statement by indexes, so that nobody waits for it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.clock import Clock, to_wall_clock
from app.domain.errors import AccessDenied
from app.domain.roles import RIGHTS, Actor, Right, Role
from app.storage.audit import Who
from app.storage.store import Store
from app.storage.unit_of_work import UnitOfWork

_HERSELF = m.Member.id == m.Account.member_id
_MEMBER = select(m.Member.key).where(_HERSELF).scalar_subquery()
LAST_DAY = select(m.Member.active_to).where(_HERSELF).scalar_subquery().label("last_day")
"""Of an account: the last day of its member's assignment."""
LAST_ROW = select(m.AuditEntry.at).order_by(m.AuditEntry.sequence.desc()).limit(1).scalar_subquery().label("last_row")
"""When the log's last row was written."""
_OPENED = (
    m.EmergencyAccess.user == bindparam("user"), m.EmergencyAccess.opened_at <= bindparam("now"),
    m.EmergencyAccess.until > bindparam("now"),
)  # fmt: skip
_ACCOUNT = select(
    m.Account.id, m.Account.full_name, m.Account.role, m.Account.all_units, m.Account.active, _MEMBER.label("member"),
    LAST_DAY, LAST_ROW, exists().where(*_OPENED).label("opened"),
).where(m.Account.user == bindparam("user"))  # fmt: skip
_UNITS = (
    select(m.Unit.key)
    .join(m.AccountUnit, m.AccountUnit.unit_id == m.Unit.id)
    .where(m.AccountUnit.account_id == bindparam("account"))
)
_EMERGENCIES = select(m.Unit.key).join(m.EmergencyAccess, m.EmergencyAccess.unit_id == m.Unit.id).where(*_OPENED)
_OTHER_MANAGERS = (
    select(m.Account.id)
    .outerjoin(m.Member, _HERSELF)
    .where(
        m.Account.active, m.Account.role == Role.MANAGER.value, m.Account.id != bindparam("account"),
        or_(m.Member.active_to.is_(None), m.Member.active_to >= bindparam("today")),
    )
    .limit(1)
)  # fmt: skip


def seated(store: Store, user: str, *, who: Who, clock: Clock) -> Actor:
    """The person whose account `user` is. Raises AccessDenied("account_ended" | "assignment_ended").

    An ended assignment (her last day as a member is past) closes the account, except for the last enhetschef: she is
    let in, or nobody could make another. The day is the machine's, whatever day was asked for, and never one before
    that of the log's last row: a clock that was turned back opens nothing.
    """
    now = clock.instant()
    with store.work(who=who, at=now, writing=False) as work:
        account = work.session.connection().execute(_ACCOUNT, {"user": user, "now": now}).first()
        if account is None or not account.active:
            raise AccessDenied("account_ended")
        require_assigned(work.session, account, now=now)
        role = Role(account.role)
        opened = account.opened and Right.OPEN_EMERGENCY in RIGHTS[role]
        return Actor(
            user=user, full_name=account.full_name, role=role, member=account.member,
            units=None if account.all_units else _keys(work, _UNITS, account=account.id),
            emergency=_keys(work, _EMERGENCIES, user=user, now=now) if opened else frozenset(),
        )  # fmt: skip


def same(now: Actor, known: Actor) -> bool:
    """Whether the person's rights, units and member are what they were when she was `known`."""
    return (now.role, now.units, now.member) == (known.role, known.units, known.member)


def require_assigned(session: Session | Connection, account: Row[*tuple[Any, ...]], *, now: dt.datetime) -> None:
    """Raise AccessDenied("assignment_ended") when the assignment of the account's member is over.

    `account` has its id and role, `LAST_DAY` and `LAST_ROW`; `now` is the machine's instant.
    """
    today = to_wall_clock(max(now, account.last_row or now)).date()
    if account.last_day is None or account.last_day >= today:
        return
    others = session.execute(_OTHER_MANAGERS, {"account": account.id, "today": today})
    if account.role != Role.MANAGER.value or others.first() is not None:
        raise AccessDenied("assignment_ended")


def _keys(work: UnitOfWork, query: Select[str], **given: object) -> frozenset[str]:
    return frozenset(work.session.scalars(query, given))
