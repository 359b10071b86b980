"""The customers' register: who lives where, her contacts and protection; every customer shown is logged as read."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.customers import Customer, CustomerStatus, check_history, free_code, restored, with_status
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.meeting_rules import customers_named, rights_at
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.personnummer import refuse_personnummer
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.services import register_records as records
from app.services import sight
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.meetings import read
from app.services.records import Directory
from app.services.references import move_references
from app.services.rows import all_keys, bump, require_unit
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_LAST = 10**6


@needs(Right.READ_CUSTOMERS)
def list_customers(
    desk: Desk,
    *,
    unit: str | None = None,
    ward: str | None = None,
    status: CustomerStatus | None = None,
    include_left: bool = False,
) -> tuple[Stored[Customer], ...]:
    """The customers the person sees, by unit, ward and apartment in its order; one audit row for each."""
    with desk.writing() as work:
        known = sight.reach(desk, work)
        order = _apartment_order(work.session)
        found = [
            Stored(customer, version)
            for customer, version in records.load_customers(work.session).values()
            if sight.sees_customer(desk, known, key=customer.key, unit=customer.unit)
            and unit in (None, customer.unit)
            and ward in (None, customer.ward)
        ]
        shown = [one for one in found if _wanted(one.value, status, include_left, desk.today)]
        for one in shown:
            _log(work, "read", one.value)
        work.commit()
    shown.sort(key=lambda one: (one.value.unit, *_place(one.value, order)))
    return tuple(Stored(one.value.shown, one.version) for one in shown)


def _wanted(customer: Customer, status: CustomerStatus | None, include_left: bool, today: dt.date) -> bool:
    now = customer.status_on(today)
    return now is status if status else include_left or now is not CustomerStatus.LEFT


def _apartment_order(session: Session) -> dict[tuple[str, str], tuple[int, int]]:
    """The place of each apartment by its ward and number; without a number that of the ward's other customers."""
    query = select(m.Ward.key, m.Ward.position, m.Apartment.number, m.Apartment.position).join(
        m.Apartment, m.Apartment.ward_id == m.Ward.id
    )
    order = {
        (ward, number): (ward_position, position) for ward, ward_position, number, position in session.execute(query)
    }
    return order | {(ward, ""): (place, _LAST) for (ward, _), (place, _) in order.items()}


def _place(
    customer: Customer, order: dict[tuple[str, str], tuple[int, int]]
) -> tuple[tuple[int, int], tuple[str, str]]:
    apartment = customer.shown.apartment or ""  # where somebody stands in the list tells which apartment she has
    return order.get((customer.ward or "", apartment), (_LAST, _LAST)), sort_key(customer.label)


@needs(Right.READ_CUSTOMERS)
def get_customer(desk: Desk, *, key: str) -> Stored[Customer]:
    """One customer, logged as read. Raises NotFound or NotAllowed."""
    with desk.writing() as work:
        customer, version = _read(desk, work, key)
        sight.require_customer(desk, work, customer)
        _log(work, "read", customer)
        work.commit()
    return Stored(customer.shown, version)


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def reveal_customer(desk: Desk, *, key: str) -> Stored[Customer]:
    """A customer with the reference and apartment that her protected identity hides elsewhere; logged as that."""
    with desk.writing() as work:
        customer, version = _read(desk, work, key)
        sight.require_customer(desk, work, customer)
        _log(work, "reveal_customer", customer)
        work.commit()
    return Stored(customer, version)


def _read(desk: Desk, work: UnitOfWork, key: str) -> tuple[Customer, int]:
    found = records.load_customers(work.session, m.Customer.key == key).get(key)
    if found is None:
        raise NotFound("not_found", what="Kunden", key=key)
    require_unit(desk, found[0].unit)
    return found


def _log(work: UnitOfWork, action: str, customer: Customer) -> None:
    work.record(Event(action=action, object=f"customer:{customer.key}", customer=customer.key, unit=customer.unit))


