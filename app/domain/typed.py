"""Dates and times as people type them: `i morgon`, `fre`, `om två veckor`, `4 dec`, `v 12`, `sista mars`, `9.30`."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from app.domain.swedish import MONTHS, WEEKDAYS

_NEAR = {
    "i dag": 0,
    "idag": 0,
    "i morgon": 1,
    "imorgon": 1,
    "i övermorgon": 2,
    "övermorgon": 2,
    "i går": -1,
    "igår": -1,
}
_NUMBERS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10,
    "elva": 11, "tolv": 12,
}  # fmt: skip
LEADS = ("klart senast", "klar senast", "senast den", "senast på", "senast", "till och med", "till", "på", "den")
"""Words that may stand before a day and say nothing of which."""
_LONGEST_AGO = dt.timedelta(days=183)
_SHORT_WORD = 3
_FRIDAY = 4


def read_date(text: str, *, today: dt.date, deadline: bool = False) -> dt.date | None:
    """The day that `text` names, None when unreadable; without a year the one nearest ahead (or half a year back).

    A `deadline` lies ahead unless a year or `i går` says otherwise, and a week is meant until its Friday.
    """
    words = _bare(" ".join(text.strip().lower().rstrip(".").split()))
    if words in _NEAR:
        return today + dt.timedelta(days=_NEAR[words])
    try:
        return (
            _week(words, today, deadline=deadline)
            or _weekday(words, today)
            or _offset(words, today)
            or _figures(words, today, deadline=deadline)
            or _edge_of_month(words, today, deadline=deadline)
            or _with_month(words, today, deadline=deadline)
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


def _bare(words: str) -> str:
    """The words without what may stand before a day."""
    lead = next((one for one in LEADS if words.startswith(f"{one} ")), "")
    return words[len(lead) :].lstrip()


def _week(words: str, today: dt.date, *, deadline: bool) -> dt.date | None:
    """`nästa vecka` is its Monday (for a deadline its Friday), `v 50` that week, `tors v 50` a day of it."""
    day = _FRIDAY if deadline else 0
    if words in ("nästa vecka", "i nästa vecka"):
        return today + dt.timedelta(days=7 - today.weekday() + day)
    if words in ("här veckan", "den här veckan", "denna vecka", "veckan ut", "i veckan"):
        return today + dt.timedelta(days=max(_FRIDAY - today.weekday(), 0))  # on a weekend it is due at once
    found = re.fullmatch(r"(?:([a-zåäö]+) (?:i )?)?(?:v|vecka)\.? ?(\d{1,2})", words)
    if not found:
        return None
    if found[1] and found[1] != "i":
        named = _day_of_week(found[1])
        if named is None:
            return None
        day = named
    year = today.isocalendar().year  # the week's own year: week 1 may begin in the December before
    meant = dt.date.fromisocalendar(year, int(found[2]), day + 1)
    if meant >= (today if deadline else today - _LONGEST_AGO):
        return meant
    if deadline and not found[1] and int(found[2]) == today.isocalendar().week:
        return today  # this week, whose Friday is past
    return dt.date.fromisocalendar(year + 1, int(found[2]), day + 1)


def _day_of_week(word: str) -> int | None:
    """Monday 0 for `mån`, `måndag`, `måndagen`; None for any other word."""
    if len(word) < _SHORT_WORD:
        return None
    return next((n for n, name in enumerate(WEEKDAYS) if f"{name}en".startswith(word)), None)


def _weekday(words: str, today: dt.date) -> dt.date | None:
    """`fredag` is the next one, `nästa fredag` that of the next week, `fredag om två veckor` that of the week then."""
    found = re.fullmatch(
        r"(?:(nästa|kommande|på|nu på) )?([a-zåäö]{3,8})(?: om ([a-zåäö]+|\d{1,2}) (?:vecka|veckor))?", words
    )
    named = _day_of_week(found[2]) if found else None
    if found is None or named is None:
        return None
    if found[3]:
        weeks = _number(found[3])
        if weeks is None:
            return None
        return today + dt.timedelta(days=7 * weeks - today.weekday() + named)
    if found[1] == "nästa":
        return today + dt.timedelta(days=7 - today.weekday() + named)
    return today + dt.timedelta(days=(named - today.weekday() - 1) % 7 + 1)


def _number(word: str) -> int | None:
    return int(word) if word.isdecimal() else _NUMBERS.get(word)


def _offset(words: str, today: dt.date) -> dt.date | None:
    if found := re.fullmatch(r"\+ ?(\d{1,4})", words):
        return today + dt.timedelta(days=int(found[1]))
    found = re.fullmatch(r"om (?:ca |cirka )?([a-zåäö]+|\d{1,3}) (dag|dagar|vecka|veckor|månad|månader|år)", words)
    count = _number(found[1]) if found else None
    if words == "om ett halvår":
        return _months_on(today, 6)
    if found is None or count is None:
        return None
    if found[2].startswith(("månad", "år")):
        return _months_on(today, count * (12 if found[2] == "år" else 1))
    return today + dt.timedelta(days=count * (7 if found[2].startswith("v") else 1))


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day so many months on, the last one where that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _figures(words: str, today: dt.date, *, deadline: bool) -> dt.date | None:
    if found := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})", words):
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(?:([a-zåäö]{3,8}) )?(\d{1,2})[/.](\d{1,2})", words):
        return _fitting(found[1], _nearest(int(found[2]), int(found[3]), today, deadline=deadline))
    return None


_EDGE = re.compile(r"(?:i )?(?:(sista|första)(?: dagen)?(?: i)?|(slutet|början|mitten) (?:av|på)) ([a-zåäö]{3,9})")


def _edge_of_month(words: str, today: dt.date, *, deadline: bool) -> dt.date | None:
    """`sista mars`, `första april`, `slutet av maj` (its last day), `mitten av maj` (the 15th), `slutet av månaden`."""
    if words in ("månadsskiftet", "vid månadsskiftet"):
        return today.replace(day=monthrange(today.year, today.month)[1])
    found = _EDGE.fullmatch(words)
    if not found:
        return None
    place = found[1] or found[2]
    if found[3] == "månaden":
        return _edge(today.year, today.month, place) if place in ("sista", "slutet") else None
    month = _month(found[3])
    if month is None:
        return None
    meant = _edge(today.year, month, place)
    earliest = today if deadline else today - _LONGEST_AGO
    return meant if meant >= earliest else _edge(today.year + 1, month, place)


def _edge(year: int, month: int, place: str) -> dt.date:
    day = {"sista": monthrange(year, month)[1], "slutet": monthrange(year, month)[1], "mitten": 15}.get(place, 1)
    return dt.date(year, month, day)


def _month(word: str) -> int | None:
    if len(word) < _SHORT_WORD:
        return None
    return next((n for n, name in enumerate(MONTHS, start=1) if name.startswith(word)), None)


def _with_month(words: str, today: dt.date, *, deadline: bool) -> dt.date | None:
    found = re.fullmatch(r"(?:([a-zåäö]{3,8}) (?:den )?)?(\d{1,2})(?::?[ea])? ([a-zåäö]{3,9})\.?(?: (\d{4}))?", words)
    month = _month(found[3]) if found else None
    if found is None or month is None:
        return None
    if found[4]:
        return _fitting(found[1], dt.date(int(found[4]), month, int(found[2])))
    return _fitting(found[1], _nearest(int(found[2]), month, today, deadline=deadline))


def _fitting(weekday: str | None, day: dt.date) -> dt.date | None:
    """The day, or None where the weekday that is named beside it is another."""
    return day if weekday is None or _day_of_week(weekday) == day.weekday() else None


def _nearest(day: int, month: int, today: dt.date, *, deadline: bool) -> dt.date:
    try:
        this_year = dt.date(today.year, month, day)
    except ValueError:  # 29 February of a year without one: the next may have it
        return dt.date(today.year + 1, month, day)
    earliest = today if deadline else today - _LONGEST_AGO
    return this_year if this_year >= earliest else dt.date(today.year + 1, month, day)
