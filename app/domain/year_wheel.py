"""The year wheel (årshjul): which themes a forum takes up in which month, APT above all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelMonth:
    """The themes of a forum in a month (1-12) of every year."""

    key: str
    unit: str
    forum: str
    month: int
    themes: tuple[str, ...] = ()
