"""Finding personnummer and samordningsnummer in text, so that they are warned about and never kept as a reference."""

from __future__ import annotations

import datetime as dt
import re

_NUMBER = re.compile(r"(?<!\d)(?P<century>\d{2})?(?P<date>\d{6})[-+ ]?(?P<last>\d{4})(?!\d)")
_COORDINATION_DAYS = 60


def has_personnummer(text: str) -> bool:
    """Whether the text holds a number with a valid date and check digit (day + 60 for samordningsnummer)."""
    return any(_valid(match["date"], match["last"]) for match in _NUMBER.finditer(text))


def _valid(date: str, last: str) -> bool:
    month, day = int(date[2:4]), int(date[4:6])
    if day > _COORDINATION_DAYS:
        day -= _COORDINATION_DAYS
    try:
        dt.date(2000, month, day)  # 2000 is a leap year: 29 February is let through
    except ValueError:
        return False
    doubled = [int(figure) * (2 - n % 2) for n, figure in enumerate(date + last)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
