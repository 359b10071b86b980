"""Clashes of the calendar: who, or which room, is to be in two places at once. Nothing typed about customers is read.

A meeting that the person may not see keeps people busy all the same: that is told without what it is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import and_

from app import models as m
from app.domain import clashes as rules
from app.domain.availability import is_digital
from app.domain.clashes import Booking, Clash
from app.domain.errors import NotAllowed, NotFound
from app.domain.meeting_rules import reaches
from app.domain.meetings import Meeting
from app.domain.roles import Right
from app.services.desk import Desk, needs
from app.services.diary import NOT_CANCELLED, names_of, read_diary


@needs(Right.READ_MEETINGS)
def clashes_in(desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None) -> tuple[Clash, ...]:
    """The clashes of a period (inclusive), told to each meeting that the person sees, of `unit` where one is named.

    A clash of two meetings that she sees is there twice, once from either side. One with a meeting that she may not
    see has no key for `second`: keys are made of unit and forum.
    """
    with desk.reading() as work:
        diary = read_diary(desk, work, and_(m.Meeting.date >= from_, m.Meeting.date <= to, NOT_CANCELLED))
    found = rules.all_clashes(diary.bookings.values(), diary.travel, names=diary.names)
    told = []
    for clash in found:
        told += [clash, rules.turned(clash, diary.bookings, diary.travel, names=diary.names)]
    return tuple(
        diary.shown(one) for one in told if one.first in diary.seen and unit in (None, diary.bookings[one.first].unit)
    )


@needs(Right.READ_MEETINGS)
def clashes_with(desk: Desk, *, meeting: Meeting) -> tuple[Clash, ...]:
    """What keeps the people and the room of a meeting elsewhere, whether it is kept already or only thought of.

    Raises NotAllowed("not_your_unit") for a meeting of a unit that the person's account does not reach.
    """
    if not reaches(meeting, desk.actor):
        raise NotAllowed("not_your_unit")
    with desk.reading() as work:
        diary = read_diary(desk, work, and_(m.Meeting.date == meeting.date, NOT_CANCELLED))
        who = rules.who_comes(meeting)
        names = {**diary.names, **names_of(work, who)}
    one = Booking(
        key=meeting.key, start=dt.datetime.combine(meeting.date, meeting.start),
        end=dt.datetime.combine(meeting.date, meeting.end), who=who, unit=meeting.unit,
        room=diary.room(meeting.unit, meeting.place), digital=is_digital(meeting.place, meeting.link),
    )  # fmt: skip
    found = rules.clashes_of(one, diary.bookings.values(), diary.travel, names=names)
    return tuple(diary.shown(clash) for clash in found)


@needs(Right.READ_MEETINGS)
def clashes_if_moved(desk: Desk, *, key: str, date: dt.date, start: dt.time, end: dt.time) -> tuple[Clash, ...]:
    """What would keep people and room of a kept meeting elsewhere if it were held then. Nothing is changed.

    Raises NotFound, NotAllowed("not_your_unit").
    """
    with desk.reading() as work:
        own = read_diary(desk, work, m.Meeting.key == key)
        diary = read_diary(desk, work, and_(m.Meeting.date == date, NOT_CANCELLED))
    if key not in own.bookings:
        raise NotFound("not_found", what="Mötet", key=key)
    if key not in own.seen:
        raise NotAllowed("not_your_unit")
    moved = replace(own.bookings[key], start=dt.datetime.combine(date, start), end=dt.datetime.combine(date, end))
    names = {**diary.names, **own.names}
    found = rules.clashes_of(moved, diary.bookings.values(), diary.travel, names=names)
    return tuple(diary.shown(clash) for clash in found)
