"""A customer's follow-up at the meeting that takes her up (routine 3.1-3.6): its steps, what is done and what is next.

The customer is asked or present; each profession presents need, problem and wish; risks are assessed; measures get a
responsible and a date; it is decided how often the team follows her up; somebody reports back to her. Daglig
verksamhet, personlig assistans and boendestöd do all of it at their reflektionsmöte, since they have no teammöte.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from app.domain.meetings import (
    Action,
    AttendanceStatus,
    Item,
    ItemKind,
    Meeting,
    MeetingStatus,
    Participation,
    Presentation,
)
from app.domain.participation import REPORTED
from app.domain.people import Outsider, Person, person_name
from app.domain.swedish import brief_date, in_sentence, number_word
from app.domain.turn_list import interval_words
from app.domain.turns import Round, Turn, latest_day

_LEADS = "enhetschef"
"""She leads the meeting and has no field of her own to present."""


class ReviewStep(StrEnum):
    """The parts of a follow-up, in the order in which they are done."""

    PARTICIPATION = auto()
    ROUND = auto()
    RISKS = auto()
    MEASURES = auto()
    INTERVAL = auto()
    REPORT = auto()

    @property
    def label(self) -> str:
        """The step's name."""
        return _LABELS[self]


_LABELS = {
    ReviewStep.PARTICIPATION: "Kundens delaktighet",
    ReviewStep.ROUND: "Yrkenas runda",
    ReviewStep.RISKS: "Riskbedömningar",
    ReviewStep.MEASURES: "Beslut och åtgärder",
    ReviewStep.INTERVAL: "Nästa uppföljning",
    ReviewStep.REPORT: "Återrapportering",
}
BEFORE = (ReviewStep.PARTICIPATION, ReviewStep.ROUND, ReviewStep.RISKS)
"""What may be done before the meeting: the customer asked, risks assessed in good time, each profession prepared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A value that an instrument gave at an earlier meeting; `identity` is the same for each name of the instrument."""

    identity: str
    instrument: str
    date: dt.date
    score: float | None
    risk: str | None
    meeting: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What is known of a customer beside the point about her: her turn, earlier assessments, and who may do what.

    `of` is how the forum takes its customers up, None where it takes nobody up. `contact` is her fast omsorgskontakt.
    """

    customer: str
    turn: Turn
    version: int
    of: Round | None
    contact: str | None
    earlier: tuple[Earlier, ...]
    next_booked: dt.date | None
    may_turn: bool
    may_participate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """How far one step has come, in words. `done` None: nothing has to be there."""

    step: ReviewStep
    done: bool | None
    words: str


def is_review(meeting: Meeting, item: Item, *, follow_up_forum: str | None) -> bool:
    """Whether the point is a customer's follow-up: her own, in the forum that follows customers up.

    What was carried over from a meeting that did not come to her is, where she is due and has no other point.
    """
    if item.customer is None or meeting.forum != follow_up_forum:
        return False
    if item.kind is ItemKind.CARRIED:
        own = any(one.customer == item.customer and one.kind is ItemKind.CUSTOMER for one in meeting.items)
        return item.customer in meeting.customers and not own
    return item.kind is ItemKind.CUSTOMER


def part_of(item: Item, customer: str) -> Participation:
    """The customer's part in the point as it stands, an empty one where nothing is told."""
    blank = Participation(customer=customer)
    return next((one for one in item.participation if one.customer == customer), blank)


def with_part(item: Item, part: Participation) -> Item:
    """The point with the customer's part in place of what stood there; an empty one is taken away."""
    empty = part == Participation(customer=part.customer)
    kept = [part if one.customer == part.customer else one for one in item.participation]
    if part not in kept:
        kept.append(part)
    return replace(item, participation=tuple(one for one in kept if not (empty and one == part)))


def is_asked(part: Participation) -> bool:
    """Whether she was asked beforehand, or is there herself."""
    return part.present or part.asked_on is not None or part.asked_by is not None or bool(part.wish)


def is_told(part: Participation) -> bool:
    """Whether somebody reported back to her."""
    return part.reported_on is not None or part.reported_by is not None


def told_later(meeting: Meeting, item: Item) -> bool:
    """Whether an addition to the approved minutes says that somebody reported back."""
    return any(one.item == item.key and one.text.startswith(REPORTED) for one in meeting.additions)


def has_presented(one: Presentation) -> bool:
    """Whether the profession says anything."""
    return bool(one.need or one.problem or one.wish)


def professions_round(
    meeting: Meeting, item: Item, *, professions: Mapping[str, str], first: Collection[str | None] = ()
) -> tuple[Presentation, ...]:
    """One for each profession called or here: what it presents, or an empty one by whom it would be presented.

    In the order of the call; of several in one profession one of `first` presents (the customer's fast omsorgskontakt).
    What somebody presented whose profession is not called comes last.
    """
    away = {one.member for one in meeting.attendance if one.status is not AttendanceStatus.PRESENT}
    there: list[tuple[Person, str]] = [
        (key, professions.get(key, "")) for key in meeting.participants if key not in away
    ]
    there += [
        (one.member or Outsider(one.name or ""), one.profession or professions.get(one.member or "", ""))
        for one in meeting.attendance
        if one.status is AttendanceStatus.PRESENT
    ]
    wanted = [one for one in dict.fromkeys(profession for _, profession in there) if one and one.casefold() != _LEADS]
    people: dict[str, Person] = {}
    for person, profession in sorted(there, key=lambda one: one[0] not in first):
        people.setdefault(profession, person)
    told_by = {one.profession: one for one in item.presentations}
    rest = [one for one in item.presentations if one.profession not in wanted]
    return (
        *(told_by.get(one, Presentation(profession=one, by=people.get(one))) for one in wanted),
        *rest,
    )


