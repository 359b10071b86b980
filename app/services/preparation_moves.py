"""Preparations that follow their customers when a meeting is called off: on to the next one, and back with a reversal.

Inside the gesture that calls off, takes back or books; each customer has her row in the log by that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import exists, func, select, update

from app import models as m
from app.domain.meetings import Meeting, MeetingStatus
from app.storage.unit_of_work import UnitOfWork


def hand_preparations_on(work: UnitOfWork, *, from_: str, to: str, customers: Collection[str]) -> None:
    """Put what is to be ready about those customers on the other meeting's list, after what stands there."""
    theirs = m.Preparation.customer_id.in_(select(m.Customer.id).where(m.Customer.key.in_(customers)))
    _move(work, theirs & (m.Preparation.meeting_id == _id(from_)), to=to)


def take_preparations_back(work: UnitOfWork, *, from_: str, to: str) -> None:
    """Give a meeting that is held after all what the next one got of it: by their keys, which begin with its own."""
    own = m.Preparation.key.in_([f"{to}-forb"]) | m.Preparation.key.startswith(f"{to}-forb-", autoescape=True)
    _move(work, own & (m.Preparation.meeting_id == _id(from_)), to=to)


def follow_customers(work: UnitOfWork, booked: Sequence[Meeting]) -> None:
    """What was to be ready before a called-off meeting goes to the first that is booked for the same customers."""
    off = select(m.Meeting.id).where(m.Meeting.status == MeetingStatus.CANCELLED.value)
    if not work.session.scalar(select(exists().where(m.Preparation.meeting_id.in_(off)))):
        return
    for one in sorted(booked, key=lambda meeting: (meeting.date, meeting.start)):
        earlier = (
            select(m.Meeting.id)
            .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
            .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
            .where(m.Meeting.id.in_(off), m.Unit.key == one.unit, m.Meeting.forum == one.forum)
            .where(m.Meeting.date <= one.date, m.Ward.key.is_(None) if one.ward is None else m.Ward.key == one.ward)
        )
        theirs = m.Preparation.customer_id.in_(select(m.Customer.id).where(m.Customer.key.in_(one.customers)))
        _move(work, theirs & m.Preparation.meeting_id.in_(earlier), to=one.key)


def _id(key: str) -> object:
    return select(m.Meeting.id).where(m.Meeting.key == key).scalar_subquery()


def _move(work: UnitOfWork, which: object, *, to: str) -> None:
    """No two in a list are about the same: one that the other list has already stays where it was."""
    target = work.session.scalar(select(m.Meeting.id).where(m.Meeting.key == to))
    rows = work.session.execute(
        select(m.Preparation.id, m.Preparation.kind, m.Preparation.customer_id, m.Preparation.instrument)
        .where(which)  # type: ignore[arg-type]  # a condition on the table
        .order_by(m.Preparation.position, m.Preparation.id)
    ).all()
    if target is None or not rows:
        return
    same = (m.Preparation.kind, m.Preparation.customer_id, m.Preparation.instrument)
    there = {tuple(row) for row in work.session.execute(select(*same).where(m.Preparation.meeting_id == target))}
    last = work.session.scalar(select(func.max(m.Preparation.position)).where(m.Preparation.meeting_id == target))
    place = -1 if last is None else last
    for row in rows:
        if tuple(row[1:]) in there:
            continue
        place += 1
        values = {"meeting_id": target, "item_id": None, "position": place, "version": m.Preparation.version + 1}
        work.session.execute(update(m.Preparation).where(m.Preparation.id == row.id).values(values))
