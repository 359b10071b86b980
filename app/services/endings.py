"""The days that come: a customer's end in one step, and two rows of a member made one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.customers import CustomerStatus, with_status
from app.domain.errors import Refused
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import short_date
from app.domain.team import Member
from app.services import customers, team
from app.services import register_records as records
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.services.references import move_references
from app.services.rows import bump
from app.storage.audit import Event

_COMING = ("planned", "open")


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedCustomer:
    """What ended with the customer: meetings she was due at, points about her, open actions and checklists."""

    meetings: int
    items: int
    actions: int
    checklists: int = 0


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def what_ends(desk: Desk, *, key: str) -> EndedCustomer:
    """What `end_customer` would end, counted beforehand so that it can be said."""
    with desk.reading() as work:
        customers._read(desk, work, key)  # noqa: SLF001 - raises for another's unit
        customer_id = _customer_id(work.session, key)
        due, items, actions = _coming(work.session, customer_id)
        lists = _checklists(work.session, customer_id)
    return EndedCustomer(meetings=len(due), items=len(items), actions=len(actions), checklists=len(lists))


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def end_customer(desk: Desk, *, key: str, on: dt.date, deceased: bool, expected_version: int) -> EndedCustomer:
    """The customer dies or moves out: status, rotation, invitations, planned points, actions and lists end in one step.

    What is written stays. Whoever moves in next is a new customer and inherits nothing.
    """
    with desk.writing() as work:
        old, _ = customers._read(desk, work, key)  # noqa: SLF001 - the same capability, one unit of work
        new = replace(old, status_history=with_status(old.status_history, status=CustomerStatus.LEFT, on=on))
        customers._write(work, old, new, expected_version)  # noqa: SLF001
        customer_id = _customer_id(work.session, key)
        due, items, actions = _coming(work.session, customer_id)
        touched = work.session.scalars(select(m.Item.meeting_id).where(m.Item.id.in_(items))).all()
        work.session.execute(
            delete(m.MeetingCustomer).where(
                m.MeetingCustomer.customer_id == customer_id, m.MeetingCustomer.meeting_id.in_(due)
            )
        )
        _end_agreed(work.session, customer_id)
        work.session.execute(delete(m.Item).where(m.Item.id.in_(items)))
        word = "Kunden avliden" if deceased else "Kunden har flyttat"
        work.session.execute(
            update(m.Action)
            .where(m.Action.id.in_(actions))
            .values(status="dropped", done_on=on, result=f"{word} {short_date(on)}.", version=m.Action.version + 1)
        )
        lists = _checklists(work.session, customer_id)
        work.session.execute(
            update(m.ChecklistRun)
            .where(m.ChecklistRun.id.in_(lists))
            .values(status="abandoned", ended_on=on, reason=f"{word}.", version=m.ChecklistRun.version + 1)
        )
        meetings = {*due, *touched}
        work.session.execute(update(m.Meeting).where(m.Meeting.id.in_(meetings)).values(version=m.Meeting.version + 1))
        work.record(Event(action="end_customer", object=f"customer:{key}", customer=key, unit=old.unit))
        work.commit()
    return EndedCustomer(meetings=len(due), items=len(items), actions=len(actions), checklists=len(lists))


def _customer_id(session: Session, key: str) -> int:
    return session.scalars(select(m.Customer.id).where(m.Customer.key == key)).one()


def _coming(session: Session, customer_id: int) -> tuple[list[int], list[int], list[int]]:
    coming = select(m.Meeting.id).where(m.Meeting.status.in_(_COMING))
    due = select(m.MeetingCustomer.meeting_id).where(
        m.MeetingCustomer.customer_id == customer_id,
        m.MeetingCustomer.for_next.is_(False),
        m.MeetingCustomer.meeting_id.in_(coming),
    )
    unwritten = (
        select(m.Item.id)
        .where(m.Item.customer_id == customer_id, m.Item.meeting_id.in_(coming), m.Item.notes.is_(None))
        .where(m.Item.id.not_in(select(m.Action.item_id)), m.Item.id.not_in(select(m.Decision.item_id)))
    )
    actions = (
        select(m.Action.id)
        .join(m.Item, m.Item.id == m.Action.item_id)
        .where(m.Action.status == "open", (m.Action.customer_id == customer_id) | (m.Item.customer_id == customer_id))
    )
    return list(session.scalars(due)), list(session.scalars(unwritten)), list(session.scalars(actions))


def _checklists(session: Session, customer_id: int) -> list[int]:
    """The open checklists that are about her."""
    about = m.ChecklistRun.customer_id == customer_id
    return list(session.scalars(select(m.ChecklistRun.id).where(about, m.ChecklistRun.status == "open")))


def _end_agreed(session: Session, customer_id: int) -> None:
    agreed = delete(m.MeetingCustomer).where(
        m.MeetingCustomer.customer_id == customer_id, m.MeetingCustomer.for_next.is_(True)
    )
    session.execute(agreed)


@needs(Right.WRITE_REGISTERS)
def merge_members(desk: Desk, *, keep: str, drop: str) -> Stored[Member]:
    """Make two rows of the same person one: everything that named `drop` names `keep`; units and wards are added up."""
    if keep == drop:
        raise Refused("merge_same")
    kept, dropped = team.get_member(desk, key=keep), team.get_member(desk, key=drop)
    for one in (kept, dropped):
        team.require_every_unit_of(desk, one.value)
    merged = _merged(kept.value, dropped.value)
    with desk.writing() as work:
        bump(work.session, m.Member, key=keep, expected_version=kept.version, what="Medarbetaren")
        ids: dict[str, Any] = dict(
            work.session.execute(select(m.Member.key, m.Member.id).where(m.Member.key.in_([keep, drop]))).all()
        )
        move_references(work.session, m.Member, drop=ids[drop], keep=ids[keep])
        current = records.load_members(work.session, m.Member.key == keep)[keep][0]
        records.update_member(work.session, Directory(work.session), old=current, new=merged)
        work.session.execute(delete(m.Member).where(m.Member.id == ids[drop]))
        work.record(Event(action="merge_members", object=f"member:{drop}", reason=keep))
        work.commit()
    return Stored(merged, kept.version + 1)


def _merged(kept: Member, dropped: Member) -> Member:
    starts = [day for day in (kept.from_, dropped.from_) if day]
    ends = [day for day in (kept.to, dropped.to) if day]
    return replace(
        kept, units=tuple(dict.fromkeys((*kept.units, *dropped.units))),
        wards=tuple(dict.fromkeys((*kept.wards, *dropped.wards))),
        email=kept.email or dropped.email, phone=kept.phone or dropped.phone, night=kept.night or dropped.night,
        from_=min(starts) if len(starts) == 2 else None, to=max(ends) if len(ends) == 2 else None,
    )  # fmt: skip
