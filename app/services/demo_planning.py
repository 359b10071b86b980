"""What the demo's year is planned from: series, absences, rooms, travel, covers, turns, the year wheel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.availability import Absence, AbsenceKind, Room, Travel
from app.domain.catalogue import Catalogue, Setting
from app.domain.customers import Customer
from app.domain.meetings import Meeting, MeetingStatus, Regret
from app.domain.occasions import TOGETHER, Cover, Occasion, needs_cover
from app.domain.people import Outsider
from app.domain.series import Series, days_of, rule_of
from app.domain.team import Member
from app.domain.turns import Turn
from app.domain.units import Unit
from app.domain.year_wheel import WheelMonth

_AWAY = ("Sjuksköterska", "Fysioterapeut", "Arbetsterapeut")


def planned_from(
    material: Mapping[str, Any], *, catalogue: Catalogue, units: Sequence[Unit], members: Sequence[Member],
    customers: Sequence[Customer], meetings: Sequence[Meeting], today: dt.date,
) -> dict[str, Any]:  # fmt: skip
    """The lists of the document beside units, members, customers and meetings."""
    series = _series(catalogue, units, meetings, today)
    return {
        "series": series,
        "absences": _absences(members, today),
        "rooms": (
            *(Room(key=f"{unit.key}-moteslokal", name="Möteslokal", unit=unit.key) for unit in units),
            Room(key="stora-salen", name="Stora salen"),
        ),
        "travel": (Travel(key="fyren-solgarden", from_="fyren", to="solgarden", minutes=20),),
        "occasions": _occasions(units, meetings, today),
        "rotation": _rotation(units, customers),
        "year_wheel": tuple(
            WheelMonth(key=f"{unit.key}-apt-{month}", unit=unit.key, forum="apt", month=month, themes=tuple(themes))
            for unit in units
            if unit.setting is not Setting.LEDNING
            for month, themes in enumerate(material["year_wheel"], start=1)
        ),
    }


def _series(
    catalogue: Catalogue, units: Sequence[Unit], meetings: Sequence[Meeting], today: dt.date
) -> tuple[Series, ...]:
    found: dict[str, Series] = {}
    settings = {unit.key: unit.setting for unit in units}
    for meeting in meetings:
        forum = catalogue.forum(settings[meeting.unit], meeting.forum)
        key = "-".join(filter(None, (meeting.unit, meeting.forum, meeting.ward)))
        if meeting.date <= today or key in found or forum is None or forum.interval is None:
            continue
        if forum.interval.when_needed:
            continue
        always = settings[meeting.unit].round_the_clock
        found[key] = Series(
            key=key, unit=meeting.unit, ward=meeting.ward, forum=meeting.forum,
            rrule=rule_of(forum.interval, on=meeting.date, round_the_clock=always), first=meeting.date,
            start=meeting.start, end=meeting.end, place=meeting.place, link=meeting.link,
        )  # fmt: skip
    return tuple(found.values())


def _absences(members: Sequence[Member], today: dt.date) -> tuple[Absence, ...]:
    found = [_sick_today(members, today)]
    for number, member in enumerate(one for one in members if one.profession in _AWAY):
        first = today + dt.timedelta(days=20 + 21 * number)
        others = [one.key for one in members if one.profession == member.profession and one.key != member.key]
        found.append(Absence(
            key=f"semester-{member.key}", member=member.key, from_=first, to=first + dt.timedelta(days=6),
            kind=AbsenceKind.HOLIDAY, substitute=others[0] if others else Outsider("Bemanningen"),
        ))  # fmt: skip
    return tuple(found)


def _sick_today(members: Sequence[Member], today: dt.date) -> Absence:
    """The last of the care workers: the calendar shows what she misses, and Sjukanmälan who can step in."""
    key = [one.key for one in members if one.wards][-1]
    return Absence(key=f"sjuk-{key}", member=key, from_=today, to=today, kind=AbsenceKind.SICK)


def _occasions(units: Sequence[Unit], meetings: Sequence[Meeting], today: dt.date) -> tuple[Occasion, ...]:
    found: list[Occasion] = []
    for unit in units:
        days = sorted({
            one.date for one in meetings
            if one.unit == unit.key and one.forum in TOGETHER and one.date > today
            and one.status is MeetingStatus.PLANNED
        })  # fmt: skip
        if not needs_cover(unit.setting) or not days:
            continue
        # Of the first unit one ward is still to be covered, as it is for most until the week before.
        wards = unit.wards[:-1] if not found and len(unit.wards) > 1 else unit.wards
        covers = tuple(
            Cover(ward=ward.key, who=Outsider("Vikarie från bemanningen"), from_=dt.time(12, 45), to=dt.time(16))
            for ward in wards
        )
        found.append(Occasion(key=f"{unit.key}-{days[0]}", unit=unit.key, covers=covers))
    return tuple(found)


def with_series(meetings: Sequence[Meeting], series: Sequence[Series]) -> tuple[Meeting, ...]:
    """The meetings to come as days of the series that were made from them."""
    by = {(one.unit, one.forum, one.ward): one for one in series}
    found = []
    for meeting in meetings:
        one = by.get((meeting.unit, meeting.forum, meeting.ward))
        days = days_of(one, first=meeting.date, last=meeting.date) if one else []
        found.append(replace(meeting, series=one.key, series_day=meeting.date) if one and days else meeting)
    return tuple(found)


def with_regret(meetings: Sequence[Meeting], members: Sequence[Member], today: dt.date) -> tuple[Meeting, ...]:
    """The next teammöte of the first enhetschef, to which somebody called cannot come and a colleague comes instead."""
    leader, found = members[0].key, list(meetings)
    coming = [
        one for one in found
        if one.forum == "teammote" and one.date > today and one.chair == leader and one.status is MeetingStatus.PLANNED
    ]  # fmt: skip
    for one in sorted(coming, key=lambda one: (one.date, one.start))[:1]:
        called = [key for key in one.participants if key != leader]
        away = next((m for m in members if m.key in called and m.wards), None)
        instead = next((m for m in members if away and m.wards == away.wards and m.key not in called), None)
        if away is not None and instead is not None:
            regret = Regret(
                member=away.key, substitute=instead.key, at=dt.datetime.combine(today, dt.time(7, 10)),
                note="Följer med på ett vårdbesök.",
            )  # fmt: skip
            found[found.index(one)] = replace(one, regrets=(regret,))
    return tuple(found)


def with_occasions(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """Reflektion, APT and kvalitet of a unit on one day held on one occasion (routine 3.1-3.6)."""
    return tuple(
        replace(one, occasion=f"{one.unit}-{one.date}") if one.forum in TOGETHER and one.ward is None else one
        for one in meetings
    )


def _rotation(units: Sequence[Unit], customers: Sequence[Customer]) -> tuple[Turn, ...]:
    """In ordinärt boende a list in priority order, in särskilt boende an interval for some (routine 3.1, 3.2)."""
    found: list[Turn] = []
    for unit in units:
        there = [one.key for one in customers if one.unit == unit.key]
        if unit.setting is Setting.ORDINART_BOENDE:
            found += [Turn(customer=key, priority=n, weeks=8 if n > 3 else 4) for n, key in enumerate(there, start=1)]
        elif unit.setting is Setting.SARSKILT_BOENDE:
            found += [Turn(customer=key, weeks=6) for key in there[::5]]
    return tuple(found)
