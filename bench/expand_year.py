"""`expand_year`: a year of 600 series against the same days by plain date arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.domain.catalogue import Interval
from app.domain.series import Occurrence, Series, expand, rule_of
from bench.measure import Row, compare, timed

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
BEGUN = dt.date(2019, 1, 7)
"""A Monday years before: what a rule costs must not grow with its age."""
RHYTHMS = (
    Interval(frequency="weekly"), Interval(frequency="weekly", every=2), Interval(frequency="monthly"),
    Interval(frequency="monthly", every=6),
)  # fmt: skip
COUNT = 600
DAY = dt.timedelta(days=1)


def rows() -> Iterator[Row]:
    """The row; both give the same days."""
    series = [_series(number) for number in range(COUNT)]
    begun = [(RHYTHMS[number % len(RHYTHMS)], one) for number, one in enumerate(series)]
    if [_expanded(one) for one in series] != [_plain(*one) for one in begun]:
        raise RuntimeError("the floor gives other days")
    yield compare(
        "expand_year", subject=timed(lambda: [_expanded(one) for one in series]),
        floor=timed(lambda: [_plain(*one) for one in begun]), goal=4, against="plain date arithmetic",
    )  # fmt: skip


def _series(number: int) -> Series:
    first = BEGUN + DAY * (number % 21)  # no fifth weekday: months lack it
    rule = rule_of(RHYTHMS[number % len(RHYTHMS)], on=first)
    return Series(
        key=f"s-{number}", unit="u", forum="teammote", rrule=rule, first=first, start=dt.time(13), end=dt.time(13, 30)
    )  # fmt: skip


def _expanded(series: Series) -> list[Occurrence]:
    return expand(series, first=FIRST, last=LAST, free={}, red_days=True)


def _plain(interval: Interval, series: Series) -> list[Occurrence]:
    return [
        Occurrence(series=series.key, was=day, date=day, start=series.start, end=series.end)
        for day in _days(interval, series.first)
    ]


def _days(interval: Interval, begun: dt.date) -> list[dt.date]:
    if interval.frequency == "weekly":
        step = 7 * interval.every
        day = begun + DAY * (-(-(FIRST - begun).days // step) * step)
        found = []
        while day <= LAST:
            found.append(day)
            day += DAY * step
        return found
    number, weekday = (begun.day - 1) // 7, begun.weekday()
    found = []
    for month in range(1, 13):
        if ((FIRST.year - begun.year) * 12 + month - begun.month) % interval.every:
            continue
        first = dt.date(FIRST.year, month, 1)
        found.append(first + DAY * ((weekday - first.weekday()) % 7 + 7 * number))
    return found
