"""What a point says of one customer, as clean text for her journal: nothing of anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.meeting_rules import HIDDEN
from app.domain.meetings import Action, Assessment, Item, Participation, Question
from app.domain.only_one import HIDDEN as HIDDEN_LINE
from app.domain.people import person_name
from app.domain.swedish import plain_date


@dataclass(frozen=True, slots=True)
class JournalText:
    """The text, and how many lines are left out of it because they name another customer."""

    text: str
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known where the text is written: at which meeting, the customer's label, people's names."""

    meeting: str
    """Forum, ward and day."""
    label: str
    names: Mapping[str, str]


def journal_text(item: Item, told: Told) -> JournalText:
    """A point as an extract has it (`domain.extracts`): the customer's part alone, other lines' places told."""
    lines = [line.rstrip() for part in _parts(item, told) for line in part.split("\n")]
    kept = [line for line in lines if HIDDEN_LINE not in line]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join([told.meeting, *kept])).strip()
    return JournalText(text, len(lines) - len(kept))


def _parts(item: Item, told: Told) -> Iterator[str]:
    if item.heading != HIDDEN and told.label.casefold() not in item.heading.casefold():
        yield item.heading
    if item.notes:
        yield item.notes.strip()
    for one in item.presentations:
        said = (("behov", one.need), ("problem", one.problem), ("önskan", one.wish))
        yield f"{one.profession}: " + "; ".join(f"{word}: {text}" for word, text in said if text)
    yield from (_assessment(one) for one in item.assessments)
    yield from (part for one in item.participation for part in _participation(one, told))
    yield from (f"Beslut: {text}" for text in item.decisions)
    yield from (_action(one, told) for one in item.actions)
    yield from (_question(one, told) for one in item.questions)


def _assessment(one: Assessment) -> str:
    score = f"{one.score:g} poäng".replace(".", ",") if one.score is not None else ""
    facts = ", ".join(part for part in (one.instrument, score, one.risk or "", plain_date(one.date)) if part)
    return f"Riskbedömning: {facts}" + (f". {one.note}" if one.note else "")


def _participation(one: Participation, told: Told) -> Iterator[str]:
    if one.present:
        yield "Kunden var med på mötet."
    if one.wish:
        yield f"Kundens önskan: {one.wish}"
    for word, person, day in (
        ("Tillfrågad", one.asked_by, one.asked_on), ("Återrapporterat", one.reported_by, one.reported_on),
    ):  # fmt: skip
        by = f" av {person_name(person, told.names)}" if person else ""
        on = f" {plain_date(day)}" if day else ""
        if by or on:
            yield f"{word}{by}{on}."


def _action(one: Action, told: Told) -> str:
    due = f"senast {plain_date(one.due)}" if one.due else ""
    facts = ", ".join(part for part in (person_name(one.responsible, told.names), due) if part)
    done = f" Resultat: {one.result}" if one.result else ""
    return f"Åtgärd: {one.text}" + (f" ({facts})" if facts else "") + done


def _question(one: Question, told: Told) -> str:
    by = person_name(one.answered_by, told.names)
    answer = f" Svar: {one.answer}" if one.answer else ""
    return f"Fråga: {one.question}{answer}" + (f" ({by})" if answer and by else "")
