"""One realistic call of each service that planning has: the series of the furnished unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from app.domain.series import Series
from app.services import planning_records, series, series_booking
from app.services.desk import Desk
from app.services.series_meetings import SeriesChange
from tests.support import TODAY, past_the_desk

TEAM_SERIES = Series(
    key="serien", unit="solgarden", ward="norr", forum="teammote", rrule="FREQ=WEEKLY;BYDAY=TU",
    first=dt.date(2026, 1, 6), start=dt.time(13), end=dt.time(13, 30), place="Norr",
)  # fmt: skip
_LATER = TODAY + dt.timedelta(days=30)


def _version(desk: Desk) -> int:
    with past_the_desk(desk) as work:
        found = planning_records.load(work.session, planning_records.SERIES).get("serien")
    return found[1] if found else 1  # another call may have taken it away before


def _change(desk: Desk) -> object:
    changed = replace(TEAM_SERIES, start=dt.time(14), end=dt.time(14, 30))
    return series.change_series(desk, series=changed, from_=_LATER, expected_version=_version(desk))


def _pause(desk: Desk) -> object:
    return series.pause_series(
        desk, key="serien", first=_LATER, last=_LATER, reason="Sommar", expected_version=_version(desk)
    )


def _move_day(desk: Desk) -> object:
    return series.move_day(
        desk, key="serien", day=_LATER, date=_LATER, start=dt.time(9), end=dt.time(10), expected_version=_version(desk)
    )


PLANNING_CALLS: dict[str, Callable[[Desk], object]] = {
    "list_series": series.list_series,
    "get_series": lambda d: series.get_series(d, key="serien"),
    "series_days": lambda d: series.series_days(d, key="serien", first=TODAY, last=_LATER),
    "add_series": lambda d: series.add_series(d, series=replace(TEAM_SERIES, key="")),
    "change_series": _change,
    "remove_series": lambda d: series.remove_series(d, key="serien", expected_version=_version(d)),
    "pause_series": _pause,
    "hold_day": lambda d: series.hold_day(d, key="serien", day=_LATER, expected_version=_version(d)),
    "move_day": _move_day,
    "book_series": lambda d: series_booking.book_series(d, key="serien", until=_LATER),
    "take_back_series": lambda d: series.take_back_series(d, change=SeriesChange(series=((TEAM_SERIES, TEAM_SERIES),))),
}
"""What a person does with each function."""
