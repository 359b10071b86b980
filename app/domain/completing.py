"""What a line of a note may be completed with: commands, names after `@`, customers after `#`, whole sentences.

Asked at every key, so it looks only in what is in memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.named import People, fits
from app.domain.note_lines import COMMANDS, LIFTS, RECIPIENTS, is_command
from app.domain.swedish import in_sentence, sort_key

MOST = 8
_SHORTEST_SENTENCE = 3
_WHAT = {
    "/beslut": "vad som beslutades", "/åtgärd": "@vem, när och vad", "/fråga": "till @vem och vad",
    "/lyft": "forum eller @mottagare",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion: what is shown, what is put in the place of the `length` last signs, and how eager it is.

    An `eager` one is taken by Enter too; a sentence only by Tab, for Enter may just as well begin a new line.
    """

    shown: str
    text: str
    length: int
    eager: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What there is to complete with. `customers` are those whom the writer may see (key → label)."""

    people: People
    professions: Mapping[str, str] = field(default_factory=dict)
    customers: Mapping[str, str] = field(default_factory=dict)
    sentences: Sequence[str] = ()


def offers(before: str, words: Words) -> tuple[Offer, ...]:
    """Completions of a line that is written as far as `before`, the likeliest first."""
    if found := re.fullmatch(r"\s*(/[^\s/]*)", before):
        typed = found[1]
        return tuple(
            Offer(f"{one} {_WHAT[one]}", f"{one} ", len(typed)) for one in COMMANDS if one.startswith(typed.casefold())
        )
    if found := re.search(r"(?:^|\s)@([^\s@](?:[^@]*)|)$", before):
        return _names(found[1], words, command=is_command(before))
    if found := re.search(r"(?:^|\s)#([^#]*)$", before):
        return _customers(found[1], words)
    if found := re.fullmatch(r"\s*/lyft (?:till )?([^@]*)", before, flags=re.IGNORECASE):
        return _lifts(found[1])
    return _sentences(before.lstrip(), words)


def _names(typed: str, words: Words, *, command: bool) -> tuple[Offer, ...]:
    names = words.people.names
    if typed.casefold().rstrip() in (name.casefold() for name in names.values()) and typed.endswith(" "):
        return ()
    found = [key for key in words.people.ordered if fits(names[key], typed)][:MOST]
    return tuple(
        Offer(
            ", ".join(part for part in (names[key], in_sentence(words.professions.get(key, ""))) if part),
            f"{'@' if command else ''}{names[key]} ", len(typed) + 1,
        )
        for key in found
    )  # fmt: skip


def _customers(typed: str, words: Words) -> tuple[Offer, ...]:
    found = sorted((label for label in words.customers.values() if fits(label, typed)), key=sort_key)[:MOST]
    return tuple(Offer(label, f"{label} ", len(typed) + 1) for label in found)


def _lifts(typed: str) -> tuple[Offer, ...]:
    start = typed.casefold()
    found = [name for name in (*LIFTS.values(), *RECIPIENTS) if name.casefold().startswith(start)]
    if any(name.casefold() == start for name in found):
        return ()
    return tuple(Offer(name, f"{name} ", len(typed)) for name in found[:MOST])


def _sentences(typed: str, words: Words) -> tuple[Offer, ...]:
    start = typed.casefold()
    if len(start) < _SHORTEST_SENTENCE:
        return ()
    found = [one for one in words.sentences if one.casefold().startswith(start) and len(one) > len(typed)][:MOST]
    return tuple(Offer(one, one, len(typed), eager=False) for one in found)
