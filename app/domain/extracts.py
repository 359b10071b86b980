"""Minutes cut down for a purpose: the decisions alone, nothing about customers, or one customer and nobody else.

A point keeps its number whatever is left out, so that "§ 7" is the same point on every paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.customer_words import CustomerWords, Known, same_name
from app.domain.meeting_rules import HIDDEN, blanked, without_customers
from app.domain.meetings import Attendance, Item, Meeting, NextMeeting
from app.domain.only_one import HIDDEN as HIDDEN_LINE
from app.domain.people import Outsider, Person

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Cut = TypeVar("Cut", bound=DataclassInstance)

_HIDDEN_PERSON = Outsider("[Visas inte här]")
_KEYS = frozenset({"key", "customer", "carried_from", "lifted_to", "item", "repeat", "repeats"})
"""Fields of a point and what lies under it that are no words of anybody's."""
_NAME = re.compile(r"[^\W\d_]{3,}")
"""A part of a name that is long enough to be known by itself."""


def decisions_only(meeting: Meeting) -> Meeting:
    """The meeting with nothing under its points but what was decided; points without a decision are left out."""
    items = tuple(
        Item(key=item.key, heading=item.heading, kind=item.kind, customer=item.customer, decisions=item.decisions)
        for item in meeting.items
        if item.decisions
    )
    return replace(
        meeting, items=items, attendance=(), participants=(), appendices=(), additions=(), next_meeting=None,
        regrets=(), customers=tuple(key for key in meeting.customers if any(key == item.customer for item in items)),
    )  # fmt: skip


def nobody(meeting: Meeting, known: CustomerWords) -> Meeting:
    """The minutes without customers: their points say nothing, nor does a text in which one of them is named."""
    bare = without_customers(meeting)
    items = tuple(blanked(item) if _names(item, known) else item for item in bare.items)
    spoken = {item.key for item in items if item.heading != HIDDEN}
    following = bare.next_meeting
    return replace(
        bare, items=items, title=known.cleared(bare.title), place=known.cleared(bare.place),
        link=known.cleared(bare.link), cancelled_reason=known.cleared(bare.cancelled_reason),
        chair=_person(bare.chair, known), secretary=_person(bare.secretary, known),
        approver=_person(bare.approver, known),
        attendance=tuple(_without_name(one, known) for one in bare.attendance),
        appendices=tuple(HIDDEN if known.name_somebody(text) else text for text in bare.appendices),
        additions=tuple(
            replace(one, by=_person(one.by, known) or _HIDDEN_PERSON)
            for one in bare.additions
            if (one.item is None or one.item in spoken) and not known.name_somebody(one.text)
        ),
        next_meeting=following and replace(following, place=known.cleared(following.place)),
    )  # fmt: skip


class SomebodyElse(CustomerWords):
    """Words that stand for any customer but one, parts of names too; what stands for her also is taken for her."""

    def __init__(self, own: Known, others: Iterable[Known], *, staff: Iterable[str] = ()) -> None:
        found = tuple(_not_hers(one, own) for one in others)
        super().__init__(found)
        mine = {one.casefold() for one in _NAME.findall(own.reference)}
        parts = {part for one in found for part in _NAME.findall(one.reference) if len(one.reference.split()) > 1}
        self._parts = {part.casefold() for part in parts} - mine
        self._staff = tuple(sorted((one for one in staff if one.strip()), key=len, reverse=True))

    def name_somebody(self, text: str) -> bool:
        """Whether somebody else is named; a colleague's whole name is no customer's, though they share a part of it."""
        if super().name_somebody(text):
            return True
        if not self._parts:
            return False
        for name in self._staff:
            text = text.replace(name, " ")
        words = {one for one in _NAME.findall(text) if one[0].isupper()}
        forms = {form.casefold() for one in words for form in (one, one.removesuffix("s"))}
        return bool(forms & self._parts)


def _not_hers(one: Known, own: Known) -> Known:
    mine = (own.reference, own.code or "", own.apartment or "")

    def kept(text: str | None) -> str:
        return "" if any(same_name(text or "", name) for name in mine) else text or ""

    return Known(kept(one.reference), kept(one.code), kept(one.apartment))


