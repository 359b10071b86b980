"""Units, members and customers in and out of their tables as whole values; bulk-friendly, no rights checked here."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.catalogue import Departure, Setting, departure_from_dict, departure_to_dict
from app.domain.customers import Contacts, Customer, CustomerStatus, StatusPeriod
from app.domain.instruments import Band, Instrument
from app.domain.team import Hours, Member
from app.domain.units import Unit, Ward, WardSubstitute
from app.services.records import Choice, Directory, Plain, Record, Reference, insert_numbered, insert_rows

_MEMBER = Record(Member, m.Member, (
    Plain("key"), Plain("name"), Plain("profession"), Plain("email"), Plain("phone"), Plain("night"),
    Plain("from_", "active_from"),
    Plain("to", "active_to"),
))  # fmt: skip
_HOURS = Record(Hours, m.MemberHours, (Plain("weekday"), Plain("from_", "since"), Plain("to", "until")))
_CUSTOMER = Record(Customer, m.Customer, (
    Plain("key"), Plain("reference"), Reference("unit", "unit_id", m.Unit), Reference("ward", "ward_id", m.Ward),
    Plain("apartment"),
    Plain("protected"), Plain("code"),
))  # fmt: skip
_CONTACTS = Record(Contacts, m.Customer, tuple(
    Reference(name, f"{name}_id", m.Member)
    for name in ("permanent_care_contact", "responsible_nurse", "physiotherapist", "occupational_therapist")
))  # fmt: skip
_PERIOD = Record(StatusPeriod, m.CustomerPeriod, (
    Choice("status", kind=CustomerStatus), Plain("from_", "since"), Plain("to", "until"),
))  # fmt: skip


def load_units(session: Session) -> dict[str, tuple[Unit, int]]:
    """Every unit with its wards and departures, by name."""
    apartments, substitutes, departures = _apartments(session), _substitutes(session), _departures(session)
    instruments = _instruments(session)
    wards: dict[int, list[Ward]] = defaultdict(list)
    for row in session.execute(
        select(m.Ward.id, m.Ward.key, m.Ward.unit_id, m.Ward.name).order_by(m.Ward.unit_id, m.Ward.position)
    ):
        ward = Ward(
            key=row.key, name=row.name, apartments=tuple(apartments[row.id]), substitutes=tuple(substitutes[row.id])
        )
        wards[row.unit_id].append(ward)
    found = {}
    for unit_id, key, name, setting, version in session.execute(
        select(m.Unit.id, m.Unit.key, m.Unit.name, m.Unit.setting, m.Unit.version).order_by(m.Unit.name)
    ):
        unit = Unit(
            key=key,
            name=name,
            setting=Setting(setting),
            wards=tuple(wards[unit_id]),
            forums=tuple(departures[unit_id]),
            instruments=tuple(instruments[unit_id]),
        )
        found[key] = (unit, version)
    return found


def _apartments(session: Session) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for ward, number in session.execute(select(m.Apartment.ward_id, m.Apartment.number).order_by(m.Apartment.position)):
        found[ward].append(number)
    return found


def _substitutes(session: Session) -> dict[int, list[WardSubstitute]]:
    found: dict[int, list[WardSubstitute]] = defaultdict(list)
    query = select(m.WardSubstitute.ward_id, m.WardSubstitute.profession, m.Member.key).join(
        m.Member, m.Member.id == m.WardSubstitute.member_id
    )
    for ward, profession, key in session.execute(query.order_by(m.WardSubstitute.position)):
        found[ward].append(WardSubstitute(profession=profession, member=key))
    return found


def _departures(session: Session) -> dict[int, list[Departure]]:
    found: dict[int, list[Departure]] = defaultdict(list)
    for unit, text in session.execute(
        select(m.UnitForum.unit_id, m.UnitForum.departure).order_by(m.UnitForum.position)
    ):
        found[unit].append(departure_from_dict(json.loads(text)))
    return found


def _instruments(session: Session) -> dict[int, list[Instrument]]:
    found: dict[int, list[Instrument]] = defaultdict(list)
    for row in session.scalars(select(m.UnitInstrument).order_by(m.UnitInstrument.id)):
        limits = json.loads(row.bands)
        found[row.unit_id].append(Instrument(
            key=row.key, name=row.name, area=row.area, least=row.least, most=row.most, halves=limits["halves"],
            bands=tuple(Band(from_=one["from"], risk=one["risk"]) for one in limits["bands"]),
            guidance=row.guidance, unused=not row.active,
        ))  # fmt: skip
    return found


def insert_unit(session: Session, directory: Directory, unit: Unit) -> None:
    """Write a new unit and its wards; substitutes are written by `write_substitutes` once their members are there."""
    unit_id = session.scalars(
        insert(m.Unit).returning(m.Unit.id),
        [{"key": unit.key, "name": unit.name, "setting": unit.setting.value, "version": 1}],
    ).one()
    directory.add(m.Unit, unit.key, unit_id)
    for position, ward in enumerate(unit.wards):
        _insert_ward(session, directory, unit_id, position, ward)
    _write_departures(session, unit_id, unit.forums)
    _write_instruments(session, unit_id, unit.instruments)


def _insert_ward(session: Session, directory: Directory, unit_id: int, position: int, ward: Ward) -> None:
    row = {"key": ward.key, "unit_id": unit_id, "name": ward.name, "position": position}
    ward_id = session.scalars(insert(m.Ward).returning(m.Ward.id), [row]).one()
    directory.add(m.Ward, ward.key, ward_id)
    _write_apartments(session, ward_id, ward.apartments)


def _write_apartments(session: Session, ward_id: int, numbers: Sequence[str]) -> None:
    session.execute(delete(m.Apartment).where(m.Apartment.ward_id == ward_id))
    if numbers:
        rows = [{"ward_id": ward_id, "number": number, "position": n} for n, number in enumerate(numbers)]
        session.execute(insert(m.Apartment), rows)


def _write_departures(session: Session, unit_id: int, departures: Sequence[Departure]) -> None:
    session.execute(delete(m.UnitForum).where(m.UnitForum.unit_id == unit_id))
    rows = [
        {
            "unit_id": unit_id,
            "forum": one.key,
            "departure": json.dumps(departure_to_dict(one), ensure_ascii=False),
            "position": n,
        }
        for n, one in enumerate(departures)
    ]
    if rows:
        session.execute(insert(m.UnitForum), rows)


def _write_instruments(session: Session, unit_id: int, instruments: Sequence[Instrument]) -> None:
    session.execute(delete(m.UnitInstrument).where(m.UnitInstrument.unit_id == unit_id))
    rows = [
        {
            "unit_id": unit_id, "key": one.key, "name": one.name, "area": one.area, "least": one.least,
            "most": one.most, "guidance": one.guidance, "active": not one.unused, "version": 1,
            "bands": json.dumps({
                "halves": one.halves, "bands": [{"from": band.from_, "risk": band.risk} for band in one.bands],
            }, ensure_ascii=False),
        }
        for one in instruments
    ]  # fmt: skip
    if rows:
        session.execute(insert(m.UnitInstrument), rows)


def write_substitutes(session: Session, directory: Directory, wards: Iterable[Ward]) -> None:
    """Replace the wards' substitutes; wards and members are known to the directory."""
    for ward in wards:
        ward_id = directory.id(m.Ward, ward.key)
        session.execute(delete(m.WardSubstitute).where(m.WardSubstitute.ward_id == ward_id))
        rows = [
            {
                "ward_id": ward_id,
                "profession": one.profession,
                "member_id": directory.id(m.Member, one.member),
                "position": n,
            }
            for n, one in enumerate(ward.substitutes)
        ]
        if rows:
            session.execute(insert(m.WardSubstitute), rows)


