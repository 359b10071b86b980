"""What a found document shows as hits: its texts as the person may read them, and in which of them the words stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain.checklist_runs import Run
from app.domain.meeting_rules import HIDDEN, customers_of
from app.domain.meetings import Item, Meeting
from app.domain.search import Read, SearchKind, Snippet, Words, snippet_of, stands_in


@dataclass(frozen=True, slots=True)
class Match:
    """One place in a document where all the words stand; `key` where the place has one of its own."""

    kind: SearchKind
    snippet: Snippet
    key: str = ""
    item: str = ""
    """The point that the place belongs to, where it is one of a meeting's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What is written of an action."""

    key: str
    texts: tuple[str | None, ...]
    customer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What is written under a point, as far as a person may read it, and whom it is about."""

    key: str
    heading: str
    own: tuple[str | None, ...]
    decisions: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    questions: tuple[tuple[str | None, ...], ...] = ()
    customer: str | None = None
    customers: frozenset[str] = frozenset()


def point_of(item: Item) -> Point:
    """What is written under a point. A heading that stands for one that is hidden is not found."""
    own: list[str | None] = [item.notes, item.text]
    for presented in item.presentations:
        own += (presented.need, presented.problem, presented.wish)
    for assessed in item.assessments:
        own += (assessed.note, assessed.risk)
    own += (one.wish for one in item.participation)
    actions = (Action(key=a.key, texts=(a.text, a.result, a.effect), customer=a.customer) for a in item.actions)
    return Point(
        key=item.key, heading=item.heading, own=(*own, None if item.heading == HIDDEN else item.heading),
        decisions=item.decisions, actions=tuple(actions),
        questions=tuple((one.question, one.answer) for one in item.questions), customer=item.customer,
        customers=customers_of(item),
    )  # fmt: skip


def in_point(point: Point, words: Words, *, wanted: frozenset[SearchKind]) -> Iterator[Match]:
    """The places in a point: its own text, each decision, action and question; else the whole of it where the words
    stand in several of them.
    """
    own = _read(point.own)
    parts = [
        *((SearchKind.DECISION, "", _read([text])) for text in point.decisions),
        *((SearchKind.ACTION, one.key, _read(one.texts)) for one in point.actions),
        *((SearchKind.QUESTION, "", _read(texts)) for texts in point.questions),
    ]
    places = [(SearchKind.ITEM, "", own), *parts]
    found = [place for place in places if stands_in(words, place[2])]
    if not found and len(words.terms) > 1:
        everything = [text for _, _, texts in places for text in texts]
        found = [(SearchKind.ITEM, "", everything)] if stands_in(words, everything) else []
    for kind, key, texts in found:
        if not wanted or kind in wanted:
            yield Match(kind, snippet_of(words, texts), key)


def in_meeting(meeting: Meeting, words: Words) -> Iterator[Match]:
    """The places in what is said of the meeting itself, and in the additions to its points."""
    general = (one.text for one in meeting.additions if one.item is None)
    texts = (*meeting.appendices, *general, meeting.cancelled_reason, meeting.place, meeting.title)
    if (found := _whole(SearchKind.MEETING, texts, words)) is not None:
        yield found
    for one in meeting.additions:
        if one.item is not None and (found := _whole(SearchKind.MEETING, [one.text], words)) is not None:
            yield replace(found, item=one.item)


def in_run(run: Run, words: Words) -> Match | None:
    """Whether the words stand in a checklist as the person may see it."""
    steps = [text for step in run.steps for text in (step.note, step.text, step.skipped)]
    return _whole(SearchKind.CHECKLIST, (*steps, run.reason, run.about, run.name), words)


def in_letter(texts: Iterable[str | None], words: Words) -> Match | None:
    """Whether the words stand in an information letter."""
    return _whole(SearchKind.LETTER, texts, words)


def _whole(kind: SearchKind, texts: Iterable[str | None], words: Words) -> Match | None:
    read = _read(texts)
    return Match(kind, snippet_of(words, read)) if stands_in(words, read) else None


def _read(texts: Iterable[str | None]) -> Sequence[Read]:
    return [Read(text) for text in texts if text]
