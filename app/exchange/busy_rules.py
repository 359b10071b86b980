"""Which rules of repetition a calendar file may have: those that calendar programs make, which always come to a day.

A rule that never comes to a day (30 February) would be searched for until the year 9999, once for each event.
"""

from __future__ import annotations

import re

_KEYS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SURE = 28
"""Every month has this day."""
_SURE_NUMBER = 4
"""Every month has so many of each weekday."""
_MOST = 99_999


def days_between(rule: str) -> int:
    """How many days lie between two repetitions at least, to reckon how many there are."""
    parts = _parts(rule) or {}
    step = 7 if parts.get("FREQ") == "YEARLY" else 1
    return step * (_number(parts.get("INTERVAL", "1"), _MOST) or 1)


def is_usual(rule: str) -> bool:
    """Whether the rule is one that calendar programs make."""
    parts = _parts(rule)
    if parts is None or not parts.keys() <= _KEYS:
        return False
    days = _days(parts.get("BYDAY"))
    months = _numbers(parts.get("BYMONTH"), 1, 12)
    monthdays = _numbers(parts.get("BYMONTHDAY"), -31, 31)
    places = _numbers(parts.get("BYSETPOS"), -_SURE_NUMBER, _SURE_NUMBER)
    interval = _number(parts.get("INTERVAL", "1"), 500)
    if None in (days, months, monthdays, places, interval) or not _ends(parts):
        return False
    return _comes_to_a_day(
        parts["FREQ"], interval or 0, days=days or [], months=months or [], monthdays=monthdays or [],
        places=places or [],
    )  # fmt: skip


def _comes_to_a_day(
    frequency: str, interval: int, *, days: list[int], months: list[int], monthdays: list[int], places: list[int]
) -> bool:
    numbered = any(days)
    if interval < 1 or (places and (numbered or monthdays or not days)):
        return False
    if frequency in ("DAILY", "WEEKLY"):
        plain = not (months or monthdays or places or numbered)
        return plain and (frequency == "WEEKLY" or interval == 1 or not days)
    if frequency == "MONTHLY":
        sure = all(abs(day) <= _SURE for day in monthdays) or interval < len(_LONGEST)
        return not months and sure and not (numbered and monthdays) and all(abs(number) <= 5 for number in days)
    longest = max((_LONGEST[month - 1] for month in months), default=31)
    within = all(abs(number) <= (5 if months else 53) for number in days)
    return (
        frequency == "YEARLY" and within and not (days and monthdays) and all(abs(day) <= longest for day in monthdays)
    )


def _parts(rule: str) -> dict[str, str] | None:
    """The rule's parts by name; None where one stands twice or is no part."""
    found: dict[str, str] = {}
    for part in rule.strip().rstrip(";").upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or name in found:
            return None
        found[name] = value
    return found if "FREQ" in found else None


def _ends(parts: dict[str, str]) -> bool:
    until, count = parts.get("UNTIL"), parts.get("COUNT")
    return (until is None or _UNTIL.fullmatch(until) is not None) and (
        count is None or (until is None and (_number(count, _MOST) or 0) > 0)
    )


def _number(text: str, highest: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= highest else None


def _numbers(text: str | None, lowest: int, highest: int) -> list[int] | None:
    if text is None:
        return []
    if len(text) > 200 or re.fullmatch(r"[+-]?\d{1,2}(,[+-]?\d{1,2})*", text) is None:
        return None
    found = [int(one) for one in text.split(",")]
    return found if all(lowest <= one <= highest and one for one in found) else None


def _days(text: str | None) -> list[int] | None:
    """The number before each weekday, 0 where it has none."""
    if text is None:
        return []
    found = [_DAY.fullmatch(one) for one in text.split(",")]
    if len(found) > 40 or any(one is None for one in found):
        return None
    return [int(one[1] or 0) for one in found if one]
