"""What the list of turns is made from: when customers were taken up, what is booked, and whose turn comes next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app import models as m
from app.domain.catalogue import Forum, Setting
from app.domain.customers import Customer
from app.domain.meetings import MeetingStatus
from app.domain.turn_list import Coming, TurnRow, marks_of
from app.domain.turns import Round, Turn, follow_up_forum, latest_day, next_up, round_of
from app.domain.units import Unit
from app.services import planning_records
from app.services.desk import Desk
from app.services.proposals import AT_HOME, customers_there, own_forum
from app.services.year_demands import PER_WARD
from app.storage.unit_of_work import UnitOfWork

_FAR = dt.date.max


@dataclass(frozen=True, slots=True)
class Held:
    """The latest meeting a customer was taken up at."""

    meeting: str
    date: dt.date
    forum: str
    ward: str | None


def review_forum(desk: Desk, unit: Unit) -> Forum | None:
    """The unit's own copy of the forum that follows its customers up."""
    if unit.setting is Setting.LEDNING:
        return None
    found = follow_up_forum(desk.catalogue.forums(unit.setting))
    return own_forum(desk, unit=unit, forum=found.key) if found else None


def been_held(today: dt.date) -> ColumnElement[bool]:
    """The condition on m.Meeting that it was held, or should have been: whatever is not cancelled and lies behind."""
    begun = (MeetingStatus.OPEN, MeetingStatus.DRAFT, MeetingStatus.APPROVED)
    behind = and_(m.Meeting.status == MeetingStatus.PLANNED.value, m.Meeting.date < today)
    return or_(m.Meeting.status.in_([one.value for one in begun]), behind)


def held_of(work: UnitOfWork, today: dt.date, condition: Any) -> dict[str, Held]:
    """The latest meeting each customer (condition on m.Customer) was due at that was held, by customer."""
    query = (
        select(m.Customer.key, m.Meeting.key.label("meeting"), m.Meeting.date, m.Meeting.forum, m.Ward.name)
        .join(m.MeetingCustomer, m.MeetingCustomer.customer_id == m.Customer.id)
        .join(m.Meeting, m.Meeting.id == m.MeetingCustomer.meeting_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(condition, m.MeetingCustomer.for_next.is_(False), been_held(today), m.Meeting.date <= today)
        .order_by(m.Meeting.date, m.Meeting.start)
    )
    return {row[0]: Held(*row[1:]) for row in work.session.execute(query)}


def coming_of(work: UnitOfWork, today: dt.date, condition: Any) -> dict[tuple[str, str, str | None], list[Coming]]:
    """The planned meetings from today on by unit, forum and ward, in order of time; `due` is not told yet."""
    query = (
        select(m.Unit.key, m.Meeting.forum, m.Ward.key, m.Meeting.key, m.Meeting.date)
        .select_from(m.Meeting)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(condition, m.Meeting.status == MeetingStatus.PLANNED.value, m.Meeting.date >= today)
        .order_by(m.Meeting.date, m.Meeting.start)
    )
    found: dict[tuple[str, str, str | None], list[Coming]] = defaultdict(list)
    for unit, forum, ward, key, date in work.session.execute(query):
        found[(unit, forum, ward)].append(Coming(key=key, date=date, due=False))
    return found


def due_of(work: UnitOfWork, meetings: Sequence[str]) -> dict[str, set[str]]:
    """The customers due at each of the meetings."""
    query = (
        select(m.Meeting.key, m.Customer.key)
        .join(m.MeetingCustomer, m.MeetingCustomer.meeting_id == m.Meeting.id)
        .join(m.Customer, m.Customer.id == m.MeetingCustomer.customer_id)
        .where(m.Meeting.key.in_(meetings), m.MeetingCustomer.for_next.is_(False))
    )
    found: dict[str, set[str]] = defaultdict(set)
    for meeting, customer in work.session.execute(query):
        found[meeting].add(customer)
    return found


def rows_of(desk: Desk, work: UnitOfWork, unit: Unit, forum: Forum) -> tuple[Round | None, tuple[TurnRow, ...]]:
    """Every customer of the unit in the order of their turns; nothing is logged, nobody sorted out."""
    today = desk.today
    there = customers_there(work, unit, ward=None, day=today)
    of = round_of(forum, len(there))
    if of is None:
        return None, ()
    here = m.Customer.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit.key))
    held = held_of(work, today, here)
    turns = planning_records.load(work.session, planning_records.ROTATION, m.Turn.customer_id.in_(
        select(m.Customer.id).where(here)
    ))  # fmt: skip
    ours = m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit.key))
    booked = coming_of(work, today, and_(ours, m.Meeting.forum == forum.key))
    due = due_of(work, [one.key for some in booked.values() for one in some])
    rows: list[tuple[tuple[object, ...], TurnRow]] = []
    for ward in _parts(unit, forum, there):
        group = {key: one for key, one in there.items() if ward in ("", one.ward)}
        own = round_of(forum, len(group)) or of
        coming = {key: _coming(unit, forum, one, booked, due) for key, one in group.items()}
        last = {key: held[key].date for key in group if key in held}
        known = {key: turns[key][0] for key in group if key in turns}
        order = _order(group, own, last=last, turns=known, coming=coming, today=today)
        for key, one in group.items():
            row = _row(desk, forum, one, number=len(rows), of=own, held=held.get(key), turn=turns.get(key),
                       coming=coming[key], in_turn=order.get(key) == 1)  # fmt: skip
            rows.append((_rank(row, own, order), row))
    return of, tuple(row for _, row in sorted(rows, key=lambda one: one[0]))


