"""The month's activities: read, kept, repeated, copied from another month, and handed out as papers.

Common ones are everybody's to read. An individual one is shown to who may see its customer, and logged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import and_, or_, select

from app import models as m
from app.domain.activities import Activity, ActivityPaper, by_day, copied, in_order, month_days
from app.domain.errors import NotAllowed, NotFound, Refused
from app.domain.holidays import named_days
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.units import Unit
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services import register_records, sight, units
from app.services.calls import customer_words
from app.services.desk import Desk, needs
from app.services.rows import require_unit
from app.services.team import member_names
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork

Kept = tuple[Stored[Activity], ...]
_LONGEST_LIST = dt.timedelta(days=400)


@needs(Right.READ_MEETINGS)
def list_activities(
    desk: Desk, *, unit: str, ward: str | None = None, from_: dt.date, to: dt.date
) -> Kept:  # fmt: skip
    """The activities of a unit between two days (inclusive), by day and time; of a ward those of the whole unit too.

    Each customer whose own activities are shown is logged. Raises Refused("period_backwards"), NotAllowed.
    """
    if to < from_ or to - from_ > _LONGEST_LIST:
        raise Refused("period_backwards")
    require_unit(desk, unit)
    with desk.writing() as work:
        found = _seen(desk, work, _read(work, unit=unit, ward=ward, from_=from_, to=to))
        for customer in sorted({one.value.customer for one in found if one.value.customer}):
            work.record(Event(action="read", object="activities", customer=customer, unit=unit))
        work.commit()
    return found


def _read(work: UnitOfWork, *, unit: str, ward: str | None, from_: dt.date, to: dt.date) -> Kept:
    table = m.Activity
    wanted = [
        table.unit_id == select(m.Unit.id).where(m.Unit.key == unit).scalar_subquery(),
        table.date >= from_, table.date <= to,
    ]  # fmt: skip
    if ward is not None:
        of_ward = select(m.Ward.id).where(m.Ward.key == ward).scalar_subquery()
        wanted.append(or_(table.ward_id.is_(None), table.ward_id == of_ward))
    found = {key: Stored(*one) for key, one in records.load(work.session, records.ACTIVITIES, and_(*wanted)).items()}
    return tuple(found[one.key] for one in in_order(one.value for one in found.values()))


def _seen(desk: Desk, work: UnitOfWork, found: Iterable[Stored[Activity]]) -> Kept:
    known = sight.reach(desk, work)

    def shown(one: Activity) -> bool:
        if one.customer is None:
            return True
        return desk.may(Right.READ_CUSTOMERS) and sight.sees_customer(desk, known, key=one.customer, unit=one.unit)

    return tuple(one for one in found if shown(one.value))


@needs(Right.KEEP_ACTIVITIES)
def add_activities(desk: Desk, *, activities: Sequence[Activity]) -> Kept:
    """Keep new activities, all or none; empty keys are made.

    Raises Refused("activity_names_customer") for a common one whose text names a customer: it hangs on the wall;
    Refused("planning_fault"), NotAllowed for a customer whom the person may not see.
    """
    with desk.writing() as work:
        keeper = _Keeper(desk, work)
        kept = tuple(keeper.keep(one, expected_version=None) for one in activities)
        work.commit()
    return kept


@needs(Right.KEEP_ACTIVITIES)
def save_activity(desk: Desk, *, activity: Activity, expected_version: int) -> Stored[Activity]:
    """Keep an activity as it stands in `activity`. Raises as `add_activities`, NotFound, Conflict."""
    with desk.writing() as work:
        _require_sight(desk, work, keeping.kept(work, records.ACTIVITIES, activity.key).value)
        kept = _Keeper(desk, work).keep(activity, expected_version=expected_version)
        work.commit()
    return kept


class _Keeper:
    """Keeps activities in one unit of work: units, and the words that stand for customers, are read once."""

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self._desk, self._work = desk, work
        self._units = {key: one for key, (one, _) in register_records.load_units(work.session).items()}
        self._words = customer_words(work)

    def keep(self, activity: Activity, *, expected_version: int | None) -> Stored[Activity]:
        """Keep one, new or changed."""
        place = self._units.get(activity.unit)
        if place is None:
            raise NotFound("not_found", what="Enheten", key=activity.unit)
        if activity.ward is not None and place.ward(activity.ward) is None:
            raise NotFound("not_found", what="Avdelningen", key=activity.ward)
        _require_sight(self._desk, self._work, activity)
        if activity.customer is None and self._names_somebody(activity):
            raise Refused("activity_names_customer")
        if not activity.key:
            wanted = f"aktivitet-{activity.unit}-{activity.date.isoformat()}"
            activity = replace(activity, key=keeping.fresh_key(self._work, records.ACTIVITIES, wanted))
        kept: Stored[Activity] = keeping.keep(
            self._desk, self._work, records.ACTIVITIES, activity, expected_version=expected_version
        )  # fmt: skip
        return kept

    def _names_somebody(self, activity: Activity) -> bool:
        return any(self._words.name_somebody(text) for text in (activity.text, activity.place or ""))


def _require_sight(desk: Desk, work: UnitOfWork, activity: Activity) -> None:
    if not _seen(desk, work, [Stored(activity, 0)]):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


@needs(Right.KEEP_ACTIVITIES)
def remove_activities(desk: Desk, *, activities: Sequence[Stored[Activity]]) -> None:
    """Take activities away, all or none, each as it stood. Raises NotFound, NotAllowed, Conflict."""
    with desk.writing() as work:
        for one in activities:
            _require_sight(desk, work, keeping.kept(work, records.ACTIVITIES, one.value.key).value)
            keeping.remove(desk, work, records.ACTIVITIES, one.value.key, expected_version=one.version)
        work.commit()


@needs(Right.KEEP_ACTIVITIES)
def copy_activities(desk: Desk, *, unit: str, ward: str | None = None, month: dt.date, to: dt.date) -> Kept:
    """Put the activities of one month in another, each on the same weekday, but for what stands there already.

    Only those that the person sees are copied. Raises Refused("nothing_to_copy") where there is nothing new.
    """
    require_unit(desk, unit)
    with desk.writing() as work:
        (first, last), (begins, ends) = month_days(month), month_days(to)
        before = _seen(desk, work, _read(work, unit=unit, ward=ward, from_=first, to=last))
        there = _read(work, unit=unit, ward=ward, from_=begins, to=ends)
        new = copied([one.value for one in before], to=to, there=[one.value for one in there])
        if not new:
            raise Refused("nothing_to_copy")
        keeper = _Keeper(desk, work)
        kept = tuple(keeper.keep(one, expected_version=None) for one in new)
        work.commit()
    return kept


@needs(Right.READ_MEETINGS)
def activity_paper(desk: Desk, *, unit: str, ward: str | None = None, month: dt.date) -> ActivityPaper:
    """A month's common schedule for the wall. Raises Refused("no_activities"), NotAllowed."""
    return _paper(desk, unit=unit, ward=ward, month=month, customer=None)


