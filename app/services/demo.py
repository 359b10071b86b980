"""The demo municipality: six settings and a management group with team, customers, a year of meetings."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.address import Address
from app.domain.catalogue import Catalogue, Forum, Interval, Setting
from app.domain.customers import Contacts, Customer, CustomerStatus, StatusPeriod
from app.domain.document import Document
from app.domain.holidays import free_days, named_days
from app.domain.invitations import convenor, invited
from app.domain.keys import free_key, key_from
from app.domain.meetings import Meeting
from app.domain.occasions import TOGETHER
from app.domain.series import Series, expand, rule_of
from app.domain.team import Member, Professions
from app.domain.units import Unit, Ward, WardSubstitute
from app.services import accounts, demo_planning, transfer
from app.services.access import NewDatabase, Surroundings, create_database
from app.services.demo_after import add_after
from app.services.demo_checklists import add_checklists
from app.services.demo_coordination import requests_of
from app.services.demo_follow_up import with_follow_ups
from app.services.demo_letters import add_letters
from app.services.demo_minutes import MinutesWriter
from app.services.demo_preparations import with_preparations
from app.services.desk import Desk
from app.services.envelope import confirm_recovery_key

USER = "demo"
PASSWORD = "Teamforum-demo-1"  # noqa: S105 - published on purpose: the demo holds no real person
_BACK_DAYS, _AHEAD_DAYS = 290, 90
_CARE_PER_WARD = 4
_PER_WARD = frozenset({"teammote", "borad"})
_PULS_DAYS = 10
_PULS_APART, _WARDS_APART = 10, 35
"""Minutes between two units' pulsmöten, and between the meetings of two wards on a day."""
_WORKING_DAYS = 5
_WEEKDAYS = {"styrgrupp": 0, "dialogmote": 4}
_TEAM_DAYS = {Setting.SARSKILT_BOENDE: 1, Setting.ORDINART_BOENDE: 2, Setting.GRUPPBOSTAD: 4}


def create_demo(around: Surroundings, address: Address, material: Mapping[str, Any]) -> NewDatabase:
    """A new database with the demo municipality, dates counted from today. Raises StorageFault when the file exists."""
    first = material["units"][0]
    made = create_database(
        around,
        address,
        unit_name=first["name"],
        setting=Setting(first["setting"]),
        user=USER,
        full_name="Demo Chef",
        password=PASSWORD,
    )
    try:
        document = demo_document(
            material, catalogue=around.catalogue, professions=around.professions, today=around.clock.today()
        )
        transfer.take_in(made.desk, document=document)
        confirm_recovery_key(made.desk, typed=made.recovery_key)  # nobody is to lock the demo's key in
        made = replace(made, desk=_tied(made.desk, document))
        add_checklists(document, made.desk)
        add_after(document, made.desk)
        add_letters(document, made.desk)
    except BaseException:
        made.desk.close()
        raise
    return made


def _tied(desk: Desk, document: Document) -> Desk:
    """The desk of the demo's account, which belongs to the first unit's enhetschef: disposal asks for that."""
    [account] = accounts.list_accounts(desk)
    manager = document.members[0].key
    accounts.save_account(desk, account=replace(account, member=manager), expected_version=account.version)
    return replace(desk, actor=replace(desk.actor, member=manager))


