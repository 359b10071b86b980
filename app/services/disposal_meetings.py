"""Disposal of meetings: which are due, which are kept for a hold or open actions, and how one leaves no loose ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, or_, select, union, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.catalogue import Setting
from app.domain.disposal import DueRecord
from app.services.desk import Desk
from app.services.references import OWN, pointing_columns
from app.storage.unit_of_work import UnitOfWork

CHUNK = 400
_NEVER_HELD = ("planned", "cancelled")


def chunks(ids: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The ids a few hundred at a time, as many as a statement takes."""
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def naming() -> Select[*tuple[Any, ...]]:
    """Every pair of customer and meeting in which the meeting names the customer, by their ids.

    Found from the tables' own foreign keys, so that what later capabilities hang on a meeting or a point is covered.
    """
    items = m.Base.metadata.tables["items"]
    pairs: list[Select[Any]] = []
    for table, column in pointing_columns(m.Customer):
        if table.name in OWN:
            continue
        if "meeting_id" in table.c:
            pairs.append(select(column.label("customer_id"), table.c.meeting_id.label("meeting_id")))
        elif "item_id" in table.c:
            pairs.append(
                select(column.label("customer_id"), items.c.meeting_id.label("meeting_id")).join_from(
                    table, items, items.c.id == table.c.item_id
                )
            )
    both = union(*pairs).subquery()
    return select(both.c.customer_id, both.c.meeting_id).where(both.c.customer_id.is_not(None))


def _written() -> ColumnElement[bool]:
    """Whether anything was written of the meeting."""
    here = m.Item.meeting_id == m.Meeting.id
    noted = exists().where(here, m.Item.notes.is_not(None))
    under = (
        exists().where(here, table.item_id == m.Item.id)
        for table in (m.Decision, m.Action, m.Question, m.Assessment, m.Participation, m.JournalMark)
    )
    beside = (exists().where(table.meeting_id == m.Meeting.id) for table in (m.Attendance, m.Addition))
    return or_(noted, *under, *beside)


def due(
    desk: Desk, work: UnitOfWork, *, held: bool, until: dt.date, holds: Mapping[tuple[str, str], str]
) -> tuple[list[int], list[DueRecord], list[DueRecord]]:
    """The meetings that ended by `until`: the ids and records of those that may go, and those that stay.

    `held` tells those that were held, or of which something was written, from those that came to nothing.
    """
    came_to_nothing = m.Meeting.status.in_(_NEVER_HELD) & ~_written()
    query = (
        select(
            m.Meeting.id, m.Meeting.key, m.Meeting.forum, m.Meeting.date, m.Meeting.version, m.Unit.setting,
            m.Unit.name.label("unit"), m.Ward.name.label("ward"),
        )
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(m.Meeting.date <= until, ~came_to_nothing if held else came_to_nothing)
        .order_by(m.Meeting.date, m.Meeting.start, m.Meeting.key)
    )  # fmt: skip
    kept = _kept(work.session, holds)
    ids, going, staying = [], [], []
    for row in work.session.execute(query):
        record = DueRecord(
            key=f"meeting:{row.key}", label=_label(desk, row), ended=row.date, version=row.version,
            held=kept.get(row.id, ""),
        )  # fmt: skip
        if record.held:
            staying.append(record)
        else:
            ids.append(row.id)
            going.append(record)
    return ids, going, staying


def _label(desk: Desk, row: Any) -> str:
    """Forum, ward and unit: the meeting's own title is free text and may name somebody."""
    forum = desk.catalogue.forum(Setting(row.setting), row.forum) or desk.catalogue.forum(Setting.LEDNING, row.forum)
    return ", ".join(part for part in (forum.name if forum else row.forum, row.ward, row.unit) if part)


def _kept(session: Session, holds: Mapping[tuple[str, str], str]) -> dict[int, str]:
    """Why meetings stay: an open action, a hold on the meeting, or on a customer it names; the last wins."""
    unfinished = (
        select(m.Item.meeting_id).join(m.Action, m.Action.item_id == m.Item.id).where(m.Action.status == "open")
    )
    found = dict.fromkeys(session.scalars(unfinished.distinct()), "Har öppna åtgärder")
    customers = {key: reason for (kind, key), reason in holds.items() if kind == "customer"}
    named = naming().subquery()
    query = select(named.c.meeting_id, m.Customer.key).join(m.Customer, m.Customer.id == named.c.customer_id)
    for chunk in chunks(sorted(customers)):
        for meeting_id, key in session.execute(query.where(m.Customer.key.in_(chunk))):
            found[meeting_id] = f"Stopp för en kund: {customers[key]}"
    meetings = {key: reason for (kind, key), reason in holds.items() if kind == "meeting"}
    for chunk in chunks(sorted(meetings)):
        for meeting_id, key in session.execute(select(m.Meeting.id, m.Meeting.key).where(m.Meeting.key.in_(chunk))):
            found[meeting_id] = f"Stopp: {meetings[key]}"
    return found


def customers_in(session: Session, meetings: Sequence[int]) -> frozenset[str]:
    """The keys of every customer whom the meetings name."""
    named = naming().subquery()
    query = select(m.Customer.key).join(named, named.c.customer_id == m.Customer.id).distinct()
    return frozenset(
        key for chunk in chunks(meetings) for key in session.scalars(query.where(named.c.meeting_id.in_(chunk)))
    )


def remove(session: Session, meetings: Sequence[int]) -> None:
    """Remove the meetings with all that hangs on them; points carried on from them keep their text, not the link."""
    for chunk in chunks(meetings):
        _let_go(session, chunk)
    for chunk in chunks(meetings):
        keys = session.scalars(select(m.Meeting.key).where(m.Meeting.id.in_(chunk))).all()
        session.execute(delete(m.Draft).where(m.Draft.kind.in_(("meeting", "addition")), m.Draft.key.in_(keys)))
        session.execute(delete(m.Addition).where(m.Addition.meeting_id.in_(chunk)))
        session.execute(delete(m.Meeting).where(m.Meeting.id.in_(chunk)))


def _let_go(session: Session, meetings: Collection[int]) -> None:
    items = select(m.Item.id).where(m.Item.meeting_id.in_(meetings))
    carried_on = select(m.Item.meeting_id).where(m.Item.carried_from_id.in_(items))
    session.execute(update(m.Meeting).where(m.Meeting.id.in_(carried_on)).values(version=m.Meeting.version + 1))
    session.execute(update(m.Item).where(m.Item.carried_from_id.in_(items)).values(carried_from_id=None))
