"""A week for the noticeboard: forums, wards, times and places of the units the person sees, no customers.

Customers are read only to keep their names out of the places: none is shown, so the log has no row of any.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from app import models as m
from app.domain.catalogue import Setting
from app.domain.customer_words import CustomerWords
from app.domain.errors import Refused
from app.domain.holidays import named_days
from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.roles import Right
from app.domain.week import WeekDay, WeekMeeting, WeekPaper
from app.services.calls import customer_words
from app.services.covers import covers_in_words
from app.services.desk import Desk, needs
from app.services.meeting_lists import list_meetings
from app.services.records import fetch, is_wanted


@needs(Right.READ_MEETINGS)
def week_papers(desk: Desk, *, day: dt.date, unit: str | None = None) -> tuple[WeekPaper, ...]:
    """The week of `day`, one paper for each unit that has a meeting in it, by name. Raises Refused("period_empty")."""
    monday = day - dt.timedelta(days=day.weekday())
    sunday = monday + dt.timedelta(days=6)
    free = named_days(monday, sunday)
    found: dict[tuple[str, str, str], list[MeetingRow]] = {}
    for row in list_meetings(desk, unit=unit, from_=monday, to=sunday):
        found.setdefault((row.unit_name, row.unit, row.setting), []).append(row)
    if not found:
        raise Refused("period_empty")
    covers = _covers(desk, [row for rows in found.values() for row in rows])
    with desk.reading() as work:
        known = customer_words(work)
    days = [monday + dt.timedelta(days=number) for number in range(7)]
    return tuple(
        WeekPaper(
            unit=key, unit_name=name, setting_label=Setting(setting).label, prepared_on=desk.today,
            days=tuple(
                WeekDay(
                    date=one, holiday=free.get(one),
                    meetings=tuple(_shown(row, covers, known) for row in rows if row.date == one),
                )
                for one in days
            ),
        )
        for (name, key, setting), rows in sorted(found.items())
    )  # fmt: skip


def _covers(desk: Desk, rows: list[MeetingRow]) -> dict[str, str]:
    """Who covers meanwhile, at the last meeting of each occasion."""
    query = select(m.Meeting.key, m.Meeting.occasion).where(is_wanted(m.Meeting.key), m.Meeting.occasion.is_not(None))
    held = [row for row in rows if row.status is not MeetingStatus.CANCELLED]
    with desk.reading() as work:
        occasions = dict(fetch(work.session, query, wanted=[row.key for row in held]))
        last = {occasions[row.key]: row.key for row in held if row.key in occasions}
        if not last:
            return {}
        wards = {row.key: row.name for row in work.session.execute(select(m.Ward.key, m.Ward.name))}
        names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
        said = covers_in_words(work, last, wards=wards, names=names)
    return {last[occasion]: words for occasion, words in said.items()}


def _shown(row: MeetingRow, covers: Mapping[str, str], known: CustomerWords) -> WeekMeeting:
    return WeekMeeting(
        start=row.start, end=row.end, forum=row.forum_name, ward=row.ward_name, place=known.cleared(row.place),
        cancelled=row.status is MeetingStatus.CANCELLED, covers=covers.get(row.key, ""),
    )  # fmt: skip
