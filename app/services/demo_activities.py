"""The demo's activities of this month and the next, and a few templates of meetings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.activities import Activity, month_after, month_days
from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.meeting_templates import MeetingTemplate, TemplateContent, TemplateItem
from app.domain.team import Member
from app.domain.units import Unit

_WITH_COUNCIL = (Setting.SARSKILT_BOENDE, Setting.GRUPPBOSTAD, Setting.DAGLIG_VERKSAMHET)
_OWN_EVERY = 3
"""One customer in so many has an activity of her own in the demo."""


def activities_from(
    material: Mapping[str, Any], *, units: Sequence[Unit], customers: Sequence[Customer], members: Sequence[Member],
    today: dt.date,
) -> tuple[Activity, ...]:  # fmt: skip
    """Common ones every week on every ward with a council of its customers, and some of a customer's own."""
    found: list[Activity] = []
    for unit in units:
        if unit.setting in _WITH_COUNCIL:
            for month in (today.replace(day=1), month_after(today)):
                for ward in unit.wards:
                    team = [one.key for one in members if ward.key in one.wards]
                    found += _common(material, unit.key, ward.key, month, team)
    own = material["own_activities"]
    begins, _ = month_days(today)
    for number, one in enumerate(one for one in customers if not one.protected):
        place = next((unit for unit in units if unit.key == one.unit), None)
        if place is None or place.setting not in _WITH_COUNCIL or number % _OWN_EVERY:
            continue
        found.append(Activity(
            key=f"egen-{one.key}", unit=one.unit, ward=one.ward, date=begins + dt.timedelta(days=number % 27),
            start=dt.time(13), text=own[number % len(own)], customer=one.key,
            leader=one.contacts.permanent_care_contact if one.contacts else None,
        ))  # fmt: skip
    return tuple(found)


def _common(
    material: Mapping[str, Any], unit: str, ward: str, month: dt.date, team: Sequence[str]
) -> Iterator[Activity]:  # fmt: skip
    first, last = month_days(month)
    for number, (text, weekday, start, end, place) in enumerate(material["activities"]):
        day = first + dt.timedelta(days=(weekday - first.weekday()) % 7)
        while day <= last:
            yield Activity(
                key=f"aktivitet-{ward}-{day.isoformat()}-{number}", unit=unit, ward=ward, date=day,
                start=dt.time.fromisoformat(start), end=dt.time.fromisoformat(end), text=text, place=place,
                leader=team[number % len(team)] if team else None,
            )  # fmt: skip
            day += dt.timedelta(days=7)


def templates_from(units: Sequence[Unit], members: Sequence[Member]) -> tuple[MeetingTemplate, ...]:
    """A styrgrupp's and an APT's template."""
    found = []
    for unit in units:
        leader = next((one.key for one in members if unit.key in one.units and one.profession == "Enhetschef"), None)
        if unit.setting is Setting.LEDNING:
            found.append(_template(unit, "Styrgrupp Nära vård", "styrgrupp", leader, 90, (
                ("Mötets öppnande", 5), ("Lägesrapport från delprojekten", 25), ("Ekonomi", 15),
                ("Beslut om nästa steg", 25), ("Nästa möte", 5),
            )))  # fmt: skip
        if unit.setting is Setting.SARSKILT_BOENDE:
            found.append(_template(unit, "APT med brandövning", "apt", leader, 60, (
                ("Inledning och val av sekreterare", 5), ("Brandövning i huset", 30), ("Arbetsmiljö", 15),
                ("Nästa möte", 5),
            )))  # fmt: skip
    return tuple(found)


def _template(
    unit: Unit, name: str, forum: str, leader: str | None, minutes: int, points: Sequence[tuple[str, int]]
) -> MeetingTemplate:  # fmt: skip
    items = tuple(TemplateItem(heading=heading, minutes=length, presenter=leader) for heading, length in points)
    key = f"mall-{unit.key}-{forum}"
    content = TemplateContent(minutes=minutes, items=items)
    return MeetingTemplate(key=key, unit=unit.key, name=name, forum=forum, content=content)
