"""Who may do what is done without logging in: restore, rescue, check. The rules of the log-in hold there as well.

Asked of the database itself, by name and password: the account stands, its role gives the right, it reaches every
unit, its password is her own and her assignment has not ended. Where that cannot be read nobody is anybody by absence:
then only the recovery key counts, which opens every account anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.clock import Clock
from app.domain.errors import AccessDenied, NotAllowed
from app.domain.roles import RIGHTS, Right, Role
from app.services import standing
from app.storage import key_file
from app.storage.place import Tries

ASK_FOR_PASSWORD = frozenset({"restore_needs_now", "password_now_wrong"})
"""Refused until the person gives the password that she has now, or the recovery key."""
ASK_FOR_KEY = ASK_FOR_PASSWORD | {
    "restore_needs_recovery",
    "restore_needs_backup_key",
    "rescue_needs_recovery",
    "door_handed_over",
}
"""Refused until she gives the recovery key."""

_ALLOWED = frozenset(role.value for role in Role if Right.RESTORE in RIGHTS[role])
_ACCOUNT = select(
    m.Account.id, m.Account.role, m.Account.all_units, m.Account.active, standing.LAST_DAY, standing.LAST_ROW
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What the person gives beside the password that opens a file: one of them, where it is asked for."""

    password_now: str = field(default="", repr=False)
    recovery_key: str = field(default="", repr=False)


NO_PROOF = Proof()


def require_chief(session: Session | Connection, user: str, *, code: str) -> None:
    """Raise NotAllowed(`code`) unless the account has the right, NotAllowed("whole_database") when units limit it."""
    found = session.execute(_ACCOUNT.where(m.Account.user == user)).first()
    if found is None or not found.active or found.role not in _ALLOWED:
        raise NotAllowed(code)
    if not found.all_units:
        raise NotAllowed("whole_database")


def require_standing(session: Session | Connection, user: str, *, clock: Clock) -> None:
    """Raise AccessDenied where `log_in` would: account_ended, assignment_ended, password_handed_over.

    The database may be of any schema so far.
    """
    found = session.execute(_ACCOUNT.where(m.Account.user == user)).first()
    if found is None or not found.active:
        raise AccessDenied("account_ended")
    standing.require_assigned(session, found, now=clock.instant())
    if is_handed_over(session, user):
        raise AccessDenied("password_handed_over")


def is_handed_over(session: Session | Connection, user: str) -> bool:
    """Whether somebody else chose the account's password; the first schema did not know."""
    connection = session.connection() if isinstance(session, Session) else session
    known = {column["name"] for column in inspect(connection).get_columns("accounts")}
    query = select(m.Account.must_change).where(m.Account.user == user)
    return "must_change" in known and bool(session.scalar(query))


def with_recovery_key(tries: Tries, typed: str, *files: key_file.KeyFile) -> tuple[key_file.DatabaseKeys | None, ...]:
    """What the recovery key opens of each of these key files, in their order.

    Raises AccessDenied("throttled" | "recovery_key_mistyped" | "recovery_key_wrong"), the last when it opens none.
    """
    if wait := tries.wait(""):
        raise AccessDenied("throttled", wait=wait)
    opened: list[key_file.DatabaseKeys | None] = []
    refused: AccessDenied | None = None
    for keys in files:
        try:
            opened.append(keys.unlock_with_recovery(typed))
        except AccessDenied as denied:
            opened.append(None)
            refused = denied
    if refused is not None and not any(opened):
        tries.failed("")
        raise refused
    return tuple(opened)
