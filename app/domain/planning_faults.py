"""What the types do not say of what planning keeps: series, absences, turns, activities and the rest, however given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from app.domain import activities, meeting_templates
from app.domain.availability import Absence
from app.domain.document import Problem
from app.domain.errors import Refused
from app.domain.series import Series, check_rule
from app.domain.wording import wording

_LONGEST_TRAVEL = 600
_MOST_WEEKS = 520


_NAMES = (
    "series",
    "absences",
    "occasions",
    "rooms",
    "travel",
    "rotation",
    "year_wheel",
    "members",
    "activities",
    "templates",
)


def refuse_faulty(name: str, value: Any) -> None:
    """Raise Refused("planning_fault") with the first thing that is wrong with a value of the list `name`."""
    for problem in planning_faults({one: [value] if one == name else [] for one in _NAMES}):
        raise Refused("planning_fault", reason=problem.reason)


def planning_faults(found: Mapping[str, Any]) -> Iterator[Problem]:
    """Rules that cannot be read, ends before starts, figures that cannot be meant."""
    for n, one in enumerate(found["series"]):
        yield from _series(f"series[{n}]", one)
    for n, one in enumerate(found["absences"]):
        yield from _absence(f"absences[{n}]", one)
    for n, one in enumerate(found["occasions"]):
        yield from _times(f"occasions[{n}]", *(moment for cover in one.covers for moment in (cover.from_, cover.to)))
    for n, one in enumerate(found["activities"]):
        yield from (_fault(f"activities[{n}]", reason) for reason in activities.faults(one))
        yield from _times(f"activities[{n}]", one.start, one.end)
    for n, one in enumerate(found["templates"]):
        yield from (_fault(f"templates[{n}]", reason) for reason in meeting_templates.faults(one))
    for name, holds, reason in _FIGURES:
        yield from (_fault(f"{name}[{n}]", reason) for n, one in enumerate(found[name]) if not holds(one))


_FIGURES: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("rooms", lambda one: not one.name.isspace(), "Egenskapen name saknas eller är tom."),
    (
        "travel", lambda one: one.from_ != one.to and 0 <= one.minutes <= _LONGEST_TRAVEL,
        "Restiden går mellan två olika enheter och är 0 till 600 minuter.",
    ),
    (
        "rotation",
        lambda one: (one.weeks is None or 1 <= one.weeks <= _MOST_WEEKS) and (one.priority is None or one.priority > 0),
        "Veckorna är 1 till 520 och platsen i kön minst 1.",
    ),
    ("year_wheel", lambda one: 1 <= one.month <= 12, "Månaden är ett tal från 1 till 12."),
    (
        "members", lambda one: all(0 <= h.weekday <= 6 and h.from_ < h.to for h in one.hours),
        "Arbetstidens veckodag är 0 till 6 (måndag 0) och tiden slutar efter att den börjar.",
    ),
)  # fmt: skip


def _series(place: str, series: Series) -> Iterator[Problem]:
    try:
        check_rule(series.rrule)
    except Refused as error:
        yield _fault(f"{place}.rrule", wording(error))
    if series.end <= series.start:
        yield _fault(f"{place}.end", "Mötet slutar före det börjar.")
    if series.until is not None and series.until < series.first:
        yield _fault(f"{place}.until", "Serien slutar före den börjar.")
    if series.continues == series.key:
        yield _fault(f"{place}.continues", "En serie fortsätter en annan, inte sig själv.")
    if len(set(series.exdates)) != len(series.exdates) or len({one.was for one in series.moved}) != len(series.moved):
        yield _fault(place, "Samma dag står två gånger.")
    if any(one.to < one.from_ for one in series.pauses):
        yield _fault(f"{place}.pauses", "Pausen slutar före den börjar.")
    if any(one.start and one.end and one.end <= one.start for one in series.moved):
        yield _fault(f"{place}.moved", "Mötet slutar före det börjar.")
    yield from _times(place, series.start, series.end, *(t for one in series.moved for t in (one.start, one.end)))


def _absence(place: str, absence: Absence) -> Iterator[Problem]:
    if absence.ends <= absence.begins:
        yield _fault(f"{place}.to", "Frånvaron slutar före den börjar.")
    for moment in (absence.from_, absence.to):
        if isinstance(moment, dt.datetime):
            yield from _times(place, moment)


def _times(place: str, *moments: dt.time | dt.datetime | None) -> Iterator[Problem]:
    if any(moment and (moment.second or moment.microsecond or moment.tzinfo) for moment in moments):
        yield _fault(place, "Tider skrivs TT:MM utan sekunder och zon.")


def _fault(place: str, reason: str) -> Problem:
    return Problem(line=0, column=place, reason=reason)
