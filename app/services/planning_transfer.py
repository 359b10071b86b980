"""What planning keeps, on its way in with a document: what stands in its way, and the writing of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import models as m
from app.domain.document import Document, Problem
from app.domain.errors import Refused
from app.domain.letters import Letter, LetterStatus
from app.domain.meeting_templates import MeetingTemplate, members_of, without
from app.domain.roles import Actor
from app.domain.wording import wording
from app.services import planning_records as records
from app.services.letter_records import LETTERS
from app.services.records import Table

WHAT: Mapping[Table, str] = {
    m.Unit: "Enheten", m.Ward: "Avdelningen", m.Member: "Medarbetaren", m.Customer: "Kunden", m.Series: "Serien",
    m.Meeting: "Mötet", m.Item: "Punkten",
}  # fmt: skip
KINDS = (*records.KINDS, LETTERS)
"""What comes in beside the registers and the meetings, after them."""


class Surroundings:
    """Who belongs to which unit, in the database and in the document together."""

    def __init__(self, session: Session, document: Document) -> None:
        self.members: dict[str, list[str]] = {}
        query = select(m.Member.key, m.Unit.key).join(m.MemberUnit, m.MemberUnit.member_id == m.Member.id)
        for member, unit in session.execute(query.join(m.Unit, m.Unit.id == m.MemberUnit.unit_id)):
            self.members.setdefault(member, []).append(unit)
        self.members.update({one.key: list(one.units) for one in document.members})
        customers = select(m.Customer.key, m.Unit.key).join(m.Unit, m.Unit.id == m.Customer.unit_id)
        self.customers: dict[str, str] = dict(session.execute(customers).all())
        self.customers.update({one.key: one.unit for one in document.customers})
        wards = select(m.Ward.key, m.Unit.key).join(m.Unit, m.Unit.id == m.Ward.unit_id)
        self.wards: dict[str, str] = dict(session.execute(wards).all())
        self.wards.update({ward.key: unit.key for unit in document.units for ward in unit.wards})
        self.units = set(session.scalars(select(m.Unit.key))) | {one.key for one in document.units}
        meetings = select(m.Meeting.key, m.Unit.key).join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        self.meetings: dict[str, str] = dict(session.execute(meetings).all())
        self.meetings.update({one.key: one.unit for one in document.meetings})
        self.items = (
            set(session.scalars(select(m.Item.key))) if any(one.item for one in document.preparations) else set()
        )
        self.items |= {item.key for one in document.meetings for item in one.items}
        self.series = set(session.scalars(select(m.Series.key))) | {one.key for one in document.series}

    def known(self, table: Table) -> set[str]:
        """The keys of a table that may be referred to."""
        found: Mapping[Table, set[str]] = {
            m.Unit: self.units, m.Ward: set(self.wards), m.Member: set(self.members), m.Customer: set(self.customers),
            m.Series: self.series, m.Meeting: set(self.meetings), m.Item: self.items,
        }  # fmt: skip
        return found[table]


def seen(
    session: Session, *, units: Sequence[str], members: Sequence[str], customers: Sequence[str],
    meetings: Collection[str],
) -> dict[str, Any]:  # fmt: skip
    """Every list of what planning keeps for those units, members, customers and meetings, for an exchange file."""
    found: dict[str, Any] = {}
    for kind in KINDS:
        values = [one for one, _ in records.load(session, kind).values()]
        if kind is records.ABSENCES:
            values = [one for one in values if one.member in members]
        elif kind is records.ROTATION:
            values = [one for one in values if one.customer in customers]
        elif kind is records.PREPARATIONS:
            values = [one for one in values if one.meeting in meetings]
        elif kind is records.TRAVEL:
            values = [one for one in values if one.from_ in units and one.to in units]
        else:
            values = [one for one in values if one.unit is None or one.unit in units]
        if kind is records.TEMPLATES:
            values = [_with_those(one, members) for one in values]
        found[kind.name] = tuple(values)
    return found


def _with_those(template: MeetingTemplate, members: Sequence[str]) -> MeetingTemplate:
    """The template without whom the file does not know."""
    gone = set(members_of(template.content)) - set(members)
    return replace(template, content=without(template.content, gone)) if gone else template


def problems(session: Session, document: Document, actor: Actor) -> Iterator[Problem]:
    """References that name nothing, other units' things, wards of another unit, pairs that are there already."""
    around = Surroundings(session, document)
    for kind in KINDS:
        values = getattr(document, kind.name)
        if not values:
            continue
        present = records.load(session, kind)
        for n, value in enumerate(values):
            place = f"{kind.name}[{n}]"
            for table, key in records.references(kind, [value]):
                if key not in around.known(table):
                    reason = wording(Refused("reference_unknown", what=WHAT[table], key=key))
                    yield Problem(line=0, column=place, reason=reason)
            before = [present[value.key][0]] if value.key in present else []
            homes = {key for one in (value, *before) for key in _homes(kind, one, around)}
            for key in sorted(one for one in homes if actor.units is not None and not actor.sees(one)):
                yield Problem(line=0, column=place, reason=f"Ditt konto gäller inte enheten {key}.")
            yield from _misplaced(kind, value, around, place)
        if kind is LETTERS:
            yield from _letters(document, {key: one for key, (one, _) in present.items()})
        yield from _twice(kind, values, {key: one for key, (one, _) in present.items()})


def _letters(document: Document, present: Mapping[str, Letter]) -> Iterator[Problem]:
    """A letter that was sent stays as it went out."""
    for n, letter in enumerate(document.letters):
        old = present.get(letter.key)
        if old is not None and old.status is LetterStatus.SENT and old != letter:
            yield Problem(line=0, column=f"letters[{n}]", reason=wording(Refused("letter_locked")))


def _homes(kind: records.Kind, value: Any, around: Surroundings) -> tuple[str, ...]:
    return records.unit_of(kind, value, around.customers, around.members, around.meetings)


def _misplaced(kind: records.Kind, value: Any, around: Surroundings, place: str) -> Iterator[Problem]:
    wards = [value.ward] if kind in (records.SERIES, records.ACTIVITIES) else []
    if kind is records.OCCASIONS:
        wards = [one.ward for one in value.covers]
    for ward in wards:
        if ward and around.wards.get(ward, value.unit) != value.unit:
            reason = f"Avdelningen {ward} hör inte till enheten {value.unit}."
            yield Problem(line=0, column=f"{place}.ward", reason=reason)


def _twice(kind: records.Kind, values: Sequence[Any], present: Mapping[str, Any]) -> Iterator[Problem]:
    """Two travel times between the same units, months of one wheel, templates of one name: the tables hold one."""
    if kind not in (records.TRAVEL, records.YEAR_WHEEL, records.TEMPLATES):
        return
    taken: dict[Any, str] = {}
    for one in {**present, **{value.key: value for value in values}}.values():
        spot = _spot(kind, one)
        if spot in taken:
            yield Problem(line=0, column=kind.name, reason=f"{one.key} säger detsamma som {taken[spot]}.")
        taken[spot] = one.key


def _spot(kind: records.Kind, one: Any) -> Any:
    if kind is records.TRAVEL:
        return frozenset((one.from_, one.to))
    return (one.unit, one.name) if kind is records.TEMPLATES else (one.unit, one.forum, one.month)