def update_unit(session: Session, directory: Directory, *, old: Unit, new: Unit) -> None:
    """Bring the tables from `old` to `new`; wards gone are removed, which the database refuses while in use."""
    directory.learn_keys(m.Unit, [new.key])
    directory.learn_keys(m.Ward, [ward.key for ward in (*old.wards, *new.wards)])
    unit_id = directory.id(m.Unit, new.key) or 0
    session.execute(update(m.Unit).where(m.Unit.id == unit_id).values(name=new.name, setting=new.setting.value))
    before = {ward.key: (n, ward) for n, ward in enumerate(old.wards)}
    kept = {ward.key for ward in new.wards}
    if gone := [directory.id(m.Ward, key) for key in before if key not in kept]:
        session.execute(delete(m.Ward).where(m.Ward.id.in_(gone)))
    for n, ward in enumerate(new.wards):
        if ward.key not in before:
            _insert_ward(session, directory, unit_id, n, ward)
        elif before[ward.key] != (n, ward):
            ward_id = directory.id(m.Ward, ward.key) or 0
            session.execute(update(m.Ward).where(m.Ward.id == ward_id).values(name=ward.name, position=n))
            if before[ward.key][1].apartments != ward.apartments:
                _write_apartments(session, ward_id, ward.apartments)
    if old.forums != new.forums:
        _write_departures(session, unit_id, new.forums)
    if old.instruments != new.instruments:
        _write_instruments(session, unit_id, new.instruments)