def extract(meeting: Meeting, *, customer: str, others: CustomerWords) -> Meeting:
    """What the minutes say of one customer: her own points, and what elsewhere is entered as hers and nobody else's.

    Of a point that is not her own nothing is quoted but what bears her name: an action, an assessment, her part. A line
    of hers in which somebody else is named is left out, and that is said in its place. The meeting's own title, who was
    there and the appendices may be about anybody, and are left out.
    """
    items = tuple(made for item in meeting.items if (made := _own_part(item, customer, others)) is not None)
    own = {item.key for item in meeting.items if item.customer == customer}
    following = meeting.next_meeting if meeting.next_meeting and customer in meeting.next_meeting.customers else None
    return Meeting(
        key=meeting.key, unit=meeting.unit, forum=meeting.forum, ward=meeting.ward, date=meeting.date,
        start=meeting.start, end=meeting.end, status=meeting.status, place=others.cleared(meeting.place),
        cancelled_reason=others.cleared(meeting.cancelled_reason), chair=_person(meeting.chair, others),
        secretary=_person(meeting.secretary, others), approver=_person(meeting.approver, others), items=items,
        customers=(customer,) if customer in meeting.customers else (),
        additions=tuple(_cleaned(one, others) for one in meeting.additions if one.item in own),
        next_meeting=following
        and NextMeeting(
            date=following.date, start=following.start, place=others.cleared(following.place), customers=(customer,)
        ),
    )  # fmt: skip


def _own_part(item: Item, customer: str, others: CustomerWords) -> Item | None:
    hers: dict[str, Any] = {
        one.name: tuple(part for part in getattr(item, one.name) if getattr(part, "customer", "") == customer)
        for one in fields(item)
        if isinstance(getattr(item, one.name), tuple)
    }
    if item.customer != customer:
        if not any(hers.values()):
            return None
        return _cleaned(Item(key=item.key, heading=HIDDEN, customer=customer, **hers), others)
    # What is entered under her own point is hers unless it says whose it is.
    whole: dict[str, Any] = {
        name: tuple(part for part in getattr(item, name) if getattr(part, "customer", None) in (None, customer))
        for name in hers
    }
    heading = HIDDEN if others.name_somebody(item.heading) else item.heading
    return replace(_cleaned(replace(item, **whole), others), heading=heading)


def _cleaned(value: Cut, others: CustomerWords) -> Cut:
    """A value with every text in it, however deep, rid of the lines that name somebody else.

    Fields are told apart by their types and not by a list of names, so that what is added later is cleaned too.
    """
    changes: dict[str, Any] = {}
    for one in fields(value):
        found = getattr(value, one.name)
        if one.name in _KEYS or isinstance(found, Enum):
            continue
        if "Person" in str(one.type):
            changes[one.name] = _person(found, others)
        elif isinstance(found, str):
            changes[one.name] = _lines(found, others)
        elif isinstance(found, tuple):
            changes[one.name] = tuple(
                _lines(part, others) if isinstance(part, str) else _cleaned(part, others) for part in found
            )
    return replace(value, **changes)


def _lines(text: str, others: CustomerWords) -> str:
    """The text with each line that names somebody else left out; whole only where it names nobody across its lines."""
    lines = [HIDDEN_LINE if others.name_somebody(line) else line for line in text.splitlines()]
    return HIDDEN_LINE if others.name_somebody(" ".join(lines)) else "\n".join(lines)


def _person(person: Person | None, known: CustomerWords) -> Person | None:
    """Somebody from the team stays; a typed name that is a customer's, or tells of one, does not."""
    return _HIDDEN_PERSON if isinstance(person, Outsider) and known.name_somebody(person.name) else person


def _without_name(one: Attendance, known: CustomerWords) -> Attendance:
    bare = replace(one, note=known.cleared(one.note), substitute_for=_person(one.substitute_for, known))
    if not _names(replace(bare, substitute_for=None), known):
        return bare
    return Attendance(member=one.member, name=_HIDDEN_PERSON.name, status=one.status, from_=one.from_, to=one.to)


def _names(value: DataclassInstance, known: CustomerWords) -> bool:
    """Whether anything typed in the value, however deep, names a customer."""
    for one in fields(value):
        found = getattr(value, one.name)
        if one.name in _KEYS or isinstance(found, Enum):
            continue
        if isinstance(found, Outsider):
            found = found.name
        elif "Person" in str(one.type):
            continue
        parts = found if isinstance(found, tuple) else (found,)
        if any(known.name_somebody(part) for part in parts if isinstance(part, str)):
            return True
        if any(_names(part, known) for part in parts if is_dataclass(part) and not isinstance(part, type)):
            return True
    return False
