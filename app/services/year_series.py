"""The series that a year plan's patterns are: the same weekday and hour all year becomes a rule of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app import models as m
from app.domain.keys import free_key, key_from
from app.domain.repeat import WORKING_DAYS, Pace, Repeat, rule_from
from app.domain.series import Series
from app.domain.year_plan.values import Pattern, Plan
from app.services.desk import Desk
from app.services.proposals import meeting_end, meeting_place
from app.services.rows import all_keys
from app.services.year_demands import Asked


def with_new_series(desk: Desk, asked: Sequence[Asked], plan: Plan) -> tuple[list[Asked], tuple[Series, ...]]:
    """The demands with the series that their patterns make, and those series; one that has its own keeps it."""
    with desk.reading() as work:
        taken = all_keys(work.session, m.Series)
    days: dict[str, dt.date] = {}
    for placed in plan.placements:
        if placed.fixed is None:
            day = placed.was or placed.date
            days[placed.demand] = min(day, days.get(placed.demand, day))
    named: list[Asked] = []
    made: list[Series] = []
    for one in asked:
        pattern, first = plan.patterns.get(one.demand.key), days.get(one.demand.key)
        if one.series is not None or pattern is None or first is None:
            named.append(one)
            continue
        forum, ward = one.forums[0], one.demand.ward
        key = free_key(key_from("-".join(filter(None, (one.unit.key, forum.key, ward)))), taken)
        taken.add(key)
        series = Series(
            key=key, unit=one.unit.key, ward=ward, forum=forum.key, rrule=rule_from(_repeat(one, pattern)),
            first=first, start=pattern.start, end=meeting_end(pattern.start, forum.minutes),
            place=meeting_place(forum, one.unit, ward), link=one.link,
        )  # fmt: skip
        made.append(series)
        named.append(replace(one, series=series))
    return named, tuple(made)


def _repeat(asked: Asked, pattern: Pattern) -> Repeat:
    rhythm = asked.demand.rhythm
    if pattern.weekday is None:
        days = WORKING_DAYS if asked.demand.weekdays == WORKING_DAYS else ()
        return Repeat(pace=Pace.DAILY, every=rhythm.every, weekdays=days)
    return Repeat(
        pace=Pace(rhythm.frequency), every=rhythm.every, weekdays=(pattern.weekday,), number=pattern.number
    )  # fmt: skip
