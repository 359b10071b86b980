"""Meetings not yet kept: pre-filled from the routine, the team and the series' previous meeting."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import and_, func, select

from app import models as m
from app.domain.agenda import with_added, with_first
from app.domain.apartments import along
from app.domain.carrying import agreed_customers, carried_items
from app.domain.catalogue import Catalogue, Forum, Length, Setting, apply_departure
from app.domain.customers import Customer, CustomerStatus
from app.domain.errors import NotFound
from app.domain.invitations import convenor, invited
from app.domain.meeting_rules import customers_named, reaches
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus
from app.domain.recurrence import next_date
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.turns import Turn, next_up, round_of
from app.domain.units import Unit
from app.domain.year_wheel import is_theme, with_themes
from app.services import meeting_records, planning_records, register_records, sight, team, units, unseen
from app.services.desk import Desk, needs
from app.services.following import open_items
from app.services.meetings import read
from app.services.rows import require_unit
from app.services.wheel_points import fresh_themes
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

_USUAL_START = {
    "pulsmote": dt.time(8, 15), "daglig-avstamning": dt.time(10, 0), "teammote": dt.time(13, 0),
    "reflektionsmote": dt.time(13, 0), "apt": dt.time(14, 0), "kvalitetsmote": dt.time(15, 0),
    "borad": dt.time(10, 0), "aktivitetsrad": dt.time(10, 0),
}  # fmt: skip
AT_HOME = (CustomerStatus.HOME, CustomerStatus.MOVING_IN)
_DEFAULT_LENGTH = Length(min=60, max=60, extendable=False, approximate=False, per_ward=False)


@needs(Right.WRITE_MEETINGS)
def propose_meeting(
    desk: Desk,
    *,
    unit: str,
    forum: str,
    ward: str | None = None,
    date: dt.date | None = None,
    start: dt.time | None = None,
) -> Meeting:
    """A meeting of the forum with time, place, convenor, participants, customers and items filled in; not kept."""
    found = draft_meeting(desk, unit=unit, forum=forum, ward=ward, date=date, start=start)
    log_read(desk, found)
    return unseen.without_details(desk, found)


def draft_meeting(
    desk: Desk, *, unit: str, forum: str, ward: str | None, date: dt.date | None, start: dt.time | None
) -> Meeting:
    """The proposed meeting inside another gesture, which logs whom it shows and takes away what it must not."""
    with desk.reading() as work:
        previous = _latest(work, unit=unit, forum=forum, ward=ward, before=None)
    return _proposed(desk, unit=unit, forum=forum, ward=ward, date=date, start=start, previous=previous)


def log_read(desk: Desk, *meetings: Meeting) -> None:
    """One audit row for each customer that the proposed meetings name, if the person is shown them."""
    named = frozenset[str]().union(*(customers_named(meeting) for meeting in meetings))
    if not named or not sight.sees_every_customer(desk):
        return
    with desk.writing() as work:
        for key in sorted(named):
            work.record(Event(action="read", object=f"customer:{key}", customer=key, unit=meetings[0].unit))
        work.commit()


def _proposed(
    desk: Desk,
    *,
    unit: str,
    forum: str,
    ward: str | None,
    date: dt.date | None,
    start: dt.time | None,
    previous: Meeting | None,
) -> Meeting:
    require_unit(desk, unit)  # a role at one meeting there is not enough to plan the unit's others
    place = units.get_unit(desk, key=unit).value
    own = own_forum(desk, unit=place, forum=forum)
    day = date or _proposed_day(desk, own, previous)
    begin = start or (previous.start if previous else _USUAL_START.get(forum, dt.time(13, 0)))
    due = _customers_due(desk, own, unit=place, ward=ward, previous=previous, day=day)
    members = tuple(one.value for one in team.list_members(desk, unit=unit))
    called = invited(own, members=members, professions=desk.professions, ward=ward, on=day, customers=due)
    leader = convenor(own, members=members, professions=desk.professions, ward=ward, on=day)
    standing = tuple(Item(key="", heading=heading, kind=ItemKind.STANDING) for heading in own.agenda)
    with desk.reading() as work:
        themes = fresh_themes(work, unit=unit, forum=forum, ward=ward, day=day)
    agenda = with_themes(standing, themes, month=day.month)
    return Meeting(
        key="", unit=unit, forum=forum, ward=ward, date=day, start=begin, end=meeting_end(begin, own.minutes),
        place=meeting_place(own, place, ward),
        link=previous.link if previous else None, status=MeetingStatus.PLANNED,
        chair=leader, participants=tuple(dict.fromkeys((leader, *called) if leader else called)),
        customers=tuple(customer.key for customer in due), series=previous.series if previous else None,
        items=_with_customers(agenda, due),
    )  # fmt: skip


@needs(Right.WRITE_MEETINGS)
def propose_next(desk: Desk, *, key: str) -> Meeting:
    """The series' next meeting after `key`: undealt points, what is open in the series, the customers agreed on."""
    found = next_meeting(desk, key=key)
    log_read(desk, found)
    return unseen.without_details(desk, found)


