"""The month's themes on their way to agendas: each once a month, on the first meeting of the forum and ward."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, select

from app import models as m
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.year_wheel import SOURCE, Themes, WheelMonth, is_theme, synced, with_themes
from app.services import meeting_records, planning_records
from app.services.following import new_key
from app.services.meetings import keep_change
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

Place = tuple[str, str, str | None, int, int]
"""Unit, forum, ward, year and month."""


def place_of(unit: str, forum: str, ward: str | None, day: dt.date) -> Place:
    """Where a theme is taken up once."""
    return unit, forum, ward, day.year, day.month


def themes_of(work: UnitOfWork, units: Sequence[str]) -> dict[tuple[str, str, int], tuple[str, ...]]:
    """What the units have kept, by unit, forum and month."""
    ours = m.WheelMonth.unit_id.in_(select(m.Unit.id).where(m.Unit.key.in_(units)))
    found: list[WheelMonth] = [
        one for one, _ in planning_records.load(work.session, planning_records.YEAR_WHEEL, ours).values()
    ]
    return {(one.unit, one.forum, one.month): one.themes for one in found}


def given(work: UnitOfWork, condition: Any) -> dict[Place, set[str]]:
    """The themes that meetings (condition on m.Meeting) have on their agendas already."""
    query = (
        select(m.Unit.key, m.Meeting.forum, m.Ward.key, m.Meeting.date, m.Item.heading)
        .select_from(m.Item)
        .join(m.Meeting, m.Meeting.id == m.Item.meeting_id)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(condition, m.Meeting.status != MeetingStatus.CANCELLED.value, m.Item.text.startswith(SOURCE))
    )
    found: dict[Place, set[str]] = defaultdict(set)
    for unit, forum, ward, date, heading in work.session.execute(query):
        found[place_of(unit, forum, ward, date)].add(heading)
    return found


def fresh_themes(work: UnitOfWork, *, unit: str, forum: str, ward: str | None, day: dt.date) -> tuple[str, ...]:
    """The month's themes that no meeting of the forum and ward has taken up or is to take up that month."""
    themes = themes_of(work, [unit]).get((unit, forum, day.month), ())
    if not themes:
        return ()
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    ours = m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit))
    month = and_(ours, m.Meeting.forum == forum, m.Meeting.date.between(day.replace(day=1), last))
    there = given(work, month).get(place_of(unit, forum, ward, day), set())
    return tuple(one for one in themes if one not in there)


def spread(work: UnitOfWork, made: Sequence[Meeting]) -> list[Meeting]:
    """Drafted meetings, each month's themes on the first of them, where none that is booked has them already."""
    taken: dict[Place, set[str]] = defaultdict(set)
    found = []
    for one in made:
        themes = fresh_themes(work, unit=one.unit, forum=one.forum, ward=one.ward, day=one.date)
        there = taken[place_of(one.unit, one.forum, one.ward, one.date)]
        there.update(item.heading for item in one.items if is_theme(item))
        items = with_themes(one.items, [theme for theme in themes if theme not in there], month=one.date.month)
        there.update(themes)
        found.append(replace(one, items=items))
    return found


def publish(work: UnitOfWork, *, unit: str, forum: str, months: Themes, today: dt.date) -> int:
    """Bring the agendas of what is planned and not announced up to the wheel; how many meetings changed.

    What is announced, under way or held keeps the agenda it was called with.
    """
    ours = m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit))
    coming = and_(ours, m.Meeting.forum == forum, m.Meeting.date >= today.replace(day=1))
    directory = Directory(work.session)
    held = m.Meeting.status != MeetingStatus.CANCELLED.value
    found = meeting_records.load(work.session, and_(coming, held), directory=directory)
    taken: Mapping[Place, set[str]] = defaultdict(set)
    open_ones = []
    for old, version in sorted(found.values(), key=lambda one: (one[0].date, one[0].start)):
        if old.status is MeetingStatus.PLANNED and old.announced_on is None and old.date >= today:
            open_ones.append((old, version))
        else:
            of = place_of(unit, forum, old.ward, old.date)
            taken[of].update(one.heading for one in old.items if is_theme(one))
    changed = 0
    for old, version in open_ones:
        there = taken[place_of(unit, forum, old.ward, old.date)]
        mine = tuple(one for one in months[old.date.month - 1] if one not in there)
        there.update(mine)
        items = tuple(
            one if one.key else replace(one, key=new_key(near=old.key))
            for one in synced(old.items, mine, month=old.date.month)
        )
        if items != old.items:
            keep_change(work, directory, old, replace(old, items=items), version)
            work.record(Event(action="save_meeting", object=f"meeting:{old.key}", unit=unit))
            changed += 1
    return changed
