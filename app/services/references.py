"""Who refers to a row, found from the tables' own foreign keys, so that later tables are covered by themselves."""

from __future__ import annotations

import functools
from typing import Any

from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models import Base

OWN = frozenset({"member_units", "member_wards", "customer_periods", "turns"})
"""Tables whose rows belong to the row they refer to and go with it."""


def pointing_columns(table: type[Any]) -> tuple[tuple[Table, Column[Any]], ...]:
    """Every column of any table that refers to a row of `table`."""
    return _pointing_at(table.__tablename__)


@functools.cache
def _pointing_at(name: str) -> tuple[tuple[Table, Column[Any]], ...]:
    return tuple(
        (other, column)
        for other in Base.metadata.sorted_tables
        for column in other.columns
        if any(key.column.table.name == name for key in column.foreign_keys)
    )


def referring_rows(session: Session, table: type[Any], row_id: int) -> int:
    """How many rows of other capabilities refer to the row; its own memberships and periods do not count."""
    return sum(
        session.scalar(select(func.count()).select_from(other).where(column == row_id)) or 0
        for other, column in pointing_columns(table)
        if other.name not in OWN
    )


def move_references(session: Session, table: type[Any], *, drop: int, keep: int) -> None:
    """Point every row that refers to `drop` at `keep`; where both were named already, the doubled row goes."""
    for other, column in pointing_columns(table):
        if other.name == "customer_periods":
            continue
        keys = list(other.primary_key.columns)
        for row in session.execute(select(*keys).where(column == drop)).all():
            same = [key == value for key, value in zip(keys, row, strict=True)]
            try:
                with session.begin_nested():
                    session.execute(update(other).where(*same).values({column.name: keep}))
            except IntegrityError:
                session.execute(delete(other).where(*same))
