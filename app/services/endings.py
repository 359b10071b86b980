"""The days that come: a customer's end in one step, a member's hand-over in one list, two rows of a person made one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
from app.domain.team import HandOver, Member, Reference
from app.services import customers, team
from app.services import register_records as records
from app.services.desk import Desk, needs
from app.services.records import Directory
from app.services.references import move_references
from app.services.rows import bump
from app.services.sight import labels_of_everybody
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_COMING = ("planned", "open")
_CONTACTS = {
    "permanent_care_contact": "fast omsorgskontakt", "responsible_nurse": "ansvarig sjuksköterska",
    "physiotherapist": "fysioterapeut", "occupational_therapist": "arbetsterapeut",
}  # fmt: skip
_MEETING_ROLES = {"chair": "leder", "secretary": "är sekreterare vid", "approver": "justerar"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedCustomer:
    """What ended with the customer: meetings she was due at, points about her, open actions."""

    meetings: int
    items: int
    actions: int


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def what_ends(desk: Desk, *, key: str) -> EndedCustomer:
    """What `end_customer` would end, counted beforehand so that it can be said."""
    with desk.reading() as work:
        customers._read(desk, work, key)  # noqa: SLF001 - raises for another's unit
        customer_id = _customer_id(work.session, key)
        due, items, actions = _coming(work.session, customer_id)
    return EndedCustomer(meetings=len(due), items=len(items), actions=len(actions))


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def end_customer(desk: Desk, *, key: str, on: dt.date, deceased: bool, expected_version: int) -> EndedCustomer:
    """The customer dies or moves out: status, rotation, invitations, planned points and open actions end in one step.

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
        meetings = {*due, *touched}
        work.session.execute(update(m.Meeting).where(m.Meeting.id.in_(meetings)).values(version=m.Meeting.version + 1))
        work.record(Event(action="end_customer", object=f"customer:{key}", customer=key, unit=old.unit))
        work.commit()
    return EndedCustomer(meetings=len(due), items=len(items), actions=len(actions))


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


def _end_agreed(session: Session, customer_id: int) -> None:
    agreed = delete(m.MeetingCustomer).where(
        m.MeetingCustomer.customer_id == customer_id, m.MeetingCustomer.for_next.is_(True)
    )
    session.execute(agreed)


@needs(Right.WRITE_REGISTERS)
def held_by(desk: Desk, *, key: str) -> tuple[Reference, ...]:
    """What a member still holds: open actions, contacts, coming meetings she leads or is called to, substitutions."""
    team.get_member(desk, key=key)
    with desk.reading() as work:
        member_id = work.session.scalars(select(m.Member.id).where(m.Member.key == key)).one()
        forums = {forum.key: forum.name.lower() for forum in desk.catalogue.all}
        return (
            *_actions_of(work, member_id),
            *_contacts_of(work, member_id, labels_of_everybody(work)),
            *_meetings_of(work, member_id, forums),
            *_substitutions_of(work, member_id),
        )


def _actions_of(work: UnitOfWork, member_id: int) -> list[Reference]:
    query = select(m.Action.key, m.Action.text).where(m.Action.responsible_id == member_id, m.Action.status == "open")
    return [
        Reference(kind="action", key=row.key, sentence=f"Åtgärd: {row.text}") for row in work.session.execute(query)
    ]


def _contacts_of(work: UnitOfWork, member_id: int, labels: dict[str, str]) -> list[Reference]:
    found: list[Reference] = []
    for name, word in _CONTACTS.items():
        column = getattr(m.Customer, f"{name}_id")
        found += [
            Reference(kind="contact", key=f"{key}/{name}", sentence=f"Är {word} för {labels[key]}")
            for key in work.session.scalars(select(m.Customer.key).where(column == member_id))
        ]
    return found


def _meetings_of(work: UnitOfWork, member_id: int, forums: dict[str, str]) -> list[Reference]:
    found: list[Reference] = []
    for name, word in _MEETING_ROLES.items():
        column = getattr(m.Meeting, f"{name}_id")
        query = select(m.Meeting.key, m.Meeting.date, m.Meeting.forum).where(
            column == member_id, m.Meeting.status.in_((*_COMING, "draft"))
        )
        found += [
            Reference(
                kind="convenor",
                key=f"{row.key}/{name}",
                sentence=f"{word.capitalize()} {forums.get(row.forum, row.forum)} {short_date(row.date)}",
            )
            for row in work.session.execute(query.order_by(m.Meeting.date))
        ]
    called = (
        select(m.Meeting.key, m.Meeting.date, m.Meeting.forum)
        .join(m.MeetingMember, m.MeetingMember.meeting_id == m.Meeting.id)
        .where(m.MeetingMember.member_id == member_id, m.Meeting.status == "planned")
    )
    found += [
        Reference(
            kind="meeting",
            key=row.key,
            sentence=f"Är kallad till {forums.get(row.forum, row.forum)} {short_date(row.date)}",
        )
        for row in work.session.execute(called.order_by(m.Meeting.date))
    ]
    return found


