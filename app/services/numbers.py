"""Personnummer in a document on its way in: refused where one names something, warned about in what is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from app.domain.document import Document, Problem
from app.domain.errors import KnownError
from app.domain.personnummer import has_personnummer
from app.domain.wording import wording

_MOST = 200
_PHONE = "phone"


def names_in(document: Document) -> Iterator[tuple[str, str]]:
    """The place and text of every key, name and reference in the document."""
    for n, unit in enumerate(document.units):
        yield from ((f"units[{n}].key", unit.key), (f"units[{n}].name", unit.name))
        for w, ward in enumerate(unit.wards):
            place = f"units[{n}].wards[{w}]"
            yield from ((f"{place}.key", ward.key), (f"{place}.name", ward.name))
            yield from ((f"{place}.apartments", number) for number in ward.apartments)
    for n, member in enumerate(document.members):
        yield from ((f"members[{n}].key", member.key), (f"members[{n}].name", member.name))
    for n, customer in enumerate(document.customers):
        for name in ("key", "reference", "code", "apartment"):
            yield f"customers[{n}].{name}", getattr(customer, name) or ""
    for n, meeting in enumerate(document.meetings):
        yield f"meetings[{n}].key", meeting.key
        for i, item in enumerate(meeting.items):
            yield f"meetings[{n}].items[{i}].key", item.key
            for a, action in enumerate(item.actions):
                yield f"meetings[{n}].items[{i}].actions[{a}].key", action.key
    lists = (
        "series", "absences", "rooms", "travel", "occasions", "year_wheel", "preparations", "activities", "templates",
        "letters",
    )  # fmt: skip
    for name in lists:
        yield from ((f"{name}[{n}].key", one.key) for n, one in enumerate(getattr(document, name)))
    yield from ((f"rooms[{n}].name", one.name) for n, one in enumerate(document.rooms))
    yield from ((f"templates[{n}].name", one.name) for n, one in enumerate(document.templates))


def warnings_of(document: Document) -> tuple[Problem, ...]:
    """Every place where something that looks like a personnummer is written, the first few hundred of them."""
    reason = wording(KnownError("personnummer_typed"))
    found = []
    for place, text in _texts(document, ""):
        if has_personnummer(text, phone=place.endswith(_PHONE)):
            found.append(Problem(line=0, column=place, reason=reason))
            if len(found) == _MOST:
                break
    return tuple(found)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a value with its place, whatever later fields it has."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, tuple):
        for n, one in enumerate(value):
            yield from _texts(one, f"{place}[{n}]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), f"{place}.{field.name}".lstrip("."))
