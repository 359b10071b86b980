"""Clashes of the calendar: who, or which room, is to be in two places at once, and who is away or does not work then.
Nothing typed about customers is read.

A meeting that the person may not see keeps people busy all the same: that is told without what it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import and_

from app import models as m
from app.domain import clashes as rules
from app.domain.availability import is_digital
from app.domain.clashes import Booking, Clash
from app.domain.errors import NotAllowed, NotFound
from app.domain.meeting_rules import reaches
from app.domain.meetings import Meeting
from app.domain.presence import not_there
from app.domain.roles import Right
from app.services import meeting_records
from app.services.desk import Desk, needs
from app.services.diary import NOT_CANCELLED, names_of, read_diary
from app.services.occasion_moves import followers
from app.services.presence import read_presence
from app.storage.unit_of_work import UnitOfWork


@needs(Right.READ_MEETINGS)
def clashes_in(desk: Desk, *, from_: dt.date, to: dt.date, unit: str | None = None) -> tuple[Clash, ...]:
    """The clashes of a period (inclusive), told to each meeting that the person sees, of `unit` where one is named.

    A clash of two meetings that she sees is there twice, once from either side. One with a meeting that she may not
    see has no key for `second`: keys are made of unit and forum. Neither has somebody's absence, which is told of
    meetings from today on.
    """
    with desk.reading() as work:
        diary = read_diary(desk, work, and_(m.Meeting.date >= from_, m.Meeting.date <= to, NOT_CANCELLED))
        coming = [
            one for key, one in diary.bookings.items()
            if key in diary.seen and unit in (None, one.unit) and one.start.date() >= desk.today
        ]  # fmt: skip
        absent = _not_there(desk, work, coming, diary.names)
    found = rules.all_clashes(diary.bookings.values(), diary.travel, names=diary.names)
    told = []
    for clash in found:
        told += [clash, rules.turned(clash, diary.bookings, diary.travel, names=diary.names)]
    shown = [
        diary.shown(one) for one in told if one.first in diary.seen and unit in (None, diary.bookings[one.first].unit)
    ]
    return (*shown, *absent)


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
        absent = _not_there(desk, work, [one], names)
    found = rules.clashes_of(one, diary.bookings.values(), diary.travel, names=names)
    return (*(diary.shown(clash) for clash in found), *absent)


@needs(Right.READ_MEETINGS)
def clashes_if_moved(desk: Desk, *, key: str, date: dt.date, start: dt.time, end: dt.time) -> tuple[Clash, ...]:
    """What would keep people and room of a kept meeting elsewhere if it were held then, its occasion with it.

    Nothing is changed.

    Raises NotFound, NotAllowed("not_your_unit").
    """
    with desk.reading() as work:
        found = meeting_records.load(work.session, m.Meeting.key == key).get(key)
        if found is None:
            raise NotFound("not_found", what="Mötet", key=key)
        old, _ = found
        new = replace(old, date=date, start=start, end=end)
        held = {key: new, **{one.key: there for one, _, there in followers(work, old=old, new=new)}}
        own = read_diary(desk, work, m.Meeting.key.in_(held))
        if key not in own.seen:
            raise NotAllowed("not_your_unit")
        diary = read_diary(desk, work, and_(m.Meeting.date == date, NOT_CANCELLED, ~m.Meeting.key.in_(held)))
        names = {**diary.names, **own.names}
        moved = [
            replace(own.bookings[one.key], start=dt.datetime.combine(one.date, one.start),
                    end=dt.datetime.combine(one.date, one.end))
            for one in held.values() if one.key in own.bookings
        ]  # fmt: skip
        absent = _not_there(desk, work, moved, names)
    found_there = [
        clash for one in moved for clash in rules.clashes_of(one, diary.bookings.values(), diary.travel, names=names)
    ]
    return (*(diary.shown(clash) for clash in found_there), *absent)


def _not_there(
    desk: Desk, work: UnitOfWork, bookings: Sequence[Booking], names: Mapping[str, str]
) -> tuple[Clash, ...]:  # fmt: skip
    """Who of those that are to be at the meetings is away, or does not work then."""
    if not bookings:
        return ()
    days = [one.start.date() for one in bookings]
    who = {member for one in bookings for member in one.who}
    presence = read_presence(desk, work, who, first=min(days), last=max(days))
    return tuple(clash for one in bookings for clash in not_there(one, presence, names=names))