def demo_document(
    material: Mapping[str, Any], *, catalogue: Catalogue, professions: Professions, today: dt.date
) -> Document:
    """Everything in the demo municipality; the same every time for the same day."""
    chance = random.Random(f"teamforum {today}")  # noqa: S311 - names and notes, no secrets
    units = [_unit(row) for row in material["units"]]
    members = _members(material, units, chance)
    customers = _customers(material, units, members, chance, today)
    writer = MinutesWriter(material, chance, today)
    meetings: list[Meeting] = []
    for place, unit in enumerate(units):
        team = [member for member in members if unit.key in member.units]
        there = [customer for customer in customers if customer.unit == unit.key]
        for forum in catalogue.forums(unit.setting):
            meetings += _series(
                unit, forum=forum, team=team, customers=there, professions=professions, writer=writer, today=today,
                place=place,
            )  # fmt: skip
    units = [replace(unit, wards=tuple(_with_substitutes(ward, members) for ward in unit.wards)) for unit in units]
    booked = demo_planning.with_regret(demo_planning.with_occasions(meetings), members, today)
    booked = demo_planning.with_wheel(booked, material)
    booked = with_follow_ups(
        booked, material=material, catalogue=catalogue, units=units, members=members, customers=customers, today=today
    )
    planned = demo_planning.planned_from(
        material, catalogue=catalogue, units=units, members=members, customers=customers, meetings=booked, today=today
    )
    document = Document(
        units=tuple(units), members=tuple(members), customers=tuple(customers),
        meetings=demo_planning.with_series(booked, planned["series"]), **planned,
        requests=requests_of(
            units, customers, today=today,
            nurses=lambda unit: next(
                (one.key for one in members if one.profession == "Sjuksköterska" and unit in one.units), None
            ),
        ),
    )  # fmt: skip
    return with_preparations(document, today=today)


def _unit(row: Mapping[str, Any]) -> Unit:
    wards = tuple(
        Ward(key=key, name=name, apartments=tuple(f"{prefix}{n:02d}" for n in range(1, count + 1)) if prefix else ())
        for key, name, prefix, count in row["wards"]
    )
    return Unit(key=row["key"], name=row["name"], setting=Setting(row["setting"]), wards=wards)


def _members(material: Mapping[str, Any], units: Sequence[Unit], chance: random.Random) -> list[Member]:
    found: dict[str, Member] = {}

    def add(
        name: str, profession: str, where: Sequence[str], wards: Sequence[str] = (), *, night: bool = False
    ) -> None:
        key = free_key(key_from(name), found)
        phone = f"070-174 06 {len(found) + 5:02d}"
        found[key] = Member(
            key=key, name=name, profession=profession, units=tuple(where), wards=tuple(wards), night=night,
            email=f"{key.replace('-', '.', 1)}@exempel.se", phone=phone,
        )  # fmt: skip

    for unit in units:
        add(material["managers"][unit.key], "Enhetschef", [unit.key])
    for name, profession, where in material["shared"]:
        add(name, profession, where)
    names = [f"{first} {last}" for first in material["first"] for last in material["last"]]
    chance.shuffle(names)
    for unit in units:
        for ward in unit.wards:
            for n in range(_CARE_PER_WARD):
                special = n == 0 and unit.setting in (Setting.SARSKILT_BOENDE, Setting.ORDINART_BOENDE)
                profession = "Specialistundersköterska" if special else material["care"][unit.setting.value]
                add(names.pop(), profession, [unit.key], [ward.key], night=n == _CARE_PER_WARD - 1)
    return list(found.values())


def _customers(
    material: Mapping[str, Any], units: Sequence[Unit], members: Sequence[Member], chance: random.Random, today: dt.date
) -> list[Customer]:
    found: list[Customer] = []
    counts = {key: count for row in material["units"] for key, _, _, count in row["wards"]}
    for unit in units:
        for ward in unit.wards:
            care = [member.key for member in members if ward.key in member.wards]
            for n in range(counts[ward.key]):
                number = len(found) + 1
                protected = number % 19 == 0
                found.append(Customer(
                    key=f"kund-{number:03d}",
                    reference=chance.choice("ABCDEFGHIJKLMNOPRSTUV") + chance.choice("ABEGHJKLMNPRSÅÖ"),
                    unit=unit.key, ward=ward.key, apartment=ward.apartments[n] if n < len(ward.apartments) else None,
                    protected=protected, code=f"Kund {number:03d}" if protected else None,
                    contacts=_contacts(unit, members, care[n % len(care)]), status_history=_history(number, today),
                ))  # fmt: skip
    return found


