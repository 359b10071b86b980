"""Searching in what was written: the words of a text, what somebody typed as a search, where it stands, snippets.

The same words are made of texts when they are indexed and when a hit is looked at, so that both agree about å, ä and
ö, about signs and about large and small letters.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.swedish import number_word

LONGEST_TEXT = 100_000
"""So many signs of one text are searched; what somebody pastes beyond that is kept, but not found."""
LONGEST_TYPED = 1000
"""Signs of a search that are looked for."""
LONGEST_WORD = 64
MOST_WORDS = 12
"""So many words of a search are looked for; the rest narrow nothing."""
_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r'"([^"]*)("?)|([^\s"]+)')
_BEFORE, _LENGTH = 40, 160
"""Signs before the first word found, and of a whole snippet."""
_LONGEST_ENDING = 4
"""Letters that an inflected word has after its stem at most, as it is recognised in a text."""


class SearchKind(StrEnum):
    """What a hit is."""

    MEETING = "meeting"
    ITEM = "item"
    DECISION = "decision"
    ACTION = "action"
    QUESTION = "question"
    LETTER = "letter"
    CHECKLIST = "checklist"

    @property
    def label(self) -> str:
        """The Swedish word for one of them."""
        return _LABELS[self]

    @property
    def plural(self) -> str:
        """The Swedish word for all of them, as a choice of what to search."""
        return _PLURALS[self]


_LABELS = {
    SearchKind.MEETING: "Möte", SearchKind.ITEM: "Punkt", SearchKind.DECISION: "Beslut", SearchKind.ACTION: "Åtgärd",
    SearchKind.QUESTION: "Fråga", SearchKind.LETTER: "Informationsbrev", SearchKind.CHECKLIST: "Checklista",
}  # fmt: skip
_PLURALS = {
    SearchKind.MEETING: "Möten", SearchKind.ITEM: "Punkter", SearchKind.DECISION: "Beslut",
    SearchKind.ACTION: "Åtgärder", SearchKind.QUESTION: "Frågor", SearchKind.LETTER: "Brev",
    SearchKind.CHECKLIST: "Checklistor",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One word that is looked for, or a phrase of several in a row; the last may go on unless it is `whole`.

    `stem` is what an inflected word goes back to, where the database knows Swedish.
    """

    words: tuple[str, ...]
    whole: bool = False
    stem: str = ""
    pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)
    """What finds it in a text of small letters."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "pattern", _pattern(self.words, self.whole, self.stem))

    @property
    def is_letter(self) -> bool:
        """Whether it is a single letter or figure."""
        return len(self.words) == 1 and len(self.words[0]) == 1


def _pattern(words: Sequence[str], whole: bool, stem: str) -> re.Pattern[str]:
    goes_on = not whole or len(words[-1]) == LONGEST_WORD
    said = r"[\W_]+".join(words) + (r"[^\W_]*" if goes_on else "")
    forms = rf"{said}|{stem}[^\W_]{{0,{_LONGEST_ENDING}}}" if stem else said
    return re.compile(rf"(?<![^\W_])(?:{forms})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody searches for: all of the terms have to stand there."""

    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text around what was found, and where in it the words stand: pairs of beginning and end."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilters:
    """What a search is narrowed by; empty narrows nothing. The days are inclusive."""

    unit: str | None = None
    forum: str | None = None
    customer: str | None = None
    from_: dt.date | None = None
    to: dt.date | None = None
    kinds: frozenset[SearchKind] = frozenset()

    def wants(self, kind: SearchKind) -> bool:
        """Whether hits of that kind are asked for."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One place where the words stand. `key` is of the thing found, of a decision or question that of its point.

    `about` says where: the meeting's heading, or what a letter or a checklist is.
    """

    kind: SearchKind
    key: str
    title: str
    date: dt.date
    snippet: Snippet
    about: str
    unit: str
    unit_name: str
    forum: str = ""
    meeting: str = ""
    item: str = ""
    customer: str | None = None
    customer_label: str = ""
    customers: frozenset[str] = frozenset()
    """Everybody whom the place is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The newest hits, and from where older ones are looked for; None when there are no more."""

    hits: tuple[SearchHit, ...] = ()
    older: int | None = None


