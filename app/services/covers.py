"""Who works on the wards while their team is at reflektion, APT and kvalitet (routine 3.1-3.6)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from app import models as m
from app.domain.errors import NotAllowed
from app.domain.meetings import Meeting, MeetingStatus
from app.domain.occasions import TOGETHER, Cover, CoverPlan, Occasion, check_covers, cover_words, needs_cover
from app.domain.roles import Right
from app.domain.units import Unit
from app.services import meeting_records, register_records
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services.desk import Desk, needs, needs_at_meeting
from app.services.meetings import keep_change, may_at, read
from app.services.records import Directory
from app.storage.audit import Event
from app.storage.unit_of_work import UnitOfWork


@needs(Right.READ_MEETINGS)
def covers_of(desk: Desk, *, meeting: str) -> CoverPlan | None:
    """Who covers during the occasion of a meeting; None for one that belongs to none. Raises NotFound, NotAllowed."""
    with desk.reading() as work:
        return _plan(work, read(desk, work, meeting)[0])


@needs_at_meeting(Right.WRITE_MEETINGS)
def keep_covers(
    desk: Desk, *, meeting: str, covers: Sequence[Cover], expected_version: int | None
) -> CoverPlan | None:  # fmt: skip
    """Keep who covers; the first time the occasion is made of the day's meetings that belong together.

    `expected_version` is the plan's. Raises NotAllowed, Conflict, Refused("cover_missing" | "cover_times").
    """
    check_covers(covers)
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        _require(desk, found)
        plan = _plan(work, found)
        if plan is None:
            return None
        if found.occasion is None:
            _bind(desk, work, found, plan.occasion)
        occasion = Occasion(key=plan.occasion, unit=plan.unit, covers=tuple(covers))
        keeping.keep(desk, work, records.OCCASIONS, occasion, expected_version=expected_version)
        work.record(Event(action="keep_covers", object=f"meeting:{meeting}", unit=found.unit))
        kept = _plan(work, read(desk, work, meeting)[0])
        work.commit()
    return kept


def _require(desk: Desk, meeting: Meeting) -> None:
    if Right.WRITE_MEETINGS not in may_at(desk, meeting=meeting):
        raise NotAllowed("not_allowed", role=desk.actor.role.label)


def _plan(work: UnitOfWork, meeting: Meeting) -> CoverPlan | None:
    unit = register_records.load_units(work.session)[meeting.unit][0]
    if meeting.occasion is None and meeting.forum not in TOGETHER:
        return None
    together = _together(work, meeting)
    key = meeting.occasion or f"{meeting.unit}-{meeting.date}"
    kept = records.load(work.session, records.OCCASIONS, m.Occasion.key == key).get(key)
    occasion, version = kept or (None, None)
    return CoverPlan(
        unit=meeting.unit, occasion=key, version=version, wards=_wards(unit),
        start=min(one.start for one in together), end=max(one.end for one in together),
        covers=occasion.covers if occasion else (), needed=needs_cover(unit.setting),
    )  # fmt: skip


def _wards(unit: Unit) -> tuple[tuple[str, str], ...]:
    return tuple((ward.key, ward.name) for ward in unit.wards) or (("", unit.name),)


def _together(work: UnitOfWork, meeting: Meeting) -> list[Meeting]:
    """The meetings of the same occasion; where none was made, those of the day that belong together."""
    day = (m.Meeting.date == meeting.date) & (m.Meeting.status != MeetingStatus.CANCELLED.value)
    unit = m.Meeting.unit_id.in_(select(m.Unit.id).where(m.Unit.key == meeting.unit))
    same = m.Meeting.occasion == meeting.occasion if meeting.occasion else m.Meeting.forum.in_(TOGETHER)
    found = [one for one, _ in meeting_records.load(work.session, day & unit & same).values()]
    return found or [meeting]


def _bind(desk: Desk, work: UnitOfWork, meeting: Meeting, occasion: str) -> None:
    for one in _together(work, meeting):
        if one.occasion is None and one.status is MeetingStatus.PLANNED:
            _require(desk, one)
            directory = Directory(work.session)
            old, version = read(desk, work, one.key, directory=directory)
            keep_change(work, directory, old, replace(old, occasion=occasion), version)


def covers_in_words(
    work: UnitOfWork, occasions: Collection[str], *, wards: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, str]:  # fmt: skip
    """`Norr – Gun Holm, vikarie Karin Ek 13.00–15.30` by the occasion's key, where anybody covers."""
    found = records.load(work.session, records.OCCASIONS, m.Occasion.key.in_(occasions)).values()
    words = {one.key: cover_words(one.covers, wards=wards, names=names) for one, _ in found}
    return {key: said for key, said in words.items() if said}
