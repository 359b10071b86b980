"""Which words of a text are held against the dictionary, and which are right whatever it says.

What is not prose is left alone: commands, addresses, figures, abbreviations with points, words in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LONGEST = 60
"""Signs; what is longer is no word."""
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NO_PROSE = re.compile(r"[^\s(]@.|://|www\.|\\|[^\W\d_]\.[^\W\d_]|_")
"""Somewhere in it: an address or a path, or an abbreviation such as `t.ex.`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that the dictionary is asked about: where it begins in its text, and how it is written."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in its text."""
        return self.start + len(self.text)


def words_in(text: str) -> Iterator[Word]:
    """The words of a text that are prose, in order; the parts of one with a hyphen each by itself."""
    for chunk in _CHUNK.finditer(text):
        if not _NO_PROSE.search(chunk[0]) and not re.match(r"/\w", chunk[0]):
            yield from _prose(chunk[0], chunk.start())


def _prose(chunk: str, start: int) -> Iterator[Word]:
    for found in _WORD.finditer(chunk):
        word = found[0]
        beside = chunk[found.start() - 1 : found.start()] + chunk[found.end() : found.end() + 1]
        if 1 < len(word) <= LONGEST and not word.isupper() and not any(sign.isdigit() for sign in beside):
            yield Word(start + found.start(), word)


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words that are right beside those of the dictionary, in small letters."""

    words: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *texts: Iterable[str]) -> KnownWords:
        """Every word that stands in these texts: names, professions, forums, own words."""
        return cls(frozenset(word.casefold() for each in texts for text in each for word in _WORD.findall(text)))

    def __contains__(self, word: str) -> bool:
        """Whether it is known, also as a genitive."""
        found = word.casefold()
        return found in self.words or found.removesuffix("s") in self.words

    def __or__(self, other: KnownWords) -> KnownWords:
        return KnownWords(self.words | other.words)


def own_word(text: str) -> str:
    """A word as it is kept in somebody's own list: without what stands around it; empty where it is none."""
    found = _WORD.search(text.strip())
    return found[0] if found and found[0] == text.strip() and len(found[0]) <= LONGEST else ""


def words_from_list(text: str) -> tuple[str, ...]:
    """The words of a shipped list: one a line, what follows `#` is a remark."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
