"""Swedish words for days and times, and the order å ä ö stand in; no locale of the machine is asked."""

from __future__ import annotations

import unicodedata
from datetime import date, time

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_SHORT_MONTHS = ("jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
_AFTER_Z = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}  # the characters that follow z
_NEAR_DAYS = 7


def sort_key(text: str) -> tuple[str, str]:
    """A key that sorts Swedish text: case aside, accents folded, å ä ö after z; numbers inside compare as text."""
    folded = []
    for char in unicodedata.normalize("NFC", text).casefold():
        if char in _AFTER_Z:
            folded.append(_AFTER_Z[char])
        else:
            folded.append("".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)))
    return "".join(folded), text


def number_word(count: int, one: str, many: str) -> str:
    """`1 kund`, `3 kunder`."""
    return f"{count} {one if count == 1 else many}"


def in_sentence(text: str) -> str:
    """The text with a small first letter, unless it is an abbreviation (`Sjuksköterska`, but `MAS`)."""
    return text if len(text) > 1 and text[:2].isupper() else text[:1].lower() + text[1:]


def thousands(count: int) -> str:
    """A large number as it is written: `10 000 000`, with spaces that do not break."""
    return f"{count:,}".replace(",", "\u00a0")


def short_date(day: date) -> str:
    """`tis 3 mars`."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {_SHORT_MONTHS[day.month - 1]}"


def long_date(day: date) -> str:
    """`tisdag 3 mars 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def plain_date(day: date) -> str:
    """`3 mars 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def brief_date(day: date, *, today: date) -> str:
    """`3 mars`, and `23 dec 2025` in another year."""
    year = "" if day.year == today.year else f" {day.year}"
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]}{year}"


def month_name(day: date) -> str:
    """`mars 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def clock(moment: time) -> str:
    """`13.00`."""
    return f"{moment.hour:02d}.{moment.minute:02d}"


def span(start: time, end: time) -> str:
    """`13.00–13.30`."""
    return f"{clock(start)}–{clock(end)}"


def near_day(day: date, *, today: date) -> str:
    """`i dag`, `i morgon`, `i går`, `om 3 dagar`, `3 dagar sen`; a date with weekday beyond a week."""
    days = (day - today).days
    if days in (-1, 0, 1):
        return ("i går", "i dag", "i morgon")[days + 1]
    if 0 < days < _NEAR_DAYS:
        return f"om {days} dagar"
    if -_NEAR_DAYS < days < 0:
        return f"{-days} dagar sen"
    return short_date(day) if day.year == today.year else f"{short_date(day)} {day.year}"


def when(day: date, start: time, *, today: date) -> str:
    """`i morgon 09.00`."""
    return f"{near_day(day, today=today)} {clock(start)}"
