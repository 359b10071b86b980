"""The audit log: rows that are only ever added, each chained to the one before by an HMAC; no content in them.

The chain's key is a fact in the encrypted database itself: the log stays verifiable when the database key changes.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, insert, select
from sqlalchemy.orm import Session

from app.domain.errors import StorageFault
from app.models import AuditEntry, Fact
from app.storage.audit_breaks import find_breaks
from app.storage.audit_seals import FIELDS, START, seal, written

__all__ = ["Event", "Who", "append", "chain_key", "find_breaks", "first_broken", "make_chain_key"]

CHAIN_KEY = "audit_key"
"""The fact that holds the key of the chain."""
MOST_ROWS = 2_147_000_000
"""Far more than anybody's log has; a number beyond it was written past the program, and leaves none over."""
_LAST = select(AuditEntry.sequence, AuditEntry.mac).order_by(AuditEntry.sequence.desc()).limit(1)
_ADD = insert(AuditEntry.__table__)  # type: ignore[arg-type] # a declarative class's table is a Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who acts, as the log's rows say it."""

    user: str
    role: str
    workstation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that was done: action, the object's kind and key, the customer's key, a reason."""

    action: str
    object: str | None = None
    customer: str | None = None
    unit: str | None = None
    reason: str | None = None


class Link(NamedTuple):
    """One row's place in the chain."""

    sequence: int
    mac: bytes


def make_chain_key(connection: Connection) -> None:
    """Give a new database the key of its chain."""
    connection.execute(insert(Fact).values(name=CHAIN_KEY, value=os.urandom(32).hex()))


def chain_key(session: Session | Connection) -> bytes:
    """The key of the chain. Raises StorageFault("database_damaged") when it was taken away."""
    found = session.scalar(select(Fact.value).where(Fact.name == CHAIN_KEY))
    if found is None:
        raise StorageFault("database_damaged", file="")
    return bytes.fromhex(found)


def append(session: Session, *, chain_key: bytes, who: Who, at: dt.datetime, events: Iterable[Event]) -> Link:
    """Add one row per event at the end of the chain, in the caller's transaction; the chain's end after that."""
    connection = session.connection()
    last = connection.execute(_LAST).first()
    sequence, mac = (last.sequence, last.mac) if last else (0, START)
    rows = []
    if sequence >= MOST_ROWS:
        raise StorageFault("number_too_high")
    for event in events:
        sequence += 1
        row: dict[str, object] = {
            "sequence": sequence, "at": at, "user": who.user, "role": who.role, "unit": event.unit,
            "workstation": who.workstation, "action": event.action, "object": event.object,
            "customer": event.customer, "reason": event.reason,
        }  # fmt: skip
        mac = seal(chain_key, mac, sequence, written([row[name] for name in FIELDS[1:]]))
        rows.append({**row, "mac": mac})
    if rows:
        connection.execute(_ADD, rows)
    return Link(sequence, mac)


def holds(connection: Connection, link: Link) -> bool:
    """Whether the log has that very row."""
    found = select(AuditEntry.mac).where(AuditEntry.sequence == link.sequence)
    return connection.execute(found).scalar() == link.mac


def first_broken(session: Session | Connection, *, chain_key: bytes) -> int | None:
    """The number of the first place where the log does not hold, or None when the whole log holds."""
    found = find_breaks(session, chain_key=chain_key)
    return found[0].sequence if found else None
