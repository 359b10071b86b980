"""Meetings kept to begin others with: headings, texts, minutes, who presents, who is called; nothing of customers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.domain.agenda import with_added, with_first
from app.domain.customer_words import CustomerWords
from app.domain.meeting_rules import about_customer
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.people import Outsider, Person
from app.domain.year_wheel import is_theme

LONGEST_NAME = 100
_OF_A_TEMPLATE = (ItemKind.STANDING, ItemKind.ADDED)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateItem:
    """One point of a template."""

    heading: str
    text: str | None = None
    minutes: int | None = None
    presenter: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateContent:
    """What a meeting begins with; `minutes` is its whole length."""

    title: str | None = None
    place: str | None = None
    minutes: int | None = None
    participants: tuple[str, ...] = ()
    items: tuple[TemplateItem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTemplate:
    """A unit's template of a forum, by its name."""

    key: str
    unit: str
    name: str
    forum: str
    content: TemplateContent


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a meeting its template takes besides the headings."""

    texts: bool = True
    minutes: bool = True
    presenters: bool = True
    participants: bool = False


def template_of(meeting: Meeting, *, key: str, name: str, wanted: Wanted, words: CustomerWords) -> MeetingTemplate:
    """The template of a meeting: its own points, never one about a customer, carried or lifted from elsewhere.

    `words` are those that stand for customers: a heading that names one is left out, and a text.
    """
    items = tuple(
        TemplateItem(
            heading=item.heading, text=words.cleared(item.text) if wanted.texts else None,
            minutes=item.minutes if wanted.minutes else None, presenter=item.presenter if wanted.presenters else None,
        )
        for item in meeting.items
        if item.kind in _OF_A_TEMPLATE
        and not about_customer(item)
        and not is_theme(item)
        and not words.name_somebody(item.heading)
    )  # fmt: skip
    content = TemplateContent(
        title=words.cleared(meeting.title), place=meeting.place, minutes=meeting.length if wanted.minutes else None,
        participants=meeting.participants if wanted.participants else (), items=items,
    )  # fmt: skip
    return MeetingTemplate(key=key, unit=meeting.unit, name=name, forum=meeting.forum, content=content)


def begun_from(meeting: Meeting, template: MeetingTemplate, *, members: Collection[str]) -> Meeting:
    """The proposed meeting with the template's agenda in place of the forum's standing one.

    What the meeting has of customers, of earlier meetings and of the month's themes stays. Whoever of the template is
    no longer among `members` is left out.
    """
    content = template.content
    own = tuple(
        Item(
            key="", heading=one.heading, kind=ItemKind.STANDING, text=one.text, minutes=one.minutes,
            presenter=one.presenter if isinstance(one.presenter, Outsider) or one.presenter in members else None,
        )
        for one in content.items
    )  # fmt: skip
    themes = [item for item in meeting.items if is_theme(item)]
    rest = [item for item in meeting.items if item.kind not in _OF_A_TEMPLATE and not is_theme(item)]
    called = [key for key in content.participants if key in members]
    leader = [meeting.chair] if isinstance(meeting.chair, str) else []
    return replace(
        meeting, title=content.title or meeting.title, place=content.place or meeting.place,
        end=_end(meeting, content.minutes), items=with_first(with_added(own, *themes), *rest),
        participants=tuple(dict.fromkeys((*leader, *called))) if called else meeting.participants,
    )  # fmt: skip


def _end(meeting: Meeting, minutes: int | None) -> dt.time:
    """When it ends with the template's length; a meeting ends on the day it starts."""
    if minutes is None:
        return meeting.end
    total = min(meeting.start.hour * 60 + meeting.start.minute + max(minutes, 1), 24 * 60 - 1)
    return dt.time(total // 60, total % 60)


def faults(template: MeetingTemplate) -> Iterator[str]:
    """What is wrong with a template, in words."""
    if not template.name.strip():
        yield "Skriv vad mallen heter."
    if len(template.name) > LONGEST_NAME:
        yield f"Namnet är längre än {LONGEST_NAME} tecken."
    if any(not one.heading.strip() for one in template.content.items):
        yield "En punkt saknar rubrik."
    if any(one.minutes is not None and not 0 <= one.minutes <= 24 * 60 for one in template.content.items):
        yield "Minuterna är orimliga."
    if len(set(template.content.participants)) != len(template.content.participants):
        yield "Någon står två gånger."


def members_of(content: TemplateContent) -> tuple[str, ...]:
    """The keys of the members a template names."""
    presenting = (one.presenter for one in content.items if isinstance(one.presenter, str))
    return tuple(dict.fromkeys((*content.participants, *presenting)))


def without(content: TemplateContent, gone: Collection[str]) -> TemplateContent:
    """The content without those members."""
    items = tuple(replace(one, presenter=None) if one.presenter in gone else one for one in content.items)
    return replace(
        content, items=items, participants=tuple(key for key in content.participants if key not in gone)
    )  # fmt: skip


def content_to_json(content: TemplateContent) -> str:
    """The content as text for one column; what says nothing is left out."""
    items = [
        _filled(
            heading=one.heading, text=one.text, minutes=one.minutes,
            presenter={"name": one.presenter.name} if isinstance(one.presenter, Outsider) else one.presenter,
        )
        for one in content.items
    ]  # fmt: skip
    whole = _filled(
        title=content.title, place=content.place, minutes=content.minutes, participants=list(content.participants),
        items=items,
    )  # fmt: skip
    return json.dumps(whole, ensure_ascii=False)


def content_from_json(text: str) -> TemplateContent:
    """The content of such a text."""
    found = json.loads(text)
    items = tuple(
        TemplateItem(
            heading=one["heading"], text=one.get("text"), minutes=one.get("minutes"),
            presenter=_person(one.get("presenter")),
        )
        for one in found.get("items", ())
    )  # fmt: skip
    return TemplateContent(
        title=found.get("title"), place=found.get("place"), minutes=found.get("minutes"),
        participants=tuple(found.get("participants", ())), items=items,
    )  # fmt: skip


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [])}


def _person(found: Any) -> Person | None:
    return Outsider(found["name"]) if isinstance(found, dict) else found
