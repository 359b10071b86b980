"""`month_view`: a month of 840 meetings as values; `month_view_growth`: the same with twenty years and with two."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.meetings import MeetingRow
from app.services.desk import Desk
from app.services.meeting_lists import list_meetings
from app.storage.engine import raw_connection
from bench import generator, given, surroundings
from bench.history import PER_MONTH
from bench.measure import Row, compare, timed

_TIMES = 10
_FIRST = given.TODAY.replace(day=1)
_LAST = _FIRST.replace(day=calendar.monthrange(_FIRST.year, _FIRST.month)[1])
_RAW = """
    SELECT m."key", u."key", u.name, u.setting, m.forum, m.title, w."key", w.name,
           m.date, m.start, m."end", m.place, m.status, m.version
    FROM meetings m JOIN units u ON u.id = m.unit_id LEFT JOIN wards w ON w.id = m.ward_id
    WHERE m.date >= ? AND m.date <= ? ORDER BY m.date, m.start, m."key"
"""


def rows() -> Iterator[Row]:
    """Both rows, on warm desks."""
    many, few = generator.database(years=generator.YEARS), generator.database(years=generator.FEW_YEARS)
    raw = raw_connection(many.path, many.key)
    old, young = surroundings.log_in(many.path), surroundings.log_in(few.path)
    try:
        _require_same(_month(old), _raw_month(raw))
        yield compare(
            "month_view",
            subject=timed(lambda: _month(old), times=_TIMES),
            floor=timed(lambda: _raw_month(raw), times=_TIMES),
            goal=2.0,
            against="raw driver, same rows, same encryption",
        )
        yield compare(
            "month_view_growth",
            subject=timed(lambda: _month(old), times=_TIMES),
            floor=timed(lambda: _month(young), times=_TIMES),
            goal=1.3,
            against=f"the same with {generator.FEW_YEARS} years",
            note=f"{many.meetings} meetings against {few.meetings}",
        )
    finally:
        raw.close()
        old.close()
        young.close()


def _month(desk: Desk) -> tuple[MeetingRow, ...]:
    return list_meetings(desk, from_=_FIRST, to=_LAST)


def _raw_month(raw: Any) -> list[tuple[Any, ...]]:
    raw.execute("BEGIN")
    found: list[tuple[Any, ...]] = raw.execute(_RAW, (_FIRST.isoformat(), _LAST.isoformat())).fetchall()
    raw.execute("ROLLBACK")
    return found


def _require_same(own: Sequence[MeetingRow], raw: Sequence[tuple[Any, ...]]) -> None:
    made = [
        (
            one.key, one.unit, one.unit_name, one.setting, one.forum, one.title, one.ward, one.ward_name,
            one.date.isoformat(), _time(one.start), _time(one.end), one.place, one.status.value, one.version,
        )
        for one in own
    ]  # fmt: skip
    if len(own) != PER_MONTH or made != list(raw):
        raise RuntimeError("the service and the raw driver give different meetings")


def _time(time: dt.time) -> str:
    return time.isoformat(timespec="microseconds")
