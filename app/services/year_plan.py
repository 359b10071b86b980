"""The year plan: what units demand, put to the planner, and its answer as meetings to book and to move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from app import models as m
from app.domain.agenda import with_added
from app.domain.availability import travel_minutes
from app.domain.catalogue import Setting
from app.domain.customers import Customer, CustomerStatus
from app.domain.errors import Refused
from app.domain.holidays import holiday_names
from app.domain.meetings import Item, ItemKind, Meeting, MeetingStatus
from app.domain.proposed_year import Displaced, ProposedMeeting, ProposedYear
from app.domain.roles import Right
from app.domain.turns import Turn, next_up
from app.domain.year_plan.solve import solve
from app.domain.year_plan.values import Busy, Placement, Plan, Problem, Window
from app.services import meeting_records, planning_records, register_records, team, units, unseen
from app.services.desk import Desk, needs
from app.services.meetings import insert_new, lay_over
from app.services.proposals import last_reviewed, log_read, meeting_place, own_forum
from app.services.rows import require_unit
from app.services.year_daily import absent_on, with_daily_kept
from app.services.year_demands import Asked, Team, demands_of, end_of
from app.storage.unit_of_work import UnitOfWork

LONGEST_DAYS = 800
_LOOK_BACK_DAYS = 400
_NEAR_DAYS = 20
"""A booked meeting is moved at most so far to be the plan's; farther away it is another period's."""
_FORESEEN_DAYS = 28
"""So long a stay in hospital is reckoned with."""
Stopped = Callable[[], bool]


def _never() -> bool:
    return False


@needs(Right.WRITE_MEETINGS)
def propose_year(
    desk: Desk, *, units_wanted: tuple[str, ...], from_: dt.date, to: dt.date, seconds: float = 30.0,
    stopped: Stopped = _never,
) -> ProposedYear:  # fmt: skip
    """Every meeting that the routine asks of the units from day to day, without clashes; nothing is kept.

    What is held, announced or pinned stays; what is booked otherwise may get another time. Raises
    Refused("plan_period") for a period that ends before it begins or is longer than two years.
    """
    if to < from_ or (to - from_).days > LONGEST_DAYS:
        raise Refused("plan_period", days=LONGEST_DAYS)
    asked, problem, customers, versions = _problem(desk, units_wanted, from_, to)
    plan = solve(problem, seconds=seconds, on_plan=lambda _: None, stopped=stopped)
    plan = with_daily_kept(problem, plan)
    with desk.reading() as work:
        reviewed = last_reviewed(work)
        turns = {key: one for key, (one, _) in planning_records.load(work.session, planning_records.ROTATION).items()}
    found = _Meetings(
        asked, problem, plan, customers=customers, reviewed=reviewed, turns=turns, versions=versions
    ).all()
    log_read(desk, *(one.meeting for one in found))
    shown = tuple(_shown(desk, one) for one in found)
    forums = {one.demand.key: one for one in asked}
    displaced = tuple(
        Displaced(
            unit=forums[one.demand].unit.key, forum=forums[one.demand].demand.forum, from_=one.was, to=one.date,
            reason=one.reason or "",
        )
        for one in plan.displaced
        if one.was is not None and one.was != one.date
    )  # fmt: skip
    return ProposedYear(meetings=shown, displaced=displaced, conflicts=tuple(one.sentence for one in plan.conflicts))


def _shown(desk: Desk, one: ProposedMeeting) -> ProposedMeeting:
    before = None if one.before is None else unseen.without_details(desk, one.before)
    return replace(one, meeting=unseen.without_details(desk, one.meeting), before=before)


@needs(Right.WRITE_MEETINGS)
def apply_year(desk: Desk, *, proposed: tuple[ProposedMeeting, ...]) -> int:
    """Book what is new and move what got another time, all or none; how many that were.

    Raises Conflict when a meeting to be moved was changed meanwhile.
    """
    with desk.writing() as work:
        new = [one.meeting for one in proposed if one.is_new]
        kept = insert_new(desk, work, new)
        moved = [one for one in proposed if one.is_moved]
        for one in moved:
            lay_over(desk, work, meeting=one.meeting, expected_version=one.version)
        work.commit()
    return len(kept) + len(moved)


def _problem(
    desk: Desk, wanted: tuple[str, ...], first: dt.date, last: dt.date
) -> tuple[list[Asked], Problem, dict[str, list[Customer]], dict[str, int]]:
    asked: list[Asked] = []
    people: dict[str, tuple[Window, ...]] = {}
    names: dict[str, str] = {}
    customers: dict[str, list[Customer]] = {}
    with desk.reading() as work:
        versions = _booked(work, first, last)
        travel = [one for one, _ in planning_records.load(work.session, planning_records.TRAVEL).values()]
        absences = [one for one, _ in planning_records.load(work.session, planning_records.ABSENCES).values()]
    booked = [one for one, _ in versions]
    for key in dict.fromkeys(wanted):
        require_unit(desk, key)
        unit = units.get_unit(desk, key=key).value
        names[key] = unit.name
        if unit.setting is Setting.LEDNING:
            continue
        members = [one.value for one in team.list_members(desk, unit=key)]
        customers[key] = _customers(desk, key, first)
        there = Team(members=members, customers=customers[key], professions=desk.professions, on=first)
        forums = [own_forum(desk, unit=unit, forum=one.key) for one in desk.catalogue.forums(unit.setting)]
        asked += demands_of(unit, forums=forums, team=there, booked=[one for one in booked if one.unit == key])
        names |= {one.key: one.name for one in members}
        names |= {one.demand.room: one.demand.room.partition("/")[2] for one in asked if one.demand.room}
        people |= {
            one.key: tuple(Window(weekday=h.weekday, from_=h.from_, to=h.to) for h in one.hours)
            for one in members
            if one.hours
        }
    planned = {one.key for item in asked for one in item.movable} | {f.key for one in asked for f in one.demand.fixed}
    busy = [
        Busy(who=one.member, start=one.begins, end=one.ends, words=one.kind.label if one.kind else "Borta")
        for one in absences
        if one.begins.date() <= last and one.ends.date() >= first
    ]
    busy += [one for meeting in booked if meeting.key not in planned for one in _taken(meeting, first)]
    free = {day: name for year in range(first.year, last.year + 2) for day, name in holiday_names(year).items()}
    pairs = {tuple(sorted(pair)): minutes for pair, minutes in travel_minutes(travel).items()}
    problem = Problem(
        first=first, last=last, demands=tuple(one.demand for one in asked), windows=people, busy=tuple(busy),
        free_days=free, travel={(one, other): minutes for (one, other), minutes in pairs.items()}, names=names,
    )  # fmt: skip
    return asked, problem, customers, {one.key: version for one, version in versions}


def _taken(meeting: Meeting, first: dt.date) -> Iterator[Busy]:
    if meeting.date < first:
        return
    start, end = (dt.datetime.combine(meeting.date, moment) for moment in (meeting.start, meeting.end))
    who = dict.fromkeys((*meeting.participants, *([meeting.chair] if isinstance(meeting.chair, str) else ())))
    yield from (Busy(who=one, start=start, end=end, site=None if meeting.link else meeting.unit) for one in who)


def _booked(work: UnitOfWork, first: dt.date, last: dt.date) -> list[tuple[Meeting, int]]:
    """The meetings of the period and of the time before it, that the year is planned around; cancelled ones are not."""
    since = first - dt.timedelta(days=_LOOK_BACK_DAYS)
    near = m.Meeting.date.between(since, last)
    found = meeting_records.load(work.session, near & (m.Meeting.status != MeetingStatus.CANCELLED.value))
    return list(found.values())


def _customers(desk: Desk, unit: str, day: dt.date) -> list[Customer]:
    with desk.reading() as work:
        living = m.Customer.unit_id.in_(select(m.Unit.id).where(m.Unit.key == unit))
        found = [one for one, _ in register_records.load_customers(work.session, living).values()]
    return [one for one in found if one.status_on(day) is not CustomerStatus.LEFT]


class _Meetings:
    """The plan's occurrences as meetings with agenda, people and customers; booked ones keep what they have."""

    def __init__(
        self, asked: Sequence[Asked], problem: Problem, plan: Plan, *, customers: Mapping[str, Sequence[Customer]],
        reviewed: Mapping[str, dt.date], turns: Mapping[str, Turn], versions: Mapping[str, int],
    ) -> None:  # fmt: skip
        self._asked = {one.demand.key: one for one in asked}
        self._plan = plan
        self._first = problem.first
        self._absent = absent_on(problem)
        self._customers = customers
        self._reviewed = dict(reviewed)
        self._turns = turns
        self._versions = versions
        self._left = {one.demand.key: list(one.movable) for one in asked}

    def all(self) -> list[ProposedMeeting]:
        """Every meeting, in order of time."""
        found: list[ProposedMeeting] = []
        for placement in sorted(self._plan.placements, key=lambda one: (one.date, one.start, one.demand)):
            if placement.fixed is None:
                found += self._placed(self._asked[placement.demand], placement)
        return sorted(found, key=lambda one: (one.meeting.date, one.meeting.start, one.meeting.unit, one.meeting.forum))

    def _placed(self, asked: Asked, placement: Placement) -> Iterator[ProposedMeeting]:
        occasion = f"{asked.unit.key}-{placement.date}" if len(asked.forums) > 1 else None
        start = placement.start
        for number, forum in enumerate(asked.forums):
            end = end_of(start, forum)
            before = self._matching(asked, forum.key, placement.date)
            if before is not None:
                moved = (before.date, before.start, before.end) != (placement.date, start, end)
                meeting = replace(
                    before, date=placement.date, start=start, end=end, sequence=before.sequence + moved,
                )  # fmt: skip
                self._reviewed.update(dict.fromkeys(before.customers, placement.date))
            else:
                meeting = self._new(asked, number, placement.date, start, end, occasion)
            version = self._versions[before.key] if before is not None else 0
            yield ProposedMeeting(meeting=meeting, before=before, version=version)
            start = end

    def _matching(self, asked: Asked, forum: str, day: dt.date) -> Meeting | None:
        """The booked meeting nearest to the day, which then is no other one's."""
        near = [one for one in self._left[asked.demand.key] if one.forum == forum]
        near = [one for one in near if abs((one.date - day).days) <= self._reach(asked)]
        if not near:
            return None
        found = min(near, key=lambda one: abs((one.date - day).days))
        self._left[asked.demand.key].remove(found)
        return found

    def _reach(self, asked: Asked) -> int:
        return {"daily": 0, "weekly": 7 * asked.demand.rhythm.every - 1}.get(asked.demand.rhythm.frequency, _NEAR_DAYS)

    def _new(
        self, asked: Asked, number: int, day: dt.date, start: dt.time, end: dt.time, occasion: str | None
    ) -> Meeting:
        forum, leader = asked.forums[number], asked.leaders[number]
        due = self._due(asked, number, day)
        contacts = {one.contacts.permanent_care_contact for one in self._there(asked) if one.contacts}
        theirs = {one.contacts.permanent_care_contact for one in due if one.contacts}
        contact_called = any(one.role.lower() == "fast omsorgskontakt" for one in forum.participants)
        called = [one for one in asked.called[number] if not contact_called or one not in contacts or one in theirs]
        about = tuple(Item(key="", heading=one.label, kind=ItemKind.CUSTOMER, customer=one.key) for one in due)
        standing = tuple(Item(key="", heading=heading, kind=ItemKind.STANDING) for heading in forum.agenda)
        away = self._absent.get(day, frozenset()) if asked.demand.rhythm.frequency == "daily" else frozenset()
        called = [one for one in called if one not in away]
        leader = None if leader in away else leader
        return Meeting(
            key="", unit=asked.unit.key, forum=forum.key, ward=asked.ward.key if asked.ward else None, date=day,
            start=start, end=end, place=meeting_place(forum, asked.unit, asked.ward.key if asked.ward else None),
            chair=leader, participants=tuple(dict.fromkeys((leader, *called) if leader else called)),
            customers=tuple(one.key for one in due), occasion=occasion, items=with_added(standing, *about),
        )  # fmt: skip

    def _there(self, asked: Asked) -> list[Customer]:
        ward = asked.ward.key if asked.ward else None
        order = {number: n for n, number in enumerate(asked.ward.apartments if asked.ward else ())}
        there = [one for one in self._customers[asked.unit.key] if ward in (None, one.ward)]
        # a protected customer comes last: her place between two others would tell where she lives
        return sorted(there, key=lambda one: (one.protected, order.get(one.shown.apartment or "", len(order)), one.key))

    def _away(self, customer: Customer, day: dt.date) -> bool:
        """In hospital when the meeting is near; nobody knows who is there in a few months. Her turn is kept."""
        near = day <= self._first + dt.timedelta(days=_FORESEEN_DAYS)
        return near and customer.status_on(day) is CustomerStatus.HOSPITAL

    def _due(self, asked: Asked, number: int, day: dt.date) -> list[Customer]:
        forum = asked.forums[number]
        there = [one for one in self._there(asked) if not self._away(one, day)]
        count = 0
        if forum.customers_per_meeting is not None:
            count = forum.customers_per_meeting.max
        elif forum.key == "teammote":
            count = len(there)
        elif forum.review_every_months:
            months = (forum.interval.every if forum.interval else 1) or 1
            count = -(-len(there) * months // forum.review_every_months)
        keys = next_up([one.key for one in there], last=self._reviewed, turns=self._turns, count=count)
        self._reviewed.update(dict.fromkeys(keys, day))
        chosen = {one.key: one for one in there}
        return [chosen[key] for key in keys]
