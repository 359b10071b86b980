"""What a unit demands of a year: which forums, with whom, how often and when, for the planner."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.catalogue import Forum, Interval, Setting
from app.domain.customers import Customer
from app.domain.invitations import convenor, invited
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.occasions import TOGETHER
from app.domain.team import Member, Professions
from app.domain.units import Unit, Ward
from app.domain.year_plan.values import ALL_DAYS, WEEKDAYS, Demand, Fixed, Part
from app.services.proposals import meeting_end, meeting_place

PER_WARD = frozenset({"teammote", "borad"})
_ROUND_THE_CLOCK = (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE, Setting.GRUPPBOSTAD)
_HOURS: Mapping[str, tuple[dt.time, dt.time]] = {
    "morning": (dt.time(7, 30), dt.time(9)), "forenoon": (dt.time(8, 30), dt.time(12)),
    "afternoon": (dt.time(13), dt.time(16)), "": (dt.time(8), dt.time(17)),
}  # fmt: skip
_ON_DUTY = "i tjänst"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A demand with the forums of its parts, who is called to each, who leads it, and the meetings there are."""

    demand: Demand
    unit: Unit
    ward: Ward | None
    forums: tuple[Forum, ...]
    called: tuple[tuple[str, ...], ...]
    leaders: tuple[str | None, ...]
    movable: tuple[Meeting, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who there is in a unit on the day the plan begins."""

    members: Sequence[Member]
    customers: Sequence[Customer]
    professions: Professions
    on: dt.date


def demands_of(unit: Unit, *, forums: Iterable[Forum], team: Team, booked: Sequence[Meeting]) -> list[Asked]:
    """Every demand of a unit: the wards' own, the occasion in one piece, the daily ones; none that is when needed."""
    wanted = [one for one in forums if one.interval is not None and not one.interval.when_needed]
    together = [
        one for key in TOGETHER for one in wanted if one.key == key and one.interval == Interval(frequency="monthly")
    ]
    found: list[Asked] = []
    if len(together) > 1:
        found.append(_asked(unit, None, tuple(together), team, booked, time_of_day=""))
    for forum in wanted:
        if forum in together and len(together) > 1:
            continue
        per_ward = forum.key in PER_WARD or forum.minutes.per_ward
        for ward in unit.wards if per_ward and unit.wards else (None,):
            found += [
                _asked(unit, ward, (forum,), team, booked, time_of_day=time_of_day)
                for time_of_day in _times_of_day(forum)
            ]
    return found


def _times_of_day(forum: Forum) -> tuple[str, ...]:
    interval = forum.interval
    if interval is None or not interval.time_of_day:
        return ("",)
    return interval.time_of_day


def _asked(
    unit: Unit, ward: Ward | None, forums: tuple[Forum, ...], team: Team, booked: Sequence[Meeting], *, time_of_day: str
) -> Asked:  # fmt: skip
    first = forums[0]
    interval = first.interval or Interval(frequency="monthly")
    daily = interval.frequency == "daily"
    key = ward.key if ward else None
    theirs = [one for one in team.customers if key in (None, one.ward)]
    called, leaders = [], []
    for forum in forums:
        # who is on duty differs from day to day: nobody is called by name as such
        named = replace(
            forum, participants=tuple(one for one in forum.participants if _ON_DUTY not in one.role.lower())
        )
        given = {"members": team.members, "professions": team.professions, "ward": key, "on": team.on}
        called.append(invited(named, customers=theirs, **given))  # type: ignore[arg-type]
        leaders.append(convenor(forum, **given))  # type: ignore[arg-type]
    people = dict.fromkeys(one for group in (leaders, *called) for one in group if one)
    there = _booked(booked, forums, key, time_of_day)
    fixed = tuple(
        Fixed(date=m.date, start=m.start, end=_last_end(m, there), key=m.key) for m in there if _stays(m, first)
    )
    minutes = tuple(_minutes(one) for one in forums)
    parts = tuple(Part(forum=one.key, minutes=length) for one, length in zip(forums, minutes, strict=True))
    usual = Counter((one.date.weekday(), one.start) for one in there if one.forum == first.key).most_common(1)
    weekday, start = usual[0][0] if usual else (None, None)
    earliest, latest = _HOURS[time_of_day]
    all_week = daily and unit.setting in _ROUND_THE_CLOCK
    digital = first.digital
    place = meeting_place(first, unit, key) or ""
    demand = Demand(
        key="/".join(filter(None, (unit.key, key, *(one.key for one in forums), time_of_day))),
        label=_label(unit, ward, forums, time_of_day), unit=unit.key, ward=key, forum=first.key, minutes=sum(minutes),
        people=tuple(people), room=None if digital or not place else f"{unit.key}/{place.casefold()}",
        site=None if digital else unit.key, rhythm=replace(interval, times_per_day=1, time_of_day=()),
        earliest=earliest, latest=latest, weekdays=ALL_DAYS if all_week else WEEKDAYS, red_days=all_week,
        wish_weekday=None if daily else first.weekday if first.weekday is not None else weekday,
        wish_start=first.start or start, last=max((one.date for one in there if one.date < team.on), default=None),
        fixed=tuple(one for one in fixed if one.date >= team.on),
        parts=parts if len(forums) > 1 else (),
    )  # fmt: skip
    movable = tuple(one for one in there if one.date >= team.on and not _is_kept(one))
    return Asked(
        demand=demand, unit=unit, ward=ward, forums=forums, called=tuple(called), leaders=tuple(leaders),
        movable=movable,
    )  # fmt: skip


def _booked(booked: Sequence[Meeting], forums: tuple[Forum, ...], ward: str | None, time_of_day: str) -> list[Meeting]:
    keys = {one.key for one in forums}
    found = [one for one in booked if one.forum in keys and one.ward == ward]
    if time_of_day in ("forenoon", "afternoon"):
        found = [one for one in found if (one.start < dt.time(12, 30)) is (time_of_day == "forenoon")]
    return sorted(found, key=lambda one: (one.date, one.start))


def _is_kept(meeting: Meeting) -> bool:
    """Held, announced or pinned: never moved when the year is planned."""
    return meeting.status is not MeetingStatus.PLANNED or meeting.pinned or meeting.announced_on is not None


def _stays(meeting: Meeting, first: Forum) -> bool:
    return meeting.forum == first.key and _is_kept(meeting)


def _last_end(meeting: Meeting, there: Sequence[Meeting]) -> dt.time:
    """The end of the occasion that a kept meeting begins."""
    return max(one.end for one in there if one.date == meeting.date and one.start >= meeting.start)


def _minutes(forum: Forum) -> int:
    return forum.minutes.min if forum.minutes.extendable else forum.minutes.max


def _label(unit: Unit, ward: Ward | None, forums: tuple[Forum, ...], time_of_day: str) -> str:
    names = [one.name for one in forums]
    name = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} och {names[-1]}"
    part = {"forenoon": " på förmiddagen", "afternoon": " på eftermiddagen"}.get(time_of_day, "")
    return f"{name}{part} på {ward.name if ward else unit.name}"


def end_of(start: dt.time, forum: Forum) -> dt.time:
    """When a meeting of the forum that begins then is over."""
    return meeting_end(start, forum.minutes)