@needs(Right.PRINT)
def own_activity_paper(desk: Desk, *, unit: str, month: dt.date, customer: str) -> ActivityPaper:
    """A customer's own schedule for her room, common and individual together, with one row in the log.

    Raises Refused("no_activities"), NotAllowed, NotFound for a customer of another unit.
    """
    return _paper(desk, unit=unit, ward=None, month=month, customer=customer)


def _paper(desk: Desk, *, unit: str, ward: str | None, month: dt.date, customer: str | None) -> ActivityPaper:
    require_unit(desk, unit)
    place = units.get_unit(desk, key=unit).value
    names = member_names(desk)
    first, last = month_days(month)
    with desk.writing() as work:
        label = ""
        if customer is not None:
            label, ward = _whose(desk, work, customer, unit=place)
        found = [
            one.value
            for one in _read(work, unit=unit, ward=ward, from_=first, to=last)
            if one.value.customer in (None, customer)
        ]
        if not found:
            raise Refused("no_activities")
        work.record(Event(action="print", object="activities", customer=customer, unit=unit))
        work.commit()
    of = place.ward(ward) if ward else None
    return ActivityPaper(
        unit_name=place.name, ward_name=of.name if of else "", month=first, days=by_day(found), names=names,
        wards={} if of else {one.key: one.name for one in place.wards}, customer=label,
        free_days={day: name for day, name in named_days(first, last).items() if first <= day <= last},
        prepared_on=desk.today,
    )  # fmt: skip


def _whose(desk: Desk, work: UnitOfWork, key: str, *, unit: Unit) -> tuple[str, str | None]:
    """The label and ward of a customer whose own schedule is taken out."""
    found = register_records.load_customers(work.session, m.Customer.key == key).get(key)
    if found is None or found[0].unit != unit.key:
        raise NotFound("not_found", what="Kunden", key=key)
    sight.require_customer(desk, work, found[0])
    return found[0].label, found[0].ward
