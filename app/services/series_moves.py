"""A meeting that is not where its series has it: kept with the series as a move, wherever it was moved from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.holidays import named_days
from app.domain.meetings import Meeting
from app.domain.series import Move, Occurrence, Series, expand, is_daily
from app.domain.series_change import with_move
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services.desk import Desk
from app.storage.unit_of_work import UnitOfWork


def occurrences(series: Series, setting: Setting, *, first: dt.date, last: dt.date) -> list[Occurrence]:
    """The series' meetings as the calendar has them: red days held only where the unit never closes."""
    return expand(
        series, first=first, last=last, free=named_days(first, last),
        red_days=is_daily(series.rrule) and setting.round_the_clock,
    )  # fmt: skip


def setting_of(work: UnitOfWork, unit: str) -> Setting:
    """The setting of a unit."""
    return Setting(work.session.scalar(select(m.Unit.setting).where(m.Unit.key == unit)) or Setting.LEDNING)


def with_moves_of(work: UnitOfWork, series: Series, meetings: Iterable[Meeting]) -> Series:
    """The series with a move for each of its meetings that is elsewhere than the rule says, and none for the others.

    A move tells only of a day: where the rule has several meetings a day none is noted, or it would take them all.
    """
    setting = setting_of(work, series.unit)
    for meeting in meetings:
        day = meeting.series_day
        if day is None:
            continue
        series = replace(series, moved=tuple(one for one in series.moved if one.was != day))
        usual = occurrences(series, setting, first=day, last=day)
        if len(usual) > 1:
            continue
        if not any((one.date, one.start, one.end) == (meeting.date, meeting.start, meeting.end) for one in usual):
            series = with_move(series, Move(was=day, date=meeting.date, start=meeting.start, end=meeting.end))
    return series


def note_move(desk: Desk, work: UnitOfWork, meeting: Meeting) -> None:
    """Keep with its series where a meeting is now, in the caller's unit of work; a lone meeting has none."""
    if meeting.series is None or meeting.series_day is None:
        return
    found = records.load(work.session, records.SERIES, m.Series.key == meeting.series).get(meeting.series)
    if found is not None:
        series, version = found
        noted = with_moves_of(work, series, [meeting])
        keeping.keep(desk, work, records.SERIES, noted, expected_version=version)
