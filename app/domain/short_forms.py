"""Pulsmöte and daglig avstämning: what calls for one, what it begins with, who is here, and the round of the wards.

What stands in them, a row for each customer or matter, is in `short_rows`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.carrying import in_its_time, left_open
from app.domain.catalogue import Setting
from app.domain.customers import CustomerStatus
from app.domain.meetings import (
    ActionRow,
    ActionStatus,
    Attendance,
    AttendanceStatus,
    Item,
    ItemKind,
    Meeting,
    MeetingStatus,
)
from app.domain.people import Person, person_name

PULS, CHECK_IN = "pulsmote", "daglig-avstamning"
SHORT_FORUMS = (PULS, CHECK_IN)
"""Forums whose meetings are written as rows."""
FOLLOWED_UP = "Uppföljning: "
NOON = dt.time(12)
"""Between the round of the forenoon and that of the afternoon (routine 3.1)."""


def is_short(forum: str) -> bool:
    """Whether the forum's meetings are written as rows."""
    return forum in SHORT_FORUMS


# triggers


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What calls for a pulsmöte: the word for it, and the customer's status that follows, if any."""

    key: str
    label: str
    status: CustomerStatus | None = None


_IN = Trigger(key="in", label="Inflyttning", status=CustomerStatus.MOVING_IN)
_NEW = Trigger(key="in", label="Ny kund", status=CustomerStatus.MOVING_IN)
_OUT = Trigger(key="out", label="Utflyttning", status=CustomerStatus.MOVING_OUT)
_HOSPITAL = Trigger(key="hospital", label="På sjukhus", status=CustomerStatus.HOSPITAL)
_HOME = Trigger(key="home", label="Hemma igen", status=CustomerStatus.HOME)
_NEED = Trigger(key="need", label="Stort tillfälligt behov")
_TRIGGERS: Mapping[Setting, tuple[Trigger, ...]] = {
    Setting.SARSKILT_BOENDE: (_IN, _OUT, _HOSPITAL, _HOME),
    Setting.ORDINART_BOENDE: (_IN, _OUT, _HOSPITAL, _HOME),
    Setting.GRUPPBOSTAD: (_IN, _OUT, _HOSPITAL, _HOME, _NEED),
    Setting.BOENDESTOD: (_NEW, _HOSPITAL, _HOME, _NEED),
}


def triggers(setting: Setting) -> tuple[Trigger, ...]:
    """What calls for a pulsmöte in the setting (routine 3.1, 3.2, 3.3, 3.6); the way home from hospital ends one."""
    return _TRIGGERS.get(setting, ())


CALLING = (CustomerStatus.MOVING_IN, CustomerStatus.MOVING_OUT, CustomerStatus.HOSPITAL)
"""Where a customer is while a pulsmöte is called for (routine 3.1-3.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A customer who is in hospital or on her way in or out."""

    customer: str
    label: str
    status: CustomerStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAround:
    """Beside the rows of a meeting: what earlier ones left, by the point that follows it up; whom it may be about."""

    left: Mapping[str, Sequence[ActionRow]] = field(default_factory=dict)
    moving: tuple[Moving, ...] = ()


def not_called_for(meeting: Meeting, *, when_needed: bool, today: dt.date) -> bool:
    """Whether a meeting that is held only when needed was not needed: the day has passed, and it is no missed one."""
    return when_needed and is_short(meeting.forum) and meeting.status is MeetingStatus.PLANNED and meeting.date < today


# beginning


def left_before(
    earlier: Sequence[Meeting],
    *,
    on: dt.date,
    there: Iterable[Item],
    new_key: Callable[[], str],
    names: Mapping[str, str],
) -> tuple[Item, ...]:
    """The points a meeting begins with, out of the forum's earlier ones: what is to be done, what was not taken up.

    A point that is followed up already (`there`) is not followed up twice, nor one whose follow-up was dealt with.
    """
    taken = {item.carried_from for item in there}
    items = [item for meeting in earlier for item in meeting.items]
    settled = {item.carried_from for item in items if item.dealt_with}
    found: list[Item] = []
    for item in items:
        still = any(one.status is ActionStatus.OPEN and not in_its_time(one, held=on) for one in item.actions)
        bare = item.kind in (ItemKind.ADDED, ItemKind.CUSTOMER) and not item.dealt_with and item.key not in settled
        if item.key in taken or not (still or bare):
            continue
        taken.add(item.key)
        heading = item.heading if item.heading.startswith(FOLLOWED_UP) else FOLLOWED_UP + item.heading
        found.append(Item(
            key=new_key(), heading=heading, kind=ItemKind.CARRIED, customer=item.customer,
            text=left_open(item, names, held=on) or item.text, carried_from=item.key, raised_by=item.raised_by,
        ))  # fmt: skip
    return tuple(found)


