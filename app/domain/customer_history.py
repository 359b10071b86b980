"""Everything that meetings have said of one customer over time, an entry each, and how her assessments have gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from app.domain.instruments import number
from app.domain.meetings import Action, ActionStatus, Assessment, Item, Meeting, Participation, Presentation
from app.domain.people import Person, person_name
from app.domain.review import Earlier, has_presented
from app.domain.swedish import brief_date, plain_date


class HistoryKind(StrEnum):
    """What an entry tells of."""

    MEETING = auto()
    PART = auto()
    PRESENTED = auto()
    ASSESSED = auto()
    DECIDED = auto()
    ACTION = auto()
    QUESTION = auto()
    JOURNAL = auto()

    @property
    def label(self) -> str:
        """The kind in Swedish, for one entry."""
        return _LABELS[self][0]

    @property
    def several(self) -> str:
        """The kind as something to choose by."""
        return _LABELS[self][1]


_LABELS = {
    HistoryKind.MEETING: ("Möte", "Möten"),
    HistoryKind.PART: ("Delaktighet", "Delaktighet"),
    HistoryKind.PRESENTED: ("Yrke", "Yrkenas runda"),
    HistoryKind.ASSESSED: ("Riskbedömning", "Riskbedömningar"),
    HistoryKind.DECIDED: ("Beslut", "Beslut"),
    HistoryKind.ACTION: ("Åtgärd", "Åtgärder"),
    HistoryKind.QUESTION: ("Fråga", "Frågor"),
    HistoryKind.JOURNAL: ("Journalfört", "Journalfört"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One thing that was said of her at a point of a meeting; `more` says who, when and what came of it."""

    kind: HistoryKind
    date: dt.date
    meeting: str
    item: str
    where: str
    text: str
    more: str = ""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return " ".join(" · ".join(part for part in (self.text, self.more) if part).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What one instrument has given over time, oldest first."""

    instrument: str
    values: tuple[Earlier, ...]

    @property
    def scores(self) -> tuple[float, ...]:
        """The scores that there are."""
        return tuple(one.score for one in self.values if one.score is not None)

    def words(self, *, today: dt.date, most: int = 6) -> str:
        """`4 (12 jan), 2 (3 okt 2025)`, the newest first."""
        told = [_value(one, today=today) for one in reversed(self.values)]
        return ", ".join(told[:most]) + (", …" if len(told) > most else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A page of it, newest first; `following` is where the next begins, None at the end."""

    customer: str
    label: str
    unit: str
    unit_name: str
    entries: tuple[HistoryEntry, ...]
    following: int | None
    trends: tuple[Trend, ...]
    meetings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPaper:
    """The whole of it for paper, between two days."""

    history: History
    setting_label: str
    kinds: tuple[HistoryKind, ...]
    from_: dt.date | None
    to: dt.date | None
    prepared_on: dt.date
    prepared_by: str


def trends(values: Sequence[Earlier]) -> tuple[Trend, ...]:
    """The values by instrument, under the name it had latest; only those with more than words to show."""
    found: dict[str, list[Earlier]] = {}
    for one in values:
        found.setdefault(one.identity, []).append(one)
    made = (Trend(instrument=each[-1].instrument, values=tuple(each)) for each in found.values())
    return tuple(sorted((one for one in made if one.scores), key=lambda one: one.values[-1].date, reverse=True))


def entries(
    meeting: Meeting, *, customer: str, where: str, names: Mapping[str, str], today: dt.date
) -> tuple[HistoryEntry, ...]:
    """What an extract of a meeting for the customer says of her, in the order of the minutes.

    `meeting` holds nothing of anybody else (`extracts.extract`).
    """
    found: list[HistoryEntry] = []
    for item in meeting.items:
        told = list(_of_item(item, customer, names, today))
        notes = item.notes or item.text or ""
        if item.customer == customer and (told or notes or customer in meeting.customers):
            told.insert(0, (HistoryKind.MEETING, notes or meeting.status.label, ""))
        found += [
            HistoryEntry(
                kind=kind, date=meeting.date, meeting=meeting.key, item=item.key, where=where, text=text, more=more
            )
            for kind, text, more in told
        ]
    additions = [
        HistoryEntry(
            kind=HistoryKind.MEETING, date=one.at.date(), meeting=meeting.key, item=one.item or "", where=where,
            text=one.text, more=f"tillägg av {person_name(one.by, names)}",
        )
        for one in meeting.additions
    ]  # fmt: skip
    return (*additions, *found)


Told = tuple[HistoryKind, str, str]


def _of_item(item: Item, customer: str, names: Mapping[str, str], today: dt.date) -> Iterator[Told]:
    for part in item.participation:
        if part.customer == customer:
            yield from _part(part, names, today)
    yield from (_presented(one, names) for one in item.presentations if has_presented(one))
    yield from (_assessed(one, today) for one in item.assessments)
    yield from ((HistoryKind.DECIDED, decision, "") for decision in item.decisions)
    yield from ((HistoryKind.ACTION, action.text, _action(action, names, today)) for action in item.actions)
    for question in item.questions:
        answer = f"Svar: {question.answer}" if question.answer else "inget svar än"
        yield HistoryKind.QUESTION, question.question, answer
    for mark in item.journaled:
        if mark.customer == customer:
            by = f"{person_name(mark.by, names)} {brief_date(mark.on, today=today)}"
            yield HistoryKind.JOURNAL, f"Journalfört ({mark.journal.value})", by


def _presented(one: Presentation, names: Mapping[str, str]) -> Told:
    said = (("Behov", one.need), ("Problem", one.problem), ("Önskemål", one.wish))
    text = " ".join(f"{what}: {words.rstrip('.')}." for what, words in said if words)
    return HistoryKind.PRESENTED, text, ", ".join(filter(None, (one.profession, person_name(one.by, names))))


def _assessed(one: Assessment, today: dt.date) -> Told:
    points = f"{number(one.score)} poäng" if one.score is not None else ""
    text = f"{one.instrument}: {', '.join(filter(None, (points, one.risk)))}".rstrip(": ")
    on = f"bedömt {brief_date(one.date, today=today)}"
    return HistoryKind.ASSESSED, text, " · ".join(filter(None, (one.note, on)))


def _part(part: Participation, names: Mapping[str, str], today: dt.date) -> Iterator[Told]:
    if part.wish or part.present or part.asked_on or part.asked_by:
        asked = _by_and_on("tillfrågad", part.asked_by, part.asked_on, names, today)
        present = "var med på mötet" if part.present else ""
        text = part.wish or "Inga särskilda önskemål"
        yield HistoryKind.PART, text, ", ".join(filter(None, (present, asked)))
    if part.reported_on or part.reported_by:
        yield HistoryKind.PART, "Återrapporterat", _by_and_on("", part.reported_by, part.reported_on, names, today)


def _by_and_on(
    word: str, person: Person | None, day: dt.date | None, names: Mapping[str, str], today: dt.date
) -> str:  # fmt: skip
    if person is None and day is None:
        return ""
    by = f"av {person_name(person, names)}" if person else ""
    return " ".join(filter(None, (word, by, brief_date(day, today=today) if day else "")))


def _action(action: Action, names: Mapping[str, str], today: dt.date) -> str:
    who = person_name(action.responsible, names) or "ingen ansvarig"
    facts = [who, _when(action, today)]
    facts += [f"{what}: {said}" for what, said in (("resultat", action.result), ("effekt", action.effect)) if said]
    return ", ".join(one for one in facts if one)


def _when(action: Action, today: dt.date) -> str:
    if action.status is not ActionStatus.OPEN:
        done = brief_date(action.done_on, today=today) if action.done_on else ""
        return f"{action.status.label.lower()} {done}".strip()
    if action.due is None:
        return "utan slutdatum"
    late = ", försenad" if action.due < today else ""
    return f"klart senast {brief_date(action.due, today=today)}{late}"


def _value(one: Earlier, *, today: dt.date) -> str:
    said = number(one.score) if one.score is not None else one.risk or "–"
    return f"{said} ({brief_date(one.date, today=today)})"


def period_words(paper: HistoryPaper) -> str:
    """Which days the paper covers: `1 mars 2026 – 31 mars 2026`, or all of it."""
    if paper.from_ and paper.to:
        return f"{plain_date(paper.from_)} – {plain_date(paper.to)}"
    if paper.from_:
        return f"från och med {plain_date(paper.from_)}"
    return f"till och med {plain_date(paper.to)}" if paper.to else "hela tiden"
