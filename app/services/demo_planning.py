"""What the demo's year is planned from: series, absences, rooms, travel, covers, turns, the year wheel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.availability import Absence, AbsenceKind, Room, Travel
from app.domain.catalogue import Catalogue, Setting
from app.domain.customers import Customer, CustomerStatus
from app.domain.meetings import Meeting, MeetingStatus, Regret
from app.domain.occasions import TOGETHER, Cover, Occasion, needs_cover
from app.domain.people import Outsider
from app.domain.series import Series, days_of, rule_of
from app.domain.swedish import brief_date
from app.domain.team import Member
from app.domain.turns import Turn
from app.domain.units import Unit
from app.domain.year_wheel import WheelMonth, with_themes
from app.services.demo_activities import activities_from, templates_from

_SOONER = 2
"""So many of a group's customers are followed up every fourth week, the others every eighth."""
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
        "rotation": _rotation(units, customers, meetings, today),
        "year_wheel": tuple(
            WheelMonth(key=f"{unit.key}-apt-{month}", unit=unit.key, forum="apt", month=month, themes=tuple(themes))
            for unit in units
            if unit.setting is not Setting.LEDNING
            for month, themes in enumerate(material["year_wheel"], start=1)
        ),
        "activities": activities_from(material, units=units, customers=customers, members=members, today=today),
        "templates": templates_from(units, members),
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


def with_wheel(meetings: Sequence[Meeting], material: Mapping[str, Any]) -> tuple[Meeting, ...]:
    """The month's themes on the agendas of those APT that are still to come."""
    found = []
    for one in meetings:
        if one.forum == "apt" and one.status is MeetingStatus.PLANNED:
            items = with_themes(one.items, material["year_wheel"][one.date.month - 1], month=one.date.month)
            items = tuple(
                item if item.key else replace(item, key=f"{one.key}-tema-{n}") for n, item in enumerate(items)
            )
            one = replace(one, items=items)  # noqa: PLW2901 - the same meeting
        found.append(one)
    return tuple(found)


def _rotation(
    units: Sequence[Unit], customers: Sequence[Customer], meetings: Sequence[Meeting], today: dt.date
) -> tuple[Turn, ...]:
    """In ordinärt boende a list for each group in priority order, in särskilt boende an interval for some.

    One customer was put in after a fall, and the turn of one in hospital has passed (routine 3.1, 3.2).
    """
    found: dict[str, Turn] = {}
    for unit in units:
        there = [one for one in customers if one.unit == unit.key]
        if unit.setting is Setting.ORDINART_BOENDE:
            for ward in unit.wards:
                keys = [one.key for one in there if one.ward == ward.key]
                found |= {
                    key: Turn(customer=key, priority=n, weeks=8 if n > _SOONER else 4) for n, key in enumerate(keys, 1)
                }
        elif unit.setting is Setting.SARSKILT_BOENDE:
            found |= {one.key: Turn(customer=one.key, weeks=10) for one in there[::5]}
            found |= _out_of_order(there, meetings, today)
    return tuple(found.values())


def _out_of_order(there: Sequence[Customer], meetings: Sequence[Meeting], today: dt.date) -> dict[str, Turn]:
    """Somebody lately taken up who has fallen since, and somebody in hospital whose latest turn passed."""
    held = [one for one in meetings if one.date < today and one.status is not MeetingStatus.CANCELLED]
    latest = {key: one.date for one in sorted(held, key=lambda one: one.date) for key in one.customers}
    fallen = max((one.key for one in there if one.key in latest), key=lambda key: (latest[key], key), default="")
    away = [one.key for one in there if one.status_on(today) is CustomerStatus.HOSPITAL]
    found = {}
    if fallen:
        why = f"fall {brief_date(today - dt.timedelta(days=1), today=today)}"
        found[fallen] = Turn(customer=fallen, put_in_on=today, put_in_why=why)
    if away and away[0] in latest:
        passed = today - dt.timedelta(days=1)
        found[away[0]] = Turn(customer=away[0], passed_on=passed, passed_why=CustomerStatus.HOSPITAL.label.lower())
    return found
