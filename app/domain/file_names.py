"""Names of files that the program suggests: they exist on every system, and lead nowhere else."""

from __future__ import annotations

import re
import unicodedata

from app.domain.keys import key_from
from app.domain.storable import storable

_RESERVED = frozenset({"con", "prn", "aux", "nul", "conin", "conout"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""Devices on Windows, whatever ending the name has."""
_LONGEST = 80
_LONGEST_NAME, _LONGEST_ENDING = 100, 12
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Kinds of sign that nobody sees, and by which a name can be made to look like another."""


def file_stem(name: str, *, fallback: str) -> str:
    """`name` as the first part of a file's name: plain letters, figures and hyphens, and no device."""
    stem = key_from(name, fallback=fallback)[:_LONGEST].strip("-") or fallback
    return f"{stem}-fil" if stem in _RESERVED else stem


def clean_name(name: str, *, ending: str) -> str:
    """The name of a file that came from anywhere, as it may be kept and offered again.

    Only the last part of a path is left, without signs that no system takes or that turn the text around, no device's
    name, and not longer than a list can show. `ending` is used where it has none of its own.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", storable(name)))[-1]
    kept = "".join(" " if unicodedata.category(char) in _UNSEEN else char for char in last)
    kept = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*]', "-", kept)).strip(" .")
    stem, dot, own = kept.rpartition(".")
    if not dot:
        stem, own = kept, ending
    stem, own = stem.strip(" .") or "bilaga", own.strip()[:_LONGEST_ENDING] or ending
    if stem.partition(".")[0].strip().casefold() in _RESERVED:
        stem = f"{stem}-fil"
    return f"{stem[:_LONGEST_NAME]}.{own}"
