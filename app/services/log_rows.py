"""Rows of the audit log read for a person: hers, or those of her units, with names and labels looked up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, or_, select

from app import models as m
from app.domain.clock import day_begins, to_wall_clock
from app.domain.log import LogRow
from app.domain.log_words import IN_PASSING, Kind, actions_of
from app.domain.roles import Right
from app.services import sight
from app.services.desk import Desk
from app.services.log_names import object_names
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_COLUMNS = (
    m.AuditEntry.sequence, m.AuditEntry.at, m.AuditEntry.user, m.AuditEntry.role, m.AuditEntry.unit,
    m.AuditEntry.workstation, m.AuditEntry.action, m.AuditEntry.object, m.AuditEntry.customer, m.AuditEntry.reason,
)  # fmt: skip


def _visible(desk: Desk) -> ColumnElement[bool] | None:
    """The condition on the log's rows that the person may see them; None when she may see all.

    An enhetschef sees what was done in her units, and what belongs to no unit (log-ins, backups, keys) unless it names
    a customer of another unit; everybody else sees what of this she did herself.
    """
    own = None if desk.may(Right.OVERSEE_LOG) else m.AuditEntry.user == desk.actor.user
    here = _within_units(desk)
    return and_(own, here) if own is not None and here is not None else own if here is None else here


def _within_units(desk: Desk) -> ColumnElement[bool] | None:
    if desk.actor.units is None:
        return None
    mine = select(m.Customer.key).join(m.Unit, m.Unit.id == m.Customer.unit_id).where(m.Unit.key.in_(desk.actor.units))
    nowhere = and_(m.AuditEntry.unit.is_(None), or_(m.AuditEntry.customer.is_(None), m.AuditEntry.customer.in_(mine)))
    return or_(m.AuditEntry.unit.in_(desk.actor.units), nowhere)


def filtered(
    query: Select[*tuple[Any, ...]], *, seen_by: Desk, from_: dt.date | None = None, to: dt.date | None = None,
    user: str | None = None, customer: str | None = None, kind: Kind | None = None, lists: bool = True,
    emergency: int | None = None,
) -> Select[*tuple[Any, ...]]:  # fmt: skip
    """The query on the log with what the person at `seen_by` may see and what she asked for; both days inclusive.

    Without `lists`, what was only shown in passing on a page with many is left out. With an `emergency` only what the
    person who opened it did while it lasted is there.
    """
    query = query.select_from(m.AuditEntry)
    if (seen := _visible(seen_by)) is not None:
        query = query.where(seen)
    if from_ is not None:
        query = query.where(m.AuditEntry.at >= day_begins(from_))
    if to is not None:
        query = query.where(m.AuditEntry.at < day_begins(to + dt.timedelta(days=1)))
    if user is not None:
        query = query.where(m.AuditEntry.user == user)
    if customer is not None:
        query = query.where(m.AuditEntry.customer == customer)
    if kind is not None:
        query = query.where(m.AuditEntry.action.in_(actions_of(kind)))
    if emergency is not None:
        while_open = select(m.EmergencyAccess.id).where(
            m.EmergencyAccess.id == emergency, m.EmergencyAccess.user == m.AuditEntry.user,
            m.EmergencyAccess.opened_at <= m.AuditEntry.at, m.EmergencyAccess.until >= m.AuditEntry.at,
        )  # fmt: skip
        query = query.where(while_open.exists())
    if not lists:
        pages = or_(m.AuditEntry.object.in_(IN_PASSING), m.AuditEntry.object.like("log_review:%"))
        query = query.where(not_(and_(m.AuditEntry.action == "read", m.AuditEntry.object.is_not(None), pages)))
    return query


def columns() -> Select[*tuple[Any, ...]]:
    """A query of what a row shows."""
    return select(*_COLUMNS)


def read(desk: Desk, work: UnitOfWork, query: Select[*tuple[Any, ...]]) -> tuple[LogRow, ...]:
    """The query's rows with the names of today; a customer whom the person may not see keeps only her key.

    To one who reads no customers not even that is told.
    """
    keys = desk.may(Right.READ_CUSTOMERS)
    rows = work.session.execute(query).all()
    names = dict(work.session.execute(select(m.Account.user, m.Account.full_name)).all())
    units = dict(work.session.execute(select(m.Unit.key, m.Unit.name)).all())
    labels = labels_of(desk, work, {row.customer for row in rows if row.customer})
    objects = object_names(desk, work, {row.object for row in rows if row.object})
    return tuple(
        LogRow(
            sequence=row.sequence, at=to_wall_clock(row.at), user=row.user, name=names.get(row.user, row.user),
            role=row.role, unit=row.unit, unit_name=units.get(row.unit, row.unit), workstation=row.workstation,
            action=row.action, object=row.object if keys else _without_customer(row.object),
            customer=row.customer if keys else None, label=labels.get(row.customer),
            reason=row.reason, object_name=objects.get(row.object),
        )
        for row in rows
    )  # fmt: skip


def _without_customer(object_: str | None) -> str | None:
    return "customer" if object_ and object_.startswith("customer:") else object_


def labels_of(desk: Desk, work: UnitOfWork, customers: Collection[str]) -> dict[str, str]:
    """The labels of those of `customers` whom the person may see."""
    if not customers or not desk.may(Right.READ_CUSTOMERS):
        return {}
    known = sight.reach(desk, work)
    query = select(
        m.Customer.key, m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code,
        m.Unit.key.label("unit"),
    ).join(m.Unit, m.Unit.id == m.Customer.unit_id)  # fmt: skip
    return {
        row.key: sight.label_of(row)
        for row in work.session.execute(query)
        if row.key in customers and sight.sees_customer(desk, known, key=row.key, unit=row.unit)
    }


def note_shown(
    work: UnitOfWork, rows: Iterable[LogRow], *, action: str, object_: str, already: Collection[str]
) -> None:
    """One row for each customer whose label is shown, but for those the person has been shown `already`."""
    for customer in sorted({row.customer for row in rows if row.customer and row.label} - set(already)):
        work.record(Event(action=action, object=object_, customer=customer))
