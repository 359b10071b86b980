"""Keys: the lower-case ASCII names by which files, the command line and the floors speak of things."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

KEY_PATTERN = r"[a-z0-9][a-z0-9-]*"
_KEY = re.compile(KEY_PATTERN)
_LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l"})


def is_key(text: str) -> bool:
    """Whether `text` is a well-formed key of the exchange format."""
    return _KEY.fullmatch(text) is not None


def key_from(name: str, *, fallback: str = "x") -> str:
    """A key made from a name: å ä → a, ö → o, other marks dropped, everything else a hyphen."""
    lowered = unicodedata.normalize("NFC", name).lower().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return key or fallback


def free_key(wanted: str, taken: Container[str]) -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3` … that is not in `taken`."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
