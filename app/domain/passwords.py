"""What a password must be: long enough, not among the most common, not easily counted up, not one's own name.

There are no composition rules. A common password stays common when it is doubled or has digits and signs around it, and
a row of keys or one word again and again is no longer than its beginning.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable
from itertools import pairwise

from app.domain.errors import Refused

SHORTEST = 12
_ROWS = ("1234567890", "qwertyuiopå", "asdfghjklöä", "zxcvbnm", "abcdefghijklmnopqrstuvwxyzåäö")
_STEPS = frozenset(
    pair for keys in _ROWS for pair in (*pairwise(keys), *pairwise(keys[::-1]))
) | {("0", "1"), ("1", "0")}  # fmt: skip
"""Each sign with the one that follows it on the keyboard, in the alphabet or when one counts, both ways."""
_RUN = 3
"""So many signs in such an order are a run."""


def check_password(password: str, *, common: Container[str], own_names: Iterable[str]) -> None:
    """Raise Refused("password_short" | "password_common" | "password_simple" | "password_own_name")."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        raise Refused("password_short", shortest=SHORTEST)
    folded = text.casefold()
    if folded in common or _unit(_core(folded)) in common:
        raise Refused("password_common")
    letters, unit = _letters(folded), _unit(folded)
    if (unit != letters and len(unit) < SHORTEST) or _counted_up(letters):
        raise Refused("password_simple")
    names = {unicodedata.normalize("NFC", name).casefold().strip() for name in own_names}
    if folded.strip() in names - {""}:
        raise Refused("password_own_name")


def _letters(text: str) -> str:
    """The text without what is only put between its parts."""
    return "".join(char for char in text if char.isalnum()) or text


def _core(text: str) -> str:
    """The text without the digits and signs around it."""
    inside = [place for place, char in enumerate(text) if char.isalpha()]
    return text[inside[0] : inside[-1] + 1] if inside else text


def _unit(text: str) -> str:
    """What the text is when a repetition of it, whole or broken off, is left out: `hejhej hej` is `hej`."""
    letters = _letters(text)
    for length in range(1, len(letters) // 2 + 1):
        if (letters[:length] * len(letters))[: len(letters)] == letters:
            return letters[:length]
    return letters


def _counted_up(letters: str) -> bool:
    """Whether nothing but runs is in it: `123456789012`, `qwerty123456`, `111122223333`."""
    run = 1
    for before, char in pairwise(letters):
        if before == char or (before, char) in _STEPS:
            run += 1
        elif run < _RUN:
            return False
        else:
            run = 1
    return run >= _RUN


def same_password(one: str, other: str) -> bool:
    """Whether two texts are one password: å typed in two ways is the same."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
