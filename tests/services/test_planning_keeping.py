"""Keeping a value of planning: rights by unit, rules, versions, and what is doubled."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from app.domain.availability import Absence, AbsenceKind, Room, Travel
from app.domain.errors import Conflict, NotAllowed, NotFound, Refused
from app.domain.year_wheel import WheelMonth
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services.desk import Desk


def absence(**changes: object) -> Absence:
    days = {"from_": dt.date(2026, 6, 1), "to": dt.date(2026, 6, 3)}
    return Absence(**{"key": "franvaro-1", "member": "anna-berg", "kind": AbsenceKind.HOLIDAY, **days, **changes})  # type: ignore[arg-type]


def test_a_value_is_kept_changed_and_removed_under_its_version(desk: Desk) -> None:
    first = absence()
    with desk.writing() as work:
        assert keeping.keep(desk, work, records.ABSENCES, first, expected_version=None).version == 1
        longer = replace(first, to=dt.date(2026, 6, 5))
        assert keeping.keep(desk, work, records.ABSENCES, longer, expected_version=1).version == 2
        with pytest.raises(Conflict):
            keeping.keep(desk, work, records.ABSENCES, first, expected_version=1)
        with pytest.raises(Conflict):
            keeping.remove(desk, work, records.ABSENCES, first.key, expected_version=1)
        assert keeping.remove(desk, work, records.ABSENCES, first.key, expected_version=2) == longer
        with pytest.raises(NotFound):
            keeping.kept(work, records.ABSENCES, first.key)


def test_what_cannot_be_meant_or_holds_a_personnummer_is_refused(desk: Desk) -> None:
    with desk.writing() as work:
        with pytest.raises(Refused, match="planning_fault"):
            keeping.keep(desk, work, records.ABSENCES, absence(to=dt.date(2026, 5, 1)), expected_version=None)
        room = Room(key="rum", name="Rum 19121212-1212")
        with pytest.raises(Refused, match="personnummer"):
            keeping.keep(desk, work, records.ROOMS, room, expected_version=None)


def test_the_same_way_or_month_twice_is_refused(desk: Desk) -> None:
    unit = "solgarden"
    month = WheelMonth(key="apt-3", unit=unit, forum="apt", month=3, themes=("Brandskydd",))
    with desk.writing() as work:
        keeping.keep(desk, work, records.YEAR_WHEEL, month, expected_version=None)
        with pytest.raises(Refused, match="planning_doubled"):
            keeping.keep(desk, work, records.YEAR_WHEEL, replace(month, key="apt-3-2"), expected_version=None)
        with pytest.raises(Refused, match="planning_doubled"):
            keeping.keep(desk, work, records.YEAR_WHEEL, month, expected_version=None)
        way = Travel(key="a", from_=unit, to=unit, minutes=5)
        with pytest.raises(Refused, match="planning_fault"):
            keeping.keep(desk, work, records.TRAVEL, way, expected_version=None)


def test_only_who_has_one_of_its_units_keeps_a_value_and_shared_rooms_are_for_who_has_them_all(desk: Desk) -> None:
    other = replace(desk, actor=replace(desk.actor, units=frozenset({"bjorken"})))
    with other.writing() as work:
        for kind, value in ((records.ABSENCES, absence()), (records.ROOMS, Room(key="rum", name="Stora rummet"))):
            with pytest.raises(NotAllowed, match="not_your_unit"):
                keeping.keep(other, work, kind, value, expected_version=None)
