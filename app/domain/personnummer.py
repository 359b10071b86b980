"""Finding personnummer and samordningsnummer in text: warned about where people write, refused where things are named.

A number counts when its date is possible, its serial number is not 000 and its check digit is right. So an
organisation number (whose "month" is 20 or more), 000000-0000 and most other figures are none. No list of numbers in
use is asked, and no clock: a date to come counts as possible.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from app.domain.errors import Refused

_NUMBER = re.compile(
    r"(?<!\d)(?:(?P<century>18|19|20)(?P<first>[-./\s]?))?"
    r"(?P<year>\d{2})(?P<inside>[-./\s]?)(?P<month>\d{2})(?P=inside)(?P<day>\d{2})"
    r"(?P<between>\s?[-+\u2010-\u2015\u2212]\s?|\s?)(?P<last>\d{4})(?!\d)"
)
_COORDINATION_DAYS = 60


def find_personnummer(text: str, *, phone: bool = False) -> tuple[tuple[int, int], ...]:
    """Where numbers stand in the text, as start and end: ten or twelve figures, with or without `-`, `+` and spaces.

    In a field for a `phone` number ten figures in a row that begin with 0 are one.
    """
    return tuple(
        match.span()
        for match in _NUMBER.finditer(text)
        if _valid(match) and not _is_moment(match) and not (phone and _is_phone(match))
    )


def has_personnummer(text: str, *, phone: bool = False) -> bool:
    """Whether any stands in the text."""
    return bool(find_personnummer(text, phone=phone))


def refuse_personnummer(texts: Iterable[str | None], *, code: str = "personnummer_in_name") -> None:
    """Raise Refused when any of the names, references or keys holds one: they are shown, printed and logged."""
    if any(text and has_personnummer(text) for text in texts):
        raise Refused(code)


def _valid(match: re.Match[str]) -> bool:
    if match["last"].startswith("000"):
        return False
    day = int(match["day"])
    if day > _COORDINATION_DAYS:
        day -= _COORDINATION_DAYS
    # Without a century 2000 stands for it: a leap year every fourth, and 29 February of 00 is let through.
    year = int((match["century"] or "20") + match["year"])
    try:
        dt.date(year, int(match["month"]), day)
    except ValueError:
        return False
    figures = match["year"] + match["month"] + match["day"] + match["last"]
    doubled = [int(figure) * (2 - n % 2) for n, figure in enumerate(figures)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def _is_moment(match: re.Match[str]) -> bool:
    """Whether it is a written date with a time after it: `2026-03-02 1315`."""
    hour, minute = int(match["last"][:2]), int(match["last"][2:])
    return bool(match["inside"]) and not match["between"].strip() and hour < 24 and minute < 60


def _is_phone(match: re.Match[str]) -> bool:
    return not match["century"] and match[0].isdigit() and match[0].startswith("0")