def search_wrong_words(count: int) -> str:
    """What a check says of a search index that is otherwise than the texts."""
    texts = number_word(count, "text", "texter")
    return (
        f"Sökregistret stämmer inte för {texts}. Inget skrivet saknas. Registret görs om när databasen kontrolleras "
        "under Inställningar, Export och kontroll."
    )


def words_of(text: str) -> list[str]:
    """The words of a text, small and whole: letters and figures alone, nothing else is searched for."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(Read(text).small)]


def read_words(typed: str) -> Words:
    """What somebody typed, as words: in quotes a phrase, else the beginnings of words; every other sign means nothing.

    A single letter is searched as a word of its own, since nearly every word begins with it; the one that somebody
    has just begun to type narrows nothing yet.
    """
    typed = typed[:LONGEST_TYPED]
    terms: list[Term] = []
    for quoted, closed, bare in _PIECE.findall(typed):
        words = tuple(words_of(quoted or bare))
        if words:
            terms.append(Term(words[:MOST_WORDS], whole=bool(closed) or len(words[-1]) == 1))
    if len(terms) > 1 and terms[-1].is_letter and typed[-1].isalnum():
        terms.pop()
    kept = tuple(dict.fromkeys(terms))[:MOST_WORDS]
    return Words(() if all(term.is_letter for term in kept) else kept)


class Read:
    """A text as it is searched: whole, and in small letters of the same number where that can be."""

    __slots__ = ("small", "text")

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text[:LONGEST_TEXT])
        small = self.text.casefold()
        self.small = small if len(small) == len(self.text) else "".join(map(_small, self.text))

    def holds(self, term: Term) -> bool:
        """Whether the term stands in the text."""
        return term.pattern.search(self.small) is not None

    def places(self, term: Term) -> list[tuple[int, int]]:
        """Where the term stands in the text."""
        return [match.span() for match in term.pattern.finditer(self.small)]


def _small(sign: str) -> str:
    """The sign as a small one, as long as it is one sign."""
    folded = sign.casefold()
    return folded if len(folded) == 1 else sign


def stands_in(words: Words, texts: Sequence[Read]) -> bool:
    """Whether every term stands in one of the texts."""
    return bool(words.terms) and all(any(one.holds(term) for one in texts) for term in words.terms)


def marks_in(words: Words, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text that is shown whole, such as a heading."""
    return _marks(words, Read(text))


def _marks(words: Words, read: Read) -> tuple[tuple[int, int], ...]:
    found = sorted({place for term in words.terms for place in read.places(term)})
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return tuple(kept)


def snippet_of(words: Words, texts: Sequence[Read]) -> Snippet:
    """A piece of the text in which most of the terms stand, the first of them where several have as many."""
    if not texts:
        return Snippet("")
    best = texts[0] if len(texts) == 1 else max(texts, key=lambda one: sum(map(one.holds, words.terms)))
    marks = _marks(words, best)
    first = marks[0][0] if marks else 0
    start = _start(best.text, first)
    end = _end(best.text, start + _LENGTH, marks[0][1] if marks else 0)
    before, after = "… " if start else "", " …" if end < len(best.text) else ""
    shift = len(before) - start
    inside = tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end)
    shown = best.text[start:end]
    return Snippet(f"{before}{shown if shown.isprintable() else shown.translate(_BREAKS)}{after}", inside)


_BREAKS = dict.fromkeys(map(ord, "\r\n\t\v\f\u2028\u2029"), " ")


def _start(text: str, first: int) -> int:
    """A word's beginning a little before the first mark."""
    if first <= _BEFORE:
        return 0
    at = first - _BEFORE
    while at < first and not (text[at - 1].isspace() and not text[at].isspace()):
        at += 1
    return at


def _end(text: str, wanted: int, least: int) -> int:
    if wanted >= len(text):
        return len(text)
    at = wanted
    while at > least and not text[at].isspace():
        at -= 1
    return at if at > least else max(wanted, least)
