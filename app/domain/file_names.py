"""Names of files that the program suggests: they exist on every system, and lead nowhere else."""

from __future__ import annotations

from app.domain.keys import key_from

_RESERVED = frozenset({"con", "prn", "aux", "nul", "conin", "conout"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""Devices on Windows, whatever ending the name has."""
_LONGEST = 80


def file_stem(name: str, *, fallback: str) -> str:
    """`name` as the first part of a file's name: plain letters, figures and hyphens, and no device."""
    stem = key_from(name, fallback=fallback)[:_LONGEST].strip("-") or fallback
    return f"{stem}-fil" if stem in _RESERVED else stem
