"""How a series repeats, as people say it: each day, Mondays and Thursdays, the second Tuesday of the month.

A `Repeat` is what a form can show and ask for; rules that say more (RFC 5545 knows many) are kept as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.series import WEEKDAY_CODES, rule_parts

WORKING_DAYS = (0, 1, 2, 3, 4)
_KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYHOUR", "WKST"})


class Pace(StrEnum):
    """What a series counts in."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Every `every` days, weeks or months, on `weekdays` (Monday 0), at `hours` where it is held several times a day.

    A daily one without weekdays is held every day. A monthly one has one weekday and its `number` in the month: 1 to
    4, or -1 for the last.
    """

    pace: Pace
    every: int = 1
    weekdays: tuple[int, ...] = ()
    number: int | None = None
    hours: tuple[int, ...] = ()


def repeat_of(rule: str) -> Repeat | None:
    """The rule as a form shows it; None for one that says more than that."""
    parts = rule_parts(rule)
    if set(parts) - _KNOWN or parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY"):
        return None
    try:
        every = int(parts.get("INTERVAL", "1"))
        hours = tuple(sorted(int(hour) for hour in parts["BYHOUR"].split(","))) if "BYHOUR" in parts else ()
        days = [code.strip() for code in parts.get("BYDAY", "").split(",") if code.strip()]
        weekdays = tuple(sorted(WEEKDAY_CODES.index(code[-2:]) for code in days))
        numbers = {int(code[:-2]) for code in days if code[:-2]}
    except ValueError:
        return None
    pace = Pace(parts["FREQ"].lower())
    if pace is Pace.MONTHLY:
        if len(weekdays) != 1 or len(numbers) != 1 or not numbers <= {1, 2, 3, 4, -1}:
            return None
        return Repeat(pace=pace, every=every, weekdays=weekdays, number=numbers.pop(), hours=hours)
    if numbers or (pace is Pace.WEEKLY and not weekdays):
        return None
    return Repeat(pace=pace, every=every, weekdays=weekdays, hours=hours)


def rule_from(repeat: Repeat) -> str:
    """The RRULE of a repeat, written as the routine's own rules are."""
    step = f";INTERVAL={repeat.every}" if repeat.every > 1 else ""
    number = repeat.number or ""
    days = ",".join(f"{number}{WEEKDAY_CODES[day]}" for day in repeat.weekdays)
    hours = f";BYHOUR={','.join(str(hour) for hour in repeat.hours)}" if len(repeat.hours) > 1 else ""
    return f"FREQ={repeat.pace.value.upper()}{step}{f';BYDAY={days}' if days else ''}{hours}"
