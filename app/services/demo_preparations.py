"""What the demo's teams have before their meetings: lists of preparations, agendas that went out, a late point."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.agenda import with_added
from app.domain.customers import Contacts
from app.domain.document import Document
from app.domain.meetings import Item, Meeting, MeetingStatus, Presentation
from app.domain.preparations import Preparation, PreparationKind, suggested
from app.domain.publishing import marked, published

_AHEAD = dt.timedelta(days=14)
_NEAR = dt.timedelta(days=7)
_EVERY_THIRD = 3
_LATE = 2
"""So many agendas have got a point after they went out."""
_WISHES = (
    "Vill helst gå ut på förmiddagarna.", "Vill själv vara med den här gången.",
    "Undrar om maten kan vara varmare på kvällen.",
)  # fmt: skip
_SENT_OUT = ("teammote", "apt", "kvalitetsmote", "reflektionsmote")
_OTHERS = (
    (PreparationKind.READ, "Nya riktlinjen för utomhusvistelse"),
    (PreparationKind.OTHER, "Ta med månadens avvikelser"),
    (PreparationKind.READ, "Förra mötets anteckningar om larmen"),
    (PreparationKind.OTHER, "Räkna hur många som har gått hygienutbildningen"),
)


def with_preparations(document: Document, *, today: dt.date) -> Document:
    """The document with the near meetings prepared as a team does it, some of it done already."""
    near = [one for one in document.meetings if _is_near(one, today)]
    made = [*_of_customers(document, near, today), *_of_staff(near, today)]
    gone = [one for one in near if _goes_out(one, today)]
    professions = {one.key: one.profession for one in document.members}
    sent = {one.key: _sent(one, today, late=number < _LATE, professions=professions) for number, one in enumerate(gone)}
    meetings = tuple(sent.get(one.key, one) for one in document.meetings)
    return replace(document, meetings=meetings, preparations=tuple(made))


def _is_near(meeting: Meeting, today: dt.date) -> bool:
    coming = today < meeting.date <= today + _AHEAD
    return meeting.status is MeetingStatus.PLANNED and meeting.forum in _SENT_OUT and coming


def _goes_out(meeting: Meeting, today: dt.date) -> bool:
    return meeting.date <= today + _NEAR and bool(meeting.items)


def _of_customers(document: Document, near: Sequence[Meeting], today: dt.date) -> list[Preparation]:
    contacts = {one.key: one.contacts or Contacts() for one in document.customers}
    instruments = _used(document.meetings)
    found = []
    for meeting in near:
        asked = suggested(meeting, contacts=contacts, instruments=instruments, there=())
        for number, one in enumerate(asked):
            kept = replace(one, key=_key(meeting, number))
            done = number % _EVERY_THIRD == 0
            found.append(_done(kept, meeting, today) if done else kept)
    return found


def _of_staff(near: Sequence[Meeting], today: dt.date) -> list[Preparation]:
    """What the meeting's leader and somebody who is called are to have ready."""
    found = []
    for number, meeting in enumerate(one for one in near if not one.customers):
        whose = list(dict.fromkeys([meeting.chair, *meeting.participants]))
        for place, (kind, text) in enumerate((_OTHERS[number % 4], _OTHERS[(number + 1) % 4])):
            who = whose[place % len(whose)] if whose else None
            one = Preparation(
                key=_key(meeting, place), meeting=meeting.key, kind=kind, text=text, responsible=who, position=place
            )  # fmt: skip
            found.append(_done(one, meeting, today) if place and number % 2 else one)
    return found


def _key(meeting: Meeting, number: int) -> str:
    return f"{meeting.key}-forb" + (f"-{number + 1}" if number else "")


def _done(one: Preparation, meeting: Meeting, today: dt.date) -> Preparation:
    asked = one.kind is PreparationKind.PARTICIPATION
    told = _WISHES[(meeting.date.day + one.position) % len(_WISHES)] if asked else None
    by = one.responsible or meeting.chair
    return replace(one, done_on=today - dt.timedelta(days=1), done_by=by, note=told)


def _sent(meeting: Meeting, today: dt.date, *, late: bool, professions: Mapping[str, str]) -> Meeting:
    """Gone out the day before in the morning; with a point that somebody added later that day."""
    day = today - dt.timedelta(days=3 if today.weekday() == 0 else 1)
    at = dt.datetime.combine(day, dt.time(9, 12))
    gone = published(meeting, now=at)
    who = next((one for one in meeting.participants if one != meeting.chair), None)
    if not late or who is None:
        return gone
    told = Presentation(profession=professions[who], by=who, need="Höra larmet där vi är", wish="En mottagare till")
    point = Item(key=f"{meeting.key}-sent", heading="Larmet hörs inte i förrådet", raised_by=who, presentations=(told,))
    more = replace(gone, items=with_added(gone.items, point))
    return marked(gone, more, now=at + dt.timedelta(hours=5))


def _used(meetings: Sequence[Meeting]) -> Mapping[str, Sequence[str]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for meeting in meetings:
        for item in meeting.items:
            for one in item.assessments:
                found[one.customer][one.instrument] = None
    return {customer: tuple(instruments) for customer, instruments in found.items()}
