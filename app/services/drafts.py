"""Drafts: what somebody is typing, kept in the encrypted database and offered back to that user only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Delete, delete, insert, select

from app import models as m
from app.domain.clock import to_wall_clock
from app.domain.errors import Refused
from app.domain.roles import Right
from app.services.desk import Desk, needs

LARGEST = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text being typed: what for, the version it started from, and when it was kept (Swedish wall-clock time)."""

    kind: str
    key: str
    started_from: int
    content: str
    at: dt.datetime


@needs(Right.OWN_ACCOUNT)
def save_draft(desk: Desk, *, kind: str, key: str, started_from: int, content: str) -> None:
    """Keep the person's draft for that place, instead of an earlier one. Raises Refused("draft_too_large")."""
    if len(content) > LARGEST:
        raise Refused("draft_too_large")
    with desk.writing() as work:
        work.session.execute(_own(desk, kind, key))
        row = {"user": desk.actor.user, "kind": kind, "key": key, "started_from": started_from, "content": content}
        work.session.execute(insert(m.Draft).values(**row, at=desk.clock.instant()))
        work.commit()


@needs(Right.OWN_ACCOUNT)
def read_draft(desk: Desk, *, kind: str, key: str) -> Draft | None:
    """The person's own draft for that place, if any."""
    with desk.reading() as work:
        query = select(m.Draft.kind, m.Draft.key, m.Draft.started_from, m.Draft.content, m.Draft.at)
        row = work.session.execute(
            query.where(m.Draft.user == desk.actor.user, m.Draft.kind == kind, m.Draft.key == key)
        ).first()
    return (
        None
        if row is None
        else Draft(
            kind=row.kind, key=row.key, started_from=row.started_from, content=row.content, at=to_wall_clock(row.at)
        )
    )


@needs(Right.OWN_ACCOUNT)
def drop_draft(desk: Desk, *, kind: str, key: str) -> None:
    """Throw the person's draft away."""
    with desk.writing() as work:
        work.session.execute(_own(desk, kind, key))
        work.commit()


def _own(desk: Desk, kind: str, key: str) -> Delete:
    return delete(m.Draft).where(m.Draft.user == desk.actor.user, m.Draft.kind == kind, m.Draft.key == key)
