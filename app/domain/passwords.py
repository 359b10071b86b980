"""What a password must be: long enough, not among the most common, not the person's or the unit's own name."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable

from app.domain.errors import Refused

SHORTEST = 12


def check_password(password: str, *, common: Container[str], own_names: Iterable[str]) -> None:
    """Raise Refused("password_short" | "password_common" | "password_own_name"); there are no composition rules."""
    text = unicodedata.normalize("NFC", password)
    if len(text) < SHORTEST:
        raise Refused("password_short", shortest=SHORTEST)
    folded = text.casefold()
    if folded in common:
        raise Refused("password_common")
    names = {unicodedata.normalize("NFC", name).casefold().strip() for name in own_names}
    if folded.strip() in names - {""}:
        raise Refused("password_own_name")


def same_password(one: str, other: str) -> bool:
    """Whether two texts are one password: å typed in two ways is the same."""
    return unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
