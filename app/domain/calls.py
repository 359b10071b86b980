"""Calls (kallelser): what is told of a meeting beforehand, on paper and in calendars, and when; never of a customer."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.catalogue import Forum
from app.domain.customer_words import CustomerWords
from app.domain.meeting_rules import HIDDEN, about_customer
from app.domain.meetings import Item, Meeting, MeetingStatus
from app.domain.people import Outsider, Person, person_name
from app.domain.publishing import published_words
from app.domain.swedish import in_sentence, number_word, short_date

_NAMESPACE = uuid.UUID("6f0f5a4e-5f0b-4b7e-9a53-0c6c0f3a7d21")
UID_DOMAIN = "teamforum"
_LONGEST_NOTICE = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody who is called: her name, profession and e-mail where they are known."""

    name: str
    profession: str = ""
    email: str | None = None

    @property
    def words(self) -> str:
        """`Anna Berg, sjuksköterska`."""
        return f"{self.name}, {self.profession}" if self.profession else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPoint:
    """A point as it is told beforehand: its heading and planned minutes, never its text."""

    heading: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What somebody called is told of one meeting: who, when, where, points so far, what to prepare.

    `begins` and `ends` are Swedish wall-clock time. Nothing of a customer is in it: points about one are only
    `Kundärende`, and a typed text that names one is left out.
    """

    meeting: str
    unit: str
    unit_name: str
    setting_label: str
    heading: str
    date: dt.date
    start: dt.time
    end: dt.time
    place: str | None
    link: str | None
    convenor: Called | None
    called: tuple[Called, ...]
    points: tuple[CallPoint, ...]
    prepare: tuple[str, ...]
    closes_on: dt.date | None
    cancelled: bool
    cancelled_reason: str | None
    changed: bool
    sequence: int
    prepared_on: dt.date

    @property
    def uid(self) -> str:
        """The same in every calendar as long as the meeting lives, wherever it is moved (RFC 5545, UID)."""
        return uid_of(unit=self.unit, meeting=self.meeting)

    @property
    def kind(self) -> str:
        """What the paper is called."""
        if self.cancelled:
            return "Inställt möte"
        return "Ändrad kallelse" if self.changed else "Kallelse"

    @property
    def closing(self) -> str:
        """`Dagordningen stänger tis 3 mars.`; empty where it does not."""
        return closing_words(self.closes_on, today=self.prepared_on)


def uid_of(*, unit: str, meeting: str) -> str:
    """The meeting's identity in calendars: made from the keys and telling neither, the same in every copy."""
    return f"{uuid.uuid5(_NAMESPACE, f'{unit}/{meeting}')}@{UID_DOMAIN}"


def is_ours(uid: str) -> bool:
    """Whether an event in somebody's calendar is a meeting that Teamforum has put there."""
    return uid.strip().casefold().endswith(f"@{UID_DOMAIN}")


def closing_day(forum: Forum, day: dt.date) -> dt.date | None:
    """The last day for points to the agenda of a meeting on `day`; None where it stays open until the meeting."""
    return _before(day, forum.closes_days)


def notice_day(forum: Forum, day: dt.date) -> dt.date | None:
    """The day by which those who are co-opted or take part when needed are called (routine 2: in good time)."""
    return _before(day, forum.notice_days)


def _before(day: dt.date, days: int | None) -> dt.date | None:
    return day - dt.timedelta(days=min(days, _LONGEST_NOTICE)) if days and days > 0 else None


def closing_words(closes_on: dt.date | None, *, today: dt.date) -> str:
    """`Dagordningen stänger tis 3 mars.` or that it did; empty where it does not."""
    if closes_on is None:
        return ""
    return f"Dagordningen {'stängde' if closes_on < today else 'stänger'} {short_date(closes_on)}."


def is_changed(meeting: Meeting) -> bool:
    """Whether when, where or whether it is held has changed since its call went out."""
    return meeting.announced_on is not None and meeting.sequence > meeting.announced_sequence


def state_words(meeting: Meeting) -> str:
    """How far the meeting has come on its way out, in one line: the agenda when it has gone out, else the call.

    `Inte kallad än`, `Kallad tis 3 mars`, `Utskickad tis 3 mars 09.12 · version 1`, or that what was told is not true.
    """
    if meeting.announced_on is not None and is_changed(meeting):
        return f"Ändrad sedan kallelsen {short_date(meeting.announced_on)}. Kalla igen."
    if meeting.published_at is not None:
        return published_words(meeting)
    return f"Kallad {short_date(meeting.announced_on)}" if meeting.announced_on else "Inte kallad än"


def points_of(meeting: Meeting, words: CustomerWords) -> tuple[CallPoint, ...]:
    """The points as they may be told: one about a customer, or that names one, only as `Kundärende`."""
    return tuple(CallPoint(heading=_heading(item, words), minutes=item.minutes) for item in meeting.items)


def _heading(item: Item, words: CustomerWords) -> str:
    return HIDDEN if about_customer(item) or words.name_somebody(item.heading) else item.heading


def preparation(
    meeting: Meeting, *, closes_on: dt.date | None, names: Mapping[str, str], words: CustomerWords
) -> tuple[str, ...]:
    """What those called are to have ready (routine 2: everybody comes prepared, a substitute is named)."""
    found = []
    if meeting.customers:
        customers = number_word(len(meeting.customers), "kund", "kunder")
        found.append(f"Läs på om mötets {customers} och gör riskbedömningarna i god tid. Vilka ser du i Teamforum.")
    for number, item in enumerate(meeting.items, start=1):
        who = person_name(item.presenter, names)
        if who and not words.name_somebody(who):
            found.append(f"Punkt {number}, {_heading(item, words)}: {who} föredrar.")
    until = f"senast {short_date(closes_on)}" if closes_on else "före mötet"
    found.append(f"Anmäl egna punkter i Teamforum {until}.")
    leader = words.cleared(person_name(meeting.chair, names))
    tell = f"säg till {leader or 'mötesansvarig'}"
    found.append(f"Kan du inte komma: {tell} och ordna en ersättare.")
    return tuple(found)


def people_called(meeting: Meeting) -> tuple[Person, ...]:
    """Who gets the call: those called, the convenor among them, and who comes in somebody's place."""
    instead = (one.substitute for one in meeting.regrets if one.substitute is not None)
    known = (*((meeting.chair,) if meeting.chair else ()), *meeting.participants, *instead)
    return tuple(dict.fromkeys(known))


def person_called(
    person: Person, *, names: Mapping[str, str], professions: Mapping[str, str], emails: Mapping[str, str | None],
    words: CustomerWords,
) -> Called | None:  # fmt: skip
    """The person with profession and e-mail; of somebody from outside the name alone, unless it is a customer's."""
    name = person_name(person, names)
    if isinstance(person, Outsider):
        return None if words.name_somebody(name) else Called(name=name)
    return Called(name=name, profession=in_sentence(professions.get(person, "")), email=emails.get(person))


def waits_for_call(meeting: Meeting) -> bool:
    """Whether a planned meeting is still to be announced, or to be announced anew."""
    return meeting.status is MeetingStatus.PLANNED and (meeting.announced_on is None or is_changed(meeting))


def in_order(calls: Iterable[Call]) -> tuple[Call, ...]:
    """By day, hour, unit and key, as lists and files have them."""
    return tuple(sorted(calls, key=lambda one: (one.date, one.start, one.unit, one.meeting)))
