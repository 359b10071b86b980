"""The Swedish words that several documents share: who, when, where an item comes from and where it goes."""

from __future__ import annotations

import datetime as dt

from app.domain import swedish
from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import Attendance, Item, ItemKind
from app.domain.people import Outsider, Person, person_name

_KINDS = {
    ItemKind.STANDING: "stående punkt",
    ItemKind.CARRIED: "från förra mötet",
    ItemKind.LIFTED: "lyft från ett annat möte",
    ItemKind.CUSTOMER: "kundärende",
}
_FORUMS = {
    "pulsmote": "pulsmöte",
    "daglig-avstamning": "daglig avstämning",
    "teammote": "teammöte",
    "reflektionsmote": "reflektionsmöte",
    "apt": "APT",
    "kvalitetsmote": "kvalitetsmöte",
    "borad": "boråd",
    "aktivitetsrad": "aktivitetsråd",
    "styrgrupp": "styrgrupp",
    "dialogmote": "dialogmöte",
    "arbetsgrupp": "arbetsgrupp",
    "request": "samordningsbegäran",
    "outside": "någon utanför enheten",
}


def day(date: dt.date) -> str:
    """`3 mars 2026`."""
    return swedish.plain_date(date)


def numbered(papers: MeetingPapers) -> tuple[tuple[int, Item], ...]:
    """The points of the paper with the numbers that they have in the whole minutes."""
    items = papers.meeting.items
    return tuple(zip(papers.part.numbers or range(1, len(items) + 1), items, strict=True))


def who(papers: MeetingPapers, person: Person | None) -> str:
    """The person's name, empty when there is none."""
    return person_name(person, papers.names)


def with_profession(papers: MeetingPapers, person: Person | None) -> str:
    """`Anna Berg, sjuksköterska`; the name alone for somebody from outside."""
    name = who(papers, person)
    profession = "" if person is None or isinstance(person, Outsider) else papers.professions.get(person, "")
    return f"{name}, {swedish.in_sentence(profession)}" if profession else name


def customer(papers: MeetingPapers, key: str | None) -> str:
    """The customer's label as the papers may show it; somebody the papers do not name is only `Kund`."""
    return papers.customers.get(key, "Kund") if key else ""


def customers(papers: MeetingPapers, keys: tuple[str, ...]) -> str:
    """The labels of several customers on a line."""
    return ", ".join(customer(papers, key) for key in keys)


def kind(item: Item) -> str:
    """Where the item comes from; nothing for one that somebody simply added."""
    return _KINDS.get(item.kind, "")


def lifted(item: Item) -> str:
    """`teammöte`, `samordningsbegäran`, … for where the item was lifted; an unknown forum shows its key."""
    return _FORUMS.get(item.lifted_to, item.lifted_to) if item.lifted_to else ""


def item_facts(papers: MeetingPapers, item: Item) -> list[str]:
    """What is known of the item beside its heading: kind, customer, who presents it, who raised it."""
    label = customer(papers, item.customer)
    facts = [
        kind(item),
        f"Kund: {label}" if label and label != item.heading else "",
        f"Föredras av {who(papers, item.presenter)}" if item.presenter else "",
        f"Anmäld av {who(papers, item.raised_by)}" if item.raised_by else "",
    ]
    return [fact for fact in facts if fact]


def capital(line: str) -> str:
    """The line with a capital letter first."""
    return line[:1].upper() + line[1:]


def part_of_the_time(one: Attendance) -> str:
    """`10.00–10.30`, `från 10.00` or `till 10.30` for somebody who was there part of the time."""
    if one.from_ and one.to:
        return swedish.span(one.from_, one.to)
    if one.from_:
        return f"från {swedish.clock(one.from_)}"
    return f"till {swedish.clock(one.to)}" if one.to else ""


def number(value: float) -> str:
    """A score with a decimal comma, and none when it is whole."""
    return f"{value:g}".replace(".", ",") if abs(value) < 1e6 else str(value).replace(".", ",")


def meeting_time(papers: MeetingPapers) -> str:
    """`tisdag 3 mars 2026, 13.00–13.30`."""
    meeting = papers.meeting
    return f"{swedish.long_date(meeting.date)}, {swedish.span(meeting.start, meeting.end)}"
