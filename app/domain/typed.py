"""Dates and times as people type them: `i morgon`, `fre`, `+7`, `12/3`, `12 mars`, `9`, `9.30`, `0930`."""

from __future__ import annotations

import datetime as dt
import re

from app.domain.swedish import MONTHS, WEEKDAYS

_NEAR = {"i dag": 0, "idag": 0, "i morgon": 1, "imorgon": 1, "i övermorgon": 2, "i går": -1, "igår": -1}
_LONGEST_AGO = dt.timedelta(days=183)
_SHORT_WORD = 3


def read_date(text: str, *, today: dt.date) -> dt.date | None:
    """The day that `text` names, None when unreadable; without a year the one nearest ahead (or half a year back)."""
    words = " ".join(text.strip().lower().rstrip(".").split())
    if words in _NEAR:
        return today + dt.timedelta(days=_NEAR[words])
    try:
        return (
            _week(words, today)
            or _weekday(words, today)
            or _offset(words, today)
            or _figures(words, today)
            or _with_month(words, today)
        )
    except (ValueError, OverflowError):
        return None


def read_time(text: str) -> dt.time | None:
    """The time of day that `text` names, or None when unreadable."""
    words = text.strip().lower().removeprefix("kl").strip(" .")
    found = re.fullmatch(r"(\d{1,2})(?:[.:, ]?(\d{2}))?", words)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _week(words: str, today: dt.date) -> dt.date | None:
    """`nästa vecka` is its Monday, `v 50` the Monday of that week, `om en vecka` seven days on."""
    if words == "nästa vecka":
        return today + dt.timedelta(days=7 - today.weekday())
    if words in ("om en vecka", "om 1 vecka"):
        return today + dt.timedelta(days=7)
    found = re.fullmatch(r"(?:v|vecka)\.? ?(\d{1,2})", words)
    if not found:
        return None
    year = today.isocalendar().year  # the week's own year: week 1 may begin in the December before
    monday = dt.date.fromisocalendar(year, int(found[1]), 1)
    return monday if monday >= today - _LONGEST_AGO else dt.date.fromisocalendar(year + 1, int(found[1]), 1)


def _weekday(words: str, today: dt.date) -> dt.date | None:
    named = words.removeprefix("på ")
    if len(named) < _SHORT_WORD:
        return None
    found = next((n for n, name in enumerate(WEEKDAYS) if name.startswith(named)), None)
    return None if found is None else today + dt.timedelta(days=(found - today.weekday() - 1) % 7 + 1)


def _offset(words: str, today: dt.date) -> dt.date | None:
    found = re.fullmatch(r"\+ ?(\d{1,4})|om (\d{1,3}) (dag|dagar|vecka|veckor)", words)
    if not found:
        return None
    if found[1]:
        return today + dt.timedelta(days=int(found[1]))
    return today + dt.timedelta(days=int(found[2]) * (7 if found[3].startswith("v") else 1))


def _figures(words: str, today: dt.date) -> dt.date | None:
    if found := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", words):
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})", words):
        return _nearest(int(found[1]), int(found[2]), today)
    return None


def _with_month(words: str, today: dt.date) -> dt.date | None:
    found = re.fullmatch(r"(?:[a-zåäö]+ )?(\d{1,2}):?e? ([a-z]{3,9})\.?(?: (\d{4}))?", words)
    if not found:
        return None
    month = next((n for n, name in enumerate(MONTHS, start=1) if name.startswith(found[2])), None)
    if month is None:
        return None
    return dt.date(int(found[3]), month, int(found[1])) if found[3] else _nearest(int(found[1]), month, today)


def _nearest(day: int, month: int, today: dt.date) -> dt.date:
    try:
        this_year = dt.date(today.year, month, day)
    except ValueError:  # 29 February of a year without one: the next may have it
        return dt.date(today.year + 1, month, day)
    return this_year if this_year >= today - _LONGEST_AGO else dt.date(today.year + 1, month, day)