def _contacts(unit: Unit, members: Sequence[Member], care: str) -> Contacts:
    def of(profession: str) -> str | None:
        return next((one.key for one in members if one.profession == profession and unit.key in one.units), None)

    return Contacts(
        permanent_care_contact=care, responsible_nurse=of("Sjuksköterska"), physiotherapist=of("Fysioterapeut"),
        occupational_therapist=of("Arbetsterapeut"),
    )  # fmt: skip


def _history(number: int, today: dt.date) -> tuple[StatusPeriod, ...]:
    home = StatusPeriod(status=CustomerStatus.HOME, from_=today - dt.timedelta(days=200 + number * 7))
    if number % 13 == 4:
        went = today - dt.timedelta(days=number % 5 + 1)
        return (replace(home, to=went - dt.timedelta(days=1)), StatusPeriod(status=CustomerStatus.HOSPITAL, from_=went))
    if number % 17 == 6:
        return (StatusPeriod(status=CustomerStatus.MOVING_IN, from_=today - dt.timedelta(days=2)),)
    return (home,)


def _with_substitutes(ward: Ward, members: Sequence[Member]) -> Ward:
    care = [member for member in members if ward.key in member.wards]
    found = []
    for profession in dict.fromkeys(member.profession for member in care):
        others = [m.key for m in members if m.profession == profession and ward.key not in m.wards]
        if others:
            found.append(WardSubstitute(profession=profession, member=others[0]))
    return replace(ward, substitutes=tuple(found))


def _series(
    unit: Unit, *, forum: Forum, team: Sequence[Member], customers: Sequence[Customer], professions: Professions,
    writer: MinutesWriter, today: dt.date, place: int,
) -> list[Meeting]:  # fmt: skip
    """A forum's meetings; the units take turns (`place`), so that those who work in several are not wanted in two."""
    if forum.key == "daglig-avstamning":
        return []
    wards = [ward.key for ward in unit.wards] if forum.key in _PER_WARD else [None]
    found = []
    for number, ward in enumerate(wards):
        there = [one for one in customers if ward in (None, one.ward)]
        previous: Meeting | None = None
        for n, day in enumerate(_days(forum, number, today, place)):
            due = (
                there[n * 2 % len(there) :][:2]
                if there and (forum.customers_per_meeting or forum.key == "teammote")
                else []
            )
            if forum.review_every_months and there:
                due = [there[n % len(there)]]
            called = invited(forum, members=team, professions=professions, ward=ward, on=day, customers=due)
            leader = convenor(forum, members=team, professions=professions, ward=ward, on=day)
            meeting = writer.meeting(
                unit, forum, ward, day, called=called, leader=leader, due=due, previous=previous,
                later=place * _PULS_APART if forum.key == "pulsmote" else number * _WARDS_APART,
            )  # fmt: skip
            found.append(meeting)
            previous = meeting
    return found


def _days(forum: Forum, number: int, today: dt.date, place: int) -> list[dt.date]:
    free = free_days(today.year - 1) | free_days(today.year)
    if forum.key == "pulsmote":
        span = (today - dt.timedelta(days=back) for back in range(_PULS_DAYS, -6, -1))
        return [day for day in span if day.weekday() < 5 and day not in free]
    weeks, weekday = number, _WEEKDAYS.get(forum.key, 2)
    if forum.key in TOGETHER:
        weeks, weekday = divmod(place, _WORKING_DAYS)
    elif forum.key == "teammote":
        weekday = _TEAM_DAYS[forum.setting]
    first = today - dt.timedelta(days=_BACK_DAYS - weeks * 7)
    first += dt.timedelta(days=(weekday - first.weekday()) % 7)
    last = today + dt.timedelta(days=_AHEAD_DAYS)
    rule = rule_of(forum.interval or Interval(frequency="weekly", every=6), on=first)
    series = Series(
        key=forum.key, unit="", forum=forum.key, rrule=rule, first=first, start=dt.time(9), end=dt.time(10)
    )  # fmt: skip
    return [one.date for one in expand(series, first=first, last=last, free=named_days(first, last), red_days=False)]