def states(
    meeting: Meeting, item: Item, *, round_: Sequence[Presentation], review: Review | None, names: Mapping[str, str],
    today: dt.date,
) -> tuple[StepState, ...]:  # fmt: skip
    """Each step that belongs to where the meeting is, and how far it has come."""
    part = part_of(item, item.customer or "")
    said = [one for one in round_ if has_presented(one)]
    following = next((one for one in round_ if not has_presented(one)), None)
    planned = meeting.status is MeetingStatus.PLANNED
    found = [
        StepState(step=ReviewStep.PARTICIPATION, done=is_asked(part), words=_asked_words(part, names, today)),
        StepState(
            step=ReviewStep.ROUND, done=_round_done(meeting, said, following),
            words=_round_words(meeting, len(said), len(round_), following),
        ),
        StepState(step=ReviewStep.RISKS, done=True if item.assessments else None, words=_risk_words(item)),
    ]  # fmt: skip
    if planned:
        return tuple(found)
    missing = [one for one in item.actions if one.responsible is None or one.due is None]
    found += [
        StepState(
            step=ReviewStep.MEASURES, done=_measures_done(meeting, item, missing), words=_measure_words(item, missing)
        ),
        StepState(
            step=ReviewStep.INTERVAL, done=None if review is None else review.turn.weeks is not None,
            words=interval_and_day(meeting, review, today=today),
        ),
        StepState(
            step=ReviewStep.REPORT, done=part.present or is_told(part) or told_later(meeting, item),
            words=_told_words(part, names, today, later=told_later(meeting, item)),
        ),
    ]  # fmt: skip
    return tuple(found)


_GOING_ON = (MeetingStatus.PLANNED, MeetingStatus.OPEN)


def _round_done(meeting: Meeting, said: Sequence[Presentation], following: Presentation | None) -> bool | None:
    """While the meeting goes on each profession is asked; afterwards it is no fault that one had nothing to say."""
    if following is None:
        return True if said else None
    return False if meeting.status in _GOING_ON else (True if said else None)


def _measures_done(meeting: Meeting, item: Item, missing: Sequence[Action]) -> bool | None:
    if item.decisions or item.actions:
        return not missing
    return False if meeting.status in _GOING_ON else None


def next_step(found: Sequence[StepState], meeting: Meeting) -> ReviewStep | None:
    """The first step that is not done; reporting back comes when the meeting is over."""
    for one in found:
        if one.done is False and not (one.step is ReviewStep.REPORT and meeting.status is MeetingStatus.OPEN):
            return one.step
    return None


def weeks_of(months: int) -> int:
    """So many months in whole weeks, as Turordning keeps it."""
    return round(months * 52 / 12)


def interval_and_day(meeting: Meeting, review: Review | None, *, today: dt.date) -> str:
    """How often, and by when at the latest counted from this meeting: `var 12:e vecka, senast 26 maj`."""
    if review is None:
        return ""
    often = interval_words(review.turn, review.of.months if review.of else None)
    if not often:
        return "inte bestämt"
    latest = latest_day(review.turn, meeting.date, review.of) if review.of else None
    return f"{often}, senast {brief_date(latest, today=today)}" if latest else often


def _by(person: Person | None, names: Mapping[str, str]) -> str:
    return f" av {person_name(person, names)}" if person else ""


def _on(day: dt.date | None, today: dt.date) -> str:
    return f" {brief_date(day, today=today)}" if day else ""


def _asked_words(part: Participation, names: Mapping[str, str], today: dt.date) -> str:
    if part.present:
        return "är med på mötet"
    if not is_asked(part):
        return "inte tillfrågad än"
    said = f"tillfrågad{_by(part.asked_by, names)}{_on(part.asked_on, today)}"
    return f"{said}: {part.wish}" if part.wish else said


def _told_words(part: Participation, names: Mapping[str, str], today: dt.date, *, later: bool) -> str:
    if is_told(part):
        return f"gjord{_by(part.reported_by, names)}{_on(part.reported_on, today)}"
    if later:
        return "gjord, se tillägget"
    return "var med på mötet" if part.present else "inte gjord än"


def _round_words(meeting: Meeting, said: int, all_: int, following: Presentation | None) -> str:
    if not all_:
        return "inget yrke är kallat"
    if following is None:
        return "alla yrken har sagt sitt"
    if meeting.status not in _GOING_ON:
        return f"{said} av {all_} yrken"
    return f"{said} av {all_}, {in_sentence(following.profession)} på tur"


def _risk_words(item: Item) -> str:
    told = ((one.instrument, in_sentence(one.risk or "")) for one in item.assessments)
    return "; ".join(", ".join(part for part in parts if part) for parts in told) or "inga"


def _measure_words(item: Item, missing: Sequence[Action]) -> str:
    counts = [
        number_word(len(item.decisions), "beslut", "beslut") if item.decisions else "",
        number_word(len(item.actions), "åtgärd", "åtgärder") if item.actions else "",
    ]
    said = ", ".join(one for one in counts if one) or "inga än"
    if missing:
        without = "ansvarig" if any(one.responsible is None for one in missing) else "datum"
        said += f", {len(missing)} saknar {without}"
    return said