def load_members(session: Session, condition: Any = None) -> dict[str, tuple[Member, int]]:
    """The members that fulfil `condition` (on m.Member), by key."""
    directory = Directory(session)
    within = select(m.Member.id) if condition is None else select(m.Member.id).where(condition)
    units = _links(session, directory, m.MemberUnit, m.Unit, m.MemberUnit.unit_id, within)
    wards = _links(session, directory, m.MemberWard, m.Ward, m.MemberWard.ward_id, within)
    query = (
        select(m.Member.id, m.Member.version, *_MEMBER.select_columns())
        .where(m.Member.id.in_(within))
        .order_by(m.Member.key)
    )
    rows = session.execute(query).all()
    hours = _hours(session, directory, within)
    return {
        row.key: (
            _MEMBER.read(
                row, directory, units=tuple(units[row.id]), wards=tuple(wards[row.id]), hours=tuple(hours[row.id])
            ),
            row.version,
        )
        for row in rows
    }


def _hours(session: Session, directory: Directory, within: Any) -> dict[int, list[Hours]]:
    found: dict[int, list[Hours]] = defaultdict(list)
    query = select(m.MemberHours.member_id, *_HOURS.select_columns()).where(m.MemberHours.member_id.in_(within))
    for row in session.execute(query.order_by(m.MemberHours.member_id, m.MemberHours.position)):
        found[row.member_id].append(_HOURS.read(row, directory))
    return found


def _links(
    session: Session, directory: Directory, table: Any, target: type[Any], column: Any, within: Any
) -> dict[int, list[str]]:
    rows = session.execute(
        select(table.member_id, column).where(table.member_id.in_(within)).order_by(table.member_id, table.position)
    ).all()
    directory.learn_ids(target, {row[1] for row in rows})
    found: dict[int, list[str]] = defaultdict(list)
    for member, pointed in rows:
        found[member].append(directory.key(target, pointed) or "")
    return found


def insert_members(session: Session, directory: Directory, members: Sequence[Member]) -> None:
    """Write new members; their units and wards are known to the directory."""
    if not members:
        return
    rows = [{**_MEMBER.write(member, directory), "version": 1} for member in members]
    ids = insert_numbered(session, m.Member, rows)
    for member_id, member in zip(ids, members, strict=True):
        directory.add(m.Member, member.key, member_id)
    _insert_links(session, directory, zip(ids, members, strict=True))


def _insert_links(session: Session, directory: Directory, members: Iterable[tuple[int, Member]]) -> None:
    units, wards, hours = [], [], []
    for member_id, member in members:
        units += [
            {"member_id": member_id, "unit_id": directory.id(m.Unit, key), "position": n}
            for n, key in enumerate(member.units)
        ]
        wards += [
            {"member_id": member_id, "ward_id": directory.id(m.Ward, key), "position": n}
            for n, key in enumerate(member.wards)
        ]
        hours += [_HOURS.write(one, directory, member_id=member_id, position=n) for n, one in enumerate(member.hours)]
    for table, rows in ((m.MemberUnit, units), (m.MemberWard, wards), (m.MemberHours, hours)):
        insert_rows(session, table, rows)


