"""How many customers are about to miss their follow-up: asked whenever Idag is shown, so by a few grouped queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from sqlalchemy import Select, func, or_, select

from app import models as m
from app.domain.customers import CustomerStatus
from app.domain.meetings import MeetingStatus
from app.domain.roles import Right
from app.domain.turn_list import MISSES, Misses, marks_of
from app.domain.turns import Round, Turn, round_of
from app.services import register_records
from app.services.desk import Desk, needs
from app.services.turn_rows import been_held, review_forum
from app.storage.unit_of_work import UnitOfWork


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def count_misses(desk: Desk) -> tuple[Misses, ...]:
    """For each unit of the person's how many miss their follow-up unless somebody acts; nobody is named or logged."""
    with desk.reading() as work:
        names, rounds = _rounds(desk, work)
        missing = _missing(work, rounds, desk.today)
        left = _left(work, list(missing), desk.today)
    counts = Counter(unit for key, unit in missing.items() if key not in left)
    return tuple(
        Misses(unit=key, unit_name=name, count=counts[key]) for key, name in names.items() if counts[key]
    )  # fmt: skip


def _rounds(desk: Desk, work: UnitOfWork) -> tuple[dict[str, str], dict[str, Round]]:
    """The units that the person sees by name, and how each takes its customers up."""
    names, rounds = {}, {}
    for key, (unit, _) in register_records.load_units(work.session).items():
        forum = review_forum(desk, unit) if desk.actor.sees(key) else None
        of = round_of(forum, 1) if forum else None
        if of is not None:
            names[key], rounds[key] = unit.name, of
    return names, rounds


def _missing(work: UnitOfWork, rounds: dict[str, Round], today: dt.date) -> dict[str, str]:
    """The customers who miss it, with their units: of those for whom an interval is decided, or the routine has one."""
    routine = [key for key, of in rounds.items() if of.months]
    asked = (
        select(m.Customer.id, m.Customer.key, m.Unit.key.label("unit"), m.Turn.weeks)
        .join(m.Unit, m.Unit.id == m.Customer.unit_id)
        .outerjoin(m.Turn, m.Turn.customer_id == m.Customer.id)
        .where(or_(m.Turn.weeks.is_not(None), m.Unit.key.in_(routine)))
    )
    rows = [row for row in work.session.execute(asked) if row.unit in rounds]
    ids = asked.with_only_columns(m.Customer.id)
    held = _days(work, ids, func.max(m.Meeting.date), been_held(today), m.Meeting.date <= today)
    planned = m.Meeting.status == MeetingStatus.PLANNED.value
    booked = _days(work, ids, func.min(m.Meeting.date), planned, m.Meeting.date >= today)
    found = {}
    for row in rows:
        marks = marks_of(
            Turn(customer=row.key, weeks=row.weeks), last=held.get(row.id), booked=booked.get(row.id),
            status=CustomerStatus.HOME, of=rounds[row.unit], in_turn=False, today=today,
        )  # fmt: skip
        if any(mark in MISSES for mark in marks):
            found[row.key] = row.unit
    return found


def _days(work: UnitOfWork, customers: Select[Any], day: Any, *conditions: Any) -> dict[int, dt.date]:
    """The first or last day on which each of the customers is due at a meeting that fulfils the conditions."""
    due = m.MeetingCustomer
    query = (
        select(due.customer_id, day)
        .join(m.Meeting, m.Meeting.id == due.meeting_id)
        .where(due.customer_id.in_(customers), due.for_next.is_(False), *conditions)
        .group_by(due.customer_id)
    )
    return dict(work.session.execute(query).all())


def _left(work: UnitOfWork, customers: list[str], today: dt.date) -> set[str]:
    if not customers:
        return set()
    found = register_records.load_customers(work.session, m.Customer.key.in_(customers))
    return {key for key, (one, _) in found.items() if one.status_on(today) is CustomerStatus.LEFT}
