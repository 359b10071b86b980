"""Lifting a point from one forum to another, or outward: what the routine says, and how it stands on the new agenda."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.catalogue import Setting
from app.domain.meetings import Item, ItemKind, Meeting, Question
from app.domain.people import Person, person_name
from app.domain.swedish import in_sentence, short_date

REQUEST, OUTSIDE = "request", "outside"
OUTWARD = (REQUEST, OUTSIDE)
"""Where a point is lifted that leaves the unit's forums: another provider's care is asked for, or a question is."""

_UPWARD = {"reflektionsmote": ("kvalitetsmote", "teammote"), "teammote": ("reflektionsmote",)}
_ROUTINE: Mapping[Setting, Mapping[str, tuple[str, ...]]] = {
    Setting.SARSKILT_BOENDE: _UPWARD,
    Setting.ORDINART_BOENDE: _UPWARD,
    Setting.GRUPPBOSTAD: {**_UPWARD, "teammote": ("reflektionsmote", *OUTWARD)},
    Setting.PERSONLIG_ASSISTANS: {"reflektionsmote": OUTWARD},
    Setting.BOENDESTOD: {"reflektionsmote": OUTWARD},
}
"""Where the routine lifts a forum's points (routine 3.1-3.3, 3.5, 3.6); other ways are the team's own choice."""


def by_routine(setting: Setting, forum: str) -> tuple[str, ...]:
    """The keys of the forums, and of the ways outward, to which the routine lifts a forum's points."""
    return _ROUTINE.get(setting, {}).get(forum, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftChoice:
    """Somewhere that a point may be lifted, its name, and whether the routine says so."""

    to: str
    name: str
    routine: bool


def lift_choices(setting: Setting, forum: str, *, forums: Mapping[str, str]) -> tuple[LiftChoice, ...]:
    """Where a point of the forum may be lifted, what the routine says first; `forums` are the unit's names by key."""
    said = by_routine(setting, forum)
    outward = {OUTSIDE: "Fråga utanför enheten", REQUEST: "Begäran om samordning"}
    names = {key: name for key, name in {**forums, **outward}.items() if key != forum}
    ordered = (*(key for key in said if key in names), *(key for key in names if key not in said))
    return tuple(LiftChoice(to=key, name=names[key], routine=key in said) for key in ordered)


def lift_hint(choices: Sequence[LiftChoice], chosen: str) -> str:
    """What is said beside the choice: what it means, and that another way than the routine's is one's own choice."""
    if chosen == OUTSIDE:
        return "Frågan väntar under Åtgärder tills någon skriver svaret."
    if chosen == REQUEST:
        return "Står under Att begära tills någon skriver vad som kom av det."
    one = next((choice for choice in choices if choice.to == chosen), None)
    said = [in_sentence(choice.name) for choice in choices if choice.routine and choice.to not in OUTWARD]
    if one is None or one.routine or not said:
        return ""
    return f"Rutinen lyfter härifrån till {' eller '.join(said)}. Det går att välja annat."


def lifted_item(item: Item, source: Meeting, *, key: str, forum_name: str, names: Mapping[str, str]) -> Item:
    """The point as it stands on the other forum's agenda, with what was said of it and the way back to its source."""
    said = f"Lyft från {in_sentence(forum_name)} {short_date(source.date)}"
    parts = [item.text, f"{said}: {item.notes}" if item.notes else f"{said}.", *_left_unsaid(item, names)]
    return Item(
        key=key, heading=item.heading, kind=ItemKind.LIFTED, text="\n\n".join(part for part in parts if part),
        raised_by=item.raised_by, customer=item.customer, presenter=_presents(item), carried_from=item.key,
    )  # fmt: skip


def _presents(item: Item) -> Person | None:
    return item.lifted_recipient or item.presenter


def _left_unsaid(item: Item, names: Mapping[str, str]) -> tuple[str, ...]:
    waiting = [one for one in item.questions if not one.answer]
    return tuple(
        f"Fråga: {one.question}" + (f" ({person_name(one.asked_by, names)})" if one.asked_by else "") for one in waiting
    )


def answered_item(item: Item, meeting: Meeting, *, key: str, forum_name: str) -> Item:
    """The point that brings what another forum came to back to the forum that lifted it."""
    came = [*(f"Beslut: {text}" for text in item.decisions), *([item.notes] if item.notes else [])]
    said = f"Svar från {in_sentence(forum_name)} {short_date(meeting.date)}"
    return Item(
        key=key, heading=item.heading, kind=ItemKind.LIFTED, text="\n".join([f"{said}:", *came]) if came else said,
        raised_by=item.raised_by, customer=item.customer, carried_from=item.key,
    )  # fmt: skip


def asked_outward(meeting: Meeting) -> Meeting:
    """The meeting in which each point that is lifted outward asks its recipient something: an answer is awaited.

    What was asked is the point's heading where nobody wrote a question to the recipient.
    """
    return replace(meeting, items=tuple(asking(item) for item in meeting.items))


def asking(item: Item) -> Item:
    """The point with a question to its recipient, where it is lifted outward and nobody has asked her anything yet."""
    to = item.lifted_recipient
    if item.lifted_to not in OUTWARD or any(one.answered_by == to and to for one in item.questions):
        return item
    waiting = next((number for number, one in enumerate(item.questions) if not one.answer and not one.answered_by), -1)
    if waiting >= 0:
        questions = list(item.questions)
        questions[waiting] = replace(questions[waiting], answered_by=to)
        return replace(item, questions=tuple(questions))
    if to is None and item.questions:
        return item
    return replace(item, questions=(*item.questions, Question(question=outward_question(item), answered_by=to)))


def outward_question(item: Item) -> str:
    """What is asked outside where nobody has written it."""
    return f"Begäran om samordning: {item.heading}" if item.lifted_to == REQUEST else item.heading


def begins_case(item: Item) -> bool:
    """Whether another provider's outpatient care is asked for: from such a point a coordination case is begun."""
    return item.lifted_to == REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLift:
    """A point lifted to a forum whose next meeting is not booked: it waits and is put there when it is."""

    meeting: str
    meeting_heading: str
    date: dt.date
    item: str
    heading: str
    customer: str | None
    unit: str
    unit_name: str
    forum: str
    forum_name: str
    ward: str | None
