"""Boråd and aktivitetsråd, the customers' own meeting: wishes with their answers, and the paper for the residents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.customer_words import CustomerWords
from app.domain.meeting_rules import about_customer
from app.domain.meetings import ItemKind, Meeting, Question
from app.domain.people import person_name
from app.domain.swedish import short_date

COUNCILS = ("borad", "aktivitetsrad")


def is_council(forum: str) -> bool:
    """Whether the forum is the customers' own (routine 3.1, 3.3, 3.4)."""
    return forum in COUNCILS


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish or view from the council, and what came of it."""

    text: str
    answer: str = ""
    by: str = ""
    """Who answered, or is to answer."""
    on: dt.date | None = None
    """When it was answered, or is to be at the latest."""

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.answer)

    @property
    def sentence(self) -> str:
        """The answer, or who is to answer and when."""
        if self.answer:
            return self.answer
        when = f" senast {short_date(self.on)}" if self.on else ""
        return f"{self.by} svarar{when}." if self.by else f"Inget svar än{when}."


def wishes(meeting: Meeting, names: Mapping[str, str]) -> tuple[Wish, ...]:
    """What was asked and wished for at the meeting, with answers that came later too."""
    return tuple(_wish(one, names) for item in meeting.items for one in item.questions)


def _wish(one: Question, names: Mapping[str, str]) -> Wish:
    return Wish(
        text=one.question, answer=one.answer or "", by=person_name(one.answered_by, names),
        on=one.answered_on if one.answer else one.answer_by,
    )  # fmt: skip


def told_again(found: tuple[Wish, ...]) -> str:
    """The wishes as lines of a note: `- Fler promenader: På torsdagar.`."""
    return "\n".join(f"- {one.text.rstrip('.')}: {one.sentence}" for one in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPoint:
    """One point as the residents read it."""

    heading: str
    notes: str = ""
    decisions: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilPaper:
    """The minutes for the residents: large type, no customer named by anything the register knows of her."""

    title: str
    unit_name: str
    date: dt.date
    start: dt.time
    end: dt.time
    place: str
    points: tuple[CouncilPoint, ...]
    next_date: dt.date | None
    next_start: dt.time | None
    approved: bool
    prepared_on: dt.date


def points_for_residents(
    meeting: Meeting, names: Mapping[str, str], words: CustomerWords
) -> tuple[CouncilPoint, ...]:  # fmt: skip
    """The points of which something was said, without those about a customer and without texts that name one."""
    found = []
    for item in meeting.items:
        if about_customer(item) or words.name_somebody(item.heading):
            continue
        point = CouncilPoint(
            heading=item.heading, notes=words.cleared(item.notes) or "",
            decisions=tuple(text for text in item.decisions if not words.name_somebody(text)),
            actions=tuple(
                _action(one.text, person_name(one.responsible, names))
                for one in item.actions
                if not words.name_somebody(one.text)
            ),
            wishes=tuple(
                one
                for one in (_wish(asked, names) for asked in item.questions)
                if not (words.name_somebody(one.text) or words.name_somebody(one.answer))
            ),
        )  # fmt: skip
        said = point.notes or point.decisions or point.actions or point.wishes
        if said or item.kind is not ItemKind.STANDING:
            found.append(point)
    return tuple(found)


def _action(text: str, who: str) -> str:
    return f"{text} ({who})" if who else text
