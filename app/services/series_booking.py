"""Booking the days of a series: meetings with people, place and agenda, and the customers whose turn it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from app.domain.errors import NotFound, Refused
from app.domain.meeting_templates import begun_from
from app.domain.meetings import ItemKind, Meeting
from app.domain.roles import Right
from app.domain.series import Occurrence, Series
from app.domain.year_plan.values import Cost, Placement, Plan
from app.domain.year_wheel import is_theme
from app.services import clashes, series_meetings, series_moves
from app.services.desk import Desk, needs
from app.services.meeting_templates import list_meeting_templates
from app.services.proposals import draft_meeting
from app.services.series import get_series
from app.services.series_meetings import Gesture, SeriesChange
from app.services.team import member_names
from app.services.wheel_points import spread
from app.services.year_meetings import YearMeetings
from app.services.year_reading import read_problem

LONGEST_DAYS = 800


@needs(Right.WRITE_MEETINGS)
def book_series(desk: Desk, *, key: str, until: dt.date, template: str | None = None) -> SeriesChange:
    """Book every day of the series from today until a day (inclusive) that has no meeting yet; clashes are counted.

    With a `template` of the unit the meetings begin with its agenda. A day on which a meeting was cancelled is not
    booked again. Raises Refused("plan_period") for a day before today or
    more than two years away, NotFound, NotAllowed.
    """
    if not 0 <= (until - desk.today).days <= LONGEST_DAYS:
        raise Refused("plan_period", days=LONGEST_DAYS)
    series = get_series(desk, key=key).value
    with desk.reading() as work:
        there = {meeting.series_day for meeting, _ in series_meetings.booked_of(work, key, first=desk.today).values()}
        setting = series_moves.setting_of(work, series.unit)
    days = series_moves.occurrences(series, setting, first=desk.today, last=until)
    wanted = [one for one in days if one.was not in there and one.date >= desk.today]
    if not wanted:
        return SeriesChange()
    made = [replace(one, title=series.title) for one in _from_template(desk, _made(desk, series, wanted), template)]
    with desk.writing() as work:
        gesture = Gesture(desk, work)
        gesture.book(made)
        work.commit()
    found = clashes.clashes_in(desk, from_=desk.today, to=max(one.date for one in made), unit=series.unit)
    clashing = {one.first for one in found}.intersection(gesture.change.booked)
    return replace(gesture.change, clashing=len(clashing))


def _from_template(desk: Desk, made: list[Meeting], key: str | None) -> list[Meeting]:
    """The meetings with a template's agenda, in the series' own hours and place. Raises NotFound."""
    if key is None:
        return made
    found = next((one.value for one in list_meeting_templates(desk) if one.value.key == key), None)
    if found is None:
        raise NotFound("not_found", what="Mallen", key=key)
    names = member_names(desk)
    return [
        replace(begun_from(one, found, members=names), end=one.end, place=one.place, participants=one.participants)
        for one in made
    ]


def _made(desk: Desk, series: Series, days: Sequence[Occurrence]) -> list[Meeting]:
    """As the year plan makes them where the routine asks for the forum; else as single new meetings are."""
    first, last = days[0].was, max(one.date for one in days)
    asked, problem, known = read_problem(desk, (series.unit,), first=min(first, desk.today), last=last)
    mine = next((replace(one, booked=()) for one in asked if one.series and one.series.key == series.key), None)
    if mine is None:
        return _drafted(desk, series, days)
    placements = tuple(
        Placement(demand=mine.demand.key, date=one.date, start=one.start, end=one.end, was=one.was, reason=one.reason)
        for one in days
    )
    plan = Plan(patterns={}, placements=placements, conflicts=(), cost=Cost(), complete=True)
    made = [one.meeting for one in YearMeetings([mine], problem, plan, known).all()]
    if len(mine.forums) > 1:
        return made
    ends = {(one.date, one.start): one.end for one in days}  # the series' own length, which may not be the forum's
    return [replace(one, end=ends[one.date, one.start]) for one in made]


def _drafted(desk: Desk, series: Series, days: Sequence[Occurrence]) -> list[Meeting]:
    first = days[0]
    draft = draft_meeting(
        desk, unit=series.unit, forum=series.forum, ward=series.ward, date=first.date, start=first.start
    )
    draft = replace(draft, place=series.place or draft.place, link=series.link or draft.link, series=series.key)
    bare = tuple(item for item in draft.items if item.kind is not ItemKind.CUSTOMER and not is_theme(item))
    later = replace(draft, customers=(), items=bare)  # whose turn it is then is not known yet
    made = [
        replace(draft if one is first else later, date=one.date, start=one.start, end=one.end, series_day=one.was)
        for one in days
    ]
    with desk.reading() as work:
        return spread(work, made)