@needs_at_meeting(Right.READ_CUSTOMERS)
def customer_labels(
    desk: Desk, *, meeting: str | None = None, there_only: bool = False, unit: str | None = None
) -> dict[str, str]:  # fmt: skip
    """Key → label of the customers the person sees; the code only, where the identity is protected.

    With a `unit` only those of it; with `there_only` those of the meeting's ward, or of its unit where it is of no
    ward, and those it names.

    With a `meeting` also of those it names to her, and while she writes it as one with a role there, of those who can
    be taken up at it: the ward's, or the unit's where the meeting is of no ward. Raises NotAllowed without either.
    """
    if meeting is None and not desk.may(Right.READ_CUSTOMERS):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)
    query = select(
        m.Customer.key, m.Customer.reference, m.Customer.apartment, m.Customer.protected, m.Customer.code,
        m.Unit.key.label("unit"), m.Ward.key.label("ward"),
    ).join(m.Unit, m.Unit.id == m.Customer.unit_id).outerjoin(m.Ward, m.Ward.id == m.Customer.ward_id)  # fmt: skip
    with desk.reading() as work:
        known = sight.reach(desk, work)
        everybody = sight.sees_every_customer(desk) and desk.actor.units is None  # whom no meeting adds anything to
        asked = meeting is not None and (there_only or not everybody)
        there = read(desk, work, meeting)[0] if meeting and asked else None
        named = customers_named(sight.shown(desk, work, there)) if there else frozenset()
        return {
            row.key: sight.label_of(row)
            for row in work.session.execute(query if unit is None else query.where(m.Unit.key == unit))
            if row.key in named
            or (
                not (there_only and there and not _lives_there(there, unit=row.unit, ward=row.ward))
                and (
                    sight.sees_customer(desk, known, key=row.key, unit=row.unit)
                    or (there and _to_be_taken_up(desk, there, unit=row.unit, ward=row.ward))
                )
            )
        }