def next_meeting(desk: Desk, *, key: str) -> Meeting:
    """The whole next meeting inside another gesture, which logs whom it shows and takes away what it must not."""
    with desk.reading() as work:
        previous, _ = read(desk, work, key)
        earlier = open_items(work, previous)
    agreed = previous.next_meeting
    unit = units.get_unit(desk, key=previous.unit).value
    own = own_forum(desk, unit=unit, forum=previous.forum)
    agreed_day = agreed.date if agreed and agreed.date and agreed.date >= desk.today else None
    day = agreed_day or next_date(own.interval, after=max(previous.date, desk.today))
    start = (agreed.start if agreed else None) or previous.start
    fresh = _proposed(
        desk, unit=previous.unit, forum=previous.forum, ward=previous.ward, date=day, start=start, previous=previous
    )
    carried = carried_items(previous, earlier=earlier, new_key=lambda: "", names=team.member_names(desk))
    about = {item.customer for item in carried}
    known = {item.heading for item in carried}
    rest = tuple(
        item
        for item in fresh.items
        if not (item.customer in about if item.customer else is_theme(item) and item.heading in known)
    )
    length = previous.length
    return replace(
        fresh, title=previous.title, place=(agreed.place if agreed else None) or previous.place, link=previous.link,
        chair=previous.chair or fresh.chair, participants=fresh.participants or previous.participants,
        end=meeting_end(start, Length(min=length, max=length, extendable=False, approximate=False, per_ward=False)),
        items=with_first(rest, *carried) if previous.status is MeetingStatus.CANCELLED else with_added(rest, *carried),
    )  # fmt: skip


@needs(Right.READ_MEETINGS)
def previous_meeting(desk: Desk, *, key: str) -> Stored[Meeting] | None:
    """The series' meeting before `key`, if any, as the person may see it; each customer named there is logged."""
    with desk.writing() as work:
        meeting, _ = read(desk, work, key)
        found = _latest(work, unit=meeting.unit, forum=meeting.forum, ward=meeting.ward, before=meeting)
        if found is None or not reaches(found, desk.actor):
            return None
        seen = sight.read_meeting(desk, work, found)
        work.commit()
    return Stored(seen, 0)


def own_forum(desk: Desk, *, unit: Unit, forum: str) -> Forum:
    """The unit's own copy of a forum: the catalogue's with the unit's departure. Raises NotFound."""
    found = own_forum_of(desk.catalogue, unit, forum)
    if found is None:
        raise NotFound("not_found", what="Mötesforumet", key=forum)
    return found


def own_forum_of(catalogue: Catalogue, unit: Unit, forum: str) -> Forum | None:
    """The same where there may be none of that key: of the unit's setting, else of management's."""
    found = catalogue.forum(unit.setting, forum) or catalogue.forum(Setting.LEDNING, forum)
    departure = next((one for one in unit.forums if one.key == forum), None)
    return found if found is None or departure is None else apply_departure(found, departure)


