"""Drafts: what somebody is typing, kept in the encrypted database and offered back to that user only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Delete, String, cast, delete, insert, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from app import models as m
from app.domain.catalogue import Setting
from app.domain.clock import to_wall_clock
from app.domain.errors import Refused, StorageFault
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.storage.shelf import Shelved
from app.storage.unit_of_work import UnitOfWork

LARGEST = 20_000_000
KINDS: Mapping[str, str] = {
    "meeting": "meeting", "addition": "meeting", "cancel": "meeting", "comment": "meeting", "settle": "meeting",
    "answer": "meeting", "participation": "meeting", "action": "action", "point": "",
    "members": "member", "customers": "customer", "unit": "unit", "forum": "unit", "instrument": "unit",
    "log_review": "log_review", "absences": "absence", "checklist": "checklist", "letters": "letter",
    "request": "request",
}  # fmt: skip
"""Every place where something is typed, and what its draft belongs to; nothing else can be drafted."""
NEW = "new"
"""The key of the draft of something that is not kept yet."""
_OUT_OF_REACH = frozenset({"connection_lost", "connection_lost_unsure"})
_IN_PARTS = frozenset({"forum", "instrument", "participation", "checklist", "comment", "settle", "answer"})
_OBJECTS = frozenset(KINDS.values()) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Text being typed: what for, the version it started from, and when it was kept (Swedish wall-clock time)."""

    kind: str
    key: str
    started_from: int
    content: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftNote:
    """That there is unsaved text: where, since when, what it belongs to in words, and whether that is gone since."""

    kind: str
    key: str
    at: dt.datetime
    heading: str
    gone: bool


@needs(Right.OWN_ACCOUNT)
def save_draft(desk: Desk, *, kind: str, key: str, started_from: int, content: str) -> None:
    """Keep the person's draft for that place, instead of an earlier one. Raises Refused("draft_too_large")."""
    if kind not in KINDS:
        raise ValueError(kind)
    if len(content) > LARGEST:
        raise Refused("draft_too_large")
    row = {"user": desk.actor.user, "kind": kind, "key": key, "started_from": started_from, "content": content}
    try:
        _write(desk, row, at=desk.clock.instant())
    except StorageFault as fault:
        shelf = desk.store.shelf
        if shelf is None or fault.code not in _OUT_OF_REACH:
            raise
        shelf.put(Shelved(**row, at=desk.clock.instant().isoformat()))  # type: ignore[arg-type] # the row's own types
    else:
        desk.unshelve(kind=kind, key=key)


def _write(desk: Desk, row: Mapping[str, object], *, at: dt.datetime) -> None:
    with desk.writing() as work:
        work.session.execute(_own(desk, str(row["kind"]), str(row["key"])))
        work.session.execute(insert(m.Draft).values(**row, at=at))
        work.commit()


@needs(Right.OWN_ACCOUNT)
def bring_back_drafts(desk: Desk) -> int:
    """Put the person's drafts that were kept on this workstation into the database, unless it has later ones.

    How many were put there.
    """
    shelf, found = desk.store.shelf, 0
    for one in shelf.of(desk.actor.user) if shelf is not None else ():
        at = dt.datetime.fromisoformat(one.at)
        with desk.reading() as work:
            query = select(m.Draft.at).where(
                m.Draft.user == one.user, m.Draft.kind == one.kind, m.Draft.key == one.key
            )  # fmt: skip
            there = work.session.scalar(query)
        if there is None or there < at:
            _write(desk, {name: value for name, value in asdict(one).items() if name != "at"}, at=at)
            found += 1
        desk.unshelve(kind=one.kind, key=one.key)
    return found


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
    desk.unshelve(kind=kind, key=key)


@needs(Right.OWN_ACCOUNT)
def list_drafts(desk: Desk) -> tuple[DraftNote, ...]:
    """The person's own drafts, latest first; customers are not named, so nothing is read of anybody."""
    with desk.reading() as work:
        query = select(m.Draft.kind, m.Draft.key, m.Draft.at).where(m.Draft.user == desk.actor.user)
        rows = work.session.execute(query.order_by(m.Draft.at.desc(), m.Draft.kind, m.Draft.key)).all()
        found = {what: _headings(desk, work, what, {_object(row.kind, row.key) for row in rows}) for what in _OBJECTS}
    return tuple(
        DraftNote(
            kind=row.kind, key=row.key, at=to_wall_clock(row.at),
            heading=found.get(KINDS.get(row.kind, ""), {}).get(_object(row.kind, row.key), ""),
            gone=row.key != NEW and _object(row.kind, row.key) not in found.get(KINDS.get(row.kind, ""), {row.key: ""}),
        )
        for row in rows
    )  # fmt: skip


_NAMED: Mapping[str, tuple[InstrumentedAttribute[str], ColumnElement[str] | InstrumentedAttribute[str]]] = {
    "action": (m.Action.key, literal("")), "member": (m.Member.key, m.Member.name),
    "customer": (m.Customer.key, literal("")), "unit": (m.Unit.key, m.Unit.name),
    "absence": (m.Absence.key, literal("")), "checklist": (m.ChecklistRun.key, m.ChecklistRun.name),
    "letter": (m.Letter.key, literal("vecka ") + cast(m.Letter.week, String)),
    "request": (m.CoordinationRequest.key, literal("")),
}  # fmt: skip
"""The key and the name of what a draft may belong to; meetings have theirs from the forum."""


def _object(kind: str, key: str) -> str:
    """The key of what the draft belongs to: a forum's draft is kept under `unit/forum`, a step's under `run/number`.

    What is written of a point after the meeting is kept under `meeting/point`.
    """
    return key.partition("/")[0] if kind in _IN_PARTS else key


def _headings(desk: Desk, work: UnitOfWork, what: str, keys: set[str]) -> dict[str, str]:
    """What each of the keys is called; those that are gone, or lie outside the account's units, are left out."""
    session, limits = work.session, desk.actor.units
    if what == "meeting":
        query = (
            select(
                m.Meeting.key, m.Meeting.title, m.Meeting.forum, m.Unit.setting, m.Unit.key.label("unit"), m.Ward.name
            )
            .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
            .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
            .where(m.Meeting.key.in_(keys))
        )
        names = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
        return {
            row.key: row.title or " ".join(filter(None, (names.get((row.setting, row.forum), row.forum), row.name)))
            for row in session.execute(query)
            if limits is None or row.unit in limits
        }
    if what == "log_review":
        reviews = select(m.LogReview.id).where(m.LogReview.id.in_([int(key) for key in keys if key.isdecimal()]))
        return {str(number): "" for number in session.scalars(reviews.where(m.LogReview.signed_at.is_(None)))}
    key, name = _NAMED[what]
    return {row[0]: row[1] for row in session.execute(select(key, name).where(key.in_(keys)))}


def _own(desk: Desk, kind: str, key: str) -> Delete:
    return delete(m.Draft).where(m.Draft.user == desk.actor.user, m.Draft.kind == kind, m.Draft.key == key)
