"""What waits to be made ready: a person's own, and what is not ready before meetings that she leads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, select

from app import models as m
from app.domain.meeting_rules import reaches
from app.domain.meetings import MeetingStatus
from app.domain.people import person_name
from app.domain.preparations import IN_GOOD_TIME, Preparation, PreparationPaper, PreparationRow, Unprepared, blanked
from app.domain.roles import Right
from app.services import meeting_records, sight
from app.services import planning_records as records
from app.services.desk import Desk, needs
from app.services.meeting_lists import list_meetings
from app.services.meetings import may_at, myself, read
from app.services.preparation_rows import Rows, log_gesture, log_seen, of_meeting
from app.services.units import get_unit
from app.storage.unit_of_work import UnitOfWork

_AHEAD = dt.timedelta(days=21)
_PLACE = "today"
"""What the log names as the place where a customer was seen."""
_MOST = 5


@needs(Right.READ_MEETINGS)
def own_preparations(desk: Desk) -> tuple[PreparationRow, ...]:
    """What the person has to make ready before coming meetings, the nearest first; customers shown are logged."""
    with desk.writing() as work:
        rows = own_in(desk, work)
        work.commit()
    return rows


def own_in(desk: Desk, work: UnitOfWork) -> tuple[PreparationRow, ...]:
    """The same in another gesture's unit of work."""
    coming = and_(
        m.Meeting.status.in_((MeetingStatus.PLANNED.value, MeetingStatus.OPEN.value)),
        m.Meeting.date.between(desk.today, desk.today + _AHEAD),
    )
    waiting = and_(
        _hers(desk, work), m.Preparation.done_on.is_(None),
        m.Preparation.meeting_id.in_(select(m.Meeting.id).where(coming)),
    )  # fmt: skip
    found = list(records.load(work.session, records.PREPARATIONS, waiting).values())
    keys = {one.meeting for one, _ in found}
    if not keys:
        return ()
    meetings = {key: one for key, (one, _) in meeting_records.load(work.session, m.Meeting.key.in_(keys)).items()}
    made = Rows(desk, work)
    there = {key for key, one in meetings.items() if reaches(one, desk.actor)}
    rows = [made.row(one, meetings[one[0].meeting]) for one in found if one[0].meeting in there]
    shown = [row for row in rows if not row.hidden]
    log_seen(work, shown, {}, where=_PLACE)  # the same row as of all else that Idag shows of her
    return tuple(sorted(shown, key=lambda row: (row.date, row.start, row.preparation.position, row.key)))


def _hers(desk: Desk, work: UnitOfWork) -> Any:
    me = sight.myself_id(desk, work)
    if me is not None:
        return m.Preparation.responsible_id == me
    return and_(m.Preparation.responsible_id.is_(None), m.Preparation.responsible_name == desk.actor.full_name)


@needs(Right.READ_MEETINGS)
def unprepared(desk: Desk) -> tuple[Unprepared, ...]:
    """Meetings that the person leads, from the day before they are, with what others have not made ready.

    Without a member key of her own (an enhetschef outside the team) every meeting that she may write. Nothing of any
    customer is told.
    """
    member = desk.actor.member
    if member is None and not desk.may(Right.WRITE_MEETINGS):
        return ()
    near = list_meetings(desk, from_=desk.today, to=desk.today + IN_GOOD_TIME, status=MeetingStatus.PLANNED)
    keys = [row.key for row in near]
    with desk.reading() as work:
        there = select(m.Meeting.id).where(m.Meeting.key.in_(keys))
        if member is not None:
            there = there.where(m.Meeting.chair_id == (sight.myself_id(desk, work) or 0))
        found = records.load(work.session, records.PREPARATIONS, m.Preparation.meeting_id.in_(there))
        names = {row.key: row.name for row in work.session.execute(select(m.Member.key, m.Member.name))}
    lists: dict[str, list[Preparation]] = defaultdict(list)
    for one, _ in found.values():
        lists[one.meeting].append(one)
    told = []
    for row in near:
        left = [one for one in lists.get(row.key, ()) if not one.done]
        others = dict.fromkeys(person_name(one.responsible, names) for one in left if one.responsible != myself(desk))
        if others:
            told.append(Unprepared(
                meeting=row.key, heading=row.heading, date=row.date, start=row.start, left=len(left),
                total=len(lists[row.key]), names=tuple(name for name in others if name),
            ))  # fmt: skip
    return tuple(told[:_MOST])


@needs(Right.READ_MEETINGS)
def preparation_paper(desk: Desk, *, meeting: str) -> PreparationPaper:
    """A meeting's list as it is printed: what is about a customer only for who prints that, logged."""
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        made = Rows(desk, work)
        prints = Right.PRINT in may_at(desk, meeting=found)
        kept = of_meeting(work, meeting)
        rows = [made.row(one, found) for one in kept]
        if not prints:
            rows = [_without(row) for row in rows]
        about = [row.preparation.customer for row in rows]
        if any(about):
            log_gesture(work, found, "print", *about)
        work.commit()
        heading, plain = made.heading(found), made.forum_and_ward(found)
    unit = get_unit(desk, key=found.unit).value
    return PreparationPaper(
        heading=heading, forum_and_ward=plain, unit_name=unit.name,
        setting_label=unit.setting.label, date=found.date, start=found.start,
        end=found.end, place=found.place, rows=tuple(rows), has_customer_data=any(about), prepared_on=desk.today,
    )  # fmt: skip


def _without(row: PreparationRow) -> PreparationRow:
    if row.preparation.customer is None:
        return row
    return replace(row, preparation=blanked(row.preparation), customer_label="", hidden=True)