def _parts(unit: Unit, forum: Forum, there: Mapping[str, Customer]) -> list[str | None]:
    """The wards that have a round of their own; "" for the whole unit, None for those who live on no ward."""
    if forum.key not in PER_WARD or not unit.wards:
        return [""]
    return [*(ward.key for ward in unit.wards), *([None] if any(one.ward is None for one in there.values()) else [])]


def _coming(
    unit: Unit, forum: Forum, one: Customer, booked: Mapping[tuple[str, str, str | None], Sequence[Coming]],
    due: Mapping[str, set[str]],
) -> tuple[Coming, ...]:  # fmt: skip
    wards = {None, one.ward}
    found = sorted(
        (each for ward in wards for each in booked.get((unit.key, forum.key, ward), ())), key=lambda each: each.date
    )
    told = [Coming(key=each.key, date=each.date, due=one.key in due.get(each.key, ())) for each in found]
    at = next((n for n, each in enumerate(told) if each.due), 0)
    return tuple(each for n, each in enumerate(told) if n in (0, 1, at, at + 1))


def _order(
    group: Mapping[str, Customer], of: Round, *, last: Mapping[str, dt.date], turns: Mapping[str, Turn],
    coming: Mapping[str, Sequence[Coming]], today: dt.date,
) -> dict[str, int]:  # fmt: skip
    """At which meeting after those that are booked each comes up, from 1, if nothing changes."""
    home = {key: n for n, (key, one) in enumerate(group.items()) if one.status_on(today) in AT_HOME}
    taken = dict(last) | {key: one.date for key in group for one in coming[key] if one.due}
    step = dt.timedelta(days=max(of.step_days, 1))
    booked = max((one.date for key in group for one in coming[key]), default=None)
    on = booked + step if booked else today
    found: dict[str, int] = {}
    for number in range(1, 2 * len(home) + 2):
        up = next_up(home, last=taken, turns=turns, of=of, on=on)
        for key in up:
            found.setdefault(key, number)
        taken |= dict.fromkeys(up, on)
        on += step
        if len(found) == len(home):
            break
    return found


def _row(
    desk: Desk, forum: Forum, one: Customer, *, number: int, of: Round, held: Held | None,
    turn: tuple[Turn, int] | None, coming: tuple[Coming, ...], in_turn: bool,
) -> TurnRow:  # fmt: skip
    decided, version = turn or (Turn(customer=one.key), 0)
    last = held.date if held else None
    following = next((each.date for each in coming if each.due), None)
    where = ""
    if held is not None:
        name = forum.name if held.forum == forum.key else held.forum
        where = f"{name} {held.ward}" if held.ward else name
    status = one.status_on(desk.today)
    return TurnRow(
        customer=one.key, label=one.label, unit=one.unit, ward=one.ward, status=status, turn=decided, version=version,
        place=number, last=last, last_meeting=held.meeting if held else None, last_where=where,
        latest=latest_day(decided, last, of), coming=coming,
        marks=marks_of(decided, last=last, booked=following, status=status, of=of, in_turn=in_turn, today=desk.today),
    )  # fmt: skip


def _rank(row: TurnRow, of: Round, order: Mapping[str, int]) -> tuple[object, ...]:
    """By need as the team has it; else those booked by day, then whoever comes up first."""
    if of.by_need:
        return row.turn.priority or 10**6, row.place
    following = row.next
    return (following.date, 0, row.place) if following else (_FAR, order.get(row.customer, 10**6), row.place)
