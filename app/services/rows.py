"""Small steps every register service takes: bump a version, find what the person may see."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.errors import Conflict, NotAllowed, NotFound
from app.services.desk import Desk

LONGEST_SEARCH = 1000
"""Signs of a search that are looked for: a longer pattern is refused by the database as if the disk were at fault."""


def bump(session: Session, table: type[Any], *, key: str, expected_version: int, what: str) -> int:
    """Raise the version of a row that still stands at `expected_version` and return its id.

    Raises NotFound when there is no such row, Conflict when somebody changed it meanwhile.
    """
    row = session.execute(select(table.id, table.version).where(table.key == key)).first()
    if row is None:
        raise NotFound("not_found", what=what, key=key)
    done = session.execute(
        update(table).where(table.id == row.id, table.version == expected_version).values(version=table.version + 1)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict("changed_meanwhile")
    return int(row.id)


def require_unit(desk: Desk, key: str) -> None:
    """Raise NotAllowed when the person's account does not reach the unit."""
    if not desk.actor.sees(key):
        raise NotAllowed("not_your_unit")


def all_keys(session: Session, table: type[Any]) -> set[str]:
    """Every key of a table, to make a new one beside them."""
    return set(session.scalars(select(table.key)))
