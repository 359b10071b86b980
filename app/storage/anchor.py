"""The log's end, noted outside the database in the user's data folder: cutting it off or an older file is noticed.

One small file for all databases that are opened on this machine, by the database's identity, so that it says nothing
of where they lie. It says nothing of anybody either.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from app.domain.log import Break, BreakKind, Head, LogState
from app.models import AuditEntry, Fact
from app.paths import user_data_dir
from app.storage.atomic import write_whole
from app.storage.audit_breaks import find_breaks

_MOST = 200
"""So many databases are remembered, those opened latest."""
_LARGEST = 1_000_000
_MOST_NAMED = 10_000
_IDENTITY = select(Fact.value).where(Fact.name == "database")


def path() -> Path:
    """Where the ends are noted."""
    return user_data_dir() / "loggens-slut.json"


def head(session: Session | Connection) -> Head | None:
    """The log's end; None before the first row, or where the database has no identity yet."""
    database = session.scalar(_IDENTITY)
    query = select(AuditEntry.sequence, AuditEntry.mac, AuditEntry.at).order_by(AuditEntry.sequence.desc()).limit(1)
    last = session.execute(query).first()
    if database is None or last is None:
        return None
    return Head(database=database, sequence=last.sequence, mac=last.mac, at=last.at)


def noted(session: Session | Connection) -> Head | None:
    """The end noted on this machine for the database; None when none was, or when the note cannot be read."""
    database = session.scalar(_IDENTITY)
    return _read().get(database) if database else None


def log_state(session: Session | Connection, *, chain_key: bytes) -> LogState:
    """All that a check of the log finds: by its chain, and by the end that this machine noted."""
    before = noted(session)
    found = find_breaks(session, chain_key=chain_key)
    named = {one.sequence for one in found}
    lost = [one for one in breaks(session, before) if one.sequence not in named] if before else []
    rows = session.scalar(select(func.count()).select_from(AuditEntry)) or 0
    return LogState(rows=rows, head=head(session), anchor=before, breaks=(*found, *lost))


def keep(end: Head) -> None:
    """Note the end, in place of an earlier one. Raises OSError."""
    _write({**_read(), end.database: end})


def forget(database: str) -> None:
    """Drop the note: the database was replaced with one's own hands. Raises OSError."""
    there = _read()
    if there.pop(database, None) is not None:
        _write(there)


def breaks(session: Session | Connection, before: Head) -> Iterator[Break]:
    """What the log lacks of the end that was noted: rows that were cut off, or a row that was another one."""
    there = session.scalar(select(AuditEntry.mac).where(AuditEntry.sequence == before.sequence))
    if there == before.mac:
        return
    if there is not None:
        yield Break(kind=BreakKind.REPLACED, sequence=before.sequence)
        return
    last = session.scalar(select(func.max(AuditEntry.sequence))) or 0
    first = max(last + 1, before.sequence - _MOST_NAMED)
    if last < before.sequence:
        yield from (Break(kind=BreakKind.CUT_OFF, sequence=number) for number in range(first, before.sequence + 1))


def has_row(session: Session | Connection, *, sequence: int, digits: str) -> bool:
    """Whether the row's seal begins with these hexadecimal digits, as a receipt on paper says it."""
    mac = session.scalar(select(AuditEntry.mac).where(AuditEntry.sequence == sequence))
    return mac is not None and bytes(mac).hex().startswith(digits.casefold())


def _read() -> dict[str, Head]:
    place = path()
    try:
        if place.stat().st_size > _LARGEST:
            return {}
        found = json.loads(place.read_bytes())
        return {str(name): _head(str(name), one) for name, one in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # nothing was noted yet; and whoever can damage the note can remove it as well


def _head(database: str, one: dict[str, object]) -> Head:
    at = dt.datetime.fromisoformat(str(one["at"])).astimezone(dt.UTC)
    return Head(database=database, sequence=int(str(one["sequence"])), mac=bytes.fromhex(str(one["mac"])), at=at)


def _write(ends: dict[str, Head]) -> None:
    latest = sorted(ends.values(), key=lambda one: one.at, reverse=True)[:_MOST]
    text = {
        one.database: {"sequence": one.sequence, "mac": one.mac.hex(), "at": one.at.astimezone(dt.UTC).isoformat()}
        for one in latest
    }
    write_whole(path(), json.dumps(text, indent=1).encode())