@needs(Right.READ_CUSTOMERS)
def find_customers(
    desk: Desk, *, text: str, most: int | None = None, already: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Key → label of the customers whose label has the text, by label; each is logged as read.

    Those that were shown `already` while the same person went on typing are not logged once more.
    """
    folded = text.strip().casefold()
    hits = sorted(
        ((key, label) for key, label in customer_labels(desk).items() if folded in label.casefold()),
        key=lambda hit: sort_key(hit[1]),
    )
    found = dict(hits[:most])
    with desk.writing() as work:
        for key in sorted(set(found) - already):
            work.record(Event(action="read", object="search", customer=key))
        work.commit()
    return found


def _to_be_taken_up(desk: Desk, meeting: Meeting, *, unit: str, ward: str | None) -> bool:
    written = meeting.status not in (MeetingStatus.APPROVED, MeetingStatus.CANCELLED)
    sees = Right.READ_EVERY_CUSTOMER in rights_at(meeting, desk.actor)
    return written and sees and _lives_there(meeting, unit=unit, ward=ward)


def _lives_there(meeting: Meeting, *, unit: str, ward: str | None) -> bool:
    return unit == meeting.unit and meeting.ward in (None, ward)


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def add_customer(desk: Desk, *, customer: Customer) -> Stored[Customer]:
    """A new customer; an empty key is made at random, never from her data."""
    check_customer(customer)
    require_unit(desk, customer.unit)
    with desk.writing() as work:
        kept = replace(customer, key=customer.key or new_customer_key(all_keys(work.session, m.Customer)))
        kept = _with_code(work.session, kept)
        records.insert_customers(work.session, _directory(work.session, kept), [kept])
        _log(work, "add_customer", kept)
        work.commit()
    return Stored(kept.shown, 1)


def _with_code(session: Session, customer: Customer) -> Customer:
    """A protected customer has a code: one is made where none is given."""
    if not customer.protected or (customer.code or "").strip():
        return customer
    others = session.scalars(select(m.Customer.code).where(m.Customer.key != customer.key))
    return replace(customer, code=free_code(others))


def new_customer_key(taken: set[str]) -> str:
    """A random key that says nothing of the customer."""
    while (key := f"kund-{secrets.token_hex(4)}") in taken:
        pass
    return key


def _directory(session: Session, customer: Customer) -> Directory:
    directory = Directory(session)
    for table, key in records.customer_references(customer):
        directory.learn_keys(table, [key])
    return directory


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def save_customer(desk: Desk, *, customer: Customer, expected_version: int) -> Stored[Customer]:
    """Keep the customer as she stands in `customer`. Raises Refused, NotFound, NotAllowed or Conflict."""
    require_unit(desk, customer.unit)
    with desk.writing() as work:
        old, _ = _read(desk, work, customer.key)
        kept = _update(work, old, restored(customer, old=old), expected_version)
        work.commit()
    return Stored(kept.shown, expected_version + 1)


def _update(work: UnitOfWork, old: Customer, new: Customer, expected_version: int) -> Customer:
    kept = _write(work, old, new, expected_version)
    _log(work, "save_customer", kept)
    return kept


def _write(work: UnitOfWork, old: Customer, new: Customer, expected_version: int) -> Customer:
    """Write what differs; the caller says in the log what it was for."""
    new = _with_code(work.session, new)
    check_customer(new)
    bump(work.session, m.Customer, key=old.key, expected_version=expected_version, what="Kunden")
    records.update_customer(work.session, _directory(work.session, new), old=old, new=new)
    return new


def check_customer(customer: Customer) -> None:
    """Raise Refused for an empty reference, a personnummer in a field, a code that hides nothing, crossing periods."""
    if not customer.reference.strip():
        raise Refused("customer_reference_missing")
    named = (customer.reference, customer.code, customer.apartment, customer.key)
    refuse_personnummer(named, code="personnummer_in_reference")
    plain = replace(customer, protected=False).label.casefold()
    code = (customer.code or "").casefold()
    if customer.protected and code and code in (plain, customer.reference.casefold()):
        raise Refused("code_tells")
    if not check_history(customer.status_history):
        raise Refused("status_periods")


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def change_status(
    desk: Desk, *, key: str, status: CustomerStatus, on: dt.date, expected_version: int
) -> Stored[Customer]:
    """Record that the customer's status is another from `on`; the history is kept. To end her, use `end_customer`."""
    if status is CustomerStatus.LEFT:
        raise Refused("end_customer_instead")
    with desk.writing() as work:
        old, _ = _read(desk, work, key)
        new = replace(old, status_history=with_status(old.status_history, status=status, on=on))
        _update(work, old, new, expected_version)
        work.commit()
    return Stored(new.shown, expected_version + 1)


@needs(Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)
def move_customer(
    desk: Desk, *, key: str, unit: str, ward: str | None, apartment: str | None, expected_version: int
) -> tuple[Stored[Customer], tuple[str, ...]]:
    """Move the customer. Contacts who do not work in the new unit are cleared; their names come back."""
    require_unit(desk, unit)
    with desk.writing() as work:
        old, _ = _read(desk, work, key)
        members = records.load_members(work.session)
        lost: list[str] = []
        contacts = old.contacts
        for name in ("permanent_care_contact", "responsible_nurse", "physiotherapist", "occupational_therapist"):
            held = getattr(contacts, name) if contacts else None
            if contacts and held and unit not in members[held][0].units:
                lost.append(members[held][0].name)
                contacts = replace(contacts, **{name: None})
        new = replace(old, unit=unit, ward=ward, apartment=apartment, contacts=contacts)
        _update(work, old, new, expected_version)
        work.commit()
    return Stored(new.shown, expected_version + 1), tuple(lost)


@needs(Right.WRITE_REGISTERS)
def merge_customers(desk: Desk, *, keep: str, drop: str) -> Stored[Customer]:
    """Make two rows of a customer one: what named `drop` names `keep`; what `keep` lacks comes from `drop`."""
    if keep == drop:
        raise Refused("merge_same")
    with desk.writing() as work:
        kept, version = _read(desk, work, keep)
        dropped, _ = _read(desk, work, drop)
        merged = replace(
            kept, apartment=kept.apartment or dropped.apartment, ward=kept.ward or dropped.ward,
            code=kept.code or dropped.code,
            protected=kept.protected or dropped.protected, contacts=kept.contacts or dropped.contacts,
            status_history=kept.status_history or dropped.status_history,
        )  # fmt: skip
        _write(work, kept, merged, version)
        ids = dict(
            work.session.execute(select(m.Customer.key, m.Customer.id).where(m.Customer.key.in_([keep, drop]))).all()
        )
        move_references(work.session, m.Customer, drop=ids[drop], keep=ids[keep])
        work.session.execute(delete(m.Customer).where(m.Customer.id == ids[drop]))
        for one, other in ((keep, drop), (drop, keep)):
            work.record(Event(action="merge_customers", object=f"customer:{other}", customer=one, unit=kept.unit))
        work.commit()
    return Stored(merged.shown, version + 1)