def _latest(work: UnitOfWork, *, unit: str, forum: str, ward: str | None, before: Meeting | None) -> Meeting | None:
    query = (
        select(m.Meeting.key)
        .join(m.Unit, m.Unit.id == m.Meeting.unit_id)
        .outerjoin(m.Ward, m.Ward.id == m.Meeting.ward_id)
        .where(
            m.Unit.key == unit, m.Meeting.forum == forum, m.Ward.key == ward if ward else m.Meeting.ward_id.is_(None)
        )
        .order_by(m.Meeting.date.desc(), m.Meeting.start.desc())
        .limit(1)
    )
    if before is not None:
        query = query.where(
            (m.Meeting.date < before.date) | and_(m.Meeting.date == before.date, m.Meeting.start < before.start)
        )
    key = work.session.scalar(query)
    return None if key is None else meeting_records.load(work.session, m.Meeting.key == key)[key][0]


def _proposed_day(desk: Desk, forum: Forum, previous: Meeting | None) -> dt.date:
    if previous is None:
        return next_date(None, after=desk.today)
    day = previous.date
    while (day := next_date(forum.interval, after=day)) < desk.today:
        pass
    return day


def meeting_end(start: dt.time, length: Length | None) -> dt.time:
    """The end by the forum's length: the shorter figure where more time is given when needed, else the longer."""
    span = length or _DEFAULT_LENGTH
    minutes = span.min if span.extendable else span.max
    total = min(start.hour * 60 + start.minute + minutes, 24 * 60 - 1)
    return dt.time(total // 60, total % 60)


def meeting_place(forum: Forum, unit: Unit, ward: str | None) -> str | None:
    """Where the forum is held: on its own ward where the routine says so, else where the forum's place says."""
    found = unit.ward(ward) if ward else None
    if found and forum.place and "avd" in forum.place.lower():
        return found.name
    return forum.place


def _customers_due(
    desk: Desk, forum: Forum, *, unit: Unit, ward: str | None, previous: Meeting | None, day: dt.date
) -> tuple[Customer, ...]:
    """The customers agreed last time, else whose turn it is as routine 3.1-3.6 says."""
    with desk.reading() as work:
        there = customers_there(work, unit, ward=ward, day=day)
        of = round_of(forum, len(there))
        if of is None:
            return ()
        if agreed := agreed_customers(previous) if previous else ():
            return tuple(there[key] for key in agreed if key in there)
        home = [key for key, one in there.items() if one.status_on(day) in AT_HOME]
        places = {key: number for number, key in enumerate(home)}
        up = next_up(places, last=last_reviewed(work), turns=turns_of(work), of=of, on=day)
        return tuple(there[key] for key in up)


def customers_there(work: UnitOfWork, unit: Unit, *, ward: str | None, day: dt.date) -> dict[str, Customer]:
    """The unit's customers along the apartments, or a ward's, but for those who have left by the day."""
    living = m.Customer.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit.key))
    found = [one for one, _ in register_records.load_customers(work.session, living).values()]
    there = [one for one in found if ward in (None, one.ward) and one.status_on(day) is not CustomerStatus.LEFT]
    return {one.key: one for one in along(there, unit.wards)}


def turns_of(work: UnitOfWork) -> dict[str, Turn]:
    """What is decided about whose turn it is, by customer."""
    return {key: one for key, (one, _) in planning_records.load(work.session, planning_records.ROTATION).items()}


def last_reviewed(work: UnitOfWork) -> dict[str, dt.date]:
    """When each customer was last due at a meeting that was not cancelled."""
    query = (
        select(m.Customer.key, func.max(m.Meeting.date))
        .join(
            m.MeetingCustomer,
            and_(m.MeetingCustomer.customer_id == m.Customer.id, m.MeetingCustomer.for_next.is_(False)),
        )
        .join(m.Meeting, m.Meeting.id == m.MeetingCustomer.meeting_id)
        .where(m.Meeting.status != MeetingStatus.CANCELLED.value)
        .group_by(m.Customer.key)
    )
    return dict(work.session.execute(query).all())


def _with_customers(standing: tuple[Item, ...], due: tuple[Customer, ...]) -> tuple[Item, ...]:
    about = tuple(Item(key="", heading=one.label, kind=ItemKind.CUSTOMER, customer=one.key) for one in due)
    return with_added(standing, *about)
