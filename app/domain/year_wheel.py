"""The year wheel (årshjul): which themes a forum takes up in which month, APT above all (routine 3.1-3.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.agenda import with_added
from app.domain.meetings import Item, ItemKind
from app.domain.swedish import MONTHS

SOURCE = "Ur årshjulet"
"""What a theme's point on an agenda begins its text with."""
Themes = tuple[tuple[str, ...], ...]
"""Twelve months' themes, January first."""
NO_THEMES: Themes = ((),) * 12
_STANDING = "årshjul"


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelMonth:
    """The themes of a forum in a month (1-12) of every year."""

    key: str
    unit: str
    forum: str
    month: int
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A forum's year. `suggested`: the unit has kept nothing yet, and these are the program's own proposals.

    `versions` are those of the twelve months, 0 where nothing is kept.
    """

    unit: str
    forum: str
    months: Themes = NO_THEMES
    suggested: bool = False
    versions: tuple[int, ...] = (0,) * 12


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelPaper:
    """The wheel to be drawn: for a page on the wall, or the window."""

    unit: str
    unit_name: str
    setting_label: str
    forum_name: str
    months: Themes
    suggested: bool
    prepared_on: dt.date


def cleaned(months: Sequence[Sequence[str]]) -> Themes:
    """Themes without blanks and without any twice in a month."""
    return tuple(
        tuple(dict.fromkeys(text for one in themes if (text := " ".join(one.split())))) for themes in months
    )  # fmt: skip


def is_theme(item: Item) -> bool:
    """Whether a point came from the wheel."""
    return item.kind is ItemKind.ADDED and (item.text or "").startswith(SOURCE)


def with_themes(items: tuple[Item, ...], themes: Sequence[str], *, month: int) -> tuple[Item, ...]:
    """The agenda with a point for each theme it has not got: under its standing point for the wheel, if it has one."""
    there = {one.heading for one in items}
    new = [
        Item(key="", heading=theme, kind=ItemKind.ADDED, text=f"{SOURCE}, {MONTHS[month - 1]}")
        for theme in themes
        if theme not in there
    ]
    place = next(
        (n for n, one in enumerate(items) if one.kind is ItemKind.STANDING and _STANDING in one.heading.lower()), None
    )
    if place is None:
        return with_added(items, *new)
    place += 1
    while place < len(items) and is_theme(items[place]):
        place += 1
    return (*items[:place], *new, *items[place:])


def synced(items: tuple[Item, ...], themes: Sequence[str], *, month: int) -> tuple[Item, ...]:
    """The agenda of a meeting that is not published yet, after the wheel was changed; what is written stays."""
    rest = tuple(one for one in items if not is_theme(one) or one.heading in themes or one.dealt_with)
    return with_themes(rest, themes, month=month)
