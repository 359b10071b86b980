"""Why a customer is on a meeting's list, and who would be if she were not in hospital: for whoever convenes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app import models as m
from app.domain.attachments import Attachment
from app.domain.customers import Customer, CustomerStatus
from app.domain.meetings import Meeting
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.turn_list import TurnNote, why_words
from app.domain.turns import Turn, next_up, round_of
from app.domain.units import Unit
from app.services import planning_records, register_records, sight, unseen
from app.services.attachments import seen_files
from app.services.desk import Desk, needs
from app.services.meetings import read
from app.services.proposals import (
    AT_HOME,
    customers_there,
    draft_meeting,
    last_reviewed,
    log_read,
    own_forum,
    turns_of,
)
from app.services.turn_rows import held_of
from app.services.units import get_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class InTurn:
    """A proposed meeting, why each customer is on it, and who keeps her turn because she is in hospital."""

    meeting: Meeting
    due: tuple[TurnNote, ...]
    waiting: tuple[TurnNote, ...]


@needs(Right.WRITE_MEETINGS)
def propose_in_turn(
    desk: Desk, *, unit: str, forum: str, ward: str | None = None, date: dt.date | None = None,
    start: dt.time | None = None,
) -> InTurn:  # fmt: skip
    """A meeting of the forum filled in, not kept, with the reasons for its customers where the person sees them."""
    found = draft_meeting(desk, unit=unit, forum=forum, ward=ward, date=date, start=start)
    log_read(desk, found)
    if not sight.sees_every_customer(desk):
        return InTurn(meeting=unseen.without_details(desk, found), due=(), waiting=())
    place = get_unit(desk, key=unit).value
    with desk.writing() as work:
        due = tuple(_notes(work, found.customers, day=found.date))
        waiting = tuple(_notes(work, _waiting(desk, work, found, place), day=found.date))
        for one in waiting:
            work.record(Event(action="read", object=f"customer:{one.customer}", customer=one.customer, unit=unit))
        work.commit()
    return InTurn(meeting=found, due=due, waiting=waiting)


@needs(Right.READ_MEETINGS)
def open_in_turn(desk: Desk, *, key: str) -> tuple[Stored[Meeting], tuple[TurnNote, ...], tuple[Attachment, ...]]:
    """The meeting as the person may see it, why each customer is on it, and its files; each customer is logged."""
    with desk.writing() as work:
        meeting, version = read(desk, work, key)
        seen = sight.read_meeting(desk, work, meeting)
        notes = tuple(_notes(work, seen.customers, day=seen.date))
        files = seen_files(desk, work, whole=meeting, seen=seen)
        work.commit()
    return Stored(seen, version), notes, files


def _waiting(desk: Desk, work: UnitOfWork, found: Meeting, unit: Unit) -> tuple[str, ...]:
    """Those in hospital whose turn it would have been."""
    there = customers_there(work, unit, ward=found.ward, day=found.date)
    of = round_of(own_forum(desk, unit=unit, forum=found.forum), len(there))
    if of is None:
        return ()
    asked = [key for key, one in there.items() if one.status_on(found.date) in (*AT_HOME, CustomerStatus.HOSPITAL)]
    places = {key: number for number, key in enumerate(asked)}
    up = next_up(places, last=last_reviewed(work), turns=turns_of(work), of=of, on=found.date)
    away = [key for key in up if there[key].status_on(found.date) is CustomerStatus.HOSPITAL]
    return tuple(key for key in away if key not in found.customers)


def _notes(work: UnitOfWork, customers: tuple[str, ...], *, day: dt.date) -> list[TurnNote]:
    if not customers:
        return []
    these = m.Customer.key.in_(customers)
    known = register_records.load_customers(work.session, these)
    held = held_of(work, day - dt.timedelta(days=1), these)
    mine = m.Turn.customer_id.in_(select(m.Customer.id).where(these))
    turns = planning_records.load(work.session, planning_records.ROTATION, mine)
    found = []
    for key in customers:
        customer: Customer = known[key][0]
        turn, version = turns.get(key, (Turn(customer=key), 0))
        last = held[key].date if key in held else None
        found.append(TurnNote(
            customer=key, label=customer.label, why=why_words(turn, last, today=day),
            hospital=customer.status_on(day) is CustomerStatus.HOSPITAL, turn=turn, version=version,
            contact=customer.contacts.permanent_care_contact if customer.contacts else None,
        ))  # fmt: skip
    return found
