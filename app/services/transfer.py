"""Whole documents out of the database and into it: all or nothing, by key, equal objects untouched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import models as m
from app.domain.backups import Why
from app.domain.document import Document, ImportResult, Problem
from app.domain.errors import ImportRefused, Refused
from app.domain.journal import with_marks_of
from app.domain.meeting_rules import customers_named
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.personnummer import has_personnummer
from app.domain.roles import Right
from app.domain.wording import wording
from app.services import coordination_records, meeting_records, numbers, planning_records, planning_transfer
from app.services import register_records as registers
from app.services.desk import Desk, needs
from app.services.records import Directory, Table
from app.services.units import require_unused
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_CHUNK = 400


@needs(Right.EXCHANGE)
def read_document(desk: Desk) -> Document:
    """Everything the person may see, for an exchange file; one audit row for each customer."""
    with desk.writing() as work:
        units = {key: unit for key, (unit, _) in registers.load_units(work.session).items() if desk.actor.sees(key)}
        members = [
            one for one, _ in registers.load_members(work.session).values() if any(key in units for key in one.units)
        ]
        customers = [one for one, _ in registers.load_customers(work.session).values() if one.unit in units]
        meetings = [one for one in _all_meetings(work.session) if one.unit in units]
        homes = {one.key: one.unit for one in customers}
        planned = planning_transfer.seen(
            work.session, units=list(units), members=[one.key for one in members], customers=list(homes),
            meetings={one.key for one in meetings},
        )  # fmt: skip
        prepared = frozenset(one.customer for one in planned["preparations"] if one.customer)
        for key in sorted(frozenset(homes).union(prepared, *(customers_named(one) for one in meetings))):
            work.record(Event(action="export", object="document", customer=key, unit=homes.get(key)))
        work.record(Event(action="export", object="document"))
        requests = tuple(one for one, _ in coordination_records.load(work.session).values() if one.unit in units)
        work.commit()
    return Document(
        units=tuple(units.values()), members=tuple(members), customers=tuple(customers), meetings=tuple(meetings),
        requests=requests, **planned,
    )  # fmt: skip


def _all_meetings(session: Session) -> Iterator[Meeting]:
    ids = session.scalars(select(m.Meeting.id).order_by(m.Meeting.key)).all()
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        yield from (meeting for meeting, _ in meeting_records.load(session, m.Meeting.id.in_(chunk)).values())


@needs(Right.EXCHANGE)
def take_in(desk: Desk, *, document: Document, dry_run: bool = False) -> ImportResult:
    """Insert or update everything in the document by key, or nothing at all.

    A verified backup is made before anything is written. Raises ImportRefused with each reference that names nothing,
    change to approved minutes and personnummer, StorageFault("backup_failed") with nothing changed.
    """
    try:
        with desk.writing() as work:
            taking = _Taking(desk, work, document)
            taking.check()
            if not dry_run:
                usual = desk.store.usual_backup_folder()
                desk.store.back_up(folder=usual, at=desk.clock.now(), why=Why.BEFORE_IMPORT.value)
            result = taking.write()
            for customer in document.customers:
                work.record(Event(action="import", object="document", customer=customer.key, unit=customer.unit))
            planned = {turn.customer for turn in document.rotation} | {one.customer for one in document.activities}
            planned |= {one.customer for one in document.preparations} | {one.customer for one in document.requests}
            for key in sorted(one for one in planned if one):
                work.record(Event(action="import", object="document", customer=key))
            counts = ", ".join(f"{name} {count}" for name, count in result.imported.items())
            work.record(Event(action="import", object="document", reason=counts))
            if not dry_run:
                work.commit()
    except Refused as error:  # a rule that only shows while writing: a ward in use, a point that was carried on
        problem = Problem(line=0, column="", reason=wording(error))
        raise ImportRefused("import_refused", problems=(problem,)) from error
    return result


class _Taking:
    """One document on its way in: what is there already, what is new, what differs."""

    def __init__(self, desk: Desk, work: UnitOfWork, document: Document) -> None:
        self._desk, self._session, self._document = desk, work.session, document
        self._directory = Directory(work.session)
        self._units = registers.load_units(work.session)
        self._members = _present(work.session, m.Member, [one.key for one in document.members], registers.load_members)
        self._customers = _present(
            work.session, m.Customer, [one.key for one in document.customers], registers.load_customers
        )
        self._meetings = _present(work.session, m.Meeting, [one.key for one in document.meetings], meeting_records.load)
        self._requests = _present(
            work.session, m.CoordinationRequest, [one.key for one in document.requests], coordination_records.load
        )
        self._imported: dict[str, int] = {}
        self._untouched = 0
        self._added: set[tuple[str, str]] = set()
        self._changed: set[tuple[str, str]] = set()

    def check(self) -> None:
        """Raise ImportRefused with everything that stands in the way."""
        problems = [
            *self._unknown_references(),
            *self._foreign_units(),
            *self._taken_keys(),
            *self._locked(),
            *self._numbers(),
            *self._misplaced(),
            *planning_transfer.problems(self._session, self._document, self._desk.actor),
        ]
        if problems:
            raise ImportRefused("import_refused", problems=tuple(problems))

    def write(self) -> ImportResult:
        """Write everything, registers first."""
        document = self._document
        self._each("units", document.units, self._units, self._insert_units, self._update_unit)
        self._each("members", document.members, self._members, self._insert_members, self._update_member)
        self._substitutes()
        self._each("customers", document.customers, self._customers, self._insert_customers, self._update_customer)
        self._each("meetings", document.meetings, self._meetings, self._insert_meetings, self._update_meeting)
        for kind in planning_transfer.KINDS:
            if values := getattr(document, kind.name):
                self._planning(kind, values)
        self._each("requests", document.requests, self._requests, self._insert_requests, self._update_request)
        return ImportResult(
            imported=self._imported, untouched=self._untouched, added=frozenset(self._added),
            changed=frozenset(self._changed), warnings=numbers.warnings_of(document),
        )  # fmt: skip

    def _each(
        self, name: str, values: Sequence[Any], present: Mapping[str, tuple[Any, int]], insert: Any, change: Any
    ) -> None:
        new = [one for one in values if one.key not in present]
        changed = [one for one in values if one.key in present and present[one.key][0] != one]
        insert(new)
        for one in changed:
            change(present[one.key][0], one)
        self._imported[name] = len(new) + len(changed)
        self._untouched += len(values) - len(new) - len(changed)
        self._added.update((name, one.key) for one in new)
        self._changed.update((name, one.key) for one in changed)

    def _planning(self, kind: planning_records.Kind, values: Sequence[Any]) -> None:
        def insert(new: list[Any]) -> None:
            planning_records.insert(self._session, self._directory, kind, new)

        def change(old: Any, new: Any) -> None:
            planning_records.change(self._session, self._directory, kind, old=old, new=new)

        self._each(kind.name, values, planning_records.load(self._session, kind), insert, change)

    def _insert_units(self, new: list[Any]) -> None:
        for unit in new:
            registers.insert_unit(self._session, self._directory, unit)

    def _update_unit(self, old: Any, new: Any) -> None:
        kept = {ward.key for ward in new.wards}
        for ward in old.wards:
            if ward.key not in kept:
                require_unused(self._session, ward)
        registers.update_unit(self._session, self._directory, old=old, new=new)
        self._bump(m.Unit, new.key)

    def _substitutes(self) -> None:
        wards = [
            ward
            for unit in self._document.units
            for ward in unit.wards
            if self._units.get(unit.key, (None,))[0] != unit
        ]
        self._directory.learn_keys(m.Member, [one.member for ward in wards for one in ward.substitutes])
        registers.write_substitutes(self._session, self._directory, wards)

    def _insert_members(self, new: list[Any]) -> None:
        self._directory.learn_keys(m.Unit, [key for one in self._document.members for key in one.units])
        self._directory.learn_keys(m.Ward, [key for one in self._document.members for key in one.wards])
        registers.insert_members(self._session, self._directory, new)

    def _update_member(self, old: Any, new: Any) -> None:
        registers.update_member(self._session, self._directory, old=old, new=new)
        self._bump(m.Member, new.key)

    def _insert_customers(self, new: list[Any]) -> None:
        for customer in self._document.customers:
            for table, key in registers.customer_references(customer):
                if self._directory.find(table, key) is None:
                    self._directory.learn_keys(table, [key])
        registers.insert_customers(self._session, self._directory, new)

    def _update_customer(self, old: Any, new: Any) -> None:
        registers.update_customer(self._session, self._directory, old=old, new=new)
        self._bump(m.Customer, new.key)

    def _insert_meetings(self, new: list[Meeting]) -> None:
        meeting_records.learn_references(self._directory, new)
        meeting_records.insert_all(self._session, self._directory, new)

    def _update_meeting(self, old: Meeting, new: Meeting) -> None:
        meeting_records.learn_references(self._directory, [new])
        meeting_id = self._session.scalars(select(m.Meeting.id).where(m.Meeting.key == new.key)).one()
        meeting_records.write_changes(self._session, self._directory, old=old, new=new, meeting_id=meeting_id)
        self._bump(m.Meeting, new.key)

    def _insert_requests(self, new: list[Any]) -> None:
        coordination_records.insert(self._session, self._directory, new)

    def _update_request(self, old: Any, new: Any) -> None:
        coordination_records.change(self._session, self._directory, old=old, new=new)

    def _bump(self, table: Table, key: str) -> None:
        self._session.execute(update(table).where(table.key == key).values(version=table.version + 1))

    def _unknown_references(self) -> Iterator[Problem]:
        document, known = (
            self._document,
            {
                table: set(self._session.scalars(select(table.key)))
                for table in (m.Unit, m.Ward, m.Member, m.Customer, m.Item, m.Meeting)
            },
        )
        known[m.Unit] |= {one.key for one in document.units}
        known[m.Ward] |= {ward.key for one in document.units for ward in one.wards}
        known[m.Member] |= {one.key for one in document.members}
        known[m.Customer] |= {one.key for one in document.customers}
        known[m.Meeting] |= {one.key for one in document.meetings}
        known[m.Item] |= {item.key for one in document.meetings for item in one.items}
        for place, table, key in _references(document):
            if table in known and key not in known[table]:
                reason = wording(Refused("reference_unknown", what=_WHAT[table], key=key))
                yield Problem(line=0, column=place, reason=reason)
        forums = {
            (unit.setting, forum.key)
            for unit in self._settings()
            for forum in self._desk.catalogue.forums(unit.setting)
        }
        settings = {unit.key: unit.setting for unit in self._settings()}
        ledning = {forum.key for forum in self._desk.catalogue.all if forum.setting == "ledning"}
        for n, meeting in enumerate(document.meetings):
            if (
                meeting.unit in settings
                and (settings[meeting.unit], meeting.forum) not in forums
                and meeting.forum not in ledning
            ):
                yield Problem(
                    line=0,
                    column=f"meetings[{n}].forum",
                    reason=f"Mötesforumet {meeting.forum} finns inte i enhetens verksamhetsform.",
                )

    def _settings(self) -> list[Any]:
        own = {unit.key: unit for unit, _ in self._units.values()}
        return list({**own, **{unit.key: unit for unit in self._document.units}}.values())

    def _foreign_units(self) -> Iterator[Problem]:
        if self._desk.actor.units is None:
            return
        touched = {one.key for one in self._document.units}
        members = (*self._document.members, *(one for one, _ in self._members.values()))
        touched |= {key for one in members for key in one.units}
        touched |= {one.unit for one in (*self._document.customers, *(one for one, _ in self._customers.values()))}
        touched |= {one.unit for one in (*self._document.meetings, *(one for one, _ in self._meetings.values()))}
        touched |= {one.unit for one in (*self._document.requests, *(one for one, _ in self._requests.values()))}
        for key in sorted(touched):
            if not self._desk.actor.sees(key):
                yield Problem(line=0, column="unit", reason=f"Ditt konto gäller inte enheten {key}.")

    def _taken_keys(self) -> Iterator[Problem]:
        """Wards, items and actions whose key belongs to another unit or meeting already."""
        wards = dict(
            self._session.execute(select(m.Ward.key, m.Unit.key).join(m.Unit, m.Unit.id == m.Ward.unit_id)).all()
        )
        for unit in self._document.units:
            for ward in unit.wards:
                if wards.get(ward.key, unit.key) != unit.key:
                    yield Problem(
                        line=0, column=unit.key, reason=f"Avdelningens nyckel {ward.key} finns redan i en annan enhet."
                    )
        homes = {item.key: one.key for one in self._document.meetings for item in one.items}
        taken = dict(
            self._session.execute(
                select(m.Item.key, m.Meeting.key).join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
            ).all()
        )
        for key, home in homes.items():
            if taken.get(key, home) != home:
                yield Problem(line=0, column=home, reason=f"Punktens nyckel {key} finns redan i ett annat möte.")
        actions = {
            action.key: one.key for one in self._document.meetings for item in one.items for action in item.actions
        }
        query = (
            select(m.Action.key, m.Meeting.key)
            .join(m.Item, m.Item.id == m.Action.item_id)
            .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        )
        held = dict(self._session.execute(query).all())
        for key, home in actions.items():
            if held.get(key, home) != home:
                yield Problem(line=0, column=home, reason=f"Åtgärdens nyckel {key} finns redan i ett annat möte.")

    def _locked(self) -> Iterator[Problem]:
        for n, meeting in enumerate(self._document.meetings):
            old = self._meetings.get(meeting.key)
            if old and old[0].status is MeetingStatus.APPROVED and with_marks_of(meeting, old[0]) != old[0]:
                yield Problem(
                    line=0, column=f"meetings[{n}]", reason=f"Mötet {meeting.key} är justerat och ändras inte."
                )

    def _misplaced(self) -> Iterator[Problem]:
        """Customers and meetings on a ward of another unit."""
        homes = {ward.key: unit.key for unit in self._settings() for ward in unit.wards}
        places = [(f"customers[{n}]", one.ward, one.unit) for n, one in enumerate(self._document.customers)]
        places += [(f"meetings[{n}]", one.ward, one.unit) for n, one in enumerate(self._document.meetings)]
        for place, ward, unit in places:
            if ward and homes.get(ward, unit) != unit:
                reason = f"Avdelningen {ward} hör inte till enheten {unit}."
                yield Problem(line=0, column=f"{place}.ward", reason=reason)

    def _numbers(self) -> Iterator[Problem]:
        """What is named by a personnummer: names, references and keys are shown, printed and logged."""
        for place, text in numbers.names_in(self._document):
            if has_personnummer(text):
                code = "personnummer_in_reference" if place.startswith("customers") else "personnummer_in_name"
                yield Problem(line=0, column=place, reason=wording(Refused(code)))


_WHAT: Mapping[Table, str] = {
    m.Unit: "Enheten",
    m.Ward: "Avdelningen",
    m.Member: "Medarbetaren",
    m.Customer: "Kunden",
    m.Item: "Punkten",
    m.Meeting: "Mötet",
}


def _present(session: Session, table: Table, keys: Sequence[str], load: Any) -> dict[str, tuple[Any, int]]:
    """What is stored already of `keys`, whole."""
    there = sorted(set(keys) & set(session.scalars(select(table.key)))) if keys else []
    found: dict[str, tuple[Any, int]] = {}
    for start in range(0, len(there), _CHUNK):
        found.update(load(session, table.key.in_(there[start : start + _CHUNK])))
    return found


def _references(document: Document) -> Iterator[tuple[str, Table, str]]:
    for n, unit in enumerate(document.units):
        for ward in unit.wards:
            yield from ((f"units[{n}].wards.{ward.key}", m.Member, one.member) for one in ward.substitutes)
    for n, member in enumerate(document.members):
        yield from ((f"members[{n}].units", m.Unit, key) for key in member.units)
        yield from ((f"members[{n}].wards", m.Ward, key) for key in member.wards)
    for n, customer in enumerate(document.customers):
        yield from ((f"customers[{n}]", table, key) for table, key in registers.customer_references(customer))
    for n, meeting in enumerate(document.meetings):
        yield from ((f"meetings[{n}]", table, key) for table, key in meeting_records.references(meeting))
    for n, case in enumerate(document.requests):
        yield from ((f"requests[{n}]", table, key) for table, key in coordination_records.references([case]))
