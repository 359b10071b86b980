"""Who is meant by `@anna` in a line: those called first, then the unit's own, else somebody from outside."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import Refused
from app.domain.people import Outsider, Person
from app.domain.swedish import sort_key
from app.domain.typed import read_date

_MOST_WORDS = 4
_ANY_DAY = dt.date(2026, 3, 2)
"""Only asked to see whether a word is the name of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Member key → name, and whom one means first: those called, then the unit's own team."""

    names: Mapping[str, str]
    called: tuple[str, ...] = ()
    team: tuple[str, ...] = ()

    @property
    def ordered(self) -> tuple[str, ...]:
        """Every member, whom one most likely means first."""
        first = tuple(key for key in dict.fromkeys((*self.called, *self.team)) if key in self.names)
        rest = sorted(set(self.names) - set(first), key=lambda key: sort_key(self.names[key]))
        return (*first, *rest)


def fits(name: str, typed: str) -> bool:
    """Whether the typed letters begin the name or a word of it."""
    folded, start = name.casefold(), typed.casefold()
    return folded.startswith(start) or any(word.startswith(start) for word in folded.split())


def take_person(text: str, people: People) -> tuple[Person | None, str]:
    """Who stands after the first `@`, and the text without her; nobody where there is no `@`.

    Raises Refused("line_person") when several fit and none of them more than another.
    """
    found = re.search(r"(?:^|(?<=\s))(?:till\s+)?@(?=\S)", text, flags=re.IGNORECASE)
    if found is None:
        return None, text
    before, after = text[: found.start()].rstrip(), text[found.end() :]
    words = after.split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        typed = _bare(" ".join(words[:count]))
        whole = [key for key in people.ordered if people.names[key].casefold() == typed.casefold()]
        if len(whole) == 1:
            return whole[0], _joined(before, words[count:])
    meant = _begun(_bare(words[0]), people)
    if meant is not None:
        longer = words[1:]
        if longer and any(_bare(longer[0]).casefold() == part for part in people.names[meant].casefold().split()[1:]):
            longer = longer[1:]
        return meant, _joined(before, longer)
    count = _outsiders_words(words)
    return Outsider(_bare(" ".join(words[:count]))), _joined(before, words[count:])


def _begun(typed: str, people: People) -> str | None:
    """The member whom the letters begin: one of those called, else one of the team, else one of all."""
    for group in (people.called, people.team, tuple(people.names)):
        found = [key for key in dict.fromkeys(group) if key in people.names and fits(people.names[key], typed)]
        exact = [key for key in found if typed.casefold() in people.names[key].casefold().split()]
        found = exact or found
        if len(found) == 1:
            return found[0]
        if found:
            named = ", ".join(people.names[key] for key in found[:4])
            raise Refused("line_person", typed=typed, names=named)
    return None


def _outsiders_words(words: list[str]) -> int:
    """How many words the name of somebody from outside has: the first, and those after it with a large letter."""
    count = 1
    if words[0].endswith((",", ":")):
        return count
    while count < min(len(words), _MOST_WORDS):
        word = words[count]
        if not word[:1].isupper() or read_date(_bare(word), today=_ANY_DAY) is not None:
            break
        count += 1
        if word.endswith((",", ":")):
            break
    return count


def _bare(text: str) -> str:
    return text.strip(" ,.:;")


def _joined(before: str, after: list[str]) -> str:
    return " ".join(part for part in (before, " ".join(after)) if part)