def begun(meeting: Meeting, carried: Sequence[Item], *, here: Iterable[str]) -> Meeting:
    """The meeting as it opens: what is left from before stands first, and those called who are at work are here."""
    named = {one.member for one in meeting.attendance}
    attendance = [Attendance(member=key, status=AttendanceStatus.PRESENT) for key in here if key not in named]
    return replace(
        meeting, items=(*carried, *meeting.items), attendance=(*meeting.attendance, *attendance)
    )  # fmt: skip


# who is here


def missing(meeting: Meeting) -> tuple[str, ...]:
    """The members called who are not here."""
    here = {one.member for one in meeting.attendance if one.status is AttendanceStatus.PRESENT}
    return tuple(key for key in meeting.participants if key not in here)


def here_words(meeting: Meeting, names: Mapping[str, str]) -> str:
    """`Alla 6 kallade är här.`, `Alla är här utom Anna Berg och Bo Ek.`, or how many of those called are here."""
    away = missing(meeting)
    called = len(meeting.participants)
    others = sum(1 for one in meeting.attendance if one.status is AttendanceStatus.PRESENT) - (called - len(away))
    more = f" Dessutom {others}." if others > 0 else ""
    if not called:
        return f"{others} är här." if others else "Ingen är uppskriven än."
    if not away:
        return ("Den kallade är här." if called == 1 else f"Alla {called} kallade är här.") + more
    if len(away) <= 3 and len(away) < called:
        named = [person_name(key, names) for key in away]
        listed = " och ".join(part for part in (", ".join(named[:-1]), named[-1]) if part)
        return f"Alla är här utom {listed}.{more}"
    return f"{called - len(away)} av {called} kallade är här.{more}"


def turned(meeting: Meeting, person: Person) -> Meeting:
    """The meeting with somebody who was here away, or one who was not here now."""
    member = person if isinstance(person, str) else None
    name = None if member else person_name(person, {})
    found = list(meeting.attendance)
    for place, one in enumerate(found):
        if (one.member, one.name) == (member, name):
            here = one.status is AttendanceStatus.PRESENT
            found[place] = replace(one, status=AttendanceStatus.ABSENT if here else AttendanceStatus.PRESENT)
            break
    else:
        found.append(Attendance(member=member, name=name, status=AttendanceStatus.PRESENT))
    return replace(meeting, attendance=tuple(found))


# round the wards


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortStop:
    """One short meeting of a day: a ward's where the forum goes round the wards, else the unit's own.

    `meeting` is empty where none is booked; then it is booked when it is opened.
    """

    ward: str | None
    ward_name: str
    meeting: str = ""
    status: MeetingStatus | None = None
    start: dt.time | None = None

    @property
    def held(self) -> bool:
        """Whether it is over."""
        return self.status in (MeetingStatus.DRAFT, MeetingStatus.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortDay:
    """A unit's pulsmöte or avstämning of a day or, where it goes round the wards, one round of it."""

    unit: str
    unit_name: str
    forum: str
    forum_name: str
    stops: tuple[ShortStop, ...]
    when_needed: bool = False

    @property
    def goes_round(self) -> bool:
        """Whether it goes from ward to ward."""
        return any(stop.ward for stop in self.stops)

    @property
    def held(self) -> int:
        """How many of the stops are over."""
        return sum(1 for stop in self.stops if stop.held)

    @property
    def next(self) -> ShortStop | None:
        """Where to go now: what is under way, else the first that is not over; None when all are."""
        under_way = [stop for stop in self.stops if stop.status is MeetingStatus.OPEN]
        waiting = [stop for stop in self.stops if not stop.held]
        return next(iter((*under_way, *waiting)), None)

    def after(self, meeting: str) -> ShortStop | None:
        """Where to go after that meeting: the first after it that is not over, else one before it."""
        keys = [stop.meeting for stop in self.stops]
        at = keys.index(meeting) if meeting in keys else -1
        return next((one for one in (*self.stops[at + 1 :], *self.stops[: max(at, 0)]) if not one.held), None)


def same_round(start: dt.time, now: dt.time) -> bool:
    """Whether a meeting that begins then belongs to the round of that time: forenoon or afternoon (routine 3.1)."""
    return (start < NOON) == (now < NOON)
