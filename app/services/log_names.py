"""What the log's keys of meetings, actions, checklists and others stand for today; never anything of a customer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.swedish import plain_date
from app.services.desk import Desk
from app.storage.unit_of_work import UnitOfWork

_MOST = 500
"""Keys asked for at once: a database takes only so many in one question."""


def object_names(desk: Desk, work: UnitOfWork, objects: Collection[str]) -> dict[str, str]:
    """`meeting:teammote-1` → `Teammöte Norr 3 mars 2026`, of what is in the person's units and still there.

    A meeting goes by its forum: a title of its own may name a customer.
    """
    keys: dict[str, set[str]] = {}
    for one in objects:
        kind, _, key = one.partition(":")
        if key:
            keys.setdefault(kind, set()).add(key)
    found: dict[str, str] = {}
    for kind, wanted in keys.items():
        ordered = sorted(wanted)
        for start in range(0, len(ordered), _MOST):
            names = _names(desk, work, kind, ordered[start : start + _MOST])
            found |= {f"{kind}:{key}": name for key, name in names.items()}
    return found


def _names(desk: Desk, work: UnitOfWork, kind: str, keys: Collection[str]) -> dict[str, str]:
    if kind == "unit":
        return _pairs(work, select(m.Unit.key, m.Unit.name).where(m.Unit.key.in_(keys)))
    if kind == "member":
        return _pairs(work, select(m.Member.key, m.Member.name).where(m.Member.key.in_(keys)))
    if kind == "checklist":
        return _pairs(work, select(m.ChecklistRun.key, m.ChecklistRun.name).where(m.ChecklistRun.key.in_(keys)))
    if kind == "letter":
        query = select(m.Letter.key, m.Letter.week, m.Letter.year).where(m.Letter.key.in_(keys))
        return {row.key: f"vecka {row.week} {row.year}" for row in work.session.execute(query)}
    if kind == "attachment":
        query = _meeting_query(m.Attachment.key).join(m.Attachment, m.Attachment.meeting_id == m.Meeting.id)
        query = query.where(m.Attachment.key.in_(keys))
        return {key: f"till {name}" for key, name in _meetings(desk, work, query).items()}
    if kind == "meeting":
        return _meetings(desk, work, _meeting_query(m.Meeting.key).where(m.Meeting.key.in_(keys)))
    if kind == "action":
        query = _meeting_query(m.Action.key).join(m.Item, m.Item.meeting_id == m.Meeting.id)
        query = query.join(m.Action, m.Action.item_id == m.Item.id).where(m.Action.key.in_(keys))
        return {key: f"från {name}" for key, name in _meetings(desk, work, query).items()}
    return {}


def _pairs(work: UnitOfWork, query: Select[*tuple[Any, ...]]) -> dict[str, str]:
    return {row.key: row.name for row in work.session.execute(query)}


def _meeting_query(key: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            key.label("key"), m.Unit.key.label("unit"), m.Unit.setting, m.Meeting.forum, m.Ward.name.label("ward"),
            m.Meeting.date,
        )
        .select_from(m.Meeting)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
    )  # fmt: skip


def _meetings(desk: Desk, work: UnitOfWork, query: Select[*tuple[Any, ...]]) -> dict[str, str]:
    forums = {(setting.value, one.key): one.name for setting in Setting for one in desk.catalogue.forums(setting)}
    return {
        row.key: " ".join(
            part for part in (forums.get((row.setting, row.forum), row.forum), row.ward, plain_date(row.date)) if part
        )
        for row in work.session.execute(query)
        if desk.actor.sees(row.unit)
    }
