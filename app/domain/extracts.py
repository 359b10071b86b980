"""Minutes cut down for a purpose: the decisions alone, nothing about customers, or one customer and nobody else.

A point keeps its number whatever is left out, so that "§ 7" is the same point on every paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from app.domain.customer_words import CustomerWords, Known, same_name
from app.domain.meeting_rules import HIDDEN, blanked, customers_of, without_customers
from app.domain.meetings import Action, Assessment, Attendance, Item, Meeting, Participation, Question
from app.domain.only_one import HIDDEN as HIDDEN_LINE
from app.domain.people import Outsider, Person

_HIDDEN_PERSON = Outsider("[Visas inte här]")
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
    following = meeting.next_meeting
    again = following is not None and customer in following.customers
    return replace(
        meeting, title=None, place=others.cleared(meeting.place), link=None, items=items,
        customers=(customer,) if customer in meeting.customers else (), participants=(), attendance=(), appendices=(),
        regrets=(), cancelled_reason=others.cleared(meeting.cancelled_reason),
        chair=_person(meeting.chair, others), secretary=_person(meeting.secretary, others),
        approver=_person(meeting.approver, others),
        additions=tuple(
            replace(one, by=_person(one.by, others) or _HIDDEN_PERSON, text=_lines(one.text, others) or "")
            for one in meeting.additions
            if one.item in own
        ),
        next_meeting=replace(following, customers=(customer,), place=others.cleared(following.place))
        if following is not None and again
        else None,
    )  # fmt: skip


def _own_part(item: Item, customer: str, others: CustomerWords) -> Item | None:
    if item.customer == customer:
        return _own_item(item, customer, others)
    if customer not in customers_of(item):
        return None
    return Item(
        key=item.key, heading=HIDDEN, customer=customer, actions=_actions(item, customer, others, own=False),
        assessments=_assessments(item, customer, others), participation=_participation(item, customer, others),
        journaled=tuple(one for one in item.journaled if one.customer == customer),
    )  # fmt: skip


def _own_item(item: Item, customer: str, others: CustomerWords) -> Item:
    return replace(
        item, heading=HIDDEN if others.name_somebody(item.heading) else item.heading,
        text=_lines(item.text, others), notes=_lines(item.notes, others),
        raised_by=_person(item.raised_by, others), presenter=_person(item.presenter, others),
        lifted_recipient=_person(item.lifted_recipient, others), carried_from=None,
        decisions=tuple(_lines(one, others) or "" for one in item.decisions),
        actions=_actions(item, customer, others, own=True),
        questions=tuple(_question(one, others) for one in item.questions),
        assessments=_assessments(item, customer, others), participation=_participation(item, customer, others),
        journaled=tuple(one for one in item.journaled if one.customer == customer),
    )  # fmt: skip


def _actions(item: Item, customer: str, others: CustomerWords, *, own: bool) -> tuple[Action, ...]:
    hers = (one for one in item.actions if one.customer == customer or (own and one.customer is None))
    return tuple(
        replace(
            one, text=_lines(one.text, others) or "", result=_lines(one.result, others),
            responsible=_person(one.responsible, others),
        )
        for one in hers
    )  # fmt: skip


def _question(one: Question, others: CustomerWords) -> Question:
    return replace(
        one, question=_lines(one.question, others) or "", answer=_lines(one.answer, others),
        asked_by=_person(one.asked_by, others), answered_by=_person(one.answered_by, others),
    )  # fmt: skip


def _assessments(item: Item, customer: str, others: CustomerWords) -> tuple[Assessment, ...]:
    return tuple(
        replace(
            one, note=_lines(one.note, others), risk=_lines(one.risk, others),
            instrument=_lines(one.instrument, others) or "",
        )
        for one in item.assessments
        if one.customer == customer
    )  # fmt: skip


def _participation(item: Item, customer: str, others: CustomerWords) -> tuple[Participation, ...]:
    return tuple(
        replace(
            one, wish=_lines(one.wish, others), asked_by=_person(one.asked_by, others),
            reported_by=_person(one.reported_by, others),
        )
        for one in item.participation
        if one.customer == customer
    )  # fmt: skip


def _lines(text: str | None, others: CustomerWords) -> str | None:
    """The text with each line that names somebody else left out; whole only where it names nobody across its lines."""
    if not text:
        return text
    lines = [HIDDEN_LINE if others.name_somebody(line) else line for line in text.splitlines()]
    return HIDDEN_LINE if others.name_somebody(" ".join(lines)) else "\n".join(lines)


def _person(person: Person | None, known: CustomerWords) -> Person | None:
    """Somebody from the team stays; a typed name that is a customer's, or tells of one, does not."""
    return _HIDDEN_PERSON if isinstance(person, Outsider) and known.name_somebody(person.name) else person


def _without_name(one: Attendance, known: CustomerWords) -> Attendance:
    if any(known.name_somebody(text) for text in (one.name, one.profession, one.organisation) if text):
        return replace(
            one, name=_HIDDEN_PERSON.name, profession=None, organisation=None, note=None, substitute_for=None
        )
    return replace(one, note=known.cleared(one.note), substitute_for=_person(one.substitute_for, known))


def _names(item: Item, known: CustomerWords) -> bool:
    """Whether anything typed under the point names a customer."""
    typed = [
        item.heading, item.text, item.notes, *item.decisions,
        *(text for one in item.actions for text in (one.text, one.result)),
        *(text for one in item.questions for text in (one.question, one.answer)),
        *(person.name for person in _people(item) if isinstance(person, Outsider)),
    ]  # fmt: skip
    return any(known.name_somebody(text) for text in typed if text)


def _people(item: Item) -> list[Person | None]:
    return [
        item.raised_by, item.presenter, item.lifted_recipient, *(one.responsible for one in item.actions),
        *(person for one in item.questions for person in (one.asked_by, one.answered_by)),
    ]  # fmt: skip