def update_member(session: Session, directory: Directory, *, old: Member, new: Member) -> None:
    """Bring the tables from `old` to `new`."""
    directory.learn_keys(m.Unit, new.units)
    directory.learn_keys(m.Ward, new.wards)
    member_id = session.scalars(select(m.Member.id).where(m.Member.key == new.key)).one()
    session.execute(update(m.Member).where(m.Member.id == member_id).values(_MEMBER.write(new, directory)))
    if (old.units, old.wards, old.hours) != (new.units, new.wards, new.hours):
        for table in (m.MemberUnit, m.MemberWard, m.MemberHours):
            session.execute(delete(table).where(table.member_id == member_id))
        _insert_links(session, directory, [(member_id, new)])


def load_customers(session: Session, condition: Any = None) -> dict[str, tuple[Customer, int]]:
    """The customers that fulfil `condition` (on m.Customer), by key."""
    directory = Directory(session)
    within = select(m.Customer.id) if condition is None else select(m.Customer.id).where(condition)
    periods: dict[int, list[StatusPeriod]] = defaultdict(list)
    query = select(m.CustomerPeriod.customer_id, *_PERIOD.select_columns()).where(
        m.CustomerPeriod.customer_id.in_(within)
    )
    for row in session.execute(query.order_by(m.CustomerPeriod.customer_id, m.CustomerPeriod.position)):
        periods[row.customer_id].append(_PERIOD.read(row, directory))
    columns = [m.Customer.id, m.Customer.version, *_CUSTOMER.select_columns(), *_CONTACTS.select_columns()]
    rows = session.execute(select(*columns).where(m.Customer.id.in_(within)).order_by(m.Customer.key)).all()
    _CUSTOMER.learn(rows, directory)
    _CONTACTS.learn(rows, directory)
    found = {}
    for row in rows:
        contacts = _CONTACTS.read(row, directory)
        customer = _CUSTOMER.read(
            row, directory, contacts=None if contacts == Contacts() else contacts, status_history=tuple(periods[row.id])
        )
        found[row.key] = (customer, row.version)
    return found


def customer_references(customer: Customer) -> Iterable[tuple[type[Any], str]]:
    """Every key a customer refers to, with its table."""
    yield from _CUSTOMER.references([customer])
    if customer.contacts:
        yield from _CONTACTS.references([customer.contacts])


def insert_customers(session: Session, directory: Directory, customers: Sequence[Customer]) -> None:
    """Write new customers; what they refer to is known to the directory."""
    if not customers:
        return
    rows = [{**_customer_row(customer, directory), "version": 1} for customer in customers]
    ids = insert_numbered(session, m.Customer, rows)
    for customer_id, customer in zip(ids, customers, strict=True):
        directory.add(m.Customer, customer.key, customer_id)
    _insert_periods(session, directory, zip(ids, customers, strict=True))


def _customer_row(customer: Customer, directory: Directory) -> dict[str, Any]:
    return {**_CUSTOMER.write(customer, directory), **_CONTACTS.write(customer.contacts or Contacts(), directory)}


def _insert_periods(session: Session, directory: Directory, customers: Iterable[tuple[int, Customer]]) -> None:
    rows = [
        _PERIOD.write(period, directory, customer_id=customer_id, position=n)
        for customer_id, customer in customers
        for n, period in enumerate(customer.status_history)
    ]
    insert_rows(session, m.CustomerPeriod, rows)


def update_customer(session: Session, directory: Directory, *, old: Customer, new: Customer) -> None:
    """Bring the tables from `old` to `new`."""
    for table, key in customer_references(new):
        directory.learn_keys(table, [key])
    customer_id = session.scalars(select(m.Customer.id).where(m.Customer.key == new.key)).one()
    session.execute(update(m.Customer).where(m.Customer.id == customer_id).values(_customer_row(new, directory)))
    if old.status_history != new.status_history:
        session.execute(delete(m.CustomerPeriod).where(m.CustomerPeriod.customer_id == customer_id))
        _insert_periods(session, directory, [(customer_id, new)])
