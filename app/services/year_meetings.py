"""The year plan's occurrences as meetings with agenda, people and customers; booked ones keep what they have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.domain.agenda import with_added
from app.domain.apartments import along
from app.domain.catalogue import Forum
from app.domain.customers import Customer, CustomerStatus
from app.domain.meetings import Item, ItemKind, Meeting
from app.domain.proposed_year import ProposedMeeting
from app.domain.turns import Turn, next_up, round_of
from app.domain.year_plan.values import Placement, Plan, Problem
from app.domain.year_wheel import with_themes
from app.services.proposals import meeting_end, meeting_place
from app.services.wheel_points import Place, place_of
from app.services.year_demands import Asked, Booked

_NEAR_DAYS = 20
"""A booked monthly meeting is moved at most so far to be the plan's; farther away it is another month's."""
_FORESEEN_DAYS = 28
"""So long a stay in hospital is reckoned with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the meetings are filled from: customers by unit, when each was last taken up, turns, and what may move.

    `agreed` has the customers that the latest meeting agreed on for the next, by unit, forum and ward.
    """

    customers: Mapping[str, Sequence[Customer]]
    agreed: Mapping[tuple[str, str, str | None], tuple[str, ...]]
    reviewed: Mapping[str, dt.date]
    turns: Mapping[str, Turn]
    meetings: Mapping[str, tuple[Meeting, int]]
    why: Mapping[str, str] = field(default_factory=dict)
    """Why a booked meeting cannot stay, in words, by its key."""
    themes: Mapping[tuple[str, str, int], tuple[str, ...]]
    """The year wheel by unit, forum and month."""
    given: Mapping[Place, set[str]]
    """What meetings have of it on their agendas."""


class YearMeetings:
    """Goes through the plan in order of time, since whose turn it is follows from the meetings before."""

    def __init__(self, asked: Sequence[Asked], problem: Problem, plan: Plan, known: Known) -> None:
        self._asked = {one.demand.key: one for one in asked}
        self._problem, self._plan, self._known = problem, plan, known
        self._reviewed = dict(known.reviewed)
        self._agreed = dict(known.agreed)
        self._given = {place: set(themes) for place, themes in known.given.items()}
        self._left: dict[str, list[Booked]] = {one.demand.key: list(one.movable) for one in asked}

    def all(self) -> list[ProposedMeeting]:
        """Every meeting that is still to be held, in order of time: new, moved, or where it is already."""
        found: list[ProposedMeeting] = []
        for placement in sorted(self._plan.placements, key=lambda one: (one.date, one.start, one.demand)):
            asked = self._asked[placement.demand]
            if placement.fixed is not None and placement.fixed.key:
                found += self._staying(asked, placement.date)
            elif not _rests(asked, placement.was or placement.date):
                found += self._placed(asked, placement)
        return sorted(found, key=lambda one: (one.meeting.date, one.meeting.start, one.meeting.unit, one.meeting.forum))

    def _staying(self, asked: Asked, day: dt.date) -> Iterator[ProposedMeeting]:
        for one in asked.on(day):
            if one.key in self._known.meetings:
                meeting, version = self._known.meetings[one.key]
                self._agreed.pop((meeting.unit, meeting.forum, meeting.ward), None)
                self._reviewed.update(dict.fromkeys(meeting.customers, day))
                yield ProposedMeeting(meeting=meeting, before=meeting, version=version)

    def _placed(self, asked: Asked, placement: Placement) -> Iterator[ProposedMeeting]:
        start = placement.start
        for number, forum in enumerate(asked.forums):
            end = meeting_end(start, forum.minutes)
            booked = self._nearest(asked, forum.key, placement.date)
            if booked is None:
                meeting = self._new(asked, number, placement, start, end)
                yield ProposedMeeting(meeting=meeting)
            else:
                before, version = self._known.meetings[booked.key]
                self._agreed.pop((before.unit, before.forum, before.ward), None)
                meeting = replace(before, date=placement.date, start=start, end=end)
                self._reviewed.update(dict.fromkeys(before.customers, placement.date))
                yield ProposedMeeting(
                    meeting=meeting, before=before, version=version, why=self._known.why.get(booked.key, "")
                )
            start = end

    def _nearest(self, asked: Asked, forum: str, day: dt.date) -> Booked | None:
        """The booked meeting nearest to the day, which then is no other one's."""
        reach = {"daily": 0, "weekly": 7 * asked.demand.rhythm.every - 1}.get(asked.demand.rhythm.frequency, _NEAR_DAYS)
        left = self._left[asked.demand.key]
        near = [one for one in left if one.forum == forum and abs((one.date - day).days) <= reach]
        if not near:
            return None
        found = min(near, key=lambda one: abs((one.date - day).days))
        left.remove(found)
        return found

    def _new(self, asked: Asked, number: int, placement: Placement, start: dt.time, end: dt.time) -> Meeting:
        forum, day = asked.forums[number], placement.date
        due = self._due(asked, forum, day)
        away = self._away(asked, day, start, end)
        leader = asked.leaders[number] if asked.leaders[number] not in away else None
        called = [one for one in self._called(asked, number, due) if one not in away]
        about = tuple(Item(key="", heading=one.label, kind=ItemKind.CUSTOMER, customer=one.key) for one in due)
        standing = tuple(Item(key="", heading=heading, kind=ItemKind.STANDING) for heading in forum.agenda)
        standing = with_themes(standing, self._themes(asked, forum, day), month=day.month)
        series, ward = asked.series, asked.demand.ward
        return Meeting(
            key="", unit=asked.unit.key, forum=forum.key, ward=ward, date=day, start=start, end=end,
            place=(series.place if series else None) or meeting_place(forum, asked.unit, ward), link=asked.link,
            chair=leader, participants=tuple(dict.fromkeys((leader, *called) if leader else called)),
            customers=tuple(one.key for one in due), items=with_added(standing, *about),
            occasion=f"{asked.unit.key}-{day}" if len(asked.forums) > 1 else None,
            series=series.key if series and number == 0 else None,
            series_day=(placement.was or day) if series and number == 0 else None,
        )  # fmt: skip

    def _called(self, asked: Asked, number: int, due: Sequence[Customer]) -> tuple[str, ...]:
        """Who is called; of the fast omsorgskontakter only those of the customers due."""
        called = asked.called[number]
        if not any(one.role.lower() == "fast omsorgskontakt" for one in asked.forums[number].participants):
            return called
        contacts = {one.contacts.permanent_care_contact for one in self._there(asked) if one.contacts}
        theirs = {one.contacts.permanent_care_contact for one in due if one.contacts}
        return tuple(one for one in called if one not in contacts or one in theirs)

    def _away(self, asked: Asked, day: dt.date, start: dt.time, end: dt.time) -> frozenset[str]:
        """Of a forum that is held all the same: who is absent then, or does not work that day."""
        if not asked.demand.held_without:
            return frozenset()
        since, until = dt.datetime.combine(day, start), dt.datetime.combine(day, end)
        absent = {one.who for one in self._problem.busy if one.away and one.start < until and since < one.end}
        off = {
            who for who, windows in self._problem.windows.items()
            if windows and all(one.weekday != day.weekday() for one in windows)
        }  # fmt: skip
        return frozenset(absent | off)

    def _themes(self, asked: Asked, forum: Forum, day: dt.date) -> tuple[str, ...]:
        """The month's themes that none of its meetings has on its agenda already."""
        there = self._given.setdefault(place_of(asked.unit.key, forum.key, asked.demand.ward, day), set())
        themes = self._known.themes.get((asked.unit.key, forum.key, day.month), ())
        fresh = tuple(one for one in themes if one not in there)
        there.update(fresh)
        return fresh

    def _there(self, asked: Asked) -> list[Customer]:
        there = [one for one in self._known.customers[asked.unit.key] if asked.demand.ward in (None, one.ward)]
        return along(there, asked.unit.wards)

    def _due(self, asked: Asked, forum: Forum, day: dt.date) -> list[Customer]:
        """Those agreed on, else whose turn it is; who is in hospital then keeps her turn (routine 3.1-3.6)."""
        near = day <= self._problem.first + dt.timedelta(days=_FORESEEN_DAYS)
        there = {
            one.key: one for one in self._there(asked)
            if not (near and one.status_on(day) is CustomerStatus.HOSPITAL)
        }  # fmt: skip
        agreed = self._agreed.pop((asked.unit.key, forum.key, asked.demand.ward), ())
        of = round_of(forum, len(there))
        if of is None:
            return []
        places = {key: number for number, key in enumerate(there)}
        keys = tuple(key for key in agreed if key in there)
        keys = keys or next_up(places, last=self._reviewed, turns=self._known.turns, of=of, on=day)
        self._reviewed.update(dict.fromkeys(keys, day))
        return [there[key] for key in keys]


def _rests(asked: Asked, day: dt.date) -> bool:
    """Whether the series pauses, or is not held that day."""
    series = asked.series
    return series is not None and (day in series.exdates or any(one.from_ <= day <= one.to for one in series.pauses))
