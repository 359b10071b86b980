"""Whether a typed text names a customer: looked for before a text leaves the house on a call or in a calendar.

What is known of a customer is looked for word by word: reference, code and apartment, whoever she belongs to. A person
called by a name that stands nowhere in the register cannot be found: so as little typed text as possible is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from app.domain.personnummer import has_personnummer

_WORD = re.compile(r"\w+")
_BEFORE_APARTMENT = frozenset({"lgh", "lägenhet", "lägenheten", "rum", "rummet"})
_TELLING = 3
"""An apartment so long is found by itself; a shorter one, which may be any number, only after a word for it."""
_EVERYDAY = frozenset({
    "av", "be", "bo", "bä", "ca", "cl", "cm", "de", "dl", "do", "dr", "du", "då", "dö", "ej", "en", "er", "ev",
    "ex", "få", "gå", "ha", "hå", "hö", "i", "in", "ja", "ju", "kg", "kl", "km", "la", "le", "lo", "lå", "ml", "mm",
    "må", "ni", "nr", "nu", "nå", "nä", "på", "ro", "se", "so", "st", "så", "ta", "te", "ti", "tv", "ty", "ur",
    "ut", "ve", "vi", "vs", "om", "å", "åt", "är", "öl",
})  # fmt: skip
"""Two letters that are a word or an abbreviation: as somebody's initials they are known by their capitals alone."""


class Known(NamedTuple):
    """What stands for one customer."""

    reference: str
    code: str | None = None
    apartment: str | None = None


class CustomerWords:
    """The words that stand for customers, and the texts in which they stand."""

    def __init__(self, customers: Iterable[Known]) -> None:
        self._names: dict[str, set[tuple[str, ...]]] = {}
        self._everyday: set[str] = set()
        self._apartments: set[tuple[str, ...]] = set()
        self._asked: dict[str, bool] = {}
        for one in customers:
            self._learn(one.reference)
            self._learn(one.code or "")
            words = _words(one.apartment or "")
            if words and len("".join(words)) >= _TELLING:
                self._learn(one.apartment or "")
            elif words:
                self._apartments.add(words)

    def _learn(self, name: str) -> None:
        words = _words(name)
        if "".join(words) in _EVERYDAY:
            self._everyday.add("".join(words).upper())
        elif words:
            self._names.setdefault(words[0], set()).add(words)
            joined = "".join(words)
            self._names.setdefault(joined, set()).add((joined,))

    def name_somebody(self, text: str) -> bool:
        """Whether a customer's reference, code or apartment, or a personnummer, stands in the text."""
        found = self._asked.get(text)
        if found is None:
            words = _words(text)
            found = self._asked[text] = (
                has_personnummer(text)
                or self._named(words)
                or self._named(tuple(_spelled(words)))
                or self._in_capitals(text)
            )
        return found

    def cleared(self, text: str | None) -> str | None:
        """The text, or None where it names somebody."""
        return None if not text or self.name_somebody(text) else text

    def _named(self, words: tuple[str, ...]) -> bool:
        for n, word in enumerate(words):
            first = {word, word.removesuffix("s")}
            if any(_stands(name, words[n:]) for one in first for name in self._names.get(one, ())):
                return True
            if word in _BEFORE_APARTMENT and any(_stands(one, words[n + 1 :]) for one in self._apartments):
                return True
        return False

    def _in_capitals(self, text: str) -> bool:
        """Whether initials that are also a word stand as initials: `HA`, `H.A.`, `HAs`."""
        if not self._everyday:
            return False
        words = _spelled(tuple(_WORD.findall(text)))
        return any(word.removesuffix("s") in self._everyday for run in words for word in run.split())


def same_name(one: str, other: str) -> bool:
    """Whether two ways of writing stand for the same: `A.B.` and `ab`."""
    return bool(_words(one)) and "".join(_words(one)) == "".join(_words(other))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _spelled(words: tuple[str, ...]) -> list[str]:
    """Letters that stand one by one, put together: `A.B.` is `ab`."""
    runs = groupby(words, key=lambda word: len(word) == 1)
    return ["".join(run) if alone else " ".join(run) for alone, run in runs]


def _stands(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the words begin with the name, in the genitive too: `ABs`."""
    here = words[: len(name)]
    return here == name or (here[:-1] == name[:-1] and here[-1:] == (f"{name[-1]}s",))