def _substitutions_of(work: UnitOfWork, member_id: int) -> list[Reference]:
    query = (
        select(m.WardSubstitute.id, m.WardSubstitute.profession, m.Ward.name)
        .join(m.Ward, m.Ward.id == m.WardSubstitute.ward_id)
        .where(m.WardSubstitute.member_id == member_id)
    )
    return [
        Reference(
            kind="substitute", key=str(row.id), sentence=f"Är ersättare för {row.profession.lower()} på {row.name}"
        )
        for row in work.session.execute(query)
    ]


@needs(Right.WRITE_REGISTERS)
def hand_over(desk: Desk, *, key: str, last_day: dt.date, takers: Sequence[HandOver]) -> None:
    """The member leaves after `last_day`: each thing she holds goes to its taker, or ends where it may, in one step.

    Raises Refused("action_needs_taker") for an open action without a taker.
    """
    team.get_member(desk, key=key)
    with desk.writing() as work:
        found = records.load_members(work.session, m.Member.key == key)[key]
        member_id = work.session.scalars(select(m.Member.id).where(m.Member.key == key)).one()
        directory = Directory(work.session)
        directory.learn_keys(m.Member, [one.to for one in takers if one.to])
        for one in takers:
            _give(work.session, one, member_id=member_id, to=directory.id(m.Member, one.to))
        bump(work.session, m.Member, key=key, expected_version=found[1], what="Medarbetaren")
        records.update_member(work.session, directory, old=found[0], new=replace(found[0], to=last_day))
        work.record(Event(action="hand_over", object=f"member:{key}"))
        work.commit()


def _give(session: Session, one: HandOver, *, member_id: int, to: int | None) -> None:
    head, _, role = one.key.partition("/")
    if one.kind == "action":
        if to is None:
            raise Refused("action_needs_taker")
        session.execute(
            update(m.Action).where(m.Action.key == head).values(responsible_id=to, version=m.Action.version + 1)
        )
        decided = select(m.Item.meeting_id).join(m.Action, m.Action.item_id == m.Item.id).where(m.Action.key == head)
        session.execute(update(m.Meeting).where(m.Meeting.id.in_(decided)).values(version=m.Meeting.version + 1))
    elif one.kind == "contact":
        session.execute(
            update(m.Customer)
            .where(m.Customer.key == head)
            .values({f"{role}_id": to, "version": m.Customer.version + 1})
        )
    elif one.kind == "convenor":
        session.execute(
            update(m.Meeting).where(m.Meeting.key == head).values({f"{role}_id": to, "version": m.Meeting.version + 1})
        )
    elif one.kind == "meeting":
        _replace_called(session, head, member_id=member_id, to=to)
    elif to is None:
        session.execute(delete(m.WardSubstitute).where(m.WardSubstitute.id == int(head)))
    else:
        session.execute(update(m.WardSubstitute).where(m.WardSubstitute.id == int(head)).values(member_id=to))


def _replace_called(session: Session, meeting: str, *, member_id: int, to: int | None) -> None:
    meeting_id = session.scalars(select(m.Meeting.id).where(m.Meeting.key == meeting)).one()
    place = (m.MeetingMember.meeting_id == meeting_id) & (m.MeetingMember.member_id == member_id)
    taken = select(m.MeetingMember.member_id).where(
        m.MeetingMember.meeting_id == meeting_id, m.MeetingMember.member_id == to
    )
    if to is None or session.scalar(taken) is not None:
        session.execute(delete(m.MeetingMember).where(place))
    else:
        session.execute(update(m.MeetingMember).where(place).values(member_id=to))
    session.execute(update(m.Meeting).where(m.Meeting.id == meeting_id).values(version=m.Meeting.version + 1))


@needs(Right.WRITE_REGISTERS)
def merge_members(desk: Desk, *, keep: str, drop: str) -> Stored[Member]:
    """Make two rows of the same person one: everything that named `drop` names `keep`; units and wards are added up."""
    if keep == drop:
        raise Refused("merge_same")
    kept, dropped = team.get_member(desk, key=keep), team.get_member(desk, key=drop)
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
